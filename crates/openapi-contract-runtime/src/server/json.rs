//! Parses JSON into a bounded tree. Malformed text, repeated members and what exceeds the limits are refused, with their place.
//!
//! There are two passes. The first validates the text with `serde_json`; the second splits it into values, each of which refers to its
//! own text. So what only the client knows is kept byte for byte, and numbers are not rounded.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    collections::HashSet,
};

use memchr::memchr2;
use serde::{
    Deserialize,
    de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor},
};

use super::memory::BodyLimits;

/// A JSON value in the text of a body.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    text: &'a str,
    pub(crate) value: Value<'a>,
}

/// What a value is. Scalars are read from their text when they are asked for.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    Null,
    Boolean(bool),
    Number,
    Text,
    /// A text without its quotes: an item of a list that is written as one string.
    Bare,
    Array(Box<[Node<'a>]>),
    Object(Box<[Property<'a>]>),
}

/// A member of an object; `None` once it has been read.
pub(crate) type Property<'a> = (Cow<'a, str>, Option<Node<'a>>);

/// The types that values of JSON have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A string.
    Text,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl<'a> Node<'a> {
    /// The type of the value.
    pub fn json_type(&self) -> JsonType {
        match self.value {
            Value::Null => JsonType::Null,
            Value::Boolean(_) => JsonType::Boolean,
            Value::Number => JsonType::Number,
            Value::Text | Value::Bare => JsonType::Text,
            Value::Array(_) => JsonType::Array,
            Value::Object(_) => JsonType::Object,
        }
    }

    /// What it is, for messages.
    pub fn kind(&self) -> &'static str {
        match self.json_type() {
            JsonType::Null => "null",
            JsonType::Boolean => "a boolean",
            JsonType::Number => "a number",
            JsonType::Text => "a string",
            JsonType::Array => "an array",
            JsonType::Object => "an object",
        }
    }

    /// Its JSON, as it was sent.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The characters of a string.
    pub(crate) fn string(&self) -> Option<Cow<'a, str>> {
        match self.value {
            Value::Text => Some(unquoted(self.text)),
            Value::Bare => Some(Cow::Borrowed(self.text)),
            _ => None,
        }
    }

    /// An item of a list that is written as one string.
    pub(crate) fn bare(text: &'a str) -> Self {
        Self {
            text,
            value: Value::Bare,
        }
    }

    /// The number or boolean that a string holds (`"5"`, `"True"`); anything else as it is.
    #[must_use]
    pub fn unquoted(self) -> Self {
        let Some(Cow::Borrowed(text)) = self.string() else {
            return self;
        };
        let value = if text.eq_ignore_ascii_case("true") {
            Value::Boolean(true)
        } else if text.eq_ignore_ascii_case("false") {
            Value::Boolean(false)
        } else if serde_json::from_str::<f64>(text).is_ok() && text.trim() == text {
            Value::Number
        } else {
            return self;
        };
        Self { text, value }
    }

    /// A text that equal values share (JSON Schema core, section 4.2.2): numbers by their value, objects without order.
    pub(crate) fn canonical(&self) -> String {
        match &self.value {
            Value::Null => "null".to_owned(),
            Value::Boolean(value) => value.to_string(),
            Value::Number => canonical_number(self.text).into_owned(),
            Value::Text | Value::Bare => format!("{:?}", self.string().unwrap_or_default()),
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(Self::canonical).collect();
                format!("[{}]", items.join(","))
            }
            Value::Object(members) => {
                let members = members.iter().filter_map(|(name, node)| {
                    let node = node.as_ref()?;
                    Some(format!("{name:?}:{}", node.canonical()))
                });
                let mut members: Vec<_> = members.collect();
                members.sort_unstable();
                format!("{{{}}}", members.join(","))
            }
        }
    }
}

/// A number with the same value, an integer without fraction and exponent if a double tells it from its neighbours: `1.0` and `1e0`
/// are the integer 1 (JSON Schema validation, section 6.1.1: mathematical value).
pub(crate) fn canonical_number(text: &str) -> Cow<'_, str> {
    if !text.contains(['.', 'e', 'E']) {
        return Cow::Borrowed(text);
    }
    match text.parse::<f64>() {
        Ok(value) if value.fract() == 0.0 && value.abs() < 9e15 => {
            Cow::Owned(format!("{value:.0}"))
        }
        Ok(value) => Cow::Owned(value.to_string()),
        Err(_) => Cow::Borrowed(text),
    }
}

/// The characters of a string in JSON.
fn unquoted(quoted: &str) -> Cow<'_, str> {
    let inner = &quoted[1..quoted.len() - 1];
    if inner.contains('\\') {
        let text = serde_json::from_str(quoted);
        return Cow::Owned(text.expect("the whole text has been found to be JSON"));
    }
    Cow::Borrowed(inner)
}

/// Why a text is not a JSON value, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// JSON pointer to the innermost value that could not be read.
    pub pointer: String,
    /// What is wrong, with line and column.
    pub reason: String,
    /// The member appears twice: the text is well-formed but its meaning is open (RFC 8259, section 4).
    pub duplicate: bool,
}

/// Reads one JSON text.
///
/// # Errors
/// [`Malformed`] for what is not JSON, not UTF-8, nested too deep, too large, or repeats a member.
pub fn parse(text: &[u8], limits: BodyLimits) -> Result<Node<'_>, Malformed> {
    // RFC 8259, section 8.1: a byte order mark may be ignored.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let place = Place::new(limits);
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    Validator(&place)
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| Malformed {
            pointer: place.pointer(),
            duplicate: place.duplicate.get(),
            reason: error.to_string(),
        })?;
    // Strings have been read as UTF-8, and the rest of JSON is ASCII.
    let text = str::from_utf8(text).map_err(|error| Malformed {
        pointer: String::new(),
        duplicate: false,
        reason: error.to_string(),
    })?;
    Ok(Splitter { text, at: 0 }.node())
}

/// Splits a text into its values. The text has been validated.
struct Splitter<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Splitter<'a> {
    /// The next byte after white space; 0 at the end of the text.
    fn next(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied().unwrap_or_default()
    }

    fn node(&mut self) -> Node<'a> {
        let first = self.next();
        let start = self.at;
        let value = match first {
            b'{' => Value::Object(self.list(b'}', |splitter| {
                let name = splitter.string();
                // The colon.
                splitter.next();
                splitter.at += 1;
                (unquoted(name), Some(splitter.node()))
            })),
            b'[' => Value::Array(self.list(b']', Self::node)),
            b'"' => {
                self.string();
                Value::Text
            }
            _ => {
                let rest = &self.text[start..];
                let end = rest.find([',', ']', '}', ' ', '\t', '\n', '\r']);
                self.at += end.unwrap_or(rest.len());
                match first {
                    b'n' => Value::Null,
                    b't' => Value::Boolean(true),
                    b'f' => Value::Boolean(false),
                    _ => Value::Number,
                }
            }
        };
        Node {
            text: &self.text[start..self.at],
            value,
        }
    }

    /// The items up to the closing bracket.
    fn list<T>(&mut self, end: u8, mut item: impl FnMut(&mut Self) -> T) -> Box<[T]> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            match self.next() {
                b',' => self.at += 1,
                next if next == end => break,
                _ => items.push(item(self)),
            }
        }
        self.at += 1;
        items.into()
    }

    /// A string with its quotes.
    fn string(&mut self) -> &'a str {
        let start = self.at;
        let bytes = self.text.as_bytes();
        self.at += 1;
        // Its end, and before that what is escaped.
        while let Some(skipped) = memchr2(b'"', b'\\', &bytes[self.at..]) {
            self.at += skipped;
            if bytes[self.at] == b'"' {
                break;
            }
            self.at += 2;
        }
        self.at += 1;
        &self.text[start..self.at]
    }
}

/// The position of the validation. After an error it is the position of the error.
struct Place<'de> {
    limits: BodyLimits,
    path: RefCell<Vec<Segment<'de>>>,
    values: Cell<usize>,
    duplicate: Cell<bool>,
}

enum Segment<'de> {
    Member(Cow<'de, str>),
    Item(usize),
}

impl<'de> Place<'de> {
    fn new(limits: BodyLimits) -> Self {
        Self {
            limits,
            path: RefCell::default(),
            values: Cell::default(),
            duplicate: Cell::default(),
        }
    }

    /// An array or object begins here.
    fn nest<E: de::Error>(&self) -> Result<(), E> {
        let depth = self.limits.depth;
        if self.path.borrow().len() < depth {
            return Ok(());
        }
        Err(E::custom(format_args!("nested deeper than {depth} levels")))
    }

    fn within<T, E>(
        &self,
        segment: Segment<'de>,
        read: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        self.path.borrow_mut().push(segment);
        let value = read()?;
        self.path.borrow_mut().pop();
        Ok(value)
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for segment in self.path.borrow().iter() {
            match segment {
                Segment::Member(name) => push_member(&mut pointer, name),
                Segment::Item(index) => push_item(&mut pointer, *index),
            }
        }
        pointer
    }
}

/// The longest member name that is repeated to the client, characters.
const SHOWN_NAME: usize = 64;

/// Appends a member to a JSON pointer (RFC 6901, section 3); a very long name is cut.
pub(super) fn push_member(pointer: &mut String, name: &str) {
    pointer.push('/');
    let cut = name
        .char_indices()
        .nth(SHOWN_NAME)
        .map_or(name, |(end, _)| &name[..end]);
    pointer.push_str(&cut.replace('~', "~0").replace('/', "~1"));
    if cut.len() < name.len() {
        pointer.push('…');
    }
}

/// Appends an item to a JSON pointer.
pub(super) fn push_item(pointer: &mut String, index: usize) {
    pointer.push('/');
    pointer.push_str(&index.to_string());
}

/// The name of a member.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// Validates a value, and keeps nothing of it.
#[derive(Clone, Copy)]
struct Validator<'a, 'de>(&'a Place<'de>);

impl<'de> DeserializeSeed<'de> for Validator<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let values = self.0.values.get() + 1;
        let most = self.0.limits.values;
        if values > most {
            return Err(de::Error::custom(format_args!("more than {most} values")));
        }
        self.0.values.set(values);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Validator<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _value: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _value: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _value: u64) -> Result<(), E> {
        Ok(())
    }

    /// `serde_json` has refused a number that no double holds.
    fn visit_f64<E>(self, _value: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _value: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.nest()?;
        let mut index = 0;
        while self
            .0
            .within(Segment::Item(index), || items.next_element_seed(self))?
            .is_some()
        {
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        self.0.nest()?;
        let mut seen: Vec<Cow<'de, str>> = Vec::new();
        let mut many = HashSet::new();
        while let Some(Name(name)) = members.next_key()? {
            // For a few names a search is faster than a set.
            let is_new = if seen.len() < 16 {
                let is_new = !seen.contains(&name);
                seen.push(name.clone());
                is_new
            } else {
                if many.is_empty() {
                    many.extend(seen.iter().cloned());
                }
                many.insert(name.clone())
            };
            self.0.within(Segment::Member(name), || {
                if !is_new {
                    self.0.duplicate.set(true);
                    return Err(de::Error::custom("the member appears more than once"));
                }
                members.next_value_seed(self)
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX_VALUES: usize = 200_000;
    const MAX_DEPTH: usize = 60;

    fn parse(text: &[u8]) -> Result<Node<'_>, Malformed> {
        super::parse(text, BodyLimits::default())
    }

    fn broken(text: &[u8]) -> (String, String) {
        let malformed = parse(text).expect_err("malformed");
        (malformed.pointer, malformed.reason)
    }

    #[test]
    fn the_place_of_a_fault_is_told() {
        for (text, pointer, reason) in [
            (
                &b"{\"a\": {\"b\": [1, tru]}}"[..],
                "/a/b/1",
                "expected ident",
            ),
            (
                b"{\"a\": 1, \"b\": {\"a\": 1, \"a\": 2}}",
                "/b/a",
                "more than once",
            ),
            (b"{\"name\": \"\\ud800\"}", "/name", "hex escape"),
            (b"{\"name\": \"\xff\"}", "/name", "invalid unicode"),
            (b"{\"a/b~c\": nul}", "/a~1b~0c", "expected ident"),
            (b"", "", "EOF"),
            (b"{} {}", "", "trailing"),
            (b"{\"a\": 1e999}", "/a", "out of range"),
        ] {
            let (at, why) = broken(text);
            assert_eq!(at, pointer, "{}", String::from_utf8_lossy(text));
            assert!(why.contains(reason), "{why}");
        }
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let nested = |levels| "[".repeat(levels) + &"]".repeat(levels);
        assert!(parse(nested(MAX_DEPTH).as_bytes()).is_ok());
        for levels in [MAX_DEPTH + 1, 10_000] {
            let (pointer, reason) = broken(nested(levels).as_bytes());
            assert_eq!(pointer, "/0".repeat(MAX_DEPTH));
            assert!(reason.contains("deeper than 60 levels"), "{reason}");
        }
        let mut many = "[0".to_owned() + &",0".repeat(MAX_VALUES) + "]";
        assert!(
            broken(many.as_bytes())
                .1
                .contains("more than 200000 values")
        );
        many = "[0".to_owned() + &",0".repeat(MAX_VALUES - 2) + "]";
        assert!(parse(many.as_bytes()).is_ok());
    }

    #[test]
    fn repeated_members_of_large_objects_are_found() {
        let members: Vec<String> = (0..100).map(|n| format!("\"m{n}\":0")).collect();
        let text = |extra: &str| format!("{{{},{extra}}}", members.join(","));
        assert!(parse(text("\"x\":0").as_bytes()).is_ok());
        for repeated in ["m0", "m15", "m16", "m99"] {
            assert_eq!(
                broken(text(&format!("\"{repeated}\":0")).as_bytes()).0,
                format!("/{repeated}")
            );
        }
    }

    /// What `serde_json` reads of a value's own text, put together anew.
    fn rebuilt(node: &Node) -> serde_json::Value {
        let whole: serde_json::Value = serde_json::from_str(node.text()).expect("JSON");
        match &node.value {
            Value::Array(items) => items.iter().map(rebuilt).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, node)| {
                    (
                        name.clone().into_owned(),
                        rebuilt(node.as_ref().expect("unread")),
                    )
                })
                .collect(),
            _ => {
                assert_eq!(node.string().as_deref(), whole.as_str());
                whole
            }
        }
    }

    #[test]
    fn each_value_knows_its_text() {
        for text in [
            "null",
            " true ",
            "[]",
            "[ ]",
            "{}",
            "{ }",
            "[true,false,null,\"\"]",
            "[0,-1,18446744073709551615,1.5,1e300,-0.0]",
            "{\"\":{\"b\":[{}],\"a\\\"\\\\\\n\":\"\\u0000ü\"},\"0\":0}",
            "\t{\r\n \"a\" : [ 1 , [ ] , { \"b\" : \"]}\\\"\" } ] , \"c\" : -1.5E+3 }\n",
        ] {
            let node = parse(text.as_bytes()).expect("JSON");
            assert_eq!(node.text(), text.trim());
            let expected: serde_json::Value = serde_json::from_str(text).expect("JSON");
            assert_eq!(rebuilt(&node), expected, "{text}");
        }
    }

    #[test]
    fn equal_values_have_one_canonical_text() {
        let canonical = |text: &str| parse(text.as_bytes()).expect("JSON").canonical();
        for (one, other) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("1.50", "1.5"),
            ("\"a\"", "\"\\u0061\""),
            ("[1, {\"a\": 1, \"b\": 2}]", "[1.0,{\"b\":2,\"a\":1}]"),
        ] {
            assert_eq!(canonical(one), canonical(other), "{one}");
        }
        for (one, other) in [
            ("1", "\"1\""),
            ("9007199254740992", "9007199254740993"),
            ("[1,2]", "[2,1]"),
            ("[\"a\",\"b\"]", "[\"a\\\",\\\"b\"]"),
            ("null", "\"null\""),
        ] {
            assert_ne!(canonical(one), canonical(other), "{one}");
        }
    }

    #[test]
    fn numbers_and_booleans_are_found_in_strings() {
        for (text, kind) in [
            ("\"true\"", "a boolean"),
            ("\"False\"", "a boolean"),
            ("\"5\"", "a number"),
            ("\"-1.5e3\"", "a number"),
            ("\" 5\"", "a string"),
            ("\"0x5\"", "a string"),
            ("\"NaN\"", "a string"),
            ("\"\"", "a string"),
            ("5", "a number"),
            ("null", "null"),
        ] {
            let node = parse(text.as_bytes()).expect("JSON");
            assert_eq!(node.unquoted().kind(), kind, "{text}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_ignored() {
        assert_eq!(
            parse(b"\xef\xbb\xbf1").map(|node| node.kind()),
            Ok("a number")
        );
    }
}
