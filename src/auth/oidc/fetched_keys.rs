//! The keys of an external issuer as verification sees them.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc, oneshot, watch},
    time::timeout,
};

use super::{
    fetch,
    refresher::{Ask, Health, Refresher},
    settings::ExternalIssuer,
};
use crate::{
    auth::{keys::KeySet, refusal::Refusal},
    domain::clock::Clock,
};

/// How long a request waits for a fetch.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How many requests may wait.
const MAX_WAITING: usize = 1_000;

/// Keys that a task keeps up to date for as long as this lives.
#[derive(Debug)]
pub(in crate::auth) struct FetchedKeys {
    pub(super) keys: watch::Receiver<KeySet>,
    pub(super) asks: mpsc::Sender<Ask>,
}

impl FetchedKeys {
    /// Starts the task, which begins with a fetch. Nobody waits for that: a server starts while its issuer is down, and
    /// tokens that come before the keys wait like any other token with an unknown key.
    ///
    /// # Errors
    /// When the HTTP client cannot be made: no certificates to trust, for one.
    pub(in crate::auth) fn start(
        issuer: &ExternalIssuer,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, reqwest::Error> {
        let http = fetch::client(issuer.url.is_local())?;
        let (published, keys) = watch::channel(KeySet::default());
        let (asks, asked) = mpsc::channel(MAX_WAITING);
        let refresher = Refresher::new(issuer.url.clone(), http, clock, published);
        tokio::spawn(refresher.run(asked));
        Ok(Self { keys, asks })
    }

    /// The keys of the last fetch that succeeded.
    pub(in crate::auth) fn now(&self) -> KeySet {
        self.keys.borrow().clone()
    }

    /// Waits until the keys are those that the issuer has now, or have the one of this id.
    ///
    /// # Errors
    /// [`Refusal::KeysUnavailable`] if the issuer does not answer, or not soon enough.
    pub(in crate::auth) async fn look_for(&self, kid: &str) -> Result<(), Refusal> {
        let (answer, answered) = oneshot::channel();
        let ask = Ask {
            kid: kid.to_owned(),
            answer,
        };
        let asked = self.asks.try_send(ask);
        asked.map_err(|_| Refusal::KeysUnavailable)?;
        match timeout(LONGEST_WAIT, answered).await {
            Ok(Ok(Health::Good)) => Ok(()),
            Ok(Ok(Health::Failing) | Err(_)) | Err(_) => Err(Refusal::KeysUnavailable),
        }
    }
}
