//! Get, update and delete: what each takes and what each answers.
//!
//! Source, where none is given: Microsoft Graph, externalConnection resource and the pages of its operations.

use graph_connections::client::{Patch, types};
use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, Caller, DEMO_APP},
    harness::Server,
};

#[tokio::test]
async fn unknown_and_computed_members_are_ignored() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let body = json!({
        "id": "contosohr",
        "name": "Any",
        "state": "ready",
        "ingestedItemsCount": 7,
        "unknown": { "id": [1, null] },
        "configuration": { "unknown": 1, "authorizedAppIds": ["a"] },
        "searchSettings": { "searchResultTemplates": [], "unknown": [] },
    });
    let created = demo.post(&body).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let created = demo.connection("contosohr").await;
    assert_eq!(created["state"], "draft");
    assert_eq!(created["ingestedItemsCount"], Value::Null);
    assert_eq!(
        created["searchSettings"],
        json!({ "searchResultTemplates": [] })
    );
    assert_eq!(created.get("unknown"), None);

    // An update may carry what was read: `id`, `state` and `connectorId` are not even looked at.
    let body = json!({ "id": "other", "state": 5, "connectorId": [], "ingestedItemsCount": "x", "@odata.context": 1, "unknown": 1 });
    let answer = demo.patch("contosohr", &body).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert_eq!(demo.connection("contosohr").await, created);
}

/// Everything that a connection can carry, and that may be cleared.
fn full() -> Value {
    let template =
        json!({ "id": "t1", "layout": { "type": "AdaptiveCard" }, "priority": 0, "rules": null });
    json!({
        "name": "Full",
        "description": "Description",
        "configuration": { "authorizedAppIds": ["a"] },
        "contentCategory": "crm",
        "connectorId": "connector",
        "activitySettings": { "urlToItemResolvers": [] },
        "searchSettings": { "searchResultTemplates": [template] },
        "complianceSettings": { "eDiscoveryResultTemplates": [template] },
        "enabledContentExperiences": "search, compliance",
    })
}

async fn create_full(demo: &Caller<'_>, id: &str) -> Value {
    let mut body = full();
    body["id"] = json!(id);
    let created = demo.post(&body).await;
    assert_eq!(created.status, 201, "{}", created.text());
    demo.connection(id).await
}

#[tokio::test]
async fn update_merges_members_and_replaces_complex_ones() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let mut expected = create_full(&demo, "contosohr").await;
    let both = |apps: Value| json!({ "authorizedApps": apps, "authorizedAppIds": apps });
    for (body, changed) in [
        (json!({}), json!({})),
        (json!({ "name": "Renamed" }), json!({ "name": "Renamed" })),
        (json!({ "description": "" }), json!({ "description": "" })),
        (
            json!({ "contentCategory": "people", "enabledContentExperiences": "search" }),
            json!({ "contentCategory": "people", "enabledContentExperiences": "search" }),
        ),
        (
            json!({ "configuration": { "authorizedApps": ["b"] } }),
            json!({ "configuration": both(json!(["b"])) }),
        ),
        (
            json!({ "searchSettings": {} }),
            json!({ "searchSettings": { "searchResultTemplates": null } }),
        ),
        (
            json!({ "activitySettings": { "urlToItemResolvers": null } }),
            json!({ "activitySettings": { "urlToItemResolvers": null } }),
        ),
        (
            json!({ "complianceSettings": { "eDiscoveryResultTemplates": [] } }),
            json!({ "complianceSettings": { "eDiscoveryResultTemplates": [] } }),
        ),
        // `null` clears what may be null, and gives the configuration back to the calling app.
        (
            json!({ "description": null, "activitySettings": null, "searchSettings": null }),
            json!({ "description": null, "activitySettings": null, "searchSettings": null }),
        ),
        (
            json!({ "complianceSettings": null, "enabledContentExperiences": null, "configuration": null }),
            json!({ "complianceSettings": null, "enabledContentExperiences": null, "configuration": both(json!([DEMO_APP])) }),
        ),
        // A member that cannot be `null` is not set, which is not to say that it is to change.
        (json!({ "contentCategory": null }), json!({})),
    ] {
        let answer = demo.patch("contosohr", &body).await;
        assert_eq!(answer.status, 204, "{body}: {}", answer.text());
        assert!(answer.body.is_empty());
        assert_eq!(answer.header("content-type"), "");
        assert_eq!(answer.header("odata-version"), "4.0");
        for (member, value) in changed.as_object().expect("an object") {
            expected[member] = value.clone();
        }
        assert_eq!(demo.connection("contosohr").await, expected, "{body}");
    }
}

#[tokio::test]
async fn refused_update_changes_nothing() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let before = create_full(&demo, "contosohr").await;
    for (body, code, targets) in [
        (
            json!({ "description": "New", "name": null }),
            "BadRequest",
            ["/name"],
        ),
        (
            json!({ "description": "New", "contentCategory": "novels" }),
            "InvalidRequest",
            ["/contentCategory"],
        ),
        (
            json!({ "description": "New", "configuration": { "authorizedApps": ["a", ""] } }),
            "InvalidRequest",
            ["/configuration/authorizedApps/1"],
        ),
        (
            json!({ "name": "New", "description": "a\u{0}b" }),
            "InvalidRequest",
            ["/description"],
        ),
        (
            json!({ "name": "New", "description": "x".repeat(10_001) }),
            "InvalidRequest",
            ["/description"],
        ),
        (
            json!({ "name": "New", "enabledContentExperiences": "search;compliance" }),
            "InvalidRequest",
            ["/enabledContentExperiences"],
        ),
    ] {
        let answer = demo.patch("contosohr", &body).await;
        answer.error(400, code);
        assert_eq!(answer.targets(), targets, "{body}");
        assert_eq!(demo.connection("contosohr").await, before, "{body}");
    }
}

#[tokio::test]
async fn delete_answers_202_without_body_and_frees_the_id() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("contosohr", "First")]).await;
    let answer = demo.delete("contosohr").await;
    assert_eq!(answer.status, 202);
    assert!(answer.body.is_empty());
    // Clients that see a JSON type read a body. Source: Microsoft Graph JavaScript client, GraphResponseHandler.
    assert_eq!(answer.header("content-type"), "");
    assert_eq!(answer.header("content-length"), "0");

    demo.delete("contosohr").await.error(404, "ItemNotFound");
    assert_eq!(demo.read(CONNECTIONS).await["value"], json!([]));
    demo.create_all([("CONTOSOHR", "Second")]).await;
    assert_eq!(demo.connection("CONTOSOHR").await["name"], "Second");
}

#[tokio::test]
async fn connection_that_is_not_there_is_not_found() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("contosohr", "Any")]).await;
    // Identifiers are looked up in the case they were created with.
    for id in [
        "nope",
        "ContosoHR",
        "contosohr%20",
        "contosohr%00",
        "..%2Fcontosohr",
        "%F0%9F%98%80",
    ] {
        for answer in [
            demo.get(&format!("{CONNECTIONS}/{id}")).await,
            demo.patch(id, &json!({ "name": "New" })).await,
            demo.delete(id).await,
        ] {
            if id.contains("%00") {
                answer.error(400, "BadRequest");
                continue;
            }
            let error = answer.error(404, "ItemNotFound");
            assert_eq!(error["innerError"]["code"], "ResourceNotFound", "{id}");
            assert_eq!(error["innerError"]["source"], "Connection");
        }
    }
    assert_eq!(demo.connection("contosohr").await["name"], "Any");
}

#[tokio::test]
async fn get_returns_the_selected_members_in_their_order() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let whole = create_full(&demo, "contosohr").await;
    let root = format!("{}/v1.0/$metadata#connections", server.origin);
    for (select, members, context) in [
        ("id", &["id"][..], "(id)/$entity"),
        ("name,id", &["id", "name"], "(id,name)/$entity"),
        (
            "state,%20id,%09state",
            &["id", "state"],
            "(id,state)/$entity",
        ),
        (
            "ingestedItemsCount",
            &["ingestedItemsCount"],
            "(ingestedItemsCount)/$entity",
        ),
        (
            "configuration,searchSettings",
            &["configuration", "searchSettings"],
            "(configuration,searchSettings)/$entity",
        ),
    ] {
        for name in ["$select", "%24select"] {
            let path = format!("{CONNECTIONS}/contosohr?{name}={select}");
            let mut expected = json!({ "@odata.context": format!("{root}{context}") });
            for member in members {
                expected[*member] = whole[*member].clone();
            }
            assert_eq!(
                demo.get(&path).await.text(),
                expected.to_string(),
                "{select}"
            );
        }
    }
    for everything in ["*", "id,*", "*,name"] {
        let read = demo
            .read(&format!("{CONNECTIONS}/contosohr?$select={everything}"))
            .await;
        assert_eq!(read, whole, "{everything}");
    }
}

#[tokio::test]
async fn typed_update_tells_null_from_absence() {
    let server = Server::start();
    let demo = server.caller(&[]);
    create_full(&demo, "contosohr").await;
    let client = server.client();
    let update = client
        .update_connection()
        .connection_id("contosohr")
        .body_map(|body| {
            body.description(Patch::Null)
                .name("Renamed".to_owned())
                .content_category(types::ContentCategory::Wikis)
        });
    assert_eq!(update.send().await.expect("updated").status(), 204);
    let read = client
        .get_connection()
        .connection_id("contosohr")
        .send()
        .await
        .expect("read");
    assert_eq!(read.name.as_deref(), Some("Renamed"));
    assert_eq!(read.description, None);
    assert_eq!(read.content_category, Some(types::ContentCategory::Wikis));
    assert_eq!(
        read.enabled_content_experiences.as_deref(),
        Some("search, compliance")
    );
    assert!(read.search_settings.is_some());
}

/// Source: none; a bound of this server.
#[tokio::test]
async fn connection_has_a_bound_of_its_size_when_it_is_stored() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let settings = |bytes: usize| {
        let layout = json!({ "text": "x".repeat(bytes) });
        json!({ "searchResultTemplates": [{ "id": "t", "priority": 0, "layout": layout }] })
    };
    let refused = |answer: crate::harness::Answer| {
        let error = answer.error(400, "InvalidRequest");
        let detail = &error["details"][0];
        assert_eq!(detail["code"], "TooLarge", "{error}");
        assert_eq!(detail["target"], "body", "{error}");
        let rule = detail["message"].as_str().expect("words");
        assert!(rule.contains("at most 262144 bytes"), "{rule}");
    };
    let create = |bytes| json!({ "id": "large", "name": "n", "searchSettings": settings(bytes) });
    refused(demo.post(&create(262_144)).await);
    assert_eq!(demo.post(&create(200_000)).await.status, 201);
    let before = demo.connection("large").await;
    // Neither at once nor bit by bit.
    refused(
        demo.patch("large", &json!({ "searchSettings": settings(300_000) }))
            .await,
    );
    refused(
        demo.patch(
            "large",
            &json!({ "complianceSettings": null, "searchSettings": settings(262_100) }),
        )
        .await,
    );
    let second = json!({ "complianceSettings": { "eDiscoveryResultTemplates": settings(100_000)["searchResultTemplates"] } });
    refused(demo.patch("large", &second).await);
    assert_eq!(demo.connection("large").await, before);
    assert_eq!(
        demo.patch("large", &json!({ "searchSettings": settings(1) }))
            .await
            .status,
        204
    );
    assert_eq!(demo.patch("large", &second).await.status, 204);
}
