//! Reading: connections of their own, which never wait for the writer and cannot write.
//!
//! A read of microseconds runs where it is called, which is faster than handing it over; one that may take long runs
//! on a thread of the blocking pool, a few at a time. All are stopped after a while: a long read also keeps the
//! write-ahead log from being emptied. So does what an idle connection sees (`snapshot`), which ends when the writer begins.

use std::{
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use rusqlite::Connection;

use crate::domain::{Error, principal::TenantId};

use super::{
    error::unavailable,
    open,
    slots::{Limits, NoSlot, Slots},
    snapshot::{Reader, Work},
};

/// Long reads at the same time, and how many may wait for their turn: they hold their queries, of some kilobytes each.
const SCANS: Limits = Limits {
    slots: 4,
    slots_of_a_key: 3,
    waiting: 256,
    waiting_of_a_key: 64,
    patience: Duration::from_secs(5),
};
/// How long any read may run.
pub(super) const READ_TIME: Duration = Duration::from_secs(5);
/// Instructions of SQLite's machine between two looks at the time: some tens of microseconds.
const LOOK_AT_TIME: std::ffi::c_int = 10_000;
/// Connections kept for the next read. There are as many as reads run at once: on threads of the runtime, and in slots.
const IDLE: usize = 32;

pub(super) struct Readers {
    path: PathBuf,
    work: Work,
    pool: Mutex<Pool>,
    /// Told when a connection comes back to a pool that is closed.
    back: Condvar,
    scans: Arc<Slots>,
    read_time: Duration,
    /// How long the reads that are under way may keep all from being closed.
    close_time: Duration,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Reader>,
    /// Connections in use.
    lent: usize,
    is_closed: bool,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Arc<Self> {
        Arc::new(Self::with(path, SCANS, READ_TIME))
    }

    fn with(path: PathBuf, scans: Limits, read_time: Duration) -> Self {
        Self {
            path,
            work: Work::default(),
            pool: Mutex::default(),
            back: Condvar::new(),
            scans: Slots::new(scans),
            read_time,
            close_time: read_time + Duration::from_secs(1),
        }
    }

    /// Whether a long read is under way.
    pub(super) fn are_scanning(&self) -> bool {
        self.scans.are_used()
    }

    /// Does a read of microseconds, here and now.
    ///
    /// # Errors
    /// That of `read`; `Unavailable` if the database cannot be read.
    pub(super) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.look(read).map_err(|error| match error {
            // It costs nothing: something is wrong with the machine.
            Error::TooCostly => unavailable("a short read took too long"),
            error => error,
        })
    }

    fn look<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let mut lent = self.lend()?;
        let mut reader = match lent.reader.take() {
            Some(reader) => reader,
            None => Reader::new(open::for_reading(&self.path)?),
        };
        let db = reader.look(&self.work)?;
        let (started, read_time) = (Instant::now(), self.read_time);
        db.progress_handler(LOOK_AT_TIME, Some(move || started.elapsed() > read_time))?;
        // A connection on which something failed is not used again.
        let result = read(db)?;
        reader.let_go_if_stale(&self.work)?;
        lent.reader = Some(reader);
        Ok(result)
    }

    fn lend(&self) -> Result<Lent<'_>, Error> {
        let mut pool = self.pool();
        if pool.is_closed {
            return Err(unavailable("the database is being opened again"));
        }
        pool.lent += 1;
        Ok(Lent {
            reader: pool.idle.pop(),
            readers: self,
        })
    }

    /// Has idle connections let go of the log, and reads see what changes, until what this gives is dropped.
    pub(super) fn begin_writing(&self) -> Writing<'_> {
        self.work.begin();
        self.pool()
            .idle
            .retain_mut(|reader| reader.let_go().is_ok());
        Writing { work: &self.work }
    }

    /// Closes all connections, and has none opened until what this gives is dropped. Waits for the reads that are under
    /// way; `None` if there are still some after their time.
    pub(super) fn close(&self) -> Option<Closed<'_>> {
        self.pool().is_closed = true;
        let closed = Closed { readers: self };
        let waited = self
            .back
            .wait_timeout_while(self.pool(), self.close_time, |pool| pool.lent > 0);
        let (mut pool, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        pool.idle.clear();
        drop(pool);
        (!waited.timed_out()).then_some(closed)
    }

    /// All that a tenant can have.
    #[cfg(test)]
    pub(super) async fn take_all_slots(&self, tenant: &str) -> Vec<super::slots::Slot> {
        let mut slots = Vec::new();
        for _ in 0..SCANS.slots_of_a_key {
            slots.extend(self.scans.take(tenant).await);
        }
        slots
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        // Nothing can break it half-way, so a panic elsewhere does not matter.
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does a read that may take long, on another thread. Tenants share these fairly.
    ///
    /// # Errors
    /// As [`Self::read`]; `Overloaded` if too many are under way; `TooCostly` if it takes too long.
    pub(super) async fn scan<T: Send + 'static>(
        self: &Arc<Self>,
        tenant: &TenantId,
        read: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let slot = self.scans.take(tenant.as_str()).await;
        let slot = slot.map_err(|NoSlot| Error::Overloaded {
            retry_after: SCANS.patience,
        })?;
        let readers = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            // Kept to the end of the read, even if the caller is gone by then.
            let _slot = slot;
            readers.look(read)
        })
        .await
        .unwrap_or_else(|panicked| Err(Error::Internal(Box::new(panicked))))
    }
}

/// A connection in use; none if it has yet to be opened, or something failed on it.
struct Lent<'r> {
    reader: Option<Reader>,
    readers: &'r Readers,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut pool = self.readers.pool();
        pool.lent -= 1;
        let mut reader = self.reader.take();
        if pool.is_closed {
            reader = None;
            self.readers.back.notify_all();
        }
        // The writer, when it begins, looks at those that are idle, one after another: none may slip through.
        if let Some(mut reader) = reader
            && pool.idle.len() < IDLE
            && reader.let_go_if_stale(&self.readers.work).is_ok()
        {
            pool.idle.push(reader);
        }
    }
}

/// The writer is at work.
pub(super) struct Writing<'r> {
    work: &'r Work,
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.work.end();
    }
}

/// No connection is open.
pub(super) struct Closed<'r> {
    readers: &'r Readers,
}

impl Drop for Closed<'_> {
    fn drop(&mut self) {
        self.readers.pool().is_closed = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts for hours.
    const ENDLESS: &str =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000000000)
        SELECT count(*) FROM n";

    #[test]
    fn reader_cannot_write() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let opened = open::open(dir.path()).expect("it opens");
        let readers = Readers::new(opened.path);
        let write = readers.read(|db| Ok(db.execute("DELETE FROM connection", [])?));
        assert!(matches!(write, Err(Error::Unavailable(_))), "{write:?}");
    }

    #[tokio::test]
    async fn endless_read_is_stopped() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let opened = open::open(dir.path()).expect("it opens");
        let readers = Arc::new(Readers::with(opened.path, SCANS, Duration::from_millis(10)));
        let count = readers
            .scan(&TenantId::new("t"), |db| {
                Ok(db.query_row(ENDLESS, [], |row| row.get::<_, i64>(0))?)
            })
            .await;
        assert!(matches!(count, Err(Error::TooCostly)), "{count:?}");
    }

    #[test]
    fn closed_readers_have_no_connection_until_they_are_open_again() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let opened = open::open(dir.path()).expect("it opens");
        let readers = &Readers::new(opened.path);
        let one = |db: &Connection| Ok(db.query_row("SELECT 1", [], |row| row.get::<_, i64>(0))?);
        let (started, start) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            let under_way = scope.spawn(move || {
                readers.read(|db| {
                    started.send(()).expect("somebody waits");
                    std::thread::sleep(Duration::from_millis(50));
                    one(db)
                })
            });
            start.recv().expect("it starts");
            let closed = readers.close().expect("reads end");
            assert!(readers.pool().idle.is_empty());
            let refused = readers.read(one);
            assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
            drop(closed);
            assert_eq!(readers.read(one).expect("it reads"), 1);
            let read = under_way.join().expect("no panic");
            assert_eq!(read.expect("it was waited for"), 1);
        });
    }

    #[test]
    fn readers_that_do_not_end_are_open_again() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let opened = open::open(dir.path()).expect("it opens");
        let mut readers = Readers::with(opened.path, SCANS, READ_TIME);
        readers.close_time = Duration::from_millis(10);
        let never_ends = readers.lend().expect("it is open");
        assert!(readers.close().is_none());
        assert!(readers.lend().is_ok());
        drop(never_ends);
    }
}
