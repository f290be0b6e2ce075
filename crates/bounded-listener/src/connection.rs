//! One connection: TLS if it is configured, the protocol that the client speaks, and its life until it closes.
//!
//! hyper-util's automatic choice of protocol waits for the first bytes without a time limit, so the choice is made
//! here: HTTP/2 for clients that open with its preface (RFC 9113, section 3.4), HTTP/1.1 for all others. `Upgrade: h2c`
//! is ignored: RFC 9113, section 3.1, withdrew it, and RFC 9110, section 7.8, lets a server ignore an upgrade.

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::http::uri::Scheme;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::activity::Activity;
use crate::client_stream::{ClientStream, too_slow};
use crate::exchange::Exchanges;
use crate::handler::{Connection, Handler};
use crate::response_deadlines::ResponseDeadlines;
use crate::settings::Settings;
use crate::tls::Tls;

const H2_PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// hyper's own bounds of an HTTP/1.1 head. They are far above the defaults of [`Settings`], so that nearly every head
/// that is too large can be read and is refused by the handler; hyper refuses larger ones with an empty 431. A head
/// that arrives slowly may hold this much memory.
const HEAD_BYTES: usize = 128 * 1_024;
const HEAD_FIELDS: usize = 200;
/// The same for HTTP/2, which adds 32 bytes to each field (RFC 9113, section 6.5.2).
const H2_HEAD_BYTES: u32 = 128 * 1_024;

/// What may arrive of the bodies of an HTTP/2 connection before they are read; HTTP/1.1 has as much.
const H2_WINDOW_BYTES: u32 = 128 * 1_024;

/// An HTTP/2 connection that does not answer a ping, sent at this interval, within this time is dropped.
const H2_PING_INTERVAL: Duration = Duration::from_secs(20);
const H2_PING_TIMEOUT: Duration = Duration::from_secs(20);

/// Time for the first byte of a connection that was accepted just before the listener was asked to stop.
const FIRST_BYTE_AT_STOP: Duration = Duration::from_millis(250);

/// Serves connections with one handler, under one set of settings.
pub(crate) struct ConnectionServer<H> {
    handler: Arc<H>,
    tls: Option<Arc<Tls>>,
    settings: Arc<Settings>,
    local: SocketAddr,
    http1: http1::Builder,
    http2: http2::Builder<TokioExecutor>,
}

impl<H: Handler> ConnectionServer<H> {
    pub(crate) fn new(
        handler: H,
        tls: Option<Arc<Tls>>,
        settings: Settings,
        local: SocketAddr,
    ) -> Self {
        let mut http1 = http1::Builder::new();
        http1
            .timer(TokioTimer::new())
            .header_read_timeout(settings.head_timeout)
            .max_buf_size(HEAD_BYTES)
            .max_headers(HEAD_FIELDS);
        let mut http2 = http2::Builder::new(TokioExecutor::new());
        http2
            .timer(TokioTimer::new())
            .max_header_list_size(H2_HEAD_BYTES)
            .max_concurrent_streams(settings.http2_streams)
            .initial_stream_window_size(H2_WINDOW_BYTES)
            .initial_connection_window_size(H2_WINDOW_BYTES)
            .keep_alive_interval(H2_PING_INTERVAL)
            .keep_alive_timeout(H2_PING_TIMEOUT);
        Self {
            handler: Arc::new(handler),
            tls,
            settings: Arc::new(settings),
            local,
            http1,
            http2,
        }
    }

    /// Serves one connection until it closes. After `stopping` turns true, it finishes the requests that have begun.
    pub(crate) async fn serve(
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
        match self.within_time(tls.accept(stream), &stopping).await {
            Some(stream) => self.converse(stream?, Scheme::HTTPS, peer, stopping).await,
            None => Ok(()),
        }
    }

    /// Waits for what a client does before its first request; `None` if that takes longer than the client, or the
    /// listener when it stops, has time for.
    async fn within_time<T>(
        &self,
        first_bytes: impl Future<Output = T>,
        stopping: &watch::Receiver<bool>,
    ) -> Option<T> {
        let stop = async {
            stopped(stopping.clone()).await;
            sleep(FIRST_BYTE_AT_STOP).await;
        };
        tokio::select! {
            read = timeout(self.settings.head_timeout, first_bytes) => read.ok(),
            () = stop => None,
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
        let opening = self.within_time(read_opening(&mut stream), &stopping).await;
        let Some(opening) = opening.transpose()? else {
            return Ok(());
        };
        let is_http2 = opening == H2_PREFACE;

        let activity = Arc::new(Activity::default());
        let io = TokioIo::new(ClientStream::new(
            stream,
            opening,
            is_http2,
            self.settings.response_timeout,
            Arc::clone(&activity),
        ));
        let deadlines = ResponseDeadlines::new(&self.settings, is_http2);
        let connection = self.handler.connect(Connection {
            local: self.local,
            peer,
            scheme,
            is_http2,
        });
        let exchanges = Arc::new(Exchanges {
            handler: Arc::clone(&self.handler),
            connection,
            settings: Arc::clone(&self.settings),
            activity: Arc::clone(&activity),
            deadlines: Arc::clone(&deadlines),
        });
        let respond = move |request| {
            let exchanges = Arc::clone(&exchanges);
            async move { Ok::<_, Infallible>(exchanges.respond(request).await) }
        };

        let close_timeout = self.settings.close_timeout;
        let converse = async {
            if is_http2 {
                let leave = async {
                    tokio::select! {
                        () = stopped(stopping) => {}
                        () = idle(&activity, self.settings.http2_idle_timeout) => {}
                    }
                };
                // Boxed, so that its memory is released with the response: many streams may wait for their responses to
                // be taken.
                let service = service_fn(move |request| Box::pin(respond(request)));
                let connection = self.http2.serve_connection(io, service);
                drive(connection, leave, close_timeout).await
            } else {
                let connection = self.http1.serve_connection(io, service_fn(respond));
                drive(connection, stopped(stopping), close_timeout).await
            }
        };
        tokio::select! {
            biased;
            ended = converse => ended,
            () = deadlines.missed() => Err(too_slow().into()),
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

/// Runs a connection. Once `leave` completes, the connection takes no new requests and has `close_timeout` to finish
/// open ones.
async fn drive<C: GracefulConnection<Error = hyper::Error>>(
    connection: C,
    leave: impl Future<Output = ()>,
    close_timeout: Duration,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut connection = pin!(connection);
    tokio::select! {
        // In this order, a request that has arrived before the connection is closed is taken.
        biased;
        ended = &mut connection => return Ok(ended?),
        () = leave => connection.as_mut().graceful_shutdown(),
    }
    Ok(timeout(close_timeout, connection).await??)
}

async fn stopped(mut stopping: watch::Receiver<bool>) {
    // An error says that the listener is gone, which is a stop as well.
    let _ = stopping.wait_for(|stopping| *stopping).await;
}

/// Completes after a whole `period` without a new request.
async fn idle(activity: &Activity, period: Duration) {
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
