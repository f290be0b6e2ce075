//! One JSON document over HTTP, within bounds of time and size. Knows nothing of what is in it.

use std::{error::Error, time::Duration};

use reqwest::{
    Client, StatusCode, Url,
    header::{ACCEPT, CACHE_CONTROL, HeaderMap},
    redirect,
};
use serde::de::DeserializeOwned;

/// Until an issuer has accepted a connection, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// Until a document has arrived completely.
const FETCH_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest document, *bytes*. Entra's key sets have about 20,000.
const MAX_DOCUMENT_BYTES: usize = 256 * 1024;

/// An answer of 200, read to its end.
#[derive(Debug)]
pub(super) struct Document<T> {
    pub(super) content: T,
    /// How long the document may be cached, if it says so.
    pub(super) max_age: Option<Duration>,
}

/// Why keys cannot be fetched. It is for the log: nothing else depends on it.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub(super) struct FetchError {
    what: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl FetchError {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            source: None,
        }
    }

    fn caused(what: impl Into<String>, cause: impl Error + Send + Sync + 'static) -> Self {
        Self {
            source: Some(Box::new(cause)),
            ..Self::new(what)
        }
    }
}

/// `direct`: without any proxy that the environment names (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`).
///
/// # Errors
/// When the certificates of the machine cannot be read, which is the time to hear of it.
pub(super) fn client(direct: bool) -> reqwest::Result<Client> {
    let client = Client::builder()
        .user_agent(concat!("graph-connections/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(FETCH_TIMEOUT)
        // Fetches are too far apart for a connection to be worth keeping.
        .pool_max_idle_per_host(0);
    let client = if direct { client.no_proxy() } else { client };
    client.build()
}

/// `what`: the name of the document in errors.
pub(super) async fn get<T: DeserializeOwned>(
    http: &Client,
    what: &str,
    url: Url,
) -> Result<Document<T>, FetchError> {
    let (body, max_age) = read(http, url.clone())
        .await
        .map_err(|cause| FetchError::caused(format!("cannot read {what} {url}"), cause))?;
    let content = serde_json::from_slice(&body)
        .map_err(|cause| FetchError::caused(format!("{what} is not one"), cause))?;
    Ok(Document { content, max_age })
}

async fn read(http: &Client, url: Url) -> Result<(Vec<u8>, Option<Duration>), FetchError> {
    // Who reads the error knows the URL already.
    let no_answer = |cause: reqwest::Error| FetchError::caused("no answer", cause.without_url());
    let request = http.get(url).header(ACCEPT, "application/json");
    let mut response = request.send().await.map_err(no_answer)?;
    let status = response.status();
    if status.is_redirection() {
        // The operator decides where keys come from, never a response.
        let what = format!("the answer is a redirect, which is not followed (status {status})");
        return Err(FetchError::new(what));
    }
    if status != StatusCode::OK {
        return Err(FetchError::new(format!("the answer has status {status}")));
    }
    let max_age = max_age(response.headers());
    let mut body = Vec::new();
    // A length that is announced is not believed: bytes are counted as they come.
    while let Some(chunk) = response.chunk().await.map_err(no_answer)? {
        if body.len() + chunk.len() > MAX_DOCUMENT_BYTES {
            let what = format!("the answer has more than {MAX_DOCUMENT_BYTES} bytes");
            return Err(FetchError::new(what));
        }
        body.extend_from_slice(&chunk);
    }
    Ok((body, max_age))
}

/// RFC 9111 section 5.2.2.
fn max_age(headers: &HeaderMap) -> Option<Duration> {
    let values = headers.get_all(CACHE_CONTROL).iter();
    let values = values.filter_map(|value| value.to_str().ok());
    let mut directives = values.flat_map(|value| value.split(','));
    directives.find_map(|directive| {
        let (name, value) = directive.trim().split_once('=')?;
        let seconds = value.trim_matches('"').parse().ok()?;
        let named = name.eq_ignore_ascii_case("max-age");
        named.then_some(Duration::from_secs(seconds))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn max_age_is_read() {
        for (value, expected_s) in [
            ("max-age=600", Some(600)),
            ("max-age=86400, private", Some(86_400)),
            ("public, Max-Age=\"60\"", Some(60)),
            ("no-store", None),
            ("max-age=-1", None),
            ("max-age=soon, max-age=9", Some(9)),
            ("s-maxage=5", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(CACHE_CONTROL, value.parse().expect("a value"));
            let read = max_age(&headers).map(|age| age.as_secs());
            assert_eq!(read, expected_s, "{value}");
        }
    }
}
