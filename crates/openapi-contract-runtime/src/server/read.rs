//! Reads generated types from a JSON tree. All broken rules are collected, each with its place.

use std::{borrow::Cow, collections::HashSet};

use super::{
    FreeObject, Json, Map, Member, Node,
    json::{Property, Value, canonical_number, push_item, push_member},
    rejection::{Kind, Target, Violation},
    rules::{self, ArrayRules, Count, Enumeration, TextRules},
};

/// A type that can be read from a JSON value.
pub trait FromJson: Sized {
    /// Reads the value; `None` if a rule is broken, which the reader then has.
    fn from_json(node: Node<'_>, at: &mut Reader) -> Option<Self>;
}

/// The most broken rules that are reported.
const MAX_BROKEN: usize = 20;

/// The most ignored members that are reported.
const MAX_IGNORED: usize = 16;

/// The place in the body, the rules broken so far, and the members ignored so far.
#[derive(Default)]
pub struct Reader {
    path: String,
    broken: Vec<Violation>,
    ignored: Vec<Ignored>,
}

/// A body that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// The value, or the broken rules, at most 20.
    pub value: Result<T, Vec<Violation>>,
    /// Members that the document does not declare, in their order; of very many, the first.
    pub ignored: Vec<Ignored>,
}

/// A member that the document does not declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// JSON pointer into the body.
    pub pointer: String,
    /// The declared member that it may stand for: the names differ in case and `_` alone.
    pub meant: Option<&'static str>,
}

/// How the objects of a union are told apart.
pub struct Variants {
    /// The discriminator.
    pub property: &'static str,
    /// Its values, each with the variant that it means.
    pub mapping: &'static [(&'static str, usize)],
    /// The variant of an object without the discriminator.
    pub default: Option<usize>,
    /// Whether an object with another value is of the default variant too.
    pub takes_others: bool,
}

/// Reads a body.
pub fn read<T: FromJson>(node: Node<'_>) -> Read<T> {
    let mut reader = Reader::default();
    let value = T::from_json(node, &mut reader);
    Read {
        value: value
            .filter(|_| reader.broken.is_empty())
            .ok_or(reader.broken),
        ignored: reader.ignored,
    }
}

impl Reader {
    /// Records that a rule is broken at the current place.
    pub fn refuse<T>(&mut self, kind: Kind, rule: impl Into<String>) -> Option<T> {
        if self.broken.len() < MAX_BROKEN {
            self.broken.push(Violation {
                target: Target::body(&self.path),
                kind,
                rule: rule.into(),
            });
        }
        None
    }

    fn ignore(&mut self, name: &str, declared: &[&'static str]) {
        if self.ignored.len() == MAX_IGNORED {
            return;
        }
        let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
        let meant = declared.iter().find(|other| plain(other) == plain(name));
        let mut pointer = self.path.clone();
        push_member(&mut pointer, name);
        self.ignored.push(Ignored {
            pointer,
            meant: meant.copied(),
        });
    }

    /// Records that the value at the current place has another JSON type than the `expected` one.
    pub fn wrong_type<T>(&mut self, expected: &str, node: &Node<'_>) -> Option<T> {
        match node.value {
            Value::Null => self.refuse(
                Kind::WrongType,
                format!("must be {expected}; null is not allowed here"),
            ),
            _ => self.refuse(
                Kind::WrongType,
                format!("must be {expected}; it is {}", node.kind()),
            ),
        }
    }

    fn check<T>(&mut self, value: T, checked: Result<(), String>) -> Option<T> {
        match checked {
            Ok(()) => Some(value),
            Err(rule) => self.refuse(Kind::Value, rule),
        }
    }

    fn within<T>(
        &mut self,
        segment: impl FnOnce(&mut String),
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let length = self.path.len();
        segment(&mut self.path);
        let value = read(self);
        self.path.truncate(length);
        value
    }

    /// A string.
    pub fn text(&mut self, node: &Node<'_>, rules: &TextRules) -> Option<String> {
        match node.string() {
            Some(value) => {
                let checked = rules::text(&value, rules);
                self.check(value.into_owned(), checked)
            }
            None => self.wrong_type("a string", node),
        }
    }

    /// A string, or an array of strings for the items that it would join by commas.
    pub fn joined(&mut self, node: &Node<'_>, rules: &TextRules) -> Option<String> {
        let Value::Array(items) = &node.value else {
            return self.text(node, rules);
        };
        let items: Option<Vec<_>> = items.iter().map(Node::string).collect();
        match items.map(|items| items.join(",")) {
            Some(value) => {
                let checked = rules::text(&value, rules);
                self.check(value, checked)
            }
            None => self.wrong_type("a string", node),
        }
    }

    /// A boolean.
    pub fn boolean(&mut self, node: &Node<'_>) -> Option<bool> {
        match node.value {
            Value::Boolean(value) => Some(value),
            _ => self.wrong_type("true or false", node),
        }
    }

    /// An integer of 32 bits, from `min` to `max`.
    pub fn int32(&mut self, node: &Node<'_>, min: Option<i32>, max: Option<i32>) -> Option<i32> {
        self.number(node, |text| rules::int32(text, min, max))
    }

    /// An integer of 64 bits, from `min` to `max`.
    pub fn int64(&mut self, node: &Node<'_>, min: Option<i64>, max: Option<i64>) -> Option<i64> {
        self.number(node, |text| rules::int64(text, min, max))
    }

    /// A number, from `min` to `max`.
    pub fn double(&mut self, node: &Node<'_>, min: Option<f64>, max: Option<f64>) -> Option<f64> {
        self.number(node, |text| rules::double(text, min, max))
    }

    fn number<T>(
        &mut self,
        node: &Node<'_>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        match node.value {
            Value::Number => match parse(&canonical_number(node.text())) {
                Ok(value) => Some(value),
                Err(rule) => self.refuse(Kind::Value, rule),
            },
            _ => self.wrong_type("a number", node),
        }
    }

    /// A value of an enumeration.
    pub fn one_of<T: Enumeration>(&mut self, node: &Node<'_>) -> Option<T> {
        let Some(text) = node.string() else {
            return self.wrong_type("a string", node);
        };
        match rules::one_of(&text) {
            Ok(value) => Some(value),
            Err(rule) => self.refuse(Kind::Name(text.chars().take(64).collect()), rule),
        }
    }

    /// What `read` reads, so that it need not be called.
    pub fn read<'a, T>(
        &mut self,
        node: Node<'a>,
        read: impl FnOnce(Node<'a>, &mut Self) -> Option<T>,
    ) -> Option<T> {
        read(node, self)
    }

    /// What `read` reads, or `null`.
    pub fn nullable<'a, T>(
        &mut self,
        node: Node<'a>,
        read: impl FnOnce(Node<'a>, &mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        match node.value {
            Value::Null => Some(None),
            _ => read(node, self).map(Some),
        }
    }

    /// An array of what `read` reads.
    pub fn array<'a, T>(
        &mut self,
        node: Node<'a>,
        rules: &ArrayRules,
        mut read: impl FnMut(Node<'a>, &mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let text = node.text();
        let items = match node.value {
            Value::Array(items) => items.into_vec(),
            // An escape is for what no list of names has.
            Value::Text if rules.comma && !text.contains('\\') => {
                let items = rules::split(&text[1..text.len() - 1]);
                items.map(Node::bare).collect()
            }
            Value::Null => return self.wrong_type("an array", &node),
            _ if rules.single => {
                let checked = rules.count.check(1, "items");
                self.check((), checked)?;
                return Some(vec![read(node, self)?]);
            }
            _ => return self.wrong_type("an array", &node),
        };
        let count = items.len();
        let checked = rules.count.check(count, "items");
        self.check((), checked)?;
        let mut seen = HashSet::new();
        if rules.unique && !items.iter().all(|item| seen.insert(item.canonical())) {
            return self.refuse(Kind::Value, rules::TWICE);
        }
        let mut values = Vec::with_capacity(count);
        for (index, item) in items.into_iter().enumerate() {
            let item = self.within(|path| push_item(path, index), |at| read(item, at));
            values.extend(item);
        }
        (values.len() == count).then_some(values)
    }

    /// An object of members that all have one schema.
    pub fn map<'a, T>(
        &mut self,
        node: Node<'a>,
        count: Count,
        read: impl FnMut(Node<'a>, &mut Self) -> Option<T>,
    ) -> Option<Map<T>> {
        let object = self.object(node)?;
        object.count(count, self)?;
        object.others(self, read)
    }

    /// Any JSON value.
    pub fn any(&mut self, node: &Node<'_>) -> Option<Json> {
        Some(Json::from_text(node.text().into()))
    }

    /// An object of members that only the client knows.
    pub fn free(&mut self, node: &Node<'_>) -> Option<FreeObject> {
        match node.value {
            Value::Object(_) => Some(FreeObject::from_text(node.text().into())),
            _ => self.refuse(
                Kind::WrongType,
                format!("must be an object; it is {}", node.kind()),
            ),
        }
    }

    /// An object, whose members are then read one by one.
    pub fn object<'a>(&mut self, node: Node<'a>) -> Option<Object<'a>> {
        match node.value {
            Value::Object(members) => Some(Object { members }),
            _ => self.wrong_type("an object", &node),
        }
    }

    /// The object of a union, and which variant it is.
    pub fn variant<'a>(
        &mut self,
        node: Node<'a>,
        variants: &Variants,
    ) -> Option<(usize, Node<'a>)> {
        let Value::Object(members) = &node.value else {
            return self.wrong_type("an object", &node);
        };
        let mut members = members.iter();
        let found = members.find(|(name, _)| name == variants.property);
        let found = found.and_then(|(_, discriminator)| discriminator.as_ref());
        let variant = match (found, variants.default) {
            (None, Some(default)) => Some(default),
            (found, default) => self.within(
                |path| push_member(path, variants.property),
                |at| match found {
                    None => at.refuse(Kind::Missing, REQUIRED),
                    Some(discriminator) => at.mapped(discriminator, variants, default),
                },
            ),
        };
        variant.map(|variant| (variant, node))
    }

    fn mapped(
        &mut self,
        discriminator: &Node<'_>,
        variants: &Variants,
        default: Option<usize>,
    ) -> Option<usize> {
        let Some(text) = discriminator.string() else {
            return self.wrong_type("a string", discriminator);
        };
        let mut mapping = variants.mapping.iter();
        match mapping.find(|(value, _)| *value == text) {
            Some((_, variant)) => Some(*variant),
            None if variants.takes_others => default,
            None => self.refuse(Kind::Value, rules::choices(variants.mapping)),
        }
    }
}

const REQUIRED: &str = "is required";

/// The members of an object that are still to be read.
pub struct Object<'a> {
    members: Box<[Property<'a>]>,
}

impl<'a> Object<'a> {
    fn take(&mut self, name: &str) -> Option<Node<'a>> {
        let mut members = self.members.iter_mut();
        members.find(|(other, _)| other == name)?.1.take()
    }

    /// What has not been read, in its order.
    fn rest(self) -> impl Iterator<Item = (Cow<'a, str>, Node<'a>)> {
        let members = self.members.into_iter();
        members.filter_map(|(name, node)| Some((name, node?)))
    }

    fn read<T>(
        node: Node<'a>,
        name: &str,
        at: &mut Reader,
        read: impl FnOnce(Node<'a>, &mut Reader) -> Option<T>,
    ) -> Option<T> {
        at.within(|path| push_member(path, name), |at| read(node, at))
    }

    /// A member that must be there.
    pub fn required<T>(
        &mut self,
        name: &str,
        at: &mut Reader,
        read: impl FnOnce(Node<'a>, &mut Reader) -> Option<T>,
    ) -> Option<T> {
        match self.take(name) {
            Some(node) => Self::read(node, name, at, read),
            None => at.within(
                |path| push_member(path, name),
                |at| at.refuse(Kind::Missing, REQUIRED),
            ),
        }
    }

    /// A member that must be there, and may be `null`.
    pub fn required_nullable<T>(
        &mut self,
        name: &str,
        at: &mut Reader,
        read: impl FnOnce(Node<'a>, &mut Reader) -> Option<T>,
    ) -> Option<Option<T>> {
        self.required(name, at, |node, at| match node.value {
            Value::Null => Some(None),
            _ => read(node, at).map(Some),
        })
    }

    /// A member that may be absent.
    pub fn optional<T>(
        &mut self,
        name: &str,
        at: &mut Reader,
        read: impl FnOnce(Node<'a>, &mut Reader) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.take(name) {
            Some(node) => Self::read(node, name, at, read).map(Some),
            None => Some(None),
        }
    }

    /// As [`Self::optional`]; `null` is read as absent.
    pub fn optional_or_null<T>(
        &mut self,
        name: &str,
        at: &mut Reader,
        read: impl FnOnce(Node<'a>, &mut Reader) -> Option<T>,
    ) -> Option<Option<T>> {
        self.optional_nullable(name, at, read).map(Member::value)
    }

    /// A member that may be absent or `null`.
    pub fn optional_nullable<T>(
        &mut self,
        name: &str,
        at: &mut Reader,
        read: impl FnOnce(Node<'a>, &mut Reader) -> Option<T>,
    ) -> Option<Member<T>> {
        match self.take(name) {
            Some(node) if matches!(node.value, Value::Null) => Some(Member::Null),
            Some(node) => Self::read(node, name, at, read).map(Member::Value),
            None => Some(Member::Absent),
        }
    }

    /// Ignores a member, whatever it is: the server computes it.
    pub fn ignore(&mut self, name: &str) {
        drop(self.take(name));
    }

    /// How many members there are, those that are read included.
    pub fn count(&self, count: Count, at: &mut Reader) -> Option<()> {
        let checked = count.check(self.members.len(), "members");
        at.check((), checked)
    }

    /// For an object that keeps the members it does not declare: whatever has not been read.
    pub fn others<T>(
        self,
        at: &mut Reader,
        mut read: impl FnMut(Node<'a>, &mut Reader) -> Option<T>,
    ) -> Option<Map<T>> {
        let mut members = Vec::new();
        let mut is_sound = true;
        for (name, node) in self.rest() {
            match Self::read(node, &name, at, &mut read) {
                Some(value) => members.push((name.into_owned(), value)),
                None => is_sound = false,
            }
        }
        is_sound.then(|| members.into())
    }

    /// For an open object of which nothing more is kept: whatever has not been read is not among the `declared` members.
    pub fn open(self, declared: &[&'static str], at: &mut Reader) {
        for (name, _) in self.rest() {
            at.ignore(&name, declared);
        }
    }

    /// For a closed object: whatever has not been read is refused.
    pub fn closed(self, at: &mut Reader) -> Option<()> {
        let mut known = Some(());
        for (name, _) in self.rest() {
            known = at.within(
                |path| push_member(path, &name),
                |at| at.refuse(Kind::Unknown, "is not a member of this object"),
            );
        }
        known
    }
}
