//! Percent-encoding (RFC 3986, section 2.1), read strictly: what does not decode is refused, never passed on as it is.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The text, or `None` if a percent sign is not followed by two hexadecimal digits or the bytes are not UTF-8.
pub fn decode(text: &str) -> Option<Cow<'_, str>> {
    let whole = text.split('%').skip(1).all(|escape| {
        let digits = escape.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if !whole {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_escapes_of_utf8_are_decoded() {
        for (text, expected) in [
            ("", Some("")),
            ("plain", Some("plain")),
            ("%24top", Some("$top")),
            ("%c3%A4%25", Some("ä%")),
            ("ä", Some("ä")),
            ("%ff", None),
            ("%c3", None),
            ("%zz", None),
            ("%2", None),
            ("%", None),
            ("%%32", None),
            ("%2%35", None),
            ("%ä", None),
        ] {
            assert_eq!(decode(text).as_deref(), expected, "{text}");
        }
    }
}
