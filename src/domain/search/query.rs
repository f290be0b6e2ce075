//! KQL by the schemas of the connections that are searched.

use std::ops::Bound;

use crate::{
    domain::{
        Violation,
        item::instant,
        schema::{Property, PropertyType},
        store::Source,
    },
    kql::{self, Condition, Node, Operator, Restriction, Text},
};

use super::{Matcher, Test, names, ticks};

/// The item's identifier, by which tools look an item up. Source: PnP PowerShell.
const FILE_ID: &str = "fileID";

/// What a query asks for, in some connections.
///
/// # Errors
/// The rule and the position in the query.
pub(super) fn matcher(
    sources: &[Source],
    query: &str,
    pointer: &str,
) -> Result<(Node, Matcher), Violation> {
    let node = kql::parse(query);
    let node = node.map_err(|error| violation(pointer, error.position, &error.rule))?;
    let matcher = of_node(sources, &node, pointer)?;
    Ok((node, matcher))
}

fn violation(pointer: &str, position: usize, rule: &str) -> Violation {
    Violation::new(pointer, format!("{rule} (position {position})"))
}

/// What a part of a query asks for.
///
/// # Errors
/// As [`matcher`].
pub(super) fn of_node(
    sources: &[Source],
    node: &Node,
    pointer: &str,
) -> Result<Matcher, Violation> {
    let all = |nodes: &[Node]| -> Result<Vec<Matcher>, Violation> {
        nodes
            .iter()
            .map(|node| of_node(sources, node, pointer))
            .collect()
    };
    Ok(match node {
        Node::All => Matcher::All,
        Node::Term(text) => Matcher::Text {
            text: text.text.clone(),
            is_prefix: text.is_prefix,
        },
        Node::Restriction(restriction) => of_restriction(sources, restriction)
            .map_err(|(position, rule)| violation(pointer, position, &rule))?,
        Node::And(nodes) => Matcher::And(all(nodes)?),
        Node::Or(nodes) => Matcher::Or(all(nodes)?),
        Node::Not(node) => Matcher::Not(Box::new(of_node(sources, node, pointer)?)),
    })
}

/// A rule, and where it is broken.
type Refused = (usize, String);

fn of_restriction(sources: &[Source], restriction: &Restriction) -> Result<Matcher, Refused> {
    let Restriction {
        property: name,
        condition,
        position,
    } = restriction;
    let is_queryable = |property: &Property| property.flags.is_queryable;
    let properties = names::properties(sources, name, is_queryable);
    let is_file_id = name.eq_ignore_ascii_case(FILE_ID);
    let item = match condition {
        Condition::Compare(Operator::Contains | Operator::Equals, text)
            if is_file_id && !text.is_prefix =>
        {
            // Tools cut it from `fileID`, which has more in front.
            let id = text.text.rsplit(',').next().unwrap_or_default();
            Some(Matcher::Item(id.to_owned()))
        }
        _ => None,
    };
    if properties.is_empty() {
        if let Some(item) = item {
            return Ok(item);
        }
        if is_file_id {
            let rule = format!("'{name}' is compared by ':' or '=' with a whole identifier");
            return Err((*position, rule));
        }
        let rule = names::meaningless(sources, name, "queryable", is_queryable);
        return Err((*position, rule));
    }
    let contents = properties.iter().map(|(content, _)| *content).collect();
    let mut tests = None;
    let mut refused = None;
    for (content, property) in properties {
        match tests_of(property, condition) {
            Ok(of_property) => {
                let with = |test| (names::target(content, property), test);
                let tests: &mut Vec<_> = tests.get_or_insert_default();
                tests.extend(of_property.into_iter().map(with));
            }
            // In another connection, the name can be one of another type.
            Err(reason) => refused = Some(reason),
        }
    }
    let tests = match (tests, refused) {
        (None, Some(refused)) => return Err(refused),
        (tests, _) => tests.unwrap_or_default(),
    };
    let found = Matcher::Property(tests);
    if let Condition::Compare(Operator::NotEquals, _) = condition {
        let others = Matcher::Not(Box::new(found));
        return Ok(Matcher::And(vec![Matcher::In(contents), others]));
    }
    // Another connection may have a property of that name.
    Ok(match item {
        Some(item) => Matcher::Or(vec![item, found]),
        None => found,
    })
}

/// Tests of which a value must pass one. For `<>`, those that it must not pass.
fn tests_of(property: &Property, condition: &Condition) -> Result<Vec<Test>, Refused> {
    let (operator, text) = match condition {
        Condition::Exists => return Ok(vec![Test::Any]),
        Condition::Range { from, to } => {
            let (low, high) = (number(property, from)?, number(property, to)?);
            return between(property, from, Bound::Included(low), Bound::Included(high));
        }
        Condition::Compare(operator, text) => (*operator, text),
    };
    match property.r#type.item() {
        PropertyType::Boolean => boolean(property, operator, text),
        PropertyType::Int64 | PropertyType::Double | PropertyType::DateTime => {
            compare(property, operator, text)
        }
        _ => of_text(property, operator, text),
    }
}

fn of_text(property: &Property, operator: Operator, text: &Text) -> Result<Vec<Test>, Refused> {
    let is_whole = property.flags.is_exact_match_required || operator != Operator::Contains;
    let value = text.text.clone();
    match operator {
        Operator::Contains | Operator::Equals | Operator::NotEquals => {}
        _ => {
            let rule = format!(
                "'{}' is a {}: it can be asked for by ':', '=' and '<>'",
                property.name,
                property.r#type.name()
            );
            return Err((text.position, rule));
        }
    }
    if is_whole && text.is_prefix {
        return Ok(vec![Test::Begins(value)]);
    }
    if is_whole {
        return Ok(vec![Test::Is(value)]);
    }
    if text.is_quoted {
        return Ok(vec![Test::Words {
            text: value,
            is_prefix: text.is_prefix,
        }]);
    }
    // Either word. Source: Graph, "Register and update schema", on `title: Contoso Title`.
    let words: Vec<&str> = value.split_whitespace().collect();
    let last = words.len().saturating_sub(1);
    let tests = words.iter().enumerate().map(|(index, word)| Test::Words {
        text: (*word).to_owned(),
        is_prefix: text.is_prefix && index == last,
    });
    Ok(tests.collect())
}

fn boolean(property: &Property, operator: Operator, text: &Text) -> Result<Vec<Test>, Refused> {
    let value = match text.text.to_ascii_lowercase().as_str() {
        "true" | "1" => true,
        "false" | "0" => false,
        _ => return Err(not_of_type(property, text, "true or false")),
    };
    let is_equality = matches!(
        operator,
        Operator::Contains | Operator::Equals | Operator::NotEquals
    );
    if !is_equality || text.is_prefix {
        return Err(not_of_type(
            property,
            text,
            "true or false, by ':', '=' or '<>'",
        ));
    }
    Ok(vec![Test::Boolean(value)])
}

fn not_of_type(property: &Property, text: &Text, wanted: &str) -> Refused {
    let rule = format!(
        "'{}' is of type {}: its value must be {wanted}",
        property.name,
        property.r#type.name()
    );
    (text.position, rule)
}

/// A value that is compared.
#[derive(Debug, Clone, Copy)]
enum Number {
    Int64(i64),
    Double(f64),
    /// Ticks; how many of them it means.
    DateTime(i64, i64),
}

const TICKS_OF_A_DAY: i64 = 24 * 3_600 * 10_000_000;

fn number(property: &Property, text: &Text) -> Result<Number, Refused> {
    if text.is_prefix {
        return Err(not_of_type(property, text, "without '*'"));
    }
    let value = text.text.trim();
    parse(property.r#type, value).ok_or_else(|| {
        let wanted = match property.r#type.item() {
            PropertyType::Int64 => "a whole number of 64 bits",
            PropertyType::Double => "a number",
            PropertyType::DateTime => {
                "a date in ISO 8601, such as 2026-01-31 or 2026-01-31T09:30:00Z"
            }
            _ => "a word: only numbers and dates are in ranges",
        };
        not_of_type(property, text, wanted)
    })
}

fn parse(kind: PropertyType, value: &str) -> Option<Number> {
    match kind.item() {
        PropertyType::Int64 => value.parse().ok().map(Number::Int64),
        PropertyType::Double => {
            let number: f64 = value.parse().ok()?;
            number.is_finite().then_some(Number::Double(number))
        }
        PropertyType::DateTime => {
            let moment = ticks(&instant(value)?)?;
            let is_day = !value.contains(['T', 't', ' ', ':']);
            let long = if is_day { TICKS_OF_A_DAY } else { 1 };
            Some(Number::DateTime(moment, long))
        }
        _ => None,
    }
}

fn compare(property: &Property, operator: Operator, text: &Text) -> Result<Vec<Test>, Refused> {
    let value = number(property, text)?;
    let (from, to) = match operator {
        Operator::Contains | Operator::Equals | Operator::NotEquals => {
            if let Number::DateTime(moment, long) = value {
                // A day has all its moments.
                let end = Number::DateTime(moment.saturating_add(long), 1);
                (Bound::Included(value), Bound::Excluded(end))
            } else {
                (Bound::Included(value), Bound::Included(value))
            }
        }
        Operator::Less => (Bound::Unbounded, Bound::Excluded(value)),
        Operator::LessOrEqual => (Bound::Unbounded, Bound::Included(value)),
        Operator::Greater => (Bound::Excluded(value), Bound::Unbounded),
        Operator::GreaterOrEqual => (Bound::Included(value), Bound::Unbounded),
    };
    between(property, text, from, to)
}

fn between(
    property: &Property,
    text: &Text,
    from: Bound<Number>,
    to: Bound<Number>,
) -> Result<Vec<Test>, Refused> {
    let whole = |end: Bound<Number>| {
        end.map(|number| match number {
            Number::Int64(number) | Number::DateTime(number, _) => number,
            Number::Double(_) => 0,
        })
    };
    let double = |end: Bound<Number>| {
        end.map(|number| match number {
            Number::Double(number) => number,
            Number::Int64(_) | Number::DateTime(..) => 0.0,
        })
    };
    match property.r#type.item() {
        PropertyType::Int64 => Ok(vec![Test::Int64(whole(from), whole(to))]),
        PropertyType::Double => Ok(vec![Test::Double(double(from), double(to))]),
        PropertyType::DateTime => Ok(vec![Test::DateTime(whole(from), whole(to))]),
        _ => Err(not_of_type(
            property,
            text,
            "a word: only numbers and dates are in ranges",
        )),
    }
}

/// A test for exactly the value that a text of a bucket means.
pub(super) fn is_value(kind: PropertyType, text: &str) -> Option<Test> {
    if kind.item() == PropertyType::String {
        return Some(Test::Key(text.to_owned()));
    }
    Some(match parse(kind, text)? {
        Number::Int64(value) => Test::Int64(Bound::Included(value), Bound::Included(value)),
        Number::Double(value) => Test::Double(Bound::Included(value), Bound::Included(value)),
        Number::DateTime(value, _) => {
            Test::DateTime(Bound::Included(value), Bound::Included(value))
        }
    })
}

/// What must all match, in the order of the query.
pub(super) fn conjuncts(node: &Node) -> Vec<&Node> {
    match node {
        Node::And(nodes) => nodes.iter().collect(),
        node => vec![node],
    }
}

/// The words, phrases and restrictions of a query, in its order.
pub(super) fn leaves(node: &Node) -> Vec<&Node> {
    match node {
        Node::All | Node::Term(_) | Node::Restriction(_) => vec![node],
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().flat_map(leaves).collect(),
        Node::Not(node) => leaves(node),
    }
}
