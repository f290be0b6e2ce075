//! Schemas and the operations on them: their rows, and the units of work that change them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{
    Error,
    decision::Decision,
    external_connection::ConnectionId,
    operation::{Operation, OperationProperty, Progress},
    registration::Registration,
    schema::Schema,
    store::{Found, ListQuery, Page, SchemaStore, Scope, StoreFuture},
};

use super::{
    NOBODY, SqliteStore, UNIT_BYTES,
    connections::{document, json, undecodable},
    lists::{number, page},
    place::Place,
};

/// Operations that are kept of a connection: the newest.
const KEPT: i64 = 100;
/// What the answer has besides the texts of a schema of as many properties as there may be, bytes: names of members, flags.
const MEMBERS_BYTES: usize = 40_000;
/// Operations that one unit of work settles.
const SETTLED: i64 = 20;

/// The columns that [`operation`] reads, of the table `o`.
macro_rules! operation_columns {
    () => {
        "o.no, o.id, o.status, o.due, o.polls, o.error"
    };
}

fn update_at(
    db: &Connection,
    place: &Place,
    decision: Decision<Registration>,
) -> Result<Registration, Error> {
    let before = Registration {
        state: place.state,
        content_category: place.content_category.clone(),
        schema: schema(db, place.content)?,
        operation: newest_operation(db, place.content)?,
    };
    let after = (decision.decide)(before.clone())?;
    let no = place.begin_content(db)?;
    if after.schema != before.schema {
        let text = after.schema.as_ref().map(json).transpose()?;
        db.prepare_cached("UPDATE content SET schema = ? WHERE no = ?")?
            .execute(params![text, no])?;
        if before.schema.is_some() {
            // What a property is searched by may be another: every item is indexed anew.
            place.log(db, no, None)?;
        }
    }
    if after.state != before.state {
        place.set_state(db, after.state)?;
    }
    if let Some(operation) = &after.operation
        && after.operation != before.operation
    {
        put_operation(db, no, operation)?;
    }
    Ok(after)
}

/// Adds an operation, or changes the one of its number.
fn put_operation(db: &Connection, content: i64, operation: &Operation) -> Result<(), Error> {
    let (status, due, polls, error) = match &operation.progress {
        Progress::Until(due) => ("inprogress", Some(*due), None, None),
        Progress::Polls(polls) => ("inprogress", None, Some(*polls), None),
        Progress::Manual => ("inprogress", None, None, None),
        Progress::Completed => ("completed", None, None, None),
        Progress::Failed(code) => ("failed", None, None, Some(code.as_str())),
    };
    let Operation { number, id, .. } = operation;
    db.prepare_cached(
        "INSERT INTO operation (content, no, id, status, due, polls, error) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET status = excluded.status, due = excluded.due, polls = excluded.polls, error = excluded.error",
    )?
    .execute(params![content, number, id, status, due, polls, error])?;
    db.prepare_cached("DELETE FROM operation WHERE content = ? AND no <= ? - ?")?
        .execute(params![content, number, KEPT])?;
    Ok(())
}

/// Schemas that were read, by their content: every item that is written is read by one.
#[derive(Default)]
pub(super) struct Schemas(Mutex<KnownSchemas>);

/// Each with its text.
type KnownSchemas = HashMap<i64, (Arc<str>, Arc<Schema>)>;

/// Schemas that are kept. A schema takes some kilobytes, the largest 300.
const KEPT_SCHEMAS: usize = 64;

impl Schemas {
    /// The schema of a content in a column, which is the one that was read before if its text is.
    pub(super) fn read(
        &self,
        row: &Row<'_>,
        column: usize,
        content: i64,
    ) -> rusqlite::Result<Option<Arc<Schema>>> {
        let Some(text) = row.get_ref(column)?.as_str_or_null()? else {
            return Ok(None);
        };
        let known = self.lock().get(&content).cloned();
        if let Some((_, schema)) = known.filter(|(known, _)| **known == *text) {
            return Ok(Some(schema));
        }
        // Nobody waits while it is read.
        let schema: Arc<Schema> = Arc::new(document(row, column)?);
        let read = (Arc::from(text), Arc::clone(&schema));
        let mut known = self.lock();
        if known.len() >= KEPT_SCHEMAS
            && let Some(any) = known.keys().next().copied()
        {
            known.remove(&any);
        }
        known.insert(content, read);
        Ok(Some(schema))
    }

    fn lock(&self) -> MutexGuard<'_, KnownSchemas> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The schema in a content.
pub(super) fn schema(db: &Connection, content: Option<i64>) -> Result<Option<Schema>, Error> {
    let read = |row: &Row<'_>| match row.get_ref(0)?.as_str_or_null()? {
        None => Ok(None),
        Some(_) => document(row, 0).map(Some),
    };
    let schema = db
        .prepare_cached("SELECT schema FROM content WHERE no = ?")?
        .query_row([content], read)
        .optional()?;
    Ok(schema.flatten())
}

fn newest_operation(db: &Connection, content: Option<i64>) -> Result<Option<Operation>, Error> {
    Ok(db
        .prepare_cached(concat!(
            "SELECT ",
            operation_columns!(),
            " FROM operation AS o WHERE o.content = ? ORDER BY o.no DESC LIMIT 1"
        ))?
        .query_row([content], operation)
        .optional()?)
}

fn operation(row: &Row<'_>) -> rusqlite::Result<Operation> {
    let status = row.get_ref(2)?.as_str()?;
    let progress = match (status, row.get(3)?, row.get(4)?) {
        ("inprogress", Some(due), _) => Progress::Until(due),
        ("inprogress", None, Some(polls)) => Progress::Polls(polls),
        ("inprogress", None, None) => Progress::Manual,
        ("completed", ..) => Progress::Completed,
        ("failed", ..) => Progress::Failed(row.get(5)?),
        _ => return Err(undecodable(2, format!("unknown status {status}"))),
    };
    Ok(Operation {
        number: row.get(0)?,
        id: row.get(1)?,
        progress,
    })
}

fn get_schema(
    db: &Connection,
    scope: &Scope,
    id: &ConnectionId,
    most_bytes: usize,
) -> Result<Option<Found<Schema>>, Error> {
    let content = Place::find(db, scope, id)?.content;
    let read = |row: &Row<'_>| {
        let Some(text) = row.get_ref(0)?.as_str_or_null()? else {
            return Ok(None);
        };
        let bytes = text.len() + MEMBERS_BYTES;
        if bytes > most_bytes {
            return Ok(Some(Found::Larger(bytes)));
        }
        document(row, 0).map(Found::Whole).map(Some)
    };
    let found = db
        .prepare_cached("SELECT schema FROM content WHERE no = ?")?
        .query_row([content], read)
        .optional()?;
    Ok(found.flatten())
}

fn update(
    db: &Connection,
    scope: &Scope,
    id: &ConnectionId,
    decision: Decision<Registration>,
) -> Result<Registration, Error> {
    update_at(db, &Place::find(db, scope, id)?, decision)
}

/// Completes operations that are due, the longest due first.
fn settle(db: &Connection, now_ms: i64) -> Result<(), Error> {
    let due: Vec<Place> = db
        .prepare_cached(
            "SELECT c.tenant, c.id, c.content, c.state, c.settings ->> '$.contentCategory'
             FROM operation AS o JOIN content AS k ON k.no = o.content
             JOIN connection AS c ON c.tenant = k.tenant AND c.id = k.id
             WHERE o.due <= ? ORDER BY o.due LIMIT ?",
        )?
        .query_map([now_ms, SETTLED], Place::read)?
        .collect::<Result<_, _>>()?;
    for place in due {
        let decide = Box::new(move |registration: Registration| Ok(registration.at(now_ms)));
        update_at(db, &place, Decision { bytes: 0, decide })?;
    }
    Ok(())
}

/// When the next operation is due, milliseconds since 1970.
fn next_due(db: &Connection) -> Result<Option<i64>, Error> {
    Ok(db
        .prepare_cached("SELECT min(due) FROM operation WHERE due IS NOT NULL")?
        .query_row([], |row| row.get(0))?)
}

fn get_operation(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    id: &str,
) -> Result<Option<Operation>, Error> {
    let content = Place::find(db, scope, connection)?.content;
    Ok(db
        .prepare_cached(concat!(
            "SELECT ",
            operation_columns!(),
            " FROM operation AS o WHERE o.content = ? AND o.id = ?"
        ))?
        .query_row(params![content, id], operation)
        .optional()?)
}

/// In the order of their identifiers: they are few, and sorted.
fn list_operations(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    query: &ListQuery<OperationProperty>,
) -> Result<Page<Operation>, Error> {
    let content = Place::find(db, scope, connection)?.content;
    let count = query.count.then(|| count(db, content)).transpose()?;
    let select = concat!(
        "SELECT ",
        operation_columns!(),
        " FROM operation AS o WHERE o.content = ?1"
    );
    let page = page(db, select, &content, query, operation, |it| &it.id)?;
    Ok(Page { count, ..page })
}

fn count_operations(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
) -> Result<u64, Error> {
    count(db, Place::find(db, scope, connection)?.content)
}

fn count(db: &Connection, content: Option<i64>) -> Result<u64, Error> {
    Ok(db
        .prepare_cached("SELECT count(*) FROM operation WHERE content = ?")?
        .query_row([content], number)?)
}

impl SchemaStore for SqliteStore {
    fn get_schema<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        most_bytes: usize,
    ) -> StoreFuture<'a, Option<Found<Schema>>> {
        Box::pin(async move {
            let (scope, connection) = (scope.clone(), connection.clone());
            let get = move |db: &_| get_schema(db, &scope, &connection, most_bytes);
            self.read_sized(most_bytes, get).await
        })
    }

    fn update_registration<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        decision: Decision<Registration>,
    ) -> StoreFuture<'a, Registration> {
        let bytes = UNIT_BYTES + decision.bytes;
        let (key, scope, connection) = (&scope.tenant, scope.clone(), connection.clone());
        let due = Arc::clone(&self.next_due);
        let update = move |db: &_| {
            let registration = update(db, &scope, &connection, decision)?;
            due.set(next_due(db)?);
            Ok(registration)
        };
        Box::pin(async move {
            let updated = self.database.write(key.as_str(), bytes, update).await;
            if matches!(updated, Err(Error::Unavailable(_))) {
                // An operation that was ended is in progress again: it is looked up with the next request.
                self.next_due.set(Some(i64::MIN));
            }
            updated
        })
    }

    fn get_operation<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
    ) -> StoreFuture<'a, Option<Operation>> {
        Box::pin(async move { self.read(|db| get_operation(db, scope, connection, id)) })
    }

    fn list_operations<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        query: ListQuery<OperationProperty>,
    ) -> StoreFuture<'a, Page<Operation>> {
        Box::pin(async move { self.read(|db| list_operations(db, scope, connection, &query)) })
    }

    fn count_operations<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
    ) -> StoreFuture<'a, u64> {
        Box::pin(async move { self.read(|db| count_operations(db, scope, connection)) })
    }

    fn next_due(&self) -> Option<i64> {
        self.next_due.get()
    }

    fn settle(&self, now_ms: i64) -> StoreFuture<'_, ()> {
        let due = Arc::clone(&self.next_due);
        let settle = move |db: &_| {
            settle(db, now_ms)?;
            due.set(next_due(db)?);
            Ok(())
        };
        Box::pin(async move {
            let settled = self.database.write(NOBODY, UNIT_BYTES, settle).await;
            if settled.is_err() {
                // Nothing of it is stored.
                self.next_due.set(Some(now_ms));
            }
            settled
        })
    }
}
