//! The tree of a filter, and how large it may be.

/// Levels of parentheses and `not` around each other.
pub(super) const MAX_DEPTH: usize = 16;
/// Nodes of the tree. Also bounds its height, so that walking it needs no care: `a or b or c or …` is a chain.
pub(super) const MAX_NODES: usize = 128;

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
    /// `condition eq true`. Where the condition is null, this is false.
    Is(Box<Self>, bool),
    /// `condition ne true`. Where the condition is null, this is true.
    IsNot(Box<Self>, bool),
}
