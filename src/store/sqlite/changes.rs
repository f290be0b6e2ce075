//! The log of what changed, which an index of items follows, and what it reads besides.

use rusqlite::{Connection, OptionalExtension, params};

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
            "INSERT INTO change (tenant, no, content, item)
             VALUES (?1, (SELECT ifnull(max(no), 0) + 1 FROM change WHERE tenant = ?1), ?2, ?3)
             RETURNING no",
        )?
        .query_row(params![tenant_no, content, item], |row| row.get(0))?;
    if no % SHORTENED == 0 {
        db.prepare_cached("DELETE FROM change WHERE tenant = ? AND no <= ?")?
            .execute([tenant_no, no - KEPT])?;
    }
    Ok(())
}

pub(super) fn heads(db: &Connection) -> Result<Vec<Head>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT no, (SELECT max(c.no) FROM change AS c WHERE c.tenant = s.no) AS change
         FROM scope AS s WHERE app = '' AND change IS NOT NULL",
    )?;
    let heads = statement.query_map([], |row| {
        Ok(Head {
            tenant: row.get(0)?,
            change: row.get(1)?,
        })
    })?;
    Ok(heads.collect::<Result<_, _>>()?)
}

pub(super) fn head(db: &Connection, tenant: &TenantId) -> Result<Option<Head>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT no, (SELECT max(c.no) FROM change AS c WHERE c.tenant = s.no)
         FROM scope AS s WHERE tenant = ? AND app = ''",
    )?;
    let head = statement.query_row([tenant.as_str()], |row| {
        let change: Option<i64> = row.get(1)?;
        let tenant = row.get(0)?;
        Ok(change.map(|change| Head { tenant, change }))
    });
    Ok(head.optional()?.flatten())
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
        "SELECT no, content, item FROM change WHERE tenant = ? AND no > ? ORDER BY no LIMIT ?",
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let changes = statement.query_map(params![tenant, after, most], |row| {
        Ok(Change {
            no: row.get(0)?,
            content: row.get(1)?,
            item: row.get(2)?,
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

pub(super) fn follow(db: &Connection, mark: &str) -> Result<Option<String>, Error> {
    let before = db
        .prepare_cached("SELECT mark FROM follower")?
        .query_row([], |row| row.get(0))
        .optional()?;
    db.prepare_cached(
        "INSERT INTO follower (no, mark) VALUES (1, ?) ON CONFLICT DO UPDATE SET mark = excluded.mark",
    )?
    .execute([mark])?;
    Ok(before)
}
