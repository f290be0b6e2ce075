//! A ready error for services whose document has no error of its own.

use std::fmt;

use poem::{
    Response,
    error::ResponseError,
    http::{StatusCode, header},
};

use super::{ObjectWriter, Rejection, ToJson};

/// How a call fails: a status, a sentence, and each broken rule. Answered as
///
/// ```json
/// {"message": "The request breaks rules of this operation.", "details": [{"target": "/name", "rule": "is required"}]}
/// ```
///
/// where `details` is absent if there are none. A document declares it so:
///
/// ```yaml
/// Failure:
///   type: object
///   required: [message]
///   properties:
///     message: {type: string}
///     details:
///       type: array
///       items: {$ref: '#/components/schemas/Detail'}
/// Detail:
///   type: object
///   required: [target, rule]
///   properties:
///     target: {type: string, description: A JSON pointer into the body, or the name of a parameter.}
///     rule: {type: string}
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    status: StatusCode,
    message: String,
    details: Vec<Detail>,
    retry_after_s: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Detail {
    target: String,
    rule: String,
}

impl Failure {
    /// Without details.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            details: Vec::new(),
            retry_after_s: None,
        }
    }
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        let message = match &rejection {
            // A defect is the operator's affair.
            Rejection::Undeclared { .. } => "An unexpected error occurred.".to_owned(),
            told => told.to_string(),
        };
        let mut failure = Self::new(rejection.status(), message);
        match rejection {
            Rejection::Invalid(rules) => {
                failure.details = rules
                    .into_iter()
                    .map(|broken| Detail {
                        target: broken.target.to_string(),
                        rule: broken.rule,
                    })
                    .collect();
            }
            Rejection::NoMemory { retry_after } => {
                failure.retry_after_s = Some(retry_after.as_secs());
            }
            _ => {}
        }
        failure
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.status.as_u16(), self.message)
    }
}

impl std::error::Error for Failure {}

impl ResponseError for Failure {
    fn status(&self) -> StatusCode {
        self.status
    }

    fn as_response(&self) -> Response {
        let mut response = Response::builder()
            .status(self.status)
            .content_type("application/json");
        if let Some(seconds) = self.retry_after_s {
            response = response.header(header::RETRY_AFTER, seconds);
        }
        response.body(self.to_json_vec())
    }
}

impl ToJson for Failure {
    fn to_json(&self, text: &mut Vec<u8>) {
        let mut object = ObjectWriter::new(text);
        object.member("\"message\":", &self.message);
        let details = (!self.details.is_empty()).then_some(&self.details);
        object.optional("\"details\":", details);
        object.end();
    }
}

impl ToJson for Detail {
    fn to_json(&self, text: &mut Vec<u8>) {
        let mut object = ObjectWriter::new(text);
        object.member("\"target\":", &self.target);
        object.member("\"rule\":", &self.rule);
        object.end();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Kind, Target, Violation};

    async fn answered(rejection: Rejection) -> (u16, Option<String>, String) {
        let response = Failure::from(rejection).as_response();
        let retry_after = response.header("retry-after").map(str::to_owned);
        let status = response.status().as_u16();
        let body = response.into_body().into_string().await;
        (status, retry_after, body.expect("text"))
    }

    #[tokio::test]
    async fn every_rejection_is_answered_with_what_the_client_may_know() {
        let rule = Violation {
            target: Target::body("/name"),
            kind: Kind::Missing,
            rule: "is required".into(),
        };
        let broken = r#"{"message":"The request breaks rules of this operation.","details":[{"target":"/name","rule":"is required"}]}"#;
        let told = answered(Rejection::Invalid(vec![rule])).await;
        assert_eq!(told, (400, None, broken.to_owned()));
        let retry_after = Duration::from_secs(30);
        let told = answered(Rejection::NoMemory { retry_after }).await;
        assert_eq!((told.0, told.1.as_deref()), (503, Some("30")));
        let what = "a secret".to_owned();
        let told = answered(Rejection::Undeclared { what }).await;
        let unexpected = r#"{"message":"An unexpected error occurred."}"#;
        assert_eq!(told, (500, None, unexpected.to_owned()));
    }
}
