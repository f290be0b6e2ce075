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

use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared, WeakShared},
};
use reqwest::header::HeaderValue;
use tokio::time::Instant;

use super::access_token::{AccessToken, Credential, CredentialError};

/// How long before it expires a token is replaced, as in Microsoft's libraries; at most a fifth of its life.
const AHEAD: Duration = Duration::from_mins(5);
/// How long to wait before the next attempt to replace a token that is still valid.
const PAUSE: Duration = Duration::from_secs(30);

type Outcome = Result<Arc<CachedToken>, CredentialError>;
/// A request for a token that its callers share. Whichever of them is polled makes progress, so any may go away.
type Asking = Shared<BoxFuture<'static, Outcome>>;

/// A credential and the token that it gave last.
pub(crate) struct TokenCache {
    credential: Arc<dyn Credential>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<CachedToken>>,
    /// Weak: a request that nobody waits for any more is not gone on with.
    asking: Option<WeakShared<BoxFuture<'static, Outcome>>>,
    /// Before this, a token that is still valid is not replaced.
    pause_until: Option<Instant>,
}

/// What a caller gets.
enum Current {
    Token(Arc<CachedToken>),
    /// A request to wait for, and the token to use if it fails.
    Asking {
        valid: Option<Arc<CachedToken>>,
        asking: Asking,
    },
}

/// A token in use.
#[derive(Debug)]
pub(crate) struct CachedToken {
    pub(crate) authorization: HeaderValue,
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
    pub(crate) fn accept(&self) {
        self.accepted.store(true, Relaxed);
    }
}

impl TokenCache {
    pub(crate) fn new(credential: impl Credential + 'static) -> Self {
        Self {
            credential: Arc::new(credential),
            state: Mutex::default(),
        }
    }

    /// A token that is valid, as far as is known.
    ///
    /// One request for a new token is shared by all that have none. While the old one is valid, one caller waits for the new one and
    /// the others use the old one.
    pub(crate) async fn token(&self) -> Outcome {
        let (valid, asking) = match self.current() {
            Current::Token(token) => return Ok(token),
            Current::Asking { valid, asking } => (valid, asking),
        };
        let outcome = asking.clone().await;
        self.finish(&asking, &outcome);
        match (outcome, valid) {
            (Err(error), Some(token)) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the token is about to expire and could not be replaced"
                );
                Ok(token)
            }
            (outcome, _) => outcome,
        }
    }

    /// Another token than one that was answered by 401; `None` if there is no other that may do better.
    ///
    /// If the service never accepted the refused one, its age is not what is wrong, and each call would ask for yet another.
    pub(crate) async fn instead_of(
        &self,
        refused: &Arc<CachedToken>,
    ) -> Result<Option<Arc<CachedToken>>, CredentialError> {
        {
            let mut state = self.state();
            let in_use = |token: &Arc<CachedToken>| Arc::ptr_eq(token, refused);
            if state.token.as_ref().is_some_and(in_use) {
                if !refused.accepted.load(Relaxed) {
                    return Ok(None);
                }
                state.token = None;
            }
        }
        let token = self.token().await?;
        Ok((token.authorization != refused.authorization).then_some(token))
    }

    fn current(&self) -> Current {
        let now = Instant::now();
        let mut state = self.state();
        let reached = |at: Option<Instant>| at.is_some_and(|at| now >= at);
        let valid = state.token.clone().filter(|it| !reached(it.expires_at));
        let asking = state.asking.as_ref().and_then(WeakShared::upgrade);
        if let Some(token) = &valid
            && (asking.is_some()
                || !reached(token.replace_at)
                || state.pause_until.is_some_and(|until| now < until))
        {
            return Current::Token(Arc::clone(token));
        }
        let asking = asking.unwrap_or_else(|| {
            let asking = ask(Arc::clone(&self.credential)).boxed().shared();
            state.asking = asking.downgrade();
            asking
        });
        Current::Asking { valid, asking }
    }

    /// Keeps what came of a request, the first time that it is seen.
    fn finish(&self, asking: &Asking, outcome: &Outcome) {
        let mut state = self.state();
        let current = state.asking.as_ref().and_then(WeakShared::upgrade);
        if !current.is_some_and(|current| current.ptr_eq(asking)) {
            return;
        }
        state.asking = None;
        match outcome {
            Ok(token) => {
                state.token = Some(Arc::clone(token));
                state.pause_until = None;
            }
            Err(_) => state.pause_until = Some(Instant::now() + PAUSE),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .expect("nothing panics while it is locked")
    }
}

async fn ask(credential: Arc<dyn Credential>) -> Outcome {
    let asked_at = Instant::now();
    let token = credential.token().await?;
    Ok(Arc::new(CachedToken::new(token, asked_at)))
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenCache").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
