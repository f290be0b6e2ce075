//! Finding the schemas of a document, and what they refer to.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

pub(super) const SCHEMA_PREFIX: &str = "#/components/schemas/";

/// The name of the component schema that `schema` is a reference to.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMA_PREFIX)
}

/// A reference with notes beside it.
pub(super) fn with_notes(reference: &Value, nullable: bool, read_only: bool) -> Value {
    let mut noted = json!({ "allOf": [reference] });
    if nullable {
        noted["nullable"] = json!(true);
    }
    if read_only {
        noted["readOnly"] = json!(true);
    }
    noted
}

/// The named schemas of the document.
pub(super) fn components(document: &Value) -> Option<&Map<String, Value>> {
    document.get("components")?.get("schemas")?.as_object()
}

/// The named schemas of the document, to change.
pub(super) fn components_mut(document: &mut Value) -> Option<&mut Map<String, Value>> {
    document
        .get_mut("components")?
        .get_mut("schemas")?
        .as_object_mut()
}

/// The operations of the document with their methods, to change.
pub(super) fn operations_mut(
    document: &mut Value,
) -> impl Iterator<Item = (&String, &mut Value)> + '_ {
    document
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(|paths| paths.values_mut())
        .filter_map(Value::as_object_mut)
        .flatten()
        .filter(|(method, _)| is_method(method))
}

/// The operations of the document with their methods.
pub(super) fn operations(document: &Value) -> impl Iterator<Item = (&String, &Value)> + '_ {
    document
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|paths| paths.values())
        .filter_map(Value::as_object)
        .flatten()
        .filter(|(method, _)| is_method(method))
}

fn is_method(key: &str) -> bool {
    matches!(
        key,
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace"
    )
}

/// Calls `visit` with every text that becomes a comment.
pub(super) fn each_description(node: &mut Value, visit: &mut dyn FnMut(&mut String)) {
    match node {
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), member) {
                    ("description" | "summary" | "title", Value::String(text)) => visit(text),
                    (_, member) => each_description(member, visit),
                }
            }
        }
        Value::Array(elements) => {
            for element in elements {
                each_description(element, visit);
            }
        }
        _ => {}
    }
}

/// Calls `visit` with every schema of the document, the inner ones before those that hold them.
pub(super) fn each_schema(document: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(components) = components_mut(document) {
        for schema in components.values_mut() {
            each_within(schema, visit);
        }
    }
    each_used(document, visit);
}

/// The schemas of parameters, headers and media types: everything under a `schema` key. Examples hold data, which may well have
/// members of that name.
fn each_used(node: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    match node {
        Value::Object(members) => {
            for (key, member) in members {
                match key.as_str() {
                    "example" | "examples" | "schemas" => {}
                    "schema" => each_within(member, visit),
                    _ => each_used(member, visit),
                }
            }
        }
        Value::Array(elements) => {
            for element in elements {
                each_used(element, visit);
            }
        }
        _ => {}
    }
}

fn each_within(schema: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    for (key, member) in members {
        match (key.as_str(), member) {
            ("items" | "additionalProperties" | "not", member) => each_within(member, visit),
            ("properties", Value::Object(properties)) => {
                for property in properties.values_mut() {
                    each_within(property, visit);
                }
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(members)) => {
                for member in members {
                    each_within(member, visit);
                }
            }
            _ => {}
        }
    }
    visit(schema);
}

/// The names of the schemas that the nodes use, directly or through other references of any kind (responses, parameters).
pub(crate) fn reachable<'a>(
    document: &'a Value,
    nodes: impl Iterator<Item = &'a Value>,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut pending: Vec<&Value> = nodes.collect();
    while let Some(node) = pending.pop() {
        match node {
            Value::Object(members) => pending.extend(members.values()),
            Value::Array(elements) => pending.extend(elements),
            _ => {}
        }
        let Some(pointer) = node.get("$ref").and_then(Value::as_str) else {
            continue;
        };
        if seen.insert(pointer) {
            found.extend(reference(node).map(str::to_owned));
            pending.extend(pointer.strip_prefix('#').and_then(|p| document.pointer(p)));
        }
    }
    found
}
