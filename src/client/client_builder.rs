//! From a base URL and a credential to a [`Client`].

use std::time::Duration;

use reqwest::{
    Url,
    header::{HeaderValue, InvalidHeaderValue},
    redirect,
};

use super::{Client, Error, Inner};

/// The time to reach the service, name resolution and TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The time from the first byte of a request to the last of its answer; what Graph's own clients wait.
const TIMEOUT: Duration = Duration::from_secs(100);
const USER_AGENT: &str = concat!("graph-connections/", env!("CARGO_PKG_VERSION"));

/// Makes a [`Client`]; see [`Client::builder`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    base_url: String,
    // The header is marked as sensitive: `Debug` does not show it.
    authorization: Option<Result<HeaderValue, InvalidHeaderValue>>,
}

impl Client {
    /// Begins a client for the service at `base_url`, the version segment included: `http://127.0.0.1:8080/v1.0`, or
    /// `https://graph.microsoft.com/v1.0` for Microsoft Graph.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder {
            base_url: base_url.into(),
            authorization: None,
        }
    }
}

impl ClientBuilder {
    /// Sends `Authorization: Bearer {token}` with every request. White space around the token is dropped: a file tends to end in a
    /// line feed.
    ///
    /// Without a credential the service answers each request with 401.
    pub fn bearer(mut self, token: impl AsRef<str>) -> Self {
        let header = HeaderValue::try_from(format!("Bearer {}", token.as_ref().trim()));
        self.authorization = Some(header.map(|mut header| {
            header.set_sensitive(true);
            header
        }));
        self
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] if the base URL is not an absolute `http` or `https` one without user, query and fragment, or if
    /// the token has characters that a header cannot carry; [`Error::Transport`] if TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let base_url = checked_base_url(&self.base_url)?;
        let authorization = self.authorization.transpose().map_err(|_| {
            Error::InvalidRequest("the token has characters that a header cannot carry".to_owned())
        })?;
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .user_agent(USER_AGENT)
            // The API does not redirect. Following would hand the request to an address that the caller did not name.
            .redirect(redirect::Policy::none())
            .build()
            .map_err(Error::Transport)?;
        let inner = Inner {
            authorization,
            next_link: None,
        };
        Ok(Client::new_with_client(base_url, http, inner))
    }
}

/// `base_url` without a slash at its end, since each path begins with one.
fn checked_base_url(base_url: &str) -> Result<&str, Error> {
    let refused =
        |reason: &str| Error::InvalidRequest(format!("the base URL `{base_url}` {reason}"));
    let url = Url::parse(base_url).map_err(|error| refused(&format!("is no URL: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused("is neither http nor https"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refused("has a query or a fragment"));
    }
    Ok(base_url.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_url_must_be_one_to_append_paths_to() {
        let accepted = [
            ("http://127.0.0.1:8080/v1.0", "http://127.0.0.1:8080/v1.0"),
            (
                "https://graph.microsoft.com/v1.0/",
                "https://graph.microsoft.com/v1.0",
            ),
        ];
        for (given, kept) in accepted {
            assert_eq!(checked_base_url(given).unwrap(), kept);
        }
        let refused = [
            "",
            "127.0.0.1:8080/v1.0",
            "/v1.0",
            "ftp://host/v1.0",
            "http://host/v1.0?a=b",
            "http://host/v1.0#top",
        ];
        for given in refused {
            assert!(checked_base_url(given).is_err(), "{given}");
        }
    }

    #[test]
    fn token_is_a_header_value_or_refused() {
        assert!(Client::builder("http://host").build().is_ok());
        assert!(Client::builder("http://host").bearer("t\n").build().is_ok());
        let refused = Client::builder("http://host").bearer("t\nx: y").build();
        assert!(matches!(refused, Err(Error::InvalidRequest(_))));
    }

    #[test]
    fn debug_does_not_show_the_token() {
        let builder = Client::builder("http://host").bearer("eyJsecret");
        assert!(!format!("{builder:?}").contains("eyJsecret"));
        let client = builder.build().unwrap();
        assert!(!format!("{client:?}").contains("eyJsecret"));
        assert!(!format!("{:?}", client.list_connections()).contains("eyJsecret"));
    }
}
