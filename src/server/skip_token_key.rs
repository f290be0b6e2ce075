//! The key that signs next links. It is made once, so that links outlive a restart.

use std::path::Path;

use crate::{
    odata::skip_token::Signer,
    private_file::{PrivateFileError, open_or_create},
};

/// Reads the key; makes it if it is missing.
pub(super) fn open(dir: &Path) -> Result<Signer, PrivateFileError> {
    let path = dir.join("skip-token.key");
    let key = open_or_create(&path, || {
        let mut key = [0; 32];
        aws_lc_rs::rand::fill(&mut key).map_err(|_| "the system has no random bytes")?;
        Ok(key.to_vec())
    })?;
    let rule = "skip-token.key must be 32 bytes; delete it to get a new one (open next links will be refused)";
    let key = key.as_slice().try_into();
    key.map(Signer::new)
        .map_err(|_| PrivateFileError::new(&path, rule))
}
