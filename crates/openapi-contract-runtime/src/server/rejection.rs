//! Why a call is refused before its handler is called.

use std::{fmt, time::Duration};

use poem::http::StatusCode;

/// Why a call is refused before its handler is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// Parameters or members break rules of the document.
    Invalid(Vec<Violation>),
    /// The body is not JSON.
    Malformed {
        /// The innermost value that cannot be read.
        target: Target,
        /// What is wrong with it.
        reason: String,
        /// A member appears more than once.
        duplicate: bool,
    },
    /// The body is required, and empty.
    EmptyBody,
    /// A body without `Content-Type`.
    ContentTypeMissing,
    /// A `Content-Type` that the operation does not have.
    ContentTypeUnsupported {
        /// The header's value.
        given: String,
    },
    /// A `Content-Encoding` that is not one of [`UNDERSTOOD_CODINGS`](super::UNDERSTOOD_CODINGS).
    ContentEncodingUnsupported,
    /// The body is not what its `Content-Encoding` says, or not in the form that is decoded.
    BodyUndecodable {
        /// `must …`.
        rule: String,
    },
    /// The body is larger than [`BodyLimits::bytes`](super::BodyLimits::bytes), as sent or as decoded.
    BodyTooLarge {
        /// That limit.
        limit_bytes: usize,
    },
    /// The bodies of other requests and answers fill the [`MemoryBudget`](super::MemoryBudget).
    NoMemory {
        /// When to try again.
        retry_after: Duration,
    },
    /// The body came so slowly that the server stopped reading it.
    BodyTooSlow {
        /// The words of the listener.
        reason: String,
    },
    /// The body ended early, or its framing is broken.
    BodyInterrupted,
    /// The handler of the operation is not written yet.
    Unimplemented {
        /// Its `operationId`.
        operation: &'static str,
    },
    /// A defect of the service: a handler answered what the document does not declare.
    Undeclared {
        /// What it answered.
        what: String,
    },
}

impl Rejection {
    /// The status that fits.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Invalid(_)
            | Self::Malformed { .. }
            | Self::EmptyBody
            | Self::BodyUndecodable { .. }
            | Self::BodyInterrupted => StatusCode::BAD_REQUEST,
            Self::ContentTypeMissing
            | Self::ContentTypeUnsupported { .. }
            | Self::ContentEncodingUnsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoMemory { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::BodyTooSlow { .. } => StatusCode::REQUEST_TIMEOUT,
            Self::Unimplemented { .. } => StatusCode::NOT_IMPLEMENTED,
            Self::Undeclared { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// A sentence for the client, but for [`Rejection::Undeclared`], which is for the operator.
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(_) => f.write_str("The request breaks rules of this operation."),
            Self::Malformed { reason, .. } => write!(f, "The request body is not JSON: {reason}."),
            Self::EmptyBody => f.write_str("The request body is empty."),
            Self::ContentTypeMissing => f.write_str("The request has no Content-Type."),
            Self::ContentTypeUnsupported { .. } => {
                f.write_str("The Content-Type of the request is not supported.")
            }
            Self::ContentEncodingUnsupported => {
                f.write_str("The Content-Encoding of the request is not supported.")
            }
            Self::BodyUndecodable { rule } => write!(f, "The request body {rule}."),
            Self::BodyTooLarge { limit_bytes } => write!(
                f,
                "The request body must be at most {limit_bytes} bytes long."
            ),
            Self::NoMemory { .. } => {
                f.write_str("Too many large requests and answers are in progress. Retry later.")
            }
            Self::BodyTooSlow { reason } => {
                write!(f, "The request body did not arrive in time: {reason}.")
            }
            Self::BodyInterrupted => f.write_str("The request body ended early."),
            Self::Unimplemented { operation } => {
                write!(f, "The operation {operation} is not implemented yet.")
            }
            Self::Undeclared { what } => write!(f, "the document does not declare {what}"),
        }
    }
}

impl std::error::Error for Rejection {}

/// What a rule is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A member of the body, by its JSON pointer; empty is the whole body.
    Body(String),
    /// A parameter, by its name.
    Parameter(String),
}

impl Target {
    pub(super) fn body(pointer: &str) -> Self {
        Self::Body(pointer.to_owned())
    }
}

/// A member by its JSON pointer, a parameter by its name, the whole body as `body`.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(pointer) if pointer.is_empty() => f.write_str("body"),
            Self::Body(pointer) => f.write_str(pointer),
            Self::Parameter(name) => f.write_str(name),
        }
    }
}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// What the rule is about.
    pub target: Target,
    /// How it is broken.
    pub kind: Kind,
    /// The rule in words, such as `must be 1 to 128 characters long; it has 200`.
    pub rule: String,
}

/// How a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Required and absent.
    Missing,
    /// Another JSON type, or `null` where it is not allowed.
    WrongType,
    /// A value outside the rules.
    Value,
    /// A name that the enumeration does not have: its first 64 characters.
    Name(String),
    /// Given more than once.
    Duplicate,
    /// Not known here.
    Unknown,
}

impl Violation {
    pub(super) fn of_parameter(name: &str, kind: Kind, rule: impl Into<String>) -> Self {
        Self {
            target: Target::Parameter(name.to_owned()),
            kind,
            rule: rule.into(),
        }
    }
}
