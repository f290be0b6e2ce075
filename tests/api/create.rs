//! Create: the rules of identifiers, names and lists of apps, and the answer.
//!
//! Source, where none is given: Microsoft Graph, externalConnection resource and the page of *Create*.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, DEMO_APP},
    harness::Server,
};

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
            "configuration": { "authorizedApps": [DEMO_APP], "authorizedAppIds": [DEMO_APP] },
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
        body.send().await
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
        json!("\u{85}"),
        json!("txt.\u{202e}exe"),
        json!("a\u{2028}b"),
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
            "The specified resource name already exists"
        );
        assert_eq!(answer.targets(), ["/id"]);
    }
    assert_eq!(demo.connection("contosoHR").await["name"], "First");
    let other = server.caller(&["--tenant", "fabrikam"]);
    other.create_all([("contosohr", "Theirs")]).await;
    assert_eq!(demo.pages(CONNECTIONS).await, [["contosoHR"]]);
}

#[tokio::test]
async fn either_name_of_the_app_list_is_read_and_the_current_one_decides() {
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
            json!(["c", "a"]),
        ),
        (
            configured(json!({ "authorizedAppIds": ["a", "a"], "authorizedApps": ["a"] })),
            json!(["a"]),
        ),
        (
            configured(json!({ "authorizedAppIds": ["a"], "authorizedApps": [] })),
            json!(["a"]),
        ),
        (
            configured(json!({ "authorizedAppIds": [], "authorizedApps": ["a"] })),
            json!([DEMO_APP]),
        ),
        // Nobody named: the calling app.
        (
            configured(json!({ "authorizedAppIds": [], "authorizedApps": [] })),
            json!([DEMO_APP]),
        ),
        (
            configured(json!({ "authorizedAppIds": [] })),
            json!([DEMO_APP]),
        ),
        (configured(json!({})), json!([DEMO_APP])),
        (configured(Value::Null), json!([DEMO_APP])),
        (nothing, json!([DEMO_APP])),
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
