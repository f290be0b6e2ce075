//! What public connectors send, `tests/fixtures/corpus`: taken and read back whole, or refused with the member's name.

use std::{fs, path::Path};

use reqwest::Method;
use serde_json::{Value, json};

use crate::{caller::CONNECTIONS, harness::Server};

/// The files of a folder of the corpus, with their names.
fn corpus(folder: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/corpus")
        .join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|file| {
            let path = file.expect("a file").path();
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let text = fs::read_to_string(path).expect("UTF-8");
            (name, serde_json::from_str(&text).expect("JSON"))
        })
        .collect();
    files.sort_by(|(one, _), (other, _)| one.cmp(other));
    assert!(files.len() > 10);
    files
}

/// Asserts that what was sent is there. What was read may have more members.
fn assert_has(read: &Value, sent: &Value, place: &str) {
    match (read, sent) {
        (Value::Object(read), Value::Object(sent)) => {
            for (name, sent) in sent {
                let read = read.get(name).unwrap_or(&Value::Null);
                assert_has(read, sent, &format!("{place}/{name}"));
            }
        }
        (Value::Array(read), Value::Array(sent)) if read.len() == sent.len() => {
            for (index, (read, sent)) in read.iter().zip(sent).enumerate() {
                assert_has(read, sent, &format!("{place}/{index}"));
            }
        }
        _ => assert_eq!(read, sent, "{place}"),
    }
}

#[tokio::test]
async fn connections_of_public_connectors_are_taken_or_refused_by_name() {
    let server = Server::start();
    let demo = server.caller(&[]);
    for (file, mut body) in corpus("connections") {
        let refused = match file.as_str() {
            // A misprint of the page of `GraphConnectors-Ticket`: Graph has no such experiences.
            "teams-sample.json" => Some("/enabledContentExperiences"),
            "ts-ngoaid.json" => Some("/activitySettings/urlToItemResolvers/0/itemId"),
            _ => None,
        };
        let answer = demo.post(&body).await;
        if let Some(target) = refused {
            assert_eq!(answer.status, 400, "{file}: {}", answer.text());
            assert_eq!(answer.targets(), [target], "{file}");
            continue;
        }
        assert_eq!(answer.status, 201, "{file}: {}", answer.text());
        // Nobody named is the calling app; experiences are answered as one string; Graph has no such member.
        if body["configuration"]["authorizedAppIds"] == json!([]) {
            body["configuration"].take();
            body.as_object_mut()
                .expect("an object")
                .remove("configuration");
        }
        if body["enabledContentExperiences"].is_array() {
            assert_eq!(body["enabledContentExperiences"].take(), json!(["search"]));
            body["enabledContentExperiences"] = json!("search");
        }
        body.as_object_mut().expect("an object").remove("appInfo");
        let id = body["id"].as_str().expect("an id");
        assert_has(&demo.connection(id).await, &body, &file);
        // Some of them have the same identifier.
        assert_eq!(demo.delete(id).await.status, 202);
    }
}

#[tokio::test]
async fn layouts_of_public_connectors_are_kept() {
    let server = Server::start();
    let demo = server.caller(&[]);
    for (file, template) in corpus("templates") {
        let layout = &template["layout"];
        let templates = json!({ "searchResultTemplates": [{ "id": "t", "layout": layout }] });
        let created = demo
            .post(&json!({ "name": file, "searchSettings": templates }))
            .await;
        assert_eq!(created.status, 201, "{file}: {}", created.text());
        let location = created.header("location").to_owned();
        let read = demo.read(demo.path(&location)).await;
        let read = &read["searchSettings"]["searchResultTemplates"][0]["layout"];
        assert_eq!(read.to_string(), layout.to_string(), "{file}");
    }
    let list = demo.read(CONNECTIONS).await;
    assert!(list["value"].as_array().is_some_and(|all| all.len() > 10));
}

#[tokio::test]
async fn schemas_of_public_connectors_are_taken_whole() {
    let server = Server::start();
    let demo = server.caller(&[]);
    for (index, (file, body)) in corpus("schemas").into_iter().enumerate() {
        let id = format!("connector{index}");
        demo.create_all([(id.as_str(), "Connector")]).await;
        let path = format!("{CONNECTIONS}/{id}/schema");
        let answer = demo
            .send(demo.request(Method::PATCH, &path).json(&body))
            .await;
        assert_eq!(answer.status, 202, "{file}: {}", answer.text());
        let read = demo.request(Method::GET, &path);
        let read = read.header("prefer", "include-unknown-enum-members");
        let read = demo.send(read).await.json();
        let properties = |schema: &Value| schema["properties"].as_array().expect("a list").clone();
        let (read, sent) = (properties(&read), properties(&body));
        assert_eq!(read.len(), sent.len(), "{file}");
        for (read, sent) in read.iter().zip(&sent) {
            let place = format!("{file} {}", sent["name"]);
            assert_eq!(read["name"], sent["name"], "{place}");
            let lower = |value: &Value| value.as_str().unwrap_or_default().to_lowercase();
            assert_eq!(lower(&read["type"]), lower(&sent["type"]), "{place}");
            for flag in [
                "isSearchable",
                "isQueryable",
                "isRetrievable",
                "isRefinable",
            ] {
                let sent = sent[flag] == true || lower(&sent[flag]) == "true";
                assert_eq!(read[flag], sent, "{place} {flag}");
            }
            for list in ["labels", "aliases"] {
                let sent = sent[list].as_array().cloned().unwrap_or_default();
                assert_eq!(read[list], json!(sent), "{place} {list}");
            }
            assert_eq!(read["description"], sent["description"], "{place}");
        }
        assert_eq!(demo.connection(&id).await["state"], "ready", "{file}");
    }
}

/// The type that a schema has for a property of an item, if the item does not show it.
fn type_of(file: &str, name: &str, properties: &Value) -> &'static str {
    match (file, name) {
        ("ps-restcountries-decimal-area.json", "areaInSqKm") | ("pnp-ps.json", "count") => "int64",
        ("pnp-ps.json", "flag") => "boolean",
        (_, "created" | "lastModified" | "date" | "updatedAt" | "createdDateTime") => "dateTime",
        _ => match (
            &properties[name],
            properties[format!("{name}@odata.type")].as_str(),
        ) {
            (_, Some("Collection(DateTimeOffset)")) => "dateTimeCollection",
            (_, Some("Collection(Double)")) => "doubleCollection",
            (Value::Array(_), _) => "stringCollection",
            (Value::Number(_), _) => "double",
            _ => "string",
        },
    }
}

#[tokio::test]
async fn items_of_public_connectors_are_taken_or_refused_by_name() {
    let server = Server::start();
    let demo = server.caller(&[]);
    for (index, (file, body)) in corpus("items").into_iter().enumerate() {
        let id = format!("connector{index}");
        demo.create_all([(id.as_str(), "Connector")]).await;
        let properties = &body["properties"];
        let names = properties.as_object().expect("an object").keys();
        let names = names.filter(|name| !name.contains('@'));
        let schema: Vec<_> = names
            .map(|name| json!({ "name": name, "type": type_of(&file, name, properties) }))
            .collect();
        let path = format!("{CONNECTIONS}/{id}/schema");
        let request = demo.request(Method::PATCH, &path);
        let answer = demo
            .send(request.json(&json!({ "properties": schema })))
            .await;
        assert_eq!(answer.status, 202, "{file}: {}", answer.text());
        let item = body["id"].as_str().unwrap_or("item");
        let path = format!("{CONNECTIONS}/{id}/items/{item}");
        let answer = demo
            .send(demo.request(Method::PUT, &path).json(&body))
            .await;
        let refused: &[&str] = match file.as_str() {
            // A decimal where the schema has whole numbers, and dates without a date.
            "ps-restcountries-decimal-area.json" => &["/properties/areaInSqKm"],
            "ttk-roadmap-emptydate.json" => &["/properties/created", "/properties/lastModified"],
            _ => &[],
        };
        if !refused.is_empty() {
            answer.error(400, "InvalidRequest");
            assert_eq!(answer.targets(), refused, "{file}");
            continue;
        }
        assert_eq!(answer.status, 200, "{file}: {}", answer.text());
        let read = demo.read(&path).await;
        assert_eq!(
            read["acl"].as_array().map(Vec::len),
            body["acl"].as_array().map(Vec::len)
        );
        assert_eq!(read["content"]["value"], body["content"]["value"], "{file}");
        for (name, sent) in properties.as_object().expect("an object") {
            let read = &read["properties"][name];
            // Dates are answered in UTC, texts in the type of the schema, and an annotation goes with its member.
            let is_same = if let Some((member, _)) = name.split_once('@') {
                properties.get(member).is_none() || read == sent
            } else {
                let kind = type_of(&file, name, properties);
                read == sent
                    || kind.starts_with("date")
                    || ["int64", "boolean"].contains(&kind)
                    || read
                        .as_f64()
                        .is_some_and(|read| Some(read) == sent.as_f64())
            };
            assert!(is_same, "{file} {name}: {read}");
        }
    }
}
