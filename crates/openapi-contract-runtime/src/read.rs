//! From a JSON tree to generated types: every broken rule is collected with its place, not only the first.

use serde_json::Number;

use super::{
    FreeObject, Member, Node,
    json::{push_item, push_member},
    operation::Target,
    rules::{self, Broken, Kind, TextRules},
};

/// A type that can be read from a JSON value.
pub trait FromJson: Sized {
    /// `None` if a rule is broken; the reader has it.
    fn from_json(node: Node, at: &mut Reader) -> Option<Self>;
}

/// Broken rules that are told at most.
const MAX_BROKEN: usize = 20;

/// The place in the body, and the rules broken so far.
#[derive(Default)]
pub struct Reader {
    path: String,
    broken: Vec<Broken>,
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
pub fn read<T: FromJson>(node: Node) -> Result<T, Vec<Broken>> {
    let mut reader = Reader::default();
    match T::from_json(node, &mut reader) {
        Some(value) if reader.broken.is_empty() => Ok(value),
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

    fn wrong_type<T>(&mut self, expected: &str, node: &Node) -> Option<T> {
        match node {
            Node::Null => self.refuse(
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

    pub fn text(&mut self, node: Node, rules: &TextRules) -> Option<String> {
        match node {
            Node::Text(value) => {
                let checked = rules::text(&value, rules);
                self.check(value, checked)
            }
            node => self.wrong_type("a string", &node),
        }
    }

    pub fn boolean(&mut self, node: Node) -> Option<bool> {
        match node {
            Node::Boolean(value) => Some(value),
            node => self.wrong_type("true or false", &node),
        }
    }

    pub fn int32(&mut self, node: Node, min: Option<i32>, max: Option<i32>) -> Option<i32> {
        self.number(node, |text| rules::int32(text, min, max))
    }

    pub fn int64(&mut self, node: Node, min: Option<i64>, max: Option<i64>) -> Option<i64> {
        self.number(node, |text| rules::int64(text, min, max))
    }

    pub fn double(&mut self, node: Node, min: Option<f64>, max: Option<f64>) -> Option<f64> {
        self.number(node, |text| rules::double(text, min, max))
    }

    fn number<T>(
        &mut self,
        node: Node,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        match node {
            Node::Number(number) => match parse(&plain(&number)) {
                Ok(value) => Some(value),
                Err(rule) => self.refuse(Kind::Value, rule),
            },
            node => self.wrong_type("a number", &node),
        }
    }

    /// A member of a closed list.
    pub fn one_of<T: Copy>(&mut self, node: Node, values: &[(&str, T)]) -> Option<T> {
        let Node::Text(text) = node else {
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
        node: Node,
        rules: &ArrayRules,
        mut read: impl FnMut(Node, &mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Node::Array(items) = node else {
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
        if rules.unique && (1..count).any(|index| items[..index].contains(&items[index])) {
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
    pub fn free(&mut self, node: Node) -> Option<FreeObject> {
        match node {
            Node::Object(members) => Some(FreeObject::new(&members)),
            node => self.refuse(
                Kind::WrongType,
                format!("must be an object; it is {}", node.kind()),
            ),
        }
    }

    pub fn object(&mut self, node: Node) -> Option<Object> {
        match node {
            Node::Object(members) => Some(Object { members }),
            node => self.wrong_type("an object", &node),
        }
    }

    /// The object of a union: its value of the discriminator, and itself.
    pub fn variant<T: Copy>(
        &mut self,
        node: Node,
        property: &str,
        mapping: &[(&str, T)],
    ) -> Option<(T, Node)> {
        let Node::Object(members) = &node else {
            return self.wrong_type("an object", &node);
        };
        let Some((_, discriminator)) = members.iter().find(|(name, _)| name == property) else {
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

/// `1.0` and `1e0` are the integer 1 (JSON Schema validation, section 6.1.1: mathematical value).
fn plain(number: &Number) -> String {
    match number.as_f64() {
        // Beyond 2^53 a double no longer tells integers apart.
        Some(value) if number.is_f64() && value.fract() == 0.0 && value.abs() < 9e15 => {
            format!("{value:.0}")
        }
        _ => number.to_string(),
    }
}

/// The members of an object that are still to be read.
pub struct Object {
    members: Vec<(String, Node)>,
}

impl Object {
    fn take(&mut self, name: &str) -> Option<Node> {
        let index = self.members.iter().position(|(other, _)| other == name)?;
        Some(self.members.swap_remove(index).1)
    }

    fn read<T>(
        node: Node,
        name: &str,
        at: &mut Reader,
        read: impl FnOnce(Node, &mut Reader) -> Option<T>,
    ) -> Option<T> {
        at.within(|path| push_member(path, name), |at| read(node, at))
    }

    pub fn required<T>(
        &mut self,
        name: &str,
        at: &mut Reader,
        read: impl FnOnce(Node, &mut Reader) -> Option<T>,
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
        read: impl FnOnce(Node, &mut Reader) -> Option<T>,
    ) -> Option<Option<T>> {
        self.required(name, at, |node, at| match node {
            Node::Null => Some(None),
            node => read(node, at).map(Some),
        })
    }

    pub fn optional<T>(
        &mut self,
        name: &str,
        at: &mut Reader,
        read: impl FnOnce(Node, &mut Reader) -> Option<T>,
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
        read: impl FnOnce(Node, &mut Reader) -> Option<T>,
    ) -> Option<Member<T>> {
        match self.take(name) {
            Some(Node::Null) => Some(Member::Null),
            Some(node) => Self::read(node, name, at, read).map(Member::Value),
            None => Some(Member::Absent),
        }
    }

    /// Ignores a member, whatever it is: the server computes it.
    pub fn ignore(&mut self, name: &str) {
        drop(self.take(name));
    }

    /// For a closed object: whatever has not been read is refused.
    pub fn closed(self, at: &mut Reader) -> Option<()> {
        let mut known = Some(());
        for (name, _) in self.members {
            known = at.within(
                |path| push_member(path, &name),
                |at| at.refuse(Kind::Unknown, "is not a member of this object"),
            );
        }
        known
    }
}
