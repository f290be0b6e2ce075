//! The bytes of one connection: TCP, plus three things that hyper has no setting for.
//!
//! - hyper's own bare answers are replaced by ours, see [`super::canned`];
//! - a client that takes its answer too slowly is dropped;
//! - a connection that ends while the client is still sending is closed gently, see [`Socket::poll_linger`].
//!
//! Knows of HTTP only what [`super::canned`] recognises. An ordinary write costs a comparison or two more than on the bare socket.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Buf, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::canned;
use super::exchange::Activity;
use super::rejection::Gate;

/// How long what a client still sends is thrown away before its connection is closed for good.
const LINGER: Duration = Duration::from_secs(2);

pub(super) struct Socket<S> {
    stream: S,
    /// Bytes that were read to tell the protocol, to be read again.
    opening: Vec<u8>,
    gate: Arc<Gate>,
    activity: Arc<Activity>,
    stall: Stall,
    /// The rest of our answer, once one has been put in the place of hyper's.
    replacement: Option<Bytes>,
    write_closed: bool,
    linger: Option<Pin<Box<Sleep>>>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket<S> {
    pub(super) fn new(
        stream: S,
        opening: Vec<u8>,
        write_stall: Duration,
        gate: Arc<Gate>,
        activity: Arc<Activity>,
    ) -> Self {
        Self {
            stream,
            opening,
            gate,
            activity,
            stall: Stall::new(write_stall),
            replacement: None,
            write_closed: false,
            linger: None,
        }
    }

    /// Whether hyper is to believe that `bytes` were written, because ours go out in their place.
    ///
    /// All of them are taken at once, so hyper has nothing left to retry; [`Self::poll_replacement`] sends ours when it flushes.
    fn intercepts(&mut self, bytes: &[u8]) -> bool {
        if self.replacement.is_none() {
            self.replacement = canned::replacement(bytes, &self.gate);
        }
        self.replacement.is_some()
    }

    fn poll_replacement(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(rest) = &mut self.replacement else {
            return Poll::Ready(Ok(()));
        };
        while !rest.is_empty() {
            let written = Pin::new(&mut self.stream).poll_write(cx, rest);
            match ready!(self.stall.watch(cx, written))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => rest.advance(written),
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Reads and forgets what the client still sends, until it has seen our answer and closes.
    ///
    /// Closing a socket with unread bytes makes the kernel reset the connection, and the reset may overtake the answer: a client
    /// that uploads too much would see "connection reset" instead of the 413. RFC 9112 section 9.6 describes this way out.
    fn poll_linger(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let end = self
            .linger
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(LINGER)));
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

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Socket<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.opening.is_empty() {
            return Pin::new(&mut self.stream).poll_read(cx, buf);
        }
        let taken = self.opening.len().min(buf.remaining());
        buf.put_slice(&self.opening[..taken]);
        self.opening.drain(..taken);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Socket<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.intercepts(buf) {
            return Poll::Ready(Ok(buf.len()));
        }
        let written = Pin::new(&mut this.stream).poll_write(cx, buf);
        this.stall.watch(cx, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        // An answer of hyper's own has no body, so it is a single slice.
        if let [only] = bufs
            && this.intercepts(only)
        {
            return Poll::Ready(Ok(only.len()));
        }
        let written = Pin::new(&mut this.stream).poll_write_vectored(cx, bufs);
        this.stall.watch(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_replacement(cx))?;
        Pin::new(&mut this.stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_replacement(cx))?;
        if !this.write_closed {
            ready!(Pin::new(&mut this.stream).poll_shutdown(cx))?;
            this.write_closed = true;
        }
        if this.replacement.is_some() || this.activity.has_unread_body() {
            ready!(this.poll_linger(cx));
        }
        Poll::Ready(Ok(()))
    }
}

/// Why a connection is given up whose client takes its answers too slowly.
pub(super) fn too_slow() -> io::Error {
    io::Error::new(
        io::ErrorKind::TimedOut,
        "the client takes its answer too slowly",
    )
}

/// Turns an answer that is taken too slowly into an error.
///
/// A client that takes a byte now and then would otherwise hold its connection, and the answer in memory, for as long as it likes.
struct Stall {
    /// The time in which `WRITE_SPAN_BYTES` must be taken, counting only time that we wait for the client.
    limit: Duration,
    taken_bytes: usize,
    waited: Duration,
    /// Set while a write waits: since when, and the alarm that ends the span.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

/// What a client must take in each `write_stall` of waiting for it: more than any buffer of a live connection holds back.
const WRITE_SPAN_BYTES: usize = 32 * 1_024;

impl Stall {
    fn new(limit: Duration) -> Self {
        Self {
            limit,
            taken_bytes: 0,
            waited: Duration::ZERO,
            waiting: None,
        }
    }

    fn watch(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(bytes)) => self.taken(bytes),
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                let left = self.limit.saturating_sub(self.waited);
                let (_, alarm) = self
                    .waiting
                    .get_or_insert_with(|| (Instant::now(), Box::pin(tokio::time::sleep(left))));
                ready!(alarm.as_mut().poll(cx));
                return Poll::Ready(Err(too_slow()));
            }
        }
        written
    }

    fn taken(&mut self, bytes: usize) {
        // Nearly every write is taken at once.
        if let Some((since, _)) = self.waiting.take() {
            self.waited += since.elapsed();
        }
        if self.waited > Duration::ZERO {
            self.taken_bytes += bytes;
            if self.taken_bytes >= WRITE_SPAN_BYTES {
                (self.waited, self.taken_bytes) = (Duration::ZERO, 0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::*;
    use crate::server::limits::Limits;

    const CANNED: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";

    fn socket(stream: DuplexStream, opening: &[u8]) -> Socket<DuplexStream> {
        let gate = Gate::new(
            Box::new(|rejection, _| poem::Response::builder().body(format!("{rejection:?}"))),
            &Limits::default(),
        );
        let (gate, activity) = (Arc::new(gate), Arc::default());
        Socket::new(stream, opening.to_vec(), LINGER, gate, activity)
    }

    async fn all_of(mut stream: DuplexStream) -> String {
        let mut all = String::new();
        stream.read_to_string(&mut all).await.expect("text");
        all
    }

    #[tokio::test]
    async fn replacement_survives_partial_writes() {
        // Takes a few bytes at a time, so the replacement needs many writes.
        let (ours, theirs) = duplex(7);
        let mut socket = socket(ours, b"");
        let send = async {
            assert_eq!(socket.write(b"before ").await.expect("taken"), 7);
            let slices = [IoSlice::new(CANNED)];
            let written = socket.write_vectored(&slices).await.expect("taken");
            assert_eq!(written, CANNED.len());
            socket.flush().await.expect("sent");
            drop(socket);
        };
        let ((), received) = tokio::join!(send, all_of(theirs));
        assert_eq!(
            received,
            "before HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\nMalformed"
        );
    }

    #[tokio::test]
    async fn shutdown_sends_the_replacement_and_waits_for_the_client() {
        let (ours, mut theirs) = duplex(7);
        let mut socket = socket(ours, b"");
        socket.write_all(CANNED).await.expect("taken");
        let receive = async {
            let mut received = String::new();
            theirs.read_to_string(&mut received).await.expect("text");
            let more = theirs.write_all(b"more than the seven bytes that fit");
            more.await.expect("read away");
            drop(theirs);
            received
        };
        let (ended, received) = tokio::join!(socket.shutdown(), receive);
        ended.expect("a clean end");
        assert!(received.ends_with("\r\n\r\nMalformed"), "{received}");
    }

    #[tokio::test]
    async fn opening_is_read_before_the_stream() {
        let (ours, mut theirs) = duplex(64);
        theirs.write_all(b" world").await.expect("room");
        drop(theirs);
        let mut socket = socket(ours, b"hello");
        let mut start = [0; 2];
        socket.read_exact(&mut start).await.expect("two bytes");
        let mut rest = String::new();
        socket.read_to_string(&mut rest).await.expect("text");
        assert_eq!((&start, rest.as_str()), (b"he", "llo world"));
    }

    #[tokio::test(start_paused = true)]
    async fn client_that_takes_a_byte_now_and_then_is_dropped() {
        let (ours, mut theirs) = duplex(16);
        let mut socket = socket(ours, b"");
        socket.stall.limit = Duration::from_secs(10);
        let start = Instant::now();
        let trickle = async {
            loop {
                tokio::time::sleep(Duration::from_secs(1)).await;
                theirs.read_u8().await.expect("a byte");
            }
        };
        let answer = vec![0; 2 * WRITE_SPAN_BYTES];
        tokio::select! {
            written = socket.write_all(&answer) => {
                assert_eq!(written.expect_err("too slow").kind(), io::ErrorKind::TimedOut);
            }
            () = trickle => {}
        }
        assert_eq!(start.elapsed().as_secs(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn client_that_takes_its_share_is_waited_for() {
        let (ours, mut theirs) = duplex(16);
        let mut socket = socket(ours, b"");
        socket.stall.limit = Duration::from_secs(10);
        let answer = vec![0; 10 * WRITE_SPAN_BYTES];
        let take = async {
            let mut piece = vec![0; WRITE_SPAN_BYTES];
            for _ in 0..10 {
                tokio::time::sleep(Duration::from_secs(8)).await;
                theirs.read_exact(&mut piece).await.expect("a piece");
            }
        };
        let (written, ()) = tokio::join!(socket.write_all(&answer), take);
        written.expect("all of it");
    }
}
