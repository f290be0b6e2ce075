//! JSON where it is not YAML: a character beyond U+FFFF is escaped as two surrogates (RFC 8259, section 7), which YAML has not.

use std::{borrow::Cow, collections::HashMap};

use serde::de::IgnoredAny;

/// By line, how much further to the right than in the text that is read something stands: from the column on, so many characters.
#[derive(Default)]
pub(super) struct Shifts(HashMap<usize, Vec<(usize, usize)>>);

impl Shifts {
    /// The (line, column) of the document.
    pub(super) fn original(&self, (line, column): (usize, usize)) -> (usize, usize) {
        let Some(shifts) = self.0.get(&line) else {
            return (line, column);
        };
        let before = shifts.partition_point(|(from, _)| *from <= column);
        let shift = before.checked_sub(1).map_or(0, |index| shifts[index].1);
        (line, column + shift)
    }
}

/// A JSON document with each pair of surrogates as the one escape that YAML has for it; other text as it is.
pub(super) fn without_surrogates(text: &str) -> (Cow<'_, str>, Shifts) {
    let is_json = || serde_json::from_str::<IgnoredAny>(text).is_ok();
    if !text.trim_start().starts_with('{') || !text.contains("\\u") || !is_json() {
        return (Cow::Borrowed(text), Shifts::default());
    }
    let mut out = String::with_capacity(text.len());
    let mut shifts = Shifts::default();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let begin = out.len();
        let mut rest = line;
        let mut shift = 0;
        while let Some(place) = rest.find('\\') {
            out.push_str(&rest[..place]);
            rest = &rest[place..];
            if let Some(c) = pair(rest) {
                let escape = format!("\\U{:08X}", u32::from(c));
                out.push_str(&escape);
                rest = &rest[PAIR..];
                shift += PAIR - escape.len();
                let column = out[begin..].chars().count() + 1;
                shifts.0.entry(index + 1).or_default().push((column, shift));
            } else {
                // An escape, of which the second character may be a backslash too.
                let end = rest
                    .char_indices()
                    .nth(2)
                    .map_or(rest.len(), |(end, _)| end);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
        }
        out.push_str(rest);
    }
    (Cow::Owned(out), shifts)
}

/// The length of two escapes, `\ud83d\ude00`.
const PAIR: usize = 12;

/// The character that a text begins with, if it is escaped as a pair of surrogates.
fn pair(text: &str) -> Option<char> {
    let unit = |escape: &str| u16::from_str_radix(escape.strip_prefix("\\u")?, 16).ok();
    let units = [unit(text.get(..6)?)?, unit(text.get(6..PAIR)?)?];
    let mut decoded = char::decode_utf16(units);
    let first = decoded.next()?.ok()?;
    // Two characters of one unit each are no pair.
    decoded.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Document;

    #[test]
    fn json_is_read_as_it_is_meant() {
        let text = r#"{"a": "\ud83d\ude00\\ud83d \u00e9\/", "b": {"\ud83d\ude00": 1, "c":
            "\ud83d\ude00\ud83d\ude00", "d": [2]}}"#;
        let document = Document::parse("x.json", text).map_err(|it| it.to_string());
        let document = document.expect("it is JSON");
        assert_eq!(
            document.value(),
            &json!({
                "a": "\u{1f600}\\ud83d \u{e9}/",
                "b": { "\u{1f600}": 1, "c": "\u{1f600}\u{1f600}", "d": [2] },
            })
        );
        for (pointer, place) in [
            ("", (1, 1)),
            ("/a", (1, 2)),
            ("/b", (1, 39)),
            ("/b/c", (1, 64)),
            ("/b/d", (2, 41)),
            ("/b/d/0", (2, 47)),
        ] {
            assert_eq!(document.places[pointer], place, "{pointer}");
        }
    }

    #[test]
    fn other_text_is_left_alone() {
        // A lone surrogate is no character; in YAML without quotes the backslash is one.
        for (text, expected) in [
            (r#"{"a": "\ud83d"}"#, None),
            (r"{a: \ud83d\ude00}", Some(json!({ "a": r"\ud83d\ude00" }))),
        ] {
            let document = Document::parse("x", text).ok();
            assert_eq!(document.map(|it| it.value().clone()), expected, "{text}");
        }
        let tabs =
            Document::parse("x.json", "{\n\t\"a\":\t[\n\t\t1\n\t]\n}").map_err(|it| it.to_string());
        assert_eq!(tabs.map(|it| it.value().clone()), Ok(json!({ "a": [1] })));
    }
}
