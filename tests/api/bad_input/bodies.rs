//! Bodies that are no JSON objects, and bodies that do not say what they are or do not arrive.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
};

use serde_json::{Value, json};

use super::{Bench, media_types, writes, writes_of};
use crate::harness::Answer;

const NOT_JSON: &str = "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.";
const NOT_THE_SCHEMA: &str = "Property content in payload has a value that does not match schema.";
const TOO_LARGE: &str = "Request entity too large.";

#[tokio::test]
async fn bodies_that_are_no_json_objects_are_refused() {
    let bench = Bench::start().await;
    let bytes = |text: &str| text.as_bytes().to_vec();
    let not_json = |target: &'static str| (400, "BadRequest", target, NOT_JSON);
    let other_type = (400, "BadRequest", "body", NOT_THE_SCHEMA);
    let nested = |count: usize| format!("{{\"name\": {}", "[".repeat(count)).into_bytes();
    let megabytes = |count: usize| json!({ "name": "x".repeat(count * 1_000_000) }).to_string();
    let values = format!("{{\"name\": [0{}]}}", ",0".repeat(200_000)).into_bytes();
    let cases = [
        ("no JSON", bytes("name=x"), not_json("body")),
        ("white space", bytes(" \r\n\t"), not_json("body")),
        (
            "half an object",
            bytes("{\"name\": \"x\""),
            not_json("body"),
        ),
        ("half a member", bytes("{\"name\""), not_json("/name")),
        ("half a value", bytes("{\"name\": \"x"), not_json("/name")),
        ("single quotes", bytes("{'name': 'x'}"), not_json("body")),
        ("no quotes", bytes("{name: \"x\"}"), not_json("body")),
        (
            "a comma too many",
            bytes("{\"name\": \"x\",}"),
            not_json("body"),
        ),
        (
            "a comment",
            bytes("{\"name\": /* */ \"x\"}"),
            not_json("/name"),
        ),
        (
            "two objects",
            bytes("{\"name\": \"x\"}{}"),
            not_json("body"),
        ),
        ("no number", bytes("{\"name\": NaN}"), not_json("/name")),
        (
            "too large a number",
            bytes("{\"name\": 1e999}"),
            not_json("/name"),
        ),
        (
            "Latin-1",
            b"{\"name\": \"\xe4\"}".to_vec(),
            not_json("/name"),
        ),
        ("UTF-16", b"\xff\xfe{\0\"\0n\0".to_vec(), not_json("body")),
        (
            "a raw line end",
            bytes("{\"name\": \"a\nb\"}"),
            not_json("/name"),
        ),
        (
            "a raw zero",
            bytes("{\"name\": \"a\0b\"}"),
            not_json("/name"),
        ),
        (
            "a high surrogate",
            bytes("{\"name\": \"\\ud800\"}"),
            not_json("/name"),
        ),
        (
            "a low surrogate",
            bytes("{\"name\": \"\\udc00\"}"),
            not_json("/name"),
        ),
        (
            "surrogates swapped",
            bytes("{\"name\": \"\\udc00\\ud800\"}"),
            not_json("/name"),
        ),
        (
            "a member twice",
            bytes("{\"name\": \"x\", \"name\": \"x\"}"),
            not_json("/name"),
        ),
        (
            "it twice in two ways",
            bytes("{\"name\": \"x\", \"n\\u0061me\": \"x\"}"),
            not_json("/name"),
        ),
        (
            "a deeper member twice",
            bytes("{\"name\": \"x\", \"configuration\": {\"a~/\": 1, \"a~/\": 1}}"),
            not_json("/configuration/a~0~1"),
        ),
        (
            "an unknown member twice",
            bytes("{\"name\": \"x\", \"a\": 1, \"a\": 1}"),
            not_json("/a"),
        ),
        ("200,001 values", values, not_json("/name/199998")),
        ("an array", bytes("[{\"name\": \"x\"}]"), other_type),
        ("a string", bytes("\"name\""), other_type),
        ("a number", bytes("0"), other_type),
        ("true", bytes("true"), other_type),
        ("null", bytes("null"), other_type),
        (
            "nothing",
            bytes(""),
            (
                400,
                "BadRequest",
                "body",
                "Empty Payload. JSON content expected.",
            ),
        ),
        (
            "5 MB",
            megabytes(5).into(),
            (413, "RequestEntityTooLarge", "body", TOO_LARGE),
        ),
    ];
    for (method, path) in &writes() {
        for (case, body, (status, code, target, message)) in &cases {
            let request = bench.write(method.clone(), path, body.clone());
            let error = bench.refuses(case, request, (*status, code, target)).await;
            assert_eq!(error["message"], *message, "{case}");
            assert!(
                error.to_string().len() < 2_000,
                "it does not repeat the input"
            );
        }
        let deep = bench
            .write(method.clone(), path, nested(10_000))
            .send(&bench.server)
            .await;
        deep.error(400, "BadRequest");
        assert!(
            deep.targets()[0].starts_with("/name/0/0/0/"),
            "{}",
            deep.text()
        );
        assert!(
            deep.text().contains("nested deeper than"),
            "{}",
            deep.text()
        );
    }
    let text = "The request is malformed or incorrect.";
    for (method, path) in &writes_of("name") {
        let request = bench.write(method.clone(), path, megabytes(1));
        let refusal = (400, "InvalidRequest", "/name");
        let error = bench.refuses("1 MB of name", request, refusal).await;
        assert_eq!(error["message"], text);
        assert!(error.to_string().len() < 2_000);
    }
}

#[tokio::test]
async fn bodies_must_be_declared_as_plain_json() {
    let bench = Bench::start().await;
    let body = json!({ "name": "Changed" }).to_string();
    let only_json = "Entity only allows writes with a JSON Content-Type header.";
    let cases = [
        (
            None,
            "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
        ),
        (Some(""), only_json),
        (Some("text/plain"), only_json),
        (Some("application/x-www-form-urlencoded"), only_json),
        (Some("application/jsonx"), only_json),
        (Some("application/json-patch+json"), only_json),
        (Some("application/vnd.api+json"), only_json),
        (Some("text/plain; application/json"), only_json),
        (Some("json"), only_json),
    ];
    for (method, path) in &writes() {
        let declared = media_types(method, path);
        let cases = cases.into_iter().filter(|(media_type, _)| {
            let media_type = media_type.and_then(|it| it.split(';').next());
            !media_type.is_some_and(|it| declared.contains(&it.to_owned()))
        });
        for (media_type, message) in cases {
            let request = bench.request(method.clone(), path).body(body.clone());
            let request = match media_type {
                Some(media_type) => request.header("content-type", media_type),
                None => request,
            };
            let refusal = (400, "BadRequest", "Content-Type");
            let error = bench
                .refuses(media_type.unwrap_or("none"), request, refusal)
                .await;
            assert_eq!(error["message"], message);
        }
        for encoding in [
            "br",
            "deflate",
            "zstd",
            "identity, gzip",
            "gzip, gzip",
            "x",
            "",
        ] {
            let request = bench.write(method.clone(), path, body.clone());
            let request = request.header("content-encoding", encoding);
            let refusal = (415, "UnsupportedMediaType", "Content-Encoding");
            bench.refuses(encoding, request, refusal).await;
        }
    }
}

#[tokio::test]
async fn parameters_of_the_media_type_are_accepted() {
    let bench = Bench::start().await;
    for media_type in [
        "application/json; charset=utf-8",
        "application/json;odata.metadata=minimal;IEEE754Compatible=false",
        "Application/JSON ; a=b",
    ] {
        for (method, path) in &writes_of("name") {
            let request = bench.request(method.clone(), path);
            let request = request.header("content-type", media_type);
            let answer = request
                .body("{\"name\": \"Changed\"}")
                .send(&bench.server)
                .await;
            assert!(
                answer.status.is_success(),
                "{method} {path} {media_type}: {}",
                answer.text()
            );
        }
    }
}

/// What comes back for a request whose client then sends no more.
fn half_closed(bench: &Bench, head: &str, body: &[u8]) -> Answer {
    let address = bench
        .server
        .origin
        .strip_prefix("http://")
        .expect("an http origin");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let (method, path) = head.split_once(' ').expect("a method and a path");
    let token = bench.token_of(&method.parse().expect("a method"), path);
    let head = format!(
        "{head} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n"
    );
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    Answer::parse(&String::from_utf8_lossy(&answer))
}

#[tokio::test]
async fn bodies_that_do_not_arrive_whole_are_refused() {
    let bench = Bench::start().await;
    let large = json!({ "name": "x".repeat(5_000_000) }).to_string();
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
    let chunked = |chunks: &str| format!("transfer-encoding: chunked\r\n\r\n{chunks}");
    let whole = chunk("{\"name\": \"Changed\"}");
    let many = chunk(&"x".repeat(1_000)).repeat(5_000);
    let interrupted = (400, "BadRequest", "body");
    let too_large = (413, "RequestEntityTooLarge", "body");
    let cases = [
        (
            "shorter than announced",
            "content-length: 100\r\n\r\n{\"name\": \"Changed\"}".into(),
            interrupted,
        ),
        ("no last chunk", chunked(&whole), interrupted),
        ("half a chunk", chunked("13\r\n{\"name\""), interrupted),
        ("a chunk without a size", chunked("x\r\n\r\n"), interrupted),
        (
            "one chunk of 5 MB",
            chunked(&(chunk(&large) + "0\r\n\r\n")),
            too_large,
        ),
        (
            "5,000 chunks of 1 kB",
            chunked(&(many + "0\r\n\r\n")),
            too_large,
        ),
        ("chunks without end", chunked(&chunk(&large)), too_large),
    ];
    for (method, path) in &writes() {
        for (case, rest, refusal) in &cases {
            let answer = half_closed(&bench, &format!("{method} {path}"), rest.as_bytes());
            bench.refused(case, &answer, *refusal).await;
        }
    }
}

#[tokio::test]
async fn unknown_and_read_only_members_are_ignored() {
    let bench = Bench::start().await;
    // A member of what the server computes may even be of another type.
    let body: Value = json!({
        "name": "Changed",
        "unknown": { "a": [null, 1.5, { "b": "c" }] },
        "@odata.unknown": "x",
        "state": 5,
        "ingestedItemsCount": "many",
        "configuration": { "unknown": true, "authorizedApps": ["a"] },
        "searchSettings": { "unknown": [] },
        "": null,
    });
    for (method, path) in &writes_of("name") {
        let answer = bench
            .write(method.clone(), path, body.to_string())
            .send(&bench.server)
            .await;
        assert!(
            answer.status.is_success(),
            "{method} {path}: {}",
            answer.text()
        );
        assert!(!answer.text().contains("unknown"), "{}", answer.text());
    }
    let one = bench
        .request(reqwest::Method::GET, super::ONE)
        .send(&bench.server)
        .await
        .json();
    assert_eq!(one["name"], "Changed");
    assert_eq!(one["state"], "draft");
    assert_eq!(one["ingestedItemsCount"], Value::Null);
}
