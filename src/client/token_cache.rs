//! One token for all requests: asked for once, replaced before it expires and when the service no longer accepts it.
//!
//! Times are measured by a monotonic clock: a token expires so long after it was asked for, whatever the system clock says.

use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use reqwest::header::HeaderValue;
use tokio::time::Instant;

use super::credential::{AccessToken, Credential, CredentialError};

/// How long before it expires a token is replaced, as in Microsoft's libraries; at most a fifth of its life.
const AHEAD: Duration = Duration::from_mins(5);
/// How long to wait before the next attempt to replace a token that is still valid.
const PAUSE: Duration = Duration::from_secs(30);

/// A credential and the token that it gave last.
pub(super) struct TokenCache {
    credential: Box<dyn Credential>,
    token: Mutex<Option<Arc<CachedToken>>>,
    /// Locked by the caller that asks for a token, while others wait. Holds the failure of the last request.
    asking: tokio::sync::Mutex<Option<Failure>>,
}

struct Failure {
    at: Instant,
    error: CredentialError,
}

/// A token in use.
#[derive(Debug)]
pub(super) struct CachedToken {
    pub(super) authorization: HeaderValue,
    replace_at: Option<Instant>,
    expires_at: Option<Instant>,
    accepted: AtomicBool,
}

impl CachedToken {
    fn new(token: AccessToken, asked_at: Instant) -> Self {
        // A life so long that there is no such instant is one without end.
        let after = |life: Option<Duration>| asked_at.checked_add(life?);
        let life = token.valid_for;
        Self {
            authorization: token.authorization,
            replace_at: after(life.map(|life| life.saturating_sub(AHEAD.min(life / 5)))),
            expires_at: after(life),
            accepted: AtomicBool::new(false),
        }
    }

    /// The service has answered a request with this token by a success.
    pub(super) fn accept(&self) {
        self.accepted.store(true, Relaxed);
    }

    fn is_valid(&self) -> bool {
        self.expires_at.is_none_or(|at| Instant::now() < at)
    }

    fn is_to_be_replaced(&self) -> bool {
        self.replace_at.is_some_and(|at| Instant::now() >= at)
    }
}

impl TokenCache {
    pub(super) fn new(credential: impl Credential + 'static) -> Self {
        Self {
            credential: Box::new(credential),
            token: Mutex::default(),
            asking: tokio::sync::Mutex::default(),
        }
    }

    /// A token that is valid, as far as is known.
    ///
    /// One request for a new token serves all that have none; if its caller goes away, the next one asks. While the old token
    /// is valid, one caller waits for the new one and the others use the old one.
    pub(super) async fn token(&self) -> Result<Arc<CachedToken>, CredentialError> {
        let called_at = Instant::now();
        let valid = self.valid();
        let mut last_failure = match &valid {
            Some(token) if !token.is_to_be_replaced() => return Ok(Arc::clone(token)),
            Some(token) => match self.asking.try_lock() {
                Ok(guard) => guard,
                Err(_) => return Ok(Arc::clone(token)),
            },
            None => self.asking.lock().await,
        };
        // Another caller may have asked in the meantime.
        if let Some(token) = self.valid().filter(|token| !token.is_to_be_replaced()) {
            return Ok(token);
        }
        match (&*last_failure, &valid) {
            (Some(failure), Some(token)) if failure.at.elapsed() < PAUSE => {
                return Ok(Arc::clone(token));
            }
            (Some(failure), None) if failure.at > called_at => return Err(failure.error.clone()),
            _ => {}
        }
        let asked_at = Instant::now();
        match (self.credential.token().await, valid) {
            (Ok(token), _) => {
                let token = Arc::new(CachedToken::new(token, asked_at));
                *last_failure = None;
                *self.locked() = Some(Arc::clone(&token));
                Ok(token)
            }
            (Err(error), valid) => {
                *last_failure = Some(Failure {
                    at: Instant::now(),
                    error: error.clone(),
                });
                let token = valid.ok_or_else(|| error.clone())?;
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the token is about to expire and could not be replaced"
                );
                Ok(token)
            }
        }
    }

    /// Another token than one that was answered by 401; `None` if there is no other that may do better.
    ///
    /// If the service never accepted the refused one, its age is not what is wrong, and each call would ask for yet another.
    pub(super) async fn instead_of(
        &self,
        refused: &Arc<CachedToken>,
    ) -> Result<Option<Arc<CachedToken>>, CredentialError> {
        {
            let mut token = self.locked();
            if token.as_ref().is_some_and(|it| Arc::ptr_eq(it, refused)) {
                if !refused.accepted.load(Relaxed) {
                    return Ok(None);
                }
                *token = None;
            }
        }
        let token = self.token().await?;
        Ok((token.authorization != refused.authorization).then_some(token))
    }

    fn valid(&self) -> Option<Arc<CachedToken>> {
        self.locked().clone().filter(|token| token.is_valid())
    }

    fn locked(&self) -> MutexGuard<'_, Option<Arc<CachedToken>>> {
        let locked = self.token.lock();
        locked.expect("nothing panics while it is locked")
    }
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenCache").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
