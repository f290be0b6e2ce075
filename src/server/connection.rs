//! One connection: TLS if that is wanted, which protocol it speaks, and its life until it closes.
//!
//! hyper-util's automatic choice of protocol waits for the first bytes without any time limit, so the choice is made here:
//! HTTP/2 for those who open with its preface (RFC 9113 section 3.4), HTTP/1.1 for all others. `Upgrade: h2c` is not acted upon:
//! RFC 9113 section 3.1 withdrew it, and RFC 9110 section 7.8 lets a server ignore an upgrade.

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use openapi_contract_runtime::ConnectionMemory;
use poem::Endpoint;
use poem::http::uri::Scheme;
use poem::web::{LocalAddr, RemoteAddr};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::exchange::{Activity, Exchanges};
use super::limits::Limits;
use super::rejection::Gate;
use super::socket::{Socket, too_slow};
use super::tls::Tls;
use super::unsent::Unsent;

const H2_PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// hyper's own bounds of a request head. Far above ours, so that ours answer, with the client's headers at hand, where a head can
/// be read at all. A head that arrives slowly may hold this much memory.
const HEAD_BYTES: usize = 128 * 1_024;
const HEAD_FIELDS: usize = 200;
/// The same for HTTP/2, where 32 bytes are added to each field (RFC 9113 section 6.5.2). h2 answers larger ones with an empty 431.
const H2_HEAD_BYTES: u32 = 64 * 1_024;

/// What may arrive of the bodies of an HTTP/2 connection before it is asked for, as much as with HTTP/1.1.
const H2_WINDOW_BYTES: u32 = 128 * 1_024;

/// An HTTP/2 connection that does not answer a ping sent so often, for so long, is dead.
const H2_PING_INTERVAL: Duration = Duration::from_secs(20);
const H2_PING_TIMEOUT: Duration = Duration::from_secs(20);

/// Time for the first byte of a connection that was accepted just before the server was asked to stop.
const LAST_CALL: Duration = Duration::from_millis(250);

/// Serves connections with one endpoint, under one set of limits.
pub(super) struct Connections<E> {
    endpoint: Arc<E>,
    tls: Option<Arc<Tls>>,
    gate: Arc<Gate>,
    limits: Arc<Limits>,
    local: LocalAddr,
    http1: http1::Builder,
    http2: http2::Builder<TokioExecutor>,
}

impl<E: Endpoint + 'static> Connections<E> {
    pub(super) fn new(
        endpoint: E,
        tls: Option<Arc<Tls>>,
        gate: Gate,
        limits: Limits,
        local: SocketAddr,
    ) -> Self {
        let mut http1 = http1::Builder::new();
        http1
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head_timeout)
            .max_buf_size(HEAD_BYTES)
            .max_headers(HEAD_FIELDS);
        let mut http2 = http2::Builder::new(TokioExecutor::new());
        http2
            .timer(TokioTimer::new())
            .max_header_list_size(H2_HEAD_BYTES)
            .max_concurrent_streams(limits.h2_streams)
            .initial_stream_window_size(H2_WINDOW_BYTES)
            .initial_connection_window_size(H2_WINDOW_BYTES)
            .keep_alive_interval(H2_PING_INTERVAL)
            .keep_alive_timeout(H2_PING_TIMEOUT);
        Self {
            endpoint: Arc::new(endpoint),
            tls,
            gate: Arc::new(gate),
            limits: Arc::new(limits),
            local: LocalAddr(local.into()),
            http1,
            http2,
        }
    }

    /// Serves one connection until it closes. After `stopping` turns true, it finishes the requests that have begun.
    pub(super) async fn serve(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        stopping: watch::Receiver<bool>,
    ) {
        if let Err(error) = self.try_serve(stream, peer, stopping).await {
            tracing::debug!(client.address = %peer, error, "connection ended early");
        }
    }

    async fn try_serve(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        stopping: watch::Receiver<bool>,
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        stream.set_nodelay(true)?;
        let Some(tls) = &self.tls else {
            return self.converse(stream, Scheme::HTTP, peer, stopping).await;
        };
        match self.in_time(tls.accept(stream), &stopping).await {
            Some(stream) => self.converse(stream?, Scheme::HTTPS, peer, stopping).await,
            None => Ok(()),
        }
    }

    /// Waits for what a client must do before its first request; `None` if it takes too long, or too long for the server to stop.
    async fn in_time<T>(
        &self,
        beginning: impl Future<Output = T>,
        stopping: &watch::Receiver<bool>,
    ) -> Option<T> {
        let last_call = async {
            stopped(stopping.clone()).await;
            sleep(LAST_CALL).await;
        };
        tokio::select! {
            begun = timeout(self.limits.head_timeout, beginning) => begun.ok(),
            () = last_call => None,
        }
    }

    async fn converse<S>(
        &self,
        mut stream: S,
        scheme: Scheme,
        peer: SocketAddr,
        stopping: watch::Receiver<bool>,
    ) -> Result<(), Box<dyn Error + Send + Sync>>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let opening = self.in_time(read_opening(&mut stream), &stopping).await;
        let Some(opening) = opening.transpose()? else {
            return Ok(());
        };
        let is_http2 = opening == H2_PREFACE;

        let activity = Arc::new(Activity::default());
        let io = TokioIo::new(Socket::new(
            stream,
            opening,
            self.limits.write_stall,
            Arc::clone(&self.gate),
            Arc::clone(&activity),
        ));
        let unsent = Unsent::new(&self.limits, is_http2);
        let exchanges = Arc::new(Exchanges {
            endpoint: Arc::clone(&self.endpoint),
            gate: Arc::clone(&self.gate),
            limits: Arc::clone(&self.limits),
            scheme,
            local: self.local.clone(),
            remote: RemoteAddr(peer.into()),
            activity: Arc::clone(&activity),
            unsent: Arc::clone(&unsent),
            memory: is_http2.then(ConnectionMemory::default),
        });
        let answer = move |request| {
            let exchanges = Arc::clone(&exchanges);
            async move { Ok::<_, Infallible>(exchanges.answer(request).await) }
        };

        let finish = self.limits.finish;
        let converse = async {
            if is_http2 {
                let leave = async {
                    tokio::select! {
                        () = stopped(stopping) => {}
                        () = quiet(&activity, self.limits.h2_quiet) => {}
                    }
                };
                // In a box, which is gone once the answer is there: streams whose answers wait to be taken are many.
                let service = service_fn(move |request| Box::pin(answer(request)));
                drive(self.http2.serve_connection(io, service), leave, finish).await
            } else {
                let connection = self.http1.serve_connection(io, service_fn(answer));
                drive(connection, stopped(stopping), finish).await
            }
        };
        tokio::select! {
            biased;
            ended = converse => ended,
            () = unsent.overdue() => Err(too_slow().into()),
        }
    }
}

/// The first bytes of a connection: the preface of HTTP/2, or as much as it takes to see that it is not.
async fn read_opening(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut opening = Vec::with_capacity(H2_PREFACE.len());
    while H2_PREFACE.starts_with(&opening) && opening.len() < H2_PREFACE.len() {
        let missing = (H2_PREFACE.len() - opening.len()) as u64;
        if stream.take(missing).read_buf(&mut opening).await? == 0 {
            break;
        }
    }
    Ok(opening)
}

/// Runs a connection; once `leave` is over it takes no new requests and has `finish` to end those it has.
async fn drive<C: GracefulConnection<Error = hyper::Error>>(
    connection: C,
    leave: impl Future<Output = ()>,
    finish: Duration,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut connection = pin!(connection);
    tokio::select! {
        // In this order, a request that has arrived by the time of leaving is taken.
        biased;
        ended = &mut connection => return Ok(ended?),
        () = leave => connection.as_mut().graceful_shutdown(),
    }
    Ok(timeout(finish, connection).await??)
}

async fn stopped(mut stopping: watch::Receiver<bool>) {
    // An error says that the listener is gone, which is a stop as well.
    let _ = stopping.wait_for(|stopping| *stopping).await;
}

/// Over when a whole `period` has passed in which no request began.
async fn quiet(activity: &Activity, period: Duration) {
    let mut before = None;
    loop {
        let now = activity.requests();
        if before == Some(now) {
            return;
        }
        before = Some(now);
        sleep(period).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn opening_is_read_no_further_than_needed() {
        let cases: [(&[u8], &[u8]); 5] = [
            (b"", b""),
            (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0", H2_PREFACE),
            (b"PRI * HTTP/1.1\r\n", b"PRI * HTTP/1.1\r\n"),
            (b"PRI * HT", b"PRI * HT"),
            (
                b"GET /v1.0/external/connections HTTP/1.1",
                b"GET /v1.0/external/conne",
            ),
        ];
        for (mut sent, opening) in cases {
            let read = read_opening(&mut sent).await.expect("a slice can be read");
            assert_eq!(read, opening);
        }
    }
}
