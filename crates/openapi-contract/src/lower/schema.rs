//! Schemas where they are used: types written in place, and references, with their notes. An object, an enumeration or a choice in
//! place becomes a type as a named one does, under a name made of the way to it.

use serde_json::Value;

use crate::{
    document::Cursor,
    ir::{Count, Format, Pattern, Schema, TextRules, Ty},
    or_null,
};

use super::{lenient, pattern};

/// Keys that say something about a property without changing its type.
pub(super) const NOTES: [&str; 7] = [
    "description",
    "nullable",
    "readOnly",
    "deprecated",
    "default",
    "example",
    lenient::EXTENSION,
];

/// A schema where it is used: a type, or a reference, with its notes.
pub(super) fn in_place(node: &Cursor) -> Option<Schema> {
    let ty = ty(node)?;
    let default = match node.get("default") {
        Some(default) if !fits(default.value(), &ty, node) => {
            return default.refuse("does not fit the schema");
        }
        default => default.map(|default| default.value().clone()),
    };
    Some(Schema {
        // Beside a reference it is ignored by OpenAPI 3.0; the schema that is referred to has its own.
        description: match node.get("$ref") {
            Some(_) => None,
            None => node.text("description").map(str::to_owned),
        },
        lenient: lenient::forms(node, &ty),
        nullable: is_nullable(node),
        deprecated: node.flag("deprecated"),
        default,
        ty,
    })
}

/// A schema that several values of one member have: the items of an array, the values of a map.
pub(super) fn repeated(node: &Cursor) -> Option<Schema> {
    for note in ["readOnly", "deprecated", "default"] {
        if let Some(note) = node.get(note) {
            note.problem("is for members of an object; here every value has this schema");
        }
    }
    let schema = in_place(node)?;
    lenient::refuse_null(node, &schema);
    Some(schema)
}

/// A schema of a value that is a text on the wire: `what` is a header or plain text.
pub(super) fn scalar(node: &Cursor, what: &str) -> Option<Schema> {
    let schema = on_the_wire(node, what)?;
    if is_scalar(&schema.ty) {
        return Some(schema);
    }
    node.refuse(format!(
        "{what} must be a string, a number or a boolean, written in place"
    ))
}

/// The schema of a parameter: as [`scalar`], an enumeration, or a list of them.
pub(super) fn parameter(node: &Cursor) -> Option<Schema> {
    let schema = on_the_wire(node, "a parameter")?;
    if let Some(extension) = node.get(lenient::EXTENSION)
        && node.get("enum").is_none()
    {
        extension.problem("is for bodies");
    }
    let is_one = |node: &Cursor, ty: &Ty| is_scalar(ty) || values(node).is_some();
    let fits = match &schema.ty {
        Ty::Array { item, .. } => !item.nullable && is_one(&node.get("items")?, &item.ty),
        ty => is_one(node, ty),
    };
    if fits {
        return Some(schema);
    }
    node.refuse(
        "a parameter must be a string, a number or a boolean, written in place, an enumeration, or an array of such",
    )
}

fn on_the_wire(node: &Cursor, what: &str) -> Option<Schema> {
    for note in ["nullable", "readOnly", "deprecated"] {
        if let Some(note) = node.get(note) {
            note.problem(format!("has no meaning in the schema of {what}"));
        }
    }
    in_place(node)
}

fn is_scalar(ty: &Ty) -> bool {
    matches!(
        ty,
        Ty::Text(_) | Ty::Integer { .. } | Ty::Double { .. } | Ty::Boolean
    )
}

/// The values of the enumeration that a schema is, or refers to.
fn values<'a>(node: &Cursor<'a>) -> Option<Cursor<'a>> {
    if let Some(values) = node.get("enum") {
        return Some(values);
    }
    let members = node.get("allOf").or_else(|| node.get("oneOf"));
    match members.map(|members| members.items()) {
        Some(members) => values(members.first()?),
        None if node.get("$ref").is_some() => node.resolve("schemas")?.get("enum"),
        None => None,
    }
}

fn fits(value: &Value, ty: &Ty, node: &Cursor) -> bool {
    fn within<T: PartialOrd>(value: &T, min: Option<&T>, max: Option<&T>) -> bool {
        min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max)
    }
    if value.is_null() {
        return is_nullable(node);
    }
    match ty {
        // What a format asks for is known at run time only.
        Ty::Text(rules) => {
            rules.format.is_none()
                && value.as_str().is_some_and(|text| {
                    within(
                        &text.chars().count(),
                        rules.min.as_ref(),
                        rules.max.as_ref(),
                    ) && rules
                        .pattern
                        .as_ref()
                        .is_none_or(|pattern| pattern::matches(&pattern.source, text))
                })
        }
        Ty::Integer { bits, min, max, .. } => value.as_i64().is_some_and(|number| {
            within(&number, min.as_ref(), max.as_ref()) && fits_bits(number, *bits)
        }),
        Ty::Double { min, max, .. } => value
            .as_f64()
            .is_some_and(|number| within(&number, min.as_ref(), max.as_ref())),
        Ty::Boolean => value.is_boolean(),
        Ty::Array { item, count, .. } => value.as_array().is_some_and(|items| {
            within(&items.len(), count.min.as_ref(), count.max.as_ref())
                && node
                    .get("items")
                    .is_some_and(|node| items.iter().all(|value| fits(value, &item.ty, &node)))
        }),
        Ty::Named(_) => {
            value.is_string()
                && values(node).is_some_and(|values| {
                    values
                        .value()
                        .as_array()
                        .is_some_and(|all| all.contains(value))
                })
        }
        Ty::Map { .. } | Ty::Free | Ty::Any => false,
    }
}

fn fits_bits(number: i64, bits: u8) -> bool {
    bits == 64 || i32::try_from(number).is_ok()
}

fn only(node: &Cursor, what: &str, keys: &[&str]) {
    node.only(what, &[keys, &NOTES].concat());
}

fn ty(node: &Cursor) -> Option<Ty> {
    if let Some(reference) = node.get("$ref") {
        node.resolve("schemas")?;
        return reference.component("schemas").map(Ty::Named);
    }
    if let Some(members) = node.get("allOf") {
        refuse_nullable(node);
        return match members.items().as_slice() {
            [member] if member.get("$ref").is_some() && node.get("properties").is_none() => {
                only(node, "a reference with notes", &["allOf"]);
                ty(member)
            }
            _ => Some(type_in_place(node)),
        };
    }
    if let Some(reference) = or_null::reference(node.value()) {
        only(node, "a reference or null", &["oneOf"]);
        refuse_nullable(node);
        let choice = node.get("oneOf")?.items();
        return choice
            .into_iter()
            .find(|one| one.value() == reference)
            .and_then(|one| ty(&one));
    }
    if node.get("oneOf").is_some() || node.get("anyOf").is_some() {
        refuse_nullable(node);
        return Some(type_in_place(node));
    }
    if let Some(not) = node.get("not") {
        return not.refuse("is not supported");
    }
    if node.get("enum").is_some() {
        return Some(type_in_place(node));
    }
    if is_any(node) {
        only(node, "a schema of any JSON", &[]);
        return Some(Ty::Any);
    }
    let kind = node.require("type")?;
    match kind.str()? {
        "string" => text(node).map(Ty::Text),
        "integer" => integer(node),
        "number" => number(node),
        "boolean" => {
            only(node, "a boolean", &["type"]);
            Some(Ty::Boolean)
        }
        "array" => array(node),
        "object" => object(node),
        other => kind.refuse(format!("`{other}` is not a type of OpenAPI 3.0")),
    }
}

/// A schema that becomes a type, under a name made of the way to it.
fn type_in_place(node: &Cursor) -> Ty {
    node.becomes_type();
    Ty::Named(node.name_in_place())
}

/// A schema that says nothing of its values: any JSON.
fn is_any(node: &Cursor) -> bool {
    let silent = ["description", "readOnly", "deprecated", "example"];
    node.value().as_object().is_some_and(|keys| {
        keys.keys()
            .all(|key| silent.contains(&key.as_str()) || key.starts_with("x-"))
    })
}

/// Whether a schema where it is used allows `null`.
pub(super) fn is_nullable(node: &Cursor) -> bool {
    node.flag("nullable") || or_null::reference(node.value()).is_some()
}

fn refuse_nullable(node: &Cursor) {
    if let Some(nullable) = node.get("nullable") {
        nullable.problem(format!(
            "says nothing without `type` beside it; write `oneOf: [{{$ref: …}}, {}]`",
            or_null::NULL
        ));
    }
}

/// An object in place: of declared members, or a map.
fn object(node: &Cursor) -> Option<Ty> {
    if node.get("properties").is_some() {
        return Some(type_in_place(node));
    }
    match node.get("additionalProperties") {
        Some(extra) if *extra.value() == Value::Bool(false) => Some(type_in_place(node)),
        Some(extra) => map(node, &extra),
        None => node.refuse(
            "say what the object holds: `properties`, or `additionalProperties: true` for members that only the client knows",
        ),
    }
}

fn map(node: &Cursor, extra: &Cursor) -> Option<Ty> {
    only(
        node,
        "a map",
        &[
            "type",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ],
    );
    let value = others(extra)?;
    let count = count(node, "minProperties", "maxProperties");
    if value.ty == Ty::Any && count == Count::default() {
        return Some(Ty::Free);
    }
    Some(Ty::Map {
        value: Box::new(value),
        count,
    })
}

/// The schema that `additionalProperties` gives; `true` is any JSON.
pub(super) fn others(extra: &Cursor) -> Option<Schema> {
    if *extra.value() == Value::Bool(true) {
        return Some(Schema {
            ty: Ty::Any,
            nullable: false,
            description: None,
            deprecated: false,
            default: None,
            lenient: Vec::new(),
        });
    }
    if !extra.value().is_object() {
        return extra.refuse("must be true, false or a schema");
    }
    repeated(extra)
}

fn text(node: &Cursor) -> Option<TextRules> {
    only(
        node,
        "a string",
        &["type", "format", "minLength", "maxLength", "pattern", RULE],
    );
    let (min, max) = bounds(node, "minLength", "maxLength", Cursor::count);
    let rule = rule(node);
    let pattern = match node.get("pattern") {
        Some(pattern) => Some(Pattern {
            source: pattern::portable(&pattern)?,
            rule,
        }),
        None => None,
    };
    let format = match node.get("format") {
        None => None,
        Some(format) => Some(match format.str()? {
            "date-time" => Format::DateTime,
            "uri" => Format::Uri,
            "uuid" => Format::Uuid,
            "email" => Format::Email,
            "byte" => Format::Byte,
            _ => {
                return format.refuse(
                    "the `format` of a string must be `date-time`, `uri`, `uuid`, `email` or `byte`",
                );
            }
        }),
    };
    Some(TextRules {
        min,
        max,
        pattern,
        format,
    })
}

/// Puts a pattern in words, for people whose value does not match it.
const RULE: &str = "x-pattern-rule";

fn rule(node: &Cursor) -> Option<String> {
    let rule = node.get(RULE)?;
    if node.get("pattern").is_none() {
        return rule.refuse("puts a `pattern` in words; there is none beside it");
    }
    let words = rule.str()?;
    if !words.starts_with("must ") {
        return rule.refuse("must begin with `must `: it follows the name of what is wrong");
    }
    Some(words.to_owned())
}

fn integer(node: &Cursor) -> Option<Ty> {
    only(
        node,
        "an integer",
        &["type", "format", "minimum", "maximum"],
    );
    let (min, max) = bounds(node, "minimum", "maximum", Cursor::integer);
    let format = node.get("format");
    let bits = match &format {
        None => 64,
        Some(format) => match format.str()? {
            "int32" => 32,
            "int64" => 64,
            _ => {
                return format.refuse("the `format` of an integer must be `int32` or `int64`");
            }
        },
    };
    for (key, bound) in [("minimum", min), ("maximum", max)] {
        if bound.is_some_and(|bound| !fits_bits(bound, bits)) {
            node.get(key)?.problem("is out of the range of `int32`");
        }
    }
    Some(Ty::Integer {
        bits,
        format: format.is_some(),
        min,
        max,
    })
}

fn number(node: &Cursor) -> Option<Ty> {
    only(node, "a number", &["type", "format", "minimum", "maximum"]);
    let (min, max) = bounds(node, "minimum", "maximum", Cursor::number);
    let format = node.get("format");
    if let Some(format) = &format
        && format.str()? != "double"
    {
        return format.refuse("the `format` of a number must be `double`");
    }
    Some(Ty::Double {
        format: format.is_some(),
        min,
        max,
    })
}

fn array(node: &Cursor) -> Option<Ty> {
    only(
        node,
        "an array",
        &["type", "items", "minItems", "maxItems", "uniqueItems"],
    );
    let count = count(node, "minItems", "maxItems");
    Some(Ty::Array {
        item: Box::new(repeated(&node.require("items")?)?),
        count,
        unique: node.flag("uniqueItems"),
    })
}

pub(super) fn count(node: &Cursor, low: &str, high: &str) -> Count {
    let (min, max) = bounds(node, low, high, Cursor::count);
    Count { min, max }
}

/// Two bounds; a problem if no value is between them.
fn bounds<'a, T: PartialOrd>(
    node: &Cursor<'a>,
    low: &str,
    high: &str,
    read: impl Fn(&Cursor<'a>) -> Option<T>,
) -> (Option<T>, Option<T>) {
    let bound = |key| node.get(key).and_then(|bound| read(&bound));
    let (min, max) = (bound(low), bound(high));
    if let (Some(min), Some(max)) = (&min, &max)
        && min > max
    {
        node.problem(format!("`{low}` is greater than `{high}`"));
    }
    (min, max)
}

/// Whether a schema is read in another form too.
#[cfg(feature = "server")]
impl Schema {
    pub(crate) fn is_lenient(&self, form: crate::ir::Leniency) -> bool {
        self.lenient.contains(&form)
    }
}
