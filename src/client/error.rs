//! Everything that can go wrong with a request, as one type.

use std::{sync::Arc, time::Duration};

use reqwest::StatusCode;
use serde::de::Error as _;
use uuid::Uuid;

use super::{credential::CredentialError, printable::printable, service_error::ServiceError};

/// Why a call of the client did not succeed, after its last attempt.
///
/// Neither `Display` nor `Debug` shows a token or a secret. What is behind an error is its `source`.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing was sent: a setting or an argument is missing or invalid, or a next link leads to another service or in a circle.
    #[error("the request was not sent: {0}")]
    InvalidRequest(String),
    /// Nothing was sent: there is no token to send.
    #[error("the credential gave no token")]
    Credential(#[from] CredentialError),
    /// No response, or none that arrived completely: no connection, TLS, a timeout.
    #[error("the service gave no complete response")]
    #[non_exhaustive]
    Transport {
        /// What went wrong on the way.
        #[source]
        cause: Arc<reqwest::Error>,
        /// See [`Error::client_request_id`].
        client_request_id: Option<Uuid>,
    },
    /// The service, or something on the way to it, answered with a status that is not a success of the operation.
    #[error("{0}")]
    Service(Box<ServiceError>),
    /// The service answered with success and a body that is not what the operation returns, or is too long.
    #[error("the response is not what the operation returns")]
    #[non_exhaustive]
    Decode {
        /// What is wrong with the body.
        #[source]
        cause: Arc<serde_json::Error>,
        /// See [`Error::client_request_id`].
        client_request_id: Option<Uuid>,
    },
    /// The service accepted a request and gave it up later: the operation that was waited for has `failed`.
    #[error("the operation failed: {}", failure(code.as_deref(), message.as_deref()))]
    #[non_exhaustive]
    OperationFailed {
        /// The code of the operation's error, such as `QuotaLimitReached`; `None` if it has none.
        code: Option<String>,
        /// What the operation's error says; `None` if it says nothing.
        message: Option<String>,
    },
    /// The operation that was waited for was still in progress when the time was over. It goes on, and can be waited for again.
    #[error("the operation was still in progress after {} s", waited.as_secs_f64())]
    #[non_exhaustive]
    OperationTimeout {
        /// The time that it was waited for.
        waited: Duration,
    },
}

impl Error {
    /// The error code of the response, or of the operation that failed, if there is one.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.code.as_deref(),
            Self::OperationFailed { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    /// The status of the response, if it is not a success.
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.service()?.status)
    }

    /// The response, if it is not a success.
    pub fn service(&self) -> Option<&ServiceError> {
        match self {
            Self::Service(error) => Some(error),
            _ => None,
        }
    }

    /// The header `client-request-id` of the call, the same in all its attempts: the name under which to ask an operator about it.
    /// `None` if nothing was sent, and for the end of an operation.
    pub fn client_request_id(&self) -> Option<Uuid> {
        match self {
            Self::InvalidRequest(_)
            | Self::Credential(_)
            | Self::OperationFailed { .. }
            | Self::OperationTimeout { .. } => None,
            Self::Service(error) => Some(error.client_request_id),
            Self::Transport {
                client_request_id, ..
            }
            | Self::Decode {
                client_request_id, ..
            } => *client_request_id,
        }
    }

    pub(super) fn transport(cause: reqwest::Error, client_request_id: Option<Uuid>) -> Self {
        Self::Transport {
            cause: Arc::new(cause),
            client_request_id,
        }
    }

    /// `what` is wrong with a body; it may quote the body.
    pub(super) fn decode(what: &str, client_request_id: Option<Uuid>) -> Self {
        Self::Decode {
            cause: Arc::new(serde_json::Error::custom(printable(what))),
            client_request_id,
        }
    }

    /// The generated code could not make a request, or could not read a response that is no error.
    pub(super) fn generated<E>(
        error: progenitor_client::Error<E>,
        client_request_id: Uuid,
    ) -> Self {
        use progenitor_client::Error as Generated;

        let undeclared = |status, headers| {
            let error = ServiceError::of_head(status, headers, client_request_id);
            Self::Service(Box::new(error))
        };
        match error {
            Generated::InvalidRequest(reason) | Generated::Custom(reason) => {
                Self::InvalidRequest(reason)
            }
            Generated::CommunicationError(cause)
            | Generated::InvalidUpgrade(cause)
            | Generated::ResponseBodyError(cause) => {
                Self::transport(cause, Some(client_request_id))
            }
            Generated::InvalidResponsePayload(_, cause) => {
                Self::decode(&cause.to_string(), Some(client_request_id))
            }
            Generated::ErrorResponse(response) => undeclared(response.status(), response.headers()),
            Generated::UnexpectedResponse(response) => {
                undeclared(response.status(), response.headers())
            }
        }
    }
}

/// What the error of an operation says.
fn failure(code: Option<&str>, message: Option<&str>) -> String {
    let said: Vec<_> = [code, message]
        .into_iter()
        .flatten()
        .map(printable)
        .collect();
    if said.is_empty() {
        "the service does not say why".to_owned()
    } else {
        said.join(": ")
    }
}
