//! `$filter` over connections, as a condition of SQL.
//!
//! SQL and OData agree on `and`, `or` and `not` over null, and a condition that is null selects nothing in both.
//! They differ on equality, which in OData is always true or false; SQL's `IS` is that, of values and of conditions.
//! Source: OData 4.01 Part 2, 5.1.1.1.1 (equals), 5.1.1.1.2 (not equals), 5.1.1.1.9 (not), 5.1.1.5 (string functions).

use crate::{domain::external_connection::ConnectionProperty, odata::filter::Filter};

use super::sql::Sql;

/// The column of each property, compared exactly. `key` is the table that is read first, by `id`; `c` is that
/// of connections.
fn column(key: &str, property: ConnectionProperty) -> String {
    match property {
        ConnectionProperty::Id => format!("{key}.id COLLATE BINARY"),
        ConnectionProperty::Name => "c.name".into(),
        ConnectionProperty::Description => "c.description".into(),
        ConnectionProperty::State => "c.state".into(),
    }
}

/// Appends the condition in parentheses.
pub(super) fn push(sql: &mut Sql, filter: &Filter<ConnectionProperty>, key: &str) {
    sql.push("(");
    match filter {
        Filter::Eq(property, value) => {
            if *property == ConnectionProperty::Id {
                // What the index can find, for the exact comparison to choose from.
                let key_is = format!("{key}.id IS ");
                sql.push(&key_is).bind(value.clone()).push(" AND ");
            }
            let column = column(key, *property);
            sql.push(&column).push(" IS ").bind(value.clone());
        }
        Filter::Ne(property, value) => {
            let column = column(key, *property);
            sql.push(&column).push(" IS NOT ").bind(value.clone());
        }
        Filter::StartsWith(property, prefix) => starts_with(sql, &column(key, *property), prefix),
        Filter::Contains(property, part) => {
            sql.push("instr(").push(&column(key, *property));
            sql.push(", ").bind(part.clone()).push(") > 0");
        }
        Filter::And(left, right) => {
            push(sql, left, key);
            sql.push(" AND ");
            push(sql, right, key);
        }
        Filter::Or(left, right) => {
            push(sql, left, key);
            sql.push(" OR ");
            push(sql, right, key);
        }
        Filter::Not(filter) => {
            sql.push("NOT ");
            push(sql, filter, key);
        }
        Filter::Is(filter, value) => {
            push(sql, filter, key);
            sql.push(if *value { " IS TRUE" } else { " IS FALSE" });
        }
        Filter::IsNot(filter, value) => {
            push(sql, filter, key);
            sql.push(if *value {
                " IS NOT TRUE"
            } else {
                " IS NOT FALSE"
            });
        }
    }
    sql.push(")");
}

/// A range, which an index can serve; `LIKE` and `GLOB` would read meaning into some characters of the prefix.
fn starts_with(sql: &mut Sql, column: &str, prefix: &str) {
    sql.push(column).push(" >= ").bind(prefix.to_owned());
    if let Some(end) = end_of_prefix(prefix) {
        sql.push(" AND ").push(column).push(" < ").bind(end);
    }
}

/// The least string greater than every string with this prefix; `None` if there is none. SQLite orders text by its
/// UTF-8, which is the order of code points.
fn end_of_prefix(prefix: &str) -> Option<String> {
    let mut end = prefix.to_owned();
    while let Some(last) = end.pop() {
        // The range of `char` leaves out the surrogates.
        if let Some(next) = (last..=char::MAX).nth(1) {
            end.push(next);
            return Some(end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_ends_before_the_next_string() {
        for (prefix, end) in [
            ("", None),
            ("a", Some("b")),
            ("Az", Some("A{")),
            ("a%", Some("a&")),
            ("\u{d7ff}", Some("\u{e000}")),
            ("a\u{10ffff}", Some("b")),
            ("\u{10ffff}\u{10ffff}", None),
        ] {
            assert_eq!(end_of_prefix(prefix).as_deref(), end, "{prefix:?}");
        }
    }

    #[test]
    fn filter_binds_every_literal() {
        let mut sql = Sql::default();
        let filter = Filter::Or(
            Box::new(Filter::Not(Box::new(Filter::Contains(
                ConnectionProperty::Description,
                "'; --".into(),
            )))),
            Box::new(Filter::And(
                Box::new(Filter::StartsWith(ConnectionProperty::Name, "HR".into())),
                Box::new(Filter::Ne(ConnectionProperty::State, None)),
            )),
        );
        push(&mut sql, &filter, "a");
        assert_eq!(
            sql.text,
            "((NOT (instr(c.description, ?) > 0)) OR ((c.name >= ? AND c.name < ?) AND (c.state IS NOT ?)))"
        );
        assert_eq!(sql.values.len(), 4);
    }
}
