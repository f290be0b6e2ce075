//! Objects, enumerations and choices where they are used.

use serde_json::{Map, Value, json};

use crate::{document::escape, names, or_null};

use super::walk::{components_mut, with_notes};

/// Gives each of them a name, the one that its type has in the server, and refers to it.
///
/// typify makes names of its own, and the later rewrites look at named schemas alone.
pub(super) fn name_types(document: &mut Value) {
    let original = document.clone();
    let mut names = Namer {
        document: &original,
        found: Map::new(),
    };
    if let Some(schemas) = components_mut(document) {
        for (name, schema) in schemas {
            names.below(schema, &format!("/components/schemas/{}", escape(name)));
        }
    }
    names.used(document, "");
    let found = names.found;
    if let Some(document) = document.as_object_mut().filter(|_| !found.is_empty()) {
        let components = document.entry("components").or_insert_with(|| json!({}));
        let schemas = components
            .as_object_mut()
            .map(|components| components.entry("schemas").or_insert_with(|| json!({})));
        if let Some(schemas) = schemas.and_then(Value::as_object_mut) {
            schemas.extend(found);
        }
    }
}

struct Namer<'a> {
    document: &'a Value,
    found: Map<String, Value>,
}

impl Namer<'_> {
    /// The schemas of parameters, headers and media types.
    fn used(&mut self, node: &mut Value, pointer: &str) {
        let members: Vec<(String, &mut Value)> = match node {
            Value::Object(members) => members
                .iter_mut()
                .filter(|(key, _)| !matches!(key.as_str(), "example" | "examples" | "schemas"))
                .map(|(key, member)| (escape(key), member))
                .collect(),
            Value::Array(items) => (0..)
                .map(|index: usize| index.to_string())
                .zip(items)
                .collect(),
            _ => return,
        };
        let is_json = pointer.ends_with("/application~1json");
        for (key, member) in members {
            let pointer = format!("{pointer}/{key}");
            if key != "schema" {
                self.used(member, &pointer);
                continue;
            }
            self.schema(member, &pointer);
            if is_json && member.get("$ref").is_none() {
                self.name(member, &pointer);
            }
        }
    }

    /// A schema where it is used, the inner ones before those that hold them.
    fn schema(&mut self, schema: &mut Value, pointer: &str) {
        if or_null::reference(schema).is_some() {
            return;
        }
        self.below(schema, pointer);
        if is_type(schema) {
            self.name(schema, pointer);
        }
    }

    fn below(&mut self, schema: &mut Value, pointer: &str) {
        let Some(members) = schema.as_object_mut() else {
            return;
        };
        for (key, member) in members {
            let pointer = format!("{pointer}/{key}");
            match (key.as_str(), member) {
                ("items" | "additionalProperties", member) => self.schema(member, &pointer),
                ("properties", Value::Object(properties)) => {
                    for (name, property) in properties {
                        self.schema(property, &format!("{pointer}/{}", escape(name)));
                    }
                }
                // What is composed is no type of its own.
                ("allOf", Value::Array(parts)) => {
                    for (index, part) in parts.iter_mut().enumerate() {
                        self.below(part, &format!("{pointer}/{index}"));
                    }
                }
                ("anyOf" | "oneOf", Value::Array(variants)) => {
                    for (index, variant) in variants.iter_mut().enumerate() {
                        self.schema(variant, &format!("{pointer}/{index}"));
                    }
                }
                _ => {}
            }
        }
    }

    fn name(&mut self, schema: &mut Value, pointer: &str) {
        let name = names::in_place(self.document, pointer);
        let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
        let mut named = std::mem::replace(schema, reference);
        let nullable = named["nullable"] == json!(true);
        let read_only = named["readOnly"] == json!(true);
        if let Some(named) = named.as_object_mut() {
            for note in ["nullable", "readOnly", "deprecated", "default"] {
                named.shift_remove(note);
            }
            if let Some(values) = named.get_mut("enum").and_then(Value::as_array_mut) {
                values.retain(|value| !value.is_null());
            }
        }
        if nullable || read_only {
            *schema = with_notes(schema, nullable, read_only);
        }
        self.found.insert(name, named);
    }
}

/// Whether lowering makes a type of a schema in place.
fn is_type(schema: &Value) -> bool {
    let has = |key| schema.get(key).is_some();
    if let Some(parts) = schema["allOf"].as_array() {
        let is_reference = matches!(parts.as_slice(), [part] if part.get("$ref").is_some());
        return !is_reference || has("properties");
    }
    has("oneOf")
        || has("anyOf")
        || has("enum")
        || (schema["type"] == "object"
            && (has("properties") || schema["additionalProperties"] == json!(false)))
}
