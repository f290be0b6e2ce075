//! The signals that ask the program to stop, or to read its files again.

use std::io;
#[cfg(unix)]
use std::io::IsTerminal;

/// Completes when the process is asked to stop: by SIGTERM, by Ctrl-C, or because its terminal was closed. The second
/// time, the process exits at once.
///
/// The handlers are in place when this returns, so a signal that comes before the future is first awaited is not lost.
///
/// # Errors
///
/// The system refuses a signal handler.
pub(crate) fn shutdown_signal() -> io::Result<impl Future<Output = ()>> {
    let mut signals = Signals::install()?;
    Ok(async move {
        let name = signals.next().await;
        tracing::info!(signal = name, "stopping");
        tokio::spawn(async move {
            let name = signals.next().await;
            tracing::warn!(signal = name, "stopping at once");
            std::process::exit(EXIT_INTERRUPTED);
        });
    })
}

/// SIGHUP, by which an operator says that files have changed. It no longer ends the process.
pub(crate) struct Hangups {
    #[cfg(unix)]
    signal: tokio::signal::unix::Signal,
}

impl Hangups {
    /// # Errors
    ///
    /// The system refuses a signal handler.
    pub(crate) fn install() -> io::Result<Self> {
        #[cfg(unix)]
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            #[cfg(unix)]
            signal: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next one.
    #[cfg(unix)]
    pub(crate) async fn next(&mut self) {
        if self.signal.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }

    /// There is no such signal.
    #[cfg(not(unix))]
    pub(crate) async fn next(&mut self) {
        std::future::pending().await
    }
}

/// What shells report for a program ended by Ctrl-C: 128 plus the number of SIGINT.
const EXIT_INTERRUPTED: i32 = 130;

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
    /// Whether the program was started from a terminal.
    had_terminal: bool,
}

#[cfg(unix)]
impl Signals {
    fn install() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
            had_terminal: io::stderr().is_terminal(),
        })
    }

    async fn next(&mut self) -> &'static str {
        loop {
            tokio::select! {
                _ = self.interrupt.recv() => return "SIGINT",
                _ = self.terminate.recv() => return "SIGTERM",
                // Whoever closes a terminal expects its programs to end.
                _ = self.hangup.recv() => if self.had_terminal && !io::stderr().is_terminal() {
                    // A terminal closes once, and both the system and the shell may report it.
                    self.had_terminal = false;
                    return "SIGHUP";
                }
            }
        }
    }
}

#[cfg(windows)]
struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
}

#[cfg(windows)]
impl Signals {
    fn install() -> io::Result<Self> {
        Ok(Self {
            interrupt: tokio::signal::windows::ctrl_c()?,
        })
    }

    async fn next(&mut self) -> &'static str {
        self.interrupt.recv().await;
        "Ctrl-C"
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sigterm_before_the_first_await_is_not_lost() {
        let shutdown = shutdown_signal().expect("handlers can be installed");
        let kill = tokio::process::Command::new("kill")
            .arg("-TERM")
            .arg(std::process::id().to_string())
            .status();
        assert!(kill.await.expect("kill runs").success());
        shutdown.await;
    }
}
