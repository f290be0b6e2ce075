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

/// The slowest a body may come, measured over the whole of it.
#[derive(Debug, Clone, Copy)]
struct Pace {
    grace: Duration,
    bytes_per_s: u32,
}

impl Pace {
    /// How long after its start a body with so many bytes may still wait for the next.
    fn patience(self, received_bytes: u64) -> Duration {
        let whole = received_bytes / u64::from(self.bytes_per_s.max(1));
        self.grace.saturating_add(Duration::from_secs(whole))
    }
}

pub(super) struct PacedBody {
    incoming: Incoming,
    pace: Pace,
    received_bytes: u64,
    /// When the body was first waited for, and the alarm set then. The alarm is moved only when it rings.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
    /// `None` has been read: a chunked body has no other way of telling.
    ended: bool,
    activity: Arc<Activity>,
}

impl PacedBody {
    pub(super) fn new(incoming: Incoming, limits: &Limits, activity: Arc<Activity>) -> Self {
        Self {
            incoming,
            pace: Pace {
                grace: limits.body_grace,
                bytes_per_s: limits.body_bytes_per_s,
            },
            received_bytes: 0,
            waiting: None,
            ended: false,
            activity,
        }
    }

    /// Ready when the sender has used up the patience that its bytes so far have earned.
    fn poll_too_slow(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        let grace = self.pace.grace;
        let (start, alarm) = self.waiting.get_or_insert_with(|| {
            let start = Instant::now();
            (start, Box::pin(tokio::time::sleep_until(start + grace)))
        });
        loop {
            ready!(alarm.as_mut().poll(cx));
            let deadline = *start + self.pace.patience(self.received_bytes);
            if deadline <= Instant::now() {
                return Poll::Ready(io::Error::new(
                    io::ErrorKind::TimedOut,
                    format!(
                        "the request body came slower than {} bytes per second",
                        self.pace.bytes_per_s
                    ),
                ));
            }
            alarm.as_mut().reset(deadline);
        }
    }
}

impl Body for PacedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match Pin::new(&mut self.incoming).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                let bytes = frame.data_ref().map_or(0, Bytes::len);
                self.received_bytes += bytes as u64;
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(io::Error::other(error)))),
            Poll::Ready(None) => {
                self.ended = true;
                Poll::Ready(None)
            }
            Poll::Pending => self.poll_too_slow(cx).map(|error| Some(Err(error))),
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
    use super::*;

    #[test]
    fn patience_grows_with_the_bytes_received() {
        let pace = Pace {
            grace: Duration::from_secs(10),
            bytes_per_s: 1_024,
        };
        for (received_bytes, seconds) in [(0, 10), (1_023, 10), (1_024, 11), (1_048_576, 1_034)] {
            assert_eq!(pace.patience(received_bytes).as_secs(), seconds);
        }
    }
}
