//! The task behind the keys of one issuer: decides when to fetch, and publishes what it gets.

use std::{sync::Arc, time::Duration};

use reqwest::Client;
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{Instant, sleep_until},
};

use super::{
    discovery,
    fetch::{Document, FetchError},
    issuer_url::IssuerUrl,
};
use crate::{
    auth::keys::{KeySet, VerificationKey},
    domain::clock::Clock,
    logging::Causes,
};

/// Bounds of what the issuer asks for by `Cache-Control: max-age`; the longest applies where it asks for nothing. Entra
/// asks for a day, but an hour is how long a withdrawn key may still be accepted.
const SHORTEST_REFRESH: Duration = Duration::from_mins(5);
const LONGEST_REFRESH: Duration = Duration::from_hours(1);
/// After one failed fetch.
const FIRST_RETRY: Duration = Duration::from_secs(1);
/// After many.
const LAST_RETRY: Duration = Duration::from_mins(1);
/// How long keys are valid after they were fetched.
const KEYS_LAST: Duration = Duration::from_hours(24);
/// Between two fetches for key ids that do not exist.
const COOL_DOWN: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(super) struct Ask {
    pub(super) kid: String,
    /// Whether the last fetch succeeded.
    pub(super) answer: oneshot::Sender<bool>,
}

pub(super) struct Refresher {
    issuer: IssuerUrl,
    http: Client,
    clock: Arc<dyn Clock>,
    published: watch::Sender<KeySet>,
    /// Failed fetches since the last successful one.
    failures: u32,
    /// When a fetch for a key id last did not find it, in *seconds* since the Unix epoch.
    pub(super) not_found_at_s: Option<i64>,
}

impl Refresher {
    pub(super) fn new(
        issuer: IssuerUrl,
        http: Client,
        clock: Arc<dyn Clock>,
        published: watch::Sender<KeySet>,
    ) -> Self {
        Self {
            issuer,
            http,
            clock,
            published,
            failures: 0,
            not_found_at_s: None,
        }
    }

    /// Ends when nobody can ask any more.
    pub(super) async fn run(mut self, mut asks: mpsc::Receiver<Ask>) {
        let mut next = self.refresh().await;
        loop {
            let ask = tokio::select! {
                () = sleep_until(next) => {
                    next = self.refresh().await;
                    continue;
                }
                ask = asks.recv() => ask,
            };
            let Some(Ask { kid, answer }) = ask else {
                return;
            };
            if self.is_worth_a_fetch(&kid) {
                next = self.refresh().await;
                if self.is_healthy() && !self.has(&kid) {
                    self.not_found_at_s = Some(self.clock.now_s());
                }
            }
            // Whoever asked may have gone.
            let _ = answer.send(self.is_healthy());
        }
    }

    fn is_healthy(&self) -> bool {
        self.failures == 0
    }

    /// Not if the key is there by now, not while the issuer fails, which is retried by itself, and not soon after a fetch
    /// that did not find its key.
    pub(super) fn is_worth_a_fetch(&self, kid: &str) -> bool {
        let cooling = self.not_found_at_s.is_some_and(|at_s| {
            // Not a plain comparison: a clock that is set back must not prolong this.
            self.clock.now_s().abs_diff(at_s) < COOL_DOWN.as_secs()
        });
        !cooling && self.is_healthy() && !self.has(kid)
    }

    /// Expired keys do not count: after the machine was suspended overnight, all have expired.
    fn has(&self, kid: &str) -> bool {
        let now_s = self.clock.now_s();
        let keys = self.published.borrow();
        keys.iter()
            .any(|key| key.is_named(kid) && key.is_good(now_s))
    }

    async fn refresh(&mut self) -> Instant {
        let good_until_s = self.clock.now_s();
        let good_until_s = good_until_s.saturating_add_unsigned(KEYS_LAST.as_secs());
        let fetched = discovery::fetch(&self.http, &self.issuer, good_until_s).await;
        let pause = match fetched {
            Ok(fetched) => self.succeeded(fetched, good_until_s),
            Err(error) => self.failed(&error),
        };
        Instant::now() + pause
    }

    pub(super) fn succeeded(
        &mut self,
        fetched: Document<Vec<VerificationKey>>,
        good_until_s: i64,
    ) -> Duration {
        self.failures = 0;
        let (added, withdrawn) = publish(&self.published, fetched.content, good_until_s);
        if added + withdrawn > 0 {
            tracing::info!(
                issuer = %self.issuer,
                keys = self.published.borrow().len(),
                added,
                withdrawn,
                "keys of an issuer"
            );
        }
        let asked_for = fetched.max_age.unwrap_or(LONGEST_REFRESH);
        asked_for.clamp(SHORTEST_REFRESH, LONGEST_REFRESH)
    }

    pub(super) fn failed(&mut self, error: &FetchError) -> Duration {
        let doubled = FIRST_RETRY.saturating_mul(2_u32.saturating_pow(self.failures));
        let pause = doubled.min(LAST_RETRY);
        self.failures = self.failures.saturating_add(1);
        let now_s = self.clock.now_s();
        let keys = self.published.borrow();
        tracing::warn!(
            issuer = %self.issuer,
            cause = %Causes(error),
            failures = self.failures,
            keys = keys.iter().filter(|key| key.is_good(now_s)).count(),
            retry_s = pause.as_secs(),
            "cannot fetch the keys of an issuer"
        );
        pause
    }
}

/// Replaces the keys by the fetched ones; returns how many were added and withdrawn. A key that stays is the same
/// object, so that tokens verified with it stay cached; those of a withdrawn key do not.
pub(super) fn publish(
    published: &watch::Sender<KeySet>,
    fetched: Vec<VerificationKey>,
    good_until_s: i64,
) -> (usize, usize) {
    let before = published.borrow().clone();
    let after: KeySet = fetched
        .into_iter()
        .map(|key| match before.iter().find(|old| old.is_same(&key)) {
            Some(old) => {
                old.set_good_until(good_until_s);
                old.clone()
            }
            None => Arc::new(key),
        })
        .collect();
    published.send_replace(after.clone());
    let withdrawn = missing(&before, &after);
    for key in &withdrawn {
        key.withdraw();
    }
    (missing(&after, &before).len(), withdrawn.len())
}

/// The keys of one set that are not in another.
fn missing<'k>(keys: &'k KeySet, other: &KeySet) -> Vec<&'k Arc<VerificationKey>> {
    let is_there = |key| other.iter().any(|it| Arc::ptr_eq(it, key));
    keys.iter().filter(|key| !is_there(key)).collect()
}
