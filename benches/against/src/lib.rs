//! The store's SQLite without the store: the same file, settings and statements, from one thread.

pub mod corpus;

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// The name of the database in the directory of a store.
pub const FILE: &str = "graph-connections.db";

/// The demo app of development tokens, which owns everything.
const APP: &str = "d3a7c0de-0000-4000-8000-000000000002";

/// A database of a store that has been opened once, with the settings of `src/store/sqlite/open.rs`.
pub fn open(path: &Path) -> rusqlite::Result<Connection> {
    let db = Connection::open(path)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "wal_autocheckpoint", 16 * 1024)?;
    db.pragma_update(None, "journal_size_limit", 128 * 1024 * 1024)?;
    db.pragma_update(None, "temp_store", "MEMORY")?;
    db.pragma_update(None, "cache_size", -16 * 1024)?;
    Ok(db)
}

/// What `src/store/sqlite/connections.rs` does to create a connection.
pub fn create(db: &Connection, tenant: &str, id: &str) -> rusqlite::Result<()> {
    let tenant_no = scope(db, tenant, "")?;
    db.prepare_cached(
        "INSERT INTO connection (tenant, id, name, description, state, owner, settings)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        tenant_no,
        id,
        "Contoso HR",
        "Connection to index Contoso HR system",
        "draft",
        APP,
        "{}",
    ])?;
    let app_no = scope(db, tenant, APP)?;
    db.prepare_cached("INSERT INTO connection_app (app, id) VALUES (?, ?)")?
        .execute(params![app_no, id])?;
    Ok(())
}

/// What `src/store/sqlite/connections.rs` does to update a connection.
pub fn update(
    db: &Connection,
    tenant: i64,
    id: &str,
    name: &str,
    description: &str,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE connection SET name = ?, description = ? WHERE tenant = ? AND id = ?",
    )?
    .execute(params![name, description, tenant, id])?;
    Ok(())
}

/// The number of what the connection `contosoitems` holds.
pub fn content(db: &Connection) -> rusqlite::Result<Option<i64>> {
    db.query_row(
        "SELECT no FROM content WHERE id = 'contosoitems'",
        [],
        |row| row.get(0),
    )
    .optional()
}

/// An entry of an access control list as it is stored.
#[derive(Serialize, Deserialize)]
pub struct Entry<'a> {
    pub r#type: &'a str,
    pub value: &'a str,
    pub deny: bool,
}

/// An item as it is stored.
pub struct Item {
    pub acl: String,
    pub properties: String,
    pub text: String,
}

impl Item {
    /// As `load.lua` sends it, with another text for each `n` of a hundred.
    pub fn example(n: u64) -> Self {
        const ENTRY: &str =
            r#"{"type":"group","value":"1f0c997e-99f7-43f1-8cca-086f8d42be01","deny":false}"#;
        Self {
            acl: format!("[{}]", [ENTRY; 5].join(",")),
            properties: r#"{"title":"Error in the payment gateway","url":"https://contoso.example/tickets/1","priority":1}"#.into(),
            text: format!("The gateway answers with 5{:02}. ", n % 100).repeat(115),
        }
    }
}

/// What `src/store/sqlite/items.rs` does to create or replace an item.
pub fn put(db: &Connection, content: i64, id: &str, item: &Item) -> rusqlite::Result<()> {
    let Item {
        acl,
        properties,
        text,
    } = item;
    let known = db
        .prepare_cached("SELECT no FROM item WHERE content = ? AND id = ?")?
        .query_row(params![content, id], |row| row.get(0))
        .optional()?;
    let no: i64 = match known {
        Some(no) => {
            db.prepare_cached("UPDATE item SET acl = ?, properties = ?, html = 0 WHERE no = ?")?
                .execute(params![acl, properties, no])?;
            no
        }
        None => db
            .prepare_cached(
                "INSERT INTO item (content, id, acl, properties, html) VALUES (?, ?, ?, ?, 0)",
            )?
            .insert(params![content, id, acl, properties])?,
    };
    db.prepare_cached("INSERT INTO item_text (no, text) VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text")?
        .execute(params![no, text])?;
    db.prepare_cached(
        "INSERT INTO change (tenant, no, content, item)
         SELECT tenant, (SELECT ifnull(max(no), 0) + 1 FROM change AS c WHERE c.tenant = k.tenant), no, ?2
         FROM content AS k WHERE no = ?1",
    )?
    .execute(params![content, id])?;
    Ok(())
}

fn scope(db: &Connection, tenant: &str, app: &str) -> rusqlite::Result<i64> {
    let known = db
        .prepare_cached("SELECT no FROM scope WHERE tenant = ? AND app = ?")?
        .query_row([tenant, app], |row| row.get(0))
        .optional()?;
    if let Some(no) = known {
        return Ok(no);
    }
    db.prepare_cached("INSERT INTO scope (tenant, app) VALUES (?, ?) RETURNING no")?
        .query_row([tenant, app], |row| row.get(0))
}
