//! What the tests of this module share: a clock that stands still, and one issuer, since a key takes a while.

use std::{
    sync::{
        Arc, LazyLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use futures_util::FutureExt;
use uuid::Uuid;

use super::{Authenticator, DevelopmentIssuer, Refusal, token::Token};
#[cfg(test)]
use super::{Subject, TokenRequest};
use crate::domain::clock::Clock;

/// 2026-01-02T03:04:05Z.
pub(crate) const NOW_S: i64 = 1_767_323_045;

/// Stands still until it is set.
pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(NOW_S)))
    }

    #[cfg(test)]
    pub(crate) fn set(&self, now_s: i64) {
        self.0.store(now_s, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        let now_s = u64::try_from(self.0.load(Ordering::Relaxed)).expect("after 1970");
        UNIX_EPOCH + Duration::from_secs(now_s)
    }

    fn uuid(&self) -> Uuid {
        Uuid::from_u128(7)
    }
}

/// Lives as long as the tests, at [`NOW_S`].
pub(crate) fn issuer() -> Arc<DevelopmentIssuer> {
    static ISSUER: LazyLock<Arc<DevelopmentIssuer>> = LazyLock::new(|| {
        let dir = tempfile::tempdir().expect("a directory");
        let issuer = DevelopmentIssuer::open(dir.path(), "http://127.0.0.1:8080", TestClock::new());
        Arc::new(issuer.expect("an issuer"))
    });
    ISSUER.clone()
}

/// An application token of tenant `contoso`, good for an hour.
#[cfg(test)]
pub(crate) fn request() -> TokenRequest {
    TokenRequest {
        tenant: "contoso".into(),
        app: "app".into(),
        subject: Subject::App,
        groups: Vec::new(),
        permissions: vec!["ExternalItem.Read.All".into()],
        lifetime: Duration::from_hours(1),
    }
}

impl Authenticator {
    /// With issuers whose keys do not change there is nothing to wait for.
    pub(crate) fn authenticate_now(&self, bearer: &str) -> Result<Arc<Token>, Refusal> {
        let verified = self.authenticate(bearer).now_or_never();
        verified.expect("an answer at once")
    }
}
