//! Everything that can go wrong with a request, as one type.

use std::{fmt, time::Duration};

use reqwest::{StatusCode, header::HeaderMap};
use serde::de::Error as _;
use uuid::Uuid;

use super::{
    answer::NoAnswer,
    credential::CredentialError,
    printable::printable,
    retry_after::retry_after,
    types::{ODataError, ODataErrorDetail},
};

/// The error that generated code makes of requests and answers.
pub(super) type Generated = progenitor_client::Error<ODataError>;

/// Why a call of the client did not succeed, after its last attempt.
///
/// ```no_run
/// # use graph_connections::client::{Client, Error, StatusCode};
/// # async fn example(client: Client) -> Result<(), Error> {
/// match client.delete_connection().connection_id("contosohr").send().await {
///     Ok(_) => println!("deleted"),
///     Err(error) if error.code() == Some("ItemNotFound") => println!("there was none"),
///     Err(error) if error.status() == Some(StatusCode::FORBIDDEN) => println!("not ours: {error}"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
///
/// Neither `Display` nor `Debug` shows a token or a secret. What is behind an error is its `source`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Nothing was sent: a setting or an argument is missing or invalid, or a next link leads to another service or in a circle.
    InvalidRequest(String),
    /// Nothing was sent: there is no token to send.
    Credential(CredentialError),
    /// No answer, or none that arrived whole: no connection, TLS, a timeout.
    #[non_exhaustive]
    Transport {
        /// What went wrong on the way.
        cause: reqwest::Error,
        /// See [`Error::client_request_id`].
        client_request_id: Option<Uuid>,
    },
    /// The service, or something on the way to it, answered with a status that is not a success of the operation.
    Service(Box<ServiceError>),
    /// The service answered with success and a body that is not what the operation returns, or has no end.
    #[non_exhaustive]
    Decode {
        /// What is wrong with the body.
        cause: serde_json::Error,
        /// See [`Error::client_request_id`].
        client_request_id: Uuid,
    },
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
    /// The identifier that the client gave the call.
    pub client_request_id: Uuid,
    /// How long the service asks to wait before the next try: longer than [`RetryPolicy::time`](super::RetryPolicy::time) leaves, or
    /// there was no try left.
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
            _ => None,
        }
    }

    /// What the header `client-request-id` of the call said, the same in all its attempts: the name under which to ask an operator
    /// about it. `None` if nothing was sent.
    pub fn client_request_id(&self) -> Option<Uuid> {
        match self {
            Self::InvalidRequest(_) | Self::Credential(_) => None,
            Self::Transport {
                client_request_id, ..
            } => *client_request_id,
            Self::Service(error) => Some(error.client_request_id),
            Self::Decode {
                client_request_id, ..
            } => Some(*client_request_id),
        }
    }

    /// The HTTP client could not be made.
    pub(super) fn setup(cause: reqwest::Error) -> Self {
        Self::Transport {
            cause,
            client_request_id: None,
        }
    }

    /// The generated code could not make a request.
    pub(super) fn not_built(error: progenitor_client::Error) -> Self {
        match error {
            progenitor_client::Error::InvalidRequest(reason)
            | progenitor_client::Error::Custom(reason) => Self::InvalidRequest(reason),
            other => Self::InvalidRequest(other.to_string()),
        }
    }

    pub(super) fn not_answered(error: NoAnswer, client_request_id: Uuid) -> Self {
        match error {
            NoAnswer::Transport(cause) => Self::Transport {
                cause,
                client_request_id: Some(client_request_id),
            },
            NoAnswer::TooLong(bytes) => Self::Decode {
                cause: serde_json::Error::custom(format!("longer than {bytes} bytes")),
                client_request_id,
            },
        }
    }

    /// The generated code could not make a success of an answer.
    pub(super) fn not_success(error: Generated, client_request_id: Uuid) -> Self {
        match error {
            Generated::InvalidRequest(reason) | Generated::Custom(reason) => {
                Self::InvalidRequest(reason)
            }
            Generated::CommunicationError(cause)
            | Generated::InvalidUpgrade(cause)
            | Generated::ResponseBodyError(cause) => Self::Transport {
                cause,
                client_request_id: Some(client_request_id),
            },
            Generated::InvalidResponsePayload(_, cause) => Self::Decode {
                // It may quote the answer.
                cause: serde_json::Error::custom(printable(&cause.to_string())),
                client_request_id,
            },
            Generated::ErrorResponse(response) => {
                let (status, headers) = (response.status(), response.headers().clone());
                let body = response.into_inner();
                let error = ServiceError::of(status, &headers, client_request_id).with(body);
                Self::Service(Box::new(error))
            }
            Generated::UnexpectedResponse(response) => Self::Service(Box::new(ServiceError::of(
                response.status(),
                response.headers(),
                client_request_id,
            ))),
        }
    }
}

impl ServiceError {
    /// What the head of an answer says: of a redirection, or of a success that the operation does not declare, that is all.
    fn of(status: StatusCode, headers: &HeaderMap, client_request_id: Uuid) -> Self {
        let request_id = headers.get("request-id").and_then(|id| id.to_str().ok());
        Self {
            status,
            code: None,
            message: format!("{status}, which the operation does not declare"),
            target: None,
            details: Vec::new(),
            request_id: request_id.map(str::to_owned),
            client_request_id,
            retry_after: retry_after(headers),
        }
    }

    /// What its body says too.
    fn with(self, body: ODataError) -> Self {
        let error = body.error;
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            code: given(error.code),
            message: error.message,
            target: error.target,
            details: error.details.unwrap_or_default(),
            request_id: self.request_id.or(given(error.inner_error.request_id)),
            ..self
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(reason) => write!(f, "the request was not sent: {reason}"),
            Self::Credential(_) => f.write_str("the credential gave no token"),
            Self::Transport { .. } => f.write_str("the service gave no whole answer"),
            Self::Service(error) => error.fmt(f),
            Self::Decode { .. } => f.write_str("the answer is not what the operation returns"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Credential(cause) => Some(cause),
            Self::Transport { cause, .. } => Some(cause),
            Self::Decode { cause, .. } => Some(cause),
            Self::InvalidRequest(_) | Self::Service(_) => None,
        }
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
        for detail in &self.details {
            let target = printable(detail.target.as_deref().unwrap_or_default());
            write!(f, "; {target} {}", printable(&detail.message))?;
        }
        match &self.request_id {
            Some(id) => write!(f, " (request-id {})", printable(id)),
            None => Ok(()),
        }
    }
}
