//! Reading: connections of their own, which never wait for the writer and cannot write.
//!
//! A read of microseconds runs where it is called, which is faster than handing it over; one that may take long runs
//! on a thread of the blocking pool, a few at a time. All are stopped after a while: a long read also keeps the
//! write-ahead log from being emptied.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::domain::Error;

use super::open;

/// Long reads at the same time.
const SCANS: usize = 4;
/// How long a long read may wait for its turn.
const SCAN_WAIT: Duration = Duration::from_secs(5);
const READ_TIME: Duration = Duration::from_secs(5);
/// Instructions of SQLite's machine between two looks at the time: some tens of microseconds.
const LOOK_AT_TIME: std::ffi::c_int = 10_000;
/// Connections kept for the next read. There are as many as reads run at once: threads of the runtime, and `SCANS`.
const IDLE: usize = 32;

pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    scans: Arc<Semaphore>,
    /// How long any read may run.
    read_time: Duration,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Arc<Self> {
        Arc::new(Self {
            path,
            idle: Mutex::default(),
            scans: Arc::new(Semaphore::new(SCANS)),
            read_time: READ_TIME,
        })
    }

    /// Does a read of microseconds, here and now.
    ///
    /// # Errors
    /// That of `read`; `Unavailable` if the database cannot be read.
    pub(super) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let idle = self.idle().pop();
        let db = match idle {
            Some(db) => db,
            None => open::for_reading(&self.path)?,
        };
        let (started, read_time) = (Instant::now(), self.read_time);
        db.progress_handler(LOOK_AT_TIME, Some(move || started.elapsed() > read_time))?;
        // A connection on which something failed is not used again.
        let result = read(&db)?;
        let mut idle = self.idle();
        if idle.len() < IDLE {
            idle.push(db);
        }
        Ok(result)
    }

    /// Does a read that may take long, on another thread.
    ///
    /// # Errors
    /// As [`Self::read`]; `Overloaded` if too many are under way.
    pub(super) async fn scan<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let turn = Arc::clone(&self.scans).acquire_owned();
        let turn = tokio::time::timeout(SCAN_WAIT, turn)
            .await
            .map_err(|_| Error::Overloaded {
                retry_after: SCAN_WAIT,
            })?;
        let readers = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            // Kept to the end of the read, even if the caller is gone by then.
            let _turn = turn;
            readers.read(read)
        })
        .await
        .unwrap_or_else(|panicked| Err(Error::Internal(Box::new(panicked))))
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // Nothing can break the list half-way, so a panic elsewhere does not matter.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
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
        let readers = Arc::new(Readers {
            path: opened.path,
            idle: Mutex::default(),
            scans: Arc::new(Semaphore::new(1)),
            read_time: Duration::from_millis(10),
        });
        let count = readers
            .scan(|db| Ok(db.query_row(ENDLESS, [], |row| row.get::<_, i64>(0))?))
            .await;
        assert!(matches!(count, Err(Error::Unavailable(_))), "{count:?}");
    }
}
