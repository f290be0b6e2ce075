//! Waiting for the operation that registers a schema.

use std::time::Duration;

use graph_connections::client::{Client, Error, PendingOperation, types};
use serde_json::{Value, json};

use crate::{JSON_200, canned::Canned};

const ACCEPTED: &str =
    "202 Accepted\r\nlocation: {origin}/beta/connections/contosohr/operations/1.neu.02?x=y";
const MINUTE: Duration = Duration::from_mins(1);

async fn register(client: &Client) -> Result<PendingOperation<'_>, Error> {
    let schema = types::SchemaUpdate::builder().properties(Vec::new());
    client.register_schema("contosohr", schema).await
}

#[tokio::test]
async fn operation_is_looked_at_until_it_is_done() {
    let server = Canned::start(&[
        (ACCEPTED, ""),
        (JSON_200, r#"{"id":"1.neu.02","status":"inprogress"}"#),
        (
            "200 OK\r\ncontent-type: application/json\r\nretry-after: 0",
            r#"{"status":"aFutureStatus"}"#,
        ),
        (JSON_200, r#"{"status":"completed","error":null}"#),
    ])
    .await;
    let client = server.client();
    let registration = register(&client).await.unwrap();
    let location = registration.location().to_owned();
    registration.wait(MINUTE).await.unwrap();
    let requests = server.requests();
    assert_eq!(
        requests[0].line,
        "PATCH /v1.0/external/connections/contosohr/schema HTTP/1.1"
    );
    let body: Value = serde_json::from_str(&requests[0].body).unwrap();
    assert_eq!(body, json!({ "properties": [] }));
    let path = location.strip_prefix(&server.origin).unwrap();
    assert_eq!(requests.len(), 4);
    for look in &requests[1..] {
        assert_eq!(look.line, format!("GET {path} HTTP/1.1"));
        assert!(look.head.contains("authorization: bearer"));
    }
}

#[tokio::test]
async fn failed_operation_is_an_error_with_its_code() {
    let table = [
        (
            r#"{"status":"failed","error":{"code":"QuotaLimitReached","message":"Too\u001bmuch."}}"#,
            Some("QuotaLimitReached"),
            r"the operation failed: QuotaLimitReached: Too\u{1b}much.",
        ),
        (
            r#"{"status":"failed","error":{"message":"Server error."}}"#,
            None,
            "the operation failed: Server error.",
        ),
        (
            r#"{"status":"failed","error":null}"#,
            None,
            "the operation failed: the service does not say why",
        ),
    ];
    for (operation, code, text) in table {
        let server = Canned::start(&[(ACCEPTED, ""), (JSON_200, operation)]).await;
        let client = server.client();
        let registration = register(&client).await.unwrap();
        let error = registration.wait(MINUTE).await.unwrap_err();
        assert!(matches!(error, Error::OperationFailed { .. }), "{error:?}");
        assert_eq!(error.code(), code);
        assert_eq!(error.to_string(), text);
    }
}

#[tokio::test]
async fn wait_ends_when_its_time_is_over() {
    let accepted = "202 Accepted\r\nretry-after: 3600\r\nlocation: {origin}/operations/1";
    let server = Canned::start(&[(accepted, "")]).await;
    let client = server.client();
    let registration = register(&client).await.unwrap();
    let error = registration.wait(Duration::ZERO).await.unwrap_err();
    assert!(matches!(error, Error::OperationTimeout { .. }), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the operation was still in progress after 0 s"
    );
    assert_eq!(server.requests().len(), 1, "it was asked for later");
}

#[tokio::test]
async fn address_of_the_operation_is_there_and_of_the_service() {
    let server = Canned::start(&[("202 Accepted", "")]).await;
    let error = register(&server.client()).await.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error:?}");
    for head in [
        "202 Accepted\r\nlocation: http://localhost.example/operations/1",
        "202 Accepted\r\nlocation: http://user:password@{host}/operations/1",
        "202 Accepted\r\nlocation: /operations/1",
    ] {
        let server = Canned::start(&[(head, "")]).await;
        let client = server.client();
        let error = register(&client).await.unwrap_err();
        // Not that nothing was sent.
        assert!(matches!(error, Error::Decode { .. }), "{error:?}");
        let location = head.rsplit(' ').next().unwrap();
        let refused = client.pending_operation(location).unwrap_err();
        assert!(matches!(refused, Error::InvalidRequest(_)), "{refused:?}");
        assert_eq!(server.requests().len(), 1);
    }
}
