//! How much memory the server takes when much is asked of it at once.
#![cfg(target_os = "linux")]

use std::{fs, io::Write};

use flate2::{Compression, write::GzEncoder};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::harness::Server;

const UPLOADS: usize = 64;
const MAX_KIB: usize = 250_000;
/// The largest body, which the document names.
const BODY_BYTES: usize = 4_000_000;

/// As large as a body may be: a connection with this layout in its search settings.
fn body(layout: &Value) -> Vec<u8> {
    let template = json!({ "id": "t", "priority": 1, "layout": { "x": layout } });
    let body =
        json!({ "name": "Large", "searchSettings": { "searchResultTemplates": [template] } });
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
    // Some may be asked to come again: the queue of the store was full (429), or no memory became free in time (503).
    let expected = |status: &StatusCode| [201, 429, 503].contains(&status.as_u16());
    assert!(statuses.iter().all(expected), "{statuses:?}");
    assert!(statuses.contains(&StatusCode::CREATED), "{statuses:?}");
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
