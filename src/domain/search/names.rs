//! Which properties a name of a request means: in each connection its own.

use crate::domain::{
    schema::{Property, PropertyType},
    store::Source,
};

use super::Target;

/// What stands before the name of a label. Source: Graph, "Search custom types".
const LABEL: &str = "label_";

/// The property of a connection that has a name, an alias or a label, in any case.
pub(super) fn property<'a>(source: &'a Source, name: &str) -> Option<&'a Property> {
    let schema = &source.container.schema;
    let is_same = |other: &String| other.eq_ignore_ascii_case(name);
    schema.property(name).or_else(|| {
        let mut properties = schema.properties.iter();
        let prefix = name.get(..LABEL.len());
        if prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(LABEL)) {
            return labelled(source, &name[LABEL.len()..]);
        }
        properties.find(|property| property.aliases.iter().any(is_same))
    })
}

/// The property of a connection that has a label, in any case.
pub(super) fn labelled<'a>(source: &'a Source, label: &str) -> Option<&'a Property> {
    let mut properties = source.container.schema.properties.iter();
    properties.find(|property| {
        let mut labels = property.labels.iter();
        labels.any(|other| other.eq_ignore_ascii_case(label))
    })
}

/// What a name means in each connection where it is a property that something holds of.
pub(super) fn properties<'a>(
    sources: &'a [Source],
    name: &str,
    holds: impl Fn(&Property) -> bool,
) -> Vec<(i64, &'a Property)> {
    let found = sources.iter().filter_map(|source| {
        let property = property(source, name).filter(|property| holds(property))?;
        Some((source.container.content, property))
    });
    found.collect()
}

pub(super) fn target(content: i64, property: &Property) -> Target {
    Target {
        content,
        property: property.name.clone(),
    }
}

/// Whether an index has the values of a property to compare: those that can be refined, and numbers and dates.
pub(super) fn can_be_sorted(property: &Property) -> bool {
    let kind = property.r#type.item();
    property.flags.is_refinable
        || matches!(
            kind,
            PropertyType::Int64 | PropertyType::Double | PropertyType::DateTime
        )
}

/// Why a name means nothing: no connection has such a property, or it is not what it must be in any. `what` is that it must be.
pub(super) fn meaningless(
    sources: &[Source],
    name: &str,
    what: &str,
    holds: impl Fn(&Property) -> bool,
) -> String {
    let candidates = candidates(sources, holds);
    if properties(sources, name, |_| true).is_empty() {
        format!("no connection that is searched has a property '{name}'; {candidates}")
    } else {
        format!(
            "'{name}' must be {what}, and is not in any connection that is searched; {candidates}"
        )
    }
}

/// Names for an error: those of the properties that could be meant.
fn candidates(sources: &[Source], holds: impl Fn(&Property) -> bool) -> String {
    const SHOWN: usize = 20;
    let mut names: Vec<&str> = Vec::new();
    for source in sources {
        let properties = source.container.schema.properties.iter();
        for property in properties.filter(|property| holds(property)) {
            if !names.contains(&property.name.as_str()) {
                names.push(&property.name);
            }
        }
    }
    if names.is_empty() {
        return "none is".to_owned();
    }
    let more = if names.len() > SHOWN { ", …" } else { "" };
    let names: Vec<_> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("'{name}'"))
        .collect();
    format!("these are: {}{more}", names.join(", "))
}
