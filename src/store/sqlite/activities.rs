//! Activities: their rows, of each item the newest.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{
    Error,
    activity::{self, Activity, ActivityProperty},
    external_connection::ConnectionId,
    item::{self, Capacity},
    store::{ListQuery, Page, Position, Scope},
};

use super::{
    groups::{code, member},
    lists::number,
    place::Place,
};

/// The number of the item's row.
///
/// # Errors
/// There is no such item.
fn find_item(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    id: &str,
) -> Result<i64, Error> {
    let no = Place::find(db, scope, connection)?.item_no(db, id)?;
    item::RESOURCE.found(no)
}

pub(super) fn add(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    id: &str,
    activities: &[Activity],
    capacity: Capacity,
) -> Result<Option<u64>, Error> {
    let place = Place::find(db, scope, connection)?;
    let Some(no) = place.item_no(db, id)? else {
        return Ok(None);
    };
    capacity.may_write(place.state, place.items(db, capacity)?, false)?;
    put(db, no, activities).map(Some)
}

/// Adds activities to the row of an item, and answers the number of the last one that it has.
pub(super) fn put(db: &Connection, item_no: i64, activities: &[Activity]) -> Result<u64, Error> {
    for activity in activities {
        db.prepare_cached(
            "INSERT INTO activity (item_no, no, type, started, kind, id)
             VALUES (?1, (SELECT ifnull(max(no), 0) + 1 FROM activity WHERE item_no = ?1), ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            item_no,
            activity.r#type,
            activity.started,
            code(activity.performed_by.kind),
            activity.performed_by.id
        ])?;
    }
    let last: u64 = db
        .prepare_cached("SELECT ifnull(max(no), 0) FROM activity WHERE item_no = ?")?
        .query_row([item_no], number)?;
    let kept = i64::try_from(last).unwrap_or(i64::MAX) - i64::from(activity::KEPT);
    db.prepare_cached("DELETE FROM activity WHERE item_no = ? AND no <= ?")?
        .execute([item_no, kept])?;
    Ok(last)
}

/// From a row of `id, kind, no, type, started`.
fn activity(row: &Row<'_>) -> rusqlite::Result<(u64, Activity)> {
    let no: i64 = row.get(2)?;
    let activity = Activity {
        r#type: row.get(3)?,
        started: row.get(4)?,
        performed_by: member(row)?,
    };
    Ok((no.unsigned_abs(), activity))
}

pub(super) fn list(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    item: &str,
    query: &ListQuery<ActivityProperty>,
) -> Result<Page<(u64, Activity)>, Error> {
    let no = find_item(db, scope, connection, item)?;
    let after = query.after.as_ref().and_then(|after| after.id.parse().ok());
    let limit = i64::from(query.top) + 1;
    let mut items: Vec<(u64, Activity)> = db
        .prepare_cached(
            "SELECT id, kind, no, type, started FROM activity WHERE item_no = ? AND no > ?
             ORDER BY no LIMIT ?",
        )?
        .query_map([no, after.unwrap_or(0), limit], activity)?
        .collect::<Result<_, _>>()?;
    let has_more = items.len() > query.top as usize;
    items.truncate(query.top as usize);
    let last = items.last().filter(|_| has_more);
    let next = last.map(|(no, _)| Position {
        name: None,
        id: no.to_string(),
    });
    let count = query.count.then(|| count_of(db, no)).transpose()?;
    Ok(Page {
        items,
        next,
        left_out: None,
        count,
    })
}

pub(super) fn count(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    item: &str,
) -> Result<u64, Error> {
    count_of(db, find_item(db, scope, connection, item)?)
}

fn count_of(db: &Connection, item_no: i64) -> Result<u64, Error> {
    Ok(db
        .prepare_cached("SELECT count(*) FROM activity WHERE item_no = ?")?
        .query_row([item_no], number)?)
}

pub(super) fn get(
    db: &Connection,
    scope: &Scope,
    connection: &ConnectionId,
    item: &str,
    no: u64,
) -> Result<Option<Activity>, Error> {
    let item_no = find_item(db, scope, connection, item)?;
    let no = i64::try_from(no).unwrap_or(i64::MAX);
    let found = db
        .prepare_cached(
            "SELECT id, kind, no, type, started FROM activity WHERE item_no = ? AND no = ?",
        )?
        .query_row([item_no, no], activity)
        .optional()?;
    Ok(found.map(|(_, activity)| activity))
}
