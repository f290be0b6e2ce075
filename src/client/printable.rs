//! Texts of a service, for terminals and logs.

use std::fmt::Write;

/// The text with control characters, and those that reorder what is shown, written as escapes: a service must not be able to
/// forge what else stands on a terminal.
pub(crate) fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || reorders(c) {
            write!(printable, "{}", c.escape_default()).expect("a string takes all");
        } else {
            printable.push(c);
        }
    }
    printable
}

/// Source: Unicode Standard Annex 9, section 2; the two separators end a line as well.
fn reorders(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_not_text_are_escaped() {
        assert_eq!(printable("Zoë 日本 🎉"), "Zoë 日本 🎉");
        for c in "\0\x1b\n\r\x7f\u{80}\u{9b}\u{61c}\u{200f}\u{2028}\u{202e}\u{2066}\u{2069}".chars()
        {
            let shown = printable(&format!("a{c}b"));
            assert!(!shown.contains(c) && shown.starts_with("a\\"), "{shown}");
        }
    }
}
