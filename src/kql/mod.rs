//! Keyword Query Language (KQL), the query language of SharePoint and Microsoft Search: text in, tree out.
//!
//! Knows no property and no type: the caller decides that `price` is a number, or that there is no `price`. Every name
//! and value in the tree has its position for the caller's errors. Knows no index: the index splits texts into words.
//!
//! Sources, read November 2026: learn.microsoft.com, "Keyword Query Language (KQL) syntax reference"; the protocols
//! [MS-KQL] and [MS-SEARCH] 2.2.11. Where they differ or leave room:
//!
//! - `a OR b c` is `(a OR b) AND c`: NOT binds tightest, then AND, then OR; neighbours without an operator bind least
//!   ([MS-SEARCH] 2.2.11.3; the grammar of [MS-KQL] 2 allows no other reading).
//! - `author:a type:b author:c` is `(author:a OR author:c) AND type:b`: in a sequence, restrictions of one
//!   property by `:` or `=` are alternatives, also when others stand between them ([MS-KQL] 2.2.4). Names are
//!   compared without case. A restriction in its own parentheses, or an operand of NOT, AND, OR or `-`, is no
//!   such alternative. `+` before a restriction changes nothing ([MS-SEARCH] 2.2.11.7).
//! - `title: a b` means the text `a b`, either word. Source: the page on the schema of connectors; the page on KQL
//!   takes `title:` followed by white space as a word. `title:"a b"` means the phrase (the page on KQL).
//! - `title:(a b)` is `title:a AND title:b`. A restriction is not allowed in the parentheses of another.
//! - `-` before a word excludes it, also before a digit, except at the start of a value: `p:-3`, `p: -3`, `p:-5..-1`.
//!   In parentheses it excludes: `p:(-3)` is `NOT p:3`; a negative number there is quoted, `p:("-3")`.
//! - `12:30` and `https://a.b/c` are words. Any other `:`, `=`, `<` or `>` in a word belongs to a restriction.
//! - `*` is the last character of a word or of quoted text, follows the closing quote, or stands alone.
//! - Two dots, not three, in an unquoted value are a range. Both ends are required. Quoted text is never split: what
//!   `price:"1..5"` means is up to the caller.
//! - NEAR, ONEAR, XRANK between operands and WORDS, ANY, ALL, NONE before a `(` are refused, so that no query silently
//!   means something else. In quotes they are words.

mod ast;
mod lexer;
mod parser;
#[cfg(test)]
mod tests;

pub(crate) use ast::{Condition, Node, Operator, Restriction, Text};
pub(crate) use parser::parse;

/// Length of a query. Source: the page on KQL, default for queries by programs.
pub(crate) const MAX_CHARS: usize = 4_096;
/// Levels of parentheses and NOT around each other. Bounds the height of the tree too, four nodes a level.
pub(crate) const MAX_NESTING: usize = 50;
/// Nodes of the tree: words, phrases, restrictions, and what joins or negates them.
pub(crate) const MAX_NODES: usize = 500;

/// Why a query is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{rule} (position {position})")]
pub(crate) struct SyntaxError {
    /// The character where the error is, from 0; the number of characters if something is missing at the end.
    pub(crate) position: usize,
    /// What is wrong, in lower case and without a full stop: `a ')' is missing for the '(' at position 3`.
    pub(crate) rule: String,
}

fn error(position: usize, rule: impl Into<String>) -> SyntaxError {
    SyntaxError {
        position,
        rule: rule.into(),
    }
}
