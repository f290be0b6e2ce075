//! A JSON text as a bounded tree that has lost nothing: repeated members, malformed text and excess are refused with
//! their place.

use std::cell::{Cell, RefCell};

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// Values in one body. A tree costs memory by its values, not by its bytes: `[0,0,…]` of 4 MB has two million.
const MAX_VALUES: usize = 200_000;

/// Arrays and objects inside each other. What is kept comes back in lists, two levels deeper, and must be readable
/// there: .NET's readers stop at 64 levels, serde_json at 128.
const MAX_DEPTH: usize = 60;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Null,
    Boolean(bool),
    Number(serde_json::Number),
    Text(String),
    Array(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// What it is, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// Why a text is not a JSON value, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// JSON pointer to the innermost value that could not be read.
    pub pointer: String,
    pub reason: String,
    /// The member appears twice: the text is well-formed but its meaning is open (RFC 8259, section 4).
    pub duplicate: bool,
}

/// Reads one JSON text.
///
/// # Errors
/// [`Malformed`] for what is not JSON, not UTF-8, nested too deep, too large, or repeats a member.
pub fn parse(text: &[u8]) -> Result<Node, Malformed> {
    // RFC 8259, section 8.1: a byte order mark may be ignored.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let place = Place::default();
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let node = Seed(&place)
        .deserialize(&mut deserializer)
        .and_then(|node| deserializer.end().map(|()| node));
    node.map_err(|error| Malformed {
        pointer: place.pointer(),
        duplicate: place.duplicate.get(),
        reason: error.to_string(),
    })
}

/// Where the reader is. On an error it stays there.
#[derive(Default)]
struct Place {
    path: RefCell<Vec<Segment>>,
    values: Cell<usize>,
    duplicate: Cell<bool>,
}

enum Segment {
    Member(String),
    Item(usize),
}

impl Place {
    /// An array or object begins here.
    fn nest<E: de::Error>(&self) -> Result<(), E> {
        if self.path.borrow().len() < MAX_DEPTH {
            return Ok(());
        }
        Err(E::custom(format_args!(
            "nested deeper than {MAX_DEPTH} levels"
        )))
    }

    fn within<T, E>(&self, segment: Segment, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
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

#[derive(Clone, Copy)]
struct Seed<'a>(&'a Place);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let values = self.0.values.get() + 1;
        if values > MAX_VALUES {
            return Err(de::Error::custom(format_args!(
                "more than {MAX_VALUES} values"
            )));
        }
        self.0.values.set(values);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node, E> {
        let number = serde_json::Number::from_f64(value);
        number
            .map(Node::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        self.0.nest()?;
        let mut array = Vec::new();
        while let Some(item) = self
            .0
            .within(Segment::Item(array.len()), || items.next_element_seed(self))?
        {
            array.push(item);
        }
        Ok(Node::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        self.0.nest()?;
        let mut object: Vec<(String, Node)> = Vec::new();
        let mut names = std::collections::HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            // The set costs more than a look through a few names.
            let seen = if object.len() < 16 {
                object.iter().any(|(other, _)| *other == name)
            } else {
                if names.is_empty() {
                    names.extend(object.iter().map(|(name, _)| name.clone()));
                }
                names.contains(&name)
            };
            let node = self.0.within(Segment::Member(name.clone()), || {
                if seen {
                    self.0.duplicate.set(true);
                    return Err(de::Error::custom("the member appears more than once"));
                }
                members.next_value_seed(self)
            })?;
            if !names.is_empty() {
                names.insert(name.clone());
            }
            object.push((name, node));
        }
        Ok(Node::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_byte_order_mark_is_ignored() {
        assert_eq!(
            parse(b"\xef\xbb\xbf1").map(|node| node.kind()),
            Ok("a number")
        );
    }
}
