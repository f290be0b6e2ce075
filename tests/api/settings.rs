//! `activitySettings`, `searchSettings` and `complianceSettings`: kept as sent, or refused with the place of the fault.
//!
//! Source: Microsoft Graph, resources activitySettings, itemIdResolver, searchSettings, displayTemplate, propertyRule.

use graph_connections::client::types;
use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, DEMO_APP},
    harness::Server,
};

const RESOLVER: &str = "#microsoft.graph.externalConnectors.itemIdResolver";

fn resolver() -> Value {
    json!({
        "@odata.type": RESOLVER,
        "priority": 1,
        "itemId": "{slug}-{näme}",
        "urlMatchInfo": {
            "baseUrls": ["https://contoso.com", "https://contoso.com/ä?q=1&r=%20"],
            "urlPattern": "/(?<slug>[^/]+)/(?<näme>\\p{L}|\\d{1,3})?$",
        },
    })
}

fn template(id: &str) -> Value {
    json!({
        "id": id,
        "layout": { "type": "AdaptiveCard", "version": "1.3", "body": [{ "text": "${title}" }] },
        "priority": 2_147_483_647,
        "rules": [
            { "property": "label", "operation": "startsWith", "values": ["a", "", "ü\n\u{1f600}"], "valuesJoinedBy": "or" },
            { "property": "label", "operation": "null", "values": [], "valuesJoinedBy": "and" },
        ],
    })
}

#[tokio::test]
async fn settings_come_back_as_sent() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let body = json!({
        "id": "contosohr",
        "name": "Contoso HR",
        "description": "First line\r\n\tsecond — ünïcode \u{1f600} '\"\\",
        "contentCategory": "unknownFutureValue",
        "connectorId": "02a7b4ad-7e3b-4b8a-9a9d-4b3c7c9b1b11",
        "activitySettings": { "urlToItemResolvers": [resolver(), { "@odata.type": RESOLVER, "priority": null, "itemId": "x", "urlMatchInfo": null }] },
        "searchSettings": { "searchResultTemplates": [template("first"), template("Second16Letters1")] },
        "complianceSettings": { "eDiscoveryResultTemplates": [template("1")] },
        "enabledContentExperiences": "search, compliance",
    });
    let created = demo.post(&body).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let read = demo.connection("contosohr").await;
    assert_eq!(created.json(), read);
    for (member, sent) in body.as_object().expect("an object") {
        // As text, so that the order of the members counts.
        assert_eq!(read[member].to_string(), sent.to_string(), "{member}");
    }
    assert_eq!(
        demo.read(CONNECTIONS).await["value"][0]["searchSettings"],
        body["searchSettings"]
    );

    // An update with what was read changes nothing.
    assert_eq!(demo.patch("contosohr", &read).await.status, 204);
    assert_eq!(demo.connection("contosohr").await, read);

    let typed = server
        .client()
        .get_connection()
        .connection_id("contosohr")
        .send()
        .await;
    let typed = typed.expect("typed").into_inner();
    let resolvers = typed
        .activity_settings
        .and_then(|settings| settings.url_to_item_resolvers);
    let first = &resolvers.expect("resolvers")[0];
    assert_eq!(first.item_id, "{slug}-{näme}");
    let templates = typed
        .search_settings
        .and_then(|settings| settings.search_result_templates);
    let rules = templates.expect("templates")[0].rules.clone();
    assert_eq!(
        rules.expect("rules")[1].operation,
        Some(types::RuleOperation::Null)
    );
}

#[tokio::test]
async fn resolver_has_its_type_in_one_spelling() {
    let server = Server::start();
    let demo = server.caller(&[]);
    for (index, written) in [RESOLVER, &RESOLVER[1..]].into_iter().enumerate() {
        let id = format!("resolver{index}");
        let settings = json!({ "urlToItemResolvers": [{ "@odata.type": written, "itemId": "x" }] });
        let created = demo
            .post(&json!({ "id": id, "name": "Any", "activitySettings": settings }))
            .await;
        assert_eq!(created.status, 201, "{}", created.text());
        assert_eq!(
            demo.connection(&id).await["activitySettings"]["urlToItemResolvers"],
            json!([{ "@odata.type": RESOLVER, "priority": null, "itemId": "x", "urlMatchInfo": null }])
        );
    }
}

/// SDKs leave out what is not set, and PnP's `nodejs-typescript-github` never sets a priority.
#[tokio::test]
async fn what_clients_leave_out_of_settings_is_filled_in() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let template = json!({ "id": "t", "layout": {}, "rules": [{ "property": "p" }] });
    let settings = json!({ "searchResultTemplates": [template, { "id": "u", "layout": {} }] });
    let created = demo
        .post(&json!({ "id": "first", "name": "Any", "searchSettings": settings }))
        .await;
    assert_eq!(created.status, 201, "{}", created.text());
    let compliance = json!({ "eDiscoveryResultTemplates": settings["searchResultTemplates"] });
    let updated = demo
        .patch("first", &json!({ "complianceSettings": compliance }))
        .await;
    assert_eq!(updated.status, 204, "{}", updated.text());
    let read = demo.connection("first").await;
    assert_eq!(created.json()["searchSettings"], read["searchSettings"]);
    for templates in [
        &read["searchSettings"]["searchResultTemplates"],
        &read["complianceSettings"]["eDiscoveryResultTemplates"],
    ] {
        let rule =
            json!({ "property": "p", "operation": "null", "values": [], "valuesJoinedBy": "or" });
        let filled = json!([
            { "id": "t", "layout": {}, "priority": 0, "rules": [rule] },
            { "id": "u", "layout": {}, "priority": 0, "rules": null },
        ]);
        assert_eq!(*templates, filled);
    }
    // What was read can be written back.
    assert_eq!(demo.patch("first", &read).await.status, 204);
    assert_eq!(demo.connection("first").await, read);
}

/// Lenient in, strict out: forms that public connectors and serialisers of other languages send.
#[tokio::test]
async fn other_forms_of_members_are_taken_and_answered_in_graphs_own() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let rule = json!({ "property": "p", "operation": "StartsWith", "values": ["a"], "valuesJoinedBy": "AND" });
    let template = json!({ "id": "t", "layout": {}, "priority": null, "rules": [rule, { "property": "p", "operation": null, "values": null, "valuesJoinedBy": null }] });
    let body = json!({
        "@odata.type": null,
        "id": null,
        "name": "Any",
        "contentCategory": "KnowledgeBase",
        "configuration": { "@odata.type": null, "authorizedApps": null, "authorizedAppIds": ["a"] },
        "enabledContentExperiences": ["search", "compliance"],
        "searchSettings": { "searchResultTemplates": [template] },
    });
    let created = demo.post(&body).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let created = created.json();
    assert_eq!(created["contentCategory"], "knowledgeBase");
    assert_eq!(created["enabledContentExperiences"], "search, compliance");
    assert_eq!(created["configuration"]["authorizedAppIds"], json!(["a"]));
    let template = &created["searchSettings"]["searchResultTemplates"][0];
    assert_eq!(template["priority"], 0);
    assert_eq!(
        template["rules"],
        json!([
            { "property": "p", "operation": "startsWith", "values": ["a"], "valuesJoinedBy": "and" },
            { "property": "p", "operation": "null", "values": [], "valuesJoinedBy": "or" },
        ])
    );
    let id = created["id"].as_str().expect("an id");
    for (sent, answered) in [
        (json!("compliance,search"), json!("search, compliance")),
        (json!(["search"]), json!("search")),
        (json!("search"), json!("search")),
        (Value::Null, Value::Null),
        (
            json!([" Compliance", "SEARCH ", "search"]),
            json!("search, compliance"),
        ),
        (json!([]), Value::Null),
        (
            json!(" Search ,compliance,Compliance"),
            json!("search, compliance"),
        ),
        (json!(""), Value::Null),
    ] {
        let update = json!({ "enabledContentExperiences": sent, "contentCategory": "CRM" });
        assert_eq!(demo.patch(id, &update).await.status, 204, "{update}");
        let read = demo.connection(id).await;
        assert_eq!(read["enabledContentExperiences"], answered);
        assert_eq!(read["contentCategory"], "crm");
    }
    let update = json!({ "enabledContentExperiences": ["search", "MicrosoftSearch"] });
    let error = demo.patch(id, &update).await.error(400, "InvalidRequest");
    assert_eq!(
        error["details"][0]["message"],
        "must be search, compliance or both, separated by commas"
    );
    // `null` is a member that is not set: the category stays, and the list names nobody.
    let update = json!({ "contentCategory": null, "configuration": { "authorizedAppIds": null } });
    assert_eq!(demo.patch(id, &update).await.status, 204);
    let read = demo.connection(id).await;
    assert_eq!(read["contentCategory"], "crm");
    assert_eq!(read["configuration"]["authorizedAppIds"], json!([DEMO_APP]));
}

/// A layout is a document of somebody else: nothing in it may be understood, sorted or rounded.
#[tokio::test]
async fn layout_is_kept_byte_for_byte() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let layout = concat!(
        r#"{"z":1,"a":1.0,"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","Z":-0.0,"":null,"#,
        r#""numbers":[0,-1,1e2,1E+2,1.10,1.5e-300,18446744073709551616,123456789012345678901234567890,0.1],"#,
        r#""text":"${title} \u0000 \u00fc \/ \"\\ 😀 é é", "spaced" : [ 1 , { } ],"@odata.type":"x","nested":{"b":{},"a":[[],[{}],true,false]}}"#
    );
    let body = format!(
        r#"{{"id":"layout","name":"Any","searchSettings":{{"searchResultTemplates":[{{"id":"t","priority":0,"layout":{layout}}}]}}}}"#
    );
    let request = demo
        .request(reqwest::Method::POST, CONNECTIONS)
        .header("content-type", "application/json")
        .body(body);
    let created = demo.send(request).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let kept = format!(r#""layout":{layout}"#);
    for answer in [
        created,
        demo.get(&format!("{CONNECTIONS}/layout")).await,
        demo.get(CONNECTIONS).await,
    ] {
        let text = answer.text();
        assert!(text.contains(&kept), "{text}");
    }
}

/// Whatever is accepted can be read again: a list puts two levels around a connection, and readers bound the depth
/// (serde_json at 128, .NET's System.Text.Json at 64).
#[tokio::test]
async fn deepest_layout_that_is_accepted_can_be_listed() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let nested = |levels: usize| {
        let layout = (1..levels).fold(json!({}), |inner, _| json!({ "a": inner }));
        let template = json!({ "id": "t", "priority": 0, "layout": layout });
        json!({ "name": "Any", "searchSettings": { "searchResultTemplates": [template] } })
    };
    let mut deepest = 0;
    for levels in (16..128).step_by(2) {
        let answer = demo.post(&nested(levels)).await;
        if answer.status != 201 {
            answer.error(400, "BadRequest");
            break;
        }
        deepest = levels;
    }
    assert!(deepest >= 50, "{deepest}");
    let list = server.client().list_connections().send().await;
    list.unwrap_or_else(|error| panic!("{error:?}"));
    let depth = |text: &str| {
        let level = |depth: &mut i32, byte| {
            *depth +=
                i32::from(byte == b'{' || byte == b'[') - i32::from(byte == b'}' || byte == b']');
            Some(*depth)
        };
        text.bytes().scan(0, level).max()
    };
    let list = demo.get(CONNECTIONS).await.text();
    assert!(depth(&list) <= Some(64), "{:?}", depth(&list));
}

#[tokio::test]
async fn broken_settings_are_refused_with_their_place() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("contosohr", "Any")]).await;
    let before = demo.connection("contosohr").await;

    let templates =
        |templates: Value| json!({ "searchSettings": { "searchResultTemplates": templates } });
    let with = |member: &str, value: Value| {
        let mut template = template("t1");
        template[member] = value;
        templates(json!([template]))
    };
    let resolver_with = |pointer: &str, value: Value| {
        let mut resolver = resolver();
        *resolver.pointer_mut(pointer).expect("there") = value;
        json!({ "activitySettings": { "urlToItemResolvers": [resolver] } })
    };
    let without = |member: &str| {
        let mut resolver = resolver();
        resolver.as_object_mut().expect("an object").remove(member);
        json!({ "activitySettings": { "urlToItemResolvers": [resolver] } })
    };
    let rule = |rule: Value| with("rules", json!([rule]));
    let search = "/searchSettings/searchResultTemplates";
    let activity = "/activitySettings/urlToItemResolvers/0";

    for (settings, target) in [
        (templates(json!([template("a"), template("b"), template("c")])), search.to_owned()),
        (with("id", json!("")), format!("{search}/0/id")),
        (with("id", json!("a-b")), format!("{search}/0/id")),
        (with("id", json!("a".repeat(17))), format!("{search}/0/id")),
        (with("priority", json!(-1)), format!("{search}/0/priority")),
        (with("priority", json!(1.5)), format!("{search}/0/priority")),
        (with("priority", json!(2_147_483_648_u32)), format!("{search}/0/priority")),
        (with("layout", json!("{}")), format!("{search}/0/layout")),
        (with("layout", json!([])), format!("{search}/0/layout")),
        (with("layout", Value::Null), format!("{search}/0/layout")),
        (
            rule(json!({ "property": "p", "operation": "is", "values": [], "valuesJoinedBy": "or" })),
            format!("{search}/0/rules/0/operation"),
        ),
        (
            rule(json!({ "property": "p", "operation": "equals", "values": [], "valuesJoinedBy": "xor" })),
            format!("{search}/0/rules/0/valuesJoinedBy"),
        ),
        (
            rule(json!({ "property": "p", "operation": "equals", "values": [null], "valuesJoinedBy": "or" })),
            format!("{search}/0/rules/0/values/0"),
        ),
        (
            json!({ "complianceSettings": { "eDiscoveryResultTemplates": [{ "layout": {}, "priority": 0 }] } }),
            "/complianceSettings/eDiscoveryResultTemplates/0/id".to_owned(),
        ),
        (rule(json!({ "operation": "equals" })), format!("{search}/0/rules/0/property")),
        (without("@odata.type"), format!("{activity}/@odata.type")),
        (without("itemId"), format!("{activity}/itemId")),
        (resolver_with("/@odata.type", json!("#microsoft.graph.user")), format!("{activity}/@odata.type")),
        (resolver_with("/itemId", json!("")), format!("{activity}/itemId")),
        (resolver_with("/priority", json!(-1)), format!("{activity}/priority")),
        (
            resolver_with("/urlMatchInfo/baseUrls", json!(["https://contoso.com", ""])),
            format!("{activity}/urlMatchInfo/baseUrls/1"),
        ),
    ]
    .into_iter()
    .chain(
        // Source: ECMA-262, section 22.2.1; the last two bound what it costs to read a pattern.
        ["(", "[z-a]", "a{2,1}", "(?<a>x)(?<a>y)", "\\k<b>(?<a>x)", &"x".repeat(1025), &"(".repeat(101)].map(|pattern| {
            let settings = resolver_with("/urlMatchInfo/urlPattern", json!(pattern));
            (settings, format!("{activity}/urlMatchInfo/urlPattern"))
        }),
    ) {
        let mut body = settings.clone();
        body["name"] = json!("New");
        for answer in [demo.post(&body).await, demo.patch("contosohr", &body).await] {
            assert_eq!(answer.status, 400, "{settings}: {}", answer.text());
            assert_eq!(answer.targets(), [target.as_str()], "{settings}");
        }
    }
    assert_eq!(demo.connection("contosohr").await, before);
    assert_eq!(demo.pages(CONNECTIONS).await, [["contosohr"]]);
}

/// Reading a pattern costs stack for each level of its groups: too many must be refused before they are read.
#[tokio::test]
async fn pattern_of_nested_groups_is_bounded() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let body = |pattern: String| {
        let resolver = json!({ "@odata.type": RESOLVER, "itemId": "x", "urlMatchInfo": { "urlPattern": pattern } });
        json!({ "name": "Any", "activitySettings": { "urlToItemResolvers": [resolver] } })
    };
    for open in ["(", "(?:", "(?=", "(?<!", "[(]("] {
        for (levels, status) in [(50, 201), (150, 400), (500, 400)] {
            let pattern = open.repeat(levels) + "x" + &")".repeat(levels);
            let answer = demo.post(&body(pattern)).await;
            assert_eq!(
                answer.status,
                status,
                "{levels} of {open}: {}",
                answer.text()
            );
        }
    }
}
