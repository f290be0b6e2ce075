//! `$filter`: the abstract syntax, and the limits of what is accepted.
//!
//! The supported part of the language: `eq`, `ne`, `and`, `or`, `not`, parentheses, `startswith` and `contains`
//! over properties that hold strings, and conditions compared with `true` and `false`. Everything else is refused by name.

mod ast;
mod parser;
#[cfg(test)]
mod tests;

pub(crate) use ast::Filter;
pub(crate) use parser::parse;
