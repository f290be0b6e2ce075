//! Many items: what goes in a batch, what is sent again, and what is told of each item.

use std::{
    pin::pin,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    task::{Context, Waker},
};

use graph_connections::client::{Client, Error, StatusCode, StreamExt, stream};
use serde_json::{Value, json};

use crate::{
    JSON_200,
    canned::{Canned, Reply, Request},
};

const ALONE: &str = r#"{"id":"whatever"}"#;

fn item(text: &str) -> Value {
    json!({ "acl": [], "properties": { "title": text } })
}

/// Puts items with these identifiers, and says what became of them.
async fn put(client: &Client, ids: &[&'static str]) -> Vec<(&'static str, Result<(), Error>)> {
    let items = ids.iter().map(|id| (*id, item(id)));
    let results = client.put_items("contosohr", stream::iter(items));
    results.send().collect().await
}

/// The requests of a batch, by what their URLs end in.
fn parts(request: &Request) -> Vec<(String, Value)> {
    assert_eq!(request.line, "POST /v1.0/$batch HTTP/1.1");
    let body: Value = serde_json::from_str(&request.body).unwrap();
    let parts = body["requests"].as_array().unwrap();
    let part = |part: &Value| {
        let url = part["url"].as_str().unwrap();
        let id = url.strip_prefix("/external/connections/contosohr/items/");
        assert_eq!(part["method"], "PUT");
        assert_eq!(part["headers"]["Content-Type"], "application/json");
        (id.unwrap().to_owned(), part["body"].clone())
    };
    parts.iter().map(part).collect()
}

fn ids(request: &Request) -> Vec<String> {
    parts(request).into_iter().map(|(id, _)| id).collect()
}

#[tokio::test]
async fn items_go_in_a_batch_and_each_has_its_result() {
    let server = Canned::start(&[(
        JSON_200,
        r#"{"responses":[
            {"id":"2","status":200,"headers":{"Content-Type":"application/json"},"body":{"id":"c"}},
            {"id":"1","status":400,"headers":{},"body":{"error":{"code":"InvalidRequest","message":"m","target":"/acl",
                "details":[{"code":"c","message":"is empty","target":"/acl"}],"innerError":{"request-id":"r"}}}},
            {"id":"0","status":201}]}"#,
    )])
    .await;
    let results = put(&server.client(), &["a b", "b", "c", "d"]).await;
    let parts = parts(&server.request());
    assert_eq!(parts[0], ("a%20b".to_owned(), item("a b")));
    assert_eq!(parts.len(), 4);
    let [
        ("a b", Ok(())),
        ("b", Err(error)),
        ("c", Ok(())),
        ("d", Err(missing)),
    ] = &results[..]
    else {
        panic!("{results:?}")
    };
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert_eq!(
        error.to_string(),
        "400 InvalidRequest: m; /acl is empty (request-id r)"
    );
    assert!(matches!(missing, Error::Decode { .. }), "{missing:?}");
    let sent = server.request();
    let id = error.client_request_id().unwrap().to_string();
    assert_eq!(sent.header("client-request-id"), Some(&*id));
}

#[tokio::test]
async fn what_the_service_has_no_time_for_is_sent_again() {
    let server = Canned::start(&[
        // The batch itself, which is as idempotent as its requests are.
        ("503 Service Unavailable", ""),
        (
            JSON_200,
            r#"{"responses":[{"id":"0","status":429,"headers":{"Retry-After":"0"}},{"id":"1","status":200},
                {"id":"2","status":503},{"id":"3","status":404}]}"#,
        ),
        (
            JSON_200,
            r#"{"responses":[{"id":"0","status":200},{"id":"2","status":429,"headers":{"retry-after":"0"}}]}"#,
        ),
        (
            JSON_200,
            r#"{"responses":[{"id":"2","status":429,"headers":{"Retry-After":"3600"},"body":{"error":{"code":"tooMany","message":"m"}}}]}"#,
        ),
    ])
    .await;
    let results = put(&server.patient_client(), &["a", "b", "c", "d"]).await;
    let requests = server.requests();
    assert_eq!(
        requests.iter().map(ids).collect::<Vec<_>>(),
        [
            vec!["a", "b", "c", "d"],
            vec!["a", "b", "c", "d"],
            vec!["a", "c"],
            vec!["c"],
        ]
    );
    let [
        ("a", Ok(())),
        ("b", Ok(())),
        ("c", Err(throttled)),
        ("d", Err(missing)),
    ] = &results[..]
    else {
        panic!("{results:?}")
    };
    assert_eq!(throttled.code(), Some("tooMany"));
    let left = throttled.service().unwrap().retry_after.unwrap();
    assert_eq!(left.as_secs(), 3_600);
    assert_eq!(missing.status(), Some(StatusCode::NOT_FOUND));
}

/// Other batches may have what the rate lets in: being throttled takes time, and no attempts.
#[tokio::test]
async fn throttled_items_wait_longer_than_there_are_attempts() {
    const THROTTLED: &str = r#"{"responses":[{"id":"0","status":429,"headers":{"Retry-After":"0"}},{"id":"1","status":429,"headers":{"Retry-After":"0"}}]}"#;
    const PUT: &str = r#"{"responses":[{"id":"0","status":200},{"id":"1","status":200}]}"#;
    let mut answers = vec![(JSON_200, THROTTLED); 10];
    answers.push((JSON_200, PUT));
    let server = Canned::start(&answers).await;
    for (_, result) in put(&server.patient_client(), &["a", "b"]).await {
        result.unwrap();
    }
    assert_eq!(server.requests().len(), 11);
}

#[tokio::test]
async fn a_wait_beyond_the_budget_ends_one_item_and_not_its_neighbours() {
    let server = Canned::start(&[
        (
            JSON_200,
            r#"{"responses":[{"id":"0","status":429,"headers":{"Retry-After":"3600"}},{"id":"1","status":429,"headers":{"Retry-After":"0"}}]}"#,
        ),
        (JSON_200, r#"{"responses":[{"id":"1","status":200}]}"#),
    ])
    .await;
    let results = put(&server.patient_client(), &["a", "b"]).await;
    assert_eq!(
        results[0].1.as_ref().unwrap_err().status(),
        Some(StatusCode::TOO_MANY_REQUESTS)
    );
    assert!(results[1].1.is_ok());
}

#[tokio::test]
async fn failure_of_a_batch_is_that_of_each_item() {
    let server = Canned::start(&[(
        "403 Forbidden\r\ncontent-type: application/json",
        r#"{"error":{"code":"Authorization_RequestDenied","message":"No."}}"#,
    )])
    .await;
    for (_, result) in put(&server.client(), &["a", "b"]).await {
        assert_eq!(
            result.unwrap_err().code(),
            Some("Authorization_RequestDenied")
        );
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn single_and_large_items_go_alone() {
    let server = Canned::start(&[(JSON_200, ALONE)]).await;
    assert!(put(&server.client(), &["a"]).await[0].1.is_ok());
    let request = server.request();
    assert_eq!(
        request.line,
        "PUT /v1.0/external/connections/contosohr/items/a HTTP/1.1"
    );
    assert_eq!(request.body, item("a").to_string());
    assert_eq!(request.header("content-type"), Some("application/json"));

    let server = Canned::start(&[
        (
            JSON_200,
            r#"{"responses":[{"id":"0","status":200},{"id":"1","status":200}]}"#,
        ),
        ("200 OK", ""),
    ])
    .await;
    let items = [("a", 10), ("b", 1_000_000), ("c", 3_000_000)];
    let items = items.map(|(id, bytes)| (id, item(&"x".repeat(bytes))));
    let client = server.client();
    let results = client.put_items("contosohr", stream::iter(items)).send();
    let put: Vec<_> = results
        .map(|(id, result)| result.map(|()| id).unwrap())
        .collect()
        .await;
    assert_eq!(put, ["a", "b", "c"]);
    let requests = server.requests();
    assert_eq!(ids(&requests[0]), ["a", "b"]);
    assert!(requests[1].line.ends_with("/items/c HTTP/1.1"));
}

#[tokio::test]
async fn items_go_alone_when_the_service_does_not_read_their_batch() {
    let too_large = ("413 Payload Too Large", "");
    let answers = (
        JSON_200,
        r#"{"responses":[{"id":"0","status":507},{"id":"1","status":507}]}"#,
    );
    for refusal in [too_large, ("400 Bad Request", ""), answers] {
        let server = Canned::start(&[refusal, (JSON_200, ALONE), (JSON_200, ALONE)]).await;
        for (_, result) in put(&server.client(), &["a", "b"]).await {
            result.unwrap();
        }
        let lines: Vec<_> = server.requests().into_iter().map(|it| it.line).collect();
        assert!(lines[1].ends_with("/items/a HTTP/1.1"), "{lines:?}");
        assert!(lines[2].ends_with("/items/b HTTP/1.1"), "{lines:?}");
    }
}

#[tokio::test]
async fn identifiers_that_are_none_are_not_sent() {
    let server = Canned::start(&[(JSON_200, ALONE)]).await;
    let results = put(&server.client(), &["", "a", ".."]).await;
    assert!(matches!(results[0].1, Err(Error::InvalidRequest(_))));
    assert!(results[1].1.is_ok());
    assert!(matches!(results[2].1, Err(Error::InvalidRequest(_))));
    let nothing = put(&server.client(), &[]).await;
    assert_eq!(nothing.len(), 0);
}

#[tokio::test]
async fn no_more_items_are_taken_than_are_under_way() {
    let server = Canned::replying(&[Reply::Stalled((JSON_200, "{}")); 3]).await;
    let client = server.client();
    for concurrency in [0, 1, 3] {
        let taken = AtomicUsize::new(0);
        let items = stream::iter(0..).map(|number: u32| {
            taken.fetch_add(1, SeqCst);
            (number.to_string(), item("x"))
        });
        let puts = client.put_items("contosohr", items);
        let mut results = puts.concurrency(concurrency).send();
        let mut context = Context::from_waker(Waker::noop());
        assert!(pin!(results.next()).poll(&mut context).is_pending());
        assert_eq!(taken.load(SeqCst), concurrency.max(1) * 20);
    }
}
