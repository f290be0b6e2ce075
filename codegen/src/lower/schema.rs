//! Schemas where they are used: types written in place, and references, with their notes.

use serde_json::Value;

use crate::{
    document::Cursor,
    ir::{Schema, TextRules, Ty},
};

use super::pattern::check_pattern;

/// Keys that say something about a schema without changing its type.
const NOTES: [&str; 7] = [
    "description",
    "nullable",
    "readOnly",
    "deprecated",
    "default",
    "example",
    "title",
];

/// A schema where it is used: a type, or a reference, with its notes.
pub(super) fn in_place(node: &Cursor) -> Option<Schema> {
    let ty = ty(node)?;
    let default = match node.get("default") {
        Some(default) if !fits(default.value(), &ty) => {
            return default.refuse("does not fit the schema");
        }
        default => default.map(|default| default.value().clone()),
    };
    Some(Schema {
        ty,
        description: node.text("description").map(str::to_owned),
        deprecated: node.flag("deprecated"),
        default,
    })
}

fn fits(value: &Value, ty: &Ty) -> bool {
    match ty {
        Ty::Text(rules) => value.as_str().is_some_and(|text| {
            let length = text.chars().count();
            rules.min.is_none_or(|min| length >= min) && rules.max.is_none_or(|max| length <= max)
        }),
        Ty::Integer { min, max, .. } => value.as_i64().is_some_and(|number| {
            min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max)
        }),
        Ty::Double { .. } => value.is_number(),
        Ty::Boolean => value.is_boolean(),
        Ty::Array { .. } | Ty::Named(_) => false,
    }
}

fn only(node: &Cursor, what: &str, keys: &[&str]) {
    node.only(what, &[keys, &NOTES].concat());
}

fn ty(node: &Cursor) -> Option<Ty> {
    if let Some(reference) = node.get("$ref") {
        node.resolve()?;
        return named_by(&reference);
    }
    if let Some(members) = node.get("allOf") {
        only(node, "a reference with notes", &["allOf"]);
        return match members.items().as_slice() {
            [member] if member.get("$ref").is_some() => ty(member),
            _ => members.refuse("in place, `allOf` holds one `$ref` and nothing else; compose objects in `components.schemas`"),
        };
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
        "object" => node.refuse("an object must be a named schema of `components.schemas`"),
        other => kind.refuse(format!("`{other}` is not a type of OpenAPI 3.0")),
    }
}

/// The name behind `#/components/schemas/…`.
pub(super) fn named_by(reference: &Cursor) -> Option<Ty> {
    match reference.str()?.strip_prefix("#/components/schemas/") {
        Some(name) => Some(Ty::Named(name.replace("~1", "/").replace("~0", "~"))),
        None => reference.refuse("must refer to `#/components/schemas/…`"),
    }
}

fn text(node: &Cursor) -> Option<TextRules> {
    only(
        node,
        "a string",
        &["type", "minLength", "maxLength", "pattern"],
    );
    if let Some(values) = node.get("enum") {
        return values.refuse("an enumeration must be a named schema of `components.schemas`");
    }
    let rules = TextRules {
        min: node.get("minLength").and_then(|min| min.count()),
        max: node.get("maxLength").and_then(|max| max.count()),
        pattern: node.text("pattern").map(str::to_owned),
    };
    if let (Some(min), Some(max)) = (rules.min, rules.max)
        && min > max
    {
        node.problem("`minLength` is greater than `maxLength`");
    }
    if let (Some(pattern), Some(node)) = (&rules.pattern, node.get("pattern")) {
        check_pattern(&node, pattern);
    }
    Some(rules)
}

fn integer(node: &Cursor) -> Option<Ty> {
    only(
        node,
        "an integer",
        &["type", "format", "minimum", "maximum"],
    );
    let bits = match node.require("format").and_then(|format| format.str())? {
        "int32" => 32,
        "int64" => 64,
        _ => return node.refuse("the `format` of an integer must be `int32` or `int64`"),
    };
    let min = node.get("minimum").and_then(|min| min.integer());
    let max = node.get("maximum").and_then(|max| max.integer());
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        node.problem("`minimum` is greater than `maximum`");
    }
    Some(Ty::Integer { bits, min, max })
}

fn number(node: &Cursor) -> Option<Ty> {
    only(node, "a number", &["type", "format", "minimum", "maximum"]);
    if node.require("format").and_then(|format| format.str())? != "double" {
        return node.refuse("the `format` of a number must be `double`");
    }
    Some(Ty::Double {
        min: node.get("minimum").and_then(|min| min.number()),
        max: node.get("maximum").and_then(|max| max.number()),
    })
}

fn array(node: &Cursor) -> Option<Ty> {
    only(
        node,
        "an array",
        &["type", "items", "minItems", "maxItems", "uniqueItems"],
    );
    let items = node.require("items")?;
    for note in ["nullable", "readOnly", "default"] {
        if let Some(note) = items.get(note) {
            note.problem("is not supported for items");
        }
    }
    Some(Ty::Array {
        item: Box::new(ty(&items)?),
        min: node.get("minItems").and_then(|min| min.count()),
        max: node.get("maxItems").and_then(|max| max.count()),
        unique: node.flag("uniqueItems"),
    })
}
