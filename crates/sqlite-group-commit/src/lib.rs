//! SQLite for a server: one writer that shares each sync among all who wait (group commit), readers beside it that
//! never wait for it, and checkpoints of the write-ahead log that lose nothing when the disk fails or the power does.
//!
//! A [`Database`] is a file in a directory of its own, for one process. Units of work are closures over a
//! [`rusqlite::Connection`]; what they mean, and the SQL, is the caller's.
//!
//! | file | job |
//! |---|---|
//! | `open` | directory, lock, origin and state of the file |
//! | `connect` | connections and their settings |
//! | `generation` | notices a write-ahead log that belongs to another database file |
//! | `writer`, `queue`, `unit` | group commit, and opening again after failures |
//! | `checkpoint` | copying the log into the database beside the writer |
//! | `readers`, `snapshot`, `slots` | read transactions, short and long |
//! | `turns` | who is next, in `queue` and in `slots` |
//! | `error` | what can go wrong |

mod checkpoint;
mod connect;
mod error;
mod generation;
mod open;
mod queue;
mod readers;
mod slots;
mod snapshot;
mod turns;
mod unit;
mod writer;

use std::{fs::File, path::Path, sync::Arc};

use rusqlite::Connection;

pub use self::{
    error::{Error, OpenError},
    writer::QUEUE_BYTES_OF_A_KEY,
};
use self::{readers::Readers, writer::Writer};

/// What is in the file, and whose it is.
pub struct Schema {
    /// Name of the database file in its directory; its log and a lock file have names that begin like it.
    pub file_name: &'static str,
    /// Marks the file. Source: SQLite, `PRAGMA application_id`.
    pub application_id: i32,
    /// The number of the newest schema that is known, 0 or more; the database keeps its own in `PRAGMA user_version`.
    pub newest: usize,
    /// Brings the database to the newest schema, in one transaction.
    pub migrate: fn(&mut Connection) -> Result<(), Box<dyn std::error::Error + Send + Sync>>,
    /// Does a little of the work that nobody waits for, as one unit of work, and says whether there may be more: see
    /// [`Database::tidy`].
    pub tidy: fn(&Connection) -> rusqlite::Result<bool>,
}

/// An open database. Dropping it finishes the writes that wait.
pub struct Database {
    // Dropped in this order: SQLite tidies up when the connection for writing is closed last, and only then may
    // another process come.
    readers: Arc<Readers>,
    writer: Writer,
    _lock: File,
}

impl Database {
    /// Opens the database in `dir`; makes what is missing, for this account alone.
    ///
    /// # Errors
    /// See [`OpenError`].
    ///
    /// # Panics
    /// If the linked SQLite is one that can lose commits.
    pub fn open(dir: &Path, schema: &Schema) -> Result<Self, OpenError> {
        let open::Opened {
            path,
            db,
            database,
            lock,
            is_sealed,
        } = open::open(dir, schema)?;
        let readers = Readers::new(path.clone());
        let writer = Writer::start(
            path.clone(),
            Arc::clone(&readers),
            db,
            database,
            is_sealed,
            schema.tidy,
        );
        let writer = writer.map_err(|error| OpenError::Io {
            path,
            source: Box::new(error),
        })?;
        Ok(Self {
            readers,
            writer,
            _lock: lock,
        })
    }

    /// Does `work` as one unit of work: all of it or nothing, and durable when this returns `Ok`. Units of one `key`, a
    /// tenant say, are done in their order, and keys take turns. `bytes` is the memory that the unit holds and what it
    /// rewrites; one of more than [`QUEUE_BYTES_OF_A_KEY`] is always refused.
    ///
    /// # Errors
    /// That of `work`; [`Error::Overloaded`] if too much waits, in all or of this key; [`Error::Unavailable`] if the
    /// transaction failed.
    pub async fn write<T: Send + 'static, E: From<Error> + Send + 'static>(
        &self,
        key: &str,
        bytes: usize,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        self.writer.write(key, bytes, work).await
    }

    /// Says that there may be work that nobody waits for: [`Schema::tidy`] is called until it says that there is no more, whenever
    /// nothing else is to be written, and five times a second at least. That is what happens after opening as well, and if it fails.
    pub fn tidy(&self) {
        self.writer.tidy();
    }

    /// Does a read of microseconds, here and now, in one read transaction. It cannot write.
    ///
    /// # Errors
    /// That of `read`; [`Error::Unavailable`] if the database cannot be read; [`Error::TooLong`] after 5 seconds.
    pub fn read<T, E: From<Error>>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.readers.read(read)
    }

    /// Does a read of milliseconds on another thread, in one read transaction: what is large would keep the caller's
    /// busy. Only some go on at once, whoever asks, and the others wait: those whose caller is gone are not stopped.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn read_large<T: Send + 'static, E: From<Error> + Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        self.readers.read_large(read).await
    }

    /// Does a read that may take long, on another thread, in one read transaction. There are a few slots for such
    /// reads, of which one `key`, a tenant say, cannot take all; those who wait get them by turns of their keys.
    ///
    /// # Errors
    /// As [`Self::read`]; [`Error::Overloaded`] if too many wait, or no slot comes free in time.
    pub async fn scan<T: Send + 'static, E: From<Error> + Send + 'static>(
        &self,
        key: &str,
        read: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        self.readers.scan(key, read).await
    }

    /// Whether writes succeed, as far as is known: after a failure, by opening the database again and trying one.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub async fn ready(&self) -> Result<(), Error> {
        self.writer.ready().await
    }

    /// Units of work of a key that wait now.
    pub fn waiting(&self, key: &str) -> usize {
        self.writer.waiting(key)
    }

    /// Transactions committed so far.
    pub fn commits(&self) -> u64 {
        self.writer.commits()
    }
}

/// The Rust of README.md, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
