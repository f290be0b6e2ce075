//! Everything that can go wrong with a request, as one type.

use std::{fmt, time::Duration};

use reqwest::{
    StatusCode,
    header::{HeaderMap, RETRY_AFTER},
};

use super::types::{ODataError, ODataErrorDetail};

/// Why a request of the client did not succeed.
///
/// The `send` of each operation returns progenitor's error; `?` and `map_err(Error::from)` turn it into this one.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Nothing was sent: an argument is missing or invalid, or a next link leads to another service.
    InvalidRequest(String),
    /// No answer, or none that arrived whole: no connection, TLS, a timeout.
    Transport(reqwest::Error),
    /// The service, or something on the way to it, answered with a status that is not a success of the operation.
    Service(Box<ServiceError>),
    /// The service answered with success and a body that is not what the operation returns.
    Decode(serde_json::Error),
}

/// An answer that is not a success.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ServiceError {
    /// The status of the answer.
    pub status: StatusCode,
    /// One of Microsoft Graph's error codes, such as `ItemNotFound`; `None` if the answer is not an OData error, as that of a proxy.
    pub code: Option<String>,
    /// The text of the error; that of the answer, cut, if it is not an OData error.
    pub message: String,
    /// The member (a JSON pointer) or parameter that is wrong, if it is a single one.
    pub target: Option<String>,
    /// Each broken rule.
    pub details: Vec<ODataErrorDetail>,
    /// The identifier of the request in the service's log.
    pub request_id: Option<String>,
    /// How long to wait before the next try. `None` also if the service says so by a date, which this one does not.
    pub retry_after: Option<Duration>,
}

impl Error {
    /// The error code of the answer, if there is one.
    pub fn code(&self) -> Option<&str> {
        self.service()?.code.as_deref()
    }

    /// The status of the answer, if it is not a success.
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.service()?.status)
    }

    /// The answer, if it is not a success.
    pub fn service(&self) -> Option<&ServiceError> {
        match self {
            Self::Service(error) => Some(error),
            Self::InvalidRequest(_) | Self::Transport(_) | Self::Decode(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(reason) => write!(f, "the request was not sent: {reason}"),
            Self::Transport(_) => f.write_str("the service gave no whole answer"),
            Self::Service(error) => error.fmt(f),
            Self::Decode(_) => f.write_str("the answer is not what the operation returns"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::Decode(error) => Some(error),
            Self::InvalidRequest(_) | Self::Service(_) => None,
        }
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{} {code}: {}", self.status.as_u16(), self.message)?,
            None => f.write_str(&self.message)?,
        }
        for detail in &self.details {
            let target = detail.target.as_deref().unwrap_or_default();
            write!(f, "; {target} {}", detail.message)?;
        }
        match &self.request_id {
            Some(id) => write!(f, " (request-id {id})"),
            None => Ok(()),
        }
    }
}

impl From<progenitor_client::Error<ODataError>> for Error {
    fn from(error: progenitor_client::Error<ODataError>) -> Self {
        use progenitor_client::Error as Sent;
        match error {
            Sent::InvalidRequest(reason) | Sent::Custom(reason) => Self::InvalidRequest(reason),
            Sent::CommunicationError(error)
            | Sent::InvalidUpgrade(error)
            | Sent::ResponseBodyError(error) => Self::Transport(error),
            Sent::InvalidResponsePayload(_, error) => Self::Decode(error),
            Sent::ErrorResponse(response) => {
                let (status, headers) = (response.status(), response.headers().clone());
                Self::Service(Box::new(service_error(
                    status,
                    &headers,
                    response.into_inner(),
                )))
            }
            Sent::UnexpectedResponse(response) => {
                Self::Service(Box::new(unexpected(response.status(), response.headers())))
            }
        }
    }
}

fn service_error(status: StatusCode, headers: &HeaderMap, body: ODataError) -> ServiceError {
    let error = body.error;
    // An answer without a code has been completed with an empty one.
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    ServiceError {
        status,
        code: given(error.code),
        message: error.message,
        target: error.target,
        details: error.details.unwrap_or_default(),
        request_id: request_id(headers).or(given(error.inner_error.request_id)),
        retry_after: retry_after(headers),
    }
}

/// An answer below 400 that the operation does not declare: a redirection, another success.
fn unexpected(status: StatusCode, headers: &HeaderMap) -> ServiceError {
    ServiceError {
        status,
        code: None,
        message: format!("{status}, which the operation does not declare"),
        target: None,
        details: Vec::new(),
        request_id: request_id(headers),
        retry_after: retry_after(headers),
    }
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    Some(headers.get("request-id")?.to_str().ok()?.to_owned())
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}
