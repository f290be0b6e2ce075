//! The write-ahead log: when it is moved into the database (SQLite calls that a checkpoint), and what follows when that
//! fails. Most of it is moved by a thread of its own (`mover`), and the rest by the writer, which alone can make sure that
//! nothing comes behind it: only a log of which nothing is left begins anew.
//!
//! SQLite syncs the database only when a checkpoint reaches the end of the log, but counts what one before it has moved,
//! if the log grew meanwhile or a reader that needed the rest was in its way. Should the sync fail, the kernel takes those
//! pages for written (`fsync(2)` reports an error once), and the next checkpoint moves and syncs only what comes behind
//! them. Then the log would begin anew, and they would be nowhere. So what counts as moved is compared with what is known
//! to be synced, and after a failure, where there is more of it, the count is not believed: it lies in memory that all
//! connections share, and is made anew, with nothing in it, when all of them have been closed.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, ffi};

use super::{
    mover::{FEW, Moved, Mover},
    open::BUSY,
    reader::READ_TIME,
};

/// Of a page as SQLite makes them. A frame of the log holds one.
const PAGE_BYTES: u64 = 4 * 1024;
/// Length past which the log of a small database is moved, frames: 64 MiB.
const LEAST: u32 = 16 * 1024;
/// The same of a large one: 512 MiB, which take a fifth of a second to read after a crash.
const MOST: u32 = 128 * 1024;
/// How long a reader may be in the way of a log that is not long: for most of them it takes microseconds.
const PATIENCE: Duration = Duration::from_millis(100);
/// The same for one that is: those that need its older part, and then those that came meanwhile.
const LONG_PATIENCE: Duration = READ_TIME.saturating_mul(2).saturating_add(BUSY);

// Source: SQLite, `PRAGMA wal_checkpoint`.
pub(super) const COUNT: &str = "PRAGMA wal_checkpoint(NOOP)";
/// As far as readers allow, and the writer alone adds to it.
const MOVE: &str = "PRAGMA wal_checkpoint(FULL)";
/// And begins it anew, when no reader is in it.
const EMPTY: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// Source: SQLite, file format, section 4.1, "WAL File Format".
const HEADER_BYTES: u64 = 32;
const FRAME_HEADER_BYTES: u64 = 24;

/// What the writer knows of the log.
pub(super) struct Log {
    /// Of the database.
    path: PathBuf,
    /// The same as a file, which this keeps open.
    database: Arc<File>,
    /// Moves the log now.
    mover: Option<Mover>,
    /// Its length at the last attempt to move it, frames.
    attempted: u32,
    /// Frames from its beginning that are in the database and synced there.
    synced: u32,
    /// There is no mover then.
    trouble: Option<Trouble>,
}

/// The last attempt to move it has failed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The next attempt makes up for it.
    Failed,
    /// The next attempt would pass over frames that are not in the database.
    Miscounted,
}

/// Frames, by SQLite's count.
pub(super) struct Frames {
    pub(super) all: u32,
    /// Those at the beginning that have been written to the database.
    pub(super) moved: u32,
}

impl Log {
    /// Of the database at `path`, which is open as `database`.
    pub(super) fn new(path: PathBuf, database: Arc<File>) -> Self {
        Self {
            path,
            database,
            mover: None,
            attempted: 0,
            synced: 0,
            trouble: None,
        }
    }

    pub(super) fn trouble(&self) -> Option<Trouble> {
        self.trouble
    }

    /// Forgets all about it: it was read anew, and is safe.
    pub(super) fn forget(&mut self) {
        (self.attempted, self.synced, self.trouble) = (0, 0, None);
    }

    /// Has it moved if it has become long enough. As long as it is not very long, waits until nobody is `scanning`: a long
    /// read would be in the way.
    ///
    /// # Errors
    /// The disk's. No write is lost by it, and [`Self::trouble`] says what is needed.
    pub(super) fn tidy(&mut self, db: &Connection, scanning: bool) -> rusqlite::Result<()> {
        let frames = frames(db, COUNT)?;
        self.note(&frames);
        let usual = usual_length(db, &self.database)?;
        let is_due = frames.all >= usual.max(self.attempted.saturating_add(usual.min(LEAST)));
        if is_due && frames.all >= too_long(usual) {
            self.wait_for_mover(db)?;
            return self.checkpoint(db, EMPTY, LONG_PATIENCE);
        }
        if let Some(mover) = &self.mover {
            if !mover.is_finished() {
                return Ok(());
            }
            self.wait_for_mover(db)?;
            if !scanning {
                return self.checkpoint(db, MOVE, PATIENCE);
            }
        }
        if scanning || !is_due {
            return Ok(());
        }
        self.attempted = frames.all;
        match Mover::start(self.path.clone(), Arc::clone(&self.database)) {
            Ok(mover) => self.mover = Some(mover),
            // There are too many threads.
            Err(_) => self.checkpoint(db, MOVE, PATIENCE)?,
        }
        Ok(())
    }

    /// Waits until nobody moves it.
    ///
    /// # Errors
    /// As [`Self::tidy`].
    pub(super) fn wait_for_mover(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let Some(mover) = self.mover.take() else {
            return Ok(());
        };
        let Moved { synced, outcome } = mover.wait();
        let is_the_same_log = self.attempted > 0;
        if is_the_same_log {
            self.synced = self.synced.max(synced);
        }
        outcome.inspect_err(|_| self.note_failure(db))
    }

    /// Moves it after an attempt that has failed.
    ///
    /// # Errors
    /// As [`Self::tidy`].
    pub(super) fn retry(&mut self, db: &Connection) -> rusqlite::Result<()> {
        self.checkpoint(db, MOVE, PATIENCE)
    }

    fn checkpoint(
        &mut self,
        db: &Connection,
        how: &str,
        patience: Duration,
    ) -> rusqlite::Result<()> {
        db.busy_timeout(patience)?;
        let moved = frames(db, how);
        db.busy_timeout(BUSY)?;
        match moved {
            // The next attempt is as good.
            Err(error) if is_busy(&error) && self.trouble.is_none() => Ok(()),
            Err(error) => {
                self.note_failure(db);
                Err(error)
            }
            Ok(frames) => {
                self.note(&frames);
                self.attempted = frames.all;
                self.trouble = None;
                Ok(())
            }
        }
    }

    fn note_failure(&mut self, db: &Connection) {
        let is_miscounted = frames(db, COUNT).map_or(true, |now| now.moved > self.synced);
        self.trouble = Some(if is_miscounted {
            Trouble::Miscounted
        } else {
            Trouble::Failed
        });
    }

    fn note(&mut self, frames: &Frames) {
        if frames.all < self.attempted {
            // It has begun anew.
            self.attempted = 0;
        }
        self.synced = if frames.moved == frames.all {
            // A checkpoint has reached the end.
            frames.all
        } else {
            self.synced.min(frames.moved)
        };
    }
}

/// Length past which the log is moved, frames: that of three databases. Several changes of a page then cost one write of it
/// to the database; where they lie all over a large one, there would be nearly as many writes as changes otherwise. On a
/// disk that is nearly full it is less: to be moved, the log may need as much room again.
///
/// # Errors
/// The disk's.
fn usual_length(db: &Connection, database: &File) -> rusqlite::Result<u32> {
    let pages: u32 = db
        .prepare_cached("PRAGMA page_count")?
        .query_row([], |row| row.get(0))?;
    let room = u32::try_from(room(database) / 2 / PAGE_BYTES).unwrap_or(u32::MAX);
    Ok(pages
        .saturating_mul(3)
        .clamp(LEAST, MOST)
        .min(room.max(FEW)))
}

/// Length past which the writer waits for all readers to leave the log, however long they read, frames.
const fn too_long(usual: u32) -> u32 {
    2 * usual + 2 * LEAST
}

/// What is left of the disk that a file is on, bytes; no end of it where nobody knows.
#[cfg(unix)]
fn room(file: &File) -> u64 {
    match rustix::fs::fstatvfs(file) {
        Ok(disk) if disk.f_blocks > 0 => disk.f_bavail.saturating_mul(disk.f_frsize),
        _ => u64::MAX,
    }
}

#[cfg(not(unix))]
const fn room(_: &File) -> u64 {
    u64::MAX
}

/// What is there after a checkpoint of a kind.
///
/// # Errors
/// The disk's; `SQLITE_BUSY` if another program has one under way.
pub(super) fn frames(db: &Connection, how: &str) -> rusqlite::Result<Frames> {
    db.prepare_cached(how)?.query_row([], |row| {
        // The column before them says whether readers were in the way: then fewer are moved.
        let (all, moved): (i64, i64) = (row.get(1)?, row.get(2)?);
        let (Ok(all), Ok(moved)) = (all.try_into(), moved.try_into()) else {
            let why = "another checkpoint is under way".into();
            return Err(failure(ffi::SQLITE_BUSY, why));
        };
        Ok(Frames { all, moved })
    })
}

pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}

/// Whether the count was made anew when this connection, the first one, was opened.
///
/// # Errors
/// The disk's.
pub(super) fn is_counted_anew(db: &Connection) -> rusqlite::Result<bool> {
    look(db)?;
    Ok(frames(db, COUNT)?.moved == 0)
}

/// Makes sure of a log that was just read anew from its file, `path` being the database.
///
/// The last transaction may be one that a sync failed to write: it can be read, but the kernel takes it for written and no
/// later sync would bring it to the disk, nor, therefore, what came to stand behind it. So it is written again. Those
/// before it are on the disk: a writer writes over what it could not sync.
///
/// # Errors
/// The disk's.
pub(super) fn secure(db: &Connection, path: &Path) -> rusqlite::Result<()> {
    look(db)?;
    let Frames { all, .. } = frames(db, COUNT)?;
    if all == 0 {
        return Ok(());
    }
    let page: u32 = db.pragma_query_value(None, "page_size", |row| row.get(0))?;
    // Keeps another program from changing it meanwhile.
    db.execute_batch("BEGIN IMMEDIATE")?;
    let rewritten = rewrite_last_transaction(&path.with_extension("db-wal"), page.into(), all);
    db.execute_batch("ROLLBACK")?;
    rewritten.map_err(|error| disk_failure(&error))
}

/// Has SQLite look at the log, which it does when something is read.
fn look(db: &Connection) -> rusqlite::Result<()> {
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

/// Writes the last transaction of a log again, of which `all` frames of a page each are in use.
fn rewrite_last_transaction(log: &Path, page: u64, all: u32) -> std::io::Result<()> {
    let mut file = File::options().read(true).write(true).open(log)?;
    let start_of = |frame| HEADER_BYTES + u64::from(frame) * (FRAME_HEADER_BYTES + page);
    let mut first = all - 1;
    while first > 0 && !is_commit(&mut file, start_of(first - 1))? {
        first -= 1;
    }
    // The header is as new as the first transaction.
    let start = if first == 0 { 0 } else { start_of(first) };
    rewrite(&mut file, start, start_of(all))
}

/// Whether the frame that starts here is the last one of its transaction.
fn is_commit(file: &mut File, start: u64) -> std::io::Result<bool> {
    let mut header = [0; 8];
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(&mut header)?;
    let [_, _, _, _, pages_after_commit @ ..] = header;
    Ok(pages_after_commit != [0; 4])
}

/// Writes what stands in a part of a file again, and syncs the file.
fn rewrite(file: &mut File, start: u64, end: u64) -> std::io::Result<()> {
    let mut part = Vec::new();
    let mut at = start;
    while at < end {
        part.clear();
        file.seek(SeekFrom::Start(at))?;
        file.take((end - at).min(1024 * 1024))
            .read_to_end(&mut part)?;
        if part.is_empty() {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&part)?;
        at += part.len() as u64;
    }
    file.sync_all()
}

/// An error of the disk in SQLite's form.
pub(super) fn disk_failure(error: &std::io::Error) -> rusqlite::Error {
    failure(ffi::SQLITE_IOERR, error.to_string())
}

fn failure(code: std::ffi::c_int, why: String) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some(why))
}
