//! Items: their rows, and the units of work that change them. Each change is in the log of the tenant.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{
    Error,
    activity::{Activity, ActivityProperty},
    decision::Decision,
    external_connection::{self, ConnectionId},
    item::{Capacity, Content, Item, ItemProperty},
    settings::JsonText,
    store::{Container, Found, ItemStore, ListQuery, NewItem, Page, Scope, StoreFuture},
};

use super::{
    SqliteStore, UNIT_BYTES, activities,
    connections::{document, find, json, select_one},
    lists::{page, row_bytes},
    place::{Place, count_of},
    registrations::Schemas,
};

/// Rows, and bytes of items, that one unit of work removes of what a deleted connection held: others wait for it as long.
const REMOVED_AT_ONCE: u16 = 500;
const REMOVED_BYTES: usize = 4 * 1_024 * 1_024;

/// The columns that [`item`] reads, of the tables `i` and `t`.
macro_rules! item_columns {
    () => {
        "i.id, i.acl, i.properties, i.html, t.text, i.label"
    };
}

macro_rules! item_tables {
    () => {
        " FROM item AS i LEFT JOIN item_text AS t ON t.no = i.no"
    };
}

pub(super) use {item_columns, item_tables};

pub(super) fn item(row: &Row<'_>) -> rusqlite::Result<Item> {
    let html: Option<bool> = row.get(3)?;
    let text: Option<String> = row.get(4)?;
    Ok(Item {
        id: row.get(0)?,
        acl: document(row, 1)?,
        properties: JsonText::new(row.get::<_, String>(2)?.into()),
        content: html.map(|html| Content { html, value: text }),
        sensitivity_label: row.get(5)?,
    })
}

fn container(
    db: &Connection,
    scope: &Scope,
    id: &ConnectionId,
    schemas: &Schemas,
) -> Result<Option<Container>, Error> {
    const SELECT: &str = select_one!(
        "c.content, (SELECT k.schema FROM content AS k WHERE k.no = c.content)",
        ""
    );
    let read = |row: &Row<'_>| {
        let Some(content) = row.get(0)? else {
            return Ok(None);
        };
        let schema = schemas.read(row, 1, content)?;
        Ok(schema.map(|schema| Container { content, schema }))
    };
    let found = find(db, scope, id.as_str(), SELECT, read)?;
    external_connection::RESOURCE.found(found)
}

fn put(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    container: &Container,
    new: &NewItem,
    acl: &str,
    capacity: Capacity,
) -> Result<(), Error> {
    let NewItem { item, activities } = new;
    let place = Place::find(db, scope, connection)?;
    let content = place.content_of(container)?;
    let found = place.item_no(db, &item.id)?;
    let items = place.items(db, capacity)?;
    capacity.may_write(place.state, items, found.is_none())?;
    let no = write(db, content, found, item, acl)?;
    if !activities.is_empty() {
        activities::put(db, no, activities)?;
    }
    if found.is_none() {
        place.holds(db, capacity, items + 1)?;
    }
    place.log(db, content, Some(&item.id))
}

/// Writes an item into the row of this number, or a new one, whose number it gives.
fn write(
    db: &Connection,
    content: i64,
    no: Option<i64>,
    item: &Item,
    acl: &str,
) -> Result<i64, Error> {
    let html = item.content.as_ref().map(|content| content.html);
    let text = item
        .content
        .as_ref()
        .and_then(|content| content.value.as_ref());
    let no = match no {
        None => {
            db.prepare_cached(
                "INSERT INTO item (content, id, acl, properties, html, label) VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .insert(params![
                content,
                item.id,
                acl,
                item.properties.as_str(),
                html,
                item.sensitivity_label
            ])?
        }
        Some(no) => {
            db.prepare_cached(
                "UPDATE item SET acl = ?, properties = ?, html = ?, label = ? WHERE no = ?",
            )?
            .execute(params![
                acl,
                item.properties.as_str(),
                html,
                item.sensitivity_label,
                no
            ])?;
            no
        }
    };
    match text {
        Some(text) => db
            .prepare_cached("INSERT INTO item_text (no, text) VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text")?
            .execute(params![no, text])?,
        None => db
            .prepare_cached("DELETE FROM item_text WHERE no = ?")?
            .execute([no])?,
    };
    Ok(no)
}

fn update(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    container: &Container,
    id: &str,
    decision: Decision<Item>,
    capacity: Capacity,
) -> Result<Option<Item>, Error> {
    let place = Place::find(db, scope, connection)?;
    let content = place.content_of(container)?;
    let found = db
        .prepare_cached(concat!(
            "SELECT ",
            item_columns!(),
            ", i.no",
            item_tables!(),
            " WHERE i.content = ? AND i.id = ?"
        ))?
        .query_row(params![content, id], |row| Ok((item(row)?, row.get(6)?)))
        .optional()?;
    let Some((before, no)) = found else {
        return Ok(None);
    };
    capacity.may_write(place.state, place.items(db, capacity)?, false)?;
    let after = (decision.decide)(before)?;
    write(db, content, Some(no), &after, &json(&after.acl)?)?;
    place.log(db, content, Some(id))?;
    Ok(Some(after))
}

fn delete(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    id: &str,
    capacity: Capacity,
) -> Result<Option<()>, Error> {
    let place = Place::find(db, scope, connection)?;
    let Some(content) = place.content else {
        return Ok(None);
    };
    let Some(no) = place.item_no(db, id)? else {
        return Ok(None);
    };
    let items = place.items(db, capacity)?;
    capacity.may_write(place.state, items, false)?;
    db.prepare_cached("DELETE FROM item WHERE no = ?")?
        .execute([no])?;
    place.holds(db, capacity, items.saturating_sub(1))?;
    place.log(db, content, Some(id)).map(Some)
}

/// The item, unless it is larger than `most_bytes`.
fn get(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    id: &str,
    most_bytes: usize,
) -> Result<Option<Found<Item>>, Error> {
    let content = Place::find(db, scope, connection)?.content;
    Ok(db
        .prepare_cached(concat!(
            "SELECT ",
            item_columns!(),
            item_tables!(),
            " WHERE i.content = ? AND i.id = ?"
        ))?
        .query_row(params![content, id], |row| {
            let bytes = row_bytes(row)?;
            if bytes > most_bytes {
                return Ok(Found::Larger(bytes));
            }
            item(row).map(Found::Whole)
        })
        .optional()?)
}

fn list(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    query: &ListQuery<ItemProperty>,
) -> Result<Page<Item>, Error> {
    const SELECT: &str = concat!(
        "SELECT ",
        item_columns!(),
        item_tables!(),
        " WHERE i.content = ?1"
    );
    let content = Place::find(db, scope, connection)?.content;
    let count = query.count.then(|| count_of(db, content)).transpose()?;
    let page = page(db, SELECT, &content, query, item, |item| &item.id)?;
    Ok(Page { count, ..page })
}

fn count(db: &Connection, scope: &Scope, connection: &ConnectionId) -> Result<u64, Error> {
    count_of(db, Place::find(db, scope, connection)?.content)
}

/// Removes some of what deleted connections held, and says whether there is more.
pub(super) fn remove_some(db: &Connection) -> rusqlite::Result<bool> {
    const STATEMENTS: [&str; 2] = [
        "DELETE FROM member WHERE (group_no, id, kind) IN
             (SELECT group_no, id, kind FROM member WHERE content = ?1 LIMIT ?2)",
        "DELETE FROM external_group WHERE no IN (SELECT no FROM external_group WHERE content = ?1 LIMIT ?2)",
    ];
    let removed = db
        .prepare_cached("SELECT no FROM content WHERE removed LIMIT 1")?
        .query_row([], |row| row.get::<_, i64>(0))
        .optional()?;
    let Some(content) = removed else {
        return Ok(false);
    };
    if remove_some_items(db, content)? {
        return Ok(true);
    }
    for statement in STATEMENTS {
        let deleted = db
            .prepare_cached(statement)?
            .execute(params![content, REMOVED_AT_ONCE])?;
        if deleted == usize::from(REMOVED_AT_ONCE) {
            return Ok(true);
        }
    }
    db.prepare_cached("DELETE FROM content WHERE no = ?")?
        .execute([content])?;
    Ok(true)
}

/// Removes the first items of a content, and says whether there were any.
fn remove_some_items(db: &Connection, content: i64) -> rusqlite::Result<bool> {
    let mut select = db.prepare_cached(
        "SELECT i.no, octet_length(i.acl) + octet_length(i.properties) + ifnull(octet_length(t.text), 0)
         FROM item AS i LEFT JOIN item_text AS t ON t.no = i.no WHERE i.content = ? LIMIT ?",
    )?;
    let first = select.query_map(params![content, REMOVED_AT_ONCE], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    let first: Vec<(i64, u32)> = first.collect::<Result<_, _>>()?;
    let mut delete = db.prepare_cached("DELETE FROM item WHERE no = ?")?;
    let mut removed = 0;
    for (no, bytes) in &first {
        delete.execute([no])?;
        removed += *bytes as usize;
        if removed >= REMOVED_BYTES {
            break;
        }
    }
    Ok(!first.is_empty())
}

impl ItemStore for SqliteStore {
    fn get_container<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
    ) -> StoreFuture<'a, Option<Container>> {
        Box::pin(async move { self.read(|db| container(db, scope, connection, &self.schemas)) })
    }

    fn put_item<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        container: &'a Container,
        new: NewItem,
        capacity: Capacity,
    ) -> StoreFuture<'a, Item> {
        Box::pin(async move {
            let acl = json(&new.item.acl)?;
            let bytes = UNIT_BYTES + acl.len() + new.item.stored_bytes();
            let (key, container) = (&scope.tenant, container.clone());
            let (scope, connection) = (scope.clone(), connection.clone());
            let put = move |db: &_| {
                put(db, &scope, &connection, &container, &new, &acl, capacity)?;
                Ok(new.item)
            };
            self.database.write(key.as_str(), bytes, put).await
        })
    }

    fn update_item<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        container: &'a Container,
        id: &'a str,
        decision: Decision<Item>,
        capacity: Capacity,
    ) -> StoreFuture<'a, Option<Item>> {
        Box::pin(async move {
            let stored = self.read(|db| get(db, scope, connection, id, 0))?;
            let Some(Found::Larger(stored)) = stored else {
                return Ok(None);
            };
            let bytes = UNIT_BYTES + decision.bytes + stored;
            let (key, container, id) = (&scope.tenant, container.clone(), id.to_owned());
            let (scope, connection) = (scope.clone(), connection.clone());
            let update =
                move |db: &_| update(db, &scope, &connection, &container, &id, decision, capacity);
            self.database.write(key.as_str(), bytes, update).await
        })
    }

    fn delete_item<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
        capacity: Capacity,
    ) -> StoreFuture<'a, Option<()>> {
        let (key, id) = (&scope.tenant, id.to_owned());
        let (scope, connection) = (scope.clone(), connection.clone());
        let delete = move |db: &_| delete(db, &scope, &connection, &id, capacity);
        Box::pin(self.database.write(key.as_str(), UNIT_BYTES, delete))
    }

    fn get_item<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
        most_bytes: usize,
    ) -> StoreFuture<'a, Option<Found<Item>>> {
        Box::pin(async move {
            let (scope, connection, id) = (scope.clone(), connection.clone(), id.to_owned());
            let get = move |db: &_| get(db, &scope, &connection, &id, most_bytes);
            self.read_sized(most_bytes, get).await
        })
    }

    fn list_items<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        query: ListQuery<ItemProperty>,
    ) -> StoreFuture<'a, Page<Item>> {
        Box::pin(async move {
            let (bytes, scope, connection) = (query.bytes, scope.clone(), connection.clone());
            let list = move |db: &_| list(db, &scope, &connection, &query);
            self.read_sized(bytes, list).await
        })
    }

    fn add_activities<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        id: &'a str,
        activities: Vec<Activity>,
        capacity: Capacity,
    ) -> StoreFuture<'a, Option<u64>> {
        let (key, id) = (&scope.tenant, id.to_owned());
        let (scope, connection) = (scope.clone(), connection.clone());
        let add =
            move |db: &_| activities::add(db, &scope, &connection, &id, &activities, capacity);
        Box::pin(self.database.write(key.as_str(), UNIT_BYTES, add))
    }

    fn list_activities<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        item: &'a str,
        query: ListQuery<ActivityProperty>,
    ) -> StoreFuture<'a, Page<(u64, Activity)>> {
        Box::pin(
            async move { self.read(|db| activities::list(db, scope, connection, item, &query)) },
        )
    }

    fn count_activities<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        item: &'a str,
    ) -> StoreFuture<'a, u64> {
        Box::pin(async move { self.read(|db| activities::count(db, scope, connection, item)) })
    }

    fn get_activity<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
        item: &'a str,
        no: u64,
    ) -> StoreFuture<'a, Option<Activity>> {
        Box::pin(async move { self.read(|db| activities::get(db, scope, connection, item, no)) })
    }

    fn count_items<'a>(
        &'a self,
        scope: &'a Scope,
        connection: &'a ConnectionId,
    ) -> StoreFuture<'a, u64> {
        Box::pin(async move { self.read(|db| count(db, scope, connection)) })
    }
}
