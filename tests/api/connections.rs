//! Create, get, update and delete: what each takes and what each answers.
//!
//! Source, where none is given: Microsoft Graph, externalConnection resource and the pages of its operations.

use graph_connections::client::{Error, Patch, types};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, Caller},
    harness::Server,
};

/// The app of a token that says nothing else.
const APP: &str = "d3a7c0de-0000-4000-8000-000000000002";

#[tokio::test]
async fn create_answers_201_with_the_whole_entity_and_where_it_is() {
    let server = Server::start();
    let demo = server.caller(&[]);
    for (version, id) in [("v1.0", "contosohr"), ("beta", "contosoit")] {
        let path = format!("/{version}/external/connections");
        let body = json!({ "id": id, "name": "Contoso HR", "description": "Contoso HR system" });
        let request = demo.request(Method::POST, &path).json(&body);
        let answer = demo.send(request).await;

        assert_eq!(answer.status, 201, "{}", answer.text());
        let location = format!("{}{path}/{id}", server.origin);
        assert_eq!(answer.header("location"), location);
        assert_eq!(answer.header("odata-version"), "4.0");
        assert_eq!(
            answer.header("content-type"),
            "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
        );
        let expected = json!({
            "@odata.context": format!("{}/{version}/$metadata#connections/$entity", server.origin),
            "id": id,
            "name": "Contoso HR",
            "description": "Contoso HR system",
            "state": "draft",
            "configuration": { "authorizedApps": [APP], "authorizedAppIds": [APP] },
            "connectorId": null,
            "contentCategory": "uncategorized",
            "activitySettings": null,
            "searchSettings": null,
            "complianceSettings": null,
            "enabledContentExperiences": null,
            "ingestedItemsCount": null,
        });
        // As text, so that the order of the members counts.
        assert_eq!(answer.text(), expected.to_string());
        assert_eq!(demo.read(demo.path(&location)).await, expected);
    }
}

#[tokio::test]
async fn id_is_3_to_32_ascii_letters_and_digits_and_not_reserved() {
    let server = Server::start();
    let client = server.client();
    let create = async |id: &str| {
        let body = client
            .create_connection()
            .body_map(|body| body.id(id.to_owned()).name("Any"));
        body.send().await.map_err(Error::from)
    };
    let (longest, too_long) = ("x".repeat(32), "x".repeat(33));
    for id in [
        "abc",
        "123",
        "A1b2C3",
        &longest,
        "Nonesuch",
        "aTeams",
        "MyMicrosoft",
        "Micro",
        "Search",
    ] {
        let created = create(id)
            .await
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(
            created.id.as_deref(),
            Some(id),
            "kept in the case it is sent"
        );
    }
    for id in [
        "",
        "ab",
        &too_long,
        "a-b",
        "a_b",
        "a b",
        "a.b",
        "a/b",
        "abc\n",
        "äbc",
        "١٢٣",
        "ａｂｃ",
        // Beginning with Microsoft, and the reserved ones, in any case of letters.
        "Microsoft",
        "MicrosoftSearch",
        "mIcRoSoFtX",
        "None",
        "NONE",
        "Directory",
        "Exchange",
        "ExchangeArchive",
        "LinkedIn",
        "linkedin",
        "Mailbox",
        "OneDriveBusiness",
        "SharePoint",
        "sharePOINT",
        "Teams",
        "Yammer",
        "Connectors",
        "TaskFabric",
        "PowerBI",
        "powerbi",
        "Assistant",
        "TopicEngine",
        "MSFT_All_Connectors",
    ] {
        let error = create(id).await.expect_err(id);
        assert_eq!(error.code(), Some("InvalidRequest"), "{id}: {error}");
        let error = error.service().expect("an answer");
        assert_eq!(error.status.as_u16(), 400);
        assert_eq!(error.target.as_deref(), Some("/id"), "{id}: {error}");
    }
}

#[tokio::test]
async fn name_has_1_to_128_characters_and_need_not_be_unique() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let longest = "€".repeat(128);
    for name in [
        "x",
        "Contoso HR",
        "Contoso HR",
        &longest,
        " ",
        "'\"\\/<&>%_*",
        "\u{1f600}",
    ] {
        let created = demo.post(&json!({ "name": name })).await;
        assert_eq!(created.status, 201, "{name}: {}", created.text());
        assert_eq!(created.json()["name"], name);
    }
    for name in [
        json!(""),
        json!("€".repeat(129)),
        json!("a\nb"),
        json!("\u{7f}"),
    ] {
        for answer in [
            demo.post(&json!({ "name": name })).await,
            demo.patch("any", &json!({ "name": name })).await,
        ] {
            answer.error(400, "InvalidRequest");
            assert_eq!(answer.targets(), ["/name"], "{name}");
        }
    }
}

#[tokio::test]
async fn taken_id_is_refused_in_any_case_and_in_its_tenant_only() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("contosoHR", "First")]).await;
    for id in ["contosoHR", "contosohr", "CONTOSOHR"] {
        let answer = demo.post(&json!({ "id": id, "name": "Second" })).await;
        let error = answer.error(409, "NameAlreadyExists");
        assert_eq!(
            error["message"],
            "The specified resource name already exists."
        );
        assert_eq!(answer.targets(), ["/id"]);
    }
    assert_eq!(demo.connection("contosoHR").await["name"], "First");
    let other = server.caller(&["--tenant", "fabrikam"]);
    other.create_all([("contosohr", "Theirs")]).await;
    assert_eq!(demo.pages(CONNECTIONS).await, [["contosoHR"]]);
}

#[tokio::test]
async fn authorized_apps_and_authorized_app_ids_are_synonyms() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let nothing = json!({ "name": "Any" });
    let configured =
        |configuration: Value| json!({ "name": "Any", "configuration": configuration });
    for (body, expected) in [
        (
            configured(json!({ "authorizedApps": ["a", "b"] })),
            json!(["a", "b"]),
        ),
        (
            configured(json!({ "authorizedAppIds": ["a", "b"] })),
            json!(["a", "b"]),
        ),
        (
            configured(json!({ "authorizedAppIds": ["c", "a"], "authorizedApps": ["a", "b"] })),
            json!(["a", "b", "c"]),
        ),
        (
            configured(json!({ "authorizedAppIds": ["a", "a"], "authorizedApps": ["a"] })),
            json!(["a"]),
        ),
        (
            configured(json!({ "authorizedAppIds": ["a"], "authorizedApps": [] })),
            json!(["a"]),
        ),
        // Nobody named: the calling app.
        (
            configured(json!({ "authorizedAppIds": [], "authorizedApps": [] })),
            json!([APP]),
        ),
        (configured(json!({ "authorizedAppIds": [] })), json!([APP])),
        (configured(json!({})), json!([APP])),
        (configured(Value::Null), json!([APP])),
        (nothing, json!([APP])),
    ] {
        let created = demo.post(&body).await;
        assert_eq!(created.status, 201, "{body}: {}", created.text());
        let created = created.json();
        let expected = json!({ "authorizedApps": expected, "authorizedAppIds": expected });
        assert_eq!(created["configuration"], expected, "{body}");
        let id = created["id"].as_str().expect("an id");
        assert_eq!(
            demo.connection(id).await["configuration"],
            expected,
            "{body}"
        );

        // And an update says it in the same words.
        demo.create_all([("updated", "Any")]).await;
        let answer = demo.patch("updated", &body).await;
        assert_eq!(answer.status, 204, "{body}: {}", answer.text());
        assert_eq!(
            demo.connection("updated").await["configuration"],
            expected,
            "{body}"
        );
        assert_eq!(demo.delete("updated").await.status, 202);
    }
}

/// Source: the request and response of the seed page; Graph itself sends none.
#[tokio::test]
async fn type_names_of_a_create_are_echoed_in_its_answer_alone() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let body = json!({
        "@odata.type": "#microsoft.graph.externalConnectors.externalConnection",
        "id": "typed",
        "name": "Any",
        "configuration": { "@odata.type": "any.type", "authorizedApps": ["a"] },
    });
    let created = demo.post(&body).await.json();
    assert_eq!(created["@odata.type"], body["@odata.type"]);
    assert_eq!(created["configuration"]["@odata.type"], "any.type");
    let read = demo.connection("typed").await;
    assert_eq!(read.get("@odata.type"), None);
    assert_eq!(
        read["configuration"],
        json!({ "authorizedApps": ["a"], "authorizedAppIds": ["a"] })
    );
}

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
            json!({ "complianceSettings": null, "enabledContentExperiences": null, "configuration": both(json!([APP])) }),
        ),
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
            json!({ "description": "New", "contentCategory": null }),
            "BadRequest",
            ["/contentCategory"],
        ),
        (
            json!({ "description": "New", "contentCategory": "Crm" }),
            "InvalidRequest",
            ["/contentCategory"],
        ),
        (
            json!({ "description": "New", "configuration": { "authorizedAppIds": null } }),
            "BadRequest",
            ["/configuration/authorizedAppIds"],
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
