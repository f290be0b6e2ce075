//! The key that signs next links. It is made once, so that links outlive a restart.

use std::path::Path;

use crate::{
    odata::skip_token::Signer,
    private_file::{PrivateFileError, open_or_create},
};

use super::error::ServerError;

/// Reads the key; makes it if it is missing.
pub(super) fn open(dir: &Path) -> Result<Signer, ServerError> {
    read(dir).map_err(|error| ServerError::SkipTokenKey(error.into()))
}

fn read(dir: &Path) -> Result<Signer, KeyError> {
    let path = dir.join("skip-token.key");
    let key = open_or_create(&path, || {
        let mut key = [0; 32];
        aws_lc_rs::rand::fill(&mut key).map_err(|_| KeyError::Random)?;
        Ok::<_, KeyError>(key.to_vec())
    })?;
    let key = key.as_slice().try_into().map_err(|_| KeyError::Length)?;
    Ok(Signer::new(key))
}

#[derive(Debug, thiserror::Error)]
enum KeyError {
    #[error(transparent)]
    File(#[from] PrivateFileError),
    #[error("the system has no random bytes")]
    Random,
    #[error(
        "skip-token.key must be 32 bytes; delete it to get a new one (open next links will be refused)"
    )]
    Length,
}
