//! The one writer: a thread that owns the connection for writing and shares each sync among all who wait (group
//! commit).
//!
//! It takes whatever waits, by turns of its keys, up to a bound and without waiting for more, into one transaction with a savepoint for each
//! unit, commits once and then answers all. So a sync serves sixty-four callers as well as one, and a lone caller never
//! waits for company. However many wait, after a few units it works no longer on a transaction than the last one took
//! to commit: half of its time goes into commits then, however slow the disk, and what callers do between two writes
//! comes to pass while others' are committed. If it took all of them at once, it would have nothing to do until the
//! first had asked again.
//!
//! A unit that fails is rolled back to its savepoint and fails alone. A transaction that fails takes all its units with
//! it.
//!
//! After a failed commit or checkpoint nothing is written until the database was opened again; reads go on. What that
//! takes differs:
//!
//! - A failed commit may have left a transaction in the log that is complete, but was refused, and that no later sync
//!   would bring to the disk (`fsync(2)` reports an error once). A new connection writes over it. The failed one is
//!   closed after that: were it the last one, SQLite would forget where the log ends, read it anew, and find what was
//!   refused.
//! - After a failed checkpoint, SQLite may count pages as copied that are not on the disk. If the log were reset then,
//!   they would be nowhere. The count lies in memory that all connections share: all are closed, SQLite reads the log
//!   anew, the log is written again, and all of it is copied.

use std::{
    fs::File,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::{
    Error,
    checkpoint::{self, COUNT, Checkpoint, PASSIVE, RESTART},
    connect::{self, BUSY},
    error::BoxError,
    generation, open,
    queue::{Receiver, Refused, Sender, queue},
    readers::{READ_TIME, Readers},
    turns::Load,
    unit::{Answer, Unit, unit},
};

/// What may wait: units, and the bytes that they hold and rewrite.
const QUEUE: Load = Load {
    count: 4_096,
    bytes: 32 * 1024 * 1024,
};
/// The bytes that waiting units of one key may hold and rewrite together: half of those of all.
pub const QUEUE_BYTES_OF_A_KEY: usize = QUEUE.bytes / 2;
const QUEUE_OF_A_KEY: Load = Load {
    count: QUEUE.count / 2,
    bytes: QUEUE_BYTES_OF_A_KEY,
};
/// Units in one transaction.
const BATCH_UNITS: usize = 1_024;
/// Units before the length of the last commit matters: those that are quick to do also share their commits if those
/// are.
const BATCH_LEAST: usize = 8;
/// Bytes of units after which a transaction takes no more.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Work after which a transaction takes no more units, however long commits take: the pause that a newcomer may see
/// before its own begins.
const BATCH_TIME: Duration = Duration::from_millis(5);
/// What a caller is told to wait when the queue is full; a disk of ordinary speed drains it sooner.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Length of the log past which it is copied, frames of 4 KiB: 64 MiB.
const CHECKPOINT_FRAMES: u32 = 16 * 1024;
/// Length of the log past which the writer waits for readers to leave it, frames: 256 MiB.
const LONGEST_FRAMES: u32 = 4 * CHECKPOINT_FRAMES;
/// How long it waits then: for those that need an older part, and then for those that came meanwhile.
const LONG_PATIENCE: Duration = READ_TIME.saturating_mul(2).saturating_add(BUSY);

/// See [`crate::Schema::tidy`].
type Tidy = fn(&Connection) -> rusqlite::Result<bool>;
/// How long what nobody waits for may be put off.
const TIDY_AFTER: Duration = Duration::from_millis(200);

/// Between two attempts to open the database again.
const REOPEN_AFTER: Duration = Duration::from_millis(100);

/// The callers' end. Dropping it finishes what waits and ends the thread.
pub(crate) struct Writer {
    /// `None` only while dropping.
    sender: Option<Sender<Unit>>,
    thread: Option<JoinHandle<()>>,
    commits: Arc<AtomicU64>,
    has_failed: Arc<AtomicBool>,
    may_tidy: Arc<AtomicBool>,
}

impl Writer {
    /// Starts the writer of a database whose log has just been copied, on a connection that is open already, as is the
    /// file `database`.
    pub(crate) fn start(
        path: PathBuf,
        readers: Arc<Readers>,
        db: Connection,
        database: File,
        is_sealed: bool,
        tidy: Tidy,
    ) -> std::io::Result<Self> {
        let (sender, receiver) = queue(QUEUE, QUEUE_OF_A_KEY);
        let commits = Arc::new(AtomicU64::new(0));
        let has_failed = Arc::new(AtomicBool::new(false));
        let may_tidy = Arc::new(AtomicBool::new(true));
        let mut thread = WriterThread {
            path,
            readers,
            db: Some(db),
            checkpoint: None,
            checkpoint_at: CHECKPOINT_FRAMES,
            log_frames: 0,
            is_sealed,
            has_miscounted: false,
            reopen_failed: None,
            commit_time: Duration::ZERO,
            database: Arc::new(database),
            receiver,
            commits: Arc::clone(&commits),
            has_failed: Arc::clone(&has_failed),
            tidy,
            may_tidy: Arc::clone(&may_tidy),
            tidying: None,
            tidied: Instant::now(),
        };
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || thread.run())?;
        Ok(Self {
            sender: Some(sender),
            thread: Some(thread),
            commits,
            has_failed,
            may_tidy,
        })
    }

    /// See [`crate::Database::write`].
    pub(crate) async fn write<T: Send + 'static, E: From<Error> + Send + 'static>(
        &self,
        key: &str,
        bytes: usize,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let sender = self.sender.as_ref().ok_or_else(stopped)?;
        let (unit, answer) = unit(work);
        let sent = sender.send(key, unit, bytes);
        sent.map_err(|refused| match refused {
            Refused::Full => Error::Overloaded {
                retry_after: RETRY_AFTER,
            },
            Refused::Closed => stopped(),
        })?;
        // Otherwise the transaction did not begin, for reasons that are in the log.
        let not_run = |_| Err(Error::unavailable("the unit was not run").into());
        answer.await.unwrap_or_else(not_run)
    }

    /// See [`crate::Database::ready`].
    pub(crate) async fn ready(&self) -> Result<(), Error> {
        if self.thread.as_ref().is_none_or(JoinHandle::is_finished) {
            return Err(stopped());
        }
        if !self.has_failed.load(Ordering::Acquire) {
            return Ok(());
        }
        self.write("", 0, |db| open::mark(db).map_err(Error::unavailable))
            .await
    }

    pub(crate) fn waiting(&self, key: &str) -> usize {
        self.sender.as_ref().map_or(0, |sender| sender.count(key))
    }

    /// See [`crate::Database::tidy`].
    pub(crate) fn tidy(&self) {
        self.may_tidy.store(true, Ordering::Release);
        if let Some(sender) = &self.sender {
            // Something to do, or the writer would not look. If the queue is full, it will.
            let (unit, _) = unit(|_| Ok::<_, Error>(()));
            let _ = sender.send("", unit, 0);
        }
    }

    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Without a sender the thread finishes what waits and leaves its loop.
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn stopped() -> Error {
    Error::unavailable("the writer has stopped")
}

struct WriterThread {
    path: PathBuf,
    // Dropped before the connection for writing: see `Database`.
    readers: Arc<Readers>,
    /// `None` after an attempt to open it again that has failed.
    db: Option<Connection>,
    /// Copies the log now.
    checkpoint: Option<Checkpoint>,
    /// Length of the log at which it is copied next, frames.
    checkpoint_at: u32,
    /// Its length when it was last seen, frames.
    log_frames: u32,
    /// The generation of the log has ended and is in the database: the next transaction begins one.
    is_sealed: bool,
    /// A checkpoint has failed: more may count as copied than is on the disk.
    has_miscounted: bool,
    /// The last attempt to open the database again, which has failed.
    reopen_failed: Option<Instant>,
    /// That of the last transaction.
    commit_time: Duration,
    // Dropped after all connections: to close it takes away their locks (sqlite.org/howtocorrupt.html, section 2.2).
    database: Arc<File>,
    receiver: Receiver<Unit>,
    commits: Arc<AtomicU64>,
    /// Nothing is written until the database was opened again.
    has_failed: Arc<AtomicBool>,
    tidy: Tidy,
    /// There may be something that nobody waits for.
    may_tidy: Arc<AtomicBool>,
    /// What comes of it.
    tidying: Option<oneshot::Receiver<Result<bool, Error>>>,
    /// When it was done last.
    tidied: Instant,
}

impl WriterThread {
    fn run(&mut self) {
        while let Some((first, bytes)) = self.next() {
            self.readers.begin_writing();
            let mut answers = Vec::new();
            let outcome = self
                .transaction(first, bytes, &mut answers)
                .map_err(Arc::<dyn std::error::Error + Send + Sync>::from);
            match &outcome {
                Ok(()) => {
                    self.commits.fetch_add(1, Ordering::AcqRel);
                }
                Err(error) => {
                    if answers.is_empty() {
                        tracing::warn!(%error, "a transaction did not begin");
                    }
                    self.fail();
                }
            }
            for answer in answers {
                answer(outcome.clone().map_err(Error::unavailable));
            }
            // After the answers: nobody waits for it but newcomers.
            if let Err(error) = self.checkpoint_if_due() {
                tracing::warn!(%error, "a checkpoint failed");
                self.has_miscounted = true;
                self.fail();
            }
            self.readers.end_writing();
        }
        if let Some(checkpoint) = self.checkpoint.take()
            && let Err(error) = checkpoint.wait()
        {
            tracing::warn!(%error, "a checkpoint failed");
            self.fail();
        }
        if let Some(db) = &self.db
            && !self.has_failed.load(Ordering::Acquire)
        {
            // Otherwise, or if this fails, the log stays, and the next start copies it.
            let _ = connect::tidy_up_on_close(db);
        }
    }

    /// The next unit, or, if none waits, or there was none for long, some of what nobody waits for.
    fn next(&mut self) -> Option<(Unit, usize)> {
        if let Some(mut tidied) = self.tidying.take() {
            match tidied.try_recv() {
                Ok(Ok(more)) => drop(self.may_tidy.fetch_or(more, Ordering::AcqRel)),
                Ok(Err(error)) => tracing::warn!(%error, "what nobody waits for is not done yet"),
                Err(_) => {}
            }
        }
        let is_due = self.receiver.is_idle() || self.tidied.elapsed() >= TIDY_AFTER;
        if is_due && self.may_tidy.swap(false, Ordering::AcqRel) {
            self.tidied = Instant::now();
            let tidy = self.tidy;
            let (unit, tidied) = unit(move |db| tidy(db).map_err(Error::unavailable));
            self.tidying = Some(tidied);
            return Some((unit, 0));
        }
        self.receiver.take()
    }

    /// One transaction of the unit given and whatever else waits; each that was run adds its answer.
    fn transaction(
        &mut self,
        mut unit: Unit,
        mut bytes: usize,
        answers: &mut Vec<Answer>,
    ) -> Result<(), BoxError> {
        let started = Instant::now();
        if self.has_failed.load(Ordering::Acquire) {
            self.reopen()?;
        }
        let db = self.db.as_ref().ok_or("the database is not open")?;
        execute(db, "BEGIN IMMEDIATE")?;
        if self.is_sealed {
            generation::begin(db)?;
        }
        loop {
            execute(db, "SAVEPOINT unit")?;
            let (succeeded, answer) = unit(db);
            answers.push(answer);
            if !succeeded {
                // Fails if SQLite has rolled back everything, as it may on a full disk: then all units failed.
                execute(db, "ROLLBACK TO unit")?;
            }
            execute(db, "RELEASE unit")?;
            let worked = started.elapsed();
            let count = answers.len();
            let is_even = count >= BATCH_LEAST && worked >= self.commit_time;
            if is_even || worked >= BATCH_TIME || count == BATCH_UNITS || bytes >= BATCH_BYTES {
                break;
            }
            let Some((next, its_bytes)) = self.receiver.take_waiting() else {
                break;
            };
            unit = next;
            bytes += its_bytes;
        }
        let committing = Instant::now();
        execute(db, "COMMIT")?;
        self.commit_time = committing.elapsed();
        self.is_sealed = false;
        Ok(())
    }

    fn fail(&mut self) {
        self.has_failed.store(true, Ordering::Release);
        if let Some(db) = &self.db
            && !db.is_autocommit()
        {
            // Fails if SQLite has rolled back already.
            let _ = execute(db, "ROLLBACK");
        }
    }

    /// Opens the database again after a failure, unless that was tried just now.
    fn reopen(&mut self) -> Result<(), BoxError> {
        let just_now = |at: Instant| at.elapsed() < REOPEN_AFTER;
        if self.reopen_failed.is_some_and(just_now) {
            return Err("the database has to be opened again after a failure".into());
        }
        let reopened = self.reopen_for_writing().and_then(|()| {
            if self.has_miscounted {
                self.copy_log_anew()?;
            }
            Ok(())
        });
        self.reopen_failed = reopened.is_err().then(Instant::now);
        match &reopened {
            Ok(()) => {
                self.has_failed.store(false, Ordering::Release);
                tracing::info!("the database was opened again after a failure");
            }
            Err(error) => {
                tracing::warn!(%error, "the database cannot be opened again after a failure");
            }
        }
        reopened
    }

    /// Writes over what a failed commit has left.
    fn reopen_for_writing(&mut self) -> Result<(), BoxError> {
        // The failed one is closed when the new one is there.
        let db = &*self.db.insert(connect::for_writing(&self.path)?);
        Ok(open::mark(db)?)
    }

    fn copy_log_anew(&mut self) -> Result<(), BoxError> {
        if let Some(checkpoint) = self.checkpoint.take() {
            // The whole log is copied now.
            let _ = checkpoint.wait();
        }
        let readers = Arc::clone(&self.readers);
        let closed = readers.close().ok_or("reads do not end")?;
        self.db = None;
        let db = &*self.db.insert(open::reopen(&self.path)?);
        // They may read again: the log stays as it is until all of it is in the database.
        drop(closed);
        open::rewrite_log(&self.path)?;
        db.busy_timeout(LONG_PATIENCE)?;
        let is_complete = open::copy_log(db)?;
        db.busy_timeout(BUSY)?;
        if !is_complete {
            return Err("reads keep the log from being copied".into());
        }
        (self.is_sealed, self.has_miscounted) = (true, false);
        (self.checkpoint_at, self.log_frames) = (CHECKPOINT_FRAMES, 0);
        Ok(())
    }

    /// Copies the log into the database when it is long: most of it beside the writer, the rest here, where nobody adds
    /// to it meanwhile, so that the next transaction resets it unless it is read.
    ///
    /// # Errors
    /// The disk's. No write is lost by it.
    fn checkpoint_if_due(&mut self) -> rusqlite::Result<()> {
        let Some(db) = &self.db else { return Ok(()) };
        if self.has_failed.load(Ordering::Acquire) {
            return Ok(());
        }
        let before = std::mem::replace(&mut self.log_frames, checkpoint::run(db, COUNT)?.all);
        if self.log_frames < before {
            // It was reset.
            self.checkpoint_at = CHECKPOINT_FRAMES;
        }
        let is_due = self.log_frames >= self.checkpoint_at;
        let (kind, patience) = if is_due && self.log_frames >= LONGEST_FRAMES {
            (RESTART, LONG_PATIENCE)
        } else {
            (PASSIVE, BUSY)
        };
        if let Some(checkpoint) = &self.checkpoint {
            if kind == PASSIVE && !checkpoint.is_finished() {
                return Ok(());
            }
            self.checkpoint.take().map_or(Ok(()), Checkpoint::wait)?;
        } else if !is_due {
            return Ok(());
        } else if kind == PASSIVE {
            let started = Checkpoint::start(self.path.clone(), Arc::clone(&self.database));
            self.checkpoint = started.ok();
            // Otherwise there are too many threads.
            if self.checkpoint.is_some() {
                return Ok(());
            }
        }
        generation::seal(db)?;
        db.busy_timeout(patience)?;
        let log = checkpoint::run(db, kind);
        db.busy_timeout(BUSY)?;
        match log {
            // The next one is as good.
            Err(error) if checkpoint::is_busy(&error) => {}
            log => {
                let log = log?;
                self.is_sealed = log.is_complete();
                self.log_frames = log.all;
            }
        }
        self.checkpoint_at = self.log_frames + CHECKPOINT_FRAMES / 4;
        Ok(())
    }
}

fn execute(db: &Connection, sql: &str) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.execute([]).map(drop)
}
