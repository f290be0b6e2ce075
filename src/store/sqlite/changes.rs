//! The log of what changed, which an index of items follows.

use rusqlite::{Connection, params};

use crate::domain::Error;

/// Changes that the log of a tenant has at least: the newest, and at most twice as many. Whoever follows it from further behind reads
/// the items themselves.
const KEPT: i64 = 10_000;

/// Notes that an item of a content changed, or all of the content may have.
pub(super) fn log(
    db: &Connection,
    tenant_no: i64,
    content: i64,
    item: Option<&str>,
) -> Result<(), Error> {
    let no: i64 = db
        .prepare_cached(
            "INSERT INTO change (tenant, no, content, item)
             VALUES (?1, (SELECT ifnull(max(no), 0) + 1 FROM change WHERE tenant = ?1), ?2, ?3)
             RETURNING no",
        )?
        .query_row(params![tenant_no, content, item], |row| row.get(0))?;
    if no % KEPT == 0 {
        db.prepare_cached("DELETE FROM change WHERE tenant = ? AND no <= ?")?
            .execute([tenant_no, no - KEPT])?;
    }
    Ok(())
}
