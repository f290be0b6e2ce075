//! The OAuth 2.0 client credentials grant (RFC 6749, section 4.4).

use std::{fmt, sync::Arc, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use reqwest::{Response, StatusCode, Url, header::ACCEPT};
use serde::Deserialize;

use super::{
    credential::{AccessToken, Credential, CredentialError},
    error::Error,
    http,
    printable::printable,
    response,
    retry::{Attempts, RetryPolicy},
};

/// The permissions that an administrator has granted to the app for Microsoft Graph.
const GRAPH_SCOPE: &str = "https://graph.microsoft.com/.default";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(20);
/// How long a request for a token may be repeated.
const RETRY_TIME: Duration = Duration::from_secs(30);
/// How much of a response is read. Tokens with many groups have a tenth of it.
const RESPONSE_BYTES: usize = 128 * 1024;
/// How much of an error's description is quoted.
const QUOTED_CHARS: usize = 500;

/// An app with a secret: the client credentials grant of OAuth 2.0, as Entra ID and the development issuer have it.
///
/// A token is asked for with the first request, and again five minutes before it expires (earlier in the life of a short one). Temporary
/// failures are retried for half a minute. The secret goes into the body of the request (`client_secret_post`), to the token
/// URL and nowhere else: redirects are not followed.
pub struct ClientCredentials {
    http: reqwest::Client,
    token_url: Url,
    client_id: String,
    secret: String,
    scope: String,
    parameters: Vec<(String, String)>,
}

impl ClientCredentials {
    /// The app `client_id`, which proves itself to the endpoint at `token_url` with `secret`. The scope is that of Microsoft Graph,
    /// `https://graph.microsoft.com/.default`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] if the token URL is not an absolute `https` one, or `http` to this machine (`127.0.0.1`, `[::1]`,
    /// `localhost`), without user and fragment; [`Error::Transport`] if TLS cannot be set up.
    pub fn new(
        token_url: impl AsRef<str>,
        client_id: impl Into<String>,
        secret: impl Into<String>,
    ) -> Result<Self, Error> {
        let token_url = checked_token_url(token_url.as_ref())?;
        let http = http::client(&token_url, CONNECT_TIMEOUT, TIMEOUT)?;
        Ok(Self {
            http,
            token_url,
            client_id: client_id.into(),
            secret: secret.into(),
            scope: GRAPH_SCOPE.to_owned(),
            parameters: Vec::new(),
        })
    }

    /// Asks for another scope: `https://graph.microsoft.us/.default`, or what a self-hosted service is known by.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// Adds a parameter that an issuer of its own takes, such as `audience`. The development issuer makes the token of a user for `user`,
    /// whose `groups` it may be told.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    async fn ask(&self) -> Result<Response, Error> {
        let mut grant = vec![
            ("grant_type", "client_credentials"),
            ("client_id", &self.client_id),
            ("client_secret", &self.secret),
            ("scope", &self.scope),
        ];
        let others = self.parameters.iter();
        grant.extend(others.map(|(name, value)| (name.as_str(), value.as_str())));
        let request = self
            .http
            .post(self.token_url.clone())
            .header(ACCEPT, "application/json")
            .form(&grant);
        let response = request.send().await;
        let response = response.map_err(|cause| Error::transport(cause, None))?;
        response::read(response, RESPONSE_BYTES, None).await
    }

    /// The token in an answer (RFC 6749, section 5.1).
    async fn read(&self, response: Response) -> Result<AccessToken, CredentialError> {
        let status = response.status();
        // It is in memory already.
        let body = response.bytes().await.map_err(CredentialError::new)?;
        if status != StatusCode::OK {
            return Err(self.refusal(status, &body));
        }
        let granted: Granted = serde_json::from_slice(&body)
            .map_err(|_| CredentialError::new("the token endpoint's answer has no token"))?;
        if !granted.token_type.eq_ignore_ascii_case("Bearer") {
            return Err(CredentialError::new(
                "the token is of another type than Bearer",
            ));
        }
        AccessToken::new(
            granted.access_token,
            granted.expires_in.map(Duration::from_secs),
        )
    }

    /// What an error answer says (RFC 6749, section 5.2); of another body, a proxy's page, nothing is quoted.
    fn refusal(&self, status: StatusCode, body: &[u8]) -> CredentialError {
        let refused: Refused = serde_json::from_slice(body).unwrap_or_default();
        let mut message = format!("the token endpoint answered {}", status.as_u16());
        if !refused.error.is_empty() {
            message = format!("{message} {}: {}", refused.error, refused.error_description);
        }
        if !self.secret.is_empty() {
            message = message.replace(&self.secret, "…");
        }
        let quoted: String = message.chars().take(QUOTED_CHARS).collect();
        CredentialError::new(printable(&quoted))
    }
}

impl Credential for ClientCredentials {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        async {
            let policy = RetryPolicy::default().time(RETRY_TIME);
            // Two tokens do no harm, so a request whose answer is lost may be repeated.
            let mut attempts = Attempts::new(policy, true);
            loop {
                let outcome = self.ask().await;
                if attempts.again(&outcome).await {
                    continue;
                }
                return match outcome {
                    Ok(response) => self.read(response).await,
                    Err(Error::Transport { cause, .. }) => {
                        let cause = Arc::into_inner(cause).expect("nobody else has it yet");
                        Err(CredentialError::new(cause.without_url()))
                    }
                    Err(Error::Decode { cause, .. }) => Err(CredentialError::new(format!(
                        "the token endpoint's answer is {cause}"
                    ))),
                    Err(error) => Err(CredentialError::new(error)),
                };
            }
        }
        .boxed()
    }
}

/// Without the secret, and without the rest of the URL, which may have one in its query.
impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("host", &self.token_url.host_str())
            .field("client_id", &self.client_id)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    token_type: String,
    /// Seconds.
    expires_in: Option<u64>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Refused {
    error: String,
    error_description: String,
}

/// The URL, if the secret may be sent there. It is not quoted when refused: it may contain the secret.
fn checked_token_url(token_url: &str) -> Result<Url, Error> {
    let refused = |reason: &str| Error::InvalidRequest(format!("the token URL {reason}"));
    let url = Url::parse(token_url).map_err(|error| refused(&format!("is no URL: {error}")))?;
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(refused("has a user, a password or a fragment"));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if http::is_loopback(&url) => Ok(url),
        _ => Err(refused(
            "is not https, and the secret would be there for all to read",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_over_tls_or_stay_on_the_machine() {
        for url in [
            "https://login.microsoftonline.com/t/oauth2/v2.0/token",
            "http://127.0.0.1:8080/t/oauth2/v2.0/token",
            "http://[::1]:8080/token",
            "http://localhost/token",
        ] {
            assert!(checked_token_url(url).is_ok(), "{url}");
        }
        for url in [
            "http://login.microsoftonline.com/token",
            "http://127.0.0.1.example/token",
            "http://localhost.example/token",
            "http://[2001:db8::1]/token",
            "ftp://127.0.0.1/token",
            "https://app:hunter2@login.example/token",
            "https://hunter2@login.example/token",
            "https://login.example/token#hunter2",
            "login.example/hunter2",
            "https://hunter2:x/",
        ] {
            let error = checked_token_url(url).unwrap_err().to_string();
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn debug_does_not_show_the_secret() {
        let url = "https://login.example/token?key=hunter2";
        let credential = ClientCredentials::new(url, "app", "hunter2").unwrap();
        let shown = format!("{credential:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(
            shown.contains("login.example") && shown.contains("app"),
            "{shown}"
        );
    }
}
