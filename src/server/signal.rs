//! The signals that ask the server to stop, or to read its files again.

use std::io;

/// Over when the process is asked to stop, by SIGTERM or Ctrl-C. Asked a second time, the process exits at once.
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

/// Calls `reload` each time the process is told that its files are new, by SIGHUP.
///
/// # Errors
///
/// The system refuses a signal handler.
#[cfg(unix)]
pub(crate) fn on_reload(reload: impl Fn() + Send + 'static) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            reload();
        }
    });
    Ok(())
}

/// There is no such signal.
#[cfg(not(unix))]
pub(crate) fn on_reload(_: impl Fn() + Send + 'static) -> io::Result<()> {
    Ok(())
}

/// What shells report for a program ended by Ctrl-C: 128 plus the number of SIGINT.
const EXIT_INTERRUPTED: i32 = 130;

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn install() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.interrupt.recv() => "SIGINT",
            _ = self.terminate.recv() => "SIGTERM",
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
