//! Accepts connections, no more than the limits allow, until it is told to stop.
//!
//! Stands where `poem::Server` would: that one has no time limit for request heads, and its other limits cannot be set.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use poem::Endpoint;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};

use super::addresses::Addresses;
use super::connection::Connections;
use super::limits::Limits;
use super::rejection::{Gate, Reject};
use super::tls::Tls;

/// Pause after the system could not give us a connection (no file descriptors left, say): trying at once would only spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// Serves `endpoint` on `listener`, with TLS if there is any, until `shutdown` is over.
///
/// Then it stops listening at once, closes idle connections, and returns when the requests that have begun are answered, or after
/// `limits.drain`, whichever is first.
///
/// Every answer of `endpoint` must carry a header that hyper does not set itself (all of ours carry `request-id`):
/// `reject` speaks in the place of bare error answers without one.
///
/// # Errors
///
/// The listener has no local address, that is: it is no working socket.
pub(crate) async fn serve<E: Endpoint + 'static>(
    listener: TcpListener,
    tls: Option<Arc<Tls>>,
    endpoint: E,
    reject: Box<Reject>,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let drain = limits.drain;
    let mut reception = Reception::new(listener, tls, endpoint, reject, limits)?;
    reception.run(shutdown).await;
    reception.close(drain).await;
    Ok(())
}

struct Reception<E> {
    listener: TcpListener,
    connections: Arc<Connections<E>>,
    slots: Arc<Semaphore>,
    addresses: Arc<Addresses>,
    stopping: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl<E: Endpoint + 'static> Reception<E> {
    fn new(
        listener: TcpListener,
        tls: Option<Arc<Tls>>,
        endpoint: E,
        reject: Box<Reject>,
        limits: Limits,
    ) -> io::Result<Self> {
        let local = listener.local_addr()?;
        Ok(Self {
            slots: Arc::new(Semaphore::new(limits.connections)),
            addresses: Addresses::new(&limits),
            stopping: watch::Sender::new(false),
            tasks: JoinSet::new(),
            connections: Arc::new(Connections::new(
                endpoint,
                tls,
                Gate::new(reject, &limits),
                limits,
                local,
            )),
            listener,
        })
    }

    async fn run(&mut self, shutdown: impl Future<Output = ()>) {
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            tokio::select! {
                biased;
                () = &mut shutdown => return,
                Some(ended) = self.tasks.join_next() => note_panic(ended),
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
            // Held until the connection has closed, or its task has panicked.
            let _held = (slot, admission);
            connections.serve(stream, peer, stopping).await;
        });
    }

    /// Lets the connections end, for at most `drain`.
    async fn close(mut self, drain: Duration) {
        // Clients in the kernel's queue are connected already, as far as they know: take those there is room for.
        while let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned()
            && let Some((stream, peer)) = accept_waiting(&self.listener).await
        {
            self.admit(stream, peer, slot);
        }
        drop(self.listener);
        self.stopping.send_replace(true);
        let drained = timeout(drain, async {
            while let Some(ended) = self.tasks.join_next().await {
                note_panic(ended);
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

/// A panic ends its connection and no other; the panic hook has said where it was.
fn note_panic(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a connection ended in a panic");
    }
}
