//! `$filter`: the abstract syntax.

/// A boolean expression over properties `P` of one entity type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter<P> {
    /// `property eq 'value'`; `None` is the literal `null`.
    Eq(P, Option<String>),
    /// `property ne 'value'`; `None` is the literal `null`.
    Ne(P, Option<String>),
    /// `startswith(property,'value')`.
    StartsWith(P, String),
    /// `contains(property,'value')`.
    Contains(P, String),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
}
