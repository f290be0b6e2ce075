//! The memory that the bodies of messages take, bounded for all requests together.
//!
//! What is usual is small and never waits for others: an exchange of HTTP/1.1, which is alone on its connection, has
//! [`FREE_BYTES`] for what is sent and for what is answered; the exchanges of an HTTP/2 connection, of which there are many at once,
//! have as much together. What goes beyond comes from what all share: one half for bodies that are received, the other for answers,
//! so that slow readers keep nobody from writing.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http_body::Body as _;
use http_body_util::combinators::BoxBody;
use poem::Response;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::{Rejection, upload::MAX_BODY_BYTES};

/// What needs no asking: nearly all bodies are smaller.
pub(super) const FREE_BYTES: usize = 64 * 1_024;
/// How long a body, or a request whose answer is large, waits for others to make room.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// What one permit stands for.
const PERMIT_BYTES: usize = 1_024;

/// What all requests share.
#[derive(Debug)]
pub struct BodyMemory {
    received: Arc<Semaphore>,
    answers: Arc<Semaphore>,
    permits: u32,
}

impl BodyMemory {
    /// `bytes` for bodies that are received and as much again for answers; never less than one request needs, or none could be
    /// served.
    pub fn new(bytes: usize) -> Self {
        let permits = permits(bytes.max(2 * MAX_BODY_BYTES));
        let half = || Arc::new(Semaphore::new(permits as usize));
        Self {
            received: half(),
            answers: half(),
            permits,
        }
    }

    /// What one request takes of it, until its answer is sent: what is made of a body is as large as the body, and goes through
    /// the store and into the answer. `connection` is what its connection has, if that has many exchanges at once.
    pub fn share(&self, connection: Option<&ConnectionMemory>) -> BodyShare {
        BodyShare(Arc::new(Share {
            own: connection.map(|memory| Arc::clone(&memory.0)),
            received: Arc::clone(&self.received),
            answers: Arc::clone(&self.answers),
            most: self.permits,
            held: Mutex::default(),
        }))
    }
}

/// What the exchanges of one HTTP/2 connection have together.
#[derive(Debug, Clone)]
pub struct ConnectionMemory(Arc<Semaphore>);

impl Default for ConnectionMemory {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(FREE_BYTES / PERMIT_BYTES)))
    }
}

/// The part of [`BodyMemory`] that a request holds. Others may have it when the last clone is dropped.
#[derive(Debug, Clone)]
pub struct BodyShare(Arc<Share>);

#[derive(Debug)]
struct Share {
    /// `None`: the exchange is alone on its connection.
    own: Option<Arc<Semaphore>>,
    received: Arc<Semaphore>,
    answers: Arc<Semaphore>,
    /// Permits that there are of each half.
    most: u32,
    held: Mutex<Vec<OwnedSemaphorePermit>>,
}

/// The bytes of an answer that there is no memory for now.
#[derive(Debug, PartialEq, Eq)]
pub struct Shortage(usize);

impl BodyShare {
    /// The bytes that a body may have without asking for more.
    pub(super) fn bytes(&self) -> usize {
        let permits: usize = self
            .held()
            .iter()
            .map(OwnedSemaphorePermit::num_permits)
            .sum();
        let free = if self.0.own.is_none() { FREE_BYTES } else { 0 };
        free + permits * PERMIT_BYTES
    }

    /// Waits for memory for what is received, `bytes` in all. A large body asks for all that it may still need, at once: two that
    /// each hold a half of what both need would wait for each other.
    ///
    /// # Errors
    /// [`Rejection::NoMemory`] if others do not make room in time.
    pub(super) async fn hold(&self, bytes: usize) -> Result<(), Rejection> {
        match self.missing(bytes) {
            0 => Ok(()),
            missing if self.try_own(missing) => Ok(()),
            missing => self.wait(&self.0.received, missing).await,
        }
    }

    /// Memory for an answer, if there is any now.
    ///
    /// # Errors
    /// [`Shortage`] if there is not.
    pub fn cover(&self, response: &mut Response) -> Result<(), Shortage> {
        let bytes = body_bytes(response);
        let missing = self.missing(bytes);
        if missing == 0 || self.try_own(missing) || self.try_take(&self.0.answers, missing) {
            return Ok(());
        }
        Err(Shortage(bytes))
    }

    /// Waits for memory for an answer, which must not be in memory meanwhile.
    ///
    /// # Errors
    /// [`Rejection::NoMemory`] if others do not make room in time.
    pub async fn make_room(&self, shortage: Shortage) -> Result<(), Rejection> {
        let missing = self.missing(shortage.0);
        self.wait(&self.0.answers, missing).await
    }

    /// Holds what is held for as long as the answer waits to be sent.
    pub async fn hold_until_sent(self, response: &mut Response) {
        if self.held().is_empty() {
            return;
        }
        let bytes = response.take_body().into_bytes().await;
        let bytes = bytes.expect("answers of operations are in memory");
        let body = Bytes::from_owner(Sent { bytes, share: self });
        response.set_body(body);
    }

    /// Permits for what is not held yet.
    fn missing(&self, bytes: usize) -> u32 {
        permits(bytes.saturating_sub(self.bytes())).min(self.0.most)
    }

    fn try_own(&self, permits: u32) -> bool {
        let own = self.0.own.as_ref();
        own.is_some_and(|own| self.try_take(own, permits))
    }

    fn try_take(&self, from: &Arc<Semaphore>, permits: u32) -> bool {
        let taken = Arc::clone(from).try_acquire_many_owned(permits);
        taken.map(|taken| self.held().push(taken)).is_ok()
    }

    async fn wait(&self, from: &Arc<Semaphore>, permits: u32) -> Result<(), Rejection> {
        let permit = Arc::clone(from).acquire_many_owned(permits);
        let Ok(permit) = timeout(PATIENCE, permit).await else {
            return Err(Rejection::NoMemory {
                retry_after: PATIENCE,
            });
        };
        let permit = permit.expect("nobody closes the semaphore");
        self.held().push(permit);
        Ok(())
    }

    fn held(&self) -> MutexGuard<'_, Vec<OwnedSemaphorePermit>> {
        // A list of permits is whole between any two statements.
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn permits(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(PERMIT_BYTES)).unwrap_or(u32::MAX)
}

fn body_bytes(response: &mut Response) -> usize {
    let body: BoxBody<Bytes, io::Error> = response.take_body().into();
    let bytes = body.size_hint().lower();
    response.set_body(body);
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// An answer that gives memory back when it is dropped.
struct Sent {
    bytes: Bytes,
    #[expect(dead_code, reason = "held until it is dropped")]
    share: BodyShare,
}

impl AsRef<[u8]> for Sent {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LARGE: usize = 3 * MAX_BODY_BYTES / 2;

    fn answer(bytes: usize) -> Response {
        Response::builder().body(vec![b'x'; bytes])
    }

    /// An answer that is covered, as long as it waits to be sent.
    async fn unsent(share: BodyShare, bytes: usize) -> Option<Response> {
        let mut response = answer(bytes);
        share.cover(&mut response).ok()?;
        share.hold_until_sent(&mut response).await;
        Some(response)
    }

    #[tokio::test]
    async fn large_answers_have_memory_until_they_are_sent_and_small_ones_need_none() {
        let memory = BodyMemory::new(0);
        let first = unsent(memory.share(None), LARGE).await.expect("room");
        assert!(unsent(memory.share(None), LARGE).await.is_none());
        assert!(unsent(memory.share(None), FREE_BYTES).await.is_some());
        let bytes = first.into_body().into_bytes().await.expect("in memory");
        assert_eq!(bytes.len(), LARGE);
        assert!(unsent(memory.share(None), LARGE).await.is_none());
        drop(bytes);
        assert!(unsent(memory.share(None), LARGE).await.is_some());
    }

    #[tokio::test]
    async fn answer_that_is_larger_than_all_memory_has_all_of_it() {
        let memory = BodyMemory::new(0);
        let all = unsent(memory.share(None), 10 * LARGE).await;
        assert!(all.is_some());
        assert!(unsent(memory.share(None), FREE_BYTES + 1).await.is_none());
    }

    #[tokio::test]
    async fn answer_to_a_large_body_has_the_memory_of_the_body() {
        let memory = BodyMemory::new(0);
        let answers = unsent(memory.share(None), LARGE).await;
        let share = memory.share(None);
        share.hold(MAX_BODY_BYTES).await.expect("room");
        assert!(unsent(share, MAX_BODY_BYTES).await.is_some());
        drop(answers);
    }

    #[tokio::test(start_paused = true)]
    async fn room_for_an_answer_is_waited_for() {
        let memory = BodyMemory::new(0);
        let first = unsent(memory.share(None), LARGE).await;
        let share = memory.share(None);
        let shortage = share.cover(&mut answer(LARGE)).expect_err("no room");
        assert_eq!(shortage, Shortage(LARGE));
        let refused = share.make_room(shortage).await;
        let retry_after = PATIENCE;
        assert_eq!(refused, Err(Rejection::NoMemory { retry_after }));
        let release = async {
            tokio::time::sleep(PATIENCE / 2).await;
            drop(first);
        };
        let (room, ()) = tokio::join!(share.make_room(Shortage(LARGE)), release);
        assert_eq!(room, Ok(()));
        assert!(unsent(share, LARGE).await.is_some());
    }

    #[tokio::test]
    async fn exchanges_of_one_connection_share_what_is_free() {
        let memory = BodyMemory::new(0);
        let connection = ConnectionMemory::default();
        let all = memory.share(None);
        all.hold(FREE_BYTES + 2 * MAX_BODY_BYTES)
            .await
            .expect("room");
        let answers = unsent(memory.share(None), 10 * LARGE).await;
        // Nothing is left but what the connection has.
        let share = || memory.share(Some(&connection));
        let half = share();
        half.hold(FREE_BYTES / 2).await.expect("room");
        let other = unsent(share(), FREE_BYTES / 2).await;
        assert!(other.is_some());
        assert!(unsent(share(), 1).await.is_none());
        drop(half);
        assert!(unsent(share(), 1).await.is_some());
        drop((all, answers, other));
    }
}
