//! Reading: connections of their own, which never wait for the writer and cannot write.
//!
//! A read of microseconds runs where it is called, which is faster than handing it over; one that may take long runs on
//! a thread of the blocking pool, a few at a time. All are stopped after a while: a long read transaction also keeps
//! the log from being reset. So do those of idle connections (`snapshot`), which end when the writer begins.

use std::{
    panic::resume_unwind,
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::{
    Error, connect,
    slots::{Limits, NoSlot, Slots},
    snapshot::{Reader, WriterActivity},
};

/// Long reads at the same time, and how many may wait for their turn: they hold their queries, of some kilobytes each.
const SCANS: Limits = Limits {
    slots: 4,
    slots_of_a_key: 3,
    waiting: 256,
    waiting_of_a_key: 64,
    patience: Duration::from_secs(5),
};
/// Large reads at the same time: of so many, what they have read is in memory, even if their callers have gone.
const LARGE_READS: usize = 8;
/// How long any read may run.
pub(crate) const READ_TIME: Duration = Duration::from_secs(5);
/// Instructions of SQLite's machine between two checks of the time: some tens of microseconds.
const CHECK_TIME_AFTER: std::ffi::c_int = 10_000;
/// Connections kept for the next read. There are as many as reads run at once: on threads of the runtime, and in slots.
const IDLE: usize = 32;

pub(crate) struct Readers {
    path: PathBuf,
    writer: WriterActivity,
    pool: Mutex<Pool>,
    /// Told when a connection comes back to a pool that is closed.
    changed: Condvar,
    large_reads: Arc<Semaphore>,
    scans: Arc<Slots>,
    read_time: Duration,
    /// How long the reads that are under way may keep all from being closed.
    close_time: Duration,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Reader>,
    /// Connections in use.
    in_use: usize,
    is_closed: bool,
}

impl Readers {
    pub(crate) fn new(path: PathBuf) -> Arc<Self> {
        Arc::new(Self::with(path, READ_TIME))
    }

    fn with(path: PathBuf, read_time: Duration) -> Self {
        Self {
            path,
            writer: WriterActivity::default(),
            pool: Mutex::default(),
            changed: Condvar::new(),
            large_reads: Arc::new(Semaphore::new(LARGE_READS)),
            scans: Slots::new(SCANS),
            read_time,
            close_time: read_time + Duration::from_secs(1),
        }
    }

    /// See [`crate::Database::read`].
    pub(crate) fn read<T, E: From<Error>>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut used = self.take()?;
        let failed = |error: rusqlite::Error| E::from(Error::unavailable(error));
        let mut reader = match used.reader.take() {
            Some(reader) => reader,
            None => Reader::new(connect::for_reading(&self.path).map_err(failed)?),
        };
        let (started, time) = (Instant::now(), self.read_time);
        let is_over = move || started.elapsed() > time;
        let limited = reader.db.progress_handler(CHECK_TIME_AFTER, Some(is_over));
        limited.map_err(failed)?;
        let db = reader.begin(&self.writer).map_err(failed)?;
        // A connection on which something failed is not used again.
        let too_long = |error| {
            if is_over() {
                Error::TooLong.into()
            } else {
                error
            }
        };
        let result = read(db).map_err(too_long)?;
        // The deadline of one read must not interrupt the next, nor what ends a transaction meanwhile.
        let unlimited = reader.db.progress_handler(0, None::<fn() -> bool>);
        unlimited.map_err(failed)?;
        reader.end_if_outdated(&self.writer).map_err(failed)?;
        used.reader = Some(reader);
        Ok(result)
    }

    /// See [`crate::Database::read_large`].
    pub(crate) async fn read_large<T: Send + 'static, E: From<Error> + Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let permit = Arc::clone(&self.large_reads).acquire_owned().await;
        self.read_elsewhere(permit, read).await
    }

    /// See [`crate::Database::scan`].
    pub(crate) async fn scan<T: Send + 'static, E: From<Error> + Send + 'static>(
        self: &Arc<Self>,
        key: &str,
        read: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let slot = self.scans.take(key).await;
        let slot = slot.map_err(|NoSlot| Error::Overloaded {
            retry_after: SCANS.patience,
        })?;
        self.read_elsewhere(slot, read).await
    }

    /// Reads on another thread, and keeps `permit` to the end of that, even if the caller is gone by then.
    async fn read_elsewhere<T: Send + 'static, E: From<Error> + Send + 'static>(
        self: &Arc<Self>,
        permit: impl Send + 'static,
        read: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let readers = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            readers.read(read)
        });
        match done.await {
            Ok(result) => result,
            Err(failed) if failed.is_panic() => resume_unwind(failed.into_panic()),
            Err(failed) => Err(Error::unavailable(failed).into()),
        }
    }

    /// Ends the transactions of idle connections, so that reads see what changes, until [`Self::end_writing`].
    pub(crate) fn begin_writing(&self) {
        self.writer.begin();
        self.pool().idle.retain_mut(|reader| reader.end().is_ok());
    }

    pub(crate) fn end_writing(&self) {
        self.writer.end();
    }

    /// Closes all connections, and has none opened until what this gives is dropped. Waits for the reads that are under
    /// way; `None` if there are still some after their time.
    pub(crate) fn close(&self) -> Option<Closed<'_>> {
        self.pool().is_closed = true;
        let closed = Closed { readers: self };
        let waited = self
            .changed
            .wait_timeout_while(self.pool(), self.close_time, |pool| pool.in_use > 0);
        let (mut pool, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        pool.idle.clear();
        drop(pool);
        (!waited.timed_out()).then_some(closed)
    }

    fn take(&self) -> Result<InUse<'_>, Error> {
        let mut pool = self.pool();
        if pool.is_closed {
            // For milliseconds, unless a long read is under way: to wait here would keep a thread of the runtime busy.
            return Err(Error::unavailable("the database is being opened again"));
        }
        pool.in_use += 1;
        Ok(InUse {
            reader: pool.idle.pop(),
            readers: self,
        })
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        // Nothing can break it half-way, so a panic elsewhere does not matter.
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection in use; none if it has yet to be opened, or something failed on it.
struct InUse<'r> {
    reader: Option<Reader>,
    readers: &'r Readers,
}

impl Drop for InUse<'_> {
    fn drop(&mut self) {
        let mut pool = self.readers.pool();
        pool.in_use -= 1;
        let mut reader = self.reader.take();
        if pool.is_closed {
            reader = None;
            self.readers.changed.notify_all();
        }
        // The writer, when it begins, visits those that are idle, one after another: none may slip through.
        if let Some(mut reader) = reader
            && pool.idle.len() < IDLE
            && reader.end_if_outdated(&self.readers.writer).is_ok()
        {
            pool.idle.push(reader);
        }
    }
}

/// No connection is open.
pub(crate) struct Closed<'r> {
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
    use crate::open::tests::opened;

    /// Counts for hours.
    const ENDLESS: &str =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000000000)
        SELECT count(*) FROM n";

    type Outcome<T> = Result<T, TestError>;

    /// Anything that went wrong.
    #[derive(Debug)]
    enum TestError {
        Ours(Error),
        Sql(#[expect(dead_code, reason = "shown when a test fails")] rusqlite::Error),
    }

    impl From<Error> for TestError {
        fn from(error: Error) -> Self {
            Self::Ours(error)
        }
    }

    impl From<rusqlite::Error> for TestError {
        fn from(error: rusqlite::Error) -> Self {
            Self::Sql(error)
        }
    }

    fn one(db: &Connection) -> Outcome<i64> {
        Ok(db.query_row("SELECT 1", [], |row| row.get(0))?)
    }

    #[test]
    fn reader_cannot_write() {
        let (_dir, opened) = opened();
        let readers = Readers::new(opened.path);
        let write = readers.read(|db| -> Outcome<_> { Ok(db.execute("DELETE FROM t", [])?) });
        assert!(matches!(write, Err(TestError::Sql(_))), "{write:?}");
    }

    #[tokio::test]
    async fn endless_read_is_stopped() {
        let (_dir, opened) = opened();
        let readers = Arc::new(Readers::with(opened.path, Duration::from_millis(10)));
        let count = readers
            .scan("key", |db| -> Outcome<i64> {
                Ok(db.query_row(ENDLESS, [], |row| row.get(0))?)
            })
            .await;
        assert!(
            matches!(count, Err(TestError::Ours(Error::TooLong))),
            "{count:?}"
        );
    }

    #[tokio::test]
    async fn large_reads_run_elsewhere_some_at_a_time() {
        let (_dir, opened) = opened();
        let readers = Readers::new(opened.path);
        let here = std::thread::current().id();
        let elsewhere = readers.read_large(move |_| -> Outcome<_> {
            assert_ne!(std::thread::current().id(), here);
            Ok(())
        });
        elsewhere.await.expect("it reads");
        let (release, held) = std::sync::mpsc::channel::<()>();
        let held = Arc::new(Mutex::new(held));
        for _ in 0..LARGE_READS {
            let (readers, held) = (Arc::clone(&readers), Arc::clone(&held));
            let wait = move |_: &Connection| -> Outcome<()> {
                let _ = held.lock().expect("no panic").recv();
                Ok(())
            };
            // The caller is gone, the read is not.
            let read = readers.read_large(wait);
            let moment = Duration::from_millis(10);
            assert!(tokio::time::timeout(moment, read).await.is_err());
        }
        let next = readers.read_large(one);
        tokio::pin!(next);
        let moment = Duration::from_millis(50);
        assert!(tokio::time::timeout(moment, &mut next).await.is_err());
        drop(release);
        assert_eq!(next.await.expect("it reads"), 1);
    }

    #[test]
    fn deadline_of_a_read_ends_with_it() {
        let (_dir, opened) = opened();
        let time = Duration::from_millis(200);
        let readers = Readers::with(opened.path, time);
        readers.read(one).expect("it reads");
        std::thread::sleep(time * 2);
        let mut idle = readers.pool().idle.pop().expect("it is kept");
        let db = idle.begin(&readers.writer).expect("it begins");
        // Longer than what is not looked at.
        let few = ENDLESS.replace("1000000000000", "100000");
        let count: i64 = db.query_row(&few, [], |row| row.get(0)).expect("it counts");
        assert_eq!(count, 100_000);
    }

    #[test]
    fn reads_are_refused_while_all_connections_are_closed() {
        let (_dir, opened) = opened();
        let readers = &Readers::new(opened.path);
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
            let read = under_way.join().expect("no panic");
            assert_eq!(read.expect("it was waited for"), 1);
            let refused = readers.read(one);
            assert!(
                matches!(refused, Err(TestError::Ours(Error::Unavailable(_)))),
                "{refused:?}"
            );
            drop(closed);
            assert_eq!(readers.read(one).expect("it reads"), 1);
        });
    }

    #[test]
    fn readers_that_do_not_end_are_open_again() {
        let (_dir, opened) = opened();
        let mut readers = Readers::with(opened.path, READ_TIME);
        readers.close_time = Duration::from_millis(10);
        let never_ends = readers.take().expect("it is open");
        assert!(readers.close().is_none());
        assert!(readers.take().is_ok());
        drop(never_ends);
    }
}
