//! Storage engines behind the port [`domain::store::Store`](crate::domain::store::Store), and why one refuses to open.
//!
//! Knows neither HTTP nor tokens. An engine is one folder here; the cases that all of them pass are in `conformance`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::domain::store::Store;

#[cfg(test)]
mod conformance;
pub(crate) mod sqlite;

/// Opens the store of a server: the one place where an engine is chosen, today always SQLite in the data directory.
///
/// # Errors
/// Says what the operator has to know: see [`OpenError`].
pub(crate) async fn open(data: &Path) -> Result<Arc<dyn Store>, OpenError> {
    let data = data.to_owned();
    let open = move || sqlite::SqliteStore::open(&data);
    match tokio::task::spawn_blocking(open).await {
        Ok(opened) => Ok(Arc::new(opened?)),
        Err(failed) => std::panic::resume_unwind(failed.into_panic()),
    }
}

/// Why a store did not open. The message is for the operator: what is wrong and what to do about it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error(
        "{} is in use by another process; stop that process or choose another data directory",
        path.display()
    )]
    Locked { path: PathBuf },
    #[error(
        "{} was written by a newer version of this program (its schema has number {found}, the newest known here is {known}); run that version or restore an older backup",
        path.display()
    )]
    Newer {
        path: PathBuf,
        found: usize,
        known: usize,
    },
    #[error(
        "{} is damaged or not a database of this program; restore a backup or move the file away",
        path.display()
    )]
    Corrupt {
        path: PathBuf,
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("no permission to read and write {}", path.display())]
    Denied {
        path: PathBuf,
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("cannot use {}", path.display())]
    Io {
        path: PathBuf,
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
