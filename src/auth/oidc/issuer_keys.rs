//! The keys of an issuer as verification sees them.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc, oneshot, watch},
    time::timeout,
};

use super::{
    fetch,
    refresher::{Ask, Refresher},
    settings::ExternalIssuer,
};
use crate::{
    auth::{keys::KeySet, token_error::TokenError},
    domain::clock::Clock,
};

/// How long a request waits for a fetch.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How many requests may wait.
const MAX_WAITING: usize = 1_000;

/// The keys of an issuer: fixed, or kept up to date by a task for as long as this lives.
#[derive(Debug)]
pub(in crate::auth) struct IssuerKeys {
    pub(super) keys: watch::Receiver<KeySet>,
    pub(super) asks: Option<mpsc::Sender<Ask>>,
}

impl IssuerKeys {
    pub(in crate::auth) fn fixed(keys: KeySet) -> Self {
        let (_, keys) = watch::channel(keys);
        Self { keys, asks: None }
    }

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
        let asks = Some(asks);
        Ok(Self { keys, asks })
    }

    pub(in crate::auth) fn now(&self) -> KeySet {
        self.keys.borrow().clone()
    }

    /// Waits until the keys are those that the issuer has now, or have the one of this id.
    pub(in crate::auth) async fn look_for(&self, kid: &str) -> Result<(), TokenError> {
        let Some(asks) = &self.asks else {
            return Ok(());
        };
        let (answer, answered) = oneshot::channel();
        let ask = Ask {
            kid: kid.to_owned(),
            answer,
        };
        asks.try_send(ask)
            .map_err(|_| TokenError::KeysUnavailable)?;
        match timeout(LONGEST_WAIT, answered).await {
            Ok(Ok(true)) => Ok(()),
            _ => Err(TokenError::KeysUnavailable),
        }
    }
}
