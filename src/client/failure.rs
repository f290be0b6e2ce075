//! Answers that are not a success, made readable.
//!
//! The generated client decodes every failure as the document's `ODataError`, and when that does not work it forgets the status. But
//! a proxy answers with a page of HTML, a gateway with nothing at all, and not every error of Microsoft Graph has all the members
//! that this server promises. So the body is completed here, before the generated code sees it.

use reqwest::{Response, StatusCode};
use serde_json::Value;

use super::{
    answer::with_body,
    types::{ODataError, ODataErrorBody, ODataInnerError},
};

/// How much of a failure's body is read.
const BODY_BYTES: usize = 64 * 1024;
/// How much of a body that is not an OData error is quoted in the message.
const QUOTED_CHARS: usize = 200;

/// The response, of a status from 400 to 599, with an `ODataError` as its body.
pub(super) async fn readable(mut response: Response) -> Response {
    let mut body = Vec::new();
    // A body that breaks off is as good as one that was never whole: what counts is the status.
    while body.len() < BODY_BYTES
        && let Ok(Some(chunk)) = response.chunk().await
    {
        body.extend_from_slice(&chunk);
    }
    body.truncate(BODY_BYTES);
    let body = serde_json::to_vec(&completed(response.status(), &body))
        .expect("the error has no keys but strings and no floats");
    with_body(response, body)
}

/// The error that `body` says, with what is missing filled in. Without a code in it the code is empty.
fn completed(status: StatusCode, body: &[u8]) -> ODataError {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let error = &answer["error"];
    let inner = &error["innerError"];
    ODataError {
        error: ODataErrorBody {
            code: text(&error["code"]).unwrap_or_default(),
            message: text(&error["message"]).unwrap_or_else(|| quoted(status, body)),
            target: text(&error["target"]),
            details: serde_json::from_value(error["details"].clone()).unwrap_or_default(),
            inner_error: ODataInnerError {
                code: text(&inner["code"]),
                source: text(&inner["source"]),
                message: text(&inner["message"]),
                date: text(&inner["date"]).unwrap_or_default(),
                request_id: text(&inner["request-id"]).unwrap_or_default(),
                client_request_id: text(&inner["client-request-id"]).unwrap_or_default(),
            },
        },
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A message for a body that has none: the body itself, in one line, cut.
fn quoted(status: StatusCode, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let words: Vec<&str> = text.split_whitespace().collect();
    let quote: String = words.join(" ").chars().take(QUOTED_CHARS).collect();
    if quote.is_empty() {
        format!("{status}, without a body")
    } else {
        format!("{status}, not an OData error: {quote}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(status: u16, body: &str) -> ODataErrorBody {
        completed(StatusCode::from_u16(status).unwrap(), body.as_bytes()).error
    }

    #[test]
    fn whole_error_is_kept() {
        let sent = r#"{"error":{"code":"BadRequest","message":"m","target":"/id","details":[{"code":"c","message":"d","target":"/id"}],
            "innerError":{"code":"x","date":"2026-11-23T10:00:00","request-id":"r","client-request-id":"q"}}}"#;
        let error = body(400, sent);
        assert_eq!(error.code, "BadRequest");
        assert_eq!(error.message, "m");
        assert_eq!(error.target.as_deref(), Some("/id"));
        assert_eq!(error.details.unwrap()[0].message, "d");
        assert_eq!(error.inner_error.code.as_deref(), Some("x"));
        assert_eq!(error.inner_error.request_id, "r");
    }

    #[test]
    fn missing_members_are_filled_in() {
        let error = body(404, r#"{"error":{"code":"NotFound","details":null}}"#);
        assert_eq!(error.code, "NotFound");
        assert_eq!(
            error.message,
            r#"404 Not Found, not an OData error: {"error":{"code":"NotFound","details":null}}"#
        );
        assert!(error.details.is_none());
    }

    #[test]
    fn foreign_bodies_are_quoted() {
        let table = [
            ("", "502 Bad Gateway, without a body"),
            (
                "<html>\n <b>Bad\tgateway</b>\n</html>",
                "502 Bad Gateway, not an OData error: <html> <b>Bad gateway</b> </html>",
            ),
            (
                r#"{"error":"invalid_token"}"#,
                r#"502 Bad Gateway, not an OData error: {"error":"invalid_token"}"#,
            ),
            ("[1]", "502 Bad Gateway, not an OData error: [1]"),
        ];
        for (sent, message) in table {
            let error = body(502, sent);
            assert_eq!(error.message, message);
            assert_eq!(error.code, "");
        }
        assert!(body(502, &"x".repeat(10_000)).message.len() < 300);
    }
}
