//! Rewrites of operations: what comes back.

use serde_json::{Map, Value, json};

use super::walk::operations_mut;

/// The pattern of a text that is a whole number as JSON writes it.
const WHOLE_NUMBER: &str = "^(0|[1-9][0-9]*)$";

/// Declares plain text that holds a number or a boolean as JSON, which it is, so that it is read as such instead of as raw bytes.
/// Runs before patterns are dropped: one of them tells a number.
pub(super) fn read_text_as_json(document: &mut Value) {
    for (_, operation) in operations_mut(document) {
        let contents = responses_mut(operation)
            .into_iter()
            .flat_map(Map::values_mut)
            .filter_map(|response| response.get_mut("content")?.as_object_mut());
        for content in contents {
            if let Some(schema) = content.get("text/plain").and_then(as_json) {
                content.shift_remove("text/plain");
                content.insert("application/json".to_owned(), json!({ "schema": schema }));
            }
        }
    }
}

/// Declares the error that an operation's failures share for every status from 400 to 599.
///
/// A document lists the statuses that its server gives. Between the two stand proxies and newer servers; an answer whose status is
/// not declared would be handed over unread, without its code and message. Failures of different schemas are left as they are, and
/// refused by progenitor.
pub(super) fn fold_error_statuses(document: &mut Value) {
    let original = document.clone();
    for (_, operation) in operations_mut(document) {
        let Some(responses) = responses_mut(operation) else {
            continue;
        };
        let errors: Vec<Value> = responses
            .iter()
            .filter(|(status, _)| status.starts_with(['4', '5']))
            .map(|(_, response)| response.clone())
            .collect();
        let Some((first, rest)) = errors.split_first() else {
            continue;
        };
        let schema = json_schema(&original, first);
        if rest
            .iter()
            .any(|error| json_schema(&original, error) != schema)
        {
            continue;
        }
        responses.retain(|status, _| !status.starts_with(['4', '5']));
        responses.insert("4XX".to_owned(), first.clone());
        responses.insert("5XX".to_owned(), first.clone());
    }
}

/// The schema of a response's JSON, the response itself or a reference to one.
fn json_schema<'a>(document: &'a Value, response: &'a Value) -> Option<&'a Value> {
    let response = match response.get("$ref") {
        Some(reference) => document.pointer(reference.as_str()?.strip_prefix('#')?)?,
        None => response,
    };
    response.pointer("/content/application~1json/schema")
}

fn responses_mut(operation: &mut Value) -> Option<&mut Map<String, Value>> {
    operation.get_mut("responses")?.as_object_mut()
}

/// The schema of a plain text that is also JSON.
fn as_json(media: &Value) -> Option<Value> {
    let schema = media.get("schema")?;
    match schema["type"].as_str()? {
        "integer" | "number" | "boolean" => Some(schema.clone()),
        "string" if schema["pattern"] == WHOLE_NUMBER => {
            Some(json!({ "type": "integer", "format": "int64" }))
        }
        _ => None,
    }
}
