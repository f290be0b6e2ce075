//! A named schema or `null`.
//!
//! `nullable` adds `null` to the `type` beside it and to nothing else (OpenAPI 3.0.3, Schema Object). Beside `allOf` it
//! says nothing, and with a `type` too the schema that is referred to still refuses `null`: validators refuse the
//! answers, linters the examples, and one client generator drops the `null`. What all of them read alike is a choice:
//!
//! ```yaml
//! oneOf:
//!   - {$ref: '#/components/schemas/Settings'}
//!   - {type: boolean, nullable: true, enum: [null]}
//! ```
//!
//! Nothing but `null` is valid there, whatever the `type`. But beside any other, orval 7 writes `Settings |  | null`, which is no
//! TypeScript. Documents with another are read all the same.

use serde_json::{Value, json};

/// The schema of `null` alone, as messages show it.
pub(crate) const NULL: &str = "{type: boolean, nullable: true, enum: [null]}";

/// The reference, if the schema is such a choice.
pub(crate) fn reference(schema: &Value) -> Option<&Value> {
    match schema.get("oneOf")?.as_array()?.as_slice() {
        [reference, other] if reference.get("$ref").is_some() && is_null(other) => Some(reference),
        _ => None,
    }
}

fn is_null(schema: &Value) -> bool {
    let written = |kind| json!({ "type": kind, "nullable": true, "enum": [null] });
    let Some(kind) = schema.get("type").and_then(Value::as_str) else {
        return false;
    };
    *schema == written(kind)
}

/// Writes such a choice with a flag, `nullable: true` and `allOf: [$ref]`: no OpenAPI, but what progenitor understands
/// and poem-openapi says.
#[cfg(any(feature = "client", feature = "normalise"))]
pub(crate) fn flag(schema: &mut Value) {
    let Some(reference) = reference(schema).cloned() else {
        return;
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.shift_remove("oneOf");
        schema.insert("nullable".into(), Value::Bool(true));
        schema.insert("allOf".into(), Value::Array(vec![reference]));
    }
}
