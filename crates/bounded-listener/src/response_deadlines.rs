//! By when the client must have taken each response.
//!
//! [`crate::client_stream`] enforces a minimum rate on the socket. That is not enough for large responses, which hold
//! memory that others wait for, nor for HTTP/2: there each response has a flow-control window that only the client
//! opens (RFC 9113, section 5.2), and a response that waits for its window never reaches the socket.

use std::collections::BTreeSet;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::{Instant, sleep, sleep_until};

use crate::handler::ResponseBody;
use crate::settings::Settings;

/// Responses of HTTP/1.1 up to this size have no deadline: the minimum rate on the socket suffices.
const SMALL_BYTES: u64 = 64 * 1_024;

/// The deadlines of one connection.
pub(crate) struct ResponseDeadlines {
    /// Time that every response has, and more by its length.
    minimum: Duration,
    bytes_per_s: u32,
    /// Whether responses are sent at the same time: HTTP/2.
    multiplexed: bool,
    pending: Mutex<Pending>,
}

#[derive(Default)]
struct Pending {
    deadlines: BTreeSet<Deadline>,
    responses: u64,
}

/// A point in time, and the number of the response, which no other has.
type Deadline = (Instant, u64);

impl ResponseDeadlines {
    pub(crate) fn new(settings: &Settings, multiplexed: bool) -> Arc<Self> {
        Arc::new(Self {
            minimum: settings.response_timeout,
            bytes_per_s: settings.response_bytes_per_s,
            multiplexed,
            pending: Mutex::default(),
        })
    }

    /// Starts the deadline by which the client must have taken the whole body.
    pub(crate) fn start(self: &Arc<Self>, body: ResponseBody) -> ResponseBody {
        let bytes = body.size_hint().lower();
        if body.is_end_stream() || !self.multiplexed && bytes <= SMALL_BYTES {
            return body;
        }
        let time = self.minimum + Duration::from_secs(bytes / u64::from(self.bytes_per_s));
        let guard = Arc::new(self.insert(Instant::now() + time));
        ResponseBody::new(GuardedBody { body, guard })
    }

    /// Completes once a response was not taken by its deadline.
    pub(crate) async fn missed(&self) {
        loop {
            let first = self.lock().deadlines.first().copied();
            match first {
                Some((deadline, _)) if deadline <= Instant::now() => return,
                Some((deadline, _)) => sleep_until(deadline).await,
                // No response that starts meanwhile has an earlier deadline.
                None => sleep(self.minimum).await,
            }
        }
    }

    fn insert(self: &Arc<Self>, deadline: Instant) -> ResponseGuard {
        let mut pending = self.lock();
        pending.responses += 1;
        let deadline = (deadline, pending.responses);
        pending.deadlines.insert(deadline);
        ResponseGuard {
            deadlines: Arc::clone(self),
            deadline,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Pending> {
        // The set is valid between any two statements.
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps a deadline until the last byte of its response is sent.
struct ResponseGuard {
    deadlines: Arc<ResponseDeadlines>,
    deadline: Deadline,
}

impl Drop for ResponseGuard {
    fn drop(&mut self) {
        self.deadlines.lock().deadlines.remove(&self.deadline);
    }
}

/// A body whose bytes keep the guard until they are sent. `map_frame` of http-body-util would lose the length.
struct GuardedBody {
    body: ResponseBody,
    guard: Arc<ResponseGuard>,
}

impl Body for GuardedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        let guarded = |bytes| {
            Bytes::from_owner(GuardedBytes {
                bytes,
                _guard: Arc::clone(&self.guard),
            })
        };
        Poll::Ready(frame.map(|frame| frame.map(|frame| frame.map_data(guarded))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

struct GuardedBytes {
    bytes: Bytes,
    _guard: Arc<ResponseGuard>,
}

impl AsRef<[u8]> for GuardedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}
