//! Opening the database file: for this process alone, of a schema that is known, and set up to keep its promises.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

use crate::store::OpenError;

use super::{log, migrations};

const DATABASE: &str = "graph-connections.db";
const LOCK: &str = "graph-connections.lock";

/// Marks the file as ours ("grcn"). Source: SQLite, `PRAGMA application_id`.
const APPLICATION_ID: i32 = 0x6772_636e;

/// From 3.51.3 on SQLite is free of the WAL-reset bug, which could lose commits (sqlite.org/wal.html#walresetbug).
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long to wait for a lock of another program, say of `sqlite3` making a backup.
pub(super) const BUSY: Duration = Duration::from_secs(2);

/// Memory that SQLite's caches may take together, bytes.
const SOFT_HEAP_BYTES: i64 = 64 * 1024 * 1024;
/// Memory that SQLite may take for everything, bytes: far more than reads and writes within their bounds need.
const HARD_HEAP_BYTES: i64 = 384 * 1024 * 1024;

/// A database that is ready for use.
pub(super) struct Opened {
    pub(super) path: PathBuf,
    /// For writing.
    pub(super) db: Connection,
    /// The same file as such. It must be closed after all connections: that takes away their locks.
    pub(super) database: File,
    /// Keeps other processes out while it is held.
    pub(super) lock: File,
}

/// Opens the database in `dir`; makes what is missing and brings an older schema up to date.
pub(super) fn open(dir: &Path) -> Result<Opened, OpenError> {
    assert!(
        rusqlite::version_number() >= OLDEST_SQLITE,
        "linked with SQLite {}, which can lose commits",
        rusqlite::version()
    );
    make_directory(dir).map_err(|error| unusable(dir, error))?;
    let lock = lock(dir)?;
    let path = dir.join(DATABASE);
    // Made here rather than by SQLite, which has one error for every reason and cannot keep other accounts out.
    let database = owner_only(File::options().read(true).write(true).create(true))
        .open(&path)
        .map_err(|error| unusable(&path, error))?;
    let refused = |error| refused(&path, error);
    let mut db = connect(&path).map_err(refused)?;
    check_origin(&db, &path)?;
    configure(&db).map_err(refused)?;
    log::secure(&db, &path).map_err(refused)?;
    // Before there are tables: a database with tables and without the mark is not ours.
    rewrite_header(&db).map_err(refused)?;
    migrations::migrate(&mut db).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => refused(err),
        error => OpenError::Corrupt {
            path: path.clone(),
            source: error.into(),
        },
    })?;
    Ok(Opened {
        path,
        db,
        database,
        lock,
    })
}

/// A connection for writing to a database that exists.
pub(super) fn again(path: &Path) -> rusqlite::Result<Connection> {
    let db = connect(path)?;
    configure(&db)?;
    Ok(db)
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(BUSY)?;
    Ok(db)
}

fn configure(db: &Connection) -> rusqlite::Result<()> {
    // Of the whole process. Past the first one, caches shrink; the second one fails whatever needs more.
    db.pragma_update(None, "soft_heap_limit", SOFT_HEAP_BYTES)?;
    db.pragma_update(None, "hard_heap_limit", HARD_HEAP_BYTES)?;
    db.set_prepared_statement_cache_capacity(64);
    // Readers and the writer do not wait for each other.
    db.pragma_update(None, "journal_mode", "WAL")?;
    // A commit is on disk when it returns. NORMAL would lose the last ones when the power fails.
    db.pragma_update(None, "synchronous", "FULL")?;
    // The writer moves the log: SQLite would take no notice if that failed.
    db.pragma_update(None, "wal_autocheckpoint", 0)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // Savepoints and sorting stay in memory: their files would be as slow as the database.
    db.pragma_update(None, "temp_store", "MEMORY")?;
    db.pragma_update(None, "cache_size", -8 * 1024)
}

/// Lets SQLite move the log when this connection is closed last, and remove it.
pub(super) fn tidy_up_on_close(db: &Connection) -> rusqlite::Result<()> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .map(drop)
}

/// A connection for reading from a database that exists.
pub(super) fn for_reading(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(BUSY)?;
    db.set_prepared_statement_cache_capacity(64);
    db.pragma_update(None, "query_only", true)?;
    // What is sorted goes to a file past the memory that its cache has: a client says how much that is.
    db.pragma_update(None, "temp_store", "FILE")?;
    // Holds most of the inner pages that are in use at a million connections.
    db.pragma_update(None, "cache_size", -4 * 1024)?;
    Ok(db)
}

/// The smallest change that must reach the disk: writes what stands in the header already.
pub(super) fn rewrite_header(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "application_id", APPLICATION_ID)
}

/// Refuses a database of another program or of a later version of this one, before anything in it changes.
fn check_origin(db: &Connection, path: &Path) -> Result<(), OpenError> {
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let origin = || {
        let tables: u32 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
        Ok((tables, pragma("application_id")?, pragma("user_version")?))
    };
    let (tables, application, version) = origin().map_err(|error| refused(path, error))?;
    if tables > 0 && application != APPLICATION_ID {
        return Err(OpenError::Corrupt {
            path: path.to_owned(),
            source: "it has tables of another program".into(),
        });
    }
    let found = usize::try_from(version).unwrap_or_default();
    if found > migrations::LATEST {
        return Err(OpenError::Newer {
            path: path.to_owned(),
            found,
            known: migrations::LATEST,
        });
    }
    Ok(())
}

fn lock(dir: &Path) -> Result<File, OpenError> {
    let path = dir.join(LOCK);
    let file = owner_only(File::options().write(true).create(true))
        .open(&path)
        .map_err(|error| unusable(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked { path: dir.into() }),
        Err(TryLockError::Error(error)) => Err(unusable(&path, error)),
    }
}

/// Makes the directory if it is missing, for this account alone.
fn make_directory(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(dir)
}

/// Lets a file that is made be read and written by this account alone.
fn owner_only(options: &mut std::fs::OpenOptions) -> &mut std::fs::OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

fn unusable(path: &Path, error: std::io::Error) -> OpenError {
    let path = path.to_owned();
    let source = Box::new(error);
    match source.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            OpenError::Denied { path, source }
        }
        _ => OpenError::Io { path, source },
    }
}

fn refused(path: &Path, error: rusqlite::Error) -> OpenError {
    let path = path.to_owned();
    let source = Box::new(error);
    match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenError::Locked { path },
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            OpenError::Corrupt { path, source }
        }
        Some(ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
            OpenError::Denied { path, source }
        }
        _ => OpenError::Io { path, source },
    }
}
