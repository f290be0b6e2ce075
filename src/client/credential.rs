//! Where tokens come from: the trait, and what it returns.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use reqwest::header::HeaderValue;

/// Where tokens come from: an identity platform, a file that somebody else renews, another program.
///
/// The client asks when it has no token or the present one is about to expire, once for all requests that wait for it, and keeps the
/// token: an implementation needs no cache and no lock.
///
/// ```
/// use std::{fs, time::Duration};
///
/// use graph_connections::client::{AccessToken, BoxFuture, Client, Credential, CredentialError, Error};
///
/// /// A token that another process writes to a file every few minutes.
/// struct TokenFile(&'static str);
///
/// impl Credential for TokenFile {
///     fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
///         Box::pin(async {
///             let token = fs::read_to_string(self.0).map_err(CredentialError::new)?;
///             AccessToken::new(token, Some(Duration::from_mins(5)))
///         })
///     }
/// }
///
/// # fn example() -> Result<Client, Error> {
/// Client::builder("https://graph.microsoft.com/v1.0")
///     .credential(TokenFile("/run/secrets/token"))
///     .build()
/// # }
/// ```
pub trait Credential: Send + Sync {
    /// Asks for a token.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>>;
}

/// A bearer token, and for how long it is valid. `Debug` does not show it.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// The value of `Authorization` (RFC 6750, section 2.1), marked as sensitive, so that `Debug` does not show it.
    pub(super) authorization: HeaderValue,
    pub(super) valid_for: Option<Duration>,
}

impl AccessToken {
    /// `valid_for` counts from when the token was asked for, by a monotonic clock; `None` if it is not known: the token is then used
    /// until the service refuses it. White space around the token is dropped: a file tends to end in a line feed.
    ///
    /// # Errors
    ///
    /// If the token has characters that a header cannot carry, or none.
    pub fn new(
        token: impl AsRef<str>,
        valid_for: Option<Duration>,
    ) -> Result<Self, CredentialError> {
        let token = token.as_ref().trim();
        if token.is_empty() {
            return Err(CredentialError::new("the token is empty"));
        }
        let mut authorization = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| {
            CredentialError::new("the token has characters that a header cannot carry")
        })?;
        authorization.set_sensitive(true);
        Ok(Self {
            authorization,
            valid_for,
        })
    }
}

/// The same token every time.
impl Credential for AccessToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(async { Ok(self.clone()) })
    }
}

/// Why there is no token: in text and source its cause.
#[derive(Debug, Clone, thiserror::Error)]
#[error(transparent)]
pub struct CredentialError(Arc<dyn std::error::Error + Send + Sync>);

impl CredentialError {
    /// With the cause, an error or a text. It is shown in errors and logs, and must contain no secret.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(Arc::from(cause.into()))
    }
}
