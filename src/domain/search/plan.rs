//! What an index is asked for: every name is resolved, every value is of the type of its property.

use std::{ops::Bound, sync::Arc};

use crate::domain::{acl::Viewer, schema::PropertyType};

use super::Aggregation;

/// A search, ready to be done.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// The contents that are searched, in the order of their connections' identifiers, which is the last of every order.
    pub(crate) contents: Vec<i64>,
    pub(crate) viewer: Arc<Viewer>,
    /// What the words of the query ask for.
    pub(crate) matcher: Matcher,
    /// What filters of aggregations ask for; their words are not ranked and not marked.
    pub(crate) filters: Vec<Matcher>,
    /// Empty: by relevance.
    pub(crate) sort: Vec<SortKey>,
    pub(crate) facets: Vec<Facet>,
    /// The outermost first.
    pub(crate) collapse: Vec<Collapse>,
    pub(crate) from: usize,
    pub(crate) size: usize,
}

impl Plan {
    /// The first hits by relevance.
    pub(crate) fn by_relevance(
        contents: Vec<i64>,
        viewer: Arc<Viewer>,
        matcher: Matcher,
        size: usize,
    ) -> Self {
        Self {
            contents,
            viewer,
            matcher,
            filters: Vec::new(),
            sort: Vec::new(),
            facets: Vec::new(),
            collapse: Vec::new(),
            from: 0,
            size,
        }
    }
}

/// Which items match.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Matcher {
    /// Every item.
    All,
    /// Items with these words one after another, in one searchable property or in the content.
    Text {
        text: String,
        is_prefix: bool,
    },
    /// The item of this identifier, in any content.
    Item(String),
    /// Every item of these contents.
    In(Vec<i64>),
    /// Items of some contents whose property passes a test, each content with its own.
    Property(Vec<(Target, Test)>),
    And(Vec<Matcher>),
    Or(Vec<Matcher>),
    Not(Box<Matcher>),
}

/// A property of a content.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Target {
    pub(crate) content: i64,
    /// As the schema spells it.
    pub(crate) property: String,
}

/// What the value of a property, or one of the values, must be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    /// It has any value.
    Any,
    /// It has these words one after another; the last is the beginning of one.
    Words {
        text: String,
        is_prefix: bool,
    },
    /// It is this text, without regard to case.
    Is(String),
    /// It begins with this text, without regard to case.
    Begins(String),
    Int64(Bound<i64>, Bound<i64>),
    Double(Bound<f64>, Bound<f64>),
    /// In ticks of 100 ns since 1970.
    DateTime(Bound<i64>, Bound<i64>),
    Boolean(bool),
    /// Exactly this text: the key of a bucket.
    Key(String),
    /// A text from one on, and before another.
    Between(Option<String>, Option<String>),
}

/// By what hits are sorted: the property of each content, if it has one of that name. Hits without a value come last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SortKey {
    pub(crate) targets: Vec<Target>,
    pub(crate) is_descending: bool,
}

/// What is counted: the values of a property, or those within intervals.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Facet {
    pub(crate) targets: Vec<Target>,
    /// Of the values.
    pub(crate) kind: PropertyType,
    /// Empty: each value.
    pub(crate) intervals: Vec<Interval>,
    /// Of values, which are wanted. Source: Graph, aggregationOption.
    pub(crate) aggregation: Aggregation,
}

/// The lower end is included, the upper is not.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Interval {
    Int64(Option<i64>, Option<i64>),
    Double(Option<f64>, Option<f64>),
    DateTime(Option<i64>, Option<i64>),
    Text(Option<String>, Option<String>),
}

/// Of hits with the same values of some properties, only so many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Collapse {
    /// For each field, the property of each content.
    pub(crate) fields: Vec<Vec<Target>>,
    pub(crate) limit: usize,
}
