//! The one writer: a thread that owns the connection for writing and shares each sync among all who wait (group commit).
//!
//! It takes whatever waits, up to a bound and without waiting for more, into one transaction with a savepoint for each
//! unit, commits once and then answers all. So a sync serves sixty-four callers as well as one, and a lone caller never
//! waits for company. However many wait, after a few units it works no longer on a transaction than the last one took to
//! commit: half of its time goes into commits then, however slow the disk, and what callers do between two writes comes to
//! pass while others' are committed. If it took all of them at once, it would have nothing to do until the first had asked
//! again.
//!
//! A unit that fails is rolled back to its savepoint and fails alone. A transaction that fails takes all its units with
//! it, and its connection: after a failed sync, memory and disk may differ, so nothing is believed until the file has
//! been opened again. The connection is let go only then. Were it the last one, SQLite would forget where the log ends,
//! read it anew, and find in it what was refused: written, but not synced, and not to be synced by any later attempt
//! (`fsync(2)` reports an error once).
//!
//! Knows nothing of what the units do.

use std::{
    error::Error as StdError,
    fs::File,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use crate::domain::Error;

use super::{
    error::unavailable,
    log::{self, Log, Trouble},
    open,
    queue::{Entrance, Exit, Refused, queue},
    reader::Readers,
    unit::{Unit, unit},
};

/// Units that may wait.
const QUEUE_UNITS: usize = 4_096;
/// Memory that waiting units may hold.
pub(super) const QUEUE_BYTES: usize = 32 * 1024 * 1024;
/// Units in one transaction.
const BATCH_UNITS: usize = 1_024;
/// Units before the length of the last commit matters: those that are quick to do also share their commits if those are.
const BATCH_LEAST: usize = 8;
/// Bytes of units after which a transaction takes no more.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Work after which a transaction takes no more units, however long commits take: the pause that a newcomer may see before
/// its own begins.
const BATCH_TIME: Duration = Duration::from_millis(5);
/// What a caller is told to wait when the queue is full; a disk of ordinary speed drains it sooner.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// The callers' end. Dropping it finishes what waits and ends the thread.
pub(super) struct Writer {
    /// `None` only while dropping.
    entrance: Option<Entrance<Box<dyn Unit>>>,
    thread: Option<JoinHandle<()>>,
    tally: Arc<Tally>,
    /// The value of `Tally::failures` up to which a later write is known to have succeeded.
    proven: AtomicU64,
}

type Failure = Box<dyn StdError + Send + Sync>;

/// Transactions by their outcome.
#[derive(Default)]
struct Tally {
    commits: AtomicU64,
    failures: AtomicU64,
}

impl Writer {
    /// Starts the writer of the database at `path`, on a connection that is open already, as is the file `database`.
    pub(super) fn start(
        path: PathBuf,
        readers: Arc<Readers>,
        db: Connection,
        database: File,
    ) -> std::io::Result<Self> {
        let (entrance, exit) = queue(QUEUE_UNITS, QUEUE_BYTES);
        let tally = Arc::new(Tally::default());
        let mut thread = WriterThread {
            log: Log::new(path.clone(), Arc::new(database)),
            path,
            readers,
            db,
            is_suspect: false,
            commit_time: Duration::ZERO,
            exit,
            tally: Arc::clone(&tally),
        };
        let thread = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || thread.run())?;
        Ok(Self {
            entrance: Some(entrance),
            thread: Some(thread),
            tally,
            proven: AtomicU64::new(0),
        })
    }

    /// Does `work` as one unit of work; durable when this returns `Ok`. `bytes` is the memory that it holds.
    ///
    /// # Errors
    /// That of `work`; `Overloaded` if too much waits; `Unavailable` if the transaction failed.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let entrance = self.entrance.as_ref().ok_or_else(stopped)?;
        let (unit, answer) = unit(work);
        entrance.put(unit, bytes).map_err(|refused| match refused {
            Refused::Full => Error::Overloaded {
                retry_after: RETRY_AFTER,
            },
            Refused::Closed => stopped(),
        })?;
        answer.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Whether writes succeed, as far as is known: after a failed transaction, by trying one.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub(super) async fn ready(&self) -> Result<(), Error> {
        if self.thread.as_ref().is_none_or(JoinHandle::is_finished) {
            return Err(stopped());
        }
        let failures = self.tally.failures.load(Ordering::Acquire);
        if failures == self.proven.load(Ordering::Acquire) {
            return Ok(());
        }
        self.write(0, |db| Ok(open::rewrite_header(db)?)).await?;
        // Not more than was known before the attempt: a failure since then is news.
        self.proven.fetch_max(failures, Ordering::AcqRel);
        Ok(())
    }

    /// Transactions committed so far.
    #[cfg(test)]
    pub(super) fn commits(&self) -> u64 {
        self.tally.commits.load(Ordering::Acquire)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Without an entrance the thread finishes what waits and leaves its loop.
        self.entrance = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn stopped() -> Error {
    unavailable("the writer has stopped")
}

struct WriterThread {
    path: PathBuf,
    // Dropped before the connection for writing: see `SqliteStore`.
    readers: Arc<Readers>,
    db: Connection,
    /// A transaction has failed: the connection is of no use but to keep the log open.
    is_suspect: bool,
    /// That of the last transaction.
    commit_time: Duration,
    // Dropped after all connections: see `Mover::start`.
    log: Log,
    exit: Exit<Box<dyn Unit>>,
    tally: Arc<Tally>,
}

impl WriterThread {
    fn run(&mut self) {
        while let Some(first) = self.exit.take() {
            let readers = Arc::clone(&self.readers);
            let _writing = readers.begin_writing();
            let mut units = vec![first.value];
            let outcome = self
                .transaction(&mut units, first.bytes)
                .map_err(Arc::<dyn StdError + Send + Sync>::from);
            let outcomes = if outcome.is_ok() {
                &self.tally.commits
            } else {
                self.is_suspect = true;
                // Fails if SQLite has rolled back already.
                let _ = execute(&self.db, "ROLLBACK");
                &self.tally.failures
            };
            outcomes.fetch_add(1, Ordering::AcqRel);
            for unit in units {
                unit.answer(outcome.clone().map_err(unavailable));
            }
            self.tidy_log();
        }
        // What it says is noted.
        let _ = self.log.wait_for_mover(&self.db);
        if self.log.trouble() != Some(Trouble::Miscounted) {
            // Otherwise, or if this fails, the log stays, and the next start makes sure of it.
            let _ = open::tidy_up_on_close(&self.db);
        }
    }

    /// One transaction of the unit given and whatever else waits; every unit taken is added to `units`.
    fn transaction(
        &mut self,
        units: &mut Vec<Box<dyn Unit>>,
        mut bytes: usize,
    ) -> Result<(), Failure> {
        let started = Instant::now();
        self.make_sure()?;
        let db = &self.db;
        execute(db, "BEGIN IMMEDIATE")?;
        while let Some(unit) = units.last_mut() {
            execute(db, "SAVEPOINT unit")?;
            if !unit.run(db) {
                // Fails if SQLite has rolled back everything, as it may on a full disk: then all units failed.
                execute(db, "ROLLBACK TO unit")?;
            }
            execute(db, "RELEASE unit")?;
            let worked = started.elapsed();
            let is_even = units.len() >= BATCH_LEAST && worked >= self.commit_time;
            if is_even || worked >= BATCH_TIME || units.len() == BATCH_UNITS || bytes >= BATCH_BYTES
            {
                break;
            }
            let Some(next) = self.exit.take_waiting() else {
                break;
            };
            bytes += next.bytes;
            units.push(next.value);
        }
        let committing = Instant::now();
        execute(db, "COMMIT")?;
        self.commit_time = committing.elapsed();
        Ok(())
    }

    /// Makes up for what has failed before.
    fn make_sure(&mut self) -> Result<(), Failure> {
        if self.is_suspect {
            self.db = open::again(&self.path)?;
            self.is_suspect = false;
        }
        match self.log.trouble() {
            None => Ok(()),
            Some(Trouble::Failed) => Ok(self.log.retry(&self.db)?),
            Some(Trouble::Miscounted) => self.read_log_anew(),
        }
    }

    /// Closes all connections, opens the database as at the start, and moves the whole log.
    fn read_log_anew(&mut self) -> Result<(), Failure> {
        let closed = self.readers.close();
        if closed.is_none() {
            return Err("reads do not end".into());
        }
        self.is_suspect = true;
        self.db = Connection::open_in_memory()?;
        self.db = open::again(&self.path)?;
        self.is_suspect = false;
        if !log::is_counted_anew(&self.db)? {
            return Err("another program has the database open".into());
        }
        log::secure(&self.db, &self.path)?;
        self.log.forget();
        Ok(self.log.retry(&self.db)?)
    }

    /// Comes after the answers: nobody waits for it but newcomers.
    fn tidy_log(&mut self) {
        if self.is_suspect || self.log.trouble().is_some() {
            return;
        }
        let tidied = self.log.tidy(&self.db, self.readers.are_scanning());
        if let Err(error) = tidied {
            tracing::warn!(%error, "the log could not be moved into the database");
            self.tally.failures.fetch_add(1, Ordering::AcqRel);
        }
    }
}

fn execute(db: &Connection, sql: &str) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.execute([]).map(drop)
}
