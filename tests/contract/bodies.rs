//! Request bodies made from schemas: with everything, with every `null` that is allowed, with the least.
//!
//! Values are examples where the document has them, and else the simplest that the keywords let pass.

use serde_json::{Value, json};

use super::document::{document, members, parts, properties, resolve};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Every member.
    Everything,
    /// Every member, `null` wherever it may be.
    Nulls,
    /// Required members only.
    Required,
}

pub fn body(schema: &'static Value, fill: Fill) -> Value {
    let schema = resolve(schema);
    if fill == Fill::Nulls && may_be_null(schema) {
        return Value::Null;
    }
    if let Some(example) = schema.get("example") {
        return example.clone();
    }
    if let Some(first) = schema.get("enum").and_then(|values| values.get(0)) {
        return first.clone();
    }
    if let Some(body) = discriminated(schema, fill) {
        return body;
    }
    let properties = properties(schema);
    if !properties.is_empty() {
        return object(schema, properties, fill);
    }
    if let Some(first) = parts(schema, "allOf").chain(parts(schema, "oneOf")).next() {
        return body(first, fill);
    }
    match schema["type"].as_str() {
        Some("object") => match &schema["additionalProperties"] {
            Value::Object(_) => json!({ "sample": body(&schema["additionalProperties"], fill) }),
            _ => json!({ "sample": { "of": ["anything", 1, null] } }),
        },
        Some("array") => json!([body(&schema["items"], fill)]),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
        Some("boolean") => json!(true),
        _ => json!("sample"),
    }
}

fn may_be_null(schema: &'static Value) -> bool {
    schema["nullable"] == true || parts(schema, "oneOf").any(|part| part["nullable"] == true)
}

/// The first alternative that a discriminator knows.
fn discriminated(schema: &'static Value, fill: Fill) -> Option<Value> {
    let discriminator = schema.get("discriminator")?;
    let property = discriminator["propertyName"].as_str()?;
    let (value, reference) = members(discriminator, "mapping").iter().next()?;
    let chosen = document().pointer(reference.as_str()?.strip_prefix('#')?)?;
    let mut body = body(chosen, fill);
    body[property] = Value::String(value.clone());
    Some(body)
}

fn object(
    schema: &'static Value,
    properties: Vec<(&'static str, &'static Value)>,
    fill: Fill,
) -> Value {
    let required = required(schema);
    let members = properties
        .into_iter()
        .filter(|(name, _)| fill != Fill::Required || required.contains(name))
        .map(|(name, schema)| (name.to_owned(), body(schema, fill)));
    Value::Object(members.collect())
}

fn required(schema: &'static Value) -> Vec<&'static str> {
    let schema = resolve(schema);
    let own = parts(schema, "required").filter_map(Value::as_str);
    parts(schema, "allOf")
        .flat_map(required)
        .chain(own)
        .collect()
}

#[test]
fn bodies_are_what_their_schemas_say() {
    for operation in super::document::operations() {
        let Some(media) = operation.body() else {
            continue;
        };
        for fill in [Fill::Everything, Fill::Nulls, Fill::Required] {
            let body = body(&media["schema"], fill);
            let violations = super::schema::violations(&media["schema"], &body);
            assert_eq!(violations, "", "{} {fill:?}: {body}", operation.id());
        }
    }
}
