//! Pages of connections, and how many there are.
//!
//! A page begins where the last one ended, by its key (keyset paging), never by a number of rows to pass over: a page
//! costs the same wherever it is and however long the collection is, unless something is passed over or sorted.

use rusqlite::{OptionalExtension, Row, params, params_from_iter, types::ValueRef};

use crate::odata::orderby::Direction;
use crate::{
    domain::{
        Error,
        external_connection::{ConnectionProperty, ExternalConnection},
        store::{ListQuery, Order, Page, Position, Scope},
    },
    odata::filter::Filter,
};

use super::{
    connections::{
        COLUMNS, SELECT_ONE, WHOLE_TENANT, answer_bytes, app, connection, find, scope_no,
    },
    filter,
    sql::Sql,
};

type ConnectionQuery = ListQuery<ConnectionProperty>;

/// Whether a page may cost more than the connections in it: those that a filter or a skip passes over, and those that
/// must be sorted.
pub(super) fn is_long(scope: &Scope, query: &ConnectionQuery) -> bool {
    query.filter.is_some() || query.skip > 0 || is_sorted(scope, query.order)
}

/// Whether SQLite has to sort: the connections of an app by name, or those of one name whose identifiers go the other
/// way. No more than keys may be sorted then, since the sorter holds whatever is selected.
fn is_sorted(scope: &Scope, order: Order) -> bool {
    order
        .name
        .is_some_and(|name| scope.app.is_some() || name != order.id)
}

/// A page, and the count if the query wants one: first, so that no page waits in memory for it.
pub(super) fn list(
    db: &rusqlite::Connection,
    scope: &Scope,
    query: &ConnectionQuery,
) -> Result<Page<ExternalConnection>, Error> {
    let count = || count(db, scope, query.filter.as_ref());
    let mut page = Page {
        count: query.count.then(count).transpose()?,
        items: Vec::new(),
        next: None,
        left_out: None,
    };
    let mut room = query.bytes;
    // Whether the page had room for the row.
    let mut push = |row: &Row<'_>| -> rusqlite::Result<bool> {
        if page.items.len() as u64 >= query.top.into() {
            return Ok(false);
        }
        let bytes = answer_bytes(row)?;
        if bytes > room {
            page.left_out = Some(bytes);
            return Ok(false);
        }
        room -= bytes;
        page.items.push(connection(row)?);
        Ok(true)
    };
    let Sql { text, values } = select_page(scope, query);
    let mut statement = db.prepare_cached(&text)?;
    let mut rows = statement.query(params_from_iter(values))?;
    // A row too many is how a next page is known to have something in it.
    let has_more = loop {
        let Some(row) = rows.next()? else { break false };
        let had_room = if is_sorted(scope, query.order) {
            let id: String = row.get(0)?;
            find(db, scope, &id, SELECT_ONE, &mut push)?
        } else {
            Some(push(row)?)
        };
        if had_room == Some(false) {
            break true;
        }
    };
    if has_more {
        let last = page.items.last();
        page.next = last.map(|last| position(last, query.order));
    }
    Ok(page)
}

/// The number of connections that the scope reaches, from the totals; or of those that the filter matches, for which all
/// are read.
pub(super) fn count(
    db: &rusqlite::Connection,
    scope: &Scope,
    filter: Option<&Filter<ConnectionProperty>>,
) -> Result<u64, Error> {
    let mut sql = Sql::default();
    if let Some(filter) = filter {
        sql.push("SELECT count(*)");
        let key = push_scope(&mut sql, scope);
        sql.push(" AND ");
        filter::push(&mut sql, filter, key);
    } else {
        sql.push("SELECT connections FROM total WHERE scope = ");
        push_scope_no(&mut sql, scope, app(scope).unwrap_or(WHOLE_TENANT));
    }
    let count: Option<i64> = db
        .prepare_cached(&sql.text)?
        .query_row(params_from_iter(sql.values), |row| row.get(0))
        .optional()?;
    u64::try_from(count.unwrap_or_default()).map_err(|error| Error::Internal(Box::new(error)))
}

pub(super) fn number(row: &Row<'_>) -> rusqlite::Result<u64> {
    let number = row.get(0)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, number))
}

/// The statement of a page: one connection more than asked for; of each its identifier alone if they have to be sorted.
pub(super) fn select_page(scope: &Scope, query: &ConnectionQuery) -> Sql {
    let mut sql = Sql::default();
    let is_sorted = is_sorted(scope, query.order);
    sql.push("SELECT ")
        .push(if is_sorted { "c.id" } else { COLUMNS });
    let key = push_scope(&mut sql, scope);
    if let Some(after) = &query.after {
        sql.push(" AND ");
        push_after(&mut sql, key, query.order, after);
    }
    if let Some(filter) = &query.filter {
        sql.push(" AND ");
        filter::push(&mut sql, filter, key);
    }
    sql.push(" ORDER BY ");
    if let Some(direction) = query.order.name {
        push_term(&mut sql, "c.name", direction);
        sql.push(", ");
    }
    push_term(&mut sql, &format!("{key}.id"), query.order.id);
    sql.push(" LIMIT ").bind(i64::from(query.top) + 1);
    if query.skip > 0 {
        sql.push(" OFFSET ").bind(query.skip);
    }
    sql
}

/// Appends the tables and the condition of the scope. Returns the one that is read first, whose keys have `id` behind
/// the scope.
fn push_scope(sql: &mut Sql, scope: &Scope) -> &'static str {
    let first = match &scope.app {
        None => {
            sql.push(" FROM connection AS c WHERE");
            "c"
        }
        Some(app) => {
            // In SQLite a CROSS JOIN is done in the order written.
            sql.push(" FROM connection_app AS a CROSS JOIN connection AS c ON c.id = a.id");
            sql.push(" WHERE a.app = ");
            push_scope_no(sql, scope, app.as_str());
            sql.push(" AND");
            "a"
        }
    };
    sql.push(" c.tenant = ");
    push_scope_no(sql, scope, WHOLE_TENANT);
    first
}

fn push_scope_no(sql: &mut Sql, scope: &Scope, app: &str) {
    sql.push(scope_no!());
    sql.values.push(scope.tenant.as_str().to_owned().into());
    sql.values.push(app.to_owned().into());
}

fn push_after(sql: &mut Sql, key: &str, order: Order, after: &Position) {
    let id = after.id.clone();
    let Some(direction) = order.name else {
        let than = than(order.id);
        sql.push(&format!("{key}.id {than} ")).bind(id);
        return;
    };
    // A position in an order by name has a name.
    let name = after.name.clone().unwrap_or_default();
    let than_name = than(direction);
    if direction == order.id {
        // One comparison of rows, which is one place in the index.
        sql.push(&format!("(c.name, {key}.id) {than_name} ("))
            .bind(name)
            .push(", ")
            .bind(id)
            .push(")");
        return;
    }
    let than_id = than(order.id);
    sql.push(&format!("c.name {than_name}= "))
        .bind(name.clone())
        .push(&format!(" AND (c.name {than_name} "))
        .bind(name)
        .push(&format!(" OR {key}.id {than_id} "))
        .bind(id)
        .push(")");
}

/// The comparison that continues in a direction.
fn than(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => ">",
        Direction::Descending => "<",
    }
}

fn push_term(sql: &mut Sql, column: &str, direction: Direction) {
    let direction = match direction {
        Direction::Ascending => "ASC",
        Direction::Descending => "DESC",
    };
    sql.push(&format!("{column} {direction}"));
}

fn position(connection: &ExternalConnection, order: Order) -> Position {
    Position {
        name: order.name.map(|_| connection.name.clone()),
        id: connection.id.as_str().to_owned(),
    }
}

/// A page of rows that have their identifier first, of one owner.
pub(super) fn page<T, P>(
    db: &rusqlite::Connection,
    select: &str,
    owner: &dyn rusqlite::ToSql,
    query: &ListQuery<P>,
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
    id: fn(&T) -> &str,
) -> Result<Page<T>, Error> {
    let than = than(query.order.id);
    let after = match &query.after {
        Some(_) => format!("AND id {than} ?2"),
        None => "AND ?2 IS NULL".to_owned(),
    };
    let mut sql = Sql::default();
    sql.push(&format!("{select} {after} ORDER BY "));
    push_term(&mut sql, "id", query.order.id);
    sql.push(" LIMIT ?3");
    let after = query.after.as_ref().map(|after| after.id.as_str());
    let mut statement = db.prepare_cached(&sql.text)?;
    let mut rows = statement.query(params![owner, after, i64::from(query.top) + 1])?;
    let mut page = Page {
        items: Vec::new(),
        next: None,
        left_out: None,
        count: None,
    };
    let mut room = query.bytes;
    while let Some(row) = rows.next()? {
        let bytes = row_bytes(row)?;
        let is_full = page.items.len() >= query.top as usize;
        if is_full || bytes > room {
            page.left_out = (!is_full).then_some(bytes);
            page.next = page.items.last().map(|last| Position {
                name: None,
                id: id(last).to_owned(),
            });
            break;
        }
        room -= bytes;
        page.items.push(read(row)?);
    }
    Ok(page)
}

/// About the bytes that a row takes in an answer: its texts as JSON, with the names of members around them.
pub(super) fn row_bytes(row: &Row<'_>) -> rusqlite::Result<usize> {
    const MEMBERS: usize = 300;
    (0..row.as_ref().column_count()).try_fold(MEMBERS, |bytes, column| {
        let ValueRef::Text(text) = row.get_ref(column)? else {
            return Ok(bytes);
        };
        let is_escaped = |byte: &&u8| **byte == b'"' || **byte == b'\\';
        let controls = text.iter().filter(|byte| **byte < b' ').count();
        let escaped = text.iter().filter(is_escaped).count();
        // `\u0001` and `\"`.
        Ok(bytes + text.len() + 5 * controls + escaped)
    })
}
