//! Storage engines behind the port [`domain::store::Store`](crate::domain::store::Store), and why one refuses to open.
//!
//! Knows neither HTTP nor tokens. An engine is one folder here; the cases that all of them pass are in `conformance`.

use std::{path::Path, sync::Arc};

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

/// Why a store did not open, in the words of its engine. They are for the operator: what is wrong and what to do about
/// it.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct OpenError(Box<dyn std::error::Error + Send + Sync>);

impl OpenError {
    fn new(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self(Box::new(error))
    }
}
