//! The file of the development issuer: its private key and its origin, made once and then only read.
//!
//! A token printed before the first start must be accepted by every later one, whatever address that listens
//! on; so the first process to come by decides, and all others read what it wrote.

use std::{
    fs::File,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

const FILE_NAME: &str = "development-issuer.json";

/// More than any such file needs.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// What the file holds.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct IssuerFile {
    /// Scheme and authority that begin the name of the issuer.
    pub(super) origin: String,
    /// RSA, PKCS #8 in PEM (RFC 7468).
    pub(super) private_key: String,
}

/// Why the development issuer is not available.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error("cannot open the development issuer's file {path}")]
    File { path: PathBuf, source: io::Error },
    #[error(
        "{path} holds a private key, but its mode {mode:03o} lets others read or change it; \
         make it private with: chmod 600 {path}"
    )]
    NotPrivate { path: PathBuf, mode: u32 },
    #[error(
        "{path} is not a development issuer's file; restore it, or delete it to get a new key \
         (tokens of the old key will be refused)"
    )]
    Unreadable { path: PathBuf },
    #[error("cannot generate an RSA key")]
    KeyGeneration,
}

impl IssuerFile {
    /// Reads the file, or makes it with a new key and this origin.
    pub(super) fn open(dir: &Path, origin: &str) -> Result<Self, OpenError> {
        let path = dir.join(FILE_NAME);
        let failed = |source| OpenError::File {
            path: path.clone(),
            source,
        };
        let file = match File::open(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                create(dir, &path, &Self::generate(origin)?).map_err(failed)?;
                File::open(&path).map_err(failed)?
            }
            opened => opened.map_err(failed)?,
        };
        check_private(&file, &path)?;
        let mut text = String::new();
        file.take(MAX_FILE_BYTES)
            .read_to_string(&mut text)
            .map_err(failed)?;
        serde_json::from_str(&text).map_err(|_| Self::unreadable(dir))
    }

    /// The error for a file whose content is of no use. The cause is left out: it could quote the key.
    pub(super) fn unreadable(dir: &Path) -> OpenError {
        OpenError::Unreadable {
            path: dir.join(FILE_NAME),
        }
    }

    /// RSA with 2048 bits, as Entra signs.
    fn generate(origin: &str) -> Result<Self, OpenError> {
        let key = KeyPair::generate(KeySize::Rsa2048).map_err(|_| OpenError::KeyGeneration)?;
        let der: Pkcs8V1Der = key.as_der().map_err(|_| OpenError::KeyGeneration)?;
        Ok(Self {
            origin: origin.to_owned(),
            private_key: pem(der.as_ref()),
        })
    }
}

/// The file appears whole or not at all, and only if no other process was faster. A temporary file has mode
/// 0600 from its first moment.
fn create(dir: &Path, path: &Path, content: &IssuerFile) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    serde_json::to_writer_pretty(&mut file, content)?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e.error),
        Ok(_) => File::open(dir)?.sync_all(),
    }
}

#[cfg(unix)]
fn check_private(file: &File, path: &Path) -> Result<(), OpenError> {
    use std::os::unix::fs::PermissionsExt;

    let metadata = file.metadata().map_err(|source| OpenError::File {
        path: path.to_owned(),
        source,
    })?;
    match metadata.permissions().mode() & 0o777 {
        mode if mode & 0o077 != 0 => Err(OpenError::NotPrivate {
            path: path.to_owned(),
            mode,
        }),
        _ => Ok(()),
    }
}

/// Elsewhere the directory's access list decides.
#[cfg(not(unix))]
fn check_private(_: &File, _: &Path) -> Result<(), OpenError> {
    Ok(())
}

/// RFC 7468 section 2: lines of 64 characters.
fn pem(der: &[u8]) -> String {
    let base64 = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for line in base64.as_bytes().chunks(64) {
        pem.extend(line.iter().map(|&b| char::from(b)));
        pem.push('\n');
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    pem
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const ORIGIN: &str = "http://127.0.0.1:8080";

    #[test]
    fn first_open_makes_the_file_and_later_ones_keep_it() {
        let dir = tempfile::tempdir().expect("a directory");
        let first = IssuerFile::open(dir.path(), ORIGIN).expect("a new file");
        let second = IssuerFile::open(dir.path(), "https://elsewhere").expect("the same file");
        assert_eq!(second.origin, ORIGIN);
        assert_eq!(first.private_key, second.private_key);
        let names: Vec<_> = fs::read_dir(dir.path())
            .expect("entries")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        assert_eq!(names, [FILE_NAME], "nothing temporary is left");
    }

    #[test]
    fn all_who_open_at_once_get_the_same_key() {
        let dir = tempfile::tempdir().expect("a directory");
        let keys: Vec<String> = std::thread::scope(|scope| {
            let open = || {
                IssuerFile::open(dir.path(), ORIGIN)
                    .expect("a file")
                    .private_key
            };
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("no panic"))
                .collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_private_or_refused() {
        use std::os::unix::fs::PermissionsExt;

        let dir = tempfile::tempdir().expect("a directory");
        IssuerFile::open(dir.path(), ORIGIN).expect("a new file");
        let path = dir.path().join(FILE_NAME);
        let mode = fs::metadata(&path).expect("metadata").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        for (mode, accepted) in [
            (0o400, true),
            (0o644, false),
            (0o640, false),
            (0o602, false),
            (0o610, false),
        ] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("chmod");
            match IssuerFile::open(dir.path(), ORIGIN) {
                Ok(_) => assert!(accepted, "{mode:o}"),
                Err(e) => {
                    assert!(!accepted, "{mode:o}: {e}");
                    assert!(e.to_string().contains("chmod 600"), "{e}");
                }
            }
        }
    }

    #[test]
    fn a_file_with_other_content_is_refused_without_quoting_it() {
        let dir = tempfile::tempdir().expect("a directory");
        for content in ["", "{}", "secret", r#"{"origin":1,"privateKey":"secret"}"#] {
            let mut file = tempfile::NamedTempFile::new_in(dir.path()).expect("a file");
            file.write_all(content.as_bytes()).expect("written");
            file.persist(dir.path().join(FILE_NAME)).expect("renamed");
            let error = IssuerFile::open(dir.path(), ORIGIN).err().expect("refused");
            assert!(matches!(error, OpenError::Unreadable { .. }), "{content}");
            assert!(!format!("{error:?}").contains("secret"));
        }
    }

    #[test]
    fn a_missing_directory_is_an_error_with_the_path() {
        let dir = tempfile::tempdir().expect("a directory");
        let error = IssuerFile::open(&dir.path().join("absent"), ORIGIN)
            .err()
            .expect("refused");
        assert!(error.to_string().contains(FILE_NAME), "{error}");
    }
}
