//! The tree of a query, and its canonical text.

use std::fmt::{self, Display, Formatter};

/// A condition on items. All positions are in characters from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// `*`: every item.
    All,
    /// A word, or a phrase if it is quoted, in any searchable text. To the index a word may be several words, such as
    /// `CTS-12`, or none, such as `&`.
    Term(Text),
    Restriction(Restriction),
    /// At least two, none of them `And`.
    And(Vec<Self>),
    /// At least two, none of them `Or`.
    Or(Vec<Self>),
    Not(Box<Self>),
}

/// A condition on one property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Restriction {
    /// The name as written: letters, digits and `_`.
    pub(crate) property: String,
    pub(crate) condition: Condition,
    /// Where the name starts.
    pub(crate) position: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// `property:*`: the property has a value.
    Exists,
    /// Only `Contains` and `Equals` have a text that is a prefix.
    Compare(Operator, Text),
    /// `property:from..to`, both included. No end is a prefix.
    Range { from: Text, to: Text },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    /// `:`
    Contains,
    /// `=`
    Equals,
    /// `<>`
    NotEquals,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A word, a phrase or a value, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    /// Without its quotes and its final `*`. Unquoted, it holds white space only as the value of `Contains`, one space
    /// between two words: either of them is meant.
    pub(crate) text: String,
    pub(crate) is_quoted: bool,
    /// It ended with `*`: its last word is the beginning of a word.
    pub(crate) is_prefix: bool,
    /// Where it starts; its quote, if it has one.
    pub(crate) position: usize,
}

impl Operator {
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Contains => ":",
            Self::Equals => "=",
            Self::NotEquals => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Whether prefixes, ranges, `*` and parentheses may follow.
    pub(super) fn is_match(self) -> bool {
        matches!(self, Self::Contains | Self::Equals)
    }
}

/// Canonical text: read again, it gives this tree, but for positions. It may exceed the limits of a query that was just
/// within them, because it is longer and has parentheses that the query did without.
impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Term(text) => text.fmt(f),
            Self::Restriction(restriction) => restriction.fmt(f),
            Self::And(nodes) => join(f, nodes, " AND ", |node| matches!(node, Self::Or(_))),
            Self::Or(nodes) => join(f, nodes, " OR ", |_| false),
            Self::Not(node) => {
                f.write_str("NOT ")?;
                operand(f, node, matches!(**node, Self::And(_) | Self::Or(_)))
            }
        }
    }
}

fn join(
    f: &mut Formatter<'_>,
    nodes: &[Node],
    separator: &str,
    needs_parentheses: fn(&Node) -> bool,
) -> fmt::Result {
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        operand(f, node, needs_parentheses(node))?;
    }
    Ok(())
}

fn operand(f: &mut Formatter<'_>, node: &Node, in_parentheses: bool) -> fmt::Result {
    if in_parentheses {
        write!(f, "({node})")
    } else {
        node.fmt(f)
    }
}

impl Display for Restriction {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.property)?;
        match &self.condition {
            Condition::Exists => f.write_str(":*"),
            Condition::Range { from, to } => {
                write!(f, "{}{from}..{to}", symbol_before(Operator::Contains, from))
            }
            Condition::Compare(operator, text) => {
                write!(f, "{}{text}", symbol_before(*operator, text))
            }
        }
    }
}

/// The operator, with a space where it decides how the value is read: several words, or what would be a URL without.
fn symbol_before(operator: Operator, text: &Text) -> &'static str {
    let needs_space = !text.is_quoted && (text.text.contains(' ') || text.text.starts_with("//"));
    if operator == Operator::Contains && needs_space {
        ": "
    } else {
        operator.symbol()
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let star = if self.is_prefix { "*" } else { "" };
        if self.is_quoted {
            write!(f, "\"{}{star}\"", self.text.replace('"', "\"\""))
        } else {
            write!(f, "{}{star}", self.text)
        }
    }
}
