//! What is served beside the API, to everyone: the document, pages to read and to try it, and the server's health.

use std::collections::{BTreeMap, BTreeSet};

use openapi_contract::Document;
use reqwest::Method;
use serde_json::json;

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
        // Behind "ready", whether searches wait for the index.
        assert!(answer.text().starts_with(text), "{}", answer.text());
        assert!(answer.header("content-type").starts_with("text/plain"));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn root_leads_to_the_documentation() {
    let server = Server::start();
    let answer = get(&server, "/").await;
    assert_eq!(answer.status, 302);
    // Relative: a proxy may put a prefix before the path.
    assert_eq!(answer.header("location"), "docs");
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

/// The files of the pages, and what a browser takes them for.
const FILES: &[(&str, &str)] = &[
    ("/docs", "text/html; charset=utf-8"),
    ("/docs/page.css", "text/css; charset=utf-8"),
    ("/docs/page.js", "text/javascript; charset=utf-8"),
    ("/docs/swagger-ui/swagger-ui.css", "text/css; charset=utf-8"),
    (
        "/docs/swagger-ui/swagger-ui-bundle.js",
        "text/javascript; charset=utf-8",
    ),
    ("/explore", "text/html; charset=utf-8"),
    ("/explore/page.css", "text/css; charset=utf-8"),
    ("/explore/page.js", "text/javascript; charset=utf-8"),
    ("/explore/elements.js", "text/javascript; charset=utf-8"),
    ("/explore/explanation.js", "text/javascript; charset=utf-8"),
    ("/explore/service.js", "text/javascript; charset=utf-8"),
];

#[tokio::test]
async fn pages_let_nothing_in_from_elsewhere() {
    let server = Server::start();
    for (path, media_type) in FILES {
        let answer = get(&server, path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), *media_type);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        let policy: BTreeMap<_, _> = answer
            .header("content-security-policy")
            .split(';')
            .filter_map(|directive| directive.trim().split_once(' '))
            .collect();
        for (directive, sources) in [
            ("default-src", "'none'"),
            ("script-src", "'self'"),
            ("style-src", "'self'"),
            ("connect-src", "'self'"),
            ("base-uri", "'none'"),
            ("form-action", "'none'"),
            ("frame-ancestors", "'none'"),
        ] {
            assert_eq!(policy.get(directive), Some(&sources), "{path} {directive}");
        }
        assert!(!policy.values().any(|sources| sources.contains("unsafe")));
    }
}

/// What the policy would refuse, and what would not survive a proxy that puts a prefix before the path.
#[tokio::test]
async fn pages_link_to_their_own_files_by_relative_paths() {
    let server = Server::start();
    for (path, _) in FILES.iter().filter(|(path, _)| !path.contains("swagger")) {
        let text = get(&server, path).await.text().to_lowercase();
        for foreign in ["http:", "https:", "\"//", "@import", "style=", "onclick="] {
            assert!(!text.contains(foreign), "{path}: {foreign}");
        }
    }
    for (path, count, other) in [("/docs", 7, "explore"), ("/explore", 5, "docs")] {
        let page = get(&server, path).await.text();
        let links: Vec<_> = ["href=\"", "src=\""]
            .into_iter()
            .flat_map(|attribute| page.split(attribute).skip(1))
            .filter_map(|rest| Some(rest.split_once('"')?.0))
            .collect();
        assert_eq!(links.len(), count, "{links:?}");
        assert!(links.contains(&other), "{links:?}");
        for link in links {
            if link == "data:," {
                continue; // An empty icon: browsers ask for /favicon.ico otherwise.
            }
            assert!(!link.starts_with('/'), "{link}");
            let answer = get(&server, &format!("/{link}")).await;
            assert_eq!(answer.status, 200, "{link}");
        }
        let scripts = page.matches("<script").count();
        let empty = page.matches("></script>").count();
        assert_eq!(empty, scripts, "none is inline");
        // From there, the relative links would lead elsewhere.
        let answer = get(&server, &format!("{path}/")).await;
        assert_eq!(answer.status, 302);
        assert_eq!(answer.header("location"), format!("..{path}"));
    }
}

/// What an item says is text: no script makes markup of it.
#[tokio::test]
async fn scripts_make_no_markup_of_texts() {
    let server = Server::start();
    for (path, media_type) in FILES {
        if !media_type.starts_with("text/javascript") || path.contains("swagger") {
            continue;
        }
        let text = get(&server, path).await.text();
        for way in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
        ] {
            assert!(!text.contains(way), "{path}: {way}");
        }
    }
}

#[tokio::test]
async fn pages_are_kept_by_browsers_and_asked_about_again() {
    let server = Server::start();
    let mut tags = BTreeSet::new();
    for (path, _) in FILES {
        let answer = get(&server, path).await;
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        let tag = answer.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
        for (known, status) in [
            (tag.clone(), 304),
            (format!("\"other\", W/{tag}"), 304),
            ("*".to_owned(), 304),
            ("\"other\"".to_owned(), 200),
            ("nonsense".to_owned(), 200),
        ] {
            let request = Request::new(Method::GET, path).header("if-none-match", &known);
            let answer = request.send(&server).await;
            assert_eq!(answer.status, status, "{path} {known}");
            assert_eq!(answer.header("etag"), tag);
            assert_eq!(answer.header("cache-control"), "no-cache");
            assert_eq!(answer.text().is_empty(), status == 304);
        }
        let head = Request::new(Method::HEAD, path).send(&server).await;
        assert_eq!(head.status, 200, "{path}");
        assert_eq!(head.header("etag"), tag);
        assert_eq!(head.text(), "");
        tags.insert(tag);
    }
    assert_eq!(tags.len(), FILES.len(), "each content has a tag of its own");
}

#[tokio::test]
async fn pages_offer_tokens_while_there_is_a_development_issuer() {
    let server = Server::start_with(&["--development-issuer", "off"]);
    let settings = get(&server, "/docs/settings.json").await;
    assert_eq!(settings.json(), json!({ "developmentIssuer": null }));

    let server = Server::start_with(&["--development-issuer", "on"]);
    let settings = get(&server, "/docs/settings.json").await;
    assert_eq!(settings.header("content-type"), "application/json");
    assert_eq!(settings.header("cache-control"), "no-store");
    let issuer = settings.json()["developmentIssuer"].take();
    let member = |name: &str| issuer[name].as_str().expect("text");
    // What the page does with them, from the page's own address.
    let page = format!("{}/docs", server.origin).parse::<reqwest::Url>();
    let url = page.expect("a URL").join(member("tokenUrl"));
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}",
        member("clientId"),
        member("clientSecret"),
    );
    let answer = Request::new(Method::POST, url.expect("a URL").path())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
        .send(&server)
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let token = answer.json()["access_token"].take();
    let list = Request::new(Method::GET, "/v1.0/external/connections")
        .bearer(token.as_str().expect("a token"))
        .send(&server)
        .await;
    assert_eq!(list.status, 200);
}

#[tokio::test]
async fn other_methods_and_paths_are_refused_in_the_envelope() {
    let server = Server::start();
    for path in [
        "/",
        "/docs",
        "/docs/page.js",
        "/docs/settings.json",
        "/explore",
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
        "/docs/swagger-ui/README.md",
        "/explore/index.html",
        "/openapi",
        "/healthz/",
        "/v1",
    ] {
        get(&server, path).await.error(400, "BadRequest");
    }
}
