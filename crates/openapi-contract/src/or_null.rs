//! A named schema or `null`.
//!
//! `nullable` adds `null` to the `type` beside it and to nothing else (OpenAPI 3.0.3, Schema Object). Beside `allOf` it
//! says nothing, and with a `type` too the schema that is referred to still refuses `null`: validators refuse the
//! answers, linters the examples, and one client generator drops the `null`. What all of them read alike is a choice:
//!
//! ```yaml
//! oneOf:
//!   - {$ref: '#/components/schemas/Settings'}
//!   - {type: object, nullable: true, enum: [null]}
//! ```

use serde_json::{Value, json};

/// The schema of `null` alone, as messages show it.
pub(crate) const NULL: &str = "{type: object, nullable: true, enum: [null]}";

/// The reference, if the schema is such a choice.
pub(crate) fn reference(schema: &Value) -> Option<&Value> {
    let null = json!({ "type": "object", "nullable": true, "enum": [null] });
    match schema.get("oneOf")?.as_array()?.as_slice() {
        [reference, other] if reference.get("$ref").is_some() && *other == null => Some(reference),
        _ => None,
    }
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
