//! Pages of connections, and how many there are.
//!
//! A page begins where the last one ended, by its key (keyset paging), never by a number of rows to pass over: a page
//! costs the same wherever it is and however long the collection is.

use rusqlite::{OptionalExtension, Row, params_from_iter};

use crate::odata::orderby::Direction;
use crate::{
    domain::{
        Error,
        external_connection::{ConnectionProperty, ExternalConnection},
        principal::{AppId, TenantId},
        store::{ListQuery, Order, Page, Position, Scope},
    },
    odata::filter::Filter,
};

use super::{
    connections::{self, COLUMNS, SCOPE_NO, WHOLE_TENANT, answer_bytes, connection, scope_no},
    filter,
    sql::Sql,
};

type ConnectionQuery = ListQuery<ConnectionProperty>;

/// Connections of an app that are sorted by name; more are looked for among those of the tenant, which are in that
/// order.
const SORTED: u64 = 1_000;

/// The table that a list reads first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The connections of the tenant, in either order; those that the app does not manage are passed over.
    Tenant,
    /// Those of the app, in the order of their identifiers.
    App,
}

impl Source {
    fn of(db: &rusqlite::Connection, scope: &Scope, order: Order) -> Result<Self, Error> {
        let by_app = scope.app.is_some() && (order.name.is_none() || total(db, scope)? <= SORTED);
        Ok(if by_app { Self::App } else { Self::Tenant })
    }
}

/// Whether a page may cost more than the connections in it: those that a filter or a skip passes over, those of one
/// name that must be sorted because the two directions differ, or those of other apps.
pub(super) fn is_long(scope: &Scope, query: &ConnectionQuery) -> bool {
    let mixed = query.order.name.is_some_and(|name| name != query.order.id);
    let by_name = scope.app.is_some() && query.order.name.is_some();
    query.filter.is_some() || query.skip > 0 || mixed || by_name
}

/// A page, and the count if the query wants one: first, so that no page waits in memory for it.
pub(super) fn list(
    db: &rusqlite::Connection,
    scope: &Scope,
    query: &ConnectionQuery,
) -> Result<Page<ExternalConnection>, Error> {
    let count = query
        .count
        .then(|| count(db, scope, query.filter.as_ref()))
        .transpose()?;
    let source = Source::of(db, scope, query.order)?;
    let page = list_from(db, scope, query, source)?;
    Ok(Page { count, ..page })
}

fn list_from(
    db: &rusqlite::Connection,
    scope: &Scope,
    query: &ConnectionQuery,
    source: Source,
) -> Result<Page<ExternalConnection>, Error> {
    let mut page = PageInProgress::new(query);
    if is_sorted(query.order, source) {
        let tenant_no = connections::tenant_no(db, scope)?;
        for id in sorted_ids(db, scope, query, source)? {
            if !connections::by_key(db, tenant_no, &id, |row| page.push(row))? {
                return Ok(page.with_more());
            }
        }
        return Ok(page.last());
    }
    let Sql { text, values } = select_page(scope, query, source);
    let mut statement = db.prepare_cached(&text)?;
    let mut rows = statement.query(params_from_iter(values))?;
    // A row too many is how a next page is known to have something in it.
    while let Some(row) = rows.next()? {
        if !page.push(row)? {
            return Ok(page.with_more());
        }
    }
    Ok(page.last())
}

/// The rows of a page as they come.
struct PageInProgress<'q> {
    query: &'q ConnectionQuery,
    items: Vec<ExternalConnection>,
    bytes: usize,
    left_out: Option<usize>,
}

impl<'q> PageInProgress<'q> {
    fn new(query: &'q ConnectionQuery) -> Self {
        Self {
            query,
            items: Vec::new(),
            bytes: 0,
            left_out: None,
        }
    }

    /// Whether the page had room for the row.
    fn push(&mut self, row: &Row<'_>) -> rusqlite::Result<bool> {
        if self.items.len() as u64 >= self.query.top.into() {
            return Ok(false);
        }
        let bytes = answer_bytes(row)?;
        if bytes > self.query.bytes - self.bytes {
            self.left_out = Some(bytes);
            return Ok(false);
        }
        self.bytes += bytes;
        self.items.push(connection(row)?);
        Ok(true)
    }

    fn with_more(self) -> Page<ExternalConnection> {
        let last = self.items.last();
        Page {
            next: last.map(|last| position(last, self.query.order)),
            ..self.last()
        }
    }

    fn last(self) -> Page<ExternalConnection> {
        Page {
            items: self.items,
            next: None,
            left_out: self.left_out,
            count: None,
        }
    }
}

/// Whether SQLite has to sort: the connections of an app by name, or those of one name whose identifiers go the other
/// way. No more than keys may be sorted then, since the sorter holds whatever is selected, of all rows that come before
/// the end of the page.
fn is_sorted(order: Order, source: Source) -> bool {
    order
        .name
        .is_some_and(|name| source == Source::App || name != order.id)
}

/// The identifiers of a page in their order, one more than asked for.
fn sorted_ids(
    db: &rusqlite::Connection,
    scope: &Scope,
    query: &ConnectionQuery,
    source: Source,
) -> Result<Vec<String>, Error> {
    let Sql { text, values } = select_page(scope, query, source);
    let mut statement = db.prepare_cached(&text)?;
    let ids = statement.query_map(params_from_iter(values), |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// The number of connections that the scope reaches and the filter, if any, matches.
pub(super) fn count(
    db: &rusqlite::Connection,
    scope: &Scope,
    filter: Option<&Filter<ConnectionProperty>>,
) -> Result<u64, Error> {
    match filter {
        None => total(db, scope),
        Some(filter) => matching(db, scope, filter),
    }
}

/// The number of connections that the scope reaches, from the totals.
pub(super) fn total(db: &rusqlite::Connection, scope: &Scope) -> Result<u64, Error> {
    let app = scope.app.as_ref().map_or(WHOLE_TENANT, AppId::as_str);
    let total = db
        .prepare_cached(concat!(
            "SELECT connections FROM total WHERE scope = ",
            scope_no!()
        ))?
        .query_row([scope.tenant.as_str(), app], number);
    Ok(total.optional()?.unwrap_or_default())
}

/// The number of connections that the scope reaches and the filter matches; reads all of them.
fn matching(
    db: &rusqlite::Connection,
    scope: &Scope,
    filter: &Filter<ConnectionProperty>,
) -> Result<u64, Error> {
    let mut sql = Sql::default();
    sql.push("SELECT count(*)");
    let key = push_scope(&mut sql, scope, Source::App);
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

/// The statement of a page: one connection more than asked for; of each its identifier alone if they have to be sorted.
pub(super) fn select_page(scope: &Scope, query: &ConnectionQuery, source: Source) -> Sql {
    let mut sql = Sql::default();
    let columns = if is_sorted(query.order, source) {
        "c.id"
    } else {
        COLUMNS
    };
    sql.push("SELECT ").push(columns);
    let key = push_scope(&mut sql, scope, source);
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

/// Appends the source of connections and the condition of the scope. Returns the table that is read first, whose
/// keys have `id` behind the scope.
fn push_scope(sql: &mut Sql, scope: &Scope, source: Source) -> &'static str {
    let Some(app) = &scope.app else {
        sql.push(" FROM connection AS c WHERE c.tenant = ");
        push_scope_no(sql, &scope.tenant, WHOLE_TENANT);
        return "c";
    };
    // In SQLite a CROSS JOIN is done in the order written.
    let (tables, first) = match source {
        Source::Tenant => ("connection AS c CROSS JOIN connection_app AS a", "c"),
        Source::App => ("connection_app AS a CROSS JOIN connection AS c", "a"),
    };
    sql.push(" FROM ").push(tables);
    sql.push(" ON c.id = a.id WHERE c.tenant = ");
    push_scope_no(sql, &scope.tenant, WHOLE_TENANT);
    sql.push(" AND a.app = ");
    push_scope_no(sql, &scope.tenant, app.as_str());
    first
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::external_connection::{ConnectionId, ConnectionState, Settings},
        store::sqlite::{
            connections::{Documents, create},
            migrations::empty_database,
        },
    };

    use Direction::{Ascending, Descending};

    /// Connections of two apps in turn, with ten names in turn.
    fn database(connections: u64) -> rusqlite::Connection {
        let db = empty_database();
        for n in 0..connections {
            let app = if n % 2 == 0 { "a" } else { "b" };
            let connection = ExternalConnection {
                id: ConnectionId::existing(format!("id{n:04}")),
                name: format!("name {}", n * 7 % 10),
                description: None,
                state: ConnectionState::Draft,
                owner: AppId::new(app),
                authorized_apps: vec![app.into()],
                settings: Settings::default(),
            };
            let documents = Documents::of(&connection).expect("it is written as JSON");
            create(&db, &TenantId::new("t"), &connection, &documents).expect("it is new");
        }
        db
    }

    fn scope(app: Option<&str>) -> Scope {
        Scope {
            tenant: TenantId::new("t"),
            app: app.map(AppId::new),
        }
    }

    /// The identifiers of all pages.
    fn pages(db: &rusqlite::Connection, order: Order, source: Source) -> Vec<String> {
        let mut query = ListQuery {
            order,
            ..ListQuery::first(7)
        };
        let mut ids = Vec::new();
        loop {
            let page = list_from(db, &scope(Some("b")), &query, source).expect("it lists");
            ids.extend(page.items.into_iter().map(|c| c.id.to_string()));
            query.after = page.next;
            if query.after.is_none() {
                return ids;
            }
        }
    }

    #[test]
    fn pages_of_an_app_are_the_same_from_either_source() {
        let db = database(60);
        for name in [None, Some(Ascending), Some(Descending)] {
            for id in [Ascending, Descending] {
                let order = Order { name, id };
                let ids = pages(&db, order, Source::App);
                assert_eq!(ids.len(), 30, "{order:?}");
                assert_eq!(ids, pages(&db, order, Source::Tenant), "{order:?}");
            }
        }
    }

    #[test]
    fn only_few_connections_are_sorted_by_name() {
        let by_id = Order {
            name: None,
            id: Ascending,
        };
        let by_name = Order {
            name: Some(Ascending),
            ..by_id
        };
        for (connections, few) in [(2 * SORTED, true), (2 * SORTED + 2, false)] {
            let db = database(connections);
            let is_app = |app, order| {
                let source = Source::of(&db, &scope(app), order).expect("it counts");
                source == Source::App
            };
            assert_eq!(is_app(Some("b"), by_name), few, "{connections}");
            assert!(is_app(Some("b"), by_id), "{connections}");
            assert!(!is_app(None, by_name) && !is_app(None, by_id));
        }
    }
}
