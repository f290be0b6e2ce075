//! Schemas where they are used: types written in place, and references, with their notes.

use serde_json::Value;

use crate::{
    document::Cursor,
    ir::{Pattern, Schema, TextRules, Ty},
    or_null,
};

use super::pattern;

/// Keys that say something about a property without changing its type.
const NOTES: [&str; 6] = [
    "description",
    "nullable",
    "readOnly",
    "deprecated",
    "default",
    "example",
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
        // Beside a reference it is ignored by OpenAPI 3.0; the schema that is referred to has its own.
        description: match node.get("$ref") {
            Some(_) => None,
            None => node.text("description").map(str::to_owned),
        },
        deprecated: node.flag("deprecated"),
        default,
    })
}

/// A schema of a value that is a text on the wire: `what` is a parameter, a header or plain text.
pub(super) fn scalar(node: &Cursor, what: &str) -> Option<Schema> {
    for note in ["nullable", "readOnly", "deprecated"] {
        if let Some(note) = node.get(note) {
            note.problem(format!("has no meaning in the schema of {what}"));
        }
    }
    let schema = in_place(node)?;
    match schema.ty {
        Ty::Array { .. } | Ty::Named(_) => {
            node.refuse(format!("{what} must be a string, a number or a boolean"))
        }
        _ => Some(schema),
    }
}

fn fits(value: &Value, ty: &Ty) -> bool {
    fn within<T: PartialOrd>(value: &T, min: Option<&T>, max: Option<&T>) -> bool {
        min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max)
    }
    match ty {
        Ty::Text(rules) => value.as_str().is_some_and(|text| {
            within(
                &text.chars().count(),
                rules.min.as_ref(),
                rules.max.as_ref(),
            ) && rules
                .pattern
                .as_ref()
                .is_none_or(|pattern| pattern::matches(&pattern.source, text))
        }),
        Ty::Integer { bits, min, max } => value.as_i64().is_some_and(|number| {
            within(&number, min.as_ref(), max.as_ref()) && fits_bits(number, *bits)
        }),
        Ty::Double { min, max } => value
            .as_f64()
            .is_some_and(|number| within(&number, min.as_ref(), max.as_ref())),
        Ty::Boolean => value.is_boolean(),
        Ty::Array { .. } | Ty::Named(_) => false,
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
        only(node, "a reference with notes", &["allOf"]);
        refuse_nullable(node);
        return match members.items().as_slice() {
            [member] if member.get("$ref").is_some() => ty(member),
            _ => members.refuse("in place, `allOf` holds one `$ref` and nothing else; compose objects in `components.schemas`"),
        };
    }
    if let Some(values) = node.get("enum") {
        return values.refuse("an enumeration must be a named schema of `components.schemas`");
    }
    if let Some(choice) = node.get("oneOf") {
        only(node, "a reference or null", &["oneOf"]);
        refuse_nullable(node);
        return match choice.items().as_slice() {
            [reference, _] if or_null::reference(node.value()).is_some() => ty(reference),
            _ => choice.refuse(format!(
                "in place, `oneOf` holds one `$ref` and `{}`; a union is a named schema",
                or_null::NULL
            )),
        };
    }
    for key in ["anyOf", "not"] {
        if let Some(union) = node.get(key) {
            return union.refuse("is not supported in place; a union is a named schema");
        }
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

fn text(node: &Cursor) -> Option<TextRules> {
    only(
        node,
        "a string",
        &["type", "minLength", "maxLength", "pattern", RULE],
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
    Some(TextRules { min, max, pattern })
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
    let format = node.require("format")?;
    let bits = match format.str()? {
        "int32" => 32,
        "int64" => 64,
        _ => return format.refuse("the `format` of an integer must be `int32` or `int64`"),
    };
    for (key, bound) in [("minimum", min), ("maximum", max)] {
        if bound.is_some_and(|bound| !fits_bits(bound, bits)) {
            node.get(key)?.problem("is out of the range of `int32`");
        }
    }
    Some(Ty::Integer { bits, min, max })
}

fn number(node: &Cursor) -> Option<Ty> {
    only(node, "a number", &["type", "format", "minimum", "maximum"]);
    let (min, max) = bounds(node, "minimum", "maximum", Cursor::number);
    let format = node.require("format")?;
    if format.str()? != "double" {
        return format.refuse("the `format` of a number must be `double`");
    }
    Some(Ty::Double { min, max })
}

fn array(node: &Cursor) -> Option<Ty> {
    only(
        node,
        "an array",
        &["type", "items", "minItems", "maxItems", "uniqueItems"],
    );
    let (min, max) = bounds(node, "minItems", "maxItems", Cursor::count);
    let items = node.require("items")?;
    for note in NOTES
        .iter()
        .chain(&["oneOf"])
        .filter(|note| **note != "example")
    {
        if let Some(note) = items.get(note) {
            note.problem("is not supported for items; describe the array");
        }
    }
    Some(Ty::Array {
        item: Box::new(ty(&items)?),
        min,
        max,
        unique: node.flag("uniqueItems"),
    })
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
