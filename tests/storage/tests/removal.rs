//! A connection with many items is deleted: that is answered before its rows are removed, it is gone at once, and nothing of
//! it is left in the end, though the program is killed in the middle.
#![cfg(target_os = "linux")]

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use serde_json::{Value, json};
use storage_tests::{
    caller::{CONNECTIONS, Caller},
    http::Answer,
    knob, rows,
    server::{Server, TOKENS, data_dir, database},
};

const ONE: &str = "/v1.0/external/connections/large";
/// As many as a batch may have.
const REQUESTS_OF_A_BATCH: u32 = 20;
/// More than one unit of work removes.
const MEMBERS: u32 = 600;
const FILLERS: u32 = 4;
/// Writes of another tenant that are waited for.
const OTHER_WRITES: u32 = 5;
const KILLS: u32 = 2;
/// How long something may take that takes seconds.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn rows_of_a_large_connection_are_removed_in_the_end_though_it_is_killed() {
    let items = knob::number("CI_REMOVED_ITEMS", 20_000);
    let started = Instant::now();
    let directory = data_dir();
    let mut server = Server::start(directory.path());
    fill(server.address, items);
    println!("{items} items in {:.0?}", started.elapsed());

    let rows = Rows::of(directory.path());
    let others = Others::start(server.address);
    let mut demo = Caller::new(server.address, &TOKENS.all);
    assert_eq!(
        demo.get(&format!("{ONE}/items/$count")).text(),
        items.to_string()
    );
    assert!(ask(&mut demo, "DELETE", ONE, None).is_success());
    assert!(rows.left() > 0, "they were removed before the answer");
    assert_eq!(demo.get(ONE).status, 404);
    assert_eq!(demo.get(&format!("{ONE}/items/i1")).status, 404);
    assert_eq!(demo.get(&format!("{CONNECTIONS}/$count")).text(), "0");
    // Its identifier is free, and the next one of it begins with nothing.
    create(&mut demo);
    assert_eq!(
        demo.get(&format!("{ONE}/items?$top=1")).json()["value"],
        json!([])
    );
    assert_eq!(
        demo.get(&format!("{ONE}/groups?$top=1")).json()["value"],
        json!([])
    );
    let put = item(0).1;
    let answer = ask(&mut demo, "PUT", &format!("{ONE}/items/i0"), Some(put));
    assert!(answer.is_success(), "{}", answer.text());
    others.wait();

    let mut before = rows.left();
    for kill in 0..KILLS {
        eventually("the removal of some", || rows.left() < before);
        server.kill();
        before = rows.left();
        println!("killed with {before} rows left");
        assert!(before > 0 || kill > 0, "the test says little");
        server = Server::start(directory.path());
        demo = Caller::new(server.address, &TOKENS.all);
        let count = demo.get(&format!("{ONE}/items/$count"));
        assert_eq!(count.text(), "1");
        if before == 0 {
            break;
        }
    }
    others.join();
    let others = Others::start(server.address);
    eventually("the removal of all", || rows.left() == 0);
    others.wait();
    let found = rows::read(&rows.0).expect("rows");
    assert_eq!(found["wrong"], json!([]));
    let successor = &found["connections"]["large"];
    assert_eq!(
        successor["items"].as_object().map(serde_json::Map::len),
        Some(1)
    );
    assert_eq!(successor["changes"], json!(["i0"]));
    assert_eq!(
        demo.get(&format!("{ONE}/items/i0")).json()["properties"],
        item(0).1["properties"]
    );
    server.kill();
    others.join();
    println!("{:.0?} in all", started.elapsed());
}

/// The connection, which takes items.
fn create(caller: &mut Caller) {
    let body = json!({ "id": "large", "name": "large" });
    assert_eq!(ask(caller, "POST", CONNECTIONS, Some(body)).status, 201);
    let properties = json!([{ "name": "number", "type": "int64" }]);
    let schema = json!({ "baseType": "microsoft.graph.externalItem", "properties": properties });
    let answer = ask(caller, "PATCH", &format!("{ONE}/schema"), Some(schema));
    assert_eq!(answer.status, 202, "{}", answer.text());
}

/// Makes the connection, with so many items, and a group of many members.
fn fill(address: SocketAddr, items: u32) {
    let mut demo = Caller::new(address, &TOKENS.all);
    create(&mut demo);
    let group = ask(
        &mut demo,
        "POST",
        &format!("{ONE}/groups"),
        Some(json!({ "id": "g" })),
    );
    assert_eq!(group.status, 201, "{}", group.text());
    let puts = (0..items).map(|number| {
        let (id, body) = item(number);
        (
            "PUT",
            format!("/external/connections/large/items/{id}"),
            body,
        )
    });
    let joins = (0..MEMBERS).map(|number| {
        let body = json!({ "id": format!("1431b9c3-8ee6-47f6-a7c5-{number:012}"), "type": "user" });
        (
            "POST",
            "/external/connections/large/groups/g/members".to_owned(),
            body,
        )
    });
    let requests: Vec<_> = puts.chain(joins).collect();
    let share = requests.len().div_ceil(FILLERS as usize);
    std::thread::scope(|scope| {
        for share in requests.chunks(share) {
            scope.spawn(move || {
                let mut demo = Caller::new(address, &TOKENS.all);
                for requests in share.chunks(REQUESTS_OF_A_BATCH as usize) {
                    send(&mut demo, requests);
                }
            });
        }
    });
}

/// Sends a batch, all of which must be done.
fn send(caller: &mut Caller, requests: &[(&str, String, Value)]) {
    let parts = requests
        .iter()
        .enumerate()
        .map(|(id, (method, url, body))| {
            json!({
                "id": id.to_string(),
                "method": method,
                "url": url,
                "headers": { "Content-Type": "application/json" },
                "body": body,
            })
        });
    let body = json!({ "requests": parts.collect::<Vec<_>>() });
    let answer = ask(caller, "POST", "/v1.0/$batch", Some(body));
    assert_eq!(answer.status, 200, "{}", answer.text());
    for part in answer.json()["responses"].as_array().expect("parts") {
        let status = part["status"].as_u64();
        assert!(status.is_some_and(|status| status < 300), "{part}");
    }
}

/// Of some a text, of some an activity.
fn item(number: u32) -> (String, Value) {
    let activity = json!({
        "type": "viewed",
        "startDateTime": "2021-04-06T18:04:31Z",
        "performedBy": { "type": "user", "id": "1431b9c3-8ee6-47f6-a7c5-2f1b7e2a9c11" },
    });
    let mut body = json!({
        "acl": [{ "type": "everyone", "value": "everyone", "accessType": "grant" }],
        "properties": { "number": number },
    });
    if number.is_multiple_of(2) {
        body["content"] = json!({ "type": "text", "value": format!("item {number} ").repeat(20) });
    }
    if number.is_multiple_of(10) {
        body["activities"] = json!([activity]);
    }
    (format!("i{number}"), body)
}

fn ask(caller: &mut Caller, method: &'static str, target: &str, body: Option<Value>) -> Answer {
    let answer = caller.call(method, target, body);
    answer.unwrap_or_else(|lost| panic!("{method} {target}: {lost:?}"))
}

/// The database, looked into while the server uses it.
struct Rows(Connection);

impl Rows {
    fn of(data: &Path) -> Self {
        let db = Connection::open(database(data)).expect("a database");
        db.busy_timeout(PATIENCE).expect("an option");
        Self(db)
    }

    /// Rows of connections that were deleted, and of what they held.
    fn left(&self) -> u32 {
        let query = "WITH gone AS (SELECT no FROM content WHERE removed)
            SELECT (SELECT count(*) FROM gone)
                + (SELECT count(*) FROM item WHERE content IN gone)
                + (SELECT count(*) FROM external_group WHERE content IN gone)
                + (SELECT count(*) FROM member WHERE content IN gone)
                + (SELECT count(*) FROM operation WHERE content IN gone)";
        self.0
            .query_row(query, [], |row| row.get(0))
            .expect("a number")
    }
}

/// Another tenant, which writes until the server is gone.
struct Others {
    thread: JoinHandle<()>,
    written: Arc<AtomicU32>,
}

impl Others {
    fn start(address: SocketAddr) -> Self {
        let written = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&written);
        let thread = std::thread::spawn(move || {
            let mut other = Caller::new(address, &TOKENS.other);
            let body = json!({ "id": "other", "name": "other" });
            // It is there already, or it is now.
            let _ = other.call("POST", CONNECTIONS, Some(body));
            for number in 0.. {
                let body = json!({ "description": number.to_string() });
                let answer = other.call("PATCH", &format!("{CONNECTIONS}/other"), Some(body));
                let Ok(answer) = answer else { break };
                assert!(answer.is_success(), "{}", answer.text());
                count.fetch_add(1, Relaxed);
            }
        });
        Self { thread, written }
    }

    /// Until some more of its writes are done.
    fn wait(&self) {
        let before = self.written.load(Relaxed);
        eventually("a write of another tenant", || {
            self.written.load(Relaxed) >= before + OTHER_WRITES
        });
    }

    fn join(self) {
        self.thread.join().expect("all its writes are done");
    }
}

fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "{what} does not come");
        std::thread::sleep(Duration::from_millis(2));
    }
}
