//! From the URL of an issuer to its keys: the discovery document, and the key set that it names.
//! Source: OpenID Connect Discovery 1.0, section 4.

use reqwest::{Client, Url};
use serde::Deserialize;

use super::{
    fetch::{self, Document, FetchError},
    issuer_url::IssuerUrl,
    key_set,
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

/// The usable keys, of which there is at least one. Reads both documents, so that a key set that has moved is found without
/// a restart.
pub(super) async fn fetch(
    http: &Client,
    issuer: &IssuerUrl,
    good_until_s: i64,
) -> Result<Document<Vec<VerificationKey>>, FetchError> {
    let document = fetch::get(http, "the discovery document", issuer.discovery()).await?;
    let discovery: Discovery = document.content;
    let (found, expected) = (discovery.issuer, issuer.name());
    // Section 4.3: or an issuer could pass for another. The expected one is the URL that should have been given.
    if found != expected.as_str() {
        let (found, expected) = (told(&found), expected.as_str());
        let what = format!("the discovery document is of the issuer {found:?}, not of {expected}");
        return Err(FetchError::new(what));
    }
    let url = Url::parse(&discovery.jwks_uri).ok();
    let url = url
        .filter(|url| issuer.may_have_keys_at(url))
        .ok_or_else(|| {
            let at = told(&discovery.jwks_uri);
            FetchError::new(format!("the keys are at {at:?}, which is not https"))
        })?;
    let document = fetch::get(http, "the key set", url).await?;
    Ok(Document {
        content: key_set::usable(document.content, good_until_s)?,
        max_age: document.max_age,
    })
}

fn told(text: &str) -> String {
    text.chars().take(MAX_TOLD_CHARS).collect()
}
