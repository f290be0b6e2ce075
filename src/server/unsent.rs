//! Answers that wait for the client to take them, and by when each must be gone.
//!
//! [`super::socket`] sees to it that something is taken now and then. That is not enough for large answers, which hold memory that
//! others wait for, nor for HTTP/2: there each answer has a window that the client alone opens (RFC 9113 section 5.2), and what
//! waits for that never reaches the socket.

use std::collections::BTreeSet;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http_body_util::combinators::BoxBody;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::{Instant, sleep, sleep_until};

use super::limits::Limits;

/// An answer of HTTP/1.1 that is no longer than that is left to the socket.
const SMALL_BYTES: u64 = 64 * 1_024;

/// Those of one connection.
pub(super) struct Unsent {
    /// Any answer has this time, and more by its length.
    grace: Duration,
    bytes_per_s: u32,
    /// Whether there are many at the same time: HTTP/2.
    multiplexed: bool,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    deadlines: BTreeSet<Place>,
    answers: u64,
}

/// When the time of an answer is over, and a number that no other has.
type Place = (Instant, u64);

impl Unsent {
    pub(super) fn new(limits: &Limits, multiplexed: bool) -> Arc<Self> {
        Arc::new(Self {
            grace: limits.write_stall,
            bytes_per_s: limits.answer_bytes_per_s,
            multiplexed,
            waiting: Mutex::default(),
        })
    }

    /// From now on the body has its time to be taken, all of it.
    pub(super) fn watch(
        self: &Arc<Self>,
        body: BoxBody<Bytes, io::Error>,
    ) -> BoxBody<Bytes, io::Error> {
        let bytes = body.size_hint().lower();
        if body.is_end_stream() || !self.multiplexed && bytes <= SMALL_BYTES {
            return body;
        }
        let time = self.grace + Duration::from_secs(bytes / u64::from(self.bytes_per_s));
        let answer = Arc::new(self.enter(Instant::now() + time));
        BoxBody::new(Watched { body, answer })
    }

    /// Over once an answer has not been taken in its time.
    pub(super) async fn overdue(&self) {
        loop {
            let first = self.waiting().deadlines.first().copied();
            match first {
                Some((deadline, _)) if deadline <= Instant::now() => return,
                Some((deadline, _)) => sleep_until(deadline).await,
                // No answer that comes meanwhile is overdue earlier.
                None => sleep(self.grace).await,
            }
        }
    }

    fn enter(self: &Arc<Self>, deadline: Instant) -> Answer {
        let mut waiting = self.waiting();
        waiting.answers += 1;
        let place = (deadline, waiting.answers);
        waiting.deadlines.insert(place);
        Answer {
            unsent: Arc::clone(self),
            place,
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // The set is whole between any two statements.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One answer, until its last byte is gone.
struct Answer {
    unsent: Arc<Unsent>,
    place: Place,
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.unsent.waiting().deadlines.remove(&self.place);
    }
}

/// A body whose parts keep its answer waiting until they are gone. `map_frame` would do, but it forgets the length.
struct Watched {
    body: BoxBody<Bytes, io::Error>,
    answer: Arc<Answer>,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        let part = |data| {
            let answer = Arc::clone(&self.answer);
            Bytes::from_owner(Part { data, answer })
        };
        Poll::Ready(frame.map(|frame| frame.map(|frame| frame.map_data(part))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Bytes of an answer.
struct Part {
    data: Bytes,
    #[expect(dead_code, reason = "waits until it is dropped")]
    answer: Arc<Answer>,
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        &self.data
    }
}
