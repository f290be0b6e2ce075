//! Requests that break the contract, for every operation, and what they are answered with.

use serde_json::{Value, json};

use super::{
    document::{Operation, operations, properties, servers},
    harness::{Answer, Request, Server},
    walk::{self, make_everything},
};
use crate::minting::Issuer;

/// More than the server reads of a body. Source: the document, `PayloadTooLarge`.
const TOO_LARGE: usize = 4_000_001;
/// More than the server reads of an address. Source: the document, `UriTooLong`.
const TOO_LONG: usize = 8 * 1024 + 1;
/// More header fields than the server reads. Source: the document, `HeadersTooLarge`.
const TOO_MANY: usize = 101;

/// Sends what is to be refused to every operation of a fresh server, on which everything has been made already.
pub async fn provoke() -> Vec<(Operation, Answer)> {
    // Operations on schemas do not end, so that another one is in the way.
    let server = &Server::start_with(&["--schema-operations", "manual"]);
    let tokens = Tokens::new(server).await;
    make_everything(server).await;
    let mut answers = Vec::new();
    for operation in operations() {
        let mut requests = head(&operation, &tokens);
        requests.extend(query(&operation, &tokens));
        requests.extend(path(&operation, &tokens));
        requests.extend(body(&operation, &tokens));
        requests.extend(conflict(&operation, &tokens));
        requests.extend(condition(&operation, &tokens));
        for request in requests {
            answers.push((operation.clone(), request.send(server).await));
        }
    }
    answers
}

struct Tokens {
    good: walk::Tokens,
    /// With a permission that no operation lists.
    foreign: String,
}

impl Tokens {
    async fn new(server: &Server) -> Self {
        let foreign = json!({ "scp": "Directory.Read.All" });
        Self {
            good: walk::Tokens::new(server),
            foreign: Issuer::of(server).await.token(foreign),
        }
    }
}

/// A request with the examples of the document, before it is spoilt.
pub fn plain(operation: &Operation) -> Request {
    Request::new(operation.method.clone(), &address(operation))
}

fn address(operation: &Operation) -> String {
    format!("{}{}", servers()[0], operation.example_path())
}

fn with_body(operation: &Operation, request: Request) -> Request {
    match operation.body() {
        Some(media) => request.json(&media["example"]),
        None => request,
    }
}

/// Tokens, and heads that are too large.
fn head(operation: &Operation, tokens: &Tokens) -> Vec<Request> {
    let request = || with_body(operation, plain(operation));
    let long = format!("{}?{}", address(operation), "a".repeat(TOO_LONG));
    let many = (0..TOO_MANY).fold(
        request().bearer(tokens.good.of(operation)),
        |request, index| request.header(&format!("x-field-{index}"), ""),
    );
    vec![
        request(),
        request().bearer("not-a-token"),
        request().bearer(&tokens.foreign),
        Request::new(operation.method.clone(), &long).bearer(tokens.good.of(operation)),
        many,
    ]
}

/// An unknown query option, and values that the known ones do not have.
fn query(operation: &Operation, tokens: &Tokens) -> Vec<Request> {
    let mut queries = vec!["$unknown=1".to_owned(), "unknown".to_owned()];
    for parameter in operation.parameters_in("query") {
        let name = parameter["name"].as_str().expect("a name");
        queries.push(format!("{name}=%00"));
        queries.push(format!("{name}=1&{name}=1"));
    }
    queries
        .iter()
        .map(|query| {
            let path = format!("{}?{query}", address(operation));
            let request =
                Request::new(operation.method.clone(), &path).bearer(tokens.good.of(operation));
            with_body(operation, request)
        })
        .collect()
}

/// Path parameters that name nothing, or that are malformed.
fn path(operation: &Operation, tokens: &Tokens) -> Vec<Request> {
    if operation.parameters_in("path").next().is_none() {
        return Vec::new();
    }
    ["unknown", "%01", "%FF", "%F0%9F%A6%80"]
        .into_iter()
        .map(|value| {
            let path = operation.path_with(|_| value.to_owned());
            let path = format!("{}{path}", servers()[0]);
            let request =
                Request::new(operation.method.clone(), &path).bearer(tokens.good.of(operation));
            with_body(operation, request)
        })
        .collect()
}

/// Bodies that are none, members of a wrong type, members that are too long.
fn body(operation: &Operation, tokens: &Tokens) -> Vec<Request> {
    let Some(media) = operation.body() else {
        return Vec::new();
    };
    let request = || plain(operation).bearer(tokens.good.of(operation));
    let example = &media["example"];
    let mut requests = vec![
        request(),
        request().body(example.to_string()),
        request()
            .header("content-type", "text/xml")
            .body(example.to_string()),
        request().json(example).header("content-encoding", "gzip"),
        request().json(example).header("content-encoding", "br"),
        request().json(&Value::String("x".repeat(TOO_LARGE))),
    ];
    for text in ["", "{", "[]", "null", "1", "{\"a\":1,\"a\":2}", "\u{1}"] {
        let request = request().header("content-type", "application/json");
        requests.push(request.body(text));
    }
    let members = properties(&media["schema"]);
    requests.extend(members.iter().map(|&(name, schema)| {
        let mut body = example.clone();
        body[name] = match schema["type"].as_str() {
            Some("boolean") => json!("x"),
            _ => json!(true),
        };
        request().json(&body)
    }));
    requests.extend(members.into_iter().filter_map(|(name, schema)| {
        let mut body = example.clone();
        body[name] = Value::String("x".repeat(1 + size(schema.get("maxLength")?)));
        Some(request().json(&body))
    }));
    requests
}

fn size(keyword: &Value) -> usize {
    let size = keyword.as_u64().and_then(|size| size.try_into().ok());
    size.expect("a length")
}

/// The entity that [`conflict`] has created, if it is in a version of which there is none.
fn condition(operation: &Operation, tokens: &Tokens) -> Option<Request> {
    operation.response(412)?;
    let path = operation.path_with(|_| "taken".to_owned());
    let path = format!("{}{path}", servers()[0]);
    let request = Request::new(operation.method.clone(), &path).bearer(tokens.good.of(operation));
    Some(with_body(operation, request).header("if-match", "\"1\""))
}

/// The same entity twice.
fn conflict(operation: &Operation, tokens: &Tokens) -> Vec<Request> {
    let (true, Some(media)) = (operation.response(409).is_some(), operation.body()) else {
        return Vec::new();
    };
    let mut body = media["example"].clone();
    if operation.parameters_in("path").next().is_none() {
        body["id"] = json!("taken");
    }
    let request = || {
        plain(operation)
            .bearer(tokens.good.of(operation))
            .json(&body)
    };
    vec![request(), request()]
}
