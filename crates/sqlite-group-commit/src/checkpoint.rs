//! Copying the write-ahead log into the database (a checkpoint) while the writer adds to it, so that nobody waits for
//! it: a thread with a connection of its own, each time.
//!
//! SQLite syncs the database only when a checkpoint reaches the end of the log, which it does not while that grows; so
//! it is synced here, or the writer would have to wait for that when it copies the rest. If any of it fails, SQLite may
//! count pages as copied that are not on the disk: then the writer opens the database again before it writes, see
//! there.

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
    thread::JoinHandle,
};

use rusqlite::{Connection, Error, ErrorCode, ffi};

use crate::connect;

// Source: SQLite, `PRAGMA wal_checkpoint`.
pub(crate) const COUNT: &str = "PRAGMA wal_checkpoint(NOOP)";
/// As far as readers allow, and as the log is now.
pub(crate) const PASSIVE: &str = "PRAGMA wal_checkpoint(PASSIVE)";
/// All of it, once readers are out of the way.
pub(crate) const RESTART: &str = "PRAGMA wal_checkpoint(RESTART)";
/// The same, and the file is emptied.
pub(crate) const TRUNCATE: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// Each copies what came during the one before, which takes a third of its time; the writer copies the little rest.
const ROUNDS: u32 = 3;

/// The log, in frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Log {
    pub(crate) all: u32,
    /// Those at the beginning that SQLite has copied into the database.
    pub(crate) copied: u32,
}

impl Log {
    pub(crate) fn is_complete(self) -> bool {
        self.copied == self.all
    }
}

/// Does a checkpoint of a kind.
///
/// # Errors
/// The disk's; `SQLITE_BUSY` if another one is under way, or readers are in the way of all of it.
pub(crate) fn run(db: &Connection, kind: &str) -> rusqlite::Result<Log> {
    db.prepare_cached(kind)?.query_row([], |row| {
        let (all, copied): (i64, i64) = (row.get(1)?, row.get(2)?);
        let (Ok(all), Ok(copied)) = (all.try_into(), copied.try_into()) else {
            let why = "another checkpoint is under way".into();
            return Err(failure(ffi::SQLITE_BUSY, why));
        };
        Ok(Log { all, copied })
    })
}

pub(crate) fn is_busy(error: &Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}

/// One that is under way beside the writer.
pub(crate) struct Checkpoint(JoinHandle<rusqlite::Result<()>>);

impl Checkpoint {
    /// Starts to copy the log of the database at `path`, which is open as `database`.
    ///
    /// # Errors
    /// That no thread can be had.
    pub(crate) fn start(path: PathBuf, database: Arc<File>) -> std::io::Result<Self> {
        std::thread::Builder::new()
            .name("checkpoint".into())
            .spawn(move || match copy_most(&path, &database) {
                // Another program does it.
                Err(error) if is_busy(&error) => Ok(()),
                outcome => outcome,
            })
            .map(Self)
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.0.is_finished()
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn wait(self) -> rusqlite::Result<()> {
        self.0.join().unwrap_or(Err(Error::UnwindingPanic))
    }
}

fn copy_most(path: &Path, database: &File) -> rusqlite::Result<()> {
    let db = connect::for_writing(path)?;
    for _ in 0..ROUNDS {
        run(&db, PASSIVE)?;
        database
            .sync_data()
            .map_err(|error| failure(ffi::SQLITE_IOERR, error.to_string()))?;
    }
    Ok(())
}

/// An error in SQLite's form.
fn failure(code: std::ffi::c_int, why: String) -> Error {
    Error::SqliteFailure(ffi::Error::new(code), Some(why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::tests::opened;

    #[test]
    fn checkpoint_copies_what_readers_allow() {
        let (_dir, opened) = opened();
        let database = Arc::new(opened.database);
        let write = || {
            let insert = "INSERT INTO t VALUES (1)";
            opened.db.execute(insert, []).expect("it writes");
            run(&opened.db, COUNT).expect("it counts").all
        };
        let copied = || {
            let started = Checkpoint::start(opened.path.clone(), Arc::clone(&database));
            started.expect("a thread").wait().expect("it copies");
            run(&opened.db, COUNT).expect("it counts").copied
        };
        let early = write();
        let reader = connect::for_reading(&opened.path).expect("it opens");
        reader
            .execute_batch("BEGIN; SELECT * FROM t")
            .expect("it reads");
        let all = write();
        assert!(early < all);
        assert_eq!(copied(), early);
        drop(reader);
        assert_eq!(copied(), all);
    }

    #[test]
    fn checkpoint_that_cannot_read_says_why() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let database = Arc::new(tempfile::tempfile().expect("a file"));
        let started = Checkpoint::start(dir.path().join("absent"), database);
        assert!(started.expect("a thread").wait().is_err());
    }
}
