//! Tokens, and where they come from.
//!
//! A [`Credential`] asks for a token. When to ask, and how many callers share one answer, is decided in `token_cache`.

mod access_token;
mod client_credentials;
mod token_cache;

pub use access_token::{AccessToken, Credential, CredentialError};
pub use client_credentials::ClientCredentials;
pub(super) use token_cache::{CachedToken, TokenCache};
