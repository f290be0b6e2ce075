//! Responses that are not a success, made readable.
//!
//! Not every one is an OData error: a proxy answers with a page of HTML, a gateway with nothing at all, and Microsoft Graph leaves
//! out members that this server promises. So the body is read here, leniently, and not by the generated code.

use std::{fmt, time::Duration};

use reqwest::{Response, StatusCode, header::HeaderMap};
use serde_json::Value;
use uuid::Uuid;

use super::{generated::types::ODataErrorDetail, printable::printable, retry_after::retry_after};

/// How much of the body is read.
const BODY_BYTES: usize = 64 * 1024;
/// How much of a body that is not an OData error is quoted in the message.
const QUOTED_CHARS: usize = 200;

/// A response that is not a success.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ServiceError {
    /// The status of the response.
    pub status: StatusCode,
    /// One of Microsoft Graph's error codes, such as `ItemNotFound`; `None` if the response is not an OData error, such as that of a proxy.
    pub code: Option<String>,
    /// The text of the error; the beginning of the body if it is not an OData error.
    pub message: String,
    /// The member (a JSON pointer) or parameter that is wrong, if it is a single one.
    pub target: Option<String>,
    /// What the service adds to the message, such as which resource there is none of; `None` if it does not.
    pub reason: Option<String>,
    /// Each broken rule.
    pub details: Vec<ODataErrorDetail>,
    /// The identifier of the request in the service's log.
    pub request_id: Option<String>,
    /// The identifier that the client gave the call.
    pub client_request_id: Uuid,
    /// What `Retry-After` says; `None` if there is none. The client has not waited for it: no attempt was left, or it is longer than
    /// [`RetryPolicy::time`](super::RetryPolicy::time) leaves.
    pub retry_after: Option<Duration>,
}

impl ServiceError {
    /// Reads a response with a status from 400 to 599.
    pub(super) async fn read(mut response: Response, client_request_id: Uuid) -> Self {
        let mut body = Vec::new();
        // The status counts, even if the body is cut off.
        while body.len() < BODY_BYTES
            && let Ok(Some(chunk)) = response.chunk().await
        {
            body.extend_from_slice(&chunk);
        }
        body.truncate(BODY_BYTES);
        Self::of_head(response.status(), response.headers(), client_request_id).with_body(&body)
    }

    /// What the head of a response says: all that there is of a redirection, or of a success that the operation does not declare.
    pub(super) fn of_head(
        status: StatusCode,
        headers: &HeaderMap,
        client_request_id: Uuid,
    ) -> Self {
        let request_id = headers.get("request-id").and_then(|id| id.to_str().ok());
        Self {
            status,
            code: None,
            message: format!("{status}, which the operation does not declare"),
            target: None,
            reason: None,
            details: Vec::new(),
            request_id: request_id.map(str::to_owned),
            client_request_id,
            retry_after: retry_after(headers),
        }
    }

    fn with_body(self, body: &[u8]) -> Self {
        let answer: Value = serde_json::from_slice(body).unwrap_or_default();
        let error = &answer["error"];
        Self {
            code: text(&error["code"]),
            message: text(&error["message"]).unwrap_or_else(|| quoted(self.status, body)),
            target: text(&error["target"]),
            reason: text(&error["innerError"]["message"]),
            details: serde_json::from_value(error["details"].clone()).unwrap_or_default(),
            request_id: self
                .request_id
                .or_else(|| text(&error["innerError"]["request-id"])),
            ..self
        }
    }
}

fn text(value: &Value) -> Option<String> {
    let text = value.as_str().filter(|text| !text.is_empty());
    text.map(str::to_owned)
}

/// A message for a body that has none: the beginning of the body, in one line.
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

/// Control characters of the service's texts are shown as escapes.
impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = printable(&self.message);
        match &self.code {
            Some(code) => write!(f, "{} {}: {message}", self.status.as_u16(), printable(code))?,
            None => f.write_str(&message)?,
        }
        // Details say the same, and more.
        if let Some(reason) = self.reason.as_ref().filter(|_| self.details.is_empty()) {
            write!(f, " {}", printable(reason))?;
        }
        for detail in &self.details {
            f.write_str("; ")?;
            if let Some(target) = detail.target.as_deref().filter(|it| !it.is_empty()) {
                write!(f, "{} ", printable(target))?;
            }
            f.write_str(&printable(&detail.message))?;
        }
        match &self.request_id {
            Some(id) => write!(f, " (request-id {})", printable(id)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ServiceError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(status: u16, body: &str) -> ServiceError {
        let status = StatusCode::from_u16(status).unwrap();
        ServiceError::of_head(status, &HeaderMap::new(), Uuid::nil()).with_body(body.as_bytes())
    }

    #[test]
    fn whole_error_is_kept() {
        let sent = r#"{"error":{"code":"BadRequest","message":"m","target":"/id","details":[{"code":"c","message":"d","target":"/id"}],
            "innerError":{"code":"x","date":"2026-11-23T10:00:00","request-id":"r","client-request-id":"q"}}}"#;
        let error = body(400, sent);
        assert_eq!(error.code.as_deref(), Some("BadRequest"));
        assert_eq!(error.message, "m");
        assert_eq!(error.target.as_deref(), Some("/id"));
        assert_eq!(error.details[0].message, "d");
        assert_eq!(error.request_id.as_deref(), Some("r"));
    }

    #[test]
    fn missing_members_are_filled_in() {
        let error = body(404, r#"{"error":{"code":"NotFound","details":null}}"#);
        assert_eq!(error.code.as_deref(), Some("NotFound"));
        assert_eq!(
            error.message,
            r#"404 Not Found, not an OData error: {"error":{"code":"NotFound","details":null}}"#
        );
        assert!(error.details.is_empty());
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
            assert_eq!(error.code, None);
        }
        assert!(body(502, &"x".repeat(10_000)).message.len() < 300);
    }
}
