//! Input that breaks a rule: each is refused with a 4xx envelope that names the member or parameter, and changes
//! nothing. Tables go over every operation of the document that takes that kind of input, so that a later one is covered without a
//! line here.

mod bodies;
mod members;
mod options;
mod paths;
mod settings;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    document::{Operation, operations, properties, servers},
    harness::{Answer, Request, Server},
};

const COLLECTION: &str = "/v1.0/external/connections";
const COUNT: &str = "/v1.0/external/connections/$count";
const ONE: &str = "/v1.0/external/connections/contosohr";

/// An operation of the document, with the address of its example below the first server.
type Address = (Method, String);

fn addresses(operations: impl Iterator<Item = Operation>) -> Vec<Address> {
    let root = servers()[0];
    let addresses: Vec<_> = operations
        .map(|operation| {
            let path = format!("{root}{}", operation.example_path());
            (operation.method, path)
        })
        .collect();
    assert!(!addresses.is_empty());
    addresses
}

/// Every operation.
fn all() -> Vec<Address> {
    addresses(operations().into_iter())
}

/// Operations that have a body.
fn writes() -> Vec<Address> {
    let operations = operations().into_iter();
    addresses(operations.filter(|operation| operation.body().is_some()))
}

/// Operations whose body has this member.
fn writes_of(member: &str) -> Vec<Address> {
    let has = |operation: &Operation| {
        let members = operation.body().map(|media| properties(&media["schema"]));
        members.is_some_and(|members| members.iter().any(|(name, _)| *name == member))
    };
    addresses(operations().into_iter().filter(has))
}

/// The media types by which an operation takes its body.
fn media_types(method: &Method, path: &str) -> Vec<String> {
    let root = servers()[0];
    let mut operations = operations().into_iter();
    let operation = operations.find(|operation| {
        operation.method == *method && format!("{root}{}", operation.example_path()) == path
    });
    let body = &operation.expect("it is declared").node["requestBody"];
    let described = body["content"].as_object().into_iter().flatten();
    let described = described.map(|(media, _)| media.clone());
    let also = body["x-also-json"].as_array().into_iter().flatten();
    let also = also.filter_map(|media| media.as_str().map(str::to_owned));
    described.chain(also).collect()
}

/// Operations that create a connection.
fn creates() -> Vec<Address> {
    let mut creates = writes_of("id");
    let named = writes_of("name");
    creates.retain(|address| named.contains(address));
    creates
}

/// Status, code and the target of the only detail.
type Refusal<'a> = (u16, &'a str, &'a str);

/// A server with something to lose.
struct Bench {
    server: Server,
    /// Of an application.
    token: String,
    /// Of a user, for what takes no other.
    of_user: String,
    state: Vec<u8>,
}

impl Bench {
    async fn start() -> Self {
        let server = Server::start();
        let token = server.token(&["--app-only"]);
        let of_user = server.token(&[]);
        let mut bench = Self {
            server,
            token,
            of_user,
            state: Vec::new(),
        };
        for id in ["contosohr", "contosoit"] {
            let body = json!({ "id": id, "name": "Contoso", "description": "Unchanged" });
            let answer = bench.request(Method::POST, COLLECTION).json(&body);
            assert_eq!(answer.send(&bench.server).await.status, 201);
        }
        bench.state = bench.read().await;
        bench
    }

    /// Every member of every connection.
    async fn read(&self) -> Vec<u8> {
        let list = self.request(Method::GET, COLLECTION);
        list.send(&self.server).await.body
    }

    fn request(&self, method: Method, path: &str) -> Request {
        let token = self.token_of(&method, path);
        Request::new(method, path).bearer(token)
    }

    /// A token of the kind that the operation takes.
    fn token_of(&self, method: &Method, path: &str) -> &str {
        let path = path.split('?').next().unwrap_or_default();
        let is_called = |operation: &Operation| {
            operation.method == method && path.ends_with(&operation.example_path())
        };
        let operations = operations();
        let called = operations.iter().find(|it| is_called(it));
        match called.and_then(Operation::token_kind) {
            Some("delegated") => &self.of_user,
            _ => &self.token,
        }
    }

    /// Bytes that say to be JSON, whether they are or not.
    fn write(&self, method: Method, path: &str, body: impl Into<Vec<u8>>) -> Request {
        self.request(method, path)
            .header("content-type", "application/json")
            .body(body)
    }

    /// Asserts that the request is refused for this one target and changes nothing.
    async fn refuses(&self, case: &str, request: Request, refusal: Refusal<'_>) -> Value {
        let answer = request.send(&self.server).await;
        self.refused(case, &answer, refusal).await
    }

    async fn refused(&self, case: &str, answer: &Answer, refusal: Refusal<'_>) -> Value {
        // Told only if the test fails.
        println!("{case}: {}", answer.text());
        let (status, code, target) = refusal;
        let error = answer.error(status, code);
        assert_eq!(answer.targets(), [target]);
        assert_eq!(self.read().await, self.state, "nothing has changed");
        error
    }
}
