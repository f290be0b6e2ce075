//! Connections to the database file, for writing and for reading, each set up to keep its promises.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

/// How long to wait for a lock of another program, say of `sqlite3` making a backup.
pub(crate) const BUSY: Duration = Duration::from_secs(2);

/// Memory that SQLite's caches may take together, bytes.
const SOFT_HEAP_BYTES: i64 = 64 * 1024 * 1024;
/// Memory that SQLite may take for everything, bytes: far more than reads and writes within their bounds need.
const HARD_HEAP_BYTES: i64 = 384 * 1024 * 1024;

/// A connection for writing to a database that exists.
///
/// # Errors
/// The disk's.
pub(crate) fn for_writing(path: &Path) -> rusqlite::Result<Connection> {
    let db = connect(path)?;
    configure(&db)?;
    Ok(db)
}

/// A connection for reading from a database that exists.
///
/// # Errors
/// The disk's.
pub(crate) fn for_reading(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(BUSY)?;
    plan_once(&db)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    db.pragma_update(None, "query_only", true)?;
    // What is sorted goes to a file past the memory that its cache has.
    db.pragma_update(None, "temp_store", "FILE")?;
    // Holds most of the inner pages that are in use at a million rows.
    db.pragma_update(None, "cache_size", -4 * 1024)?;
    Ok(db)
}

/// One that is not set up yet.
///
/// # Errors
/// The disk's.
pub(crate) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(BUSY)?;
    // Not before all of it is in order.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(db)
}

/// # Errors
/// The disk's.
pub(crate) fn configure(db: &Connection) -> rusqlite::Result<()> {
    // Of the whole process. Past the first one, caches shrink; the second one fails whatever needs more.
    db.pragma_update(None, "soft_heap_limit", SOFT_HEAP_BYTES)?;
    db.pragma_update(None, "hard_heap_limit", HARD_HEAP_BYTES)?;
    plan_once(db)?;
    // Readers and the writer do not wait for each other.
    db.pragma_update(None, "journal_mode", "WAL")?;
    // A commit is on disk when it returns. NORMAL would lose the last ones when the power fails.
    db.pragma_update(None, "synchronous", "FULL")?;
    // The writer sees to checkpoints: SQLite would take no notice if one failed.
    db.pragma_update(None, "wal_autocheckpoint", 0)?;
    // Savepoints stay in memory: their files would be as slow as the database.
    db.pragma_update(None, "temp_store", "MEMORY")?;
    db.pragma_update(None, "cache_size", -8 * 1024)
}

/// Keeps statements, and the plan of each whatever is bound to it: otherwise SQLite makes the plan of one with a range anew each time.
fn plan_once(db: &Connection) -> rusqlite::Result<()> {
    db.set_prepared_statement_cache_capacity(64);
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map(drop)
}

/// Lets SQLite copy the log when this connection is closed last, and remove it.
///
/// # Errors
/// None that a connection in order has.
pub(crate) fn tidy_up_on_close(db: &Connection) -> rusqlite::Result<()> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .map(drop)
}
