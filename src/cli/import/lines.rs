//! The lines of a file as items.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde_json::value::RawValue;

/// The longest line, bytes without its end. A request has at most as much.
const LINE_BYTES: usize = 4_000_000;

/// An item as it stands in the file.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) number: Numbered,
    pub(super) json: Box<RawValue>,
}

/// The identifier of an item, and its line, counted from 1.
#[derive(Debug, PartialEq)]
pub(super) struct Numbered {
    pub(super) line: u64,
    pub(super) id: String,
}

impl AsRef<str> for Numbered {
    fn as_ref(&self) -> &str {
        &self.id
    }
}

/// A line that is no item.
#[derive(Debug, PartialEq)]
pub(super) struct Refused {
    pub(super) line: u64,
    /// The member that is wrong, a JSON pointer; empty for the whole line.
    pub(super) target: &'static str,
    pub(super) message: String,
}

/// Reads the lines from a given one on, but for those that are blank.
pub(super) struct Lines<R> {
    reader: R,
    from_line: u64,
    line: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R, from_line: u64) -> Self {
        Self {
            reader,
            from_line,
            line: 0,
        }
    }

    /// The next line; `None` after the last one.
    fn read(&mut self) -> io::Result<Option<Result<Item, Refused>>> {
        loop {
            let mut bytes = Vec::new();
            let mut limited = self.reader.by_ref().take(LINE_BYTES as u64 + 1);
            if limited.read_until(b'\n', &mut bytes)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            let is_long = bytes.len() > LINE_BYTES && !bytes.ends_with(b"\n");
            if is_long {
                self.reader.skip_until(b'\n')?;
            }
            if self.line < self.from_line || bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let refused = |target, message| Refused {
                line: self.line,
                target,
                message,
            };
            if is_long {
                let message = format!("has more than {LINE_BYTES} bytes");
                return Ok(Some(Err(refused("", message))));
            }
            return Ok(Some(
                item(bytes, self.line).map_err(|(target, message)| refused(target, message)),
            ));
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Result<Item, Refused>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

/// The item is kept as it is written: the service knows the rules, and names what breaks them.
fn item(bytes: Vec<u8>, line: u64) -> Result<Item, (&'static str, String)> {
    #[derive(Deserialize)]
    struct Identified {
        id: Option<String>,
    }

    let text = String::from_utf8(bytes).map_err(|_| ("", "is not UTF-8".to_owned()))?;
    if !text.trim_start().starts_with('{') {
        return Err(("", "is not a JSON object".to_owned()));
    }
    let identified = serde_json::from_str::<Identified>(&text).map_err(|error| {
        let rule = error.to_string();
        let rule = rule.split(" at line ").next().unwrap_or_default();
        if error.is_data() {
            ("/id", format!("must be a string, once: {rule}"))
        } else {
            (
                "",
                format!("is not JSON: {rule} at column {}", error.column()),
            )
        }
    })?;
    let id = identified.id.ok_or(("/id", "is required".to_owned()))?;
    let json = RawValue::from_string(text).expect("it was read before");
    Ok(Item {
        number: Numbered { line, id },
        json,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line as `NUMBER ID: JSON`, or as `NUMBER refused: MEMBER RULE`.
    fn lines(text: &[u8], from_line: u64) -> Vec<String> {
        let lines = Lines::new(text, from_line).map(|line| line.expect("memory"));
        let shown = lines.map(|line| match line {
            Ok(Item { number, json }) => format!("{} {}: {json}", number.line, number.id),
            Err(it) => format!("{} refused: {} {}", it.line, it.target, it.message),
        });
        shown.collect()
    }

    #[test]
    fn lines_are_items_as_they_are_written() {
        let text = b"{\"id\":\"a\", \"x\": 1.50}\r\n\n  \n {\"properties\":{\"id\":1},\"id\":\"b\\u0062\"} \n{\"id\":\"c\"}";
        let a = "1 a: {\"id\":\"a\", \"x\": 1.50}";
        let b = "4 bb: {\"properties\":{\"id\":1},\"id\":\"b\\u0062\"}";
        let c = "5 c: {\"id\":\"c\"}";
        assert_eq!(lines(text, 1), [a, b, c]);
        assert_eq!(lines(text, 2), [b, c]);
        assert_eq!(lines(text, 5), [c]);
        assert_eq!(lines(text, 6), [""; 0]);
        assert_eq!(lines(b"", 1), [""; 0]);
    }

    #[test]
    fn lines_that_are_no_items_name_the_member() {
        let table: [(&[u8], &str); 9] = [
            (b"{}", "/id is required"),
            (b"{\"id\":null}", "/id is required"),
            (
                b"{\"id\":5}",
                "/id must be a string, once: invalid type: integer `5`, expected a string",
            ),
            (
                b"{\"id\":\"a\",\"id\":\"a\"}",
                "/id must be a string, once: duplicate field `id`",
            ),
            (b"[\"a\"]", " is not a JSON object"),
            (
                b"{\"id\":\"a\"",
                " is not JSON: EOF while parsing an object at column 9",
            ),
            (
                b"{\"id\":\"a\"} x",
                " is not JSON: trailing characters at column 12",
            ),
            (b"\"a\"", " is not a JSON object"),
            (b"{\"id\":\"\xff\"}", " is not UTF-8"),
        ];
        for (text, expected) in table {
            assert_eq!(lines(text, 1), [format!("1 refused: {expected}")]);
        }
    }

    #[test]
    fn long_lines_are_passed_over() {
        let item = |bytes: usize| {
            let frame = "{\"id\":\"\"}".len();
            format!("{{\"id\":\"{}\"}}", "x".repeat(bytes - frame))
        };
        for end in ["\n", ""] {
            let longest = format!("{}{end}", item(LINE_BYTES));
            assert!(lines(longest.as_bytes(), 1)[0].starts_with("1 xxx"));
        }
        let text = format!("{}\n{{\"id\":\"b\"}}", item(LINE_BYTES + 1));
        let expected = [
            "1 refused:  has more than 4000000 bytes",
            "2 b: {\"id\":\"b\"}",
        ];
        assert_eq!(lines(text.as_bytes(), 1), expected);
    }
}
