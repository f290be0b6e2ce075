//! Moving the log into the database while the writer adds to it, so that nobody waits for it: a thread, with a connection of
//! its own, each time.
//!
//! SQLite does not sync what it moves from a log that grows meanwhile, so it is done here, or the writer would have to wait
//! for that when it moves the rest. What this has moved counts as synced only then: see `log`.

use std::{fs::File, path::PathBuf, sync::Arc, thread::JoinHandle};

use rusqlite::{Connection, Error};

use super::{
    log::{self, COUNT, frames},
    open,
};

/// Each moves what came during the one before, which takes a third of its time.
const ROUNDS: u32 = 4;
/// Frames that the writer moves as fast as it does anything else.
const FEW: u32 = 1024;

/// As far as readers allow, and as it is now. Source: SQLite, `PRAGMA wal_checkpoint`.
const MOVE: &str = "PRAGMA wal_checkpoint(PASSIVE)";

pub(super) struct Mover(JoinHandle<rusqlite::Result<()>>);

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
                match open::again(&path).and_then(|db| move_most(&db, &database)) {
                    // Another program moves it, and what has been moved here is synced.
                    Err(error) if log::is_busy(&error) => Ok(()),
                    done => done,
                }
            })
            .map(Self)
    }

    pub(super) fn is_finished(&self) -> bool {
        self.0.is_finished()
    }

    /// Waits for it.
    ///
    /// # Errors
    /// The disk's: what is counted as moved may not be synced.
    pub(super) fn wait(self) -> rusqlite::Result<()> {
        let panicked = |_| Err(Error::UnwindingPanic);
        self.0.join().unwrap_or_else(panicked)
    }
}

fn move_most(db: &Connection, database: &File) -> rusqlite::Result<()> {
    for _ in 0..ROUNDS {
        frames(db, MOVE)?;
        database
            .sync_data()
            .map_err(|error| log::disk_failure(&error))?;
        let now = frames(db, COUNT)?;
        if now.all.saturating_sub(now.moved) <= FEW {
            break;
        }
    }
    Ok(())
}
