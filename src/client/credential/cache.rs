//! One token for all requests: asked for once, ahead of its end, and replaced when the service no longer takes it.
//!
//! Time is measured, not told: a token ends so long after it was asked for, whatever the clock on the wall says.

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

use super::{AccessToken, Credential, CredentialError};

/// How long before its end a token is replaced, what Microsoft's libraries leave too; at most a fifth of its life.
const AHEAD: Duration = Duration::from_mins(5);
/// How long to go on with a token that could not be replaced before the next attempt.
const PAUSE: Duration = Duration::from_secs(30);

/// A credential and what it gave last.
pub(crate) struct Cache {
    credential: Box<dyn Credential>,
    /// Held by who asks for a token.
    asking: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<Held>>,
    /// Why the last time gave none.
    failure: Option<CredentialError>,
    /// How often the credential has answered: who waited for one that asks sees by it that there is an answer.
    answers: u64,
    /// Not before this is a token that is still valid replaced.
    pause_until: Option<Instant>,
}

/// A token in use.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) authorization: HeaderValue,
    replace_at: Option<Instant>,
    ends_at: Option<Instant>,
    accepted: AtomicBool,
}

impl Held {
    fn new(token: AccessToken, asked_at: Instant) -> Self {
        // A life so long that there is no such instant is one without end.
        let after = |life: Option<Duration>| asked_at.checked_add(life?);
        let life = token.valid_for;
        Self {
            authorization: token.authorization,
            replace_at: after(life.map(|life| life.saturating_sub(AHEAD.min(life / 5)))),
            ends_at: after(life),
            accepted: AtomicBool::new(false),
        }
    }

    /// The service has answered a request with this token by a success.
    pub(crate) fn accept(&self) {
        self.accepted.store(true, Relaxed);
    }
}

impl Cache {
    pub(crate) fn new(credential: impl Credential + 'static) -> Self {
        Self {
            credential: Box::new(credential),
            asking: tokio::sync::Mutex::default(),
            state: Mutex::default(),
        }
    }

    /// A token that is valid, as far as is known.
    ///
    /// One caller asks for a new one. Others go on with the old one while it is valid, and else wait and share what comes of it. If
    /// the caller that asks goes away, the next one asks.
    pub(crate) async fn token(&self) -> Result<Arc<Held>, CredentialError> {
        let (token, due, answers) = self.look();
        let _asking = match &token {
            Some(token) if !due => return Ok(Arc::clone(token)),
            Some(token) => match self.asking.try_lock() {
                Ok(asking) => asking,
                Err(_) => return Ok(Arc::clone(token)),
            },
            None => self.asking.lock().await,
        };
        let outcome = match self.answer_since(answers) {
            Some(outcome) => outcome,
            None => self.ask().await,
        };
        match (outcome, token) {
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
    /// If the service never took the one it refused, it is not its age that is wrong, and each call would ask for yet another.
    pub(crate) async fn instead_of(
        &self,
        refused: &Arc<Held>,
    ) -> Result<Option<Arc<Held>>, CredentialError> {
        if !self.forget(refused) {
            return Ok(None);
        }
        let token = self.token().await?;
        Ok((token.authorization != refused.authorization).then_some(token))
    }

    /// Whether this token is, or is by now, no longer in use.
    fn forget(&self, refused: &Arc<Held>) -> bool {
        let mut state = self.state();
        let in_use = state
            .token
            .as_ref()
            .is_some_and(|it| Arc::ptr_eq(it, refused));
        if in_use && !refused.accepted.load(Relaxed) {
            return false;
        }
        if in_use {
            state.token = None;
        }
        true
    }

    /// The token if it is valid, whether it is time to replace it, and the count of answers.
    fn look(&self) -> (Option<Arc<Held>>, bool, u64) {
        let now = Instant::now();
        let state = self.state();
        let reached = |at: Option<Instant>| at.is_some_and(|at| now >= at);
        let token = state.token.as_ref().filter(|held| !reached(held.ends_at));
        let due = token.is_some_and(|held| reached(held.replace_at))
            && state.pause_until.is_none_or(|until| now >= until);
        (token.cloned(), due, state.answers)
    }

    /// What others were told since the count of answers was `seen`.
    fn answer_since(&self, seen: u64) -> Option<Result<Arc<Held>, CredentialError>> {
        let state = self.state();
        if state.answers == seen {
            return None;
        }
        match (&state.failure, &state.token) {
            (Some(failure), _) => Some(Err(failure.clone())),
            (None, token) => token.clone().map(Ok),
        }
    }

    async fn ask(&self) -> Result<Arc<Held>, CredentialError> {
        let asked_at = Instant::now();
        let answer = self.credential.token().await;
        let mut state = self.state();
        state.answers += 1;
        match answer {
            Ok(token) => {
                let held = Arc::new(Held::new(token, asked_at));
                state.token = Some(Arc::clone(&held));
                state.failure = None;
                state.pause_until = None;
                Ok(held)
            }
            Err(error) => {
                state.failure = Some(error.clone());
                state.pause_until = Some(Instant::now() + PAUSE);
                Err(error)
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .expect("nothing panics while it is locked")
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
