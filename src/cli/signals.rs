//! The signals that ask the program to stop, or to read its files again.

use std::io;
#[cfg(unix)]
use std::io::IsTerminal;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// SIGTERM, Ctrl-C and SIGHUP, none of which ends the process any more. The handlers are in place from the beginning, so
/// a signal that comes before [`Self::next`] is called is not lost.
#[cfg(unix)]
pub(super) struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hangup: Signal,
    /// Whether the program was started from a terminal.
    had_terminal: bool,
}

#[cfg(unix)]
impl Signals {
    pub(super) fn install() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
            had_terminal: io::stderr().is_terminal(),
        })
    }

    /// The name of the next signal that asks the process to stop; `None` for one that says that files have changed.
    pub(super) async fn next(&mut self) -> Option<&'static str> {
        tokio::select! {
            _ = self.interrupt.recv() => Some("SIGINT"),
            _ = self.terminate.recv() => Some("SIGTERM"),
            _ = self.hangup.recv() => {
                // Whoever closes a terminal expects its programs to end. It closes once, and both the system and the
                // shell may report it.
                let closed = self.had_terminal && !io::stderr().is_terminal();
                self.had_terminal &= !closed;
                closed.then_some("SIGHUP")
            }
        }
    }
}

#[cfg(windows)]
pub(super) struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    pub(super) fn install() -> io::Result<Self> {
        Ok(Self(tokio::signal::windows::ctrl_c()?))
    }

    pub(super) async fn next(&mut self) -> Option<&'static str> {
        self.0.recv().await;
        Some("Ctrl-C")
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sigterm_before_the_first_await_is_not_lost() {
        let mut signals = Signals::install().expect("handlers can be installed");
        let kill = tokio::process::Command::new("kill")
            .arg("-TERM")
            .arg(std::process::id().to_string())
            .status();
        assert!(kill.await.expect("kill runs").success());
        assert_eq!(signals.next().await, Some("SIGTERM"));
    }
}
