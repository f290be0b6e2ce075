//! Schemas of the document as JSON Schema 2020-12, for values that the server sends.
//!
//! Objects are closed unless they say `additionalProperties: true`: clients that are generated with strict decoders
//! refuse a member that is not declared (Go's `DisallowUnknownFields`), so everything that is sent must be.
//! An object is closed where it is used, not where it stands in an `allOf`: there its members are some of several.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Map, Value, json};

use super::document::{document, members};

/// What of the value breaks the schema; empty if nothing does.
pub fn violations(schema: &Value, value: &Value) -> String {
    // By its text: few schemas and many values.
    type Compiled = Arc<(Schemas, SchemaIndex)>;
    static COMPILED: Mutex<BTreeMap<String, Compiled>> = Mutex::new(BTreeMap::new());
    let compiled = COMPILED
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(schema.to_string())
        .or_insert_with(|| Arc::new(compile(schema)))
        .clone();
    let (schemas, index) = &*compiled;
    match schemas.validate(value, *index) {
        Ok(()) => String::new(),
        Err(error) => error.to_string(),
    }
}

fn compile(schema: &Value) -> (Schemas, SchemaIndex) {
    const PLACE: &str = "http://document/schema.json";
    let components: Map<String, Value> = members(&document()["components"], "schemas")
        .iter()
        .map(|(name, schema)| (name.clone(), open(schema)))
        .collect();
    let root = json!({
        "$ref": "#/schema",
        "schema": closed(schema),
        "components": { "schemas": components },
    });
    let mut compiler = Compiler::new();
    compiler.add_resource(PLACE, root).expect("a resource");
    let mut schemas = Schemas::new();
    let index = compiler
        .compile(PLACE, &mut schemas)
        .unwrap_or_else(|error| panic!("{error:#}"));
    (schemas, index)
}

/// The schema of a whole value: no member but the declared ones.
fn closed(schema: &Value) -> Value {
    let mut closed = open(schema);
    // Any JSON.
    if schema
        .as_object()
        .is_some_and(|keywords| keywords.keys().all(|it| it == "description"))
    {
        return closed;
    }
    closed["unevaluatedProperties"] = Value::Bool(false);
    closed
}

/// The schema, with others beside it perhaps. What it uses is closed.
fn open(schema: &Value) -> Value {
    let mut keywords = Map::new();
    for (keyword, value) in schema.as_object().expect("a schema") {
        let value = match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => properties
                .iter()
                .map(|(name, schema)| (name.clone(), closed(schema)))
                .collect(),
            ("items" | "not", schema) | ("additionalProperties", schema @ Value::Object(_)) => {
                closed(schema)
            }
            ("oneOf" | "anyOf", Value::Array(schemas)) => schemas.iter().map(closed).collect(),
            ("allOf", Value::Array(schemas)) => schemas.iter().map(open).collect(),
            ("nullable" | "discriminator" | "example" | "readOnly" | "writeOnly", _) => continue,
            (_, value) => value.clone(),
        };
        keywords.insert(keyword.clone(), value);
    }
    if let Some(discriminator) = schema.get("discriminator") {
        keywords.insert("oneOf".into(), alternatives(discriminator));
    }
    if schema["nullable"] == true {
        return json!({ "anyOf": [{ "type": "null" }, keywords] });
    }
    Value::Object(keywords)
}

/// One schema per value of the discriminating member: the value decides, not what else happens to fit.
fn alternatives(discriminator: &Value) -> Value {
    let property = discriminator["propertyName"].as_str().expect("a name");
    let mapping = discriminator["mapping"].as_object().expect("a mapping");
    let alternative = |(value, reference): (&String, &Value)| {
        json!({
            "$ref": reference,
            "properties": { property: { "const": value } },
            "required": [property],
        })
    };
    mapping.iter().map(alternative).collect()
}

#[test]
fn undeclared_members_wrong_types_and_nulls_are_found() {
    let error = json!({ "$ref": "#/components/schemas/ODataError" });
    let good = json!({ "error": { "code": "c", "message": "m", "innerError": {
        "date": "d", "request-id": "r", "client-request-id": "c",
    }}});
    assert_eq!(violations(&error, &good), "");
    for (pointer, wrong) in [
        ("/error/code", json!(1)),
        ("/error/code", Value::Null),
        (
            "/error/innerError",
            json!({ "date": "d", "request-id": "r" }),
        ),
        ("/error/innerError/date", json!({})),
        ("", json!({ "error": good["error"], "undeclared": 1 })),
    ] {
        let mut value = good.clone();
        *value.pointer_mut(pointer).expect("a member") = wrong;
        assert_ne!(violations(&error, &value), "", "{value}");
    }
}

#[test]
fn members_of_all_parts_are_declared_and_no_others() {
    let schema = json!({ "allOf": [
        { "type": "object", "properties": { "a": { "type": "string", "nullable": true } } },
        { "type": "object", "properties": { "b": { "type": "object", "additionalProperties": true } } },
    ]});
    assert_eq!(
        violations(&schema, &json!({ "a": null, "b": { "x": 1 } })),
        ""
    );
    assert_ne!(violations(&schema, &json!({ "a": "", "c": 1 })), "");
}
