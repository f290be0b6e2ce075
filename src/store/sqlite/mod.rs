//! The embedded engine: SQLite in the data directory. How commits are shared, reads run and the log is copied is the
//! crate `sqlite-group-commit`'s; here are the schema and the SQL.
//!
//! | file | job |
//! |---|---|
//! | `migrations` | the schema |
//! | `connections`, `registrations`, `items`, `groups`, `memberships`, `changes`, `search`, `lists`, `filter`, `sql` | the SQL |
//! | `error` | errors in the domain's words |

mod activities;
mod changes;
mod connections;
mod error;
mod filter;
mod groups;
#[cfg(any(test, fuzzing))]
pub(crate) mod in_memory;
mod items;
mod lists;
mod memberships;
mod migrations;
mod place;
#[cfg(test)]
mod plans;
mod registrations;
mod search;
mod sql;

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use sqlite_group_commit::{Database, QUEUE_BYTES_OF_A_KEY, Schema};

use crate::{
    domain::{
        Error,
        decision::Decision,
        external_connection::{ConnectionId, ConnectionProperty, ExternalConnection},
        limits::CONNECTION_BYTES,
        principal::TenantId,
        store::{ConnectionStore, Found, ListQuery, Page, Scope, Store, StoreFuture},
    },
    odata::filter::Filter,
};

use self::connections::Documents;
use super::OpenError;

/// The key of writes that are no tenant's.
const NOBODY: &str = "";
/// Memory of a waiting unit besides the texts in it, bytes.
const UNIT_BYTES: usize = 512;
/// Updates of a tenant that may wait without the size of what they rewrite being looked up, which a lone update does not
/// have to pay for: as many of the largest connections as the queue takes.
const UNWEIGHED_UPDATES: usize = QUEUE_BYTES_OF_A_KEY / CONNECTION_BYTES;
/// Texts that are read where they are asked for, bytes: what is larger would keep a thread of the runtime busy for
/// long.
const INLINE_BYTES: usize = 64 * 1024;

const SCHEMA: Schema = Schema {
    file_name: "graph-connections.db",
    // "grcn"
    application_id: 0x6772_636e,
    newest: migrations::LATEST,
    migrate: |db| Ok(migrations::migrate(db)?),
    tidy: items::remove_some,
};

/// A store in one SQLite file, for this process alone. Dropping it finishes the writes that wait.
pub(crate) struct SqliteStore {
    database: Database,
    next_due: Arc<NextDue>,
    schemas: registrations::Schemas,
    memberships: memberships::Memberships,
}

/// When the next operation is due, milliseconds since 1970; never later than in the database, whose writer sets it.
#[derive(Default)]
struct NextDue(Mutex<Option<i64>>);

impl NextDue {
    fn get(&self) -> Option<i64> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, due_ms: Option<i64>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = due_ms;
    }
}

impl SqliteStore {
    /// Opens the store in `dir`, which is made, for this account alone, if it is missing.
    ///
    /// # Errors
    /// Says what the operator has to know.
    pub(crate) fn open(dir: &Path) -> Result<Self, OpenError> {
        let database = Database::open(dir, &SCHEMA).map_err(OpenError::new)?;
        let next_due = Arc::new(NextDue::default());
        // Whatever is due: it is looked up with the first request.
        next_due.set(Some(i64::MIN));
        Ok(Self {
            database,
            next_due,
            schemas: registrations::Schemas::default(),
            memberships: memberships::Memberships::default(),
        })
    }

    /// Does a read of microseconds, here and now.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        self.database.read(read).map_err(short)
    }

    /// Does a read of so many bytes: here if it takes microseconds, elsewhere if it takes milliseconds.
    async fn read_sized<T: Send + 'static>(
        &self,
        bytes: usize,
        read: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        if bytes <= INLINE_BYTES {
            return self.read(read);
        }
        self.database.read_large(read).await.map_err(short)
    }

    /// Does a read that may take long, elsewhere and by turns of tenants.
    async fn scan<T: Send + 'static>(
        &self,
        tenant: &TenantId,
        read: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.database.scan(tenant.as_str(), read).await
    }
}

/// The error of a read that costs little: if it takes too long, something is wrong with the machine.
fn short(error: Error) -> Error {
    match error {
        Error::TooCostly => Error::Unavailable("a short read took too long".into()),
        error => error,
    }
}

impl ConnectionStore for SqliteStore {
    fn create_connection<'a>(
        &'a self,
        tenant: &'a TenantId,
        connection: ExternalConnection,
        most: Option<u64>,
    ) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            // Made here: the writer has enough to do.
            let documents = Documents::of(&connection)?;
            let bytes = UNIT_BYTES
                + connection.name.len()
                + connection.description.as_ref().map_or(0, String::len)
                // As text, and as the values that it was made from.
                + 2 * documents.bytes();
            let (key, tenant) = (tenant.as_str(), tenant.clone());
            self.database
                .write(key, bytes, move |db| {
                    connections::create(db, &tenant, &connection, &documents, most)
                })
                .await
        })
    }

    fn get_connection<'a>(
        &'a self,
        scope: &'a Scope,
        id: &'a ConnectionId,
        most_bytes: usize,
    ) -> StoreFuture<'a, Option<Found<ExternalConnection>>> {
        Box::pin(async move {
            let (scope, id) = (scope.clone(), id.clone());
            let get = move |db: &_| connections::get(db, &scope, &id, most_bytes);
            self.read_sized(most_bytes, get).await
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
            let key = scope.tenant.as_str();
            let mut bytes = UNIT_BYTES + decision.bytes;
            if self.database.waiting(key) >= UNWEIGHED_UPDATES {
                let stored = |db: &_| connections::stored_bytes(db, scope, id);
                let Some(stored) = self.read(stored)? else {
                    return Ok(None);
                };
                bytes += stored;
            }
            // One that was stored before there was a limit waits until nothing else of its tenant does.
            let bytes = bytes.min(QUEUE_BYTES_OF_A_KEY);
            let (scope, id) = (scope.clone(), id.clone());
            let update = move |db: &_| connections::update(db, &scope, &id, decision);
            self.database.write(key, bytes, update).await
        })
    }

    fn delete_connection<'a>(
        &'a self,
        scope: &'a Scope,
        id: &'a ConnectionId,
    ) -> StoreFuture<'a, Option<()>> {
        let (key, scope, id) = (scope.tenant.as_str(), scope.clone(), id.clone());
        let delete = move |db: &_| connections::delete(db, &scope, &id);
        Box::pin(async move {
            let deleted = self.database.write(key, UNIT_BYTES, delete).await?;
            // Of what it held.
            self.database.tidy();
            Ok(deleted)
        })
    }

    fn list_connections<'a>(
        &'a self,
        scope: &'a Scope,
        query: ListQuery<ConnectionProperty>,
    ) -> StoreFuture<'a, Page<ExternalConnection>> {
        Box::pin(async move {
            let (bytes, is_long) = (query.bytes, lists::is_long(scope, &query));
            let (tenant, scope) = (&scope.tenant, scope.clone());
            let list = move |db: &_| lists::list(db, &scope, &query);
            if is_long {
                return self.scan(tenant, list).await;
            }
            self.read_sized(bytes, list).await
        })
    }

    fn count_connections<'a>(
        &'a self,
        scope: &'a Scope,
        filter: Option<Filter<ConnectionProperty>>,
    ) -> StoreFuture<'a, u64> {
        Box::pin(async move {
            if filter.is_none() {
                return self.read(|db| lists::count(db, scope, None));
            }
            let (tenant, scope) = (&scope.tenant, scope.clone());
            let count = move |db: &_| lists::count(db, &scope, filter.as_ref());
            self.scan(tenant, count).await
        })
    }
}

impl Store for SqliteStore {
    fn ready(&self) -> StoreFuture<'_, ()> {
        Box::pin(async move { Ok(self.database.ready().await?) })
    }
}

#[cfg(test)]
mod tests;
