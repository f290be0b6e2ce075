//! What differs from Microsoft Graph on purpose. `docs/differences.md` has the list, and names for each line a test that shows it:
//! these, where no other test does.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::DEMO_APP,
    harness::{Answer, Request, Server},
};

const ALL: &str = "/v1.0/external/connections";
const ONE: &str = "/v1.0/external/connections/contosohr";

/// Creates `contosohr` with these members beside `id` and `name`.
async fn create(server: &Server, members: Value) -> Value {
    let mut body = json!({ "id": "contosohr", "name": "Contoso HR" });
    let object = body.as_object_mut().expect("an object");
    object.extend(members.as_object().expect("an object").clone());
    let answer = server.send(Method::POST, ALL, Some(body)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

async fn get(server: &Server, path: &str) -> Answer {
    server.send(Method::GET, path, None).await
}

#[tokio::test]
async fn paths_beyond_connections_are_unknown_segments() {
    let server = Server::start();
    create(&server, json!({})).await;
    for (method, path, segment) in [
        (
            Method::POST,
            "/v1.0/external/connections/contosohr/fullRefresh/start",
            "fullRefresh",
        ),
        (Method::GET, "/beta/external/industryData", "industryData"),
        (Method::POST, "/v1.0/search/acronyms", "acronyms"),
        (Method::GET, "/v1.0/$metadata", "$metadata"),
    ] {
        let answer = server.send(method, path, None).await;
        let error = answer.error(400, "BadRequest");
        let message = format!("Resource not found for the segment '{segment}'.");
        assert_eq!(error["message"], message, "{path}");
    }
}

#[tokio::test]
async fn both_versions_serve_the_same_members() {
    let server = Server::start();
    let beta_members = json!({
        "contentCategory": "crm",
        "enabledContentExperiences": "search, compliance",
        "complianceSettings": { "eDiscoveryResultTemplates": [] },
    });
    create(&server, beta_members.clone()).await;
    let mut v1 = get(&server, ONE).await.json();
    let mut beta = get(&server, &ONE.replace("v1.0", "beta")).await.json();
    for (member, value) in beta_members.as_object().expect("an object") {
        assert_eq!(&v1[member], value);
    }
    assert_ne!(v1["@odata.context"].take(), beta["@odata.context"].take());
    assert_eq!(v1, beta);
}

#[tokio::test]
async fn any_type_name_is_accepted_and_echoed_by_the_create_alone() {
    let server = Server::start();
    let created = create(&server, json!({ "@odata.type": "#no.such.type" })).await;
    assert_eq!(created["@odata.type"], "#no.such.type");
    assert!(get(&server, ONE).await.json().get("@odata.type").is_none());
}

#[tokio::test]
async fn connection_out_of_reach_is_not_found() {
    let server = Server::start();
    create(&server, json!({})).await;
    let owned = "ExternalConnection.ReadWrite.OwnedBy";
    let stranger = server.token(&["--app", "stranger", "--permissions", owned]);
    for (method, body) in [
        (Method::GET, None),
        (Method::PATCH, Some(json!({ "name": "Mine" }))),
        (Method::DELETE, None),
    ] {
        let mut request = Request::new(method, ONE).bearer(&stranger);
        if let Some(body) = &body {
            request = request.json(body);
        }
        request.send(&server).await.error(404, "ItemNotFound");
    }
    assert_eq!(get(&server, ONE).await.json()["name"], "Contoso HR");
}

#[tokio::test]
async fn creator_keeps_access_to_a_connection_that_lists_others() {
    let server = Server::start();
    let owned = "ExternalConnection.ReadWrite.OwnedBy";
    let creator = server.token(&["--app", "creator", "--permissions", owned]);
    let body = json!({ "id": "contosohr", "name": "n", "configuration": { "authorizedAppIds": ["other"] } });
    let request = Request::new(Method::POST, ALL).bearer(&creator).json(&body);
    let created = request.send(&server).await;
    assert_eq!(
        created.json()["configuration"]["authorizedAppIds"],
        json!(["other"])
    );
    for app in ["creator", "other"] {
        let token = server.token(&["--app", app, "--permissions", owned]);
        let answer = Request::new(Method::GET, ONE)
            .bearer(&token)
            .send(&server)
            .await;
        assert_eq!(answer.status, 200, "{app}: {}", answer.text());
    }
}

#[tokio::test]
async fn both_names_of_the_app_list_are_answered_and_the_current_one_decides() {
    let server = Server::start();
    let configuration = json!({ "authorizedApps": ["a", "b"], "authorizedAppIds": ["b", "c"] });
    let created = create(&server, json!({ "configuration": configuration })).await;
    for name in ["authorizedApps", "authorizedAppIds"] {
        assert_eq!(created["configuration"][name], json!(["b", "c"]));
    }
    let stale = Some("/configuration/authorizedApps");
    for (apps, ids, kept, told) in [
        (json!(["a"]), json!(["b"]), json!(["b"]), stale),
        (json!(["b"]), Value::Null, json!([DEMO_APP]), stale),
        (json!(["b"]), json!([]), json!([DEMO_APP]), stale),
        (json!(["b"]), json!(["b", "a"]), json!(["b", "a"]), stale),
        (
            json!(["a", "b"]),
            json!(["b", "a"]),
            json!(["b", "a"]),
            None,
        ),
        (Value::Null, json!(["c"]), json!(["c"]), None),
    ] {
        let configuration = json!({ "authorizedApps": apps, "authorizedAppIds": ids });
        let body = json!({ "configuration": configuration });
        let answer = server.send(Method::PATCH, ONE, Some(body.clone())).await;
        assert_eq!(answer.status, 204, "{body}: {}", answer.text());
        assert_eq!(ignored(&answer), told, "{body}");
        let read = get(&server, ONE).await.json()["configuration"].take();
        assert_eq!(read["authorizedAppIds"], kept, "{body}");
    }
    let both = json!({ "authorizedApps": ["a"], "authorizedAppIds": null });
    let body = json!({ "name": "n", "configuration": both });
    let created = server.send(Method::POST, ALL, Some(body)).await;
    assert_eq!(ignored(&created), stale);
    let created = created.json()["configuration"].take();
    assert_eq!(created["authorizedApps"], json!([DEMO_APP]));
}

/// What clients do to take an app's access away: read the configuration, change the list, write it back.
#[tokio::test]
async fn app_is_revoked_by_reading_changing_and_writing_back() {
    let server = Server::start();
    let apps = json!({ "authorizedAppIds": ["kept", "revoked"] });
    let mut configuration =
        create(&server, json!({ "configuration": apps })).await["configuration"].take();
    let owned = "ExternalConnection.ReadWrite.OwnedBy";
    let revoked = server.token(&["--app", "revoked", "--permissions", owned]);
    let read = || {
        Request::new(Method::GET, ONE)
            .bearer(&revoked)
            .send(&server)
    };
    assert_eq!(read().await.status, 200);

    configuration["authorizedAppIds"] = json!(["kept"]);
    assert_eq!(configuration["authorizedApps"], json!(["kept", "revoked"]));
    let body = json!({ "configuration": configuration });
    let answer = server.send(Method::PATCH, ONE, Some(body)).await;
    assert_eq!(answer.status, 204, "{}", answer.text());

    read().await.error(404, "ItemNotFound");
    let configuration = get(&server, ONE).await.json()["configuration"].take();
    for name in ["authorizedApps", "authorizedAppIds"] {
        assert_eq!(configuration[name], json!(["kept"]));
    }
}

#[tokio::test]
async fn deleted_connection_is_gone_and_its_id_free_at_once() {
    let server = Server::start();
    for _ in 0..3 {
        create(&server, json!({})).await;
        let deleted = server.send(Method::DELETE, ONE, None).await;
        assert_eq!(deleted.status, 202);
        assert!(deleted.body.is_empty());
        get(&server, ONE).await.error(404, "ItemNotFound");
    }
}

#[tokio::test]
async fn state_is_draft_at_once_and_members_without_a_value_are_null() {
    let server = Server::start();
    let created = create(&server, json!({ "state": "ready" })).await;
    assert_eq!(created["state"], "draft");
    assert_eq!(created["contentCategory"], "uncategorized");
    for member in [
        "description",
        "connectorId",
        "activitySettings",
        "searchSettings",
        "complianceSettings",
        "enabledContentExperiences",
        "ingestedItemsCount",
    ] {
        assert_eq!(created.get(member), Some(&Value::Null), "{member}");
    }
}

#[tokio::test]
async fn update_ignores_what_cannot_be_changed() {
    let server = Server::start();
    create(&server, json!({ "connectorId": "c" })).await;
    let before = get(&server, ONE).await.json();
    let body = json!({ "id": "other", "state": "ready", "connectorId": "d" });
    let answer = server.send(Method::PATCH, ONE, Some(body)).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert_eq!(get(&server, ONE).await.json(), before);
}

#[tokio::test]
async fn errors_name_the_members_and_their_rules() {
    let server = Server::start();
    let body = json!({ "id": "abc", "name": "", "configuration": { "authorizedApps": [""] } });
    let answer = server.send(Method::POST, ALL, Some(body)).await;
    let error = answer.error(400, "InvalidRequest");
    assert_eq!(
        answer.targets(),
        ["/name", "/configuration/authorizedApps/0"]
    );
    assert!(
        error["details"][0]["message"]
            .as_str()
            .is_some_and(|rule| rule.contains('1'))
    );
}

/// To ignore the condition would be to lose somebody else's update.
#[tokio::test]
async fn writes_under_a_condition_change_nothing() {
    let server = Server::start();
    create(&server, json!({})).await;
    let token = server.token(&[]);
    let write = |method: &Method, path: &str, (name, value): (&str, &str)| {
        let request = Request::new(method.clone(), path).bearer(&token);
        let request = request.header(name, value);
        let request = match *method {
            Method::PATCH => request.json(&json!({ "name": "Changed" })),
            _ => request,
        };
        request.send(&server)
    };
    for method in [Method::PATCH, Method::DELETE] {
        for condition in [
            ("if-match", "\"1\""),
            ("if-match", "W/\"1\", *"),
            ("if-none-match", "*"),
        ] {
            let answer = write(&method, ONE, condition).await;
            answer.error(412, "PreconditionFailed");
            let missing = write(&method, &ONE.replace("contosohr", "missing"), condition).await;
            missing.error(404, "ItemNotFound");
        }
    }
    assert_eq!(get(&server, ONE).await.json()["name"], "Contoso HR");
    for (method, status, condition) in [
        (Method::PATCH, 204, ("if-none-match", "\"1\"")),
        (Method::PATCH, 204, ("if-match", "*")),
        (Method::DELETE, 202, ("if-match", " * ")),
    ] {
        let answer = write(&method, ONE, condition).await;
        assert_eq!(answer.status, status, "{condition:?}: {}", answer.text());
    }
}

#[tokio::test]
async fn query_options_are_refused_when_unknown_or_repeated() {
    let server = Server::start();
    for (query, target) in [
        ("$expand=items", "$expand"),
        ("$search=%22contoso%22", "$search"),
        ("$format=json", "$format"),
        ("top=1", "top"),
        ("unknown=1", "unknown"),
        ("$top=1&$top=2", "$top"),
        ("$top=1&$Top=1", "$top"),
    ] {
        let answer = get(&server, &format!("{ALL}?{query}")).await;
        answer.error(400, "BadRequest");
        assert_eq!(answer.targets(), [target], "{query}");
    }
    let beta = ALL.replace("v1.0", "beta");
    let answer = get(&server, &format!("{beta}?$top=1&top=1")).await;
    answer.error(400, "BadRequest");
    assert_eq!(answer.targets(), ["$top"]);
}

#[tokio::test]
async fn query_options_have_a_part_of_their_language() {
    let server = Server::start();
    for (query, target) in [
        ("$filter=name gt 'a'", "$filter"),
        ("$filter=endswith(name,'a')", "$filter"),
        ("$filter=tolower(name) eq 'a'", "$filter"),
        ("$filter=contentCategory eq 'crm'", "$filter"),
        ("$orderby=description", "$orderby"),
        ("$select=configuration/authorizedAppIds", "$select"),
        ("$top=1000", "$top"),
        ("$top=0", "$top"),
        ("$skip=100001", "$skip"),
    ] {
        let answer = get(&server, &format!("{ALL}?{}", query.replace(' ', "%20"))).await;
        answer.error(400, "BadRequest");
        assert_eq!(answer.targets(), [target], "{query}");
    }
    for query in [
        "$filter=not (contains(name,'x') or startswith(description,'y')) and state eq 'draft' and id ne 'z'",
        "$orderby=name desc,id",
        "$top=999&$skip=100000&$count=true&$select=id",
    ] {
        let answer = get(&server, &format!("{ALL}?{}", query.replace(' ', "%20"))).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    }
}

#[tokio::test]
async fn repeated_members_are_refused_and_unknown_ones_named() {
    let server = Server::start();
    let token = server.token(&[]);
    let post = |body: &'static str| {
        Request::new(Method::POST, ALL)
            .bearer(&token)
            .header("content-type", "application/json")
            .body(body)
            .send(&server)
    };
    let repeated = post(r#"{"id":"contosohr","name":"a","name":"b"}"#).await;
    repeated.error(400, "BadRequest");
    assert_eq!(repeated.targets(), ["/name"]);
    let unknown =
        post(r#"{"id":"contosohr","name":"a","unknown":1,"configuration":{"unknown":1}}"#).await;
    assert_eq!(unknown.status, 201, "{}", unknown.text());
    assert!(!unknown.text().contains("unknown"));
    assert_eq!(ignored(&unknown), Some("/configuration/unknown, /unknown"));
    let refused = post(r#"{"Name":"a","name":"","unknown":1}"#).await;
    refused.error(400, "InvalidRequest");
    assert_eq!(ignored(&refused), Some("/Name (name?), /unknown"));
    // An update says so too, since it changes nothing.
    for (body, expected) in [
        (r#"{"Name":"C"}"#, Some("/Name (name?)")),
        (
            r#"{"search_settings":null}"#,
            Some("/search_settings (searchSettings?)"),
        ),
        // Declared, and computed by the server.
        (r#"{"name":"C","state":"ready"}"#, None),
    ] {
        let patch = Request::new(Method::PATCH, ONE)
            .bearer(&token)
            .header("content-type", "application/json")
            .body(body);
        let answer = patch.send(&server).await;
        assert_eq!(answer.status, 204, "{}", answer.text());
        assert_eq!(ignored(&answer), expected, "{body}");
    }
    // The log has the declared names alone: one that a client made up may be anything.
    let log = server.log();
    assert!(log.contains("\"meant\":\"searchSettings\""), "{log}");
    assert!(!log.contains("search_settings"), "{log}");
}

/// The members that the answer names as ignored.
fn ignored(answer: &Answer) -> Option<&str> {
    let value = answer.headers.get("graph-connections-ignored")?;
    Some(value.to_str().expect("ASCII"))
}

#[tokio::test]
async fn texts_and_lists_have_bounds() {
    let server = Server::start();
    for (members, target) in [
        (json!({ "description": "x".repeat(10_001) }), "/description"),
        (
            json!({ "configuration": { "authorizedAppIds": vec!["x"; 257] } }),
            "/configuration/authorizedAppIds",
        ),
        (
            json!({ "configuration": { "authorizedApps": vec!["x"; 257] } }),
            "/configuration/authorizedApps",
        ),
        (json!({ "name": "x".repeat(129) }), "/name"),
        (json!({ "name": "a\u{7}" }), "/name"),
    ] {
        let mut body = json!({ "id": "contosohr", "name": "n" });
        let object = body.as_object_mut().expect("an object");
        object.extend(members.as_object().expect("an object").clone());
        let answer = server.send(Method::POST, ALL, Some(body)).await;
        answer.error(400, "InvalidRequest");
        assert_eq!(answer.targets(), [target]);
    }
    // Two names do not make a longer list.
    let apps = |name: &str| -> Vec<String> { (0..256).map(|n| format!("{name}{n}")).collect() };
    let both = json!({ "authorizedApps": apps("old"), "authorizedAppIds": apps("new") });
    let created = create(&server, json!({ "configuration": both })).await;
    let kept = created["configuration"]["authorizedAppIds"].as_array();
    assert_eq!(kept.map(Vec::len), Some(256));
}

/// Those of C1 steer terminals, those of bidirectional formatting make a text look like another.
#[tokio::test]
async fn control_and_bidirectional_characters_are_refused() {
    let server = Server::start();
    create(&server, json!({})).await;
    let resolver = |member: &str, text: &str| {
        let mut resolver = json!({ "@odata.type": "microsoft.graph.externalConnectors.itemIdResolver", "itemId": "x" });
        match member {
            "baseUrls" => resolver["urlMatchInfo"] = json!({ member: [text] }),
            "urlPattern" => resolver["urlMatchInfo"] = json!({ member: text }),
            _ => resolver[member] = json!(text),
        }
        json!({ "activitySettings": { "urlToItemResolvers": [resolver] } })
    };
    let rule = |property: &str, value: &str| {
        let rule = json!({ "property": property, "operation": "equals", "values": [value] });
        let template = json!({ "id": "t", "layout": {}, "rules": [rule] });
        json!({ "searchSettings": { "searchResultTemplates": [template] } })
    };
    let activity = "/activitySettings/urlToItemResolvers/0";
    for character in [
        '\0', '\u{1b}', '\u{7f}', '\u{80}', '\u{85}', '\u{9f}', '\u{61c}', '\u{200e}', '\u{200f}',
        '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}',
    ] {
        let text = format!("a{character}b");
        for (body, target) in [
            (json!({ "name": text }), "/name".to_owned()),
            (json!({ "description": text }), "/description".into()),
            (
                json!({ "configuration": { "authorizedApps": [text] } }),
                "/configuration/authorizedApps/0".into(),
            ),
            (
                json!({ "configuration": { "authorizedAppIds": [text] } }),
                "/configuration/authorizedAppIds/0".into(),
            ),
            (resolver("itemId", &text), format!("{activity}/itemId")),
            (
                resolver("baseUrls", &text),
                format!("{activity}/urlMatchInfo/baseUrls/0"),
            ),
            (
                resolver("urlPattern", &text),
                format!("{activity}/urlMatchInfo/urlPattern"),
            ),
            (
                rule(&text, "x"),
                "/searchSettings/searchResultTemplates/0/rules/0/property".into(),
            ),
            (
                rule("x", &text),
                "/searchSettings/searchResultTemplates/0/rules/0/values/0".into(),
            ),
        ] {
            let answer = server.send(Method::PATCH, ONE, Some(body)).await;
            answer.error(400, "InvalidRequest");
            assert_eq!(answer.targets(), [target], "U+{:04X}", u32::from(character));
        }
        for member in ["connectorId", "@odata.type"] {
            let body = json!({ "name": "n", member: text });
            let answer = server.send(Method::POST, ALL, Some(body)).await;
            answer.error(400, "InvalidRequest");
            assert_eq!(answer.targets(), [format!("/{member}")]);
        }
    }
    // A space that does not break, a joiner in an emoji, right-to-left letters; and in a description, lines.
    for body in [
        json!({ "name": "a\u{a0}b \u{1f468}\u{200d}\u{1f469} \u{5e9}\u{5dc}" }),
        json!({ "description": "a\tb\r\nc\u{2028}d" }),
    ] {
        let answer = server.send(Method::PATCH, ONE, Some(body.clone())).await;
        assert_eq!(answer.status, 204, "{body}: {}", answer.text());
    }
}

#[tokio::test]
async fn bodies_are_decoded_from_gzip_alone() {
    let server = Server::start();
    let token = server.token(&[]);
    let create = |coding: &str, body: Vec<u8>| {
        Request::new(Method::POST, ALL)
            .bearer(&token)
            .header("content-type", "application/json")
            .header("content-encoding", coding)
            .body(body)
    };
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(br#"{"id": "contosohr", "name": "Contoso HR"}"#)
        .expect("memory");
    let body = encoder.finish().expect("memory");
    let answer = create("br", body.clone()).send(&server).await;
    answer.error(415, "UnsupportedMediaType");
    assert_eq!(answer.header("accept-encoding"), "gzip, identity");
    let answer = create("gzip", body).send(&server).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["name"], "Contoso HR");
    // As many empty members as a body can have: reading each would take the time of others.
    let encoder = GzEncoder::new(Vec::new(), Compression::default());
    let empty = encoder.finish().expect("memory");
    let members = empty.repeat(3_900_000 / empty.len());
    let answer = create("gzip", members).send(&server).await;
    answer.error(400, "BadRequest");
    let detail = &answer.json()["error"]["details"][0];
    assert_eq!(detail["target"], "body");
    assert_eq!(detail["message"], "must have at most 100 gzip members");
}

#[tokio::test]
async fn number_of_connections_is_not_limited() {
    let server = Server::start();
    let client = server.client();
    // Source: Graph, API limits, 2023: 30 connections in a tenant.
    for number in 0..31 {
        let create = client.create_connection();
        let create = create.body_map(|body| body.id(format!("contoso{number}")).name("Contoso"));
        create.send().await.expect("created");
    }
    let count = client.count_connections().send().await.expect("a number");
    assert_eq!(count.into_inner(), 31);
}

#[tokio::test]
async fn layouts_are_kept_as_sent_and_url_patterns_checked() {
    let server = Server::start();
    let layout = json!({ "type": "NotACard", "body": 7, "nothing": null });
    let search =
        json!({ "searchResultTemplates": [{ "id": "t", "priority": 0, "layout": layout }] });
    let created = create(&server, json!({ "searchSettings": search })).await;
    assert_eq!(
        created["searchSettings"]["searchResultTemplates"][0]["layout"],
        layout
    );
    let resolver = json!({
        "@odata.type": "#microsoft.graph.externalConnectors.itemIdResolver",
        "itemId": "{id}",
        "urlMatchInfo": { "urlPattern": "(" },
    });
    let body = json!({ "activitySettings": { "urlToItemResolvers": [resolver] } });
    let answer = server.send(Method::PATCH, ONE, Some(body)).await;
    answer.error(400, "InvalidRequest");
    let pattern = "/activitySettings/urlToItemResolvers/0/urlMatchInfo/urlPattern";
    assert_eq!(answer.targets(), [pattern]);
}

#[tokio::test]
async fn create_says_where_the_connection_is() {
    let server = Server::start();
    let body = json!({ "id": "contosohr", "name": "n" });
    let answer = server.send(Method::POST, ALL, Some(body)).await;
    assert_eq!(answer.header("location"), format!("{}{ONE}", server.origin));
}

#[tokio::test]
async fn tickets_preferences_and_origins_have_no_effect() {
    let server = Server::start();
    let answer = Request::new(Method::POST, ALL)
        .bearer(&server.token(&[]))
        .header("graphconnectors-ticket", "none")
        .header("prefer", "return=minimal")
        .header("origin", "https://contoso.example")
        .json(&json!({ "name": "n", "connectorId": "c" }))
        .send(&server)
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["name"], "n");
    assert_eq!(answer.header("preference-applied"), "");
    assert_eq!(answer.header("access-control-allow-origin"), "");
}
