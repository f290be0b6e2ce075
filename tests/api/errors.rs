//! Every answer to a request that is not a success is the OData envelope, whoever found the fault: the listener, the routing, the
//! authorization, the reading of the request, or the operation. Only what cannot be read as a request has a bare status.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Request, Server};

const COLLECTION: &str = "/v1.0/external/connections";
const NOT_JSON: &str = "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.";
const MALFORMED: &str = "The request is malformed or incorrect.";
const NOT_ALLOWED: &str = "Specified HTTP method is not allowed for the request target.";

/// The whole form of an error: envelope, identifiers, headers.
#[track_caller]
fn assert_error(case: &str, answer: &Answer, status: u16, code: &str, message: &str) -> Value {
    println!("{case}");
    let error = answer.error(status, code);
    assert_eq!(error["message"], message);
    for (header, value) in [
        ("odata-version", "4.0"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(answer.header(header), value, "{header}");
    }
    for header in ["request-id", "client-request-id"] {
        let id = answer.header(header);
        assert!(uuid::Uuid::try_parse(id).is_ok(), "{header}: {id}");
    }
    for detail in error["details"].as_array().into_iter().flatten() {
        let text = |member: &str| detail[member].as_str().is_some_and(|text| !text.is_empty());
        assert!(text("code") && text("message"), "{detail}");
    }
    error
}

/// A request without body, after which the server closes the connection.
fn request(line: &str, headers: &str) -> String {
    format!("{line}\r\nhost: x\r\nconnection: close\r\n{headers}\r\n")
}

#[tokio::test]
async fn requests_with_unusual_heads_are_answered_in_the_envelope() {
    let server = Server::start();
    let get = |path: &str, headers: &str| request(&format!("GET {path} HTTP/1.1"), headers);
    let line = |line: &str| request(line, "");
    let malformed = (400, "BadRequest", MALFORMED);
    let invalid_version = (400, "BadRequest", "Invalid version.");
    let not_allowed = (405, "Request_BadRequest", NOT_ALLOWED);
    let long_uri = (414, "RequestUriTooLong", "The request URI is too long.");
    let long_head = (
        431,
        "RequestHeaderFieldsTooLarge",
        "The header fields are too large.",
    );
    let long_path = |kib: usize| get(&format!("{COLLECTION}/{}", "x".repeat(kib << 10)), "");
    let long_query = |kib: usize| get(&format!("{COLLECTION}?{}", "x".repeat(kib << 10)), "");
    let long_header = |kib: usize| get(COLLECTION, &format!("a: {}\r\n", "x".repeat(kib << 10)));
    // With `host` and `connection`.
    let fields = |count: usize| get(COLLECTION, &"a: b\r\n".repeat(count - 2));
    let cases = [
        (
            "no host",
            format!("GET {COLLECTION} HTTP/1.1\r\nconnection: close\r\n\r\n"),
            malformed,
        ),
        ("two hosts", get(COLLECTION, "host: y\r\n"), malformed),
        ("a path of 9 KiB", long_path(9), long_uri),
        ("a query of 9 KiB", long_query(9), long_uri),
        ("headers of 81 KiB", long_header(81), long_head),
        ("headers of 100 KiB", long_header(100), long_head),
        ("101 header fields", fields(101), long_head),
        ("200 header fields", fields(200), long_head),
        ("OPTIONS *", line("OPTIONS * HTTP/1.1"), invalid_version),
        (
            "CONNECT",
            line("CONNECT example.org:443 HTTP/1.1"),
            invalid_version,
        ),
        (
            "TRACE",
            line(&format!("TRACE {COLLECTION} HTTP/1.1")),
            not_allowed,
        ),
        (
            "FOO",
            line(&format!("FOO {COLLECTION} HTTP/1.1")),
            not_allowed,
        ),
        (
            "lower case",
            line(&format!("get {COLLECTION} HTTP/1.1")),
            not_allowed,
        ),
        (
            "a whole URL",
            line(&format!("GET http://x{COLLECTION} HTTP/1.1")),
            (401, "InvalidAuthenticationToken", "Access token is empty."),
        ),
    ];
    for (case, request, (status, code, message)) in cases {
        let answer = Answer::parse(&server.raw(request.as_bytes()));
        assert_error(case, &answer, status, code, message);
        assert!(!answer.text().contains("xxxx"), "{case}: {}", answer.text());
    }
    let healthy = Request::new(Method::GET, "/healthz").send(&server).await;
    assert_eq!(healthy.status, 200);
}

/// No request came of it, so the HTTP library answers: with a status alone, and for the last time on the connection.
#[tokio::test]
async fn what_is_not_http_gets_a_bare_status() {
    let server = Server::start();
    let get = |path: &str, headers: &str| request(&format!("GET {path} HTTP/1.1"), headers);
    let long_path = format!("{COLLECTION}/{}", "x".repeat(70 << 10));
    let long_header = format!("a: {}\r\n", "x".repeat(600 << 10));
    let cases = [
        ("garbage", "garbage\r\n\r\n".into(), 400),
        (
            "TLS",
            "\x16\x03\x01\x02\0\x01\0\x01\x3c\x03\x03".into(),
            400,
        ),
        ("HTTP/0.9", format!("GET {COLLECTION}\r\n\r\n"), 400),
        (
            "HTTP/3.0",
            request(&format!("GET {COLLECTION} HTTP/3.0"), ""),
            400,
        ),
        ("a space in the path", get("/v1.0/a b", ""), 400),
        (
            "a control character in the path",
            get("/v1.0/a\x01b", ""),
            400,
        ),
        ("a header without a colon", get(COLLECTION, "a b\r\n"), 400),
        (
            "a header with a zero byte",
            get(COLLECTION, "a: \0\r\n"),
            400,
        ),
        ("a folded header", get(COLLECTION, "a: b\r\n c\r\n"), 400),
        (
            "a length that is no number",
            get(COLLECTION, "content-length: x\r\n"),
            400,
        ),
        (
            "two lengths",
            get(COLLECTION, "content-length: 1\r\ncontent-length: 2\r\n"),
            400,
        ),
        ("a path of 70 KiB", get(&long_path, ""), 414),
        ("headers of 600 KiB", get(COLLECTION, &long_header), 431),
        (
            "2,000 header fields",
            get(COLLECTION, &"a: b\r\n".repeat(2_000)),
            431,
        ),
    ];
    for (case, request, status) in cases {
        let answer = Answer::parse(&server.raw(request.as_bytes()));
        assert_eq!(answer.status, status, "{case}");
        assert_eq!(answer.text(), "", "{case}");
        assert_eq!(answer.header("connection"), "close", "{case}");
    }
    let healthy = Request::new(Method::GET, "/healthz").send(&server).await;
    assert_eq!(healthy.status, 200);
}

#[tokio::test]
async fn paths_and_methods_that_are_not_there_are_told_apart() {
    let server = Server::start();
    let segment = |name: &str| format!("Resource not found for the segment '{name}'.");
    for (path, message) in [
        ("/", None),
        ("/docs", None),
        ("/nothing", Some("Invalid version.".to_owned())),
        (
            "/v2.0/external/connections",
            Some("Invalid version.".into()),
        ),
        ("/external/connections", Some("Invalid version.".into())),
        ("/v1.0", Some(segment(""))),
        ("/v1.0/", Some(segment(""))),
        ("/beta/users", Some(segment("users"))),
        ("/v1.0/external/items", Some(segment("items"))),
        ("/v1.0/connections/a/nothing", Some(segment("nothing"))),
        ("/v1.0/connections/$count/a", Some(segment("a"))),
        ("/v1.0/x%0d%0ay", Some(segment("x\r\ny"))),
        ("/v1.0/%ff", Some(MALFORMED.into())),
        ("/v1.0/%zz", Some(MALFORMED.into())),
    ] {
        // Routing comes before authorization: no token is needed to be told.
        let answer = Request::new(Method::GET, path).send(&server).await;
        match message {
            None => assert!(answer.status.as_u16() < 400, "{path}: {}", answer.status),
            Some(message) => {
                assert_error(path, &answer, 400, "BadRequest", &message);
            }
        }
    }
    for (path, method, allow) in [
        (COLLECTION, "PUT", "POST, GET, HEAD"),
        (COLLECTION, "OPTIONS", "POST, GET, HEAD"),
        ("/beta/connections/$ref", "GET", "POST"),
        ("/beta/connections/$count", "POST", "GET, HEAD"),
        ("/v1.0/connections/a", "PUT", "GET, PATCH, DELETE, HEAD"),
        ("/docs", "POST", "GET, HEAD"),
        ("/openapi.json", "DELETE", "GET, HEAD"),
        ("/common/oauth2/v2.0/token", "GET", "POST"),
    ] {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let answer = Request::new(method, path).send(&server).await;
        let error = assert_error(path, &answer, 405, "Request_BadRequest", NOT_ALLOWED);
        assert_eq!(answer.header("allow"), allow, "{path}");
        let rule = error["details"][0]["message"].as_str().expect("a rule");
        let told = format!("the request target allows {allow}");
        assert!(rule.starts_with(&told), "{rule}");
    }
}

#[tokio::test]
async fn failures_of_operations_have_graphs_codes_and_texts() {
    let server = Server::start();
    let token = server.token(&[]);
    let create = |body: &Value| {
        Request::new(Method::POST, COLLECTION)
            .bearer(&token)
            .json(body)
    };
    let body = json!({ "id": "contosohr", "name": "Contoso HR" });
    assert_eq!(create(&body).send(&server).await.status, 201);
    let post = || Request::new(Method::POST, COLLECTION).bearer(&token);
    let brotli = post().header("content-encoding", "br").json(&body);
    let not_gzip = post().header("content-encoding", "gzip").json(&body);
    let text = post().header("content-type", "text/plain");
    let absent = Request::new(Method::GET, "/v1.0/external/connections/absent").bearer(&token);
    let unknown =
        Request::new(Method::GET, "/v1.0/external/connections?%24top=1&a=b").bearer(&token);
    let cases = [
        (
            absent,
            404,
            "ItemNotFound",
            "The requested resource does not exist.",
            None,
        ),
        (
            create(&body),
            409,
            "NameAlreadyExists",
            "The specified resource name already exists",
            Some(("NameAlreadyExists", "/id")),
        ),
        (
            create(&json!({ "id": "contoso-hr", "name": "x" })),
            400,
            "InvalidRequest",
            MALFORMED,
            Some(("InvalidValue", "/id")),
        ),
        (
            create(&json!({ "name": 5 })),
            400,
            "BadRequest",
            "Property content in payload has a value that does not match schema.",
            Some(("InvalidType", "/name")),
        ),
        (
            create(&json!({})),
            400,
            "InvalidRequest",
            MALFORMED,
            Some(("MissingValue", "/name")),
        ),
        (
            post()
                .header("content-type", "application/json")
                .body("{\"name\": x"),
            400,
            "BadRequest",
            NOT_JSON,
            Some(("InvalidJson", "/name")),
        ),
        (
            post().header("content-type", "application/json"),
            400,
            "BadRequest",
            "Empty Payload. JSON content expected.",
            Some(("MissingBody", "body")),
        ),
        (
            post().body("{}"),
            400,
            "BadRequest",
            "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
            Some(("MissingValue", "Content-Type")),
        ),
        (
            text.body("{}"),
            400,
            "BadRequest",
            "Entity only allows writes with a JSON Content-Type header.",
            Some(("InvalidValue", "Content-Type")),
        ),
        (
            create(&json!({ "name": "x".repeat(4_000_000) })),
            413,
            "RequestEntityTooLarge",
            "Request entity too large.",
            Some(("TooLarge", "body")),
        ),
        (
            not_gzip,
            400,
            "BadRequest",
            "The request body does not match its Content-Encoding.",
            Some(("InvalidBody", "body")),
        ),
        (
            brotli,
            415,
            "UnsupportedMediaType",
            "The Content-Encoding of the request is not supported.",
            Some(("InvalidValue", "Content-Encoding")),
        ),
        (
            unknown,
            400,
            "BadRequest",
            "Invalid parameter 'a': is not supported; this operation has $select, $filter, $orderby, $top, $skip, $skiptoken, $count (at position 10 of the query).",
            Some(("UnknownQueryOption", "a")),
        ),
    ];
    for (request, status, code, message, detail) in cases {
        let answer = request.send(&server).await;
        let error = assert_error(message, &answer, status, code, message);
        match detail {
            None => assert_eq!(error.get("details"), None),
            Some((code, target)) => {
                assert_eq!(error["details"][0]["code"], code);
                assert_eq!(answer.targets(), [target]);
                assert_eq!(error["target"], target, "the only one");
            }
        }
    }
}

#[tokio::test]
async fn inner_error_and_details_tell_every_broken_rule() {
    let server = Server::start();
    let absent = server
        .send(Method::GET, "/v1.0/connections/absent", None)
        .await;
    let mut inner = absent.error(404, "ItemNotFound")["innerError"].take();
    for member in ["date", "request-id", "client-request-id"] {
        inner.as_object_mut().expect("an object").remove(member);
    }
    // Source: the answer of Graph that PnP's CLI for Microsoft 365 expects in its tests.
    let expected = json!({
        "code": "ResourceNotFound",
        "source": "Connection",
        "message": "'Connection' was not found.",
    });
    assert_eq!(inner, expected);

    let body =
        json!({ "name": "", "description": 1, "configuration": { "authorizedApps": ["a", ""] } });
    let answer = server.send(Method::POST, COLLECTION, Some(body)).await;
    let error = answer.error(400, "BadRequest");
    let targets = ["/name", "/description", "/configuration/authorizedApps/1"];
    assert_eq!(answer.targets(), targets);
    assert_eq!(error.get("target"), None, "there is more than one");
    assert_eq!(error["innerError"]["code"], "DeserializationError");
    assert_eq!(
        error["innerError"]["message"],
        "/name: must be 1 to 128 characters long; it has 0"
    );
}

#[tokio::test]
async fn client_request_id_is_repeated_only_if_it_is_a_uuid() {
    let server = Server::start();
    let long_uri = format!("{COLLECTION}?{}", "x".repeat(9 << 10));
    for path in [COLLECTION, "/nothing", "/docs", long_uri.as_str()] {
        let ask = |id: &str| {
            Request::new(Method::GET, path)
                .header("client-request-id", id)
                .send(&server)
        };
        for (given, repeated) in [
            ("0a1b2c3d-0000-4000-8000-00000000abcd", true),
            ("0A1B2C3D-0000-4000-8000-00000000ABCD", true),
            ("0a1b2c3d0000400080000000000000abcd", false),
            ("1", false),
            ("", false),
            ("<script>alert(1)</script>", false),
        ] {
            let answer = ask(given).await;
            let (request, client) = (
                answer.header("request-id"),
                answer.header("client-request-id"),
            );
            let expected = if repeated { given } else { request };
            assert!(
                client.eq_ignore_ascii_case(expected),
                "{path} {given}: {client}"
            );
            assert_ne!(request, given, "the server makes its own");
        }
    }
}

#[tokio::test]
async fn log_holds_neither_tokens_nor_contents() {
    let server = Server::start_with(&["--log", "trace"]);
    let token = server.token(&[]);
    let good = json!({ "name": "Sekret name", "description": "Sekret", "configuration": { "authorizedApps": ["Sekret"] } });
    let requests = [
        Request::new(Method::POST, COLLECTION)
            .bearer(&token)
            .json(&good),
        Request::new(Method::POST, COLLECTION)
            .bearer(&token)
            .json(&json!({ "name": ["Sekret"] })),
        Request::new(Method::POST, COLLECTION)
            .bearer(&token)
            .json(&json!({ "Sekret": "Sekret" })),
        Request::new(Method::POST, COLLECTION)
            .bearer(&token)
            .header("content-type", "application/json")
            .body("{\"Sekret\": Sekret"),
        Request::new(Method::GET, "/v1.0/connections?$filter=name eq 'Sekret'").bearer(&token),
        Request::new(Method::GET, "/v1.0/connections?$filter=Sekret").bearer(&token),
        Request::new(Method::GET, "/v1.0/connections?Sekret=Sekret").bearer(&token),
        Request::new(Method::GET, COLLECTION).bearer(&token[..token.len() - 4]),
        Request::new(Method::GET, COLLECTION).bearer("Sekret"),
        Request::new(Method::GET, COLLECTION).header("x-a", "Sekret"),
        Request::new(Method::POST, "/common/oauth2/v2.0/token")
            .header("content-type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials&client_id=a&client_secret=Sekret"),
    ];
    let count = requests.len();
    for request in requests {
        request.send(&server).await;
    }
    server.raw(format!("GET {COLLECTION} Sekret\r\n\r\n").as_bytes());
    let log = server.log();
    let mut lines = 0;
    for line in log.lines() {
        let event: Value = serde_json::from_str(line).expect("each line is JSON");
        lines += usize::from(event["message"] == "request");
    }
    assert_eq!(lines, count, "each request is logged once");
    let signature = token.rsplit('.').next().expect("a signature");
    for secret in ["Sekret", "Bearer", "eyJ", &signature[..16]] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

/// C1 and what reorders text, in a path that nobody would write.
#[test]
fn logs_have_no_characters_that_terminals_obey() {
    let server = Server::start();
    let mark = "c4n4ry";
    let path = format!("/v1.0/{mark}\u{9b}2J\u{202e}\u{2028}");
    let answer = server.raw(
        format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").as_bytes(),
    );
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer:?}");
    let log = server.log();
    assert!(log.contains(mark), "{log}");
    let obeyed = |c: char| c != '\n' && c.is_control() || ('\u{2028}'..='\u{2069}').contains(&c);
    assert!(!log.contains(obeyed), "{log:?}");
}
