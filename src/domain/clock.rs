//! Time and random identifiers, injected: no other file asks the system for them.

use std::time::{SystemTime, UNIX_EPOCH};

use uuid::Uuid;

/// The source of the time and of new identifiers.
pub(crate) trait Clock: Send + Sync + 'static {
    fn now(&self) -> SystemTime;
    /// *Seconds* since the Unix epoch.
    fn now_s(&self) -> i64 {
        let since_epoch = self.now().duration_since(UNIX_EPOCH);
        since_epoch.map_or(0, |t| i64::try_from(t.as_secs()).unwrap_or(i64::MAX))
    }
    /// A fresh random (version 4) UUID.
    fn uuid(&self) -> Uuid;
}

/// Milliseconds since 1970.
pub(crate) fn unix_ms(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    let ms = since.map(|since| since.as_millis()).unwrap_or_default();
    i64::try_from(ms).unwrap_or(i64::MAX)
}

/// The machine's own clock and randomness.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemClock;

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where they may be called"
)]
impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn uuid(&self) -> Uuid {
        Uuid::new_v4()
    }
}

#[cfg(any(test, fuzzing))]
pub(crate) mod testing {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicI64, Ordering},
        },
        time::{Duration, SystemTime, UNIX_EPOCH},
    };

    use uuid::Uuid;

    use super::Clock;

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
}
