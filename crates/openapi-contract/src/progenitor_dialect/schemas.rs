//! Rewrites of one schema, wherever it stands.

use serde_json::{Map, Value, json};

/// Removes lengths, ranges, counts, patterns and the formats of strings.
///
/// typify makes a newtype of every bounded string and an unsigned or non-zero integer of every bounded number, one per place of
/// use. The server is the one that checks, its answer says which rule was broken, and a newer server may have relaxed the rule: a
/// client that checks too can only be wrong.
/// A format would become a type that reads less than was sent: a date and time without its zone or its last digits.
pub(super) fn drop_validation(schema: &mut Value) {
    const KEYWORDS: [&str; 13] = [
        "minLength",
        "maxLength",
        "pattern",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
    ];
    let is_text = schema["type"] == json!("string");
    if let Some(schema) = schema.as_object_mut() {
        if is_text {
            schema.shift_remove("format");
        }
        schema.retain(|key, _| !KEYWORDS.contains(&key.as_str()));
    }
}

/// Removes `default`: a member with a default is always sent, and a member left out is the server's to fill in.
pub(super) fn drop_default(schema: &mut Value) {
    if let Some(schema) = schema.as_object_mut() {
        schema.shift_remove("default");
    }
}

/// Turns `allOf: [$ref]` with annotations beside it into the bare reference.
///
/// That is how OpenAPI 3.0 puts `readOnly` or a description beside a `$ref`. `nullable` stays: it changes what is on the wire.
pub(super) fn unwrap_reference(schema: &mut Value) {
    if schema["nullable"] == json!(true) {
        return;
    }
    if let Some([only]) = schema["allOf"].as_array().map(Vec::as_slice)
        && only.get("$ref").is_some()
    {
        *schema = only.clone();
    }
}

/// Marks optional lists and maps as nullable.
///
/// typify folds an optional list into `Vec` and leaves it out when it is empty, so that `[]` could not be sent. A nullable one
/// becomes `Option<Vec<_>>`; `None` is left out. So it is with maps.
pub(super) fn let_lists_be_absent(schema: &mut Value) {
    let required = schema["required"].clone();
    let is_required =
        |name: &str| matches!(&required, Value::Array(names) if names.iter().any(|n| n == name));
    for (name, property) in properties_mut(schema) {
        let is_map = property["type"] == json!("object") && property.get("properties").is_none();
        if (is_map || property["type"] == json!("array")) && !is_required(name) {
            property["nullable"] = json!(true);
        }
    }
}

/// Writes `additionalProperties: true` beside properties as `{}`: for typify the first means "ignore what else is there", the
/// second keeps it.
pub(super) fn keep_extra_members(schema: &mut Value) {
    if schema["additionalProperties"] == json!(true) && schema.get("properties").is_some() {
        schema["additionalProperties"] = json!({});
    }
}

/// The properties of an object schema; nothing for another.
pub(super) fn properties_mut(schema: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    schema
        .get_mut("properties")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(Map::iter_mut)
}
