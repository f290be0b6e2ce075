//! `$filter`.

use std::sync::LazyLock;

use crate::{
    domain::{
        external_connection::{
            ConnectionId, ConnectionProperty, ConnectionState, ExternalConnection, Settings,
        },
        principal::{AppId, TenantId},
        store::{ListQuery, Scope},
    },
    odata::{
        filter::{Filter, parse},
        property,
    },
    store::sqlite::in_memory::InMemory,
};

type Condition = Filter<ConnectionProperty>;

fn known(name: &str) -> Option<ConnectionProperty> {
    property(ConnectionProperty::NAMES, name)
}

/// Identifier, name and description of the connections to choose from.
const CONNECTIONS: [(&str, &str, Option<&str>); 7] = [
    ("a1x", "HR files", None),
    ("b2x", "hr files", Some("")),
    ("c3x", "100%_*", Some("it's x")),
    ("d4x", "\u{10ffff}", Some("nul\u{0}x")),
    ("e5x", "\u{d7ff}", Some("\u{e000}\u{e000}")),
    ("f6x", "Ünïcode", Some("na\u{308}ive")),
    ("G7X", "a", Some("X")),
];

/// A filter that is accepted selects in the store what it selects when it is read as OData has it, and means the same when it
/// is written out and read again. One that is refused is refused for a place inside the text, or one behind it.
///
/// # Panics
/// If that does not hold.
pub fn filter(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    match parse(text, "t", known) {
        Err(error) => {
            let characters = text.chars().count();
            assert!((1..=characters + 1).contains(&error.position), "{error}");
        }
        Ok(filter) => {
            let written = written(&filter);
            // It may be longer than the text was, by spaces.
            if written.len() <= text.len() {
                let again = parse(&written, "t", known);
                assert_eq!(again.as_ref(), Ok(&filter), "{written}");
            }
            assert_eq!(in_store(&filter), in_memory(&filter), "{filter:?}");
        }
    }
}

/// As text, with no more parentheses than it takes.
fn written(filter: &Condition) -> String {
    let is_and = |filter: &Condition| matches!(filter, Filter::And(..));
    let is_or = |filter: &Condition| matches!(filter, Filter::Or(..));
    match filter {
        Filter::Eq(property, value) => compared(*property, "eq", value.as_deref()),
        Filter::Ne(property, value) => compared(*property, "ne", value.as_deref()),
        Filter::StartsWith(property, value) => called("startswith", *property, value),
        Filter::Contains(property, value) => called("contains", *property, value),
        Filter::And(left, right) => {
            let right = operand(right, is_or(right) || is_and(right));
            format!("{} and {right}", operand(left, is_or(left)))
        }
        Filter::Or(left, right) => {
            format!("{} or {}", written(left), operand(right, is_or(right)))
        }
        Filter::Not(inner) => format!("not {}", operand(inner, !is_unary(inner))),
        Filter::Is(inner, value) => format!("{} eq {value}", operand(inner, !is_unary(inner))),
        Filter::IsNot(inner, value) => format!("{} ne {value}", operand(inner, !is_unary(inner))),
    }
}

fn is_unary(filter: &Condition) -> bool {
    matches!(
        filter,
        Filter::Not(..) | Filter::StartsWith(..) | Filter::Contains(..)
    )
}

fn operand(filter: &Condition, parentheses: bool) -> String {
    if parentheses {
        format!("({})", written(filter))
    } else {
        written(filter)
    }
}

fn compared(property: ConnectionProperty, operator: &str, value: Option<&str>) -> String {
    let value = value.map_or("null".into(), quoted);
    format!("{} {operator} {value}", name(property))
}

fn called(function: &str, property: ConnectionProperty, value: &str) -> String {
    format!("{function}({},{})", name(property), quoted(value))
}

fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

fn name(property: ConnectionProperty) -> &'static str {
    match property {
        ConnectionProperty::Id => "id",
        ConnectionProperty::Name => "name",
        ConnectionProperty::Description => "description",
        ConnectionProperty::State => "state",
    }
}

/// The identifiers of the connections for which the filter is true.
fn in_memory(filter: &Condition) -> Vec<&'static str> {
    let selected = CONNECTIONS
        .iter()
        .filter(|row| holds(filter, row) == Some(true));
    selected.map(|(id, ..)| *id).collect()
}

/// Source: OData 4.01 Part 2, 5.1.1.1: `eq` and `ne` are never null, a function of null is, and the connectives are those of
/// three values.
fn holds(filter: &Condition, row: &(&str, &str, Option<&'static str>)) -> Option<bool> {
    let value = |property: ConnectionProperty| match property {
        ConnectionProperty::Id => Some(row.0),
        ConnectionProperty::Name => Some(row.1),
        ConnectionProperty::Description => row.2,
        ConnectionProperty::State => Some("draft"),
    };
    match filter {
        Filter::Eq(property, other) => Some(value(*property) == other.as_deref()),
        Filter::Ne(property, other) => Some(value(*property) != other.as_deref()),
        Filter::StartsWith(property, prefix) => Some(value(*property)?.starts_with(prefix)),
        Filter::Contains(property, part) => Some(value(*property)?.contains(part)),
        Filter::And(left, right) => match (holds(left, row), holds(right, row)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (left, right) => Some(left? && right?),
        },
        Filter::Or(left, right) => match (holds(left, row), holds(right, row)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (left, right) => Some(left? || right?),
        },
        Filter::Not(inner) => holds(inner, row).map(|held| !held),
        Filter::Is(inner, value) => Some(holds(inner, row) == Some(*value)),
        Filter::IsNot(inner, value) => Some(holds(inner, row) != Some(*value)),
    }
}

/// The identifiers of the connections that the store lists.
fn in_store(filter: &Condition) -> Vec<String> {
    static STORE: LazyLock<InMemory> = LazyLock::new(filled);
    let query = ListQuery {
        filter: Some(filter.clone()),
        ..ListQuery::first(100)
    };
    let scope = Scope {
        tenant: TenantId::new("t"),
        app: None,
    };
    let page = STORE.list(&scope, &query).expect("it lists");
    let ids = page.items.into_iter();
    ids.map(|connection| connection.id.as_str().to_owned())
        .collect()
}

fn filled() -> InMemory {
    let store = InMemory::empty();
    for (id, name, description) in CONNECTIONS {
        let connection = ExternalConnection {
            id: ConnectionId::existing(id),
            name: name.into(),
            description: description.map(Into::into),
            state: ConnectionState::Draft,
            owner: AppId::new("app"),
            authorized_apps: Vec::new(),
            settings: Settings::default(),
            ingested_items: None,
        };
        let created = store.create(&TenantId::new("t"), &connection);
        created.expect("the identifier is free");
    }
    store
}
