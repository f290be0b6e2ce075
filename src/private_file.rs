//! Files that only their owner can read, written completely or not at all; a secret is made once and then only read.
//!
//! The first process decides what is in it; all others, and all later starts, read what that one wrote.

use std::{
    error::Error,
    fs::File,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

/// More than any such file needs, bytes.
const MAX_BYTES: u64 = 64 * 1024;

type Cause = Box<dyn Error + Send + Sync>;

/// Why a private file is not available. The cause says what is wrong and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("cannot use the file {path}")]
pub(crate) struct PrivateFileError {
    path: PathBuf,
    source: Cause,
}

impl PrivateFileError {
    pub(crate) fn new(path: &Path, cause: impl Into<Cause>) -> Self {
        Self {
            path: path.to_owned(),
            source: cause.into(),
        }
    }
}

/// Reads the file; if it is missing, makes it with what `content` gives.
pub(crate) fn open_or_create(
    path: &Path,
    content: impl FnOnce() -> Result<Vec<u8>, Cause>,
) -> Result<Vec<u8>, PrivateFileError> {
    let read = || -> Result<Vec<u8>, Cause> {
        // Opening a pipe would wait until somebody writes to it.
        if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
            return Err("it is not a regular file".into());
        }
        let file = match File::open(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                create(path, &content()?)?;
                File::open(path)?
            }
            opened => opened?,
        };
        #[cfg(unix)]
        check_private(&file, path)?;
        let mut bytes = Vec::new();
        file.take(MAX_BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|cause| PrivateFileError::new(path, cause))
}

/// Writes the file, whatever was in it.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<(), PrivateFileError> {
    let written = write(path, content).and_then(|file| {
        file.persist(path)?;
        sync_directory(path)
    });
    written.map_err(|error| PrivateFileError::new(path, error))
}

/// Writes the file, unless another process was faster.
fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    match write(path, content)?.persist_noclobber(path) {
        Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e.error),
        Ok(_) => sync_directory(path),
    }
}

/// A complete file without its name yet. It has mode 0600 from the beginning.
fn write(path: &Path, content: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new_in(directory(path))?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(directory(path))?.sync_all()
}

fn directory(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

/// On other systems the access list of the directory decides.
#[cfg(unix)]
fn check_private(file: &File, path: &Path) -> Result<(), Cause> {
    use std::os::unix::fs::PermissionsExt;

    let mode = file.metadata()?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        let path = path.display();
        let what = format!(
            "it holds a secret, but its mode {mode:03o} lets others read or change it; make it private with: chmod 600 {path}"
        );
        return Err(what.into());
    }
    Ok(())
}
