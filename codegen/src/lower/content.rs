//! What is sent and answered: request bodies, responses and their headers.

use crate::{
    document::Cursor,
    ir::{Body, Content, Header, Response, Ty},
    names,
};

use super::schema;

pub(super) fn request_body(cursor: &Cursor) -> Option<Body> {
    let node = cursor.resolve()?;
    node.only("a request body", &["required", "content", "description"]);
    if !node.flag("required") {
        node.problem("a request body must be `required: true`");
    }
    let content = node.require("content")?;
    content.only("a request body's `content`", &["application/json"]);
    let media = content.require("application/json")?;
    Some(Body {
        schema: json(&media)?,
        description: node.text("description").map(str::to_owned),
    })
}

/// The named schema of a JSON media type.
fn json(media: &Cursor) -> Option<String> {
    media.only("a media type", &["schema", "example", "examples"]);
    let node = media.require("schema")?;
    let reference = node.require("$ref")?;
    node.resolve()?;
    match schema::named_by(&reference)? {
        Ty::Named(name) => Some(name),
        _ => None,
    }
}

pub(super) fn responses(node: &Cursor) -> Option<(Vec<Response>, Vec<Response>)> {
    let mut successes = Vec::new();
    let mut failures = Vec::new();
    for (status, cursor) in node.require("responses")?.entries() {
        match status.parse::<u16>() {
            Ok(code @ 200..=299) => successes.extend(response(&cursor, code)),
            Ok(code @ 400..=599) => failures.extend(response(&cursor, code)),
            _ => cursor
                .problem("a status must be an explicit code from 200 to 299 or from 400 to 599"),
        }
    }
    if successes.is_empty() {
        node.problem("an operation needs a success");
    }
    if failures
        .iter()
        .any(|failure| failure.content == Content::Empty)
    {
        node.problem("an error response must have content");
    }
    if failures
        .windows(2)
        .any(|pair| pair[0].content != pair[1].content)
    {
        node.problem("the error responses of an operation must share one schema");
    }
    Some((successes, failures))
}

fn response(cursor: &Cursor, status: u16) -> Option<Response> {
    let node = cursor.resolve()?;
    node.only("a response", &["description", "headers", "content"]);
    let content = match node.get("content") {
        None => Content::Empty,
        Some(content) => {
            content.only(
                "a response's `content`",
                &["application/json", "text/plain"],
            );
            match content.entries().as_slice() {
                [("application/json", media)] => Content::Json(json(media)?),
                [("text/plain", media)] => {
                    media.only("a media type", &["schema", "example", "examples"]);
                    let schema = schema::in_place(&media.require("schema")?)?;
                    if matches!(schema.ty, Ty::Array { .. } | Ty::Named(_)) {
                        return media.refuse("plain text must be a string, a number or a boolean");
                    }
                    Content::Text(schema)
                }
                _ => return content.refuse("exactly one media type is supported"),
            }
        }
    };
    if matches!(status, 204 | 205) && content != Content::Empty {
        node.problem(format!("{status} has no content (RFC 9110, section 15.3)"));
    }
    let headers = node
        .get("headers")
        .map(|headers| headers.entries())
        .unwrap_or_default();
    Some(Response {
        status,
        ident: variant(&node, status)?.to_owned(),
        description: node.require("description")?.str()?.to_owned(),
        content,
        headers: headers
            .iter()
            .filter_map(|(name, header)| lower_header(name, header))
            .collect(),
    })
}

/// The name of a status (RFC 9110, section 15).
fn variant(node: &Cursor, status: u16) -> Option<&'static str> {
    Some(match status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        204 => "NoContent",
        207 => "MultiStatus",
        400..=599 => "Failure",
        _ => return node.refuse(format!("the status {status} is not supported")),
    })
}

fn lower_header(name: &str, cursor: &Cursor) -> Option<Header> {
    let node = cursor.resolve()?;
    node.only(
        "a header",
        &["description", "required", "schema", "example"],
    );
    let schema = schema::in_place(&node.require("schema")?)?;
    if matches!(schema.ty, Ty::Array { .. } | Ty::Named(_)) {
        return node.refuse("a header must be a string, a number or a boolean");
    }
    Some(Header {
        name: name.to_owned(),
        ident: names::snake(name),
        required: node.flag("required"),
        description: node.text("description").map(str::to_owned),
        schema,
    })
}
