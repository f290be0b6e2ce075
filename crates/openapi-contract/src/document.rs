//! The document as a JSON value that remembers where in the YAML each node stands, and a cursor to read it by.

mod json;

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet, VecDeque},
    fmt,
};

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use serde_json::{Map, Value};

use crate::{ir::TypeDef, names};

/// A problem of the document, with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    file: String,
    /// Both 1-based.
    line: usize,
    column: usize,
    pointer: Option<String>,
    message: String,
    /// How often the same is wrong further on, and where first.
    more: Option<(usize, (usize, usize))>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            message,
            ..
        } = self;
        write!(f, "{file}:{line}:{column}: {message}")?;
        if let Some(pointer) = &self.pointer {
            write!(f, " (at #{pointer})")?;
        }
        if let Some((times, (line, column))) = self.more {
            write!(
                f,
                "; and {times} more of the same, the next at {line}:{column}"
            )?;
        }
        Ok(())
    }
}

/// A document and the place of each of its nodes.
pub struct Document {
    file: String,
    value: Value,
    /// JSON pointer to (line, column).
    places: HashMap<String, (usize, usize)>,
}

impl Document {
    /// # Errors
    /// Text that is not one YAML document of JSON values, or that repeats a key.
    pub fn parse(file: &str, yaml: &str) -> Result<Self, Diagnostic> {
        let fail = |(line, column), message: String| Diagnostic {
            file: file.to_owned(),
            line,
            column,
            pointer: None,
            message,
            more: None,
        };
        for (index, line) in lines(yaml).enumerate() {
            if line.len() - line.trim_start_matches(NESTING).len() > MAX_INDENT {
                let place = (index + 1, MAX_INDENT + 1);
                return Err(fail(place, "nested too deep".into()));
            }
        }
        let (yaml, shifts) = json::without_surrogates(yaml);
        let nodes = MarkedYaml::load_from_str(&yaml).map_err(|error| {
            let marker = error.marker();
            fail(
                shifts.original((marker.line(), marker.col() + 1)),
                format!("invalid YAML: {}", error.info()),
            )
        })?;
        let [root] = nodes.as_slice() else {
            return Err(fail(
                (1, 1),
                format!("expected one YAML document, found {}", nodes.len()),
            ));
        };
        let mut places = HashMap::new();
        let value = to_json(root, String::new(), 0, &mut places)
            .map_err(|(place, message)| fail(shifts.original(place), message))?;
        for place in places.values_mut() {
            *place = shifts.original(*place);
        }
        Ok(Self {
            file: file.to_owned(),
            value,
            places,
        })
    }

    /// The document as a JSON value, members in their order.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// A problem that shows only when all is read.
    #[cfg(feature = "client")]
    pub(crate) fn problem(&self, pointer: &str, message: &str) -> Diagnostic {
        self.diagnostic(pointer, message.to_owned())
    }

    fn diagnostic(&self, pointer: &str, message: String) -> Diagnostic {
        // A missing key is reported at the object that lacks it: walk up to the nearest node that exists.
        let mut known = pointer;
        let (line, column) = loop {
            if let Some(place) = self.places.get(known) {
                break *place;
            }
            match known.rfind('/') {
                Some(parent) => known = &known[..parent],
                None => break (1, 1),
            }
        };
        Diagnostic {
            file: self.file.clone(),
            line,
            column,
            pointer: Some(pointer.to_owned()),
            message,
            more: None,
        }
    }
}

type Failure = ((usize, usize), String);

fn place(node: &MarkedYaml) -> (usize, usize) {
    (node.span.start.line(), node.span.start.col() + 1)
}

/// What opens blocks within blocks, and how much of it a line begins with at most: the YAML reader recurses, with no
/// bound of its own for blocks.
const NESTING: [char; 4] = [' ', '-', '?', ':'];
const MAX_INDENT: usize = 250;

/// Nodes within nodes; far more than any document of OpenAPI has, far less than the stack holds.
const MAX_DEPTH: usize = 100;

/// The lines of a text as YAML has them: what ends one is a line feed, a carriage return or both (YAML 1.2, section 5.4).
pub(crate) fn lines(yaml: &str) -> impl Iterator<Item = &str> {
    yaml.split('\n').flat_map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r')
    })
}

fn to_json(
    node: &MarkedYaml,
    pointer: String,
    depth: usize,
    places: &mut HashMap<String, (usize, usize)>,
) -> Result<Value, Failure> {
    if depth > MAX_DEPTH {
        return Err((place(node), format!("nested more than {MAX_DEPTH} deep")));
    }
    let value = match &node.data {
        YamlData::Value(Scalar::Null) => Value::Null,
        YamlData::Value(Scalar::Boolean(value)) => Value::Bool(*value),
        YamlData::Value(Scalar::Integer(value)) => Value::from(*value),
        YamlData::Value(Scalar::FloatingPoint(value)) if value.is_finite() => {
            Value::from(value.into_inner())
        }
        YamlData::Value(Scalar::FloatingPoint(_)) => {
            return Err((place(node), "JSON has no such number".into()));
        }
        YamlData::Value(Scalar::String(value)) => Value::String(value.to_string()),
        YamlData::Sequence(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| to_json(item, format!("{pointer}/{index}"), depth + 1, places))
            .collect::<Result<_, _>>()?,
        YamlData::Mapping(entries) => {
            let mut object = Map::new();
            for (key, item) in entries {
                let name = match &key.data {
                    YamlData::Value(Scalar::String(name)) => name.to_string(),
                    // `200:` without quotes is an integer to YAML and a status code to OpenAPI.
                    YamlData::Value(Scalar::Integer(number)) => number.to_string(),
                    _ => return Err((place(key), "a key must be a string".into())),
                };
                if name == "<<" {
                    return Err((place(key), "YAML merge keys are not supported".into()));
                }
                let pointer = format!("{pointer}/{}", escape(&name));
                let value = to_json(item, pointer.clone(), depth + 1, places)?;
                places.insert(pointer, place(key));
                if object.insert(name.clone(), value).is_some() {
                    return Err((place(key), format!("the key `{name}` appears twice")));
                }
            }
            Value::Object(object)
        }
        // An alias is already its anchor's value here.
        _ => return Err((place(node), "YAML tags are not supported".into())),
    };
    places.entry(pointer).or_insert_with(|| place(node));
    Ok(value)
}

/// One segment of a JSON pointer (RFC 6901, section 3).
pub(crate) fn escape(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}

/// The name in `#/components/{section}/name`.
fn component_name(reference: &str, section: &str) -> Option<String> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(section)?
        .strip_prefix('/')?;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

/// Places at which the same problem is told in full; of further ones, how many there are.
const TOLD_IN_FULL: usize = 5;

/// Reads a document and collects every problem met on the way.
pub(crate) struct Reader<'a> {
    document: &'a Document,
    problems: RefCell<Vec<Diagnostic>>,
    /// Pointers of the components that some reference has led to.
    referenced: RefCell<HashSet<String>>,
    /// Pointers of the schemas in place that become a type.
    met: RefCell<HashSet<String>>,
    /// Of these, those that have not become one yet.
    waiting: RefCell<VecDeque<String>>,
    /// The types that schemas in place have become, with their pointers.
    types: RefCell<Vec<(String, TypeDef)>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self {
            document,
            problems: RefCell::default(),
            referenced: RefCell::default(),
            met: RefCell::default(),
            waiting: RefCell::default(),
            types: RefCell::default(),
        }
    }

    pub(crate) fn root(&'a self) -> Cursor<'a> {
        Cursor {
            reader: self,
            value: &self.document.value,
            pointer: String::new(),
        }
    }

    /// Whether there is no problem so far.
    pub(crate) fn is_sound(&self) -> bool {
        self.problems.borrow().is_empty()
    }

    /// The problems in the order of the document, each once: a shared schema is read by each of its users. What is wrong in many
    /// places is told in full at the first of them.
    pub(crate) fn into_problems(self) -> Vec<Diagnostic> {
        let mut problems = self.problems.into_inner();
        problems
            .sort_by(|a, b| (a.line, a.column, &a.message).cmp(&(b.line, b.column, &b.message)));
        problems.dedup();
        let mut told: HashMap<String, (usize, usize)> = HashMap::new();
        let mut kept: Vec<Diagnostic> = Vec::new();
        for problem in problems {
            let place = (problem.line, problem.column);
            let (times, last) = told.entry(problem.message.clone()).or_insert((0, 0));
            *times += 1;
            if *times <= TOLD_IN_FULL {
                *last = kept.len();
                kept.push(problem);
            } else {
                kept[*last].more.get_or_insert((0, place)).0 += 1;
            }
        }
        kept
    }
}

/// What says nothing of values: beside a `$ref`, where OpenAPI 3.0 ignores it, nothing is lost.
const WORDS: [&str; 5] = ["description", "example", "examples", "summary", "title"];

/// The extensions that the generator understands.
const EXTENSIONS: [&str; 7] = [
    "x-also-json",
    "x-default-variant",
    "x-lenient",
    "x-path-aliases",
    "x-pattern-rule",
    "x-required-scopes",
    "x-token-kind",
];

/// A node of the document and the way to it.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    reader: &'a Reader<'a>,
    value: &'a Value,
    pointer: String,
}

impl<'a> Cursor<'a> {
    pub(crate) fn value(&self) -> &'a Value {
        self.value
    }

    /// Records a problem here.
    pub(crate) fn problem(&self, message: impl Into<String>) {
        let diagnostic = self
            .reader
            .document
            .diagnostic(&self.pointer, message.into());
        self.reader.problems.borrow_mut().push(diagnostic);
    }

    /// Records a problem here and gives up on the node.
    pub(crate) fn refuse<T>(&self, message: impl Into<String>) -> Option<T> {
        self.problem(message);
        None
    }

    /// The member `key`, if present.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key)?;
        Some(Self {
            reader: self.reader,
            value,
            pointer: format!("{}/{}", self.pointer, escape(key)),
        })
    }

    /// The member `key`; a problem if it is absent.
    pub(crate) fn require(&self, key: &str) -> Option<Self> {
        self.get(key)
            .or_else(|| self.refuse(format!("`{key}` is required here")))
    }

    /// The members of an object; a problem if this is something else.
    pub(crate) fn entries(&self) -> Vec<(&'a str, Self)> {
        let Value::Object(object) = self.value else {
            self.problem("must be an object");
            return Vec::new();
        };
        object
            .keys()
            .map(|key| {
                (
                    key.as_str(),
                    self.get(key).expect("the key was just listed"),
                )
            })
            .collect()
    }

    /// The items of an array; a problem if this is something else.
    pub(crate) fn items(&self) -> Vec<Self> {
        let Value::Array(items) = self.value else {
            self.problem("must be an array");
            return Vec::new();
        };
        let item = |(index, value)| Self {
            reader: self.reader,
            value,
            pointer: format!("{}/{index}", self.pointer),
        };
        items.iter().enumerate().map(item).collect()
    }

    pub(crate) fn str(&self) -> Option<&'a str> {
        self.value
            .as_str()
            .or_else(|| self.refuse("must be a string"))
    }

    pub(crate) fn bool(&self) -> Option<bool> {
        self.value
            .as_bool()
            .or_else(|| self.refuse("must be true or false"))
    }

    pub(crate) fn number(&self) -> Option<f64> {
        self.value
            .as_f64()
            .or_else(|| self.refuse("must be a number"))
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        self.value
            .as_i64()
            .or_else(|| self.refuse("must be an integer"))
    }

    pub(crate) fn count(&self) -> Option<usize> {
        let count = self
            .value
            .as_u64()
            .and_then(|count| usize::try_from(count).ok());
        count.or_else(|| self.refuse("must be a whole number, 0 or more"))
    }

    /// A string member, if present.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key)?.str()
    }

    /// A boolean member; absent is `false`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(|flag| flag.bool()).unwrap_or(false)
    }

    /// Refuses every key that is not in `known`. Extensions (`x-…`) of other tools mean nothing here and are free;
    /// an own one in the wrong place would do nothing, and is refused.
    pub(crate) fn only(&self, what: &str, known: &[&str]) {
        for (key, node) in self.entries() {
            let foreign = key.starts_with("x-") && !EXTENSIONS.contains(&key);
            if !known.contains(&key) && !foreign {
                node.problem(format!(
                    "`{key}` is not supported in {what}; supported: {}",
                    known.join(", ")
                ));
            }
        }
    }

    /// Where a `$ref` to `#/components/{section}/…` leads, without a word about what is wrong with it; a node without one is itself.
    pub(crate) fn peek(&self, section: &str) -> Option<Self> {
        let Some(reference) = self.value.get("$ref") else {
            return Some(self.clone());
        };
        let name = component_name(reference.as_str()?, section)?;
        self.reader
            .root()
            .get("components")?
            .get(section)?
            .get(&name)
    }

    /// Follows a `$ref` to `#/components/{section}/…`; a node without one is itself.
    pub(crate) fn resolve(&self, section: &str) -> Option<Self> {
        let Some(reference) = self.get("$ref") else {
            return Some(self.clone());
        };
        for (key, sibling) in self.entries() {
            if key != "$ref"
                && !WORDS.contains(&key)
                && (!key.starts_with("x-") || EXTENSIONS.contains(&key))
            {
                sibling.problem(format!(
                    "`{key}` beside `$ref` is ignored by OpenAPI 3.0: put the reference into `allOf: [{{$ref: …}}]`"
                ));
            }
        }
        let name = reference.component(section)?;
        let Some(target) = self.peek(section) else {
            return reference.refuse(format!("there is no `{name}` in `components.{section}`"));
        };
        if target.get("$ref").is_some() {
            return reference.refuse("a reference to a reference is not supported");
        }
        let mut referenced = self.reader.referenced.borrow_mut();
        referenced.insert(target.pointer.clone());
        Some(target)
    }

    /// The name in `#/components/{section}/name`, which this string is.
    pub(crate) fn component(&self, section: &str) -> Option<String> {
        component_name(self.str()?, section)
            .or_else(|| self.refuse(format!("must refer to `#/components/{section}/…`")))
    }

    /// The name of the type that a schema in place becomes.
    pub(crate) fn name_in_place(&self) -> String {
        names::in_place(&self.reader.document.value, &self.pointer)
    }

    /// Whether the schema here, in place, has become a type already: what is shared is read by each of its users.
    pub(crate) fn has_type(&self) -> bool {
        let types = self.reader.types.borrow();
        types.iter().any(|(pointer, _)| *pointer == self.pointer)
    }

    /// Notes that the schema here, in place, is to become a type, for [`Self::next_type`].
    pub(crate) fn becomes_type(&self) {
        if self.reader.met.borrow_mut().insert(self.pointer.clone()) {
            let mut waiting = self.reader.waiting.borrow_mut();
            waiting.push_back(self.pointer.clone());
        }
    }

    /// The next schema in place that is to become a type, each once.
    pub(crate) fn next_type(&self) -> Option<Self> {
        let pointer = self.reader.waiting.borrow_mut().pop_front()?;
        Some(self.place(pointer))
    }

    /// Keeps the type that the schema here becomes.
    pub(crate) fn add_type(&self, def: TypeDef) {
        let mut types = self.reader.types.borrow_mut();
        types.push((self.pointer.clone(), def));
    }

    /// The types that schemas in place have become, each with its place.
    pub(crate) fn take_types(&self) -> Vec<(Self, TypeDef)> {
        let types = self.reader.types.take();
        types
            .into_iter()
            .map(|(pointer, def)| (self.place(pointer), def))
            .collect()
    }

    fn place(&self, pointer: String) -> Self {
        let value = self.reader.document.value.pointer(&pointer);
        Self {
            reader: self.reader,
            value: value.unwrap_or(self.value),
            pointer,
        }
    }

    /// Whether a reference has led here.
    pub(crate) fn is_referenced(&self) -> bool {
        self.reader.referenced.borrow().contains(&self.pointer)
    }
}
