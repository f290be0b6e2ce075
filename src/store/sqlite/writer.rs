//! The one writer: a thread that owns the connection for writing and shares each sync among all who wait (group commit).
//!
//! It takes whatever waits, up to a bound and without waiting for more, into one transaction with a savepoint for each
//! unit, commits once and then answers all. So a sync serves sixty-four callers as well as one, and a lone caller never
//! waits for company. A unit that fails is rolled back to its savepoint and fails alone. A transaction that fails takes
//! all its units with it, and its connection: after a failed sync, memory and disk may differ, so nothing is believed
//! until the file has been opened again. The connection is let go only then. Were it the last one, SQLite would forget
//! where the log ends, read it anew, and find in it what was refused: written, but not synced, and not to be synced by
//! any later attempt (`fsync(2)` reports an error once).
//!
//! Knows nothing of what the units do.

use std::{
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
    open,
    queue::{Entrance, Exit, Refused, queue},
    unit::{Unit, unit},
};

/// Units that may wait.
const QUEUE_UNITS: usize = 4_096;
/// Memory that waiting units may hold.
const QUEUE_BYTES: usize = 32 * 1024 * 1024;
/// Units in one transaction.
const BATCH_UNITS: usize = 1_024;
/// Bytes of units after which a transaction takes no more.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Work after which a transaction takes no more units: the pause that a newcomer may see before its own begins.
const BATCH_TIME: Duration = Duration::from_millis(5);
/// What a caller is told to wait when the queue is full; a disk of ordinary speed drains it sooner.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// Length of the write-ahead log past which the writer waits for the readers to leave it.
const LOG_BYTES: u64 = 256 * 1024 * 1024;

/// The callers' end. Dropping it finishes what waits and ends the thread.
pub(super) struct Writer {
    /// `None` only while dropping.
    entrance: Option<Entrance<Box<dyn Unit>>>,
    thread: Option<JoinHandle<()>>,
    tally: Arc<Tally>,
    /// The value of `Tally::failures` up to which a later write is known to have succeeded.
    proven: AtomicU64,
}

/// Transactions by their outcome.
#[derive(Default)]
struct Tally {
    commits: AtomicU64,
    failures: AtomicU64,
}

impl Writer {
    /// Starts the writer of the database at `path`, on a connection that is open already.
    pub(super) fn start(path: PathBuf, db: Connection) -> std::io::Result<Self> {
        let (entrance, exit) = queue(QUEUE_UNITS, QUEUE_BYTES);
        let tally = Arc::new(Tally::default());
        let mut thread = WriterThread {
            path,
            db,
            is_suspect: false,
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
    db: Connection,
    /// A transaction has failed: the connection is of no use but to keep the log open.
    is_suspect: bool,
    exit: Exit<Box<dyn Unit>>,
    tally: Arc<Tally>,
}

impl WriterThread {
    fn run(&mut self) {
        while let Some(first) = self.exit.take() {
            let mut units = vec![first.value];
            let outcome = self.transaction(&mut units, first.bytes).map_err(Arc::new);
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
            self.bound_log();
        }
    }

    /// One transaction of the unit given and whatever else waits; every unit taken is added to `units`.
    fn transaction(
        &mut self,
        units: &mut Vec<Box<dyn Unit>>,
        mut bytes: usize,
    ) -> rusqlite::Result<()> {
        let started = Instant::now();
        if self.is_suspect {
            self.db = open::again(&self.path)?;
            self.is_suspect = false;
        }
        let db = &self.db;
        execute(db, "BEGIN IMMEDIATE")?;
        while let Some(unit) = units.last_mut() {
            execute(db, "SAVEPOINT unit")?;
            if !unit.run(db) {
                // Fails if SQLite has rolled back everything, as it may on a full disk: then all units failed.
                execute(db, "ROLLBACK TO unit")?;
            }
            execute(db, "RELEASE unit")?;
            if units.len() == BATCH_UNITS || bytes >= BATCH_BYTES || started.elapsed() >= BATCH_TIME
            {
                break;
            }
            let Some(next) = self.exit.take_waiting() else {
                break;
            };
            bytes += next.bytes;
            units.push(next.value);
        }
        execute(db, "COMMIT")
    }

    /// Readers that overlap without pause keep SQLite from starting its log anew: past a bound, waits for those that
    /// are in it, which are bounded in time themselves. Comes after the answers: nobody waits for it but newcomers.
    fn bound_log(&self) {
        let log = self.path.with_extension("db-wal");
        let is_long = std::fs::metadata(log).is_ok_and(|log| log.len() > LOG_BYTES);
        if is_long && !self.is_suspect {
            // A failure leaves a log that is long but right; the next round tries again.
            let _ = self
                .db
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
    }
}

fn execute(db: &Connection, sql: &str) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.execute([]).map(drop)
}
