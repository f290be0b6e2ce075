//! The bytes of one connection: TCP or TLS, and two things that hyper has no setting for.
//!
//! - A client that takes its responses too slowly is dropped.
//! - A connection that ends while the client is still sending is closed in steps, see [`ClientStream::poll_linger`].

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use crate::activity::Activity;
use crate::minimum_rate::MinimumRate;

/// What a client must take in each [`Settings::response_timeout`](crate::Settings::response_timeout) of waiting for it:
/// more than any buffer of a live connection holds back.
const RESPONSE_SPAN_BYTES: u64 = 32 * 1_024;

/// How long to discard what a client still sends before its connection is closed for good.
const LINGER: Duration = Duration::from_secs(2);

pub(crate) struct ClientStream<S> {
    stream: S,
    /// Bytes that were read to detect the protocol, to be read again.
    opening: Vec<u8>,
    response_rate: MinimumRate,
    /// Bytes that arrive outside of a request that could be read are recorded here. HTTP/2 has frames for that.
    activity: Arc<Activity>,
    is_http2: bool,
    write_closed: bool,
    linger: Option<Pin<Box<Sleep>>>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> ClientStream<S> {
    pub(crate) fn new(
        stream: S,
        opening: Vec<u8>,
        is_http2: bool,
        response_timeout: Duration,
        activity: Arc<Activity>,
    ) -> Self {
        Self {
            stream,
            opening,
            response_rate: MinimumRate::new(response_timeout, RESPONSE_SPAN_BYTES),
            activity,
            is_http2,
            write_closed: false,
            linger: None,
        }
    }

    /// Turns a write that waits too long into an error. A client that takes a byte now and then would otherwise hold
    /// its connection, and the response in memory, for as long as it likes.
    fn check_rate(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(bytes)) => self.response_rate.transferred(bytes),
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                ready!(self.response_rate.poll_too_slow(cx));
                return Poll::Ready(Err(too_slow()));
            }
        }
        written
    }

    /// Reads and discards what the client still sends, until it has seen the response and closes.
    ///
    /// Closing a socket with unread bytes makes the kernel reset the connection, and the reset may overtake the
    /// response: a client that uploads too much would see "connection reset" instead of the 413. RFC 9112, section 9.6,
    /// describes this way out.
    fn poll_linger(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let end = self.linger.get_or_insert_with(|| Box::pin(sleep(LINGER)));
        let mut scratch = [0; 8 * 1_024];
        loop {
            if end.as_mut().poll(cx).is_ready() {
                return Poll::Ready(());
            }
            let mut read = ReadBuf::new(&mut scratch);
            match ready!(Pin::new(&mut self.stream).poll_read(cx, &mut read)) {
                Ok(()) if !read.filled().is_empty() => {}
                Ok(()) | Err(_) => return Poll::Ready(()),
            }
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for ClientStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        if self.opening.is_empty() {
            ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        } else {
            let taken = self.opening.len().min(buf.remaining());
            buf.put_slice(&self.opening[..taken]);
            self.opening.drain(..taken);
        }
        if !self.is_http2 && buf.filled().len() > before {
            self.activity.received();
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for ClientStream<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(cx, buf);
        this.check_rate(cx, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(cx, bufs);
        this.check_rate(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.write_closed {
            ready!(Pin::new(&mut this.stream).poll_shutdown(cx))?;
            this.write_closed = true;
        }
        if this.activity.is_mid_message() {
            ready!(this.poll_linger(cx));
        }
        Poll::Ready(Ok(()))
    }
}

/// Why a connection is dropped whose client takes its responses too slowly.
pub(crate) fn too_slow() -> io::Error {
    let message = "the client takes its response too slowly";
    io::Error::new(io::ErrorKind::TimedOut, message)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio::time::Instant;

    use super::*;

    const SPAN_BYTES: usize = 32 * 1_024;

    fn client_stream(stream: DuplexStream, opening: &[u8]) -> ClientStream<DuplexStream> {
        let timeout = Duration::from_secs(10);
        ClientStream::new(stream, opening.to_vec(), false, timeout, Arc::default())
    }

    #[tokio::test]
    async fn shutdown_waits_for_a_client_that_is_still_sending() {
        let (ours, mut theirs) = duplex(7);
        let mut stream = client_stream(ours, b"no head");
        let mut head = [0; 7];
        stream.read_exact(&mut head).await.expect("the opening");
        stream.write_all(b"refused").await.expect("taken");
        let receive = async {
            let mut received = String::new();
            theirs.read_to_string(&mut received).await.expect("text");
            let more = theirs.write_all(b"more than the seven bytes that fit");
            more.await.expect("discarded");
            drop(theirs);
            received
        };
        let (ended, received) = tokio::join!(stream.shutdown(), receive);
        ended.expect("a clean end");
        assert_eq!(received, "refused");
    }

    #[tokio::test(start_paused = true)]
    async fn shutdown_does_not_wait_for_an_idle_client() {
        let (ours, _theirs) = duplex(7);
        let mut stream = client_stream(ours, b"");
        let start = Instant::now();
        stream.shutdown().await.expect("a clean end");
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test]
    async fn opening_is_read_before_the_stream() {
        let (ours, mut theirs) = duplex(64);
        theirs.write_all(b" world").await.expect("room");
        drop(theirs);
        let mut stream = client_stream(ours, b"hello");
        let mut start = [0; 2];
        stream.read_exact(&mut start).await.expect("two bytes");
        let mut rest = String::new();
        stream.read_to_string(&mut rest).await.expect("text");
        assert_eq!((&start, rest.as_str()), (b"he", "llo world"));
    }

    #[tokio::test(start_paused = true)]
    async fn client_that_takes_a_byte_now_and_then_is_dropped() {
        let (ours, mut theirs) = duplex(16);
        let mut stream = client_stream(ours, b"");
        let start = Instant::now();
        let trickle = async {
            loop {
                sleep(Duration::from_secs(1)).await;
                theirs.read_u8().await.expect("a byte");
            }
        };
        let response = vec![0; 2 * SPAN_BYTES];
        tokio::select! {
            written = stream.write_all(&response) => {
                assert_eq!(written.expect_err("too slow").kind(), io::ErrorKind::TimedOut);
            }
            () = trickle => {}
        }
        assert_eq!(start.elapsed().as_secs(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn client_that_takes_its_share_is_waited_for() {
        let (ours, mut theirs) = duplex(16);
        let mut stream = client_stream(ours, b"");
        let response = vec![0; 10 * SPAN_BYTES];
        let take = async {
            let mut piece = vec![0; SPAN_BYTES];
            for _ in 0..10 {
                sleep(Duration::from_secs(8)).await;
                theirs.read_exact(&mut piece).await.expect("a piece");
            }
        };
        let (written, ()) = tokio::join!(stream.write_all(&response), take);
        written.expect("all of it");
    }
}
