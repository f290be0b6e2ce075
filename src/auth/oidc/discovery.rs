//! From the URL of an issuer to its keys: the discovery document, and the key set that it names.
//! Source: OpenID Connect Discovery 1.0, section 4.

use std::time::Duration;

use reqwest::{Client, Url};
use serde::Deserialize;

use super::{
    fetch::{self, FetchError},
    issuer_url::IssuerUrl,
    key_set::{self, KeySetError},
};
use crate::auth::keys::VerificationKey;

/// How much of a document is quoted in an error.
const MAX_TOLD_CHARS: usize = 200;

/// Of the many members, the two that matter to an API.
#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: String,
}

/// What one fetch gives.
#[derive(Debug)]
pub(super) struct Fetched {
    /// Never empty.
    pub(super) keys: Vec<VerificationKey>,
    /// How long the key set may be kept, if it says so.
    pub(super) max_age: Option<Duration>,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum DiscoveryError {
    #[error("cannot read the discovery document {url}")]
    Document { url: Url, source: FetchError },
    #[error("the discovery document is not one")]
    NotADocument(#[source] serde_json::Error),
    /// Section 4.3: or an issuer could pass for another. Told in full, because it is the URL that should have been given.
    #[error("the discovery document is of the issuer {found:?}, not of {expected}")]
    OtherIssuer { found: String, expected: String },
    #[error("the keys are at {0:?}, which is not https")]
    KeysNotOverTls(String),
    #[error("cannot read the key set {url}")]
    KeySet { url: Url, source: FetchError },
    #[error(transparent)]
    Keys(#[from] KeySetError),
}

/// Reads both documents, so that a key set that has moved is found without a restart.
pub(super) async fn fetch(
    http: &Client,
    issuer: &IssuerUrl,
    good_until_s: i64,
) -> Result<Fetched, DiscoveryError> {
    let url = issuer.discovery();
    let document = fetch::get(http, url.clone()).await;
    let document = document.map_err(|source| DiscoveryError::Document { url, source })?;
    let discovery: Discovery =
        serde_json::from_slice(&document.body).map_err(DiscoveryError::NotADocument)?;
    let expected = issuer.name();
    if discovery.issuer != expected.as_str() {
        return Err(DiscoveryError::OtherIssuer {
            found: told(&discovery.issuer),
            expected: expected.as_str().to_owned(),
        });
    }
    let url = Url::parse(&discovery.jwks_uri).ok();
    let url = url
        .filter(|url| issuer.may_have_keys_at(url))
        .ok_or_else(|| DiscoveryError::KeysNotOverTls(told(&discovery.jwks_uri)))?;
    let document = fetch::get(http, url.clone()).await;
    let document = document.map_err(|source| DiscoveryError::KeySet { url, source })?;
    Ok(Fetched {
        keys: key_set::read(&document.body, good_until_s)?,
        max_age: document.max_age,
    })
}

fn told(text: &str) -> String {
    text.chars().take(MAX_TOLD_CHARS).collect()
}
