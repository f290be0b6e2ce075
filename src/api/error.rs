//! Everything that is not a success: the OData error envelope. Which status, code and text belong to what is in [`table`].

mod table;

use std::{fmt, time::SystemTime};

use openapi_contract_runtime::ToJson;
use poem::{
    Response,
    error::ResponseError,
    http::{HeaderName, HeaderValue, StatusCode},
};

use crate::logging::Causes;

use super::{
    generated::types::{ODataError, ODataErrorBody, ODataErrorDetail, ODataInnerError},
    request::RequestIds,
};

/// The answer to a failed call, without the identifiers of the request.
#[derive(Debug)]
pub(crate) struct ApiError(Box<Failure>);

#[derive(Debug)]
struct Failure {
    status: StatusCode,
    code: &'static str,
    message: String,
    /// `innerError.code`, `.source` and `.message`.
    inner: Option<Inner>,
    details: Vec<Detail>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// For the operator: never part of the answer.
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Debug)]
struct Inner {
    code: &'static str,
    source: Option<&'static str>,
    message: String,
}

#[derive(Debug)]
struct Detail {
    code: &'static str,
    message: String,
    target: Option<String>,
}

/// Name and value of a header of every OData answer. Source: OData 4.01 part 1, section 8.1.5.
pub(super) const ODATA_VERSION: (&str, &str) = ("odata-version", "4.0");

impl ApiError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Failure {
            status,
            code,
            message: message.into(),
            inner: None,
            details: Vec::new(),
            headers: Vec::new(),
            cause: None,
        }))
    }

    fn detail(
        mut self,
        code: &'static str,
        target: Option<String>,
        message: impl Into<String>,
    ) -> Self {
        self.0.details.push(Detail {
            code,
            message: message.into(),
            target,
        });
        self
    }

    fn inner(
        mut self,
        code: &'static str,
        source: Option<&'static str>,
        message: impl Into<String>,
    ) -> Self {
        self.0.inner = Some(Inner {
            code,
            source,
            message: message.into(),
        });
        self
    }

    fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    fn caused_by(mut self, cause: Box<dyn std::error::Error + Send + Sync>) -> Self {
        self.0.cause = Some(cause);
        self
    }

    /// The answer, with the identifiers of the request; the cause goes to the log.
    pub(crate) fn respond(self, ids: RequestIds, now: SystemTime) -> Response {
        if let Some(cause) = &self.0.cause {
            tracing::error!(request_id = %ids.request, cause = %Causes(cause.as_ref()), "the request failed");
        }
        let mut response = Response::builder()
            .status(self.0.status)
            .content_type("application/json")
            .header(ODATA_VERSION.0, ODATA_VERSION.1);
        for (name, value) in &self.0.headers {
            response = response.header(name, value);
        }
        response.body(self.envelope(ids, now).to_json_vec())
    }

    fn envelope(self, ids: RequestIds, now: SystemTime) -> ODataError {
        let details = self.0.details.into_iter().map(|detail| ODataErrorDetail {
            code: detail.code.to_owned(),
            message: detail.message,
            target: detail.target,
        });
        let details: Vec<_> = details.collect();
        let target = match details.as_slice() {
            [only] => only.target.clone(),
            _ => None,
        };
        let (code, source, message) = match self.0.inner {
            Some(inner) => (
                Some(inner.code.to_owned()),
                inner.source.map(str::to_owned),
                Some(inner.message),
            ),
            None => (None, None, None),
        };
        ODataError {
            error: ODataErrorBody {
                code: self.0.code.to_owned(),
                message: self.0.message,
                target,
                details: (!details.is_empty()).then_some(details),
                inner_error: ODataInnerError {
                    code,
                    source,
                    message,
                    // Without a zone. Source: Graph, every captured error.
                    date: chrono::DateTime::<chrono::Utc>::from(now)
                        .format("%Y-%m-%dT%H:%M:%S")
                        .to_string(),
                    request_id: ids.request.to_string(),
                    client_request_id: ids.client.to_string(),
                },
            },
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}: {}",
            self.0.status.as_u16(),
            self.0.code,
            self.0.message
        )
    }
}

impl std::error::Error for ApiError {}

impl ResponseError for ApiError {
    fn status(&self) -> StatusCode {
        self.0.status
    }
}
