//! What public connectors send, `tests/fixtures/corpus`: taken and read back whole, or refused with the member's name.

use std::{fs, path::Path};

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
