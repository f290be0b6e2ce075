//! What can go wrong: on opening, and afterwards.

use std::{error::Error as StdError, path::PathBuf, time::Duration};

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a unit of work, or a read, was not done. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// As much waits as may wait.
    #[error("too much is waiting")]
    Overloaded {
        /// When to try again.
        retry_after: Duration,
    },
    /// The database cannot be used now: the disk is full, fails or is read-only, or the database has to be opened again
    /// first.
    #[error("the database is not available")]
    Unavailable(#[source] BoxError),
    /// A read took longer than it may.
    #[error("the read took too long")]
    TooLong,
    /// The closure panicked: a defect of its author.
    #[error("the work panicked")]
    Panicked,
}

impl Error {
    pub(crate) fn unavailable(source: impl Into<BoxError>) -> Self {
        Self::Unavailable(source.into())
    }
}

/// Why a database did not open. The message is for the operator: what is wrong and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process holds the lock of the directory or of the database.
    #[error("{} is in use by another process; stop that process or choose another data directory", path.display())]
    Locked {
        /// What is locked.
        path: PathBuf,
    },
    /// The schema has a higher number than the newest one that is known.
    #[error("{} was written by a newer version of this program (its schema has number {found}, the newest known here is {known}); run that version or restore an older backup", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// The number of its schema.
        found: usize,
        /// The newest number that is known.
        known: usize,
    },
    /// The write-ahead log belongs to another state of the database than the one that is there.
    #[error("{} was replaced while its write-ahead log was left behind, probably by restoring a backup after a crash; to open what was restored, delete {}-wal and {}-shm first", path.display(), path.display(), path.display())]
    ForeignLog {
        /// The database.
        path: PathBuf,
    },
    /// Not a database, one of another program, or a damaged one.
    #[error("{} is damaged or not a database of this program; restore a backup or move the file away", path.display())]
    Corrupt {
        /// The database.
        path: PathBuf,
        /// What was found.
        source: BoxError,
    },
    /// No permission to read and write.
    #[error("no permission to read and write {}", path.display())]
    Denied {
        /// Directory or file.
        path: PathBuf,
        /// What the system says.
        source: BoxError,
    },
    /// Anything else that the disk says.
    #[error("cannot use {}", path.display())]
    Io {
        /// Directory or file.
        path: PathBuf,
        /// What the system says.
        source: BoxError,
    },
}
