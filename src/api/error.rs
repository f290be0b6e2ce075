//! Everything that is not a success: the OData error envelope. The way to it, in the order of a request:
//!
//! | what is wrong | says | |
//! |---|---|---|
//! | the head of the request | `bounded_listener::HeadError` | |
//! | the path or the method | `front`, by an [`ApiError`] of [`table`] | |
//! | the token | `auth::TokenError` | |
//! | parameters and body | `openapi_contract_runtime::Rejection` | each broken rule of the document is a `Violation` |
//! | a query option | `odata::OptionError` | |
//! | the request, by the rules of the domain; the store | `domain::Error` | each broken rule of the domain is a `Violation` |
//!
//! Each becomes an [`ApiError`]. Which status, code and text belong to what is in [`table`].

mod table;

use std::{fmt, time::SystemTime};

use openapi_contract_runtime::ToJson;
use poem::{
    Response,
    error::ResponseError,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
};

use crate::logging::Causes;

use super::{
    generated::types::{
        ODataError, ODataErrorBody, ODataErrorDetail, ODataInnerError, SearchInstrumentation,
        SearchODataError, SearchODataErrorBody, SearchODataErrorDetail,
    },
    request::RequestIds,
};

/// The answer to a failed call, without the identifiers of the request.
#[derive(Debug, thiserror::Error)]
#[error("{} {}: {}", .0.status.as_u16(), .0.body.code, .0.body.message)]
pub(crate) struct ApiError(Box<Content>);

#[derive(Debug)]
struct Content {
    status: StatusCode,
    /// Date and identifiers are filled in when it is sent.
    body: ODataErrorBody,
    headers: HeaderMap,
    /// It is sent in the form of search, see [`ApiError::of_search`].
    is_search: bool,
    /// For the operator: never part of the answer.
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Name and value of a header of every OData answer. Source: OData 4.01 part 1, section 8.1.5.
pub(super) const ODATA_VERSION: (&str, &str) = ("odata-version", "4.0");

impl ApiError {
    fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self(Box::new(Content {
            status: StatusCode::from_u16(status).expect("the table has statuses"),
            body: ODataErrorBody {
                code: code.to_owned(),
                message: message.into(),
                target: None,
                details: None,
                inner_error: ODataInnerError {
                    code: None,
                    source: None,
                    message: None,
                    date: String::new(),
                    request_id: String::new(),
                    client_request_id: String::new(),
                },
            },
            headers: HeaderMap::new(),
            is_search: false,
            cause: None,
        }))
    }

    fn detail(mut self, code: &str, target: Option<&str>, message: impl Into<String>) -> Self {
        let details = self.0.body.details.get_or_insert_default();
        details.push(ODataErrorDetail {
            code: code.to_owned(),
            message: message.into(),
            target: target.map(str::to_owned),
        });
        self
    }

    fn inner(mut self, code: &str, message: impl Into<String>) -> Self {
        let inner = &mut self.0.body.inner_error;
        inner.code = Some(code.to_owned());
        inner.message = Some(message.into());
        self
    }

    fn header(mut self, name: HeaderName, value: impl fmt::Display) -> Self {
        let value = HeaderValue::try_from(value.to_string());
        let value = value.expect("the table has ASCII in headers");
        self.0.headers.insert(name, value);
        self
    }

    fn caused_by(mut self, cause: Box<dyn std::error::Error + Send + Sync>) -> Self {
        self.0.cause = Some(cause);
        self
    }

    /// The answer, with the identifiers of the request; the cause goes to the log.
    pub(crate) fn respond(self, ids: RequestIds, now: SystemTime) -> Response {
        self.log(ids);
        let content = *self.0;
        let mut error = content.body;
        if let Some([only]) = error.details.as_deref() {
            error.target.clone_from(&only.target);
        }
        let inner = &mut error.inner_error;
        // Without a zone. Source: Graph, every captured error.
        let now = chrono::DateTime::<chrono::Utc>::from(now);
        inner.date = now.format("%Y-%m-%dT%H:%M:%S").to_string();
        inner.request_id = ids.request.to_string();
        inner.client_request_id = ids.client.to_string();
        let mut response = Response::builder()
            .status(content.status)
            .content_type("application/json")
            .header(ODATA_VERSION.0, ODATA_VERSION.1)
            .body(if content.is_search {
                search_error(error, content.status).to_json_vec()
            } else {
                ODataError { error }.to_json_vec()
            });
        response.headers_mut().extend(content.headers);
        response
    }
}

/// An error in the form that Graph's search has. Source: Graph, observed; that there is an `innerError` too is ours.
fn search_error(error: ODataErrorBody, status: StatusCode) -> SearchODataError {
    let http_code = status.as_u16().into();
    let detail = |detail: ODataErrorDetail| SearchODataErrorDetail {
        code: detail.code,
        message: detail.message,
        target: detail.target.unwrap_or_default(),
        http_code,
    };
    let trace_id = error.inner_error.request_id.clone();
    let details = error.details.into_iter().flatten();
    SearchODataError {
        error: SearchODataErrorBody {
            code: error.code,
            message: error.message,
            target: error.target.unwrap_or_default(),
            details: details.map(detail).collect(),
            http_code,
            inner_error: error.inner_error,
        },
        instrumentation: SearchInstrumentation { trace_id },
    }
}

impl ApiError {
    fn log(&self, ids: RequestIds) {
        if let Some(cause) = &self.0.cause {
            tracing::error!(request_id = %ids.request, cause = %Causes(cause.as_ref()), "the request failed");
        }
    }

    /// In words, for who reads no envelope: the message, and each broken rule with its place as `place` has it. The cause goes to the log.
    pub(super) fn told(self, ids: RequestIds, place: impl Fn(&str) -> String) -> String {
        self.log(ids);
        let Content {
            status,
            body,
            headers,
            ..
        } = *self.0;
        let mut told = body.message;
        if body.details.is_none()
            && let Some(reason) = body.inner_error.message
        {
            told.push(' ');
            told.push_str(&reason);
        }
        for ODataErrorDetail {
            target, message, ..
        } in body.details.into_iter().flatten()
        {
            told.push('\n');
            if let Some(target) = target {
                told.push_str(&place(&target));
                told.push_str(": ");
            }
            told.push_str(&message);
        }
        let retry_after = headers.get(header::RETRY_AFTER);
        if let Some(seconds) = retry_after.and_then(|value| value.to_str().ok()) {
            told += "\nRetry after ";
            told += seconds;
            told += " s.";
        }
        if status.is_server_error() {
            told += "\nrequest-id: ";
            told += &ids.request.to_string();
        }
        told
    }
}

impl ResponseError for ApiError {
    fn status(&self) -> StatusCode {
        self.0.status
    }
}
