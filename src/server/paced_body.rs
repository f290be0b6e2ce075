//! A request body that gives up on a sender who is too slow, and that remembers whether it was read to its end.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep};

use super::exchange::Activity;
use super::limits::Limits;

/// The slowest a body may come: in every span of `grace` that the server waits for it, this many bytes.
#[derive(Debug, Clone, Copy)]
struct Pace {
    grace: Duration,
    bytes_per_s: u32,
}

impl Pace {
    /// What a span must bring, or the end of the body with it.
    fn bytes_per_span(self) -> u64 {
        let grace_ms = u64::try_from(self.grace.as_millis()).unwrap_or(u64::MAX);
        u64::from(self.bytes_per_s).saturating_mul(grace_ms) / 1_000
    }
}

pub(super) struct PacedBody {
    incoming: Incoming,
    pace: Pace,
    span: Span,
    /// `None` has been read: a chunked body has no other way of telling.
    ended: bool,
    activity: Arc<Activity>,
}

/// What has happened since the pace was last found good. A fast start earns no slow rest.
#[derive(Default)]
struct Span {
    bytes: u64,
    /// Time spent waiting for the sender, and only that: a server that is busy elsewhere blames nobody.
    waited: Duration,
    /// Set while it is waited for: since when, and the alarm that ends the span.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Span {
    fn received(&mut self, bytes: usize, pace: Pace) {
        self.bytes += bytes as u64;
        if let Some((since, _)) = self.waiting.take() {
            self.waited += since.elapsed();
        }
        if self.bytes >= pace.bytes_per_span() {
            *self = Self::default();
        }
    }

    /// Ready when the span is over.
    fn poll_over(&mut self, pace: Pace, cx: &mut Context<'_>) -> Poll<()> {
        let left = pace.grace.saturating_sub(self.waited);
        let (_, alarm) = self
            .waiting
            .get_or_insert_with(|| (Instant::now(), Box::pin(tokio::time::sleep(left))));
        alarm.as_mut().poll(cx)
    }
}

impl PacedBody {
    pub(super) fn new(incoming: Incoming, limits: &Limits, activity: Arc<Activity>) -> Self {
        Self {
            incoming,
            pace: Pace {
                grace: limits.body_grace,
                bytes_per_s: limits.body_bytes_per_s,
            },
            span: Span::default(),
            ended: false,
            activity,
        }
    }

    fn too_slow(&self) -> io::Error {
        io::Error::new(
            io::ErrorKind::TimedOut,
            format!(
                "the request body came slower than {} bytes per second",
                self.pace.bytes_per_s
            ),
        )
    }
}

impl Body for PacedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        match Pin::new(&mut this.incoming).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                let bytes = frame.data_ref().map_or(0, Bytes::len);
                this.span.received(bytes, this.pace);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(io::Error::other(error)))),
            Poll::Ready(None) => {
                this.ended = true;
                Poll::Ready(None)
            }
            Poll::Pending => {
                ready!(this.span.poll_over(this.pace, cx));
                Poll::Ready(Some(Err(this.too_slow())))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.ended || self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

impl Drop for PacedBody {
    fn drop(&mut self) {
        if !self.is_end_stream() {
            self.activity.body_left_unread();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_span_that_brings_its_bytes_begins_another() {
        let pace = Pace {
            grace: Duration::from_secs(10),
            bytes_per_s: 100,
        };
        let mut span = Span::default();
        let over = async |span: &mut Span| {
            let start = Instant::now();
            poll_fn(|cx| span.poll_over(pace, cx)).await;
            start.elapsed().as_secs()
        };
        assert_eq!(over(&mut span).await, 10);
        // Bytes that do not fill the span leave it what it has left of its time, however many tries it takes.
        let mut span = Span::default();
        for _ in 0..3 {
            let wait = poll_fn(|cx| span.poll_over(pace, cx));
            assert!(timeout(Duration::from_secs(2), wait).await.is_err());
            span.received(1, pace);
        }
        assert_eq!(over(&mut span).await, 4);
        // Those that do give it all of its time again, and no more for being many.
        span.received(1_000_000, pace);
        assert_eq!(over(&mut span).await, 10);
    }

    #[tokio::test(start_paused = true)]
    async fn time_that_nobody_waited_is_not_counted() {
        let pace = Pace {
            grace: Duration::from_secs(10),
            bytes_per_s: 100,
        };
        let mut span = Span::default();
        span.received(1, pace);
        tokio::time::sleep(Duration::from_mins(1)).await;
        let start = Instant::now();
        poll_fn(|cx| span.poll_over(pace, cx)).await;
        assert_eq!(start.elapsed().as_secs(), 10);
    }
}
