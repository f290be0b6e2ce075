//! Requests that are refused before the handler sees them.

use super::*;

const URI_TOO_LONG: &str = "UriTooLong { limit_bytes: 8192 }";
const HEADERS_TOO_LARGE: &str = "HeadersTooLarge { limit_bytes: 81920, limit_fields: 100 }";
const INVALID_HOST: &str = "InvalidHost";

fn head(target: &str, headers: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nhost: x\r\n{headers}\r\n")
}

#[tokio::test]
async fn heads_over_a_limit_are_refused_by_the_handler() {
    let long_uri = |bytes| head(&format!("/{}", "x".repeat(bytes)), "");
    let long_header = |bytes| head("/", &format!("a: {}\r\n", "x".repeat(bytes)));
    let fields = |count: usize| head("/", &"a: b\r\n".repeat(count - 1));
    let cases = [
        ("a long URI", long_uri(9 << 10), 414, URI_TOO_LONG),
        ("101 fields", fields(101), 431, HEADERS_TOO_LARGE),
        ("200 fields", fields(200), 431, HEADERS_TOO_LARGE),
        ("81 KiB", long_header(81 << 10), 431, HEADERS_TOO_LARGE),
        ("120 KiB", long_header(120 << 10), 431, HEADERS_TOO_LARGE),
        ("two hosts", head("/", "host: y\r\n"), 400, INVALID_HOST),
        (
            "no host",
            "GET / HTTP/1.1\r\n\r\n".to_owned(),
            400,
            INVALID_HOST,
        ),
    ];
    let server = TestServer::start(Settings::default()).await;
    for (case, request, status, error) in cases {
        let mut client = server.connect().await;
        client.send(request).await;
        let answer = client.answer().await;
        assert_eq!(answer.status, status, "{case}: {answer:?}");
        assert_eq!(answer.body, format!("{error} from None"), "{case}");
        assert!(answer.head.contains("\r\ndate: "), "{case}: {answer:?}");
    }
}

/// There is no head that the handler could be asked about.
#[tokio::test]
async fn what_cannot_be_parsed_gets_a_bare_status() {
    let cases = [
        ("a URI of 70 KiB", head(&"/x".repeat(35 << 10), ""), 414),
        ("300 fields", head("/", &"a: b\r\n".repeat(299)), 431),
        (
            "500 KiB of header",
            head("/", &format!("a: {}\r\n", "x".repeat(500 << 10))),
            431,
        ),
        ("no HTTP", "garbage\r\n\r\n".to_owned(), 400),
        ("a TLS client", "\x16\x03\x01\x02\0\x01\0".to_owned(), 400),
        ("HTTP/0.9", "GET /\r\n\r\n".to_owned(), 400),
        ("HTTP/3.0", "GET / HTTP/3.0\r\n\r\n".to_owned(), 400),
        (
            "HTTP/2 misspelt",
            "PRI * HTTP/2.0\r\n\r\nXX".to_owned(),
            400,
        ),
        ("a field without a colon", head("/", "a b\r\n"), 400),
        (
            "a length that is none",
            head("/", "content-length: x\r\n"),
            400,
        ),
        ("a space in the URI", head("/a b", ""), 400),
    ];
    let server = TestServer::start(Settings::default()).await;
    for (case, request, status) in cases {
        let mut client = server.connect().await;
        // All of it is taken, and the response is not lost to a reset.
        client.send(request).await;
        let answer = client.answer().await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (status, ""),
            "{case}"
        );
        let closes = answer.head.contains("\r\nconnection: close\r\n");
        assert!(closes, "{case}: {answer:?}");
        client.assert_closed().await;
    }
}

#[tokio::test]
async fn head_is_handed_to_the_refusal() {
    let server = TestServer::start(Settings::default()).await;
    let mut client = server.connect().await;
    let many = format!("name: 7\r\n{}", "a: b\r\n".repeat(99));
    let body = client.ask(&head("/", &many)).await;
    assert_eq!(body, format!("{HEADERS_TOO_LARGE} from Some(\"7\")"));
    // Nothing was wrong with the connection.
    assert_eq!(client.ask(&head("/a", "")).await, "GET /a");
}

#[tokio::test]
async fn limits_themselves_are_allowed() {
    let server = TestServer::start(Settings::default()).await;
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
    let server = TestServer::start(Settings::default()).await;
    let mut client = server.connect().await;
    client.send(head("/a", "") + "garbage\r\n\r\n").await;
    assert_eq!(client.answer().await.body, "GET /a");
    let answer = client.answer().await;
    assert_eq!((answer.status, answer.body.as_str()), (400, ""));
    assert!(
        answer.head.contains("\r\nconnection: close\r\n"),
        "{answer:?}"
    );
    client.assert_closed().await;
}
