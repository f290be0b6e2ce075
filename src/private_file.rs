//! Files that only their owner can read, written completely or not at all; a secret is made once and then only read.
//!
//! The first process decides what is in it; all others, and all later starts, read what that one wrote.

use std::{
    fs::File,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

/// More than any such file needs, bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// Why a private file is not available.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PrivateFileError {
    #[error("cannot open {path}")]
    Io { path: PathBuf, source: io::Error },
    #[error("{path} is not a regular file")]
    NotAFile { path: PathBuf },
    #[error(
        "{path} holds a secret, but its mode {mode:03o} lets others read or change it; make it private with: chmod 600 {path}"
    )]
    NotPrivate { path: PathBuf, mode: u32 },
}

/// Reads the file; if it is missing, makes it with what `content` gives.
///
/// # Errors
/// [`PrivateFileError`], or the error of `content`.
pub(crate) fn open_or_create<E: From<PrivateFileError>>(
    path: &Path,
    content: impl FnOnce() -> Result<Vec<u8>, E>,
) -> Result<Vec<u8>, E> {
    let failed = |source| PrivateFileError::Io {
        path: path.to_owned(),
        source,
    };
    // Opening a pipe would wait until somebody writes to it.
    if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
        return Err(PrivateFileError::NotAFile {
            path: path.to_owned(),
        }
        .into());
    }
    let file = match File::open(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            create(path, &content()?).map_err(failed)?;
            File::open(path).map_err(failed)?
        }
        opened => opened.map_err(failed)?,
    };
    check_private(&file, path)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

/// Writes the file, whatever was in it.
///
/// # Errors
/// The directory cannot be written to.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    write(path, content)?.persist(path)?;
    sync_directory(path)
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

#[cfg(unix)]
fn check_private(file: &File, path: &Path) -> Result<(), PrivateFileError> {
    use std::os::unix::fs::PermissionsExt;

    let metadata = file.metadata().map_err(|source| PrivateFileError::Io {
        path: path.to_owned(),
        source,
    })?;
    match metadata.permissions().mode() & 0o777 {
        mode if mode & 0o077 != 0 => Err(PrivateFileError::NotPrivate {
            path: path.to_owned(),
            mode,
        }),
        _ => Ok(()),
    }
}

/// On other systems the access list of the directory decides.
#[cfg(not(unix))]
fn check_private(_: &File, _: &Path) -> Result<(), PrivateFileError> {
    Ok(())
}
