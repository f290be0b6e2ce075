//! Notices a write-ahead log that belongs to another database file: when a backup is copied over the files of a server
//! that crashed, the log of that server is still there, and SQLite would apply it to the backup.
//!
//! One row names the generation of the log, the time from one reset of it to the next, by random identifiers. The first
//! transaction of a generation names the one before it (`base`) and itself (`opened`); the last transaction before all
//! of the log is copied names the end (`sealed`). So the database file without its log has one of the three, or is of the
//! same generation or ahead, as after failures of the disk. A backup of an earlier generation is neither. (A log that
//! another program has reset looks as it did before, and a copy of the same generation is the same pages; `quick_check`
//! is for what remains.)
//!
//! The row has its identifiers twice: where they differ, the disk failed in the middle of it while the log was copied, and
//! the log has it whole.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row};

type Id = [u8; 16];

const NONE: Id = [0; 16];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Generation {
    base: Id,
    opened: Id,
    sealed: Id,
}

impl Generation {
    /// The identifier of the newest transaction that named one.
    fn newest(&self) -> Id {
        if self.sealed == NONE {
            self.opened
        } else {
            self.sealed
        }
    }

    fn bytes(&self) -> Vec<u8> {
        [self.base, self.opened, self.sealed].concat()
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            base: row.get(0)?,
            opened: row.get(1)?,
            sealed: row.get(2)?,
        })
    }
}

/// What the database file says without its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WithoutLog {
    Is(Generation),
    /// It is older than generations, or empty.
    HasNone,
    /// A crash while the log was copied leaves it so.
    Unreadable,
}

/// Reads it. No connection may be open: to close this one takes away their locks (sqlite.org/howtocorrupt.html, section
/// 2.2).
pub(crate) fn without_log(path: &Path) -> WithoutLog {
    let read = || {
        let escaped = path.to_str()?.replace('%', "%25");
        let escaped = escaped.replace('?', "%3f").replace('#', "%23");
        // Such a connection does not look for a log. Source: SQLite, "Uniform Resource Identifiers".
        let uri = format!("file:{escaped}?immutable=1");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let db = Connection::open_with_flags(uri, flags).ok()?;
        current(&db).ok()
    };
    match read() {
        Some(Some((generation, copy))) if copy == generation.bytes() => WithoutLog::Is(generation),
        Some(None) => WithoutLog::HasNone,
        Some(Some(_)) | None => WithoutLog::Unreadable,
    }
}

/// Whether the log belongs to the file: `db` sees both.
///
/// # Errors
/// The disk's, or that the two do not fit together.
pub(crate) fn log_belongs(without_log: WithoutLog, db: &Connection) -> rusqlite::Result<bool> {
    let with_log = current(db)?.map(|(generation, _)| generation);
    Ok(match (without_log, with_log) {
        (WithoutLog::Unreadable, _) | (WithoutLog::HasNone, None) => true,
        (WithoutLog::HasNone, Some(with_log)) => with_log.base == NONE,
        (WithoutLog::Is(_), None) => false,
        (WithoutLog::Is(file), Some(with_log)) => is_of(file, with_log),
    })
}

/// Whether the row in the file is one that a log with this row may find there: of its generation, or of the end of the one
/// before. After a failure of the disk the file may also be ahead of what is left of the log; a backup that was restored is
/// behind it.
///
/// Not inlined: LLVM 22 takes more than half an hour over these comparisons where they become part of a larger function
/// (vector-combine).
#[inline(never)]
fn is_of(file: Generation, with_log: Generation) -> bool {
    let names = |row: Generation, id| [row.base, row.opened, row.sealed].contains(&id);
    names(with_log, file.newest())
        || names(file, with_log.newest())
        || file.opened == with_log.opened
}

/// The row, and its identifiers as they stand there once more.
fn current(db: &Connection) -> rusqlite::Result<Option<(Generation, Vec<u8>)>> {
    let table = "SELECT count(*) FROM sqlite_schema WHERE name = 'log_generation'";
    if db.query_row(table, [], |row| row.get::<_, u32>(0))? == 0 {
        return Ok(None);
    }
    let select = "SELECT base, opened, sealed, again FROM log_generation";
    let read = |row: &Row<'_>| Ok((Generation::read(row)?, row.get(3)?));
    db.query_row(select, [], read).optional()
}

/// Makes the row if there is none.
///
/// # Errors
/// The disk's.
pub(crate) fn create(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "CREATE TABLE IF NOT EXISTS log_generation (
             one    INTEGER PRIMARY KEY CHECK (one = 1),
             base   BLOB NOT NULL,
             opened BLOB NOT NULL,
             sealed BLOB NOT NULL,
             again  BLOB NOT NULL
         ) STRICT",
    )?;
    let insert = "INSERT INTO log_generation
                  VALUES (1, zeroblob(16), ?1, zeroblob(16), CAST(zeroblob(16) || ?1 || zeroblob(16) AS BLOB))
                  ON CONFLICT DO NOTHING";
    db.execute(insert, [new_id(db)?]).map(drop)
}

fn new_id(db: &Connection) -> rusqlite::Result<Id> {
    db.query_row("SELECT randomblob(16)", [], |row| row.get(0))
}

/// Names the end of the generation, before all of the log is copied.
///
/// # Errors
/// The disk's.
pub(crate) fn seal(db: &Connection) -> rusqlite::Result<()> {
    let seal = "UPDATE log_generation SET sealed = ?1, again = CAST(base || opened || ?1 AS BLOB)
                WHERE sealed = zeroblob(16)";
    db.prepare_cached(seal)?.execute([new_id(db)?]).map(drop)
}

/// Begins a generation after one whose end is in the database file.
///
/// # Errors
/// The disk's.
pub(crate) fn begin(db: &Connection) -> rusqlite::Result<()> {
    let begin = "UPDATE log_generation SET base = sealed, opened = ?1, sealed = zeroblob(16),
                     again = CAST(sealed || ?1 || zeroblob(16) AS BLOB)
                 WHERE sealed <> zeroblob(16)";
    db.prepare_cached(begin)?.execute([new_id(db)?]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(base: u8, opened: u8, sealed: u8) -> Generation {
        let [base, opened, sealed] = [base, opened, sealed].map(|id| [id; 16]);
        Generation {
            base,
            opened,
            sealed,
        }
    }

    #[test]
    fn row_has_its_identifiers_twice() {
        let db = Connection::open_in_memory().expect("memory suffices");
        let is_whole = || {
            let (generation, again) = current(&db).expect("it reads").expect("a row");
            assert_eq!(again, generation.bytes());
            generation
        };
        create(&db).expect("it writes");
        let first = is_whole();
        seal(&db).expect("it writes");
        let sealed = is_whole();
        assert!(is_of(first, sealed) && is_of(sealed, sealed));
        begin(&db).expect("it writes");
        let next = is_whole();
        assert!(is_of(sealed, next) && !is_of(first, next));
    }

    #[test]
    fn row_of_another_generation_does_not_belong_unless_it_is_ahead() {
        let next = row(3, 4, 0);
        for file in [row(1, 2, 0), row(5, 6, 7), row(5, 6, 0)] {
            assert!(!is_of(file, next), "{file:?}");
        }
        assert!(is_of(row(4, 5, 0), next));
    }
}
