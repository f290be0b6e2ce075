//! Whatever is answered is declared: statuses, headers, media types, members. And what is declared is answered.

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    declared,
    document::{Operation, operations},
    harness::{Answer, Request, Server},
    provoke::provoke,
    schema,
};

/// Statuses that a test cannot bring about from outside in a second: the client would have to be slow (408), the server or
/// its store unwell.
const NOT_PROVOKED: [u16; 4] = [408, 429, 500, 503];

#[tokio::test]
async fn refusals_are_as_declared_and_every_declared_one_is_met() {
    let answers = provoke().await;
    for (operation, answer) in &answers {
        declared::check(operation, answer);
        if answer.status.as_u16() >= 400 {
            envelope(operation, answer);
        }
    }
    for operation in operations() {
        let met: BTreeSet<u16> = answers
            .iter()
            .filter(|(of, _)| of.id() == operation.id())
            .map(|(_, answer)| answer.status.as_u16())
            .collect();
        for (status, _) in operation.responses() {
            let provoked = status >= 400 && !NOT_PROVOKED.contains(&status);
            assert!(
                !provoked || met.contains(&status),
                "{} {status}",
                operation.id()
            );
        }
    }
}

/// What is refused before an operation is found is in the same envelope.
#[tokio::test]
async fn refusals_outside_of_operations_are_in_the_envelope() {
    let server = Server::start();
    let token = server.token(&[]);
    for (method, path, status) in [
        ("GET", "/v1.0/unknown", 400),
        ("PUT", "/v1.0", 400),
        ("GET", "/unknown", 400),
        ("POST", "/healthz", 405),
    ] {
        let method = method.parse().expect("a method");
        let request = Request::new(method, path).bearer(&token);
        let answer = request.send(&server).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        let error = json!({ "$ref": "#/components/schemas/ODataError" });
        assert_eq!(schema::violations(&error, &answer.json()), "", "{path}");
    }
}

#[track_caller]
fn envelope(operation: &Operation, answer: &Answer) {
    let body = answer.json();
    let code = body["error"]["code"].as_str().expect("a code");
    answer.error(answer.status.as_u16(), code);
    let details = body["error"]["details"].as_array();
    assert!(
        details.is_some_and(|details| !details.is_empty()) || answer.status == 404,
        "says what to do: {} {body}",
        operation.id()
    );
}
