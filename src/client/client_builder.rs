//! From a base URL and a credential to a [`Client`].

use std::{sync::Arc, time::Duration};

use reqwest::Url;

use super::{
    call::Inner,
    credential::{AccessToken, Credential, CredentialError},
    error::Error,
    generated::Client,
    http,
    retry::RetryPolicy,
    token_cache::TokenCache,
};

/// The time to reach the service, name resolution and TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The time of an attempt; what Graph's own clients wait.
const TIMEOUT: Duration = Duration::from_secs(100);

/// Makes a [`Client`]; see [`Client::builder`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    base_url: String,
    tokens: Result<Option<Arc<TokenCache>>, CredentialError>,
    connect_timeout: Duration,
    timeout: Duration,
    retry: RetryPolicy,
}

impl Client {
    /// Begins a client for the service at `base_url`, the version segment included: `http://127.0.0.1:8080/v1.0`, or
    /// `https://graph.microsoft.com/v1.0` for Microsoft Graph.
    ///
    /// Over `https` the certificate is checked against those that the operating system trusts: a private authority is trusted by
    /// adding it there, on Linux also by the environment variable `SSL_CERT_FILE`.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder {
            base_url: base_url.into(),
            tokens: Ok(None),
            connect_timeout: CONNECT_TIMEOUT,
            timeout: TIMEOUT,
            retry: RetryPolicy::default(),
        }
    }
}

impl ClientBuilder {
    /// Sends this token with every request. White space around it is dropped: a file tends to end in a line feed. For tokens that are
    /// renewed see [`credential`](Self::credential); the last of the two counts.
    ///
    /// Without a credential the service answers each request with 401.
    pub fn bearer(mut self, token: impl AsRef<str>) -> Self {
        let token = AccessToken::new(token, None);
        self.tokens = token.map(|token| Some(Arc::new(TokenCache::new(token))));
        self
    }

    /// Sends the tokens of this credential, of which [`ClientCredentials`](super::ClientCredentials) is one, with the requests.
    ///
    /// A token is replaced before it expires. If the service answers 401 to one that it accepted before, the call is sent once more with
    /// a new one.
    pub fn credential(mut self, credential: impl Credential + 'static) -> Self {
        self.tokens = Ok(Some(Arc::new(TokenCache::new(credential))));
        self
    }

    /// How long each attempt may take to reach the service, name resolution and TLS included: 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long each attempt may take until the response is complete: 100 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// What is retried, how often and for how long; see [`RetryPolicy`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] if the base URL is not an absolute `http` or `https` one without user, query and fragment, or if
    /// the token is empty or has characters that a header cannot carry; [`Error::Transport`] if TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let url = checked_base_url(&self.base_url)?;
        let tokens = self
            .tokens
            .map_err(|error| Error::InvalidRequest(error.to_string()))?;
        let http = http::client(&url, self.connect_timeout, self.timeout)?;
        let inner = Inner {
            tokens,
            retry: self.retry,
        };
        // Each path begins with a slash.
        let base_url = self.base_url.trim_end_matches('/');
        Ok(Client::new_with_client(base_url, http, inner))
    }
}

/// The base URL, if paths can be appended to it. It is not quoted when refused: it may have a password in it.
fn checked_base_url(base_url: &str) -> Result<Url, Error> {
    let refused = |reason: &str| Error::InvalidRequest(format!("the base URL {reason}"));
    let url = Url::parse(base_url).map_err(|error| refused(&format!("is no URL: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused("is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("has a user or a password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refused("has a query or a fragment"));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use progenitor_client::ClientInfo;

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
            let client = Client::builder(given).build().unwrap();
            assert_eq!(client.baseurl(), kept);
        }
        let refused = [
            "",
            "127.0.0.1:8080/v1.0",
            "/v1.0",
            "ftp://host/v1.0",
            "http://host/v1.0?a=b",
            "http://host/v1.0#top",
            "http://user:hunter2@host/v1.0",
            "http://hunter2@host/v1.0",
            "http://user:hunter2@host:x/v1.0",
        ];
        for given in refused {
            let error = checked_base_url(given).expect_err(given).to_string();
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn token_is_a_header_value_or_refused() {
        assert!(Client::builder("http://host").build().is_ok());
        assert!(Client::builder("http://host").bearer("t\n").build().is_ok());
        for token in ["t\nx: y", "", " \n"] {
            let refused = Client::builder("http://host").bearer(token).build();
            assert!(matches!(refused, Err(Error::InvalidRequest(_))), "{token}");
        }
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
