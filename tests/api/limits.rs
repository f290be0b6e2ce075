//! The limits that a profile sets: quotas and rates.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::CONNECTIONS,
    harness::{Answer, Server},
};

fn item() -> Value {
    json!({
        "acl": [{ "type": "everyone", "value": "everyone", "accessType": "grant" }],
        "properties": { "title": "x" },
    })
}

fn title() -> Value {
    json!([{ "name": "title", "type": "string" }])
}

/// Waits are told in whole seconds, one or more.
fn seconds(answer: &Answer) -> u64 {
    let error = answer.error(429, "TooManyRequests");
    let message = "Too many requests. Nothing was changed. Retry later.";
    assert_eq!(error["message"], message);
    let seconds = answer.header("retry-after").parse();
    seconds.expect("Retry-After in seconds")
}

#[tokio::test]
async fn connections_of_a_tenant_are_as_many_as_the_profile_says() {
    let server = Server::start_with(&["--limits", "graph-2021"]);
    let demo = server.caller(&[]);
    let create = async |n: usize| {
        let body = json!({ "id": format!("contoso{n}"), "name": "Contoso" });
        let request = demo.request(Method::POST, CONNECTIONS).json(&body);
        demo.send(request).await
    };
    for n in 0..10 {
        let answer = create(n).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
    let error = create(10).await.error(403, "QuotaLimitReached");
    let rule = "a tenant has at most 10 connections; DELETE one first";
    assert_eq!(error["details"][0]["message"], rule);
    let gone = demo.request(Method::DELETE, &format!("{CONNECTIONS}/contoso0"));
    assert_eq!(demo.send(gone).await.status, 202);
    assert_eq!(create(10).await.status, 201);
}

/// More requests than the rate lets in, on their own and in a batch; other apps and other connections have a rate of their own.
#[tokio::test]
async fn items_are_written_as_fast_as_the_profile_says() {
    let server = Server::start_with(&["--limits", "graph-2021"]);
    let demo = server.caller(&[]);
    demo.create_ready(title()).await;
    let parts: Vec<_> = (0..20)
        .map(|n| {
            json!({
                "id": n.to_string(),
                "method": "PUT",
                "url": format!("/external/connections/contosohr/items/i{n}"),
                "headers": { "Content-Type": "application/json" },
                "body": item(),
            })
        })
        .collect();
    let batch = demo.request(Method::POST, "/v1.0/$batch");
    let answer = demo.send(batch.json(&json!({ "requests": parts }))).await;
    let answer = answer.json();
    let parts = answer["responses"].as_array().expect("parts");
    let of = |status: u64| parts.iter().filter(move |part| part["status"] == status);
    let (taken, refused) = (of(200).count(), of(429).count());
    assert!(taken >= 4 && refused >= 1, "{answer}");
    assert_eq!(taken + refused, 20, "{answer}");
    for part in of(429) {
        assert_eq!(part["headers"]["Retry-After"], "1", "{part}");
        assert_eq!(part["body"]["error"]["code"], "TooManyRequests");
    }
    // What was refused is not there.
    let count = format!("{CONNECTIONS}/contosohr/items/$count");
    assert_eq!(demo.get(&count).await.text(), taken.to_string());
    let other = server.caller(&["--app", "another"]);
    let denied = other.put_item("x", &item()).await;
    assert_ne!(denied.status, 429, "{}", denied.text());
}

#[tokio::test]
async fn lone_writes_are_throttled_too() {
    let server = Server::start_with(&["--limits", "graph-2021"]);
    let demo = server.caller(&[]);
    demo.create_ready(title()).await;
    let mut answers = Vec::new();
    for n in 0..40 {
        let answer = demo.put_item(&format!("i{n}"), &item()).await;
        if answer.status == 429 {
            answers.push(answer);
        }
    }
    assert!(!answers.is_empty());
    assert!(answers.iter().all(|answer| seconds(answer) == 1));
}

#[tokio::test]
async fn quota_is_what_the_profile_leaves() {
    for (arguments, remaining) in [
        (&[][..], 4_999_999),
        (&["--limits", "graph-2021"][..], 699_999),
    ] {
        let server = Server::start_with(arguments);
        let demo = server.caller(&["--app-only"]);
        demo.create_ready(title()).await;
        demo.put_item("a", &item()).await;
        let quota = demo
            .read("/beta/external/connections/contosohr/quota")
            .await;
        assert_eq!(quota["itemsRemaining"], remaining);
    }
}

/// A connection has one rate, however its identifier is spelled.
#[tokio::test]
async fn spellings_of_a_connection_share_its_rate() {
    let server = Server::start_with(&["--limits", "graph-2021"]);
    let demo = server.caller(&[]);
    demo.create_ready(title()).await;
    let mut refused = 0;
    for n in 0..12 {
        let spelled = ["contosohr", "%63ontosohr", "c%6Fntosohr"][n % 3];
        let path = format!("{CONNECTIONS}/{spelled}/items/i{n}");
        let answer = demo
            .send(demo.request(Method::PUT, &path).json(&item()))
            .await;
        refused += usize::from(answer.status == 429);
    }
    // Four at once; some may pass while time does.
    assert!(refused >= 4, "{refused}");
}
