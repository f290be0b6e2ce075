//! Tests that the indexes serve the lists: SQLite's own plans, without statistics as in operation.

use rusqlite::params_from_iter;

use crate::odata::orderby::Direction;
use crate::{
    domain::{
        external_connection::ConnectionProperty,
        principal::{AppId, TenantId},
        store::{ListQuery, Order, Position, Scope},
    },
    odata::filter::Filter,
};

use super::{lists::select_page, migrations};

use Direction::{Ascending as Up, Descending as Down};

const BY_ID: [Order; 2] = [order(None, Up), order(None, Down)];
const BY_NAME: [Order; 2] = [order(Some(Up), Up), order(Some(Down), Down)];
const MIXED: [Order; 2] = [order(Some(Up), Down), order(Some(Down), Up)];

const fn order(name: Option<Direction>, id: Direction) -> Order {
    Order { name, id }
}

fn scopes() -> [Scope; 2] {
    let tenant = TenantId::new("t");
    let app = Some(AppId::new("a"));
    [
        Scope {
            tenant: tenant.clone(),
            app: None,
        },
        Scope { tenant, app },
    ]
}

fn query(
    order: Order,
    filter: Option<Filter<ConnectionProperty>>,
    continues: bool,
) -> ListQuery<ConnectionProperty> {
    ListQuery {
        filter,
        order,
        after: continues.then(|| Position {
            name: order.name.map(|_| "n".into()),
            id: "i".into(),
        }),
        skip: 0,
        top: 100,
        bytes: usize::MAX,
        count: false,
    }
}

/// The steps of the plan, joined by line breaks.
fn plan(scope: &Scope, query: &ListQuery<ConnectionProperty>) -> String {
    let sql = select_page(scope, query);
    let db = migrations::empty_database();
    let mut explain = db
        .prepare(&format!("EXPLAIN QUERY PLAN {}", sql.text))
        .expect("the statement is valid");
    let steps = explain
        .query_map(params_from_iter(sql.values), |row| row.get::<_, String>(3))
        .expect("the statement is explained");
    steps
        .collect::<Result<Vec<_>, _>>()
        .expect("text")
        .join("\n")
}

/// But for the pages of an app by name: its connections are sorted.
#[test]
fn page_is_one_place_in_an_index() {
    let [tenant, app] = scopes();
    let by_name = BY_NAME.map(|order| (&tenant, "tenant=?", order));
    let by_id = [(&tenant, "tenant=?"), (&app, "app=?")];
    let by_id = by_id.map(|(scope, prefix)| BY_ID.map(|order| (scope, prefix, order)));
    for (scope, prefix, order) in by_name.into_iter().chain(by_id.into_iter().flatten()) {
        let than = if order.id == Up { '>' } else { '<' };
        let key = match order.name {
            None => format!("{prefix} AND id{than}?"),
            Some(_) => format!("{prefix} AND (name,id){than}(?,?)"),
        };
        for (continues, place) in [(false, prefix), (true, key.as_str())] {
            let plan = plan(scope, &query(order, None, continues));
            assert!(plan.contains(&format!("({place})")), "{order:?}: {plan}");
            assert!(!plan.contains("SCAN"), "{order:?}: {plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{order:?}: {plan}");
        }
    }
}

#[test]
fn connections_of_an_app_are_sorted_by_name() {
    let [_, scope] = scopes();
    for order in BY_NAME.into_iter().chain(MIXED) {
        for continues in [false, true] {
            let plan = plan(&scope, &query(order, None, continues));
            let steps = ["(app=?)", "(tenant=? AND id=?)", "TEMP B-TREE FOR ORDER BY"];
            let places = steps.map(|step| plan.find(step));
            assert!(places.is_sorted(), "{order:?}: {plan}");
            assert!(places.iter().all(Option::is_some), "{order:?}: {plan}");
        }
    }
}

#[test]
fn mixed_directions_sort_only_connections_of_one_name() {
    let [scope, _] = scopes();
    for order in MIXED {
        for continues in [false, true] {
            let plan = plan(&scope, &query(order, None, continues));
            assert!(
                plan.contains("USE TEMP B-TREE FOR LAST TERM OF ORDER BY"),
                "{order:?}: {plan}"
            );
            assert!(plan.contains("by_name"), "{order:?}: {plan}");
            assert!(!plan.contains("SCAN"), "{order:?}: {plan}");
        }
    }
}

#[test]
fn filter_on_name_or_id_narrows_the_index() {
    let eq = |property| Filter::Eq(property, Some("x".into()));
    let starts = Filter::StartsWith(ConnectionProperty::Name, "x".into());
    let [tenant, app] = scopes();
    for (scope, filter, place) in [
        (&tenant, eq(ConnectionProperty::Id), "id=?"),
        (&app, eq(ConnectionProperty::Id), "id=?"),
        (&tenant, eq(ConnectionProperty::Name), "name=?"),
        (&tenant, starts, "name>? AND name<?"),
    ] {
        for order in BY_NAME {
            let plan = plan(scope, &query(order, Some(filter.clone()), false));
            assert!(plan.contains(place), "{filter:?} by {order:?}: {plan}");
            assert!(!plan.contains("SCAN"), "{filter:?} by {order:?}: {plan}");
        }
    }
}

/// The sorter holds whatever is selected, of all rows that come before the end of the page.
#[test]
fn only_keys_are_sorted() {
    for scope in scopes() {
        for order in BY_ID.into_iter().chain(BY_NAME).chain(MIXED) {
            let query = query(order, None, true);
            let is_sorted = plan(&scope, &query).contains("TEMP B-TREE");
            let sql = select_page(&scope, &query).text;
            assert_eq!(is_sorted, sql.starts_with("SELECT c.id FROM"), "{sql}");
        }
    }
}
