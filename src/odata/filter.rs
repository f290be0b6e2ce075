//! `$filter`: the abstract syntax, and the limits of what is accepted.
//!
//! The supported part of the language: `eq`, `ne`, `and`, `or`, `not`, parentheses, `startswith` and `contains`
//! over properties that hold strings, and conditions compared with `true` and `false`. Everything else is refused by name.

mod parser;
#[cfg(test)]
mod tests;

use super::OptionError;

/// Levels of parentheses and `not` around each other.
const MAX_DEPTH: usize = 16;
/// Nodes of the tree. Also bounds its height, so that walking it needs no care: `a or b or c or …` is a chain.
const MAX_NODES: usize = 128;

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

/// Reads a filter over the type called `type_name`, whose filterable properties `resolve` knows by name.
///
/// # Errors
/// Whatever is malformed, unsupported or beyond the limits, at the first place where it shows.
pub(crate) fn parse<P>(
    text: &str,
    type_name: &str,
    resolve: impl Fn(&str) -> Option<P>,
) -> Result<Filter<P>, OptionError> {
    parser::Parser::new(text, type_name, resolve)?.filter()
}
