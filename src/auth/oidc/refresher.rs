//! The task behind the keys of one issuer: decides when to fetch, and publishes what it gets.

use std::{
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use reqwest::Client;
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{Instant, sleep_until},
};

use super::{
    COOL_DOWN, FIRST_RETRY, IssuerUrl, KEYS_LAST, LAST_RETRY, LONGEST_REFRESH, SHORTEST_REFRESH,
    discovery::{self, DiscoveryError, Fetched},
};
use crate::{
    auth::keys::{KeySet, VerificationKey},
    domain::clock::Clock,
    logging::Causes,
};

/// A request for the key of this id.
#[derive(Debug)]
pub(super) struct Ask {
    pub(super) kid: String,
    pub(super) answer: oneshot::Sender<Health>,
}

/// How the last fetch went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Health {
    Good,
    Failing,
}

pub(super) struct Refresher {
    issuer: IssuerUrl,
    http: Client,
    clock: Arc<dyn Clock>,
    published: watch::Sender<KeySet>,
    /// Fetches that have failed since the last that succeeded.
    failures: u32,
    /// When a fetch for the sake of a key id did not find it, in *seconds* since the Unix epoch.
    pub(super) in_vain_s: Option<i64>,
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
            in_vain_s: None,
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
                if self.health() == Health::Good && !self.has(&kid) {
                    self.in_vain_s = Some(self.now_s());
                }
            }
            // Whoever asked may have gone.
            let _ = answer.send(self.health());
        }
    }

    fn health(&self) -> Health {
        if self.failures == 0 {
            Health::Good
        } else {
            Health::Failing
        }
    }

    /// Not if another ask has brought the key in, not while the issuer fails, which has a rhythm of its own, and not
    /// soon after a fetch in vain.
    pub(super) fn is_worth_a_fetch(&self, kid: &str) -> bool {
        let cooling = self.in_vain_s.is_some_and(|in_vain_s| {
            // Not a plain comparison: a clock that is set back must not make this last.
            let since_s = self.now_s().abs_diff(in_vain_s);
            since_s < COOL_DOWN.as_secs()
        });
        !cooling && self.health() == Health::Good && !self.has(kid)
    }

    /// Keys that have run out do not count: after a night's sleep of the machine, all have.
    fn has(&self, kid: &str) -> bool {
        let now_s = self.now_s();
        let keys = self.published.borrow();
        keys.iter()
            .any(|key| key.is_named(kid) && key.is_good(now_s))
    }

    /// Fetches once; says when to do it again.
    async fn refresh(&mut self) -> Instant {
        let good_until_s = self.now_s().saturating_add(seconds(KEYS_LAST));
        let fetched = discovery::fetch(&self.http, &self.issuer, good_until_s).await;
        let pause = match fetched {
            Ok(fetched) => self.succeeded(fetched, good_until_s),
            Err(error) => self.failed(&error),
        };
        Instant::now() + pause
    }

    pub(super) fn succeeded(&mut self, fetched: Fetched, good_until_s: i64) -> Duration {
        self.failures = 0;
        if let Some(changes) = publish(&self.published, fetched.keys, good_until_s) {
            tracing::info!(
                issuer = %self.issuer,
                keys = self.published.borrow().len(),
                added = changes.added,
                withdrawn = changes.withdrawn,
                "keys of an issuer"
            );
        }
        let asked_for = fetched.max_age.unwrap_or(LONGEST_REFRESH);
        asked_for.clamp(SHORTEST_REFRESH, LONGEST_REFRESH)
    }

    pub(super) fn failed(&mut self, error: &DiscoveryError) -> Duration {
        let pause = pause_after(self.failures);
        self.failures = self.failures.saturating_add(1);
        let now_s = self.now_s();
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

    fn now_s(&self) -> i64 {
        let since_epoch = self.clock.now().duration_since(UNIX_EPOCH);
        since_epoch.map_or(0, seconds)
    }
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

/// After so many failures before this one.
fn pause_after(failures: u32) -> Duration {
    let doubled = FIRST_RETRY.saturating_mul(2_u32.saturating_pow(failures));
    doubled.min(LAST_RETRY)
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    pub(super) added: usize,
    pub(super) withdrawn: usize,
}

/// Puts the fetched keys in the place of those before; says what has changed, if anything. A key that stays is the same
/// object, so that what was verified with it is still remembered; one that goes takes that along.
pub(super) fn publish(
    published: &watch::Sender<KeySet>,
    fetched: Vec<VerificationKey>,
    good_until_s: i64,
) -> Option<Changes> {
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
    let changes = Changes {
        added: missing(&after, &before).len(),
        withdrawn: withdrawn.len(),
    };
    (changes != Changes::default()).then_some(changes)
}

/// The keys of one set that are not in another.
fn missing<'k>(keys: &'k KeySet, other: &KeySet) -> Vec<&'k Arc<VerificationKey>> {
    let is_there = |key| other.iter().any(|it| Arc::ptr_eq(it, key));
    keys.iter().filter(|key| !is_there(key)).collect()
}
