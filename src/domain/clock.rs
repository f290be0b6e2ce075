//! Time and identifiers, injected: the only place that asks the machine for them.

use std::time::SystemTime;

use uuid::Uuid;

/// Where the time and new identifiers come from.
pub(crate) trait Clock: Send + Sync + 'static {
    fn now(&self) -> SystemTime;
    /// A fresh random (version 4) UUID.
    fn uuid(&self) -> Uuid;
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
