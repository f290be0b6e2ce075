//! The drift test: what poem-openapi describes at run time equals the document. That each kind of difference would be
//! seen is tested by `sabotage`, and exhaustively with the generator's largest document by the tests of the runtime crate.

mod sabotage;

use std::{fmt, sync::Arc};

use openapi_contract::normalise::drift;
use poem::{Request, error::ResponseError, http::StatusCode};
use serde_json::Value;

use super::generated::*;
use openapi_contract_runtime::{Operation, Rejection, Service};

/// Says who calls the service that is described: nobody.
struct Nobody;

#[derive(Debug)]
struct Never;

impl From<Rejection> for Never {
    fn from(_: Rejection) -> Self {
        Self
    }
}

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing is served here")
    }
}

impl std::error::Error for Never {}

impl ResponseError for Never {
    fn status(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }
}

impl Service for Nobody {
    type Caller = ();
    type Error = Never;

    async fn authorize(&self, _: &'static Operation, _: &Request) -> Result<(), Never> {
        Err(Never)
    }
}

fn document() -> Value {
    let json = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));
    serde_json::from_str(json).expect("the build wrote JSON")
}

fn served() -> Value {
    serde_json::from_str(&service(&Arc::new(Unimplemented(Nobody))).spec())
        .expect("a description is JSON")
}

#[test]
fn the_service_is_described_as_the_document_says() {
    let differences = drift(&document(), &served());
    let differences: Vec<_> = differences.iter().map(ToString::to_string).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_pattern_of_the_document_compiles() {
    fn patterns<'a>(node: &'a Value, found: &mut Vec<&'a str>) {
        match node {
            Value::Object(members) => {
                found.extend(members.get("pattern").and_then(Value::as_str));
                members.values().for_each(|member| patterns(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| patterns(item, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = Vec::new();
    patterns(&document, &mut found);
    assert!(!found.is_empty());
    for pattern in found {
        // The server compiles at first use, and relies on it.
        regex::Regex::new(pattern).expect(pattern);
    }
}

/// The texts of a schema, each with the way to it.
fn texts<'a>(
    document: &'a Value,
    node: &'a Value,
    way: &str,
    found: &mut Vec<(String, &'a Value)>,
) {
    if let Some(Value::String(reference)) = node.get("$ref") {
        let target = document.pointer(&reference[1..]);
        return texts(document, target.expect("it leads somewhere"), way, found);
    }
    if node["type"] == "string" && node.get("enum").is_none() {
        found.push((way.to_owned(), node));
    }
    let members = node.as_object().into_iter().flatten();
    let members = members.map(|(name, member)| (name.clone(), member));
    let items = node.as_array().into_iter().flatten().enumerate();
    for (name, node) in members.chain(items.map(|(index, item)| (index.to_string(), item))) {
        if name != "example" {
            texts(document, node, &format!("{way}/{name}"), found);
        }
    }
}

#[test]
fn no_text_of_a_body_takes_control_and_bidirectional_characters() {
    let document = document();
    let mut found = Vec::new();
    for schema in ["ExternalConnectionCreate", "ExternalConnectionUpdate"] {
        let node = &document["components"]["schemas"][schema];
        texts(&document, node, schema, &mut found);
    }
    // A discriminator has the values of its mapping.
    found.retain(|(way, _)| !way.ends_with("/items/oneOf/0/properties/@odata.type"));
    assert!(found.len() > 20, "{found:?}");
    for (way, text) in found {
        let pattern = text["pattern"].as_str().unwrap_or_default();
        let pattern = regex::Regex::new(pattern).expect(pattern);
        for character in ['\0', '\u{1b}', '\u{85}', '\u{202e}', '\u{2069}'] {
            let sent = character.to_string();
            assert!(
                !pattern.is_match(&sent),
                "{way} takes U+{:04X}",
                u32::from(character)
            );
        }
    }
}
