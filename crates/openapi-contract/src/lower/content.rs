//! What is sent and answered: request bodies, responses and their headers.

use crate::{
    document::Cursor,
    ir::{Body, Content, Header, Response},
    names,
};

use super::{about::optional, named, parameter::check_header, schema};

pub(super) fn request_body(cursor: &Cursor) -> Option<Body> {
    let node = cursor.resolve("requestBodies")?;
    node.only(
        "a request body",
        &["required", "content", "description", ALSO],
    );
    if !node.flag("required") {
        node.problem("a request body must be `required: true`");
    }
    let content = node.require("content")?;
    let entries = content.entries();
    let is_json = |media: &str| media == JSON || ALSO_JSON.contains(&media);
    for (media, node) in &entries {
        if !is_json(media) {
            node.problem(format!(
                "`{media}` is not supported in a request body; supported: {JSON}, and beside it, for clients that send JSON by \
                another name, {}",
                ALSO_JSON.join(", ")
            ));
        }
    }
    let media = content.require(JSON)?;
    let schema = json(&media)?;
    let described = media.require("schema")?;
    for (media, node) in entries
        .iter()
        .filter(|(media, _)| ALSO_JSON.contains(media))
    {
        node.only("a media type", &["schema", "example"]);
        if !is_same(&node.require("schema")?, &described) {
            node.problem(format!(
                "what is read as `{media}` is JSON: it has the schema of `{JSON}`"
            ));
        }
    }
    let media: Vec<String> = entries
        .iter()
        .map(|(media, _)| (*media).to_owned())
        .collect();
    Some(Body {
        schema,
        also: also_json(&node, &media),
        media,
        description: node.text("description").map(str::to_owned),
    })
}

/// The media types of [`ALSO`].
fn also_json(node: &Cursor, described: &[String]) -> Vec<String> {
    let mut also: Vec<String> = Vec::new();
    for word in node.get(ALSO).map_or_else(Vec::new, |node| node.items()) {
        let Some(media) = word.str() else { continue };
        if !ALSO_JSON.contains(&media) {
            word.problem(format!("must be one of {}", ALSO_JSON.join(", ")));
        } else if described.iter().chain(&also).any(|other| other == media) {
            word.problem("appears twice");
        } else {
            also.push(media.to_owned());
        }
    }
    also
}

/// Whether two schemas are written alike: what stands beside a reference is ignored.
fn is_same(one: &Cursor, other: &Cursor) -> bool {
    match (one.get("$ref"), other.get("$ref")) {
        (Some(one), Some(other)) => one.value() == other.value(),
        _ => one.value() == other.value(),
    }
}

const JSON: &str = "application/json";

/// Names of JSON that are read but not described: generators of clients take each media type for another way to send.
const ALSO: &str = "x-also-json";

/// What clients that do not mind call the JSON that they send.
const ALSO_JSON: [&str; 4] = [
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
];

/// The schema of a JSON media type.
fn json(media: &Cursor) -> Option<String> {
    media.only("a media type", &["schema", "example"]);
    named::whole(&media.require("schema")?)
}

pub(super) fn responses(node: &Cursor) -> Option<(Vec<Response>, Vec<Response>)> {
    let mut successes = Vec::new();
    let mut failures = Vec::new();
    let entries = node.require("responses")?.entries();
    for (status, cursor) in &entries {
        match status.parse::<u16>() {
            Ok(code @ 200..=299) => successes.extend(response(cursor, Some(code))),
            Ok(code @ 400..=599) => failures.extend(response(cursor, Some(code))),
            _ if *status == "default" => failures.extend(response(cursor, None)),
            _ => cursor.problem(
                "a status must be an explicit code from 200 to 299 or from 400 to 599, or `default` for all other errors",
            ),
        }
    }
    if !entries.iter().any(|(status, _)| status.starts_with('2')) {
        node.problem("an operation needs a success");
    }
    if failures
        .iter()
        .any(|failure| failure.content == Content::Empty)
    {
        node.problem("an error response must have content");
    }
    for responses in [&successes, &failures] {
        let differ = responses
            .windows(2)
            .any(|pair| pair[0].content != pair[1].content);
        if differ
            && responses
                .iter()
                .any(|response| matches!(response.content, Content::Text(_)))
        {
            node.problem("plain text beside other content is not supported: the client reads one or the other");
        }
    }
    Some((successes, failures))
}

fn response(cursor: &Cursor, status: Option<u16>) -> Option<Response> {
    let node = cursor.resolve("responses")?;
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
                    media.only("a media type", &["schema", "example"]);
                    let schema = schema::scalar(&media.require("schema")?, "plain text")?;
                    refuse_default(media, schema.default.as_ref());
                    Content::Text(schema)
                }
                // It has just been refused.
                [_] => return None,
                _ => return content.refuse("exactly one media type is supported"),
            }
        }
    };
    if let Some(status @ (204 | 205)) = status
        && content != Content::Empty
    {
        node.problem(format!("{status} has no content (RFC 9110, section 15.3)"));
    }
    let headers = headers(&node);
    Some(Response {
        status,
        ident: variant(&node, status)?.to_owned(),
        description: node.require("description")?.str()?.to_owned(),
        content,
        headers,
    })
}

/// The name of a status (RFC 9110, section 15; 207 and 208: RFC 4918 and 5842).
fn variant(node: &Cursor, status: Option<u16>) -> Option<&'static str> {
    Some(match status {
        Some(200) => "Ok",
        Some(201) => "Created",
        Some(202) => "Accepted",
        Some(203) => "NonAuthoritativeInformation",
        Some(204) => "NoContent",
        Some(205) => "ResetContent",
        Some(206) => "PartialContent",
        Some(207) => "MultiStatus",
        Some(208) => "AlreadyReported",
        Some(400..=599) | None => "Failure",
        Some(other) => return node.refuse(format!("the status {other} is not supported")),
    })
}

fn headers(response: &Cursor) -> Vec<Header> {
    let entries = response.get("headers").map(|headers| headers.entries());
    let mut headers: Vec<Header> = Vec::new();
    for (name, cursor) in entries.unwrap_or_default() {
        check_header(&cursor, name, &["content-type"]);
        let Some(header) = header(name, &cursor) else {
            continue;
        };
        // `body` and `response` stand beside the headers in generated code.
        if matches!(header.ident.as_str(), "body" | "response")
            || headers.iter().any(|other| other.ident == header.ident)
        {
            cursor.problem(format!(
                "`{}` is the name of another header in Rust, or one that generated code uses itself",
                header.ident
            ));
        }
        headers.push(header);
    }
    headers
}

fn header(name: &str, cursor: &Cursor) -> Option<Header> {
    let node = cursor.resolve("headers")?;
    node.only(
        "a header",
        &["description", "required", "schema", "example"],
    );
    let schema = schema::scalar(&node.require("schema")?, "a header")?;
    refuse_default(&node, schema.default.as_ref());
    Some(Header {
        name: name.to_owned(),
        ident: names::snake(name),
        required: node.flag("required"),
        description: optional(&node, "description"),
        schema,
    })
}

fn refuse_default(node: &Cursor, default: Option<&serde_json::Value>) {
    if default.is_some() {
        node.problem("`default` is for what is read; the server writes what it means");
    }
}
