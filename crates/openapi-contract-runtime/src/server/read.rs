//! From a JSON tree to generated types: every broken rule is collected with its place, not only the first.

use std::collections::HashSet;

use super::{
    FreeObject, Member, Node,
    json::{Property, Value, canonical_number, push_item, push_member},
    operation::Target,
    rules::{self, Broken, Kind, TextRules},
};

/// A type that can be read from a JSON value.
pub trait FromJson: Sized {
    /// `None` if a rule is broken; the reader has it.
    fn from_json(node: Node<'_>, at: &mut Reader) -> Option<Self>;
}

/// Broken rules that are told at most.
const MAX_BROKEN: usize = 20;

/// Ignored members that are told at most.
const MAX_IGNORED: usize = 16;

/// The place in the body, the rules broken so far, and the members ignored so far.
#[derive(Default)]
pub struct Reader {
    path: String,
    broken: Vec<Broken>,
    ignored: Vec<Ignored>,
}

/// What has been read of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    pub value: T,
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

/// `minItems`, `maxItems`, `uniqueItems`.
pub struct ArrayRules {
    pub min: Option<usize>,
    pub max: Option<usize>,
    pub unique: bool,
}

/// Reads a body.
///
/// # Errors
/// Every broken rule, up to [`MAX_BROKEN`].
pub fn read<T: FromJson>(node: Node<'_>) -> Result<Read<T>, Vec<Broken>> {
    let mut reader = Reader::default();
    match T::from_json(node, &mut reader) {
        Some(value) if reader.broken.is_empty() => Ok(Read {
            value,
            ignored: reader.ignored,
        }),
        _ => Err(reader.broken),
    }
}

impl Reader {
    /// Notes a broken rule here.
    pub fn refuse<T>(&mut self, kind: Kind, rule: impl Into<String>) -> Option<T> {
        if self.broken.len() < MAX_BROKEN {
            self.broken.push(Broken {
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

    fn wrong_type<T>(&mut self, expected: &str, node: &Node) -> Option<T> {
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

    pub fn text(&mut self, node: Node<'_>, rules: &TextRules) -> Option<String> {
        match node.string() {
            Some(value) => {
                let checked = rules::text(&value, rules);
                self.check(value.into_owned(), checked)
            }
            None => self.wrong_type("a string", &node),
        }
    }

    pub fn boolean(&mut self, node: Node<'_>) -> Option<bool> {
        match node.value {
            Value::Boolean(value) => Some(value),
            _ => self.wrong_type("true or false", &node),
        }
    }

    pub fn int32(&mut self, node: Node<'_>, min: Option<i32>, max: Option<i32>) -> Option<i32> {
        self.number(node, |text| rules::int32(text, min, max))
    }

    pub fn int64(&mut self, node: Node<'_>, min: Option<i64>, max: Option<i64>) -> Option<i64> {
        self.number(node, |text| rules::int64(text, min, max))
    }

    pub fn double(&mut self, node: Node<'_>, min: Option<f64>, max: Option<f64>) -> Option<f64> {
        self.number(node, |text| rules::double(text, min, max))
    }

    fn number<T>(
        &mut self,
        node: Node<'_>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        match node.value {
            Value::Number => match parse(&canonical_number(node.text())) {
                Ok(value) => Some(value),
                Err(rule) => self.refuse(Kind::Value, rule),
            },
            _ => self.wrong_type("a number", &node),
        }
    }

    /// A member of a closed list.
    pub fn one_of<T: Copy>(&mut self, node: Node<'_>, values: &[(&str, T)]) -> Option<T> {
        let Some(text) = node.string() else {
            return self.wrong_type("a string", &node);
        };
        if let Some((_, value)) = values.iter().find(|(name, _)| *name == text) {
            return Some(*value);
        }
        let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        self.refuse(Kind::Value, format!("must be one of: {}", names.join(", ")))
    }

    pub fn array<T>(
        &mut self,
        node: Node<'_>,
        rules: &ArrayRules,
        mut read: impl FnMut(Node<'_>, &mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Value::Array(items) = node.value else {
            return self.wrong_type("an array", &node);
        };
        let count = items.len();
        if rules.max.is_some_and(|max| count > max) {
            return self.refuse(
                Kind::Value,
                format!("must have at most {} items; it has {count}", rules.max?),
            );
        }
        if rules.min.is_some_and(|min| count < min) {
            return self.refuse(
                Kind::Value,
                format!("must have at least {} items; it has {count}", rules.min?),
            );
        }
        let mut seen = HashSet::new();
        if rules.unique && !items.iter().all(|item| seen.insert(item.canonical())) {
            return self.refuse(Kind::Value, "must not have an item twice");
        }
        let mut values = Vec::with_capacity(count);
        for (index, item) in items.into_iter().enumerate() {
            let item = self.within(|path| push_item(path, index), |at| read(item, at));
            values.extend(item);
        }
        (values.len() == count).then_some(values)
    }

    /// An object of members that only the client knows.
    pub fn free(&mut self, node: Node<'_>) -> Option<FreeObject> {
        match node.value {
            Value::Object(_) => Some(FreeObject::from_text(node.text().into())),
            _ => self.refuse(
                Kind::WrongType,
                format!("must be an object; it is {}", node.kind()),
            ),
        }
    }

    pub fn object<'a>(&mut self, node: Node<'a>) -> Option<Object<'a>> {
        match node.value {
            Value::Object(members) => Some(Object { members }),
            _ => self.wrong_type("an object", &node),
        }
    }

    /// The object of a union: its value of the discriminator, and itself.
    pub fn variant<'a, T: Copy>(
        &mut self,
        node: Node<'a>,
        property: &str,
        mapping: &[(&str, T)],
    ) -> Option<(T, Node<'a>)> {
        let Value::Object(members) = &node.value else {
            return self.wrong_type("an object", &node);
        };
        let mut members = members.iter();
        let found = members.find(|(name, _)| name == property);
        let Some((_, Some(discriminator))) = found else {
            return self.within(
                |path| push_member(path, property),
                |at| at.refuse(Kind::Missing, "is required"),
            );
        };
        let discriminator = discriminator.clone();
        let chosen = self.within(
            |path| push_member(path, property),
            |at| at.one_of(discriminator, mapping),
        );
        chosen.map(|variant| (variant, node))
    }
}

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
    fn rest(self) -> impl Iterator<Item = (std::borrow::Cow<'a, str>, Node<'a>)> {
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
                |at| at.refuse(Kind::Missing, "is required"),
            ),
        }
    }

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
