//! A request body that fails when the client sends it too slowly, and that records whether it was read to its end.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

use crate::activity::Activity;
use crate::minimum_rate::MinimumRate;
use crate::settings::Settings;

pub(crate) struct RateLimitedBody {
    incoming: Incoming,
    rate: MinimumRate,
    bytes_per_s: u32,
    /// The end of the stream was seen. `is_end_stream` cannot tell for chunked bodies.
    ended: bool,
    activity: Arc<Activity>,
}

impl RateLimitedBody {
    pub(crate) fn new(incoming: Incoming, settings: &Settings, activity: Arc<Activity>) -> Self {
        let (bytes_per_s, span) = (settings.body_bytes_per_s, settings.body_span);
        let span_ms = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        let bytes_per_span = u64::from(bytes_per_s).saturating_mul(span_ms) / 1_000;
        Self {
            incoming,
            rate: MinimumRate::new(span, bytes_per_span),
            bytes_per_s,
            ended: false,
            activity,
        }
    }

    fn too_slow(&self) -> io::Error {
        let message = format!(
            "the request body came slower than {} bytes per second",
            self.bytes_per_s
        );
        io::Error::new(io::ErrorKind::TimedOut, message)
    }
}

impl Body for RateLimitedBody {
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
                this.rate.transferred(bytes);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(io::Error::other(error)))),
            Poll::Ready(None) => {
                this.ended = true;
                Poll::Ready(None)
            }
            Poll::Pending => {
                ready!(this.rate.poll_too_slow(cx));
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

impl Drop for RateLimitedBody {
    fn drop(&mut self) {
        self.activity.body_dropped(self.is_end_stream());
    }
}
