//! Regular expressions of the document.

use crate::document::Cursor;

/// JSON Schema means ECMA-262, the server matches with `regex`: a pattern has to be both.
pub(super) fn check_pattern(node: &Cursor, pattern: &str) {
    if let Err(error) = regress::Regex::new(pattern) {
        node.problem(format!("is not an ECMA-262 regular expression: {error}"));
    } else if let Err(error) = regex_syntax::Parser::new().parse(pattern) {
        node.problem(format!(
            "is not supported, since it does not match in linear time: {error}"
        ));
    }
}
