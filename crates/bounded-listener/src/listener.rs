//! Accepts connections, within the limits of the settings, until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};

use crate::address_limit::AddressLimit;
use crate::connection::ConnectionServer;
use crate::handler::Handler;
use crate::settings::Settings;
use crate::tls::Tls;

/// Pause after the system could not give us a connection, for lack of file descriptors for example. Trying at once
/// would only spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// A listening socket that does not accept connections yet.
pub struct Listener {
    tcp: TcpListener,
    local: SocketAddr,
    settings: Settings,
    tls: Option<Arc<Tls>>,
}

impl Listener {
    /// Binds the address; port 0 takes a free port. From now on clients can connect, and wait until [`Self::serve`] is
    /// called.
    ///
    /// # Errors
    ///
    /// The address cannot be bound: it is in use, not this machine's, or not permitted.
    pub async fn bind(address: SocketAddr, settings: Settings) -> io::Result<Self> {
        let tcp = TcpListener::bind(address).await?;
        Ok(Self {
            local: tcp.local_addr()?,
            tcp,
            settings,
            tls: None,
        })
    }

    /// Speaks TLS. [`Tls::reload`] then replaces the certificate while the listener serves.
    #[must_use]
    pub fn with_tls(mut self, tls: Arc<Tls>) -> Self {
        self.tls = Some(tls);
        self
    }

    /// The address that clients connect to, with the port that was chosen for port 0.
    pub fn local_addr(&self) -> SocketAddr {
        self.local
    }

    /// Serves connections until `shutdown` completes.
    ///
    /// Then it stops listening at once, closes idle connections, and returns when all open requests are answered, or
    /// after [`Settings::drain_timeout`], whichever is first.
    pub async fn serve<H: Handler>(self, handler: H, shutdown: impl Future<Output = ()>) {
        let drain_timeout = self.settings.drain_timeout;
        let mut acceptor = Acceptor::new(self, handler);
        acceptor.accept_until(shutdown).await;
        acceptor.drain(drain_timeout).await;
    }
}

struct Acceptor<H> {
    listener: TcpListener,
    connections: Arc<ConnectionServer<H>>,
    slots: Arc<Semaphore>,
    addresses: Arc<AddressLimit>,
    stopping: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl<H: Handler> Acceptor<H> {
    fn new(listener: Listener, handler: H) -> Self {
        let Listener {
            tcp,
            local,
            settings,
            tls,
        } = listener;
        Self {
            listener: tcp,
            slots: Arc::new(Semaphore::new(settings.connections)),
            addresses: AddressLimit::new(&settings),
            stopping: watch::Sender::new(false),
            tasks: JoinSet::new(),
            connections: Arc::new(ConnectionServer::new(handler, tls, settings, local)),
        }
    }

    async fn accept_until(&mut self, shutdown: impl Future<Output = ()>) {
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            tokio::select! {
                biased;
                () = &mut shutdown => return,
                Some(ended) = self.tasks.join_next() => log_panic(ended),
                (stream, peer, slot) = accept(&self.listener, &self.slots) => {
                    self.admit(stream, peer, slot);
                }
            }
        }
    }

    fn admit(&mut self, stream: TcpStream, peer: SocketAddr, slot: OwnedSemaphorePermit) {
        let Some(admission) = self.addresses.admit(peer.ip()) else {
            tracing::debug!(client.address = %peer, "too many connections from one address");
            return;
        };
        let connections = Arc::clone(&self.connections);
        let stopping = self.stopping.subscribe();
        self.tasks.spawn(async move {
            // Released when the connection has closed, or its task has panicked.
            let _permits = (slot, admission);
            connections.serve(stream, peer, stopping).await;
        });
    }

    /// Lets the connections finish, for at most `drain_timeout`.
    async fn drain(mut self, drain_timeout: Duration) {
        // Clients in the kernel's queue are connected already, as far as they know: those that there is room for are
        // accepted.
        while let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned()
            && let Some((stream, peer)) = accept_waiting(&self.listener).await
        {
            self.admit(stream, peer, slot);
        }
        drop(self.listener);
        self.stopping.send_replace(true);
        let drained = timeout(drain_timeout, async {
            while let Some(ended) = self.tasks.join_next().await {
                log_panic(ended);
            }
        });
        if drained.await.is_err() {
            tracing::warn!(
                connections = self.tasks.len(),
                "stopped with requests still open"
            );
            self.tasks.shutdown().await;
        }
    }
}

/// The next connection, once there is room for one.
async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    let slot = Arc::clone(slots)
        .acquire_owned()
        .await
        .expect("nobody closes the semaphore");
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, slot),
            Err(error) if is_of_one_connection(&error) => {
                tracing::debug!(%error, "a connection was gone before it was accepted");
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept connections");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// A connection that needs no waiting for.
async fn accept_waiting(listener: &TcpListener) -> Option<(TcpStream, SocketAddr)> {
    std::future::poll_fn(|cx| match listener.poll_accept(cx) {
        Poll::Ready(accepted) => Poll::Ready(accepted.ok()),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

/// accept(2) also reports errors of the connection it would have returned; the next one is no worse for that.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    )
}

/// A panic ends one connection; the panic hook has reported where it was.
fn log_panic(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a connection ended in a panic");
    }
}
