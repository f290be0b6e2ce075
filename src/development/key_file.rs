//! The file of the development issuer: its private key and its origin, made once and then only read.
//!
//! A token printed before the first start must be accepted by every later one, whatever address that listens
//! on; so the first process to come by decides, and all others read what it wrote.

use std::path::Path;

use rcgen::{KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use serde::{Deserialize, Serialize};

use crate::private_file::{PrivateFileError, open_or_create};

const FILE_NAME: &str = "development-issuer.json";

/// What the file holds.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct KeyFile {
    /// Scheme and authority that begin the name of the issuer.
    pub(super) origin: String,
    /// RSA, PKCS #8 in PEM (RFC 7468).
    pub(super) private_key: String,
}

impl KeyFile {
    /// Reads the file, or makes it with a new key and this origin: RSA with 2048 bits, as Entra signs.
    pub(super) fn open(dir: &Path, origin: &str) -> Result<Self, PrivateFileError> {
        let text = open_or_create(&dir.join(FILE_NAME), || {
            let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
            let file = Self {
                origin: origin.to_owned(),
                private_key: key.serialize_pem(),
            };
            Ok(serde_json::to_vec_pretty(&file)?)
        })?;
        serde_json::from_slice(&text).map_err(|_| Self::unreadable(dir))
    }

    /// The error for a file whose content is of no use. The cause is left out: it could quote the key.
    pub(super) fn unreadable(dir: &Path) -> PrivateFileError {
        let rule = "it is not a development issuer's file; restore it, or delete it to get a new key \
                    (tokens of the old key will be refused)";
        PrivateFileError::new(&dir.join(FILE_NAME), rule)
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Write as _};

    use super::*;

    const ORIGIN: &str = "http://127.0.0.1:8080";

    #[test]
    fn first_open_makes_the_file_and_later_ones_keep_it() {
        let dir = tempfile::tempdir().expect("a directory");
        let first = KeyFile::open(dir.path(), ORIGIN).expect("a new file");
        let second = KeyFile::open(dir.path(), "https://elsewhere").expect("the same file");
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
                KeyFile::open(dir.path(), ORIGIN)
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
        KeyFile::open(dir.path(), ORIGIN).expect("a new file");
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
            match KeyFile::open(dir.path(), ORIGIN) {
                Ok(_) => assert!(accepted, "{mode:o}"),
                Err(e) => {
                    assert!(!accepted, "{mode:o}: {e}");
                    assert!(format!("{e:?}").contains("chmod 600"), "{e:?}");
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
            let error = KeyFile::open(dir.path(), ORIGIN).err().expect("refused");
            let said = format!("{error:?}");
            assert!(said.contains("not a development issuer's file"), "{said}");
            assert!(!said.contains("secret"), "{said}");
        }
    }

    #[test]
    fn a_missing_directory_is_an_error_with_the_path() {
        let dir = tempfile::tempdir().expect("a directory");
        let error = KeyFile::open(&dir.path().join("absent"), ORIGIN)
            .err()
            .expect("refused");
        assert!(error.to_string().contains(FILE_NAME), "{error}");
    }
}
