//! How much memory the server takes when much is asked of it at once.
#![cfg(target_os = "linux")]

use std::{fs, io::Write, net::TcpStream, time::Duration};

use flate2::{Compression, write::GzEncoder};
use http_body_util::Empty;
use hyper::{body::Bytes, client::conn::http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::harness::Server;

const UPLOADS: usize = 64;
const MAX_KIB: usize = 250_000;
/// The largest body, which the document names.
const BODY_BYTES: usize = 4_000_000;

/// A connection with this layout in its search settings.
fn connection(layout: &Value) -> Value {
    let template = json!({ "id": "t", "priority": 1, "layout": { "x": layout } });
    json!({ "id": "large", "name": "Large", "searchSettings": { "searchResultTemplates": [template] } })
}

/// As large as a body may be.
fn body(layout: &Value) -> Vec<u8> {
    let mut body = connection(layout);
    body.as_object_mut().expect("an object").remove("id");
    let body = body.to_string().into_bytes();
    assert!(
        (BODY_BYTES - 200_000..=BODY_BYTES).contains(&body.len()),
        "{}",
        body.len()
    );
    body
}

/// The most memory that the program has ever had, KiB. Source: proc(5), `VmHWM`.
fn peak_kib(process: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    number
        .and_then(|number| number.parse().ok())
        .expect("a number")
}

async fn upload(body: Vec<u8>, coding: &'static str) {
    let server = Server::start();
    let token = server.token(&[]);
    let address = format!("{}/v1.0/external/connections", server.origin);
    // The last ones wait for the first, longer than the client would on a slow machine.
    let http = Client::builder().tcp_user_timeout(None).build();
    let http = http.expect("a client");
    // One copy for all.
    let body: &'static [u8] = body.leak();
    let mut uploads = JoinSet::new();
    for _ in 0..UPLOADS {
        let request = http.post(&address).bearer_auth(&token).body(body);
        let request = request
            .header("content-type", "application/json")
            .header("content-encoding", coding);
        uploads.spawn(async move { request.send().await.expect("an answer").status() });
    }
    let statuses = uploads.join_all().await;
    // They are larger than a connection may be, which is known when they have been read. Some may be asked to come again: no
    // memory became free in time (503).
    let expected = |status: &StatusCode| [400, 503].contains(&status.as_u16());
    assert!(statuses.iter().all(expected), "{statuses:?}");
    assert!(statuses.contains(&StatusCode::BAD_REQUEST), "{statuses:?}");
    let peak = peak_kib(server.id());
    // Told only if the test fails.
    println!("peak: {peak} KiB");
    assert!(peak < MAX_KIB, "{peak} KiB");
}

/// A tree costs more than its text, most of all one of numbers.
#[tokio::test(flavor = "multi_thread")]
async fn many_numbers_stay_within_bounds() {
    let numbers = vec![1_234_567_890_123_456_789_u64; 199_000];
    upload(body(&json!(numbers)), "identity").await;
}

/// What a few bytes are decoded to.
#[tokio::test(flavor = "multi_thread")]
async fn large_texts_in_few_bytes_stay_within_bounds() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let text = body(&json!("x".repeat(3_990_000)));
    encoder.write_all(&text).expect("memory suffices");
    upload(encoder.finish().expect("memory suffices"), "gzip").await;
}

/// Each has memory for all of its body while it comes.
#[tokio::test(flavor = "multi_thread")]
async fn slow_uploads_keep_no_other_tenant_waiting() {
    let server = Server::start();
    let token = server.token(&[]);
    let address = server.origin.strip_prefix("http://").expect("an origin");
    let request = format!(
        "POST /v1.0/external/connections HTTP/1.1\r\nhost: a.test\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {BODY_BYTES}\r\n\r\n{}",
        " ".repeat(100_000)
    );
    let _slow: Vec<_> = (0..16)
        .map(|_| {
            let mut stream = TcpStream::connect(address).expect("a connection");
            stream.write_all(request.as_bytes()).expect("it is taken");
            stream
        })
        .collect();
    sleep(PAUSE).await;
    let others = server.caller(&["--tenant", "contoso"]);
    let large = connection(&json!("x".repeat(LARGEST)));
    let created = timeout(Duration::from_secs(5), others.post(&large)).await;
    assert_eq!(created.expect("nobody waits for them").status, 201);
}

/// Nearly as much as a connection may hold.
const LARGEST: usize = 250_000;

const LARGE: &str = "/v1.0/external/connections/large";

/// Time for the server to make all answers that it will make while nobody takes them. If it needs more, less is tested.
const PAUSE: Duration = Duration::from_secs(2);

/// Others are served while it goes on, the peak is low, and what was asked for is there once the rest is gone.
async fn check(server: &Server, most_kib: usize, unread: impl Sized) {
    let demo = server.caller(&[]);
    sleep(PAUSE).await;
    let others = server.caller(&["--tenant", "contoso"]);
    // Who waits for memory waits for half a minute.
    let soon = Duration::from_secs(10);
    let large = connection(&json!("x".repeat(LARGEST)));
    for (answer, status) in [
        (timeout(soon, others.post(&large)).await, 201),
        (timeout(soon, others.get(LARGE)).await, 200),
        (
            timeout(soon, others.get(&format!("{LARGE}?$select=id"))).await,
            200,
        ),
    ] {
        let answer = answer.expect("nobody waits for the answers of another tenant");
        assert_eq!(answer.status, status);
    }
    let peak = peak_kib(server.id());
    println!("peak: {peak} KiB");
    assert!(peak < most_kib, "{peak} KiB");
    drop(unread);
    assert_eq!(demo.get(LARGE).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn large_answers_that_nobody_takes_stay_within_bounds() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let created = demo.post(&connection(&json!("x".repeat(LARGEST)))).await;
    assert_eq!(created.status, 201);
    let address = server.origin.strip_prefix("http://").expect("an origin");
    let unread = unread(address, LARGE, &demo.token);
    check(&server, MAX_KIB, unread).await;
}

/// Connections that have asked for this path and take nothing of the answer.
fn unread(address: &str, path: &str, token: &str) -> Vec<TcpStream> {
    let request =
        format!("GET {path} HTTP/1.1\r\nhost: a.test\r\nauthorization: Bearer {token}\r\n\r\n");
    let connect = |_| {
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream.write_all(request.as_bytes()).expect("it is taken");
        stream
    };
    (0..200).map(connect).collect()
}

/// Pages of several megabytes each. Those for which there is no memory are not read.
#[tokio::test(flavor = "multi_thread")]
async fn large_pages_that_nobody_takes_stay_within_bounds() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let mut body = connection(&json!("x".repeat(LARGEST)));
    for number in 0..16 {
        assert_eq!(demo.post(&body).await.status, 201);
        body["id"] = json!(format!("large{number}"));
    }
    let address = server.origin.strip_prefix("http://").expect("an origin");
    let path = "/v1.0/external/connections?$top=999";
    let unread = unread(address, path, &demo.token);
    check(&server, MAX_KIB, unread).await;
}

/// Each answer is small, but there are a hundred on each connection.
#[tokio::test(flavor = "multi_thread")]
async fn many_answers_of_http2_that_nobody_takes_stay_within_bounds() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let created = demo.post(&connection(&json!("x".repeat(60_000)))).await;
    assert_eq!(created.status, 201);
    let address = server.origin.strip_prefix("http://").expect("an origin");
    let mut unread = JoinSet::new();
    for _ in 0..32 {
        let stream = tokio::net::TcpStream::connect(address).await;
        let (mut sender, connection) = http2::Builder::new(TokioExecutor::new())
            .initial_stream_window_size(1)
            .handshake(TokioIo::new(stream.expect("a connection")))
            .await
            .expect("a handshake");
        unread.spawn(async move {
            let _ = connection.await;
        });
        for _ in 0..99 {
            let request = hyper::Request::get(format!("http://a.test{LARGE}"))
                .header("authorization", format!("Bearer {}", demo.token))
                .body(Empty::<Bytes>::new())
                .expect("a request");
            let answer = sender.send_request(request);
            unread.spawn(async move {
                let _answer = answer.await;
                std::future::pending::<()>().await;
            });
        }
    }
    check(&server, 150_000, unread).await;
}

/// Sends the requests at once, and gives their statuses.
async fn at_once(server: &Server, path: &str, requests: usize) -> Vec<u16> {
    let token = server.token(&[]);
    let address = format!("{}{path}", server.origin);
    let http = Client::new();
    let mut answers = JoinSet::new();
    for _ in 0..requests {
        let request = http.get(&address).bearer_auth(&token);
        answers.spawn(async move {
            let answer = request.send().await.expect("an answer");
            let status = answer.status().as_u16();
            let _ = answer.bytes().await;
            status
        });
    }
    answers.join_all().await
}

/// Whatever has to be sorted or counted, and however large the rows are that it is about.
#[tokio::test(flavor = "multi_thread")]
async fn sorts_and_counts_of_large_connections_stay_within_bounds() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let mut body = connection(&json!("x".repeat(LARGEST)));
    for number in 0..300 {
        body["id"] = json!(format!("large{number}"));
        assert_eq!(demo.post(&body).await.status, 201);
    }
    for options in [
        "$orderby=name%20desc,id&$top=999&$select=id",
        "$count=true&$filter=contains(name,'L')&$top=999&$select=id",
        "$top=999&$select=id",
    ] {
        let path = format!("/v1.0/external/connections?{options}");
        let statuses = at_once(&server, &path, 100).await;
        // Some may be asked to come again, rather than wait in a queue without end.
        let expected = |status: &u16| [200, 429, 503].contains(status);
        assert!(statuses.iter().all(expected), "{options}: {statuses:?}");
        assert!(statuses.contains(&200), "{options}: {statuses:?}");
        let peak = peak_kib(server.id());
        println!("{options}: {peak} KiB");
        assert!(peak < MAX_KIB, "{options}: {peak} KiB");
    }
}
