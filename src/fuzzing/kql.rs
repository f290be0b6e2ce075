//! KQL.

use crate::kql::{MAX_CHARS, parse};

/// A query that is accepted means the same when it is written out and read again. One that is refused is refused for a place inside
/// the text, or behind it.
///
/// # Panics
/// If that does not hold.
pub fn kql(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    match parse(text) {
        Err(error) => assert!(error.position <= text.chars().count(), "{error}"),
        Ok(node) => {
            let written = node.to_string();
            // It may be longer, or deeper by its parentheses, than what was read.
            if written.chars().count() > MAX_CHARS {
                return;
            }
            if let Ok(again) = parse(&written) {
                assert_eq!(again.to_string(), written);
            } else {
                assert!(written.len() > text.len(), "{written}");
            }
        }
    }
}
