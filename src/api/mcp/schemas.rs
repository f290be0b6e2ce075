//! What tools take and answer, taken from the document: its schemas are those of OpenAPI 3.0, which become JSON Schema (2020-12).

use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value, json};

use crate::api::site::DOCUMENT_JSON;

pub(super) type Schema = Arc<Map<String, Value>>;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(DOCUMENT_JSON).expect("the build wrote JSON"));

/// Of the identifiers that a search gives.
pub(super) const ID: &str =
    "The identifier of an item as search gives it: its connection, a slash, its own identifier.";

/// A schema of the document by its name, with everything that it refers to in place.
///
/// # Panics
/// If the document has none of this name. The tests list the tools.
pub(super) fn component(name: &str) -> Value {
    translated(&DOCUMENT["components"]["schemas"][name])
}

/// A member of a schema of the document. That it may be `null` is left out: a client leaves out the member instead.
pub(super) fn member(schema: &str, name: &str) -> Value {
    let mut member = DOCUMENT["components"]["schemas"][schema]["properties"][name].clone();
    if let Some(member) = member.as_object_mut() {
        member.remove("nullable");
    }
    translated(&member)
}

/// An object of these members, no others.
pub(super) fn object(members: &[(&str, Value)], required: &[&str]) -> Schema {
    let properties: Map<String, Value> = members
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    of(json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    }))
}

pub(super) fn of(schema: Value) -> Schema {
    match schema {
        Value::Object(schema) => Arc::new(schema),
        _ => panic!("not the schema of an object: {schema}"),
    }
}

pub(super) fn id() -> Value {
    json!({ "type": "string", "description": ID, "minLength": 1 })
}

/// Which connections to look into.
pub(super) fn connections() -> Value {
    let most = &DOCUMENT["components"]["schemas"]["SearchRequest"]["properties"]["contentSources"]
        ["maxItems"];
    json!({
        "type": "array",
        "description": "The identifiers of the connections to look into; all of the tenant if there are none.",
        "items": member("RetrievalConnection", "connectionId"),
        "maxItems": most,
    })
}

/// Members of OpenAPI's schemas that JSON Schema does not know, or that say how numbers are stored.
fn is_foreign(name: &str, value: &Value) -> bool {
    let formats_of_numbers = ["int32", "int64", "float", "double"];
    match name {
        "nullable" | "example" | "externalDocs" | "discriminator" | "xml" => true,
        "format" => value
            .as_str()
            .is_some_and(|it| formats_of_numbers.contains(&it)),
        _ => name.starts_with("x-"),
    }
}

fn translated(schema: &Value) -> Value {
    let Some(schema) = schema.as_object() else {
        assert!(schema.is_boolean(), "the document has no such schema");
        return schema.clone();
    };
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = reference
            .strip_prefix('#')
            .and_then(|it| DOCUMENT.pointer(it));
        return translated(target.expect("the build has resolved references"));
    }
    let all = |schemas: &Value| {
        schemas
            .as_array()
            .into_iter()
            .flatten()
            .map(translated)
            .collect()
    };
    let mut result = Map::new();
    for (name, value) in schema
        .iter()
        .filter(|(name, value)| !is_foreign(name, value))
    {
        let value = match name.as_str() {
            "properties" => {
                let members = value.as_object().into_iter().flatten();
                let members = members.map(|(name, schema)| (name.clone(), translated(schema)));
                Value::Object(members.collect())
            }
            "items" | "additionalProperties" | "not" => translated(value),
            "oneOf" | "anyOf" | "allOf" => Value::Array(all(value)),
            _ => value.clone(),
        };
        result.insert(name.clone(), value);
    }
    if schema.get("nullable") != Some(&Value::Bool(true)) {
        return Value::Object(result);
    }
    // Each branch has one type: not every model provider reads lists of types.
    let absent = json!({ "type": "null" });
    if schema.get("enum") == Some(&json!([Value::Null])) {
        return absent;
    }
    json!({ "anyOf": [result, absent] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_of_openapi_become_those_of_json_schema() {
        for (openapi, expected) in [
            (
                json!({ "type": "integer", "format": "int32", "x-lenient": ["text"], "minimum": 0, "example": 1 }),
                json!({ "type": "integer", "minimum": 0 }),
            ),
            (
                json!({ "type": "object", "properties": { "example": { "type": "string", "nullable": true } } }),
                json!({ "type": "object", "properties": { "example": { "anyOf": [{ "type": "string" }, { "type": "null" }] } } }),
            ),
            (
                json!({ "type": "boolean", "nullable": true, "enum": [null] }),
                json!({ "type": "null" }),
            ),
            (
                json!({ "type": "array", "items": { "$ref": "#/components/schemas/AccessVerdict" } }),
                json!({ "type": "array", "items": component("AccessVerdict") }),
            ),
            (
                json!({ "type": "object", "additionalProperties": true }),
                json!({ "type": "object", "additionalProperties": true }),
            ),
        ] {
            assert_eq!(translated(&openapi), expected);
        }
        assert_eq!(component("AccessVerdict")["type"], "string");
    }
}
