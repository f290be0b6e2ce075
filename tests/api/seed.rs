//! The page that the project started from, "Add connections", to the letter.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::Server;

/// Source: the page's example request.
fn request() -> Value {
    json!({
        "@odata.type": "#microsoft.graph.externalConnection",
        "name": "Name value",
        "description": "Description value",
        "configuration": {
            "@odata.type": "microsoft.graph.configuration",
            "authorizedApps": ["Authorized Apps value"],
        },
    })
}

#[tokio::test]
async fn example_request_gets_the_example_response_on_both_request_lines() {
    let server = Server::start();
    for line in [
        "/beta/external/connections",
        "/beta/external/connections/$ref",
        "/v1.0/connections/%24ref",
    ] {
        let answer = server.send(Method::POST, line, Some(request())).await;
        assert_eq!(answer.status, 201, "{line}: {}", answer.text());
        assert!(
            answer
                .header("content-type")
                .starts_with("application/json")
        );
        let created = answer.json();
        // Source: the page's example response, "truncated for brevity".
        for (member, expected) in request().as_object().expect("an object") {
            if member != "configuration" {
                assert_eq!(&created[member], expected, "{line}");
            }
        }
        assert_eq!(
            created["configuration"]["@odata.type"],
            "microsoft.graph.configuration"
        );
        assert_eq!(
            created["configuration"]["authorizedApps"],
            json!(["Authorized Apps value"])
        );
        assert_eq!(
            created["configuration"]["authorizedAppIds"],
            json!(["Authorized Apps value"])
        );
        let id = created["id"].as_str().expect("an id");
        let uuid = uuid::Uuid::parse_str(id).expect("a UUID");
        assert_eq!(uuid.hyphenated().to_string(), id, "lower case with hyphens");

        // The creating app is not in the list and keeps access.
        let read = server
            .send(
                Method::GET,
                &format!("/v1.0/external/connections/{id}"),
                None,
            )
            .await;
        assert_eq!(read.status, 200);
        assert_eq!(read.json()["name"], "Name value");
    }
}

/// There is nothing to link: the collection contains its connections, so that the body must be one.
#[tokio::test]
async fn reference_to_an_existing_entity_is_refused() {
    let server = Server::start();
    let body =
        json!({ "@odata.id": format!("{}/beta/external/connections/contosohr", server.origin) });
    let answer = server
        .send(Method::POST, "/beta/external/connections/$ref", Some(body))
        .await;
    answer.error(400, "InvalidRequest");
    assert_eq!(answer.targets(), ["/name"]);
}
