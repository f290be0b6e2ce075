//! Documents as a server on loopback sends them, and the task that fetches them.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    thread,
};

use serde_json::{Value, json};

use super::{
    ExternalIssuer, IssuerKeys, IssuerUrl, discovery,
    fetch::{self, Document, FetchError},
    tests::named,
};
use crate::{
    auth::{keys::VerificationKey, testing::issuer},
    domain::clock::testing::TestClock,
    logging::Causes,
};

const DISCOVERY: &str = "/.well-known/openid-configuration";

/// Answers each request, by its path, as long as the tests run; returns where, the beginning of its URLs. One request a
/// connection.
fn serve(answer: impl Fn(&str, &str) -> String + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    let here = origin.clone();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let read = stream.read(&mut head).unwrap_or_default();
            let head = String::from_utf8_lossy(&head[..read]);
            let path = head.split(' ').nth(1).unwrap_or_default();
            // Who has read enough may be gone.
            let _ = stream.write_all(answer(&here, path).as_bytes());
        }
    });
    origin
}

fn good(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{body}")
}

fn not_found() -> String {
    "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n".into()
}

fn document(name: &str, keys: &str) -> String {
    good(&json!({ "issuer": name, "jwks_uri": keys }).to_string())
}

async fn get(origin: &str, path: &str) -> Result<Value, String> {
    let http = fetch::client(true).expect("a client");
    let url = format!("{origin}{path}").parse().expect("a URL");
    let document = fetch::get(&http, "it", url).await;
    let document = document.map_err(|error| Causes(&error).to_string())?;
    Ok(document.content)
}

fn assert_says(read: Result<Value, String>, what: &str) {
    let said = read.expect_err(what);
    assert!(said.contains(what), "{said}");
}

#[tokio::test]
async fn only_200_is_a_document() {
    let origin = serve(|origin, path| match path {
        "/good" => good("{}"),
        "/moved" => {
            format!("HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: {origin}/good\r\n\r\n")
        }
        _ => not_found(),
    });
    assert_eq!(get(&origin, "/good").await, Ok(json!({})));
    assert_says(
        get(&origin, "/moved").await,
        "is a redirect, which is not followed (status 302 Found)",
    );
    assert_says(get(&origin, "/absent").await, "has status 404 Not Found");
}

#[tokio::test]
async fn documents_are_bounded_in_bytes() {
    let origin = serve(|_, path| {
        let bytes: usize = path[1..].parse().expect("a number");
        good(&format!("{}1", " ".repeat(bytes - 1)))
    });
    assert_eq!(get(&origin, "/262144").await, Ok(json!(1)));
    assert_says(get(&origin, "/262145").await, "more than 262144 bytes");
}

/// What comes of a discovery document, whose members these are.
async fn discover(
    name: &'static str,
    keys: &'static str,
) -> Result<Document<Vec<VerificationKey>>, FetchError> {
    let origin = serve(move |origin, path| match path {
        DISCOVERY => document(
            &name.replace("ORIGIN", origin),
            &keys.replace("ORIGIN", origin),
        ),
        "/keys" => good(&json!(issuer().key_set()).to_string()),
        _ => not_found(),
    });
    let url: IssuerUrl = origin.parse().expect("an issuer");
    let http = fetch::client(true).expect("a client");
    discovery::fetch(&http, &url, i64::MAX).await
}

#[tokio::test]
async fn keys_are_where_the_issuers_own_document_says() {
    let fetched = discover("ORIGIN", "ORIGIN/keys").await.expect("keys");
    assert_eq!(fetched.content.len(), 1);

    for (name, keys, what) in [
        (
            "https://other.example",
            "ORIGIN/keys",
            "of the issuer \"https://other.example\", not of http://",
        ),
        (
            "ORIGIN",
            "ftp://other.example/keys",
            "at \"ftp://other.example/keys\", which is not https",
        ),
    ] {
        let error = discover(name, keys).await.expect_err(what).to_string();
        assert!(error.contains(what), "{error}");
    }
}

#[tokio::test]
async fn only_key_ids_that_are_not_there_cause_fetches_in_vain() {
    let reads = Arc::new(AtomicUsize::new(0));
    let counted = reads.clone();
    let origin = serve(move |origin, path| {
        if path == DISCOVERY {
            return document(origin, &format!("{origin}/keys"));
        }
        // The second key is there from the second time on.
        let keys = ["first", "second"].map(named);
        let count = (counted.fetch_add(1, SeqCst) + 1).min(2);
        good(&json!({ "keys": &keys[..count] }).to_string())
    });
    let url = origin.parse().expect("an issuer");
    let issuer = ExternalIssuer::new(url, vec!["a".into()], vec!["any".into()]).expect("complete");
    let keys = IssuerKeys::start(&issuer, TestClock::new()).expect("a client");
    for (kid, reads_until_then) in [
        ("first", 1),
        ("second", 2),
        // The last fetch was not in vain, so this one is worth another.
        ("third", 3),
        ("fourth", 3),
        ("second", 3),
    ] {
        keys.look_for(kid).await.expect("the issuer answers");
        assert_eq!(reads.load(SeqCst), reads_until_then, "{kid}");
    }
}
