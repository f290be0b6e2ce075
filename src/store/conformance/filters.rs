//! `$filter`, as OData has it: null, case, and characters that mean something elsewhere.

use crate::{
    domain::{
        external_connection::ConnectionProperty::{self, Description, Id, Name, State},
        store::{ListQuery, Store},
    },
    odata::filter::Filter,
};

use super::{Home, OWNER, connection, create, managed_by, orders, pages, whole};

/// Identifier, name and description.
const CONNECTIONS: [(&str, &str, Option<&str>); 9] = [
    ("a1x", "HR files", None),
    ("b2x", "hr files", Some("")),
    ("c3x", "100%", Some("x")),
    ("d4x", "100_000", Some("it's x")),
    ("e5x", "a*b?[c]", Some("back\\slash")),
    ("f6x", "ab", Some("X")),
    ("g7x", "Ünïcode", Some("na\u{308}ive")),
    ("h8x", "\u{10ffff}\u{10ffff}", Some("näive")),
    ("i9x", "\u{10ffff}", Some("nul\u{0}x")),
];
const ALL: &str = "abcdefghi";

type Condition = Filter<ConnectionProperty>;

async fn fill(store: &dyn Store) {
    for (id, name, description) in CONNECTIONS {
        let mut connection = connection(id, name);
        connection.description = description.map(Into::into);
        create(store, connection).await;
    }
}

fn eq(property: ConnectionProperty, value: &str) -> Condition {
    Filter::Eq(property, Some(value.into()))
}

fn ne(property: ConnectionProperty, value: &str) -> Condition {
    Filter::Ne(property, Some(value.into()))
}

fn starts(property: ConnectionProperty, prefix: &str) -> Condition {
    Filter::StartsWith(property, prefix.into())
}

fn contains(property: ConnectionProperty, part: &str) -> Condition {
    Filter::Contains(property, part.into())
}

fn not(filter: Condition) -> Condition {
    Filter::Not(Box::new(filter))
}

fn is(filter: Condition, value: bool) -> Condition {
    Filter::Is(Box::new(filter), value)
}

fn is_not(filter: Condition, value: bool) -> Condition {
    Filter::IsNot(Box::new(filter), value)
}

fn and(left: Condition, right: Condition) -> Condition {
    Filter::And(Box::new(left), Box::new(right))
}

fn or(left: Condition, right: Condition) -> Condition {
    Filter::Or(Box::new(left), Box::new(right))
}

/// Conditions and the first letters of the identifiers that they select.
fn cases() -> Vec<(Condition, &'static str)> {
    vec![
        // Equality is exact, and always true or false.
        (eq(Id, "a1x"), "a"),
        (eq(Id, "A1X"), ""),
        (eq(Name, "HR files"), "a"),
        (eq(Name, "100%"), "c"),
        (eq(Name, ""), ""),
        (eq(Description, ""), "b"),
        (eq(Description, "it's x"), "d"),
        (eq(Description, "nul\u{0}x"), "i"),
        (eq(Description, "nul"), ""),
        (ne(Description, "x"), "abdefghi"),
        (not(eq(Description, "x")), "abdefghi"),
        (not(ne(Description, "x")), "c"),
        (eq(State, "draft"), ALL),
        (eq(State, "ready"), ""),
        (eq(State, "nonsense"), ""),
        (ne(State, "nonsense"), ALL),
        // Null equals itself and nothing else.
        (Filter::Eq(Description, None), "a"),
        (Filter::Ne(Description, None), "bcdefghi"),
        (not(Filter::Eq(Description, None)), "bcdefghi"),
        (Filter::Eq(Name, None), ""),
        (Filter::Ne(Name, None), ALL),
        // A function of null is null, which is not true, nor is its negation.
        (contains(Description, "x"), "cdi"),
        (not(contains(Description, "x")), "befgh"),
        (contains(Description, ""), "bcdefghi"),
        (not(contains(Description, "")), ""),
        (starts(Description, ""), "bcdefghi"),
        (not(starts(Description, "x")), "bdefghi"),
        // … until it is compared: null is neither true nor false.
        (is(contains(Description, "x"), true), "cdi"),
        (is(contains(Description, "x"), false), "befgh"),
        (is_not(contains(Description, "x"), true), "abefgh"),
        (is_not(contains(Description, "x"), false), "acdi"),
        (not(is(contains(Description, "x"), false)), "acdi"),
        (is(is(contains(Description, "x"), false), false), "acdi"),
        // … but `or` and `and` can settle the matter without it.
        (or(contains(Description, "x"), eq(Name, "HR files")), "acdi"),
        (not(and(contains(Description, "x"), eq(Name, "no"))), ALL),
        (not(or(contains(Description, "x"), eq(Name, "no"))), "befgh"),
        // No character means anything but itself.
        (starts(Name, "100%"), "c"),
        (starts(Name, "100_"), "d"),
        (starts(Name, "100"), "cd"),
        (starts(Name, "a*"), "e"),
        (starts(Name, "a?"), ""),
        (starts(Name, "a"), "ef"),
        (starts(Name, "h"), "b"),
        (starts(Name, "H"), "a"),
        (starts(Name, ""), ALL),
        (starts(Name, "\u{10ffff}"), "hi"),
        (starts(Name, "\u{10ffff}\u{10ffff}"), "h"),
        (starts(Name, "Ü"), "g"),
        (starts(Name, "U"), ""),
        (contains(Name, "[c]"), "e"),
        (contains(Name, "%"), "c"),
        (contains(Name, "_"), "d"),
        (contains(Name, "R f"), "a"),
        (contains(Name, "ï"), "g"),
        (contains(Description, "\\"), "e"),
        (contains(Description, "'"), "d"),
        (contains(Description, "ä"), "h"),
        (contains(Description, "a\u{308}"), "g"),
        (contains(Description, "\u{0}"), "i"),
        (starts(Description, "nul\u{0}"), "i"),
        (starts(Id, "c3"), "c"),
        (contains(Id, "x"), ALL),
        (contains(State, "raf"), ALL),
        // Connectives keep their operands together.
        (
            and(
                or(eq(Id, "a1x"), eq(Id, "b2x")),
                or(eq(Id, "b2x"), eq(Id, "c3x")),
            ),
            "b",
        ),
        (
            or(
                and(starts(Name, "100"), contains(Name, "_")),
                not(ne(Id, "f6x")),
            ),
            "df",
        ),
    ]
}

pub(crate) async fn filters_select_as_odata_says(home: &impl Home) {
    let store = home.open().await;
    fill(&*store).await;
    for scope in [whole(), managed_by(OWNER)] {
        for (filter, expected) in cases() {
            let query = ListQuery {
                filter: Some(filter.clone()),
                ..ListQuery::first(100)
            };
            let found = pages(&*store, &scope, query).await.concat();
            let found: String = found.iter().map(|id| &id[..1]).collect();
            assert_eq!(found, expected, "{filter:?}");
            let count = store.count_connections(&scope, Some(filter.clone())).await;
            assert_eq!(
                count.expect("it counts"),
                expected.len() as u64,
                "{filter:?}"
            );
        }
    }
}

pub(crate) async fn filters_work_in_every_order_and_page(home: &impl Home) {
    let store = home.open().await;
    fill(&*store).await;
    for order in orders() {
        for (filter, expected) in cases() {
            let all = ListQuery {
                order,
                ..ListQuery::first(100)
            };
            let mut in_order = pages(&*store, &whole(), all.clone()).await.concat();
            in_order.retain(|id| expected.contains(&id[..1]));
            let filtered = ListQuery {
                filter: Some(filter.clone()),
                top: 2,
                ..all
            };
            let pages = pages(&*store, &whole(), filtered).await;
            assert_eq!(pages.concat(), in_order, "{filter:?} by {order:?}");
            let is_short = |page: &Vec<String>| page.is_empty();
            assert!(
                pages.len() == 1 || !pages.iter().any(is_short),
                "{filter:?} by {order:?}"
            );
        }
    }
}

pub(crate) async fn filters_stay_within_the_scope(home: &impl Home) {
    let store = home.open().await;
    fill(&*store).await;
    // `or` binds less than the `and` that joins the filter to the scope.
    let everything = or(Filter::Ne(Name, None), eq(Name, "no"));
    let query = ListQuery {
        filter: Some(everything.clone()),
        ..ListQuery::first(100)
    };
    let stranger = managed_by("stranger");
    let found = pages(&*store, &stranger, query).await.concat();
    assert!(found.is_empty(), "{found:?}");
    let count = store.count_connections(&stranger, Some(everything)).await;
    assert_eq!(count.expect("it counts"), 0);
}
