//! What is served beside the API, to everyone: the document, a page to read it, and the server's health.

use codegen::Document;
use reqwest::Method;
use serde_json::Value;

use crate::harness::{Answer, Request, Server};

const YAML: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml"));

async fn get(server: &Server, path: &str) -> Answer {
    Request::new(Method::GET, path).send(server).await
}

#[tokio::test]
async fn health_and_readiness_are_plain_and_need_no_token() {
    let server = Server::start();
    for (path, text) in [("/healthz", "ok"), ("/readyz", "ready")] {
        let answer = get(&server, path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.text(), text);
        assert!(answer.header("content-type").starts_with("text/plain"));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn root_leads_to_the_documentation() {
    let server = Server::start();
    let answer = get(&server, "/").await;
    assert_eq!(answer.status, 302);
    assert_eq!(answer.header("location"), "/docs");
    assert_eq!(get(&server, "/docs").await.status, 200);
}

#[tokio::test]
async fn document_is_served_as_it_is_written_and_as_json() {
    let server = Server::start();
    let yaml = get(&server, "/openapi.yaml").await;
    assert_eq!(yaml.text(), YAML);
    assert!(yaml.header("content-type").starts_with("application/yaml"));
    let json = get(&server, "/openapi.json").await;
    assert!(json.header("content-type").starts_with("application/json"));
    let written = Document::parse("openapi.yaml", YAML).expect("YAML");
    assert_eq!(json.json(), *written.value());
    assert!(json.json()["paths"]["/external/connections/{connection-id}"]["patch"].is_object());
}

#[tokio::test]
async fn documentation_has_everything_in_one_page() {
    let server = Server::start();
    let page = get(&server, "/docs").await;
    assert!(page.header("content-type").starts_with("text/html"));
    let page = page.text();
    let (_, rest) = page.split_once("let spec = ").expect("the document");
    let mut document = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
    let document = document.next().expect("a value").expect("JSON");
    assert_eq!(document, get(&server, "/openapi.json").await.json());
    // A browser without access to other hosts shows the whole page.
    let page = page.to_lowercase();
    let icon = "<link rel=\"icon\" href=\"data:,\">";
    assert_eq!(
        page.matches(icon).count(),
        1,
        "browsers ask for an icon otherwise"
    );
    assert_eq!(page.matches("<link").count(), 1, "no other file is linked");
    for foreign in [
        "<script src",
        "<iframe",
        "@import",
        "url(http",
        "url(\"http",
        "url('http",
        "url(//",
    ] {
        assert!(!page.contains(foreign), "{foreign}");
    }
}

#[tokio::test]
async fn other_methods_and_paths_are_refused_in_the_envelope() {
    let server = Server::start();
    for path in [
        "/",
        "/docs",
        "/openapi.json",
        "/openapi.yaml",
        "/healthz",
        "/readyz",
    ] {
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            let answer = Request::new(method, path).send(&server).await;
            answer.error(405, "Request_BadRequest");
            assert_eq!(answer.header("allow"), "GET, HEAD", "{path}");
        }
    }
    for path in [
        "/favicon.ico",
        "/docs/nothing",
        "/openapi",
        "/healthz/",
        "/v1",
    ] {
        get(&server, path).await.error(400, "BadRequest");
    }
}
