//! Several requests in one.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, Caller},
    harness::{Answer, Server},
};

impl Caller<'_> {
    async fn batch(&self, requests: Value) -> Answer {
        let request = self.request(Method::POST, "/v1.0/$batch");
        self.send(request.json(&json!({ "requests": requests })))
            .await
    }

    /// The parts by their identifiers.
    async fn parts(&self, requests: Value) -> Value {
        let answer = self.batch(requests).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let parts = answer.json()["responses"]
            .as_array()
            .expect("parts")
            .clone();
        let by_id = parts
            .into_iter()
            .map(|part| (part["id"].as_str().expect("an id").to_owned(), part));
        Value::Object(by_id.collect())
    }
}

fn create(id: &str) -> Value {
    json!({
        "id": id,
        "method": "POST",
        "url": "/external/connections",
        "headers": { "Content-Type": "application/json" },
        "body": { "id": format!("contoso{id}"), "name": "Contoso" },
    })
}

#[tokio::test]
async fn parts_are_answered_as_if_they_had_come_alone() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let parts = demo
        .parts(json!([
            create("1"),
            { "id": "2", "method": "GET", "url": "external/connections/contoso1?$select=id", "dependsOn": ["1"] },
            { "id": "3", "method": "get", "url": "/connections/nobody" },
            { "id": "4", "method": "DELETE", "url": "/external/connections/contoso1", "dependsOn": ["3"] },
            { "id": "5", "method": "GET", "url": "/external/connections/$count", "dependsOn": ["1"] },
            { "id": "6", "method": "PATCH", "url": "/external/connections/contoso1", "headers": { "content-type": "application/json" }, "body": { "name": "New" }, "dependsOn": "2" },
            { "id": "7", "method": "GET", "url": "/external/connections?$filter=name eq 'New'", "dependsOn": ["6"] },
            { "id": "8", "method": "GET", "url": "/nothing" },
        ]))
        .await;
    let status = |id: &str| parts[id]["status"].as_u64();
    let statuses: Vec<_> = ["1", "2", "3", "4", "5", "6", "7", "8"].map(status).into();
    assert_eq!(
        statuses,
        [201, 200, 404, 424, 200, 204, 200, 400].map(Some),
        "{parts}"
    );
    let address = format!("{}{CONNECTIONS}/contoso1", server.origin);
    assert_eq!(parts["1"]["headers"]["Location"], json!(address));
    assert_eq!(parts["2"]["body"]["id"], "contoso1");
    assert_eq!(parts["3"]["body"]["error"]["code"], "ItemNotFound");
    assert_eq!(parts["4"]["body"]["error"]["code"], "FailedDependency");
    // What is no JSON is Base64.
    assert_eq!(parts["5"]["body"], "MQ==");
    assert_eq!(parts["6"].get("body"), None);
    assert_eq!(parts["7"]["body"]["value"][0]["id"], "contoso1");
    // Of the version of the batch.
    let beta = demo.request(Method::POST, "/beta/$batch").json(
        &json!({ "requests": [{ "id": "1", "method": "GET", "url": "/connections?top=1" }] }),
    );
    let beta = demo.send(beta).await.json();
    let context = &beta["responses"][0]["body"]["@odata.context"];
    assert!(
        context.as_str().is_some_and(|it| it.contains("/beta/")),
        "{beta}"
    );
}

#[tokio::test]
async fn batches_that_are_wrong_do_nothing() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let get = |id: &str| json!({ "id": id, "method": "GET", "url": "/external/connections" });
    let waiting = |id: &str, other: &str| json!({ "id": id, "method": "GET", "url": "/external/connections", "dependsOn": [other] });
    let without_type =
        json!({ "id": "2", "method": "POST", "url": "/external/connections", "body": {} });
    for (requests, target) in [
        (json!([]), "/requests"),
        (
            Value::Array((0..21).map(|id| get(&id.to_string())).collect()),
            "/requests",
        ),
        (json!([create("1"), get("A"), get("a")]), "/requests/2/id"),
        (
            json!([create("1"), waiting("2", "9")]),
            "/requests/1/dependsOn/0",
        ),
        (
            json!([create("1"), waiting("2", "2")]),
            "/requests/1/dependsOn/0",
        ),
        (
            json!([create("1"), waiting("2", "3"), waiting("3", "2")]),
            "/requests/1/dependsOn",
        ),
        (
            json!([create("1"), { "id": "2", "method": "GET" }]),
            "/requests/1/url",
        ),
        (
            json!([create("1"), { "method": "GET", "url": "/x" }]),
            "/requests/1/id",
        ),
    ] {
        let answer = demo.batch(requests).await;
        answer.error(400, "InvalidRequest");
        assert_eq!(answer.targets(), [target], "{}", answer.text());
    }
    let answer = demo.batch(json!([create("1"), without_type])).await;
    let error = answer.error(400, "BadRequest");
    let text = "Write request with id '2' does not contain a Content-Type header.";
    assert_eq!(error["message"], text);
    assert_eq!(answer.targets(), ["/requests/1/headers"]);
    assert_eq!(demo.read(CONNECTIONS).await["value"], json!([]));
    // A batch in a batch, and another server.
    let parts = demo
        .parts(json!([
            { "id": "1", "method": "POST", "url": "/$batch", "headers": { "Content-Type": "application/json" }, "body": { "requests": [] } },
            { "id": "2", "method": "GET", "url": "https://contoso.example/v1.0/external/connections" },
            { "id": "3", "method": "POST", "url": "/%24batch", "headers": { "Content-Type": "application/json" }, "body": { "requests": [] } },
        ]))
        .await;
    for id in ["1", "2", "3"] {
        assert_eq!(parts[id]["status"], 400, "{parts}");
    }
}

#[tokio::test]
async fn parts_have_the_permissions_of_the_batch_and_no_others() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("contoso1", "Contoso")]).await;
    let reader = server.caller(&["--permissions", "ExternalItem.Read.All"]);
    let other = format!("Bearer {}", demo.token);
    let parts = reader
        .parts(json!([
            { "id": "1", "method": "GET", "url": "/external/connections" },
            { "id": "2", "method": "GET", "url": "/external/connections", "headers": { "Authorization": other } },
            { "id": "3", "method": "GET", "url": "/external/connections/contoso1/items" },
        ]))
        .await;
    assert_eq!(
        [
            &parts["1"]["status"],
            &parts["2"]["status"],
            &parts["3"]["status"]
        ],
        [403, 403, 200]
    );
}

/// Batches that are larger than what needs no memory, at once: none waits for what another one holds.
#[tokio::test]
async fn large_batches_side_by_side_do_not_wait_for_each_other() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_ready(json!([{ "name": "title", "type": "string" }]))
        .await;
    let item = json!({
        "acl": [{ "type": "everyone", "value": "everyone", "accessType": "grant" }],
        "properties": { "title": "x" },
        "content": { "type": "text", "value": "x".repeat(1_500_000) },
    });
    let url = |n: usize| format!("/external/connections/contosohr/items/i{n}");
    let put = |n: usize| {
        json!([
            { "id": "1", "method": "PUT", "url": url(n), "headers": { "Content-Type": "application/json" }, "body": item },
            { "id": "2", "method": "GET", "url": url(n), "dependsOn": ["1"] },
        ])
    };
    let batches = (0..8).map(|n| demo.parts(put(n)));
    for parts in futures_util::future::join_all(batches).await {
        for id in ["1", "2"] {
            assert_eq!(parts[id]["status"], 200, "{}", parts[id]["body"]["error"]);
        }
    }
    // More than the answers may have together.
    let get = |n: usize| json!({ "id": n.to_string(), "method": "GET", "url": url(n) });
    let parts = demo.parts(Value::Array((0..8).map(get).collect())).await;
    let of = |status: u64| {
        (0..8)
            .filter(|n| parts[n.to_string()]["status"] == status)
            .count()
    };
    assert_eq!((of(200), of(507)), (2, 6));
}

/// Source: msgraph-sdk 1.65 for Python, observed.
#[tokio::test]
async fn parts_may_have_the_whole_address_of_this_server_or_of_graph() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let root = format!("{}/v1.0", server.origin);
    let get = |id: &str, url: String| json!({ "id": id, "method": "GET", "url": url });
    let parts = demo
        .parts(json!([
            get("1", format!("{root}/external/connections")),
            get("2", format!("{root}/$batch")),
            get("3", format!("{root}evil/external/connections")),
            get("4", format!("{}/beta/external/connections", server.origin)),
            get(
                "5",
                "https://graph.microsoft.com/v1.0/external/connections".into()
            ),
            get(
                "6",
                "https://graph.microsoft.com.example/v1.0/external/connections".into()
            ),
        ]))
        .await;
    let status = ["1", "2", "3", "4", "5", "6"].map(|id| parts[id]["status"].as_u64());
    assert_eq!(status, [200, 400, 400, 400, 200, 400].map(Some), "{parts}");
}

#[tokio::test]
async fn parts_do_not_inherit_what_is_said_of_the_batch() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let batch = json!({ "requests": [create("1")] }).to_string();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(batch.as_bytes()).expect("memory");
    let request = demo
        .request(Method::POST, "/v1.0/$batch")
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body(gzip.finish().expect("memory"));
    let answer = demo.send(request).await.json();
    assert_eq!(answer["responses"][0]["status"], 201, "{answer}");
    // A precondition of the batch itself, which is no resource.
    let patch = json!({
        "id": "1",
        "method": "PATCH",
        "url": "/external/connections/contoso1",
        "headers": { "Content-Type": "application/json" },
        "body": { "name": "New" },
    });
    let request = demo.request(Method::POST, "/v1.0/$batch");
    let request = request.header("if-none-match", "*");
    let answer = demo.send(request.json(&json!({ "requests": [patch] })));
    let answer = answer.await.json();
    assert_eq!(answer["responses"][0]["status"], 204, "{answer}");
}

/// As many as a request has, and no more than can be held.
#[tokio::test]
async fn headers_of_a_part_are_bounded() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let many: serde_json::Map<String, Value> = (0..25_000)
        .map(|number| (format!("x{number}"), json!("")))
        .collect();
    let long = json!({ "x": "x".repeat(40_000) });
    let get = |id: &str, headers: Value| json!({ "id": id, "method": "GET", "url": "/external/connections", "headers": headers });
    let parts = demo
        .parts(json!([
            create("1"),
            get("2", many.into()),
            get("3", long),
            get("4", json!({ "x": "y" }))
        ]))
        .await;
    let status = ["1", "2", "3", "4"].map(|id| parts[id]["status"].as_u64());
    assert_eq!(status, [201, 400, 400, 200].map(Some), "{parts}");
}
