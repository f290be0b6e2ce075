//! Sorting and collapsing by the schemas of the connections that are searched.

use crate::domain::{Violation, schema::Property, store::Source};

use super::{
    Collapse, CollapseProperty, Sort, SortKey, Target,
    names::{can_be_sorted, meaningless, properties, target},
};

/// A property by which hits cannot be compared in any of the connections is broken.
pub(super) fn sort_keys(
    sources: &[Source],
    sort: &[Sort],
    broken: &mut Vec<Violation>,
) -> Vec<SortKey> {
    let key = |(no, sort): (usize, &Sort)| SortKey {
        targets: targets(
            sources,
            &sort.name,
            can_be_sorted,
            "refinable, a number or a date",
            &format!("/sortProperties/{no}/name"),
            broken,
        ),
        is_descending: sort.is_descending,
    };
    sort.iter().enumerate().map(key).collect()
}

/// Levels of which each keeps at most as many as the one around it. Source: Graph, collapseProperty.
pub(super) fn collapses(
    sources: &[Source],
    levels: &[CollapseProperty],
    broken: &mut Vec<Violation>,
) -> Vec<Collapse> {
    let mut before = u32::MAX;
    let mut collapses = Vec::new();
    for (no, level) in levels.iter().enumerate() {
        if level.limit > before {
            let pointer = format!("/collapseProperties/{no}/limit");
            let rule = format!("must be at most {before}, that of the level around it");
            broken.push(Violation::new(pointer, rule));
        }
        before = level.limit;
        let fields = level.fields.iter().enumerate().map(|(at, name)| {
            targets(
                sources,
                name,
                |property| property.flags.is_queryable && can_be_sorted(property),
                "queryable, and refinable, a number or a date",
                &format!("/collapseProperties/{no}/fields/{at}"),
                broken,
            )
        });
        collapses.push(Collapse {
            fields: fields.collect(),
            limit: level.limit as usize,
        });
    }
    collapses
}

fn targets(
    sources: &[Source],
    name: &str,
    holds: impl Fn(&Property) -> bool + Copy,
    what: &str,
    pointer: &str,
    broken: &mut Vec<Violation>,
) -> Vec<Target> {
    let properties = properties(sources, name, holds);
    if properties.is_empty() && !sources.is_empty() {
        let rule = meaningless(sources, name, what, holds);
        broken.push(Violation::new(pointer, rule));
    }
    let targets = properties.into_iter();
    targets
        .map(|(content, property)| target(content, property))
        .collect()
}
