//! Search, retrieval and explanations: who may ask, and what is refused.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::Caller,
    harness::{Answer, Server},
};

const SEARCH: &str = "/v1.0/search/query";
const RETRIEVAL: &str = "/v1.0/copilot/retrieval";
const EXPLAIN: &str = "/v1.0/external/connections/contosohr/items/1/explain";

impl Caller<'_> {
    async fn ask(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// One search with these members besides those that every search has.
    async fn search_with(&self, members: Value) -> Answer {
        let mut search = json!({
            "entityTypes": ["externalItem"],
            "contentSources": ["Connectors"],
            "query": { "queryString": "*" },
        });
        let search_of = search.as_object_mut().expect("an object");
        search_of.extend(members.as_object().expect("an object").clone());
        self.ask(SEARCH, &json!({ "requests": [search] })).await
    }
}

/// A question that is good but for these members.
fn question(members: &Value) -> Value {
    let mut question = json!({ "queryString": "Why?", "dataSource": "externalItem" });
    let question_of = question.as_object_mut().expect("an object");
    question_of.extend(members.as_object().expect("an object").clone());
    question
}

/// Asserts that an answer is an error in the form of search; returns its `error`.
#[track_caller]
fn refused(answer: &Answer) -> Value {
    let body = answer.json();
    let code = body["error"]["code"].as_str().unwrap_or_default();
    let error = answer.error(400, code);
    assert_eq!(error["httpCode"], 400, "{error}");
    assert!(error["target"].is_string(), "{error}");
    for detail in error["details"].as_array().expect("details") {
        assert_eq!(detail["httpCode"], 400, "{error}");
        assert!(detail["target"].is_string(), "{error}");
    }
    assert_eq!(
        body["Instrumentation"]["TraceId"],
        answer.header("request-id"),
        "{body}"
    );
    error
}

#[tokio::test]
async fn only_users_who_may_read_items_search_and_retrieve() {
    let server = Server::start();
    let search = json!({ "requests": [{ "entityTypes": ["externalItem"], "query": { "queryString": "*" } }] });
    let retrieval = question(&json!({}));
    for arguments in [
        &["--app-only"][..],
        &["--permissions", "ExternalConnection.Read.All"],
        &["--permissions", "ExternalItem.ReadWrite.All"],
    ] {
        let caller = server.caller(arguments);
        for (path, body) in [
            ("/search/query", &search),
            ("/copilot/retrieval", &retrieval),
        ] {
            for version in ["/v1.0", "/beta"] {
                let answer = caller.ask(&format!("{version}{path}"), body).await;
                answer.error(403, "Authorization_RequestDenied");
            }
        }
    }
}

#[tokio::test]
async fn searches_that_break_a_rule_are_refused_in_the_form_of_search() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let range = |n: usize| vec![json!({ "name": "a" }); n];
    for (members, targets) in [
        (
            json!({ "query": {} }),
            &["/requests/0/query/queryString"][..],
        ),
        (json!({ "query": null }), &["/requests/0/query"]),
        (
            json!({ "query": { "queryString": " " } }),
            &["/requests/0/query/queryString"],
        ),
        (
            json!({ "query": { "queryString": "a", "queryTemplate": "{searchTerms} {Page.Title}" } }),
            &["/requests/0/query/queryTemplate"],
        ),
        (
            json!({ "query": { "queryString": "a", "queryTemplate": "{searchTerms} (" } }),
            &["/requests/0/query/queryTemplate"],
        ),
        (
            json!({ "query": { "queryString": "a", "queryTemplate": "{searchTerms" } }),
            &["/requests/0/query/queryTemplate"],
        ),
        (json!({ "entityTypes": [] }), &["/requests/0/entityTypes"]),
        (json!({ "entityTypes": null }), &["/requests/0/entityTypes"]),
        (
            json!({ "entityTypes": ["file"] }),
            &["/requests/0/entityTypes/0"],
        ),
        (
            json!({ "entityTypes": ["externalItem", "driveItem"] }),
            &["/requests/0/entityTypes/1"],
        ),
        (json!({ "from": -1 }), &["/requests/0/from"]),
        (json!({ "size": 501 }), &["/requests/0/size"]),
        (json!({ "size": "many" }), &["/requests/0/size"]),
        (
            json!({ "sortProperties": range(6) }),
            &["/requests/0/sortProperties"],
        ),
        (
            json!({ "aggregations": [{ "field": "a", "size": 65536 }, { "size": 0 }] }),
            &[
                "/requests/0/aggregations/0/size",
                "/requests/0/aggregations/1/field",
                "/requests/0/aggregations/1/size",
            ],
        ),
        (
            json!({ "collapseProperties": [{ "fields": ["a"], "limit": 32768 }] }),
            &["/requests/0/collapseProperties/0/limit"],
        ),
        (json!({ "region": "NAM" }), &["/requests/0/region"]),
    ] {
        let answer = demo.search_with(members.clone()).await;
        let error = refused(&answer);
        assert_eq!(error["code"], "BadRequest", "{members}");
        let mut told = answer.targets();
        told.sort();
        assert_eq!(told, targets, "{members}: {error}");
        let message = error["message"].as_str().expect("text");
        let begins = "SearchRequest Invalid (EntityRequest Invalid (/requests/0/";
        assert!(message.starts_with(begins), "{message}");
        if let [target] = targets {
            assert_eq!(error["target"], *target);
        }
    }
}

/// As public clients write it. Source: OData 4.01 part 2, section 4.5.2.
#[tokio::test]
async fn actions_have_qualified_names() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let search = json!({ "requests": [{ "entityTypes": ["externalItem"], "contentSources": ["Connectors"],
        "query": { "queryString": "*" } }] });
    let question = json!({ "queryString": "a", "dataSource": "externalItem" });
    for version in ["/v1.0", "/beta"] {
        let path = format!("{version}/search/microsoft.graph.query");
        assert_eq!(demo.ask(&path, &search).await.status, 200, "{path}");
        let path = format!("{version}/copilot/microsoft.graph.retrieval");
        assert_eq!(demo.ask(&path, &question).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn whatever_is_wrong_with_a_search_has_its_form() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let many = vec![json!({}); 21];
    for body in [
        json!({}),
        json!({ "requests": [] }),
        json!({ "requests": many }),
    ] {
        let answer = demo.ask(SEARCH, &body).await;
        let error = refused(&answer);
        let message = error["message"].as_str().expect("text");
        assert!(
            message.starts_with("SearchRequest Invalid (/requests: "),
            "{message}"
        );
    }
    let answer = demo.ask(&format!("{SEARCH}?$top=1"), &json!({})).await;
    assert_eq!(refused(&answer)["target"], "$top");
    let request = demo.request(Method::POST, SEARCH).body("{}");
    refused(&demo.send(request).await);
    // In a batch too.
    let part = json!({
        "id": "1",
        "method": "POST",
        "url": "/search/query",
        "headers": { "Content-Type": "application/json" },
        "body": { "requests": [{ "entityTypes": ["site"], "query": { "queryString": "*" } }] },
    });
    let answer = demo
        .ask("/v1.0/$batch", &json!({ "requests": [part] }))
        .await;
    let part = &answer.json()["responses"][0];
    assert_eq!(part["status"], 400, "{part}");
    assert_eq!(part["body"]["error"]["target"], "/requests/0/entityTypes/0");
    assert!(part["body"]["Instrumentation"]["TraceId"].is_string());
}

#[tokio::test]
async fn questions_that_break_a_rule_are_refused() {
    let server = Server::start();
    let demo = server.caller(&[]);
    for (members, target) in [
        (json!({ "queryString": "" }), "/queryString"),
        (json!({ "queryString": "x".repeat(1_501) }), "/queryString"),
        (json!({ "dataSource": "sharePoint" }), "/dataSource"),
        (json!({ "dataSource": "everything" }), "/dataSource"),
        (
            json!({ "maximumNumberOfResults": 0 }),
            "/maximumNumberOfResults",
        ),
        (
            json!({ "maximumNumberOfResults": 26 }),
            "/maximumNumberOfResults",
        ),
        (
            json!({ "dataSourceConfiguration": { "externalItem": { "connections": [{}] } } }),
            "/dataSourceConfiguration/externalItem/connections/0/connectionId",
        ),
    ] {
        let answer = demo.ask(RETRIEVAL, &question(&members)).await;
        answer.error(400, "InvalidRequest");
        assert_eq!(answer.targets(), [target], "{members}");
        assert_eq!(answer.json().get("Instrumentation"), None);
    }
}

#[tokio::test]
async fn explanations_are_of_a_user() {
    let server = Server::start();
    for (arguments, body) in [
        (&["--app-only"][..], json!({})),
        (&["--app-only"], json!({ "user": null, "query": "*" })),
        (&[], json!({ "groups": [] })),
        (&[], json!({ "isGuest": true })),
    ] {
        let answer = server.caller(arguments).ask(EXPLAIN, &body).await;
        answer.error(400, "InvalidRequest");
        assert_eq!(answer.targets(), ["/user"], "{body}");
    }
    let answer = server
        .caller(&[])
        .ask(EXPLAIN, &json!({ "user": "a b" }))
        .await;
    answer.error(400, "InvalidRequest");
}
