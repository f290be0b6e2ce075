//! OData 4 query options, context URLs and next links, as pure functions.
//!
//! Knows no Graph type: callers pass the name of the type and its properties. Knows no HTTP: callers pass the decoded
//! values of the options and get an [`OptionError`] for one that is refused.

pub(crate) mod context;
pub(crate) mod filter;
mod lexer;
pub(crate) mod next_link;
pub(crate) mod orderby;
pub(crate) mod select;
pub(crate) mod skip_token;

/// Why the value of a query option is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} ({option}, position {position})")]
pub(crate) struct OptionError {
    /// The option with its `$`.
    pub(crate) option: &'static str,
    /// The character of the decoded value where the error is, from 1; one past the last if something is missing at the end.
    pub(crate) position: usize,
    /// What is wrong, as a sentence.
    pub(crate) message: String,
}

/// Whether `written` names the property called `name`. Case does not matter.
/// Source: Microsoft's own `GetGraphConnectorIds.ps1` asks for `Name` and `Id`.
pub(crate) fn is_name(written: &str, name: &str) -> bool {
    written.eq_ignore_ascii_case(name)
}

/// The property with this name, in any case.
pub(crate) fn property<P: Copy>(properties: &[(&str, P)], written: &str) -> Option<P> {
    let mut properties = properties.iter();
    let found = properties.find(|(name, _)| is_name(written, name));
    found.map(|(_, property)| *property)
}

/// Source: the OData library behind Graph, as its answers show it.
fn unknown_property(name: &str, type_name: &str) -> String {
    format!("Could not find a property named '{name}' on type '{type_name}'.")
}
