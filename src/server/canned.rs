//! Answers that hyper gives by itself, and ours in their place.
//!
//! What cannot be read as a request (a malformed line, a head over hyper's own limits) never reaches the service: hyper
//! writes a bare `400`, `414` or `431` with an empty body and closes. It offers no hook for another answer, so [`super::socket`]
//! watches for these bytes. hyper 1.12 (`proto/h1/role.rs`, `Server::on_error`) writes them at once, alone in a write:
//!
//! ```text
//! HTTP/1.1 400 Bad Request
//! connection: close
//! content-length: 0
//! date: Sun, 23 Nov 2025 13:00:00 GMT
//! ```
//!
//! No answer of the endpoint looks like that: those carry at least a `request-id`.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use http_body_util::BodyExt;
use hyper::body::Bytes;
use poem::http::{StatusCode, header};

use super::rejection::Gate;

/// No answer of hyper's own is longer than this, bytes (the longest, with the reason phrase of 431, has 127).
const LONGEST: usize = 160;

/// The bytes to send instead of `written`, if that is an answer of hyper's own.
pub(super) fn replacement(written: &[u8], gate: &Gate) -> Option<Bytes> {
    // Nearly every write fails one of these three comparisons.
    if written.len() > LONGEST || written.get(9) != Some(&b'4') || !written.starts_with(b"HTTP/1.")
    {
        return None;
    }
    let canned = Canned::parse(written)?;
    Some(render(gate.unreadable(canned.status), canned.date))
}

#[derive(Debug, PartialEq)]
struct Canned<'a> {
    status: StatusCode,
    date: Option<&'a str>,
}

impl<'a> Canned<'a> {
    fn parse(written: &'a [u8]) -> Option<Self> {
        let head = std::str::from_utf8(written).ok()?;
        let mut lines = head.strip_suffix("\r\n\r\n")?.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let mut date = None;
        for line in lines {
            match line.split_once(": ")? {
                ("connection", "close") | ("content-length", "0") => {}
                ("date", value) => date = Some(value),
                _ => return None,
            }
        }
        Some(Self { status, date })
    }
}

/// An answer as HTTP/1.1 bytes that end the connection.
fn render(answer: poem::Response, date: Option<&str>) -> Bytes {
    let (head, body) = answer.into_parts();
    let body = body_now(body);
    let mut bytes = format!("HTTP/1.1 {}\r\n", head.status).into_bytes();
    for (name, value) in &head.headers {
        // Framing and connection are decided here.
        if [header::CONTENT_LENGTH, header::TRANSFER_ENCODING].contains(name)
            || [header::CONNECTION, header::DATE].contains(name)
        {
            continue;
        }
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    if let Some(date) = date {
        bytes.extend_from_slice(format!("date: {date}\r\n").as_bytes());
    }
    let end = format!(
        "connection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    bytes.extend_from_slice(end.as_bytes());
    bytes.extend_from_slice(&body);
    bytes.into()
}

/// The body that is there without waiting: all of it, for a body made from bytes.
pub(super) fn body_now(body: poem::Body) -> Bytes {
    let body: http_body_util::combinators::BoxBody<Bytes, std::io::Error> = body.into();
    match pin!(body.collect()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(body)) => body.to_bytes(),
        Poll::Ready(Err(_)) | Poll::Pending => Bytes::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::limits::Limits;

    #[test]
    fn only_answers_of_hyper_are_recognised() {
        let cases: [(&str, Option<u16>); 8] = [
            (
                "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
                Some(400),
            ),
            (
                "HTTP/1.0 431 Request Header Fields Too Large\r\ncontent-length: 0\r\ndate: now\r\n\r\n",
                Some(431),
            ),
            (
                "HTTP/1.1 404 Not Found\r\nrequest-id: 1\r\ncontent-length: 0\r\n\r\n",
                None,
            ),
            ("HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n", None),
            (
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n{}",
                None,
            ),
            ("HTTP/1.1 404 Not Found\r\n", None),
            ("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", None),
            ("", None),
        ];
        let gate = Gate::new(
            Box::new(|_, _| poem::Response::builder().finish()),
            &Limits::default(),
        );
        for (written, status) in cases {
            let canned = Canned::parse(written.as_bytes()).map(|canned| canned.status.as_u16());
            let replaced = replacement(written.as_bytes(), &gate).is_some();
            assert_eq!(replaced, status.is_some(), "{written}");
            assert_eq!(canned.filter(|_| replaced), status, "{written}");
        }
    }

    #[test]
    fn answer_is_rendered_with_its_own_framing() {
        let answer = poem::Response::builder()
            .status(StatusCode::BAD_REQUEST)
            .header("request-id", "1")
            .header("content-length", "99")
            .body("{}");
        assert_eq!(
            render(answer, Some("today")),
            "HTTP/1.1 400 Bad Request\r\nrequest-id: 1\r\ndate: today\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}"
        );
    }
}
