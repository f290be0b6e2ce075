//! Opening the database file: for this process alone, of a schema that is known, and set up to keep its promises.

use std::{
    ffi::OsString,
    fs::{File, TryLockError},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use rusqlite::{Connection, ErrorCode};

use crate::{
    OpenError, Schema,
    checkpoint::{self, TRUNCATE},
    connect,
    error::BoxError,
    generation::{self, WithoutLog},
};

/// The pragma that marks whose a database is.
const APPLICATION_ID: &str = "application_id";

/// From 3.51.3 on SQLite is free of the WAL-reset bug, which could lose commits (sqlite.org/wal.html#walresetbug).
const OLDEST_SQLITE: i32 = 3_051_003;

/// Databases up to this size, bytes, are checked after a crash: it takes less than a second.
const CHECKED_BYTES: u64 = 64 * 1024 * 1024;

/// A database that is ready for use.
pub(crate) struct Opened {
    pub(crate) path: PathBuf,
    /// For writing.
    pub(crate) db: Connection,
    /// The same file as such. It must be closed after all connections: that takes away their locks.
    pub(crate) database: File,
    /// Keeps other processes out while it is held.
    pub(crate) lock: File,
    /// All of the log is in the database.
    pub(crate) is_sealed: bool,
}

/// Opens the database in `dir`; makes what is missing and brings an older schema up to date.
pub(crate) fn open(dir: &Path, schema: &Schema) -> Result<Opened, OpenError> {
    assert!(
        rusqlite::version_number() >= OLDEST_SQLITE,
        "linked with SQLite {}, which can lose commits",
        rusqlite::version()
    );
    make_directory(dir).map_err(|error| unusable(dir, error))?;
    let path = dir.join(schema.file_name);
    let lock = lock(dir, &path.with_extension("lock"))?;
    // Made here rather than by SQLite, which has one error for every reason and cannot keep other accounts out.
    let database = owner_only(File::options().read(true).write(true).create(true))
        .open(&path)
        .map_err(|error| unusable(&path, error))?;
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
    let has_log = length(&log_path(&path)) > 0 && length(&path) > 0;
    let without_log = has_log.then(|| generation::without_log(&path));
    let refused = |error| refused(&path, error);
    let mut db = connect::connect(&path).map_err(refused)?;
    if let Some(without_log) = without_log {
        check_log(&db, &path, without_log)?;
    }
    check_origin(&db, &path, schema)?;
    connect::configure(&db).map_err(refused)?;
    if has_log && length(&path) <= CHECKED_BYTES {
        check_pages(&db, &path)?;
    }
    rewrite_log(&path).map_err(|error| unusable(&path, error))?;
    // Before there are tables: a database with tables and without the mark is not ours.
    db.pragma_update(None, APPLICATION_ID, schema.application_id)
        .map_err(refused)?;
    (schema.migrate)(&mut db).map_err(|source| migration_failed(&path, source))?;
    generation::create(&db).map_err(refused)?;
    let is_sealed = match copy_log(&db) {
        // Another program reads: later is as good.
        Err(error) if checkpoint::is_busy(&error) => false,
        is_complete => is_complete.map_err(refused)?,
    };
    Ok(Opened {
        path,
        db,
        database,
        lock,
        is_sealed,
    })
}

/// Opens the database when all connections of this process have been closed after a failure, which makes SQLite read
/// the log anew: what it believed to be copied counts for nothing.
///
/// # Errors
/// The disk's; that another program keeps what SQLite believes.
pub(crate) fn reopen(path: &Path) -> Result<Connection, BoxError> {
    let db = connect::for_writing(path)?;
    read_something(&db)?;
    if checkpoint::run(&db, checkpoint::COUNT)?.copied > 0 {
        return Err("another program has the database open".into());
    }
    Ok(db)
}

/// Writes what stands in the log again, whatever it is, and syncs it, before anything is built on it. The last
/// transaction may be one that a sync failed to write: it can be read, but the kernel takes it for written (`fsync(2)`
/// reports an error once), and no later sync would bring it to the disk. If it were copied into the database and the
/// power failed half-way, there would be nothing to complete the copy from.
pub(crate) fn rewrite_log(path: &Path) -> std::io::Result<()> {
    let mut file = match File::options().read(true).write(true).open(log_path(path)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        file => file?,
    };
    let mut part = Vec::new();
    let mut at = 0;
    loop {
        part.clear();
        file.seek(SeekFrom::Start(at))?;
        (&mut file).take(1024 * 1024).read_to_end(&mut part)?;
        if part.is_empty() {
            return file.sync_all();
        }
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&part)?;
        at += part.len() as u64;
    }
}

/// Copies all of the log into the database, and empties it unless somebody reads; says whether all was copied.
///
/// # Errors
/// The disk's.
pub(crate) fn copy_log(db: &Connection) -> rusqlite::Result<bool> {
    generation::seal(db)?;
    Ok(checkpoint::run(db, TRUNCATE)?.is_complete())
}

/// The smallest change that must reach the disk: writes what stands in the header already.
///
/// # Errors
/// The disk's.
pub(crate) fn mark(db: &Connection) -> rusqlite::Result<()> {
    let mark: i32 = db.pragma_query_value(None, APPLICATION_ID, |row| row.get(0))?;
    db.pragma_update(None, APPLICATION_ID, mark)
}

/// Makes SQLite read the log, which it does with the first read.
fn read_something(db: &Connection) -> rusqlite::Result<()> {
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

fn log_path(path: &Path) -> PathBuf {
    let mut log = OsString::from(path);
    log.push("-wal");
    log.into()
}

/// Refuses a log that was left by another state of the database.
fn check_log(db: &Connection, path: &Path, without_log: WithoutLog) -> Result<(), OpenError> {
    let belongs = match generation::log_belongs(without_log, db) {
        // Pages of the two do not fit together, while the file alone is sound.
        Err(error)
            if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt)
                && matches!(without_log, WithoutLog::Is(_)) =>
        {
            false
        }
        belongs => belongs.map_err(|error| refused(path, error))?,
    };
    if !belongs {
        let path = path.to_owned();
        return Err(OpenError::ForeignLog { path });
    }
    Ok(())
}

fn check_pages(db: &Connection, path: &Path) -> Result<(), OpenError> {
    let verdict: String = db
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| refused(path, error))?;
    if verdict != "ok" {
        let why = format!(
            "{verdict}; if a backup was restored over it while its -wal file was left behind, restore it again and delete the -wal and -shm files"
        );
        return Err(OpenError::Corrupt {
            path: path.to_owned(),
            source: why.into(),
        });
    }
    Ok(())
}

/// Refuses a database of another program or of a later version of this one, before anything in it changes.
fn check_origin(db: &Connection, path: &Path, schema: &Schema) -> Result<(), OpenError> {
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let origin = || {
        let tables: u32 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
        Ok((tables, pragma(APPLICATION_ID)?, pragma("user_version")?))
    };
    let (tables, application, version) = origin().map_err(|error| refused(path, error))?;
    if tables > 0 && application != schema.application_id {
        return Err(OpenError::Corrupt {
            path: path.to_owned(),
            source: "it has tables of another program".into(),
        });
    }
    let found = usize::try_from(version).unwrap_or_default();
    if found > schema.newest {
        return Err(OpenError::Newer {
            path: path.to_owned(),
            found,
            known: schema.newest,
        });
    }
    Ok(())
}

fn migration_failed(path: &Path, source: BoxError) -> OpenError {
    match source.downcast::<rusqlite::Error>() {
        Ok(error) => refused(path, *error),
        Err(source) => OpenError::Corrupt {
            path: path.to_owned(),
            source,
        },
    }
}

fn lock(dir: &Path, path: &Path) -> Result<File, OpenError> {
    let file = owner_only(File::options().write(true).create(true))
        .open(path)
        .map_err(|error| unusable(path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked { path: dir.into() }),
        Err(TryLockError::Error(error)) => Err(unusable(path, error)),
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use tempfile::TempDir;

    /// A database with a table `t` of one column.
    pub(crate) const SCHEMA: Schema = Schema {
        file_name: "test.db",
        application_id: 0x7465_7374,
        newest: 0,
        migrate: |db| Ok(db.execute_batch("CREATE TABLE IF NOT EXISTS t (x)")?),
        tidy: |_| Ok(false),
    };

    pub(crate) fn opened() -> (TempDir, Opened) {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let opened = open(dir.path(), &SCHEMA).expect("it opens");
        (dir, opened)
    }
}
