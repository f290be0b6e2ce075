//! The store's SQLite without the store: the same file, settings and statements, from one thread.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

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
