//! Addresses: the ways to write the path of one collection, and the absolute URLs of answers.

use std::net::TcpListener;

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};
use reqwest::Method;
use serde_json::json;

use crate::{
    caller::{CONNECTIONS, Caller, ids},
    harness::Server,
};

#[tokio::test]
async fn versions_and_roots_are_one_collection() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let mounts = [
        ("/v1.0/external/connections", "v1.0"),
        ("/v1.0/connections", "v1.0"),
        ("/beta/external/connections", "beta"),
        ("/beta/connections", "beta"),
    ];
    for (number, (mount, version)) in mounts.into_iter().enumerate() {
        let id = format!("number{number}");
        let body = json!({ "id": id, "name": "Any" });
        let created = demo
            .send(demo.request(Method::POST, mount).json(&body))
            .await;
        assert_eq!(created.status, 201, "{mount}: {}", created.text());
        let root = format!("{}/{version}", server.origin);
        assert_eq!(
            created.header("location"),
            format!("{root}/external/connections/{id}")
        );
        assert_eq!(
            created.json()["@odata.context"],
            format!("{root}/$metadata#connections/$entity")
        );
    }
    for (mount, version) in mounts {
        let page = demo.read(mount).await;
        assert_eq!(
            ids(&page),
            ["number0", "number1", "number2", "number3"],
            "{mount}"
        );
        let root = format!("{}/{version}", server.origin);
        assert_eq!(
            page["@odata.context"],
            format!("{root}/$metadata#connections")
        );
        assert_eq!(demo.get(&format!("{mount}/$count")).await.text(), "4");
        // Pages go on where they began.
        let first = demo.read(&format!("{mount}?$top=3")).await;
        let link = first["@odata.nextLink"].as_str().expect("a next page");
        assert!(
            link.starts_with(&format!("{}{mount}?", server.origin)),
            "{link}"
        );
        assert_eq!(ids(&demo.read(demo.path(link)).await), ["number3"]);
    }
    for ((mount, _), id) in mounts
        .into_iter()
        .zip(["number3", "number2", "number1", "number0"])
    {
        let path = format!("{mount}/{id}");
        let request = demo
            .request(Method::PATCH, &path)
            .json(&json!({ "name": mount }));
        assert_eq!(demo.send(request).await.status, 204, "{path}");
        assert_eq!(demo.connection(id).await["name"], mount);
        let request = demo.request(Method::DELETE, &path);
        assert_eq!(demo.send(request).await.status, 202, "{path}");
    }
    assert_eq!(demo.get("/beta/connections/%24count").await.text(), "0");
}

/// Source: OData 4.01 part 2, sections 4.3.1 (key in parentheses) and 5.1 (`%24`); Graph's samples for the case of
/// segments.
#[tokio::test]
async fn path_may_be_spelled_as_odata_and_graph_allow() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("contosoHR", "Any")]).await;
    for path in [
        "/v1.0/external/connections/contosoHR",
        "/v1.0/external/connections/contosoHR/",
        "/v1.0/external/connections('contosoHR')",
        "/v1.0/external/connections(%27contosoHR%27)",
        "/beta/connections%28'contosoHR'%29",
        "/V1.0/External/Connections/contosoHR",
        "/BETA/CONNECTIONS/contosoHR?%24select=id",
        "/v1.0/connections/c%6FntosoHR",
        "/v1.0/connections/contosoHR?",
    ] {
        assert_eq!(demo.read(path).await["id"], "contosoHR", "{path}");
    }
    for path in [
        "/v1.0/external/connections/",
        "/v1.0/External/connections?",
        "/beta/connections/?$top=1",
    ] {
        assert_eq!(ids(&demo.read(path).await), ["contosoHR"], "{path}");
    }
    for path in ["$ref", "%24ref"] {
        let path = format!("/beta/external/connections/{path}");
        let request = demo
            .request(Method::POST, &path)
            .json(&json!({ "name": "Any" }));
        assert_eq!(demo.send(request).await.status, 201, "{path}");
    }
    for (path, segment) in [
        ("/v1.0", ""),
        ("/v1.0/external/connection", "connection"),
        ("/v1.0/external/connections/contosoHR/nothing", "nothing"),
        ("/v1.0/external/external/connections", "external"),
        ("/beta/connections//contosoHR", ""),
    ] {
        let error = demo.get(path).await.error(400, "BadRequest");
        assert_eq!(
            error["message"],
            format!("Resource not found for the segment '{segment}'."),
            "{path}"
        );
    }
    for path in [
        "/external/connections",
        "/v2.0/external/connections",
        "/v1.0x/connections",
    ] {
        assert_eq!(
            demo.get(path).await.error(400, "BadRequest")["message"],
            "Invalid version.",
            "{path}"
        );
    }
}

/// The beginnings of the three kinds of absolute URLs that these headers bring about: context, next link, `Location`.
async fn origins(demo: &Caller<'_>, headers: &[(&str, &str)]) -> [String; 3] {
    let request = |method, path: &str| {
        let request = demo.request(method, path);
        headers.iter().fold(request, |request, (name, value)| {
            request.header(name, value)
        })
    };
    let created = demo
        .send(request(Method::POST, CONNECTIONS).json(&json!({ "name": "Any" })))
        .await;
    assert_eq!(created.status, 201, "{headers:?}: {}", created.text());
    let page = demo
        .send(request(Method::GET, &format!("{CONNECTIONS}?$top=1")))
        .await
        .json();
    let origin = |url: &str| url.split_once("/v1.0/").expect("a version").0.to_owned();
    [
        origin(page["@odata.context"].as_str().expect("a context")),
        origin(page["@odata.nextLink"].as_str().expect("a next page")),
        origin(created.header("location")),
    ]
}

#[tokio::test]
async fn absolute_urls_begin_where_the_client_is() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("aaa", "A"), ("bbb", "B")]).await;
    let https = server.origin.replace("http", "https");
    let (proto, host) = ("x-forwarded-proto", "x-forwarded-host");
    for (headers, expected) in [
        (&[][..], server.origin.as_str()),
        (
            &[("host", "graph.contoso.test:8443")],
            "http://graph.contoso.test:8443",
        ),
        (&[("host", "[::1]:80")], "http://[::1]:80"),
        (&[(proto, "https")], &https),
        (&[(proto, "HTTPS")], &https),
        (&[(proto, "http")], &server.origin),
        (&[(host, "graph.contoso.test")], "http://graph.contoso.test"),
        (
            &[(host, "[2001:db8::1]:8443"), (proto, "https")],
            "https://[2001:db8::1]:8443",
        ),
        (
            &[(host, "outer.test, inner.test"), (proto, "https,http")],
            "https://outer.test",
        ),
        (
            &[
                ("host", "inner.test"),
                (host, "outer.test"),
                (proto, "https"),
            ],
            "https://outer.test",
        ),
        // What could not stand in a URL is not repeated.
        (&[(host, "")], &server.origin),
        (&[(host, "evil.test/path")], &server.origin),
        (&[(host, "user@evil.test")], &server.origin),
        (&[(host, "evil.test?query")], &server.origin),
        (&[(host, "e vil.test\"<>")], &server.origin),
        (&[(proto, "javascript")], &server.origin),
        (
            &[("forwarded", "host=evil.test;proto=https")],
            &server.origin,
        ),
    ] {
        assert_eq!(origins(&demo, headers).await, [expected; 3], "{headers:?}");
    }
}

#[tokio::test]
async fn headers_of_a_proxy_that_is_not_trusted_are_ignored() {
    let server = Server::start_with(&["--trusted-proxies", "10.0.0.0/8"]);
    let demo = server.caller(&[]);
    demo.create_all([("aaa", "A"), ("bbb", "B")]).await;
    let headers = [
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "evil.test"),
    ];
    assert_eq!(origins(&demo, &headers).await, [server.origin.as_str(); 3]);
}

#[tokio::test]
async fn public_url_is_said_to_everyone() {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let listen = free.expect("a free port").to_string();
    let arguments = [
        "--public-url",
        "https://graph.contoso.test:8443/",
        "--listen",
        &listen,
    ];
    let mut server = Server::start_with(&arguments);
    assert_eq!(server.origin, "https://graph.contoso.test:8443");
    server.origin = format!("http://{listen}");
    let demo = server.caller(&[]);
    demo.create_all([("aaa", "A"), ("bbb", "B")]).await;
    for headers in [
        &[][..],
        &[
            ("host", "a.test"),
            ("x-forwarded-host", "b.test"),
            ("x-forwarded-proto", "http"),
        ],
    ] {
        assert_eq!(
            origins(&demo, headers).await,
            ["https://graph.contoso.test:8443"; 3]
        );
    }
}

/// Source: RFC 9113, section 8.3.1: `:authority` takes the place of `Host`.
#[tokio::test]
async fn authority_of_http_2_is_where_the_client_is() {
    let server = Server::start();
    let demo = server.caller(&[]);
    let address = server
        .origin
        .strip_prefix("http://")
        .expect("an http origin");
    let stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("a connection");
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .expect("a handshake");
    tokio::spawn(connection);
    for _ in 0..2 {
        let request = hyper::Request::get(format!("http://graph.contoso.test{CONNECTIONS}"))
            .header("authorization", format!("Bearer {}", demo.token))
            .body(Empty::<Bytes>::new())
            .expect("a request");
        let answer = sender.send_request(request).await.expect("an answer");
        assert_eq!(answer.status(), 200);
        let body = answer
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes();
        let page: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(
            page["@odata.context"],
            "http://graph.contoso.test/v1.0/$metadata#connections"
        );
    }
}

/// Source: RFC 9110, section 9.3.2.
#[tokio::test]
async fn head_answers_like_get_without_the_body() {
    let server = Server::start();
    let demo = server.caller(&[]);
    demo.create_all([("contosohr", "Any")]).await;
    for path in [
        "/v1.0/external/connections?$count=true",
        "/beta/connections/contosohr?$select=id,name",
        "/v1.0/connections/$count",
        "/v1.0/connections/nope",
        "/v1.0/connections?$top=0",
        "/v1.0/nothing",
        "/openapi.json",
        "/openapi.yaml",
        "/docs",
        "/healthz",
        "/readyz",
        "/",
    ] {
        let get = demo.get(path).await;
        let head = demo.send(demo.request(Method::HEAD, path)).await;
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(
            head.header("content-type"),
            get.header("content-type"),
            "{path}"
        );
        assert_eq!(
            head.header("odata-version"),
            get.header("odata-version"),
            "{path}"
        );
        // It may be left out, but not be another.
        let length = head.header("content-length");
        assert!(
            length.is_empty() || length == get.body.len().to_string(),
            "{path}: {length}"
        );
        assert!(head.body.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn connection_serves_one_request_after_the_other() {
    let server = Server::start();
    let token = server.token(&[]);
    let request = |line: &str, body: &str, more: &str| {
        format!(
            "{line} HTTP/1.1\r\nhost: a.test\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n{more}\r\n{body}",
            body.len()
        )
    };
    let requests = [
        request(
            "POST /v1.0/connections",
            r#"{"id":"contosohr","name":"Any"}"#,
            "",
        ),
        request("PATCH /v1.0/connections/contosohr", r#"{"name":"New"}"#, ""),
        request("GET /v1.0/connections/nope", "", ""),
        request("POST /v1.0/connections", "{", ""),
        request("HEAD /v1.0/connections/contosohr", "", ""),
        request("DELETE /v1.0/connections/contosohr", "", ""),
        request("GET /v1.0/connections/$count", "", "connection: close\r\n"),
    ];
    let answers = server.raw(requests.concat().as_bytes());
    let lines: Vec<_> = answers
        .lines()
        .filter_map(|line| line.split_once("HTTP/1.1 "))
        .collect();
    let statuses: Vec<_> = lines.iter().map(|(_, status)| &status[..3]).collect();
    assert_eq!(
        statuses,
        ["201", "204", "404", "400", "200", "202", "200"],
        "{answers}"
    );
    assert!(answers.ends_with("\r\n\r\n0"), "{answers}");
}
