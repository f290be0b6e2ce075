//! Who gets a token: whole requests, as browsers, proxies and others put them on the wire.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};

use super::{GRANT, TOKEN};
use crate::harness::{Answer, Server};

const FORM: &str = "content-type: application/x-www-form-urlencoded";

/// A request for a token with this target, version and further header fields.
fn request(target: &str, version: &str, fields: &str) -> String {
    let length = GRANT.len();
    format!(
        "POST {target} {version}\r\n{FORM}\r\ncontent-length: {length}\r\nconnection: close\r\n{fields}\r\n{GRANT}"
    )
}

/// The status of the answer; whatever it is, a token comes with 200 alone.
fn status(server: &Server, request: &str) -> u16 {
    let answer = server.raw(request.as_bytes());
    let status = Answer::parse(&answer).status.as_u16();
    assert_eq!(answer.contains("access_token"), status == 200, "{answer}");
    status
}

#[test]
fn hosts_that_cannot_be_read_get_no_token() {
    let server = Server::start();
    // A name of 251 characters, which is a legal one.
    let label = "a".repeat(59);
    let long = format!("{label}.{label}.{label}.{label}.example.org");
    assert_eq!(long.len(), 251);
    for (hosts, served) in [
        (&["localhost"][..], true),
        (&["127.0.0.1:8080"], true),
        (&[], false),
        (&[""], false),
        (&["a~b.evil.example"], false),
        (&["evil!.example:8080"], false),
        (&["localhost,evil.example"], false),
        (&["localhost evil.example"], false),
        (&["evil.example#localhost"], false),
        (&["evil.example/localhost"], false),
        (&["l\u{f6}calhost"], false),
        (&["%6cocalhost"], false),
        (&["[::1"], false),
        (&["1.2.3.4.5"], false),
        (&[&format!("{long}:8080")], false),
        (&[&long], false),
        (&["localhost", "evil.example"], false),
        (&["evil.example", "localhost"], false),
    ] {
        let fields: Vec<_> = hosts.iter().map(|it| format!("host: {it}\r\n")).collect();
        let fields = fields.concat();
        let status = status(&server, &request(TOKEN, "HTTP/1.1", &fields));
        // What is no request at all gets 400, by the library.
        let expected: &[u16] = if served { &[200] } else { &[421, 400] };
        assert!(expected.contains(&status), "{hosts:?} {status}");
    }
    // The target in absolute form counts as much (RFC 9112, section 3.2.2).
    for (origin, expected) in [
        ("http://localhost", 200),
        ("http://evil.example", 421),
        ("http://a~b.evil.example:8080", 421),
    ] {
        let request = request(
            &format!("{origin}{TOKEN}"),
            "HTTP/1.1",
            "host: localhost\r\n",
        );
        assert_eq!(status(&server, &request), expected, "{origin}");
    }
}

#[tokio::test]
async fn authorities_of_http_2_that_cannot_be_read_get_no_token() {
    let server = Server::start();
    let address = server.origin.strip_prefix("http://").expect("http");
    for (authority, host, expected) in [
        ("localhost", None, 200),
        ("evil.example", None, 421),
        ("a~b.evil.example", None, 421),
        ("localhost", Some("evil.example"), 421),
    ] {
        let stream = tokio::net::TcpStream::connect(address).await;
        let io = TokioIo::new(stream.expect("a connection"));
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), io)
                .await
                .expect("a handshake");
        tokio::spawn(connection);
        let request = hyper::Request::post(format!("http://{authority}{TOKEN}"))
            .header("content-type", "application/x-www-form-urlencoded");
        let request = match host {
            Some(host) => request.header("host", host),
            None => request,
        };
        let body = Full::<Bytes>::from(GRANT);
        let answer = sender.send_request(request.body(body).expect("a request"));
        let status = answer.await.expect("an answer").status().as_u16();
        assert_eq!(status, expected, "{authority} {host:?}");
    }
}

#[test]
fn requests_through_a_proxy_get_no_token_unless_told() {
    let (by_default, switched_on) = (
        Server::start(),
        Server::start_with(&["--development-issuer", "on"]),
    );
    for field in [
        "x-forwarded-for: 203.0.113.7",
        "X-Forwarded-Host: localhost",
        "x-forwarded-proto: https",
        "x-forwarded-prefix: /graph",
        "forwarded: for=203.0.113.7",
        "via: 1.1 proxy",
        "x-real-ip: 203.0.113.7",
        "cf-connecting-ip: 203.0.113.7",
    ] {
        let request = request(
            TOKEN,
            "HTTP/1.1",
            &format!("host: localhost\r\n{field}\r\n"),
        );
        assert_eq!(status(&by_default, &request), 403, "{field}");
        assert_eq!(status(&switched_on, &request), 200, "{field}");
        let elsewhere = request.replace("host: localhost", "host: evil.example");
        assert_eq!(status(&switched_on, &elsewhere), 421, "{field}");
    }
    // What nginx sends for `proxy_pass http://127.0.0.1:8080;` alone.
    let nginx = request(TOKEN, "HTTP/1.0", "host: 127.0.0.1:8080\r\n");
    assert_eq!(status(&by_default, &nginx), 403);
    assert_eq!(status(&switched_on, &nginx), 200);
}

#[test]
fn start_warns_where_others_may_reach_the_development_issuer() {
    for (arguments, warned) in [
        // A proxy on this machine that adds no header cannot be told from a client.
        (
            &[][..],
            Some("behind a reverse proxy, set --development-issuer off"),
        ),
        (&["--development-issuer", "on"], None),
        (
            &["--listen", "0.0.0.0:0", "--development-issuer", "on"],
            Some("anyone who reaches this server gets any token"),
        ),
        (
            &["--public-url", "https://graph.contoso.test"],
            Some("behind a reverse proxy, set --development-issuer off"),
        ),
        (
            &[
                "--public-url",
                "https://graph.contoso.test",
                "--development-issuer",
                "off",
            ],
            None,
        ),
    ] {
        let log = Server::start_with(arguments).log();
        assert_eq!(
            log.contains("WARN"),
            warned.is_some(),
            "{arguments:?} {log}"
        );
        assert!(
            log.contains(warned.unwrap_or_default()),
            "{arguments:?} {log}"
        );
    }
}
