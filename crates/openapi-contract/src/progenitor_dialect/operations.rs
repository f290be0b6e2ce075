//! Rewrites of operations: what comes back.

use serde_json::{Map, Value, json};

use super::walk::operations_mut;

/// The pattern of a text that is a whole number as JSON writes it.
const WHOLE_NUMBER: &str = "^(0|[1-9][0-9]*)$";

/// Declares plain text that holds a number or a boolean as JSON, which it is, so that it is read as such instead of as raw bytes.
/// Runs before patterns are dropped: one of them tells a number.
pub(super) fn read_text_as_json(document: &mut Value) {
    let shared = document.pointer_mut("/components/responses");
    let shared = shared.and_then(Value::as_object_mut);
    shared
        .into_iter()
        .flat_map(Map::values_mut)
        .for_each(text_as_json);
    for (_, operation) in operations_mut(document) {
        let responses = responses_mut(operation).into_iter();
        responses.flat_map(Map::values_mut).for_each(text_as_json);
    }
}

fn text_as_json(response: &mut Value) {
    if let Some(content) = response.get_mut("content").and_then(Value::as_object_mut)
        && let Some(schema) = content.get("text/plain").and_then(as_json)
    {
        content.shift_remove("text/plain");
        content.insert(JSON.to_owned(), json!({ "schema": schema }));
    }
}

/// Declares a list in the query as the one text that it is: progenitor writes a pair for each item, whatever `explode` says.
pub(super) fn write_lists_as_text(document: &mut Value) {
    fn write(parameter: &mut Value) {
        if parameter["schema"]["type"] == json!("array") {
            parameter["schema"] = json!({ "type": "string" });
        }
    }
    let shared = document.pointer_mut("/components/parameters");
    let shared = shared.and_then(Value::as_object_mut);
    shared.into_iter().flat_map(Map::values_mut).for_each(write);
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for node in paths
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
    {
        for (key, member) in node {
            let parameters = match key.as_str() {
                "parameters" => Some(member),
                _ => member.get_mut("parameters"),
            };
            let parameters = parameters.and_then(Value::as_array_mut);
            parameters.into_iter().flatten().for_each(write);
        }
    }
}

/// Leaves a request body its JSON alone, which the other media types of a body hold too, under another name.
pub(super) fn keep_json_bodies(document: &mut Value) {
    let shared = document
        .pointer_mut("/components/requestBodies")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(Map::values_mut);
    shared.for_each(keep_json);
    for (_, operation) in operations_mut(document) {
        if let Some(body) = operation.get_mut("requestBody") {
            keep_json(body);
        }
    }
}

fn keep_json(body: &mut Value) {
    if let Some(content) = body.get_mut("content").and_then(Value::as_object_mut)
        && content.contains_key(JSON)
    {
        content.retain(|media, _| media == JSON);
    }
}

/// Leaves an operation whose successes differ one of them, with a body.
///
/// progenitor knows one type of success. What reads the others is written beside it (`client/answers.rs`).
pub(super) fn keep_one_success(document: &mut Value) {
    let original = document.clone();
    for (_, operation) in operations_mut(document) {
        let Some(responses) = responses_mut(operation) else {
            continue;
        };
        let successes: Vec<(String, Value)> = responses
            .iter()
            .filter(|(status, _)| status.starts_with('2'))
            .map(|(status, response)| (status.clone(), response.clone()))
            .collect();
        let contents: Vec<_> = successes
            .iter()
            .map(|(_, response)| content(&original, response))
            .collect();
        if contents.windows(2).all(|pair| pair[0] == pair[1]) {
            continue;
        }
        let kept = contents.iter().position(Option::is_some).unwrap_or(0);
        responses.retain(|status, _| !status.starts_with('2') || *status == successes[kept].0);
    }
}

/// Declares an error of the operation for every status from 400 to 599, the first one.
///
/// A document lists the statuses that its server gives. Between the two stand proxies and newer servers; an answer whose status is
/// not declared would be handed over unread, without its code and message. What reads failures that differ from the first is
/// written beside it (`client/answers.rs`).
pub(super) fn fold_error_statuses(document: &mut Value) {
    for (_, operation) in operations_mut(document) {
        let Some(responses) = responses_mut(operation) else {
            continue;
        };
        let is_error = |status: &str| status.starts_with(['4', '5']) || status == "default";
        let Some((_, first)) = responses.iter().find(|(status, _)| is_error(status)) else {
            continue;
        };
        let first = first.clone();
        responses.retain(|status, _| !is_error(status));
        responses.insert("4XX".to_owned(), first.clone());
        responses.insert("5XX".to_owned(), first);
    }
}

const JSON: &str = "application/json";

/// The media type and schema of a response, the response itself or a reference to one.
fn content<'a>(document: &'a Value, response: &'a Value) -> Option<(&'a String, &'a Value)> {
    let response = match response.get("$ref") {
        Some(reference) => document.pointer(reference.as_str()?.strip_prefix('#')?)?,
        None => response,
    };
    let (media, content) = response.get("content")?.as_object()?.iter().next()?;
    Some((media, &content["schema"]))
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
