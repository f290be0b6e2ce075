//! What searches and their index read.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{
    Error,
    external_connection::{ConnectionId, ConnectionState},
    item::Item,
    principal::{GroupId, TenantId, UserId},
    schema::Schema,
    store::{Change, Container, Head, Membership, Scope, SearchStore, Source, StoreFuture},
};

use super::{
    SqliteStore, changes,
    connections::{app, find, json, select_one, undecodable},
    groups,
    items::{item, item_columns, item_tables},
    registrations::Schemas,
};

/// The columns that [`source`] reads, of the table `c`.
macro_rules! source_columns {
    () => {
        "c.id, c.state, c.content, (SELECT k.schema FROM content AS k WHERE k.no = c.content)"
    };
}

/// The connection of a row of [`source_columns`], if it has a schema.
fn source(row: &Row<'_>, schemas: &Schemas) -> rusqlite::Result<Option<Source>> {
    let Some(content) = row.get(2)? else {
        return Ok(None);
    };
    let state = row.get_ref(1)?.as_str()?;
    let state = ConnectionState::from_name(state)
        .ok_or_else(|| undecodable(1, format!("unknown state {state}")))?;
    let id = ConnectionId::existing(row.get::<_, String>(0)?);
    Ok(schemas.read(row, 3, content)?.map(|schema| Source {
        id,
        state,
        container: Container { content, schema },
    }))
}

fn sources(
    db: &Connection,
    scope: &Scope,
    ids: Option<&[ConnectionId]>,
    schemas: &Schemas,
) -> Result<Vec<Source>, Error> {
    const SELECT: &str = select_one!(source_columns!(), "");
    let mut sources = Vec::new();
    if let Some(ids) = ids {
        for id in ids {
            let found = find(db, scope, id.as_str(), SELECT, |row| source(row, schemas))?;
            sources.extend(found.flatten());
        }
        return Ok(sources);
    }
    let mut select = db.prepare_cached(concat!(
        "SELECT ",
        source_columns!(),
        " FROM connection AS c WHERE c.tenant = (SELECT no FROM scope WHERE tenant = ?1 AND app = '')
          AND (?2 IS NULL OR EXISTS (
              SELECT * FROM connection_app AS a
              WHERE a.app = (SELECT no FROM scope WHERE tenant = ?1 AND app = ?2) AND a.id = c.id))
          ORDER BY c.id"
    ))?;
    let mut rows = select.query(params![scope.tenant.as_str(), app(scope)])?;
    while let Some(row) = rows.next()? {
        sources.extend(source(row, schemas)?);
    }
    Ok(sources)
}

/// The edges by which a user is in the groups of a content: by himself (kind 0), by a group of the directory (1), by another external
/// group (2). Found from the user on, and each edge once, so that groups in each other come to an end.
fn memberships(
    db: &Connection,
    content: i64,
    user: Option<&UserId>,
    groups: &str,
) -> Result<Vec<Membership>, Error> {
    let mut select = db.prepare_cached(
        "WITH RECURSIVE mine (no, kind, by) AS (
             SELECT group_no, 0, id FROM member WHERE content = ?1 AND id = ?2 AND kind = 0
             UNION
             SELECT m.group_no, 1, m.id FROM json_each(?3) AS g CROSS JOIN member AS m
                 WHERE m.content = ?1 AND m.id = g.value AND m.kind = 1
             UNION
             SELECT m.group_no, 2, m.id FROM mine CROSS JOIN external_group AS g ON g.no = mine.no CROSS JOIN member AS m
                 WHERE m.content = ?1 AND m.id = g.id AND m.kind = 2
         )
         SELECT mine.by, mine.kind, g.id FROM mine CROSS JOIN external_group AS g ON g.no = mine.no
         ORDER BY mine.kind, g.id, mine.by",
    )?;
    let user = user.map(UserId::as_str);
    let found = select.query_map(params![content, user, groups], |row| {
        Ok(Membership {
            member: groups::member(row)?,
            group: row.get(2)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn filled_groups(db: &Connection, content: i64) -> Result<BTreeSet<String>, Error> {
    let mut select = db.prepare_cached(
        "WITH RECURSIVE filled (no, id) AS (
             SELECT g.no, g.id FROM external_group AS g
                 WHERE g.content = ?1 AND EXISTS (SELECT 1 FROM member AS m WHERE m.group_no = g.no AND m.kind <> 2)
             UNION
             SELECT g.no, g.id FROM filled CROSS JOIN member AS m CROSS JOIN external_group AS g ON g.no = m.group_no
                 WHERE m.content = ?1 AND m.id = filled.id AND m.kind = 2
         )
         SELECT id FROM filled",
    )?;
    let ids = select.query_map([content], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// The identifiers as a JSON array.
fn array(groups: &[GroupId]) -> Result<String, Error> {
    let groups: Vec<&str> = groups.iter().map(GroupId::as_str).collect();
    json(&groups)
}

fn read_items(
    db: &Connection,
    content: i64,
    ids: &[String],
    most_bytes: usize,
) -> Result<(Vec<Item>, usize), Error> {
    let mut select = db.prepare_cached(concat!(
        "SELECT ",
        item_columns!(),
        item_tables!(),
        " WHERE i.content = ? AND i.id = ?"
    ))?;
    let (mut items, mut bytes) = (Vec::new(), 0);
    for (read, id) in ids.iter().enumerate() {
        if bytes >= most_bytes {
            return Ok((items, read));
        }
        for found in select.query_map(params![content, id], item)? {
            let found = found?;
            bytes += found.stored_bytes();
            items.push(found);
        }
    }
    Ok((items, ids.len()))
}

fn read_items_after(
    db: &Connection,
    content: i64,
    after: &str,
    most_bytes: usize,
) -> Result<Vec<Item>, Error> {
    let mut select = db.prepare_cached(concat!(
        "SELECT ",
        item_columns!(),
        item_tables!(),
        " WHERE i.content = ? AND i.id > ? ORDER BY i.id"
    ))?;
    let (mut items, mut bytes) = (Vec::new(), 0);
    let mut rows = select.query(params![content, after])?;
    while bytes < most_bytes
        && let Some(row) = rows.next()?
    {
        let found = item(row)?;
        bytes += found.stored_bytes();
        items.push(found);
    }
    Ok(items)
}

fn content_schema(
    db: &Connection,
    schemas: &Schemas,
    content: i64,
) -> Result<Option<Arc<Schema>>, Error> {
    let found = db
        .prepare_cached("SELECT schema FROM content WHERE no = ? AND removed = 0")?
        .query_row([content], |row| schemas.read(row, 0, content))
        .optional()?;
    Ok(found.flatten())
}

impl SearchStore for SqliteStore {
    fn sources<'a>(
        &'a self,
        scope: &'a Scope,
        ids: Option<&'a [ConnectionId]>,
    ) -> StoreFuture<'a, Vec<Source>> {
        Box::pin(async move { self.read(|db| sources(db, scope, ids, &self.schemas)) })
    }

    fn external_groups<'a>(
        &'a self,
        contents: &'a [i64],
        user: Option<&'a UserId>,
        groups: &'a [GroupId],
    ) -> StoreFuture<'a, BTreeMap<i64, Arc<BTreeSet<String>>>> {
        Box::pin(async move {
            let array = array(groups)?;
            self.read(|db| {
                let of = |content: &i64| {
                    let groups = self.memberships.of_user(db, *content, user, &array)?;
                    Ok((*content, groups))
                };
                contents.iter().map(of).collect()
            })
        })
    }

    fn memberships<'a>(
        &'a self,
        content: i64,
        user: Option<&'a UserId>,
        groups: &'a [GroupId],
    ) -> StoreFuture<'a, Vec<Membership>> {
        Box::pin(async move {
            let array = array(groups)?;
            self.read(|db| memberships(db, content, user, &array))
        })
    }

    fn filled_groups(&self, content: i64) -> StoreFuture<'_, BTreeSet<String>> {
        Box::pin(async move { self.read(|db| filled_groups(db, content)) })
    }

    fn read_items<'a>(
        &'a self,
        content: i64,
        ids: &'a [String],
        most_bytes: usize,
    ) -> StoreFuture<'a, (Vec<Item>, usize)> {
        Box::pin(async move { self.read(|db| read_items(db, content, ids, most_bytes)) })
    }

    fn read_items_after<'a>(
        &'a self,
        content: i64,
        after: &'a str,
        most_bytes: usize,
    ) -> StoreFuture<'a, Vec<Item>> {
        Box::pin(async move { self.read(|db| read_items_after(db, content, after, most_bytes)) })
    }

    fn heads(&self) -> StoreFuture<'_, Vec<Head>> {
        Box::pin(async move { self.read(changes::heads) })
    }

    fn head<'a>(&'a self, tenant: &'a TenantId) -> StoreFuture<'a, Option<Head>> {
        Box::pin(async move { self.read(|db| changes::head(db, tenant)) })
    }

    fn changes(
        &self,
        tenant: i64,
        after: i64,
        most: usize,
    ) -> StoreFuture<'_, Option<Vec<Change>>> {
        Box::pin(async move { self.read(|db| changes::changes(db, tenant, after, most)) })
    }

    fn contents(&self, tenant: i64) -> StoreFuture<'_, Vec<i64>> {
        Box::pin(async move { self.read(|db| changes::contents(db, tenant)) })
    }

    fn content_schema(&self, content: i64) -> StoreFuture<'_, Option<Arc<Schema>>> {
        Box::pin(async move { self.read(|db| content_schema(db, &self.schemas, content)) })
    }

    fn mark(&self, tenant: i64, change: i64) -> StoreFuture<'_, Option<i64>> {
        Box::pin(async move { self.read(|db| changes::mark(db, tenant, change)) })
    }
}
