//! Moving the log into the database while the writer adds to it, so that nobody waits for it: a thread, with a connection of
//! its own, each time.
//!
//! SQLite does not sync what it moves from a log that grows meanwhile, so it is done here, or the writer would have to wait
//! for that when it moves the rest.

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
    thread::JoinHandle,
};

use rusqlite::Error;

use super::{
    log::{self, COUNT, frames},
    open,
};

/// Each moves what came during the one before, which takes a third of its time.
const ROUNDS: u32 = 4;
/// Frames that the writer moves as fast as it does anything else.
pub(super) const FEW: u32 = 1024;

/// As far as readers allow, and as it is now. Source: SQLite, `PRAGMA wal_checkpoint`.
const MOVE: &str = "PRAGMA wal_checkpoint(PASSIVE)";

pub(super) struct Mover(JoinHandle<Moved>);

/// What has become of an attempt.
pub(super) struct Moved {
    /// Frames from the beginning of the log that are in the database and synced there, if it has not begun anew since.
    pub(super) synced: u32,
    /// The disk's error, if that was the end of it: more may count as moved than is synced.
    pub(super) outcome: rusqlite::Result<()>,
}

impl Mover {
    /// Starts to move the log of the database at `path`, which is open as `database`. To close that would take away the
    /// locks of all connections to it (sqlite.org/howtocorrupt.html, section 2.2), so it has to outlive them.
    ///
    /// # Errors
    /// That no thread can be had.
    pub(super) fn start(path: PathBuf, database: Arc<File>) -> std::io::Result<Self> {
        std::thread::Builder::new()
            .name("store-log".into())
            .spawn(move || {
                let mut synced = 0;
                let outcome = match move_most(&path, &database, &mut synced) {
                    // Another program moves it.
                    Err(error) if log::is_busy(&error) => Ok(()),
                    outcome => outcome,
                };
                Moved { synced, outcome }
            })
            .map(Self)
    }

    pub(super) fn is_finished(&self) -> bool {
        self.0.is_finished()
    }

    /// Waits for it.
    pub(super) fn wait(self) -> Moved {
        self.0.join().unwrap_or_else(|_| Moved {
            synced: 0,
            outcome: Err(Error::UnwindingPanic),
        })
    }
}

fn move_most(path: &Path, database: &File, synced: &mut u32) -> rusqlite::Result<()> {
    let db = open::again(path)?;
    for _ in 0..ROUNDS {
        let moved = frames(&db, MOVE)?.moved;
        database
            .sync_data()
            .map_err(|error| log::disk_failure(&error))?;
        *synced = moved;
        if frames(&db, COUNT)?.all.saturating_sub(moved) <= FEW {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mover_moves_what_readers_allow_and_says_so() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let opened = open::open(dir.path()).expect("it opens");
        let database = Arc::new(opened.database);
        let write = |tenant| {
            let insert = "INSERT INTO scope (tenant, app) VALUES (?, 'a')";
            opened.db.execute(insert, [tenant]).expect("it writes");
            frames(&opened.db, COUNT).expect("it counts").all
        };
        let synced = || {
            let started = Mover::start(opened.path.clone(), Arc::clone(&database));
            let Moved { synced, outcome } = started.expect("a thread").wait();
            outcome.expect("it moves");
            synced
        };
        let early = write("one");
        let reader = open::for_reading(&opened.path).expect("it opens");
        let look = "BEGIN; SELECT * FROM scope";
        reader.execute_batch(look).expect("it reads");
        let all = write("two");
        assert!(early < all);
        assert_eq!(synced(), early);
        drop(reader);
        assert_eq!(synced(), all);
    }

    #[test]
    fn mover_that_cannot_read_says_why() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let database = Arc::new(tempfile::tempfile().expect("a file"));
        let started = Mover::start(dir.path().join("absent"), database);
        let Moved { synced, outcome } = started.expect("a thread").wait();
        assert_eq!(synced, 0);
        assert!(outcome.is_err());
    }
}
