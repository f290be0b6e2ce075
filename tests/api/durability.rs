//! What is acknowledged is on disk: after a crash, and after an orderly stop.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use graph_connections::client::{Client, Error, Patch, types};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{
    caller::{CONNECTIONS, OWNED, ids},
    harness::Server,
};

/// What a writer knows of a connection: `None` is one that is not there, anything else says which version it is.
struct Known {
    id: String,
    acknowledged: Option<u32>,
    /// What a request without an answer may have made of it; the same if there was none.
    possible: Option<u32>,
}

/// As large as a few pages of the database, so that a half of it would show.
fn layout(version: u32) -> Value {
    json!({ "version": version, "text": format!("{version} ").repeat(4_000) })
}

fn settings(version: u32) -> types::SearchSettings {
    let template = json!({ "id": "t", "priority": 0, "layout": layout(version) });
    serde_json::from_value(json!({ "searchResultTemplates": [template] })).expect("settings")
}

fn text(version: u32) -> String {
    format!("version {version}")
}

async fn write(client: &Client, id: &str, to: Option<u32>) -> Result<(), Error> {
    match to {
        Some(0) => {
            let request = client.create_connection().body_map(|body| {
                body.id(id.to_owned())
                    .name(text(0))
                    .description(text(0))
                    .search_settings(settings(0))
            });
            request.send().await?;
        }
        Some(version) => {
            let request = client
                .update_connection()
                .connection_id(id)
                .body_map(|body| {
                    body.name(text(version))
                        .description(Patch::Value(text(version)))
                        .search_settings(Patch::Value(settings(version)))
                });
            request.send().await?;
        }
        None => {
            client.delete_connection().connection_id(id).send().await?;
        }
    }
    Ok(())
}

/// Creates connections, updates each and deletes some, until no answer comes.
async fn write_on(client: Client, writer: String) -> Vec<Known> {
    let mut known = Vec::new();
    for number in 0.. {
        let id = format!("{writer}n{number}");
        let mut steps = vec![Some(0), Some(1), Some(2)];
        if number % 3 == 0 {
            steps.push(None);
        }
        let mut acknowledged = None;
        for to in steps {
            match write(&client, &id, to).await {
                Ok(()) => acknowledged = to,
                Err(Error::Transport { .. }) => {
                    known.push(Known {
                        id,
                        acknowledged,
                        possible: to,
                    });
                    return known;
                }
                Err(error) => panic!("{id}: {error}"),
            }
        }
        known.push(Known {
            id,
            acknowledged,
            possible: acknowledged,
        });
    }
    known
}

/// The version of a connection, of one piece.
fn version(connection: &Value) -> Option<u32> {
    let kept = &connection["searchSettings"]["searchResultTemplates"][0]["layout"];
    let version = u32::try_from(kept["version"].as_u64()?).ok()?;
    assert!(*kept == layout(version), "{kept}");
    assert_eq!(connection["name"], text(version));
    assert_eq!(connection["description"], text(version));
    Some(version)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_writes_survive_a_crash_and_no_half_ones_do() {
    let mut server = Server::start();
    let mut known: Vec<Known> = Vec::new();
    for round in 0..3 {
        let client = server.client();
        let writers: JoinSet<_> = (0..8)
            .map(|writer| write_on(client.clone(), format!("r{round}w{writer}")))
            .collect();
        tokio::time::sleep(Duration::from_millis(700)).await;
        server.crash_and_restart();
        known.extend(writers.join_all().await.into_iter().flatten());
    }
    let acknowledged = known
        .iter()
        .filter(|known| known.acknowledged == Some(2))
        .count();
    assert!(
        acknowledged >= 10,
        "only {acknowledged}: the test says little"
    );
    assert!(
        known
            .iter()
            .any(|known| known.possible != known.acknowledged),
        "no crash in the middle"
    );

    let demo = server.caller(&[]);
    let mut there = Vec::new();
    for Known {
        id,
        acknowledged,
        possible,
    } in known
    {
        let answer = demo.get(&format!("{CONNECTIONS}/{id}")).await;
        let found = match answer.status.as_u16() {
            200 => version(&answer.json()),
            _ => None,
        };
        assert_eq!(
            found.is_none(),
            answer.status == 404,
            "{id}: {}",
            answer.text()
        );
        assert!(
            found == acknowledged || found == possible,
            "{id}: {found:?}"
        );
        there.extend(found.map(|_| id));
    }
    // The indexes, the totals and what an app sees are of one mind with the connections.
    there.sort_by_key(|id| id.to_lowercase());
    let app = server.caller(&["--permissions", OWNED]);
    for caller in [&demo, &app] {
        assert_eq!(
            caller
                .pages(&format!("{CONNECTIONS}?$select=id&$top=999"))
                .await
                .concat(),
            there
        );
        let mut by_name = caller
            .pages(&format!("{CONNECTIONS}?$select=id&$top=999&$orderby=name"))
            .await
            .concat();
        by_name.sort_by_key(|id| id.to_lowercase());
        assert_eq!(by_name, there);
        let count = caller.get(&format!("{CONNECTIONS}/$count")).await.text();
        assert_eq!(count, there.len().to_string());
    }
}

/// The beginning of a create whose body is not all there.
fn half_a_create(server: &Server) -> (TcpStream, String) {
    let body = r#"{"id":"contosohr","name":"In flight"}"#.to_owned();
    let (begun, rest) = body.split_at(20);
    let address = server
        .origin
        .strip_prefix("http://")
        .expect("an http origin");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let head = format!(
        "POST {CONNECTIONS} HTTP/1.1\r\nhost: a.test\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{begun}",
        server.token(&[]),
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("written");
    // Long enough for the server to have begun with it.
    std::thread::sleep(Duration::from_millis(200));
    (stream, rest.to_owned())
}

#[tokio::test]
async fn sigterm_lets_open_requests_finish_and_ends_with_0() {
    let mut server = Server::start();
    let (mut open, rest) = half_a_create(&server);
    // Someone who keeps a connection and asks for nothing holds up nobody.
    let address = server
        .origin
        .strip_prefix("http://")
        .expect("an http origin")
        .to_owned();
    let _idle = TcpStream::connect(&address).expect("a connection");
    server.terminate();
    let started = Instant::now();
    while TcpStream::connect(&address).is_ok() {
        assert!(
            started.elapsed() < Duration::from_secs(5),
            "it still takes connections"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    open.write_all(rest.as_bytes())
        .expect("the request is still open");
    let mut answer = String::new();
    open.read_to_string(&mut answer)
        .expect("an answer, and the end");
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert_eq!(server.wait().code(), Some(0));

    server.restart();
    let read = server.caller(&[]).connection("contosohr").await;
    assert_eq!(read["name"], "In flight");
}

#[tokio::test]
async fn server_that_was_asked_to_stop_is_not_ready() {
    let mut server = Server::start();
    let address = server
        .origin
        .strip_prefix("http://")
        .expect("an http origin");
    let connect = || TcpStream::connect(address);
    let mut before = connect().expect("a connection");
    before
        .write_all(b"GET /readyz HTTP/1.1\r\nhost: a.test\r\n")
        .expect("written");
    // Long enough for the server to have begun with it.
    std::thread::sleep(Duration::from_millis(200));
    server.terminate();
    let started = Instant::now();
    while connect().is_ok() {
        assert!(
            started.elapsed() < Duration::from_secs(5),
            "it still takes connections"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    before
        .write_all(b"\r\n")
        .expect("the request is still open");
    let mut answer = String::new();
    before
        .read_to_string(&mut answer)
        .expect("an answer, and the end");
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert_eq!(server.wait().code(), Some(0));
}

#[tokio::test]
async fn request_that_does_not_end_holds_up_the_stop_no_longer_than_its_timeout() {
    let mut server = Server::start_with(&["--shutdown-timeout", "500ms"]);
    let (_open, _) = half_a_create(&server);
    let started = Instant::now();
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
    let took = started.elapsed();
    assert!(
        took >= Duration::from_millis(400) && took < Duration::from_secs(5),
        "{took:?}"
    );
    server.restart();
    let page = server.caller(&[]).read(CONNECTIONS).await;
    assert!(ids(&page).is_empty());
}
