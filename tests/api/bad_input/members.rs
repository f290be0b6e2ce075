//! Members that break a rule of theirs: type, length, characters, count, allowed values.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Address, Bench, creates, writes_of};

/// Another JSON type, or `null` where it is not allowed.
pub(super) const WRONG_TYPE: &str = "BadRequest";
/// A value outside the rules, or none.
pub(super) const WRONG_VALUE: &str = "InvalidRequest";

/// Asserts that each operation refuses each body for its one fault. Bodies get a name if they have none.
pub(super) async fn refused(operations: &[Address], cases: &[(Value, &str, &str)]) {
    let bench = Bench::start().await;
    for (method, path) in operations {
        for (members, code, target) in cases {
            let mut body = json!({ "name": "Changed", "description": "Changed" });
            let members = members.as_object().expect("an object").clone();
            body.as_object_mut().expect("an object").extend(members);
            let case: String = body.to_string().chars().take(500).collect();
            let request = bench.write(method.clone(), path, body.to_string());
            bench.refuses(&case, request, (400, code, target)).await;
        }
    }
}

#[tokio::test]
async fn members_of_a_connection_have_types_and_bounds() {
    let (name, description) = ("/name", "/description");
    let (content, category) = ("/enabledContentExperiences", "/contentCategory");
    let configuration = "/configuration";
    let cases = [
        (json!({ "name": null }), WRONG_TYPE, name),
        (json!({ "name": 1 }), WRONG_TYPE, name),
        (json!({ "name": true }), WRONG_TYPE, name),
        (json!({ "name": ["x"] }), WRONG_TYPE, name),
        (json!({ "name": { "x": "y" } }), WRONG_TYPE, name),
        (json!({ "name": "" }), WRONG_VALUE, name),
        (json!({ "name": "ä".repeat(129) }), WRONG_VALUE, name),
        (json!({ "name": "a\u{0}b" }), WRONG_VALUE, name),
        (json!({ "name": "a\nb" }), WRONG_VALUE, name),
        (json!({ "name": "a\u{1b}[31mb" }), WRONG_VALUE, name),
        (json!({ "name": "a\u{7f}b" }), WRONG_VALUE, name),
        (json!({ "description": 1 }), WRONG_TYPE, description),
        (json!({ "description": {} }), WRONG_TYPE, description),
        (
            json!({ "description": "x".repeat(10_001) }),
            WRONG_VALUE,
            description,
        ),
        (
            json!({ "description": "a\u{8}b" }),
            WRONG_VALUE,
            description,
        ),
        (json!({ "contentCategory": 1 }), WRONG_TYPE, category),
        (json!({ "contentCategory": "" }), WRONG_VALUE, category),
        (
            json!({ "contentCategory": "novels" }),
            WRONG_VALUE,
            category,
        ),
        (
            json!({ "enabledContentExperiences": ["search", 1] }),
            WRONG_TYPE,
            content,
        ),
        (
            json!({ "enabledContentExperiences": ["search", ""] }),
            WRONG_VALUE,
            content,
        ),
        (
            json!({ "enabledContentExperiences": "search,," }),
            WRONG_VALUE,
            content,
        ),
        (
            json!({ "enabledContentExperiences": "search;compliance" }),
            WRONG_VALUE,
            content,
        ),
        (json!({ "configuration": 1 }), WRONG_TYPE, configuration),
        (json!({ "configuration": "x" }), WRONG_TYPE, configuration),
        (json!({ "configuration": [] }), WRONG_TYPE, configuration),
    ];
    refused(&writes_of("name"), &cases).await;
}

#[tokio::test]
async fn authorized_apps_are_counted_and_checked() {
    let mut cases = Vec::new();
    for list in ["authorizedApps", "authorizedAppIds"] {
        let all = format!("/configuration/{list}");
        let second = format!("{all}/1");
        for (apps, code, target) in [
            (json!("x"), WRONG_TYPE, &all),
            (json!({ "0": "x" }), WRONG_TYPE, &all),
            (json!(vec!["x"; 257]), WRONG_VALUE, &all),
            (json!(["x", 1]), WRONG_TYPE, &second),
            (json!(["x", null]), WRONG_TYPE, &second),
            (json!(["x", ["x"]]), WRONG_TYPE, &second),
            (json!(["x", ""]), WRONG_VALUE, &second),
            (json!(["x", "x".repeat(257)]), WRONG_VALUE, &second),
            (json!(["x", "a\u{0}b"]), WRONG_VALUE, &second),
            (json!(["x", "a\r\nb"]), WRONG_VALUE, &second),
        ] {
            let body = json!({ "configuration": { list: apps } });
            cases.push((body, code, target.clone()));
        }
    }
    let body = json!({ "configuration": { "@odata.type": 1, "authorizedApps": ["x"] } });
    cases.push((body, WRONG_TYPE, "/configuration/@odata.type".into()));
    let cases: Vec<_> = cases
        .iter()
        .map(|(body, code, target)| (body.clone(), *code, target.as_str()))
        .collect();
    refused(&writes_of("name"), &cases).await;
}

#[tokio::test]
async fn members_of_a_create_are_checked() {
    let (id, connector, odata_type) = ("/id", "/connectorId", "/@odata.type");
    let mut cases = vec![
        (json!({ "id": 123 }), WRONG_TYPE, id),
        (json!({ "id": ["abc"] }), WRONG_TYPE, id),
        (json!({ "id": "" }), WRONG_VALUE, id),
        (json!({ "id": "ab" }), WRONG_VALUE, id),
        (json!({ "id": "a".repeat(33) }), WRONG_VALUE, id),
        (json!({ "id": "a".repeat(129) }), WRONG_VALUE, id),
        (json!({ "connectorId": 1 }), WRONG_TYPE, connector),
        (
            json!({ "connectorId": "x".repeat(129) }),
            WRONG_VALUE,
            connector,
        ),
        (json!({ "connectorId": "a\u{0}b" }), WRONG_VALUE, connector),
        (json!({ "@odata.type": 1 }), WRONG_TYPE, odata_type),
        (
            json!({ "@odata.type": "x".repeat(257) }),
            WRONG_VALUE,
            odata_type,
        ),
        (json!({ "@odata.type": "a\nb" }), WRONG_VALUE, odata_type),
    ];
    for text in [
        "a-b",
        "a_b",
        "a b",
        "a.b",
        "a/b",
        "../",
        "a%20b",
        "äbc",
        "日本語",
        "аbс",
        "abc\u{0}",
        "abc\n",
        "abc\u{301}",
        "١٢٣",
        "$ref",
        "$count",
        "'abc'",
    ] {
        cases.push((json!({ "id": text }), WRONG_VALUE, id));
    }
    // Source: Graph, externalConnection resource, property `id`; and its 2020 edition for `MicrosoftSearch`.
    for reserved in [
        "None",
        "Directory",
        "Exchange",
        "ExchangeArchive",
        "LinkedIn",
        "Mailbox",
        "OneDriveBusiness",
        "SharePoint",
        "Teams",
        "Yammer",
        "Connectors",
        "TaskFabric",
        "PowerBI",
        "Assistant",
        "TopicEngine",
        "MSFT_All_Connectors",
        "Microsoft",
        "MicrosoftSearch",
        "MicrosoftAnything",
    ] {
        for spelling in [
            reserved.to_owned(),
            reserved.to_lowercase(),
            reserved.to_uppercase(),
        ] {
            cases.push((json!({ "id": spelling }), WRONG_VALUE, id));
        }
    }
    refused(&creates(), &cases).await;
}

#[tokio::test]
async fn what_is_needed_must_be_there() {
    let bench = Bench::start().await;
    for (method, path) in &creates() {
        for body in ["{}", "{\"Name\": \"Changed\"}", "{\"id\": \"changed\"}"] {
            let request = bench.write(method.clone(), path, body);
            bench
                .refuses(body, request, (400, WRONG_VALUE, "/name"))
                .await;
        }
    }
}

#[tokio::test]
async fn identifiers_have_3_to_32_characters() {
    let bench = Bench::start().await;
    for (method, path) in &creates() {
        for id in [
            method.as_str()[..3].to_owned(),
            "a".repeat(32),
            "123".into(),
            "nonesuch".into(),
        ] {
            let body = json!({ "id": id, "name": "x" }).to_string();
            let answer = bench
                .write(method.clone(), path, body)
                .send(&bench.server)
                .await;
            assert_eq!(answer.status, 201, "{}", answer.text());
            let address = format!("{}/{id}", super::COLLECTION);
            let deleted = bench
                .request(Method::DELETE, &address)
                .send(&bench.server)
                .await;
            assert_eq!(deleted.status, 202, "{}", deleted.text());
        }
    }
}
