//! Memory for the bodies of requests and answers, bounded for all requests together.
//!
//! Small bodies never wait for others: an exchange of HTTP/1.1 is alone on its connection and has [`SMALL_BYTES`] for what it
//! receives and for what it answers; the exchanges of an HTTP/2 connection have as much together. Larger bodies take memory from a
//! budget that all requests share. One half is for bodies that are received, the other for answers, so that slow readers keep
//! nobody from writing. Nor do the requests of one owner, a tenant say, keep those of others waiting: they have at most a half of
//! each half together.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError, Weak},
    time::Duration,
};

use bytes::Bytes;
use http_body::Body as _;
use http_body_util::combinators::BoxBody;
use poem::{Request, Response};
use tokio::{
    select,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::Rejection;

/// The bytes of a body that need no memory from the budget. Nearly all bodies are smaller.
pub const SMALL_BYTES: usize = 64 * 1_024;

/// How long a request waits for memory from the budget.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The bytes that one permit stands for.
const PERMIT_BYTES: usize = 1_024;

/// Limits on the body of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyLimits {
    /// Its bytes, both as sent and as decoded.
    pub bytes: usize,
    /// The JSON values in it. They cost memory by their number: `[0,0,…]` of 4 MB has two million.
    pub values: usize,
    /// Arrays and objects inside each other. Readers of answers have limits too: .NET's stop at 64 levels, serde_json at 128.
    pub depth: usize,
}

/// 1 MiB, 200,000 values, 60 levels.
impl Default for BodyLimits {
    fn default() -> Self {
        Self {
            bytes: 1_024 * 1_024,
            values: 200_000,
            depth: 60,
        }
    }
}

/// The memory that all requests share for bodies, and the limits on each.
///
/// A service that is given no budget has one by default. To set it, put a [`MemoryBudget`] into the data of each request
/// (`poem::EndpointExt::data`). A server that also bounds the memory of its answers puts a [`RequestMemory`] there instead.
#[derive(Debug, Clone)]
pub struct MemoryBudget {
    limits: BodyLimits,
    received: Arc<Half>,
    answers: Arc<Half>,
}

/// One half of a budget.
#[derive(Debug)]
struct Half {
    whole: Arc<Semaphore>,
    /// What each owner may have of it, as long as somebody has some of that or waits for it.
    shares: Mutex<HashMap<String, Weak<Semaphore>>>,
    share_permits: u32,
}

/// 64 MiB with the default limits.
impl Default for MemoryBudget {
    fn default() -> Self {
        Self::new(64 * 1_024 * 1_024, BodyLimits::default())
    }
}

impl MemoryBudget {
    /// A budget of `bytes` for bodies that are received and as much again for answers, but at least what one request of each of two
    /// owners needs.
    pub fn new(bytes: usize, limits: BodyLimits) -> Self {
        // The body as it was sent and as it is decoded.
        let share_permits = permits((bytes / 2).max(2 * limits.bytes));
        let half = || {
            Arc::new(Half {
                whole: Arc::new(Semaphore::new(2 * share_permits as usize)),
                shares: Mutex::default(),
                share_permits,
            })
        };
        Self {
            limits,
            received: half(),
            answers: half(),
        }
    }

    /// The memory of one request. `connection` is that of its connection, if the connection has many exchanges at once.
    pub fn request(&self, connection: Option<&ConnectionMemory>) -> RequestMemory {
        RequestMemory(Arc::new(Share {
            connection: connection.map(|memory| Arc::clone(&memory.0)),
            budget: self.clone(),
            owner: OnceLock::new(),
            held: Mutex::default(),
        }))
    }
}

impl Half {
    /// Waits for so many permits: first for those of the owner, so that whoever has many waits for none of the others'.
    async fn acquire(&self, owner: &str, permits: u32) -> Held {
        let share = acquire(self.share(owner), permits).await;
        let permit = acquire(Arc::clone(&self.whole), permits).await;
        Held {
            permit,
            share: Some(share),
        }
    }

    fn share(&self, owner: &str) -> Arc<Semaphore> {
        // A map is whole between any two statements.
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(share) = shares.get(owner).and_then(Weak::upgrade) {
            return share;
        }
        shares.retain(|_, share| share.strong_count() > 0);
        let share = Arc::new(Semaphore::new(self.share_permits as usize));
        shares.insert(owner.to_owned(), Arc::downgrade(&share));
        share
    }
}

/// Memory that a request has.
#[derive(Debug)]
struct Held {
    /// Of a half, or of the connection.
    permit: OwnedSemaphorePermit,
    /// As many of the owner's share of that half.
    share: Option<OwnedSemaphorePermit>,
}

/// The [`SMALL_BYTES`] that the exchanges of one HTTP/2 connection have together.
#[derive(Debug, Clone)]
pub struct ConnectionMemory(Arc<Semaphore>);

impl Default for ConnectionMemory {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(SMALL_BYTES / PERMIT_BYTES)))
    }
}

/// The part of a [`MemoryBudget`] that a request holds, from its body to the end of its answer: what is made of a body is about as
/// large as the body, and goes through the handler into the answer. It is given back when the last clone is dropped.
#[derive(Debug, Clone)]
pub struct RequestMemory(Arc<Share>);

#[derive(Debug)]
struct Share {
    /// `None`: the exchange is alone on its connection.
    connection: Option<Arc<Semaphore>>,
    budget: MemoryBudget,
    owner: OnceLock<String>,
    held: Mutex<Vec<Held>>,
}

impl RequestMemory {
    /// The memory of a request: what its data has, or a part of the default budget.
    pub fn of(request: &Request) -> Self {
        static DEFAULT: LazyLock<MemoryBudget> = LazyLock::new(MemoryBudget::default);
        match request.data::<Self>() {
            Some(memory) => memory.clone(),
            None => request
                .data::<MemoryBudget>()
                .unwrap_or(&DEFAULT)
                .request(None),
        }
    }

    /// Says whose request it is, a tenant's say, before it waits for memory. Requests of which nobody says so are one owner's.
    pub fn belongs_to(&self, owner: &str) {
        // The first answer stands: what is held is the share of that owner.
        let _ = self.0.owner.set(owner.to_owned());
    }

    pub(super) fn limits(&self) -> BodyLimits {
        self.0.budget.limits
    }

    /// The bytes that the bodies of this request may have without asking for more.
    pub(super) fn bytes(&self) -> usize {
        let permits: usize = self
            .held()
            .iter()
            .map(|held| held.permit.num_permits())
            .sum();
        self.free() + permits * PERMIT_BYTES
    }

    fn free(&self) -> usize {
        match self.0.connection {
            None => SMALL_BYTES,
            Some(_) => 0,
        }
    }

    /// Waits for memory for what is received, `bytes` in all. A large body asks for all that it may still need, at once: two that
    /// each hold a half of what both need would wait for each other.
    ///
    /// # Errors
    /// [`Rejection::NoMemory`] if others do not give back enough in time.
    pub(super) async fn hold_received(&self, bytes: usize) -> Result<(), Rejection> {
        self.hold(&self.0.budget.received, bytes).await
    }

    /// Waits for memory for an answer of up to `bytes`. To be called before its content is read: while requests wait for memory,
    /// they must not hold what they wait for. So whoever asks again, for more, gives back first what the answer held so far, and
    /// must have dropped what was read. What the answer does not need is given back when it is made.
    ///
    /// # Errors
    /// [`Rejection::NoMemory`] if others do not give back enough in time.
    pub async fn hold_answer(&self, bytes: usize) -> Result<(), Rejection> {
        if bytes > self.bytes() {
            let answers = &self.0.budget.answers.whole;
            self.held()
                .retain(|held| !Arc::ptr_eq(held.permit.semaphore(), answers));
        }
        self.hold(&self.0.budget.answers, bytes).await
    }

    /// Gives back what the answer does not need, and holds the rest until the answer is sent.
    ///
    /// # Panics
    /// If the answer's body is a stream; those of operations are in memory.
    pub async fn hold_until_sent(self, response: &mut Response) {
        if self.held().is_empty() {
            return;
        }
        let bytes = body_bytes(response);
        self.keep(permits(bytes.saturating_sub(self.free())));
        if self.held().is_empty() {
            return;
        }
        let bytes = response.take_body().into_bytes().await;
        let bytes = bytes.expect("answers of operations are in memory");
        let body = Bytes::from_owner(HeldBytes {
            bytes,
            memory: self,
        });
        response.set_body(body);
    }

    async fn hold(&self, half: &Half, bytes: usize) -> Result<(), Rejection> {
        let missing = permits(bytes.saturating_sub(self.bytes()));
        if missing == 0 {
            return Ok(());
        }
        let small = missing as usize <= SMALL_BYTES / PERMIT_BYTES;
        let connection = self.0.connection.as_ref().filter(|_| small);
        let owner = self.0.owner.get().map_or("", String::as_str);
        let shared = half.acquire(owner, missing.min(half.share_permits));
        let held = timeout(PATIENCE, async {
            match connection.map(Arc::clone) {
                None => shared.await,
                // Whichever has room first.
                Some(connection) => select! {
                    biased;
                    permit = acquire(connection, missing) => Held { permit, share: None },
                    held = shared => held,
                },
            }
        });
        let held = held.await.map_err(|_| Rejection::NoMemory {
            retry_after: PATIENCE,
        })?;
        self.held().push(held);
        Ok(())
    }

    /// Gives back what is held beyond so many permits.
    fn keep(&self, permits: u32) {
        let mut kept = permits as usize;
        self.held().retain_mut(|Held { permit, share }| {
            let surplus = permit.num_permits().saturating_sub(kept);
            drop(permit.split(surplus));
            drop(share.as_mut().map(|share| share.split(surplus)));
            kept -= permit.num_permits();
            permit.num_permits() > 0
        });
    }

    fn held(&self) -> MutexGuard<'_, Vec<Held>> {
        // A list is whole between any two statements.
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn acquire(semaphore: Arc<Semaphore>, permits: u32) -> OwnedSemaphorePermit {
    let permit = semaphore.acquire_many_owned(permits).await;
    permit.expect("nobody closes the semaphores")
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

/// The bytes of an answer, which give back memory when they are dropped.
struct HeldBytes {
    bytes: Bytes,
    #[expect(dead_code, reason = "held until it is dropped")]
    memory: RequestMemory,
}

impl AsRef<[u8]> for HeldBytes {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LARGE: usize = 3 * BODY / 2;
    const BODY: usize = 1_024 * 1_024;

    /// As large as one request of an owner needs: two bodies.
    fn budget() -> MemoryBudget {
        MemoryBudget::new(0, BodyLimits::default())
    }

    #[tokio::test(start_paused = true)]
    async fn owner_has_a_share_and_leaves_the_rest_to_others() {
        let budget = budget();
        let of = |owner: &str| {
            let memory = budget.request(None);
            memory.belongs_to(owner);
            memory
        };
        let (received, answers) = (of("a"), of("a"));
        received.hold_received(10 * BODY).await.expect("memory");
        answers.hold_answer(10 * BODY).await.expect("memory");
        let started = tokio::time::Instant::now();
        for other in [of("b"), budget.request(None)] {
            let refused = of("a").hold_received(LARGE).await;
            assert_eq!(refused, Err(NO_MEMORY));
            let waiting = of("a");
            let (waiting, others) = tokio::join!(waiting.hold_answer(LARGE), async {
                other.hold_received(2 * BODY).await?;
                other.hold_answer(2 * BODY).await?;
                Ok::<_, Rejection>(started.elapsed())
            });
            assert_eq!(waiting, Err(NO_MEMORY));
            others.expect("others have what the owner cannot have");
        }
        // What nobody holds is forgotten.
        drop((received, answers));
        of("c").hold_received(LARGE).await.expect("memory");
        assert_eq!(budget.received.shares.lock().expect("no panic").len(), 1);
    }

    /// An answer of some bytes whose request held memory for `most`, as long as it waits to be sent.
    async fn unsent(
        memory: RequestMemory,
        most: usize,
        bytes: usize,
    ) -> Result<Response, Rejection> {
        memory.hold_answer(most).await?;
        let mut response = Response::builder().body(vec![b'x'; bytes]);
        memory.hold_until_sent(&mut response).await;
        Ok(response)
    }

    /// Whoever asks for more gives back first: otherwise all would hold a part and wait for the rest.
    #[tokio::test(start_paused = true)]
    async fn requests_that_find_their_answers_larger_do_not_wait_for_each_other() {
        const REQUESTS: usize = 2 * BODY / SMALL_BYTES;
        let budget = budget();
        // Nothing is left of what the connection has for itself.
        let connection = ConnectionMemory::default();
        let _all = Arc::clone(&connection.0)
            .acquire_many_owned(permits(SMALL_BYTES))
            .await;
        let barrier = Arc::new(tokio::sync::Barrier::new(REQUESTS));
        let mut requests = tokio::task::JoinSet::new();
        for _ in 0..REQUESTS {
            let memory = budget.request(Some(&connection));
            let barrier = Arc::clone(&barrier);
            requests.spawn(async move {
                memory.hold_answer(SMALL_BYTES).await?;
                barrier.wait().await;
                memory.hold_answer(LARGE).await
            });
        }
        let outcomes = requests.join_all().await;
        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    }

    const NO_MEMORY: Rejection = Rejection::NoMemory {
        retry_after: PATIENCE,
    };

    #[tokio::test(start_paused = true)]
    async fn large_answers_have_memory_until_they_are_sent_and_small_ones_need_none() {
        let budget = budget();
        let first = unsent(budget.request(None), LARGE, LARGE).await;
        let refused = unsent(budget.request(None), LARGE, LARGE).await;
        assert_eq!(refused.err(), Some(NO_MEMORY));
        let small = unsent(budget.request(None), SMALL_BYTES, SMALL_BYTES).await;
        assert!(small.is_ok());
        let bytes = first.expect("memory").into_body().into_bytes().await;
        let bytes = bytes.expect("in memory");
        assert_eq!(bytes.len(), LARGE);
        let refused = unsent(budget.request(None), LARGE, LARGE).await;
        assert_eq!(refused.err(), Some(NO_MEMORY));
        drop(bytes);
        assert!(unsent(budget.request(None), LARGE, LARGE).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn answer_gives_back_what_it_does_not_need() {
        let budget = budget();
        let mut unsent_answers = Vec::new();
        for bytes in [0, SMALL_BYTES, SMALL_BYTES + 1, SMALL_BYTES + BODY / 2] {
            let answer = unsent(budget.request(None), LARGE, bytes).await;
            unsent_answers.push(answer.expect("memory"));
        }
        let refused = unsent(budget.request(None), LARGE + SMALL_BYTES, LARGE).await;
        assert_eq!(refused.err(), Some(NO_MEMORY));
    }

    #[tokio::test(start_paused = true)]
    async fn answer_that_is_larger_than_the_budget_has_all_of_it() {
        let budget = budget();
        let all = unsent(budget.request(None), 10 * LARGE, 10 * LARGE).await;
        assert!(all.is_ok());
        let more = budget.request(None).hold_answer(SMALL_BYTES + 1).await;
        assert_eq!(more, Err(NO_MEMORY));
    }

    #[tokio::test]
    async fn answer_to_a_large_body_has_the_memory_of_the_body() {
        let budget = budget();
        let answers = unsent(budget.request(None), 10 * LARGE, 10 * LARGE).await;
        let memory = budget.request(None);
        memory.hold_received(BODY).await.expect("memory");
        assert!(unsent(memory, BODY, BODY).await.is_ok());
        drop(answers);
    }

    #[tokio::test(start_paused = true)]
    async fn memory_for_an_answer_is_waited_for() {
        let budget = budget();
        let first = unsent(budget.request(None), LARGE, LARGE).await;
        let second = budget.request(None);
        let release = async {
            tokio::time::sleep(PATIENCE / 2).await;
            drop(first);
        };
        let (second, ()) = tokio::join!(second.hold_answer(LARGE), release);
        assert_eq!(second, Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn exchanges_of_one_connection_share_what_is_free() {
        let budget = budget();
        let connection = ConnectionMemory::default();
        let all = budget.request(None);
        all.hold_received(10 * BODY).await.expect("memory");
        let answers = unsent(budget.request(None), 10 * LARGE, 10 * LARGE).await;
        // Nothing is left but what the connection has.
        let exchange = || budget.request(Some(&connection));
        let half = exchange();
        half.hold_received(SMALL_BYTES / 2).await.expect("memory");
        let other = unsent(exchange(), SMALL_BYTES / 2, SMALL_BYTES / 2).await;
        assert!(other.is_ok());
        assert_eq!(exchange().hold_answer(1).await, Err(NO_MEMORY));
        // It waits for the connection as well as for the budget.
        let release = async {
            tokio::time::sleep(PATIENCE / 2).await;
            drop(half);
        };
        let third = exchange();
        let (held, ()) = tokio::join!(third.hold_answer(SMALL_BYTES / 2), release);
        assert_eq!(held, Ok(()));
        drop((all, answers, other));
    }

    #[test]
    fn request_has_memory_without_being_given_any() {
        let mut request = Request::default();
        assert_eq!(RequestMemory::of(&request).limits(), BodyLimits::default());
        let limits = BodyLimits {
            bytes: 7,
            ..BodyLimits::default()
        };
        request.set_data(MemoryBudget::new(0, limits));
        assert_eq!(RequestMemory::of(&request).limits(), limits);
    }
}
