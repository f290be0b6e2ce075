//! What the document declares of an answer: its status, its headers, its media type, its body.

use serde_json::Value;

use super::{
    document::{Operation, content, members, resolve},
    harness::Answer,
    schema,
};

/// Asserts that an answer of the operation is what the document says.
#[track_caller]
pub fn check(operation: &Operation, answer: &Answer) {
    let what = format!(
        "{} {}: {}",
        operation.id(),
        answer.status.as_u16(),
        answer.text()
    );
    let response = operation
        .response(answer.status.as_u16())
        .unwrap_or_else(|| panic!("the status is not declared: {what}"));
    for (name, header) in members(response, "headers") {
        check_header(name, resolve(header), answer, &what);
    }
    let Some((media, node)) = content(response) else {
        // RFC 9110, section 8.3: nothing to type. A client would try to parse it.
        assert_eq!(answer.header("content-type"), "", "{what}");
        assert!(answer.body.is_empty(), "{what}");
        return;
    };
    let sent = answer.header("content-type").split(';').next();
    assert_eq!(sent, Some(media), "{what}");
    let violations = schema::violations(&node["schema"], &body(answer));
    assert_eq!(violations, "", "{what}");
}

/// The body as a value for its schema: plain text is a string.
pub fn body(answer: &Answer) -> Value {
    if answer.header("content-type").starts_with("text/plain") {
        Value::String(answer.text())
    } else {
        answer.json()
    }
}

#[track_caller]
fn check_header(name: &str, header: &Value, answer: &Answer, what: &str) {
    let Some(value) = answer.headers.get(name) else {
        assert!(header["required"] != true, "{name} is missing: {what}");
        return;
    };
    let value = value.to_str().expect("text");
    let value = match header["schema"]["type"].as_str() {
        Some("string") => Value::String(value.to_owned()),
        _ => serde_json::from_str(value).expect("a number or a boolean"),
    };
    assert_eq!(
        schema::violations(&header["schema"], &value),
        "",
        "{name}: {what}"
    );
}
