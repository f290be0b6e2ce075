//! Paths and headers that try to be more than they are. A URL library would tidy them up, so they go through a socket.

use super::{Bench, ONE};
use crate::{
    document::{example, operations, servers},
    harness::Answer,
};

/// Sends exactly this request line, and these headers besides the token.
fn ask(bench: &Bench, line: &str, headers: &str) -> Answer {
    let request = format!(
        "{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {}\r\n{headers}\r\n",
        bench.token
    );
    Answer::parse(&bench.server.raw(request.as_bytes()))
}

/// Operations on one connection or what it holds, with `{}` in the connection's place, in both ways to write the key; and what is sent
/// after the line.
fn on_one() -> Vec<(String, String)> {
    let operations = operations().into_iter();
    let on_one: Vec<_> = operations
        .filter(|operation| operation.parameters_in("path").next().is_some())
        .flat_map(|operation| {
            let path = operation.path_with(|parameter| match parameter["name"].as_str() {
                Some("connection-id") => "{}".to_owned(),
                _ => example(parameter),
            });
            let line = format!("{} {}{path}", operation.method, servers()[0]);
            let body = operation.body().map(|media| media["example"].to_string());
            let rest = match body {
                Some(body) => format!(
                    "content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                ),
                None => String::new(),
            };
            [line.replace("/{}", "('{}')"), line].map(|line| (line, rest.clone()))
        })
        .collect();
    assert!(!on_one.is_empty());
    on_one
}

#[tokio::test]
async fn identifiers_in_paths_are_checked() {
    let bench = Bench::start().await;
    let long = "a".repeat(129);
    let longer = "%C3%A4".repeat(129);
    for (line, rest) in on_one() {
        for id in [
            "contosohr%00",
            "%00",
            "contosohr%0d%0aset-cookie:%20a=b",
            "%0a",
            "%1b[31m",
            "%7f",
            "%C2%85",
            "%E2%80%AEcontosohr",
            &long,
            &longer,
        ] {
            let line = line.replace("{}", id);
            let answer = ask(&bench, &line, &rest);
            bench
                .refused(&line, &answer, (400, "BadRequest", "connection-id"))
                .await;
            assert_eq!(answer.header("set-cookie"), "");
        }
        for id in ["%ff", "%c3", "%zz", "%", "contosohr%", "%%34%31", "%u0041"] {
            let line = line.replace("{}", id);
            let answer = ask(&bench, &line, &rest);
            println!("{line}: {}", answer.text());
            answer.error(400, "BadRequest");
            assert_eq!(bench.read().await, bench.state);
        }
        // Well-formed, and the name of nothing.
        for id in [
            "CONTOSOHR",
            "contosohr%20",
            "%20contosohr",
            "..%2fconnections%2fcontosohr",
            "contosohr%2f",
            "contosohr%5c",
            "contosohr%3f",
            "%2e%2e",
            "%252e",
            "contosohr'%20or%20'1'='1",
            "*",
        ] {
            let line = line.replace("{}", id);
            let answer = ask(&bench, &line, &rest);
            println!("{line}: {}", answer.text());
            answer.error(404, "ItemNotFound");
            assert_eq!(bench.read().await, bench.state);
        }
    }
}

#[tokio::test]
async fn dots_and_slashes_lead_nowhere() {
    let bench = Bench::start().await;
    for path in [
        "/v1.0/external/connections/../connections/contosohr",
        "/v1.0/external/connections/./contosohr",
        "/v1.0/external//connections/contosohr",
        "/v1.0/external/connections//contosohr",
        "/v1.0/../v1.0/external/connections/contosohr",
        "//v1.0/external/connections/contosohr",
        "/v1.0/external/connections/contosohr/..",
        "/v1.0/external/connections/contosohr/../contosoit",
        "/v1.0/external%2fconnections/contosohr",
        "/v1.0/external/connections/contosohr/nothing",
        "/v1.0/external/connections/contosohr;a=b/c",
        "/v1.0/external/connections/contosohr/$ref",
        "/docs/../v1.0/external/connections/contosohr",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/openapi.json/..",
        "/v1%2e0/external/connections/contosohr",
    ] {
        for method in ["GET", "DELETE"] {
            let answer = ask(&bench, &format!("{method} {path}"), "");
            println!("{method} {path}: {}", answer.text());
            answer.error(400, "BadRequest");
            assert_eq!(bench.read().await, bench.state);
        }
    }
}

#[tokio::test]
async fn headers_of_requests_do_not_reach_answers_unchecked() {
    let bench = Bench::start().await;
    let list = "GET /v1.0/external/connections?$top=1";
    for (headers, leaked) in [
        ("client-request-id: %0d%0aset-cookie: a=b\r\n", "set-cookie"),
        ("client-request-id: \"><script>\r\n", "<script>"),
        (
            "x-forwarded-host: evil.example/\"><script>\r\n",
            "evil.example",
        ),
        ("x-forwarded-host: a@evil.example\r\n", "evil.example"),
        ("x-forwarded-proto: javascript\r\n", "javascript"),
        ("x-original-url: /docs\r\n", "/docs"),
        ("origin: https://evil.example\r\n", "evil.example"),
        ("cookie: evil=1\r\n", "evil"),
    ] {
        let answer = ask(&bench, list, headers);
        assert_eq!(answer.status, 200, "{headers}: {}", answer.text());
        let whole = format!("{:?} {}", answer.headers, answer.text());
        assert!(!whole.contains(leaked), "{headers}: {whole}");
        let next = &answer.json()["@odata.nextLink"];
        assert!(
            next.as_str()
                .is_some_and(|link| link.starts_with("http://x/")),
            "{next}"
        );
    }
    for headers in [
        "x-http-method-override: DELETE\r\n",
        "x-method-override: DELETE\r\n",
        "upgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n",
        "range: bytes=0-1\r\n",
        "if-none-match: *\r\n",
        "expect: a-miracle\r\n",
        "accept: text/html\r\n",
    ] {
        let answer = ask(&bench, &format!("GET {ONE}"), headers);
        assert_eq!(answer.status, 200, "{headers}: {}", answer.text());
        assert_eq!(answer.json()["id"], "contosohr", "{headers}");
        assert_eq!(bench.read().await, bench.state);
    }
}
