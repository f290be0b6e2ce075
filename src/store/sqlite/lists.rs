//! Pages of connections, and how many there are.
//!
//! A page begins where the last one ended, by its key (keyset paging), never by a number of rows to pass over: a page
//! costs the same wherever it is and however long the collection is.

use rusqlite::{OptionalExtension, Row, params_from_iter};

use crate::odata::orderby::Direction;
use crate::{
    domain::{
        Error,
        connection::{Connection, ConnectionProperty},
        principal::{AppId, TenantId},
        store::{ListQuery, Order, Page, Position, Scope},
    },
    odata::filter::Filter,
};

use super::{
    connections::{COLUMNS, SCOPE_NO, WHOLE_TENANT, connection, document_bytes},
    filter,
    sql::Sql,
};

/// A page ends early once its documents are this long: the number of connections alone does not bound its memory.
const PAGE_BYTES: usize = 4 * 1024 * 1024;

/// Whether a page may cost more than the connections in it: those that a filter or a skip passes over, or those of
/// one name that must be sorted because the two directions differ.
pub(super) fn is_long(query: &ListQuery) -> bool {
    let mixed = query.order.name.is_some_and(|name| name != query.order.id);
    query.filter.is_some() || query.skip > 0 || mixed
}

pub(super) fn list(
    db: &rusqlite::Connection,
    scope: &Scope,
    query: &ListQuery,
) -> Result<Page, Error> {
    let Sql { text, values } = select_page(scope, query);
    let mut statement = db.prepare_cached(&text)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut connections = Vec::new();
    let mut bytes = 0;
    let mut full = false;
    while let Some(row) = rows.next()? {
        // A row too many is how a next page is known to have something in it.
        if full {
            let next = connections.last().map(|last| position(last, query.order));
            return Ok(Page { connections, next });
        }
        connections.push(connection(row)?);
        bytes += document_bytes(row)?;
        full = connections.len() as u64 >= query.top.into() || bytes >= PAGE_BYTES;
    }
    Ok(Page {
        connections,
        next: None,
    })
}

/// The number of connections that the scope reaches, from the totals.
pub(super) fn total(db: &rusqlite::Connection, scope: &Scope) -> Result<u64, Error> {
    let app = scope.app.as_ref().map_or(WHOLE_TENANT, AppId::as_str);
    let total = db
        .prepare_cached(&format!(
            "SELECT connections FROM total WHERE scope = {SCOPE_NO}"
        ))?
        .query_row([scope.tenant.as_str(), app], number);
    Ok(total.optional()?.unwrap_or_default())
}

/// The number of connections that the scope reaches and the filter matches, by looking at them.
pub(super) fn matching(
    db: &rusqlite::Connection,
    scope: &Scope,
    filter: &Filter<ConnectionProperty>,
) -> Result<u64, Error> {
    let mut sql = Sql::default();
    sql.push("SELECT count(*)");
    let key = push_scope(&mut sql, scope);
    sql.push(" AND ");
    filter::push(&mut sql, filter, key);
    Ok(db
        .prepare_cached(&sql.text)?
        .query_row(params_from_iter(sql.values), number)?)
}

fn number(row: &Row<'_>) -> rusqlite::Result<u64> {
    let number = row.get(0)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, number))
}

/// The statement of a page: one connection more than asked for.
pub(super) fn select_page(scope: &Scope, query: &ListQuery) -> Sql {
    let mut sql = Sql::default();
    sql.push("SELECT ").push(COLUMNS);
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
        push_term(&mut sql, key, "name", direction);
        sql.push(", ");
    }
    push_term(&mut sql, key, "id", query.order.id);
    sql.push(" LIMIT ").bind(i64::from(query.top) + 1);
    if query.skip > 0 {
        sql.push(" OFFSET ").bind(query.skip);
    }
    sql
}

/// Appends the source of connections and the condition of the scope. Gives the table whose indexes have `name` and
/// `id` behind the scope's columns.
fn push_scope(sql: &mut Sql, scope: &Scope) -> &'static str {
    let Some(app) = &scope.app else {
        sql.push(" FROM connection AS c WHERE c.tenant = ");
        push_scope_no(sql, &scope.tenant, WHOLE_TENANT);
        return "c";
    };
    // In SQLite a CROSS JOIN is done in the order written: the app's rows first, in the order of the list.
    sql.push(" FROM connection_app AS a CROSS JOIN connection AS c ON c.id = a.id AND c.tenant = ");
    push_scope_no(sql, &scope.tenant, WHOLE_TENANT);
    sql.push(" WHERE a.app = ");
    push_scope_no(sql, &scope.tenant, app.as_str());
    "a"
}

fn push_scope_no(sql: &mut Sql, tenant: &TenantId, app: &str) {
    sql.push_bound(SCOPE_NO, [tenant.as_str(), app]);
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
        sql.push(&format!("({key}.name, {key}.id) {than_name} ("))
            .bind(name)
            .push(", ")
            .bind(id)
            .push(")");
        return;
    }
    let than_id = than(order.id);
    sql.push(&format!("{key}.name {than_name}= "))
        .bind(name.clone())
        .push(&format!(" AND ({key}.name {than_name} "))
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

fn push_term(sql: &mut Sql, key: &str, column: &str, direction: Direction) {
    let direction = match direction {
        Direction::Ascending => "ASC",
        Direction::Descending => "DESC",
    };
    sql.push(&format!("{key}.{column} {direction}"));
}

fn position(connection: &Connection, order: Order) -> Position {
    Position {
        name: order.name.map(|_| connection.name.clone()),
        id: connection.id.as_str().to_owned(),
    }
}
