//! Requests that are answered before the endpoint sees them: by `reject`, whoever found the fault.

use super::*;

const URI_TOO_LONG: &str = "UriTooLong { limit_bytes: 8192 }";
const HEADERS_TOO_LARGE: &str = "HeadersTooLarge { limit_bytes: 32768, limit_fields: 100 }";
const MALFORMED: &str = "Malformed";

fn head(target: &str, headers: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nhost: x\r\n{headers}\r\n")
}

#[tokio::test]
async fn every_refusal_has_the_body_of_reject() {
    let long_uri = |bytes| head(&format!("/{}", "x".repeat(bytes)), "");
    let long_header = |bytes| head("/", &format!("a: {}\r\n", "x".repeat(bytes)));
    let cases = [
        ("a URI over our limit", long_uri(9 << 10), 414, URI_TOO_LONG),
        (
            "a URI over hyper's limit",
            long_uri(70 << 10),
            414,
            URI_TOO_LONG,
        ),
        (
            "101 fields",
            head("/", &"a: b\r\n".repeat(100)),
            431,
            HEADERS_TOO_LARGE,
        ),
        (
            "300 fields",
            head("/", &"a: b\r\n".repeat(299)),
            431,
            HEADERS_TOO_LARGE,
        ),
        (
            "33 KiB of header",
            long_header(33 << 10),
            431,
            HEADERS_TOO_LARGE,
        ),
        (
            "500 KiB of header",
            long_header(500 << 10),
            431,
            HEADERS_TOO_LARGE,
        ),
        ("no HTTP", "garbage\r\n\r\n".to_owned(), 400, MALFORMED),
        (
            "a TLS client",
            "\x16\x03\x01\x02\0\x01\0".to_owned(),
            400,
            MALFORMED,
        ),
        ("HTTP/0.9", "GET /\r\n\r\n".to_owned(), 400, MALFORMED),
        (
            "HTTP/3.0",
            "GET / HTTP/3.0\r\n\r\n".to_owned(),
            400,
            MALFORMED,
        ),
        (
            "HTTP/2 misspelt",
            "PRI * HTTP/2.0\r\n\r\nXX".to_owned(),
            400,
            MALFORMED,
        ),
        (
            "a field without a colon",
            head("/", "a b\r\n"),
            400,
            MALFORMED,
        ),
        (
            "a length that is none",
            head("/", "content-length: x\r\n"),
            400,
            MALFORMED,
        ),
        ("a space in the URI", head("/a b", ""), 400, MALFORMED),
    ];
    let server = Running::start(Limits::default()).await;
    for (case, request, status, rejection) in cases {
        let mut client = server.connect().await;
        client.send(request).await;
        let answer = client.answer().await;
        assert_eq!(answer.status, status, "{case}: {answer:?}");
        assert_eq!(answer.body, format!("{rejection} from None"), "{case}");
        assert!(
            answer.head.contains("\r\nrequest-id: 2\r\n"),
            "{case}: {answer:?}"
        );
        assert!(answer.head.contains("\r\ndate: "), "{case}: {answer:?}");
    }
}

#[tokio::test]
async fn readable_head_is_handed_to_reject() {
    let server = Running::start(Limits::default()).await;
    let mut client = server.connect().await;
    let many = format!("client-request-id: 7\r\n{}", "a: b\r\n".repeat(99));
    let body = client.ask(&head("/", &many)).await;
    assert_eq!(body, format!("{HEADERS_TOO_LARGE} from Some(\"7\")"));
    // Nothing was wrong with the connection.
    assert_eq!(client.ask(&head("/a", "")).await, "GET /a");
}

#[tokio::test]
async fn limits_themselves_are_allowed() {
    let server = Running::start(Limits::default()).await;
    let mut client = server.connect().await;
    let path = format!("/{}", "x".repeat(8_191));
    assert_eq!(client.ask(&head(&path, "")).await, format!("GET {path}"));
    // With `host`, that is 100 fields.
    assert_eq!(
        client.ask(&head("/a", &"a: b\r\n".repeat(99))).await,
        "GET /a"
    );
    // With `host: x\r\n` and `a: \r\n`, that is 32,768 bytes.
    let header = format!("a: {}\r\n", "x".repeat(32_768 - 9 - 5));
    assert_eq!(client.ask(&head("/a", &header)).await, "GET /a");
}

#[tokio::test]
async fn unreadable_request_ends_the_connection_after_its_answer() {
    let server = Running::start(Limits::default()).await;
    let mut client = server.connect().await;
    client.send(head("/a", "") + "garbage\r\n\r\n").await;
    assert_eq!(client.answer().await.body, "GET /a");
    let answer = client.answer().await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (400, "Malformed from None")
    );
    assert!(
        answer.head.contains("\r\nconnection: close\r\n"),
        "{answer:?}"
    );
    client.assert_closed().await;
}

#[tokio::test]
async fn answers_of_the_endpoint_pass_unchanged() {
    let server = Running::start(Limits::default()).await;
    let mut client = server.connect().await;
    // Like an answer of hyper's own at a glance, but for a body or a header.
    client
        .send("PUT /unread HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n")
        .await;
    let answer = client.answer().await;
    assert_eq!((answer.status, answer.body.as_str()), (413, "too large"));
    client
        .send("HEAD /unread HTTP/1.1\r\nhost: x\r\n\r\n")
        .await;
    let head = client.head().await;
    assert!(head.contains("\r\nrequest-id: 1\r\n"), "{head}");
}
