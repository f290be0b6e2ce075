//! How fast an app may write: token buckets, and counts of what is in progress. Without limits nothing is counted.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use openapi_contract_runtime::{Operation, percent};

use crate::domain::{Error, limits::Limits, principal::Principal};

/// Buckets and counts that are kept before those that say nothing are thrown away.
const KEPT: usize = 10_000;

/// An identifier of a connection with each of its characters encoded, bytes.
const LONGEST_SEGMENT: usize = 3 * 36;

/// Enforces the rates of a profile.
pub(crate) struct Throttle {
    limits: Limits,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    buckets: HashMap<Key, Bucket>,
    in_progress: HashMap<Key, u32>,
}

/// What is counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    kind: Kind,
    tenant: String,
    app: String,
    /// Empty if all connections count together.
    connection: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Request,
    GroupWrite,
    ItemWrite,
}

/// As many tokens as a second brings, at most.
struct Bucket {
    per_second: u32,
    tokens: f64,
    filled_ms: i64,
}

/// A write in progress: dropped when it has been answered.
pub(crate) struct InProgress {
    key: Key,
    state: Arc<Mutex<State>>,
}

impl Throttle {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            state: Arc::default(),
        }
    }

    /// Lets a request in, whose path below the version is `path`.
    ///
    /// # Errors
    /// [`Error::Overloaded`] with the time after which there is a token again.
    pub(crate) fn admit(
        &self,
        operation: &Operation,
        path: &str,
        principal: &Principal,
        now_ms: i64,
    ) -> Result<Option<InProgress>, Error> {
        let limits = &self.limits;
        if *limits == Limits::UNLIMITED {
            return Ok(None);
        }
        let key = |kind, connection: &str| Key {
            kind,
            tenant: principal.tenant.as_str().to_owned(),
            app: principal.app.as_str().to_owned(),
            connection: percent::decode(connection)
                .unwrap_or_default()
                .to_ascii_lowercase(),
        };
        let mut state = lock(&self.state);
        state.take(&key(Kind::Request, ""), limits.requests, now_ms)?;
        // Whoever may only read can do no write.
        let mut scopes = operation.scopes.iter();
        if operation.method == "GET" || scopes.any(|scope| scope.ends_with(".Read.All")) {
            return Ok(None);
        }
        // "", external, connections, the identifier, what is below it.
        let mut segments = path.split('/').skip(3);
        let connection = segments.next().unwrap_or_default();
        if connection.len() > LONGEST_SEGMENT {
            // None has such an identifier, in whichever spelling.
            return Ok(None);
        }
        match segments.next() {
            Some("groups") => {
                state.take(&key(Kind::GroupWrite, ""), limits.group_writes, now_ms)?;
                Ok(None)
            }
            Some("items") => {
                let key = key(Kind::ItemWrite, connection);
                state.take(&key, limits.item_writes, now_ms)?;
                let Some(most) = limits.item_writes_at_once else {
                    return Ok(None);
                };
                state.begin(&key, most)?;
                let state = Arc::clone(&self.state);
                Ok(Some(InProgress { key, state }))
            }
            _ => Ok(None),
        }
    }
}

impl State {
    fn take(&mut self, key: &Key, per_second: Option<u32>, now_ms: i64) -> Result<(), Error> {
        let Some(per_second) = per_second else {
            return Ok(());
        };
        if self.buckets.len() >= KEPT {
            self.buckets.retain(|_, bucket| {
                bucket.fill(now_ms);
                bucket.tokens < f64::from(bucket.per_second)
            });
        }
        let bucket = self.buckets.entry(key.clone()).or_insert(Bucket {
            per_second,
            tokens: per_second.into(),
            filled_ms: now_ms,
        });
        bucket.fill(now_ms);
        if bucket.tokens < 1.0 {
            let seconds = (1.0 - bucket.tokens) / f64::from(per_second);
            return Err(Error::Throttled {
                retry_after: Duration::from_secs_f64(seconds),
            });
        }
        bucket.tokens -= 1.0;
        Ok(())
    }

    fn begin(&mut self, key: &Key, most: u32) -> Result<(), Error> {
        let count = self.in_progress.entry(key.clone()).or_default();
        if *count >= most {
            return Err(Error::Throttled {
                retry_after: Duration::from_secs(1),
            });
        }
        *count += 1;
        Ok(())
    }
}

impl Bucket {
    /// A clock that goes back brings no tokens.
    fn fill(&mut self, now_ms: i64) {
        let passed_ms = now_ms.saturating_sub(self.filled_ms).max(0);
        let passed = Duration::from_millis(passed_ms.unsigned_abs());
        let rate = f64::from(self.per_second);
        self.tokens = (self.tokens + passed.as_secs_f64() * rate).min(rate);
        self.filled_ms = now_ms;
    }
}

impl Drop for InProgress {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        if let Some(count) = state.in_progress.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                state.in_progress.remove(&self.key);
            }
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
