//! A tenant with one object in it, or without, and answers as the bytes that came.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    super::{
        document::{operations, servers},
        harness::{Answer, Server},
    },
    Caller, Kind, Operation,
};
use crate::minting::{Issuer, PERMISSIONS};

/// Stands for the tenant of the world, whatever it is called.
pub const TENANT: &str = "here";
/// The app that creates the object.
pub const OWNER: &str = "owner";
/// The app that the owner lets in.
pub const LISTED: &str = "listed";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Existing,
    Absent,
    Deleted,
}

/// One tenant of a server.
pub struct World<'s> {
    server: &'s Server,
    issuer: &'s Issuer,
    tenant: String,
    /// A token of the owner, with every permission.
    owner: String,
}

/// The identifier of the object: the example of the document.
pub fn id() -> String {
    let one = operations().into_iter().find(Operation::is_on_one);
    let parameters = one.expect("an operation on one object").parameters;
    let first = parameters
        .iter()
        .find(|parameter| parameter["in"] == "path");
    let example = first.and_then(|parameter| parameter["example"].as_str());
    example.expect("an example").to_owned()
}

impl<'s> World<'s> {
    /// A tenant that nobody has used, named by its number, to call the operation in.
    pub fn new(
        server: &'s Server,
        issuer: &'s Issuer,
        number: usize,
        state: State,
        operation: &Operation,
    ) -> Self {
        let tenant = format!("{TENANT}-{number}-{state:?}");
        let owner = issuer.token(json!({
            "iss": format!("{}/{tenant}/v2.0", issuer.name),
            "tid": tenant,
            "appid": OWNER,
            "scp": null,
            "roles": PERMISSIONS,
        }));
        let world = Self {
            server,
            issuer,
            tenant,
            owner,
        };
        if state != State::Absent {
            world.create(operation);
        }
        if state == State::Deleted {
            world.delete();
        }
        world
    }

    /// What the owner makes: the object by the first operation that creates one, and all that belongs to it by those
    /// that write, as far as they stand before the one that is to be called.
    fn create(&self, called: &Operation) {
        let operations = operations();
        let create = operations.iter().find(|operation| operation.creates());
        let before = operations
            .iter()
            .take_while(|operation| operation.id() != called.id());
        let writes = before.filter(|operation| {
            let reads = [Method::GET, Method::DELETE].contains(&operation.method);
            operation.is_on_one() && !reads
        });
        for operation in create.into_iter().chain(writes) {
            self.owner_calls(operation);
        }
    }

    /// By the first operation that deletes; those for what belongs to the object come behind it.
    fn delete(&self) {
        let mut operations = operations().into_iter();
        let delete = operations.find(|operation| operation.method == Method::DELETE);
        self.owner_calls(&delete.expect("an operation that deletes"));
    }

    /// What the owner reads of everything, apart from what differs from answer to answer.
    pub fn view(&self) -> Vec<String> {
        let mut operations = operations();
        operations.retain(|operation| operation.method == Method::GET);
        let read = |operation| essence(&self.send(operation, Some(&self.owner), ""));
        operations.iter().map(read).collect()
    }

    fn owner_calls(&self, operation: &Operation) {
        let raw = self.send(operation, Some(&self.owner), "");
        let answer = Answer::parse(&raw);
        assert_eq!(
            answer.status,
            operation.success(),
            "{} {raw}",
            operation.id()
        );
    }

    pub fn call(&self, operation: &Operation, caller: &Caller, kind: Kind) -> String {
        self.call_with(operation, caller, kind, "")
    }

    /// The same with a query.
    pub fn call_with(
        &self,
        operation: &Operation,
        caller: &Caller,
        kind: Kind,
        query: &str,
    ) -> String {
        let token = caller.token(self.issuer, operation, kind, &self.tenant);
        self.send(operation, token.as_deref(), query)
    }

    /// The answer to a request with the examples of the document, as it stands on the wire.
    fn send(&self, operation: &Operation, token: Option<&str>, query: &str) -> String {
        let (method, root) = (&operation.method, servers()[0]);
        let path = operation.example_path();
        let mut fields = vec!["host: localhost".to_owned(), "connection: close".to_owned()];
        fields.extend(token.map(|token| format!("authorization: Bearer {token}")));
        let body = operation.body().map(|media| body(operation, media));
        if let Some(body) = &body {
            fields.push("content-type: application/json".to_owned());
            fields.push(format!("content-length: {}", body.len()));
        }
        let request = format!(
            "{method} {root}{path}{query} HTTP/1.1\r\n{}\r\n\r\n{}",
            fields.join("\r\n"),
            body.unwrap_or_default()
        );
        self.server.raw(request.as_bytes())
    }
}

/// The example of the document; for what creates the object, with its identifier and the app that is let in.
fn body(operation: &Operation, media: &Value) -> String {
    let mut body = media["example"].clone();
    if operation.creates() {
        body["id"] = json!(id());
        body["configuration"] = json!({ "authorizedAppIds": [LISTED] });
    }
    body.to_string()
}

/// The bytes of an answer, without its identifiers and dates.
pub fn essence(raw: &str) -> String {
    let answer = Answer::parse(raw);
    let mut values: Vec<String> = ["request-id", "client-request-id", "date"]
        .map(|name| answer.header(name).to_owned())
        .into();
    if answer.status.as_u16() >= 400 {
        let mut error = answer.json()["error"].take();
        let date = error["innerError"]["date"].take();
        values.push(date.as_str().expect("a date").to_owned());
        // How long ago a token expired is a date in other words.
        let details = error["details"].take().to_string();
        let ago = details
            .split_once("expired ")
            .and_then(|(_, rest)| rest.split_once(" s ago"));
        values.extend(ago.map(|(ago, _)| format!("{ago} s ago")));
    }
    let known = values.iter().filter(|value| !value.is_empty());
    known.fold(raw.to_owned(), |essence, value| essence.replace(value, "…"))
}
