//! The embedded engine: SQLite in a directory of its own, write-ahead log, one writer, readers beside it.
//!
//! | file | job |
//! |---|---|
//! | `open` | the file: lock, origin, settings |
//! | `migrations` | the schema |
//! | `writer`, `queue`, `unit` | group commit |
//! | `log`, `mover` | the write-ahead log: moved into the database, and made sure of after failures |
//! | `reader`, `slots`, `snapshot` | connections for reading, short and long reads |
//! | `connections`, `lists`, `filter`, `sql` | the SQL |
//! | `error` | SQLite's errors in the domain's words |

mod connections;
mod error;
mod filter;
#[cfg(any(test, fuzzing))]
pub(crate) mod in_memory;
mod lists;
mod log;
mod migrations;
mod mover;
mod open;
#[cfg(test)]
mod plans;
mod queue;
mod reader;
mod slots;
mod snapshot;
mod sql;
mod unit;
mod writer;

use std::{fs::File, path::Path, sync::Arc};

use crate::{
    domain::{
        external_connection::{ConnectionId, ConnectionProperty, ExternalConnection},
        principal::TenantId,
        store::{ConnectionStore, Decision, ListQuery, Page, Scope, Store, StoreFuture},
    },
    odata::filter::Filter,
};

use self::{
    connections::{Bounded, Documents},
    reader::Readers,
    writer::Writer,
};
use super::OpenError;

/// Memory of a waiting unit besides the texts in it, bytes.
const UNIT_BYTES: usize = 512;
/// Texts that are read where they are asked for, bytes: what is larger would keep a thread of the runtime busy for long.
const INLINE_BYTES: usize = 64 * 1024;

/// A store in one SQLite file, for this process alone. Dropping it finishes the writes that wait.
pub(crate) struct SqliteStore {
    // Dropped in this order: SQLite tidies up when the connection for writing is closed last, and only then may
    // another process come.
    readers: Arc<Readers>,
    writer: Writer,
    _lock: File,
}

impl SqliteStore {
    /// Opens the store in `dir`, which is made, for this account alone, if it is missing.
    ///
    /// # Errors
    /// Says what the operator has to know: see [`OpenError`].
    pub(crate) fn open(dir: &Path) -> Result<Self, OpenError> {
        let open::Opened {
            path,
            db,
            database,
            lock,
        } = open::open(dir)?;
        let readers = Readers::new(path.clone());
        let writer = Writer::start(path.clone(), Arc::clone(&readers), db, database);
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
}

impl ConnectionStore for SqliteStore {
    fn create_connection<'a>(
        &'a self,
        tenant: &'a TenantId,
        connection: ExternalConnection,
    ) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            let tenant = tenant.clone();
            // Made here: the writer has enough to do.
            let documents = Documents::of(&connection)?;
            let bytes = UNIT_BYTES
                + connection.name.len()
                + connection.description.as_ref().map_or(0, String::len)
                // As text, and as the values that it was made from.
                + 2 * documents.bytes();
            self.writer
                .write(bytes, move |db| {
                    connections::create(db, &tenant, &connection, &documents)
                })
                .await
        })
    }

    fn get_connection<'a>(
        &'a self,
        scope: &'a Scope,
        id: &'a ConnectionId,
    ) -> StoreFuture<'a, Option<ExternalConnection>> {
        Box::pin(async move {
            let here = |db: &_| connections::get(db, scope, id, INLINE_BYTES);
            match self.readers.read(here)? {
                None => return Ok(None),
                Some(Bounded::Read(connection)) => return Ok(Some(connection)),
                Some(Bounded::TooLarge) => {}
            }
            let (scope, id) = (scope.clone(), id.clone());
            let tenant = scope.tenant.clone();
            let get = move |db: &_| connections::get(db, &scope, &id, usize::MAX);
            let found = self.readers.scan(&tenant, get).await?;
            found.map(Bounded::read).transpose()
        })
    }

    fn update_connection<'a>(
        &'a self,
        scope: &'a Scope,
        id: &'a ConnectionId,
        decision: Decision<ExternalConnection>,
    ) -> StoreFuture<'a, Option<()>> {
        Box::pin(async move {
            // The unit holds the decision, and then reads and rewrites what is stored.
            let stored = |db: &_| connections::stored_bytes(db, scope, id);
            let Some(stored) = self.readers.read(stored)? else {
                return Ok(None);
            };
            let bytes = UNIT_BYTES + decision.bytes + stored;
            // One that was stored before there was a limit waits for an empty queue.
            let bytes = bytes.min(writer::QUEUE_BYTES);
            let (scope, id) = (scope.clone(), id.clone());
            self.writer
                .write(bytes, move |db| {
                    connections::update(db, &scope, &id, decision)
                })
                .await
        })
    }

    fn delete_connection<'a>(
        &'a self,
        scope: &'a Scope,
        id: &'a ConnectionId,
    ) -> StoreFuture<'a, Option<()>> {
        let (scope, id) = (scope.clone(), id.clone());
        let delete = move |db: &_| connections::delete(db, &scope, &id);
        Box::pin(self.writer.write(UNIT_BYTES, delete))
    }

    fn list_connections<'a>(
        &'a self,
        scope: &'a Scope,
        query: ListQuery<ConnectionProperty>,
    ) -> StoreFuture<'a, Page<ExternalConnection>> {
        Box::pin(async move {
            if !lists::is_long(scope, &query) {
                let here = |db: &_| lists::list(db, scope, &query, INLINE_BYTES);
                if let Bounded::Read(page) = self.readers.read(here)? {
                    return Ok(page);
                }
            }
            let scope = scope.clone();
            let tenant = scope.tenant.clone();
            let list = move |db: &_| lists::list(db, &scope, &query, usize::MAX);
            self.readers.scan(&tenant, list).await?.read()
        })
    }

    fn count_connections<'a>(
        &'a self,
        scope: &'a Scope,
        filter: Option<Filter<ConnectionProperty>>,
    ) -> StoreFuture<'a, u64> {
        Box::pin(async move {
            if filter.is_none() {
                return self.readers.read(|db| lists::count(db, scope, None));
            }
            let scope = scope.clone();
            let tenant = scope.tenant.clone();
            let count = move |db: &_| lists::count(db, &scope, filter.as_ref());
            self.readers.scan(&tenant, count).await
        })
    }
}

impl Store for SqliteStore {
    fn ready(&self) -> StoreFuture<'_, ()> {
        Box::pin(self.writer.ready())
    }
}

#[cfg(test)]
mod tests;
