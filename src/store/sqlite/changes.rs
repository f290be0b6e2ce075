//! The log of what changed, which an index of items follows, and what it reads besides.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{
    Error,
    principal::TenantId,
    store::{Change, Head},
};

/// Changes that the log of a tenant has at least: the newest. Whoever follows it from further behind reads the items themselves.
const KEPT: i64 = 100_000;
/// Changes after which the log is shortened, by as many.
const SHORTENED: i64 = 1_000;

/// Notes that an item of a content changed, or all of the content may have.
pub(super) fn log(
    db: &Connection,
    tenant_no: i64,
    content: i64,
    item: Option<&str>,
) -> Result<(), Error> {
    let no: i64 = db
        .prepare_cached(
            "INSERT INTO change (tenant, no, content, item, mark)
             VALUES (?1, (SELECT ifnull(max(no), 0) + 1 FROM change WHERE tenant = ?1), ?2, ?3, random())
             RETURNING no",
        )?
        .query_row(params![tenant_no, content, item], |row| row.get(0))?;
    if no % SHORTENED == 0 {
        db.prepare_cached("DELETE FROM change WHERE tenant = ? AND no <= ?")?
            .execute([tenant_no, no - KEPT])?;
    }
    Ok(())
}

/// The newest change of the tenants of a scope `s`.
macro_rules! heads {
    ($condition:literal) => {
        concat!(
            "SELECT c.tenant, c.no, c.mark FROM scope AS s CROSS JOIN change AS c
             ON c.tenant = s.no AND c.no = (SELECT max(n.no) FROM change AS n WHERE n.tenant = s.no)
             WHERE ",
            $condition
        )
    };
}

fn to_head(row: &Row<'_>) -> rusqlite::Result<Head> {
    Ok(Head {
        tenant: row.get(0)?,
        change: row.get(1)?,
        mark: row.get(2)?,
    })
}

pub(super) fn heads(db: &Connection) -> Result<Vec<Head>, Error> {
    let mut statement = db.prepare_cached(heads!("s.app = ''"))?;
    let heads = statement.query_map([], to_head)?;
    Ok(heads.collect::<Result<_, _>>()?)
}

pub(super) fn head(db: &Connection, tenant: &TenantId) -> Result<Option<Head>, Error> {
    let mut statement = db.prepare_cached(heads!("s.tenant = ? AND s.app = ''"))?;
    Ok(statement.query_row([tenant.as_str()], to_head).optional()?)
}

pub(super) fn changes(
    db: &Connection,
    tenant: i64,
    after: i64,
    most: usize,
) -> Result<Option<Vec<Change>>, Error> {
    let oldest: Option<i64> = db
        .prepare_cached("SELECT min(no) FROM change WHERE tenant = ?")?
        .query_row([tenant], |row| row.get(0))?;
    if oldest.is_none_or(|oldest| oldest > after + 1) {
        return Ok(None);
    }
    let mut statement = db.prepare_cached(
        "SELECT no, mark, content, item FROM change WHERE tenant = ? AND no > ? ORDER BY no LIMIT ?",
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let changes = statement.query_map(params![tenant, after, most], |row| {
        Ok(Change {
            no: row.get(0)?,
            mark: row.get(1)?,
            content: row.get(2)?,
            item: row.get(3)?,
        })
    })?;
    Ok(Some(changes.collect::<Result<_, _>>()?))
}

pub(super) fn contents(db: &Connection, tenant: i64) -> Result<Vec<i64>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT content FROM connection WHERE tenant = ? AND content IS NOT NULL ORDER BY content",
    )?;
    let contents = statement.query_map([tenant], |row| row.get(0))?;
    Ok(contents.collect::<Result<_, _>>()?)
}

pub(super) fn mark(db: &Connection, tenant: i64, change: i64) -> Result<Option<i64>, Error> {
    let mut statement = db.prepare_cached("SELECT mark FROM change WHERE tenant = ? AND no = ?")?;
    let mark = statement.query_row([tenant, change], |row| row.get(0));
    Ok(mark.optional()?)
}
