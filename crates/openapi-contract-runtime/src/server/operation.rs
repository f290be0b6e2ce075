//! One operation of the document: what is known of it at run time, and how a call of it begins and is refused.

use std::{future::Future, time::Duration};

use poem::{Request, error::ResponseError, http::StatusCode};

use super::{
    answer::{Answer, Answered},
    rules::{Broken, Kind},
};

/// An operation of the document, as data.
#[derive(Debug)]
pub struct Operation {
    pub id: &'static str,
    /// Upper case.
    pub method: &'static str,
    /// With `{name}` for parameters.
    pub path: &'static str,
    /// Any one of these permissions is enough.
    pub scopes: &'static [&'static str],
    /// The query options it knows.
    pub query: &'static [&'static str],
    /// The statuses it can answer.
    pub statuses: &'static [u16],
    /// `default`: it can answer every other error too.
    pub other_errors: bool,
}

/// What the handlers of generated operations share.
pub trait Service: Send + Sync + 'static {
    /// Who calls, as the handlers want to know it.
    type Caller: Send;
    /// How a call fails.
    type Error: From<Rejection> + ResponseError + std::error::Error + Send + Sync + 'static;

    /// Finds out who calls and whether they may.
    fn authorize(
        &self,
        operation: &'static Operation,
        request: &Request,
    ) -> impl Future<Output = Result<Self::Caller, Self::Error>> + Send;
}

/// Why a call is refused before its handler is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// Parameters or members break rules of the document.
    Broken(Vec<Broken>),
    /// The body is not JSON.
    Malformed {
        target: Target,
        reason: String,
        duplicate: bool,
    },
    EmptyBody,
    /// A body without `Content-Type`.
    ContentTypeMissing,
    ContentTypeUnsupported {
        given: String,
    },
    ContentEncodingUnsupported,
    /// The body is not what its `Content-Encoding` says.
    BodyUndecodable,
    BodyTooLarge {
        limit_bytes: usize,
    },
    /// Other bodies, or other answers, fill the memory that all share.
    NoMemory {
        retry_after: Duration,
    },
    /// The body came so slowly that it was given up.
    BodyTooSlow {
        reason: String,
    },
    /// The body ended early, or its framing is broken.
    BodyInterrupted,
    /// The handler of the operation is not written yet.
    Unimplemented {
        operation: &'static str,
    },
    /// A defect: a handler answered what the document does not declare.
    Undeclared {
        what: String,
    },
}

/// What a rule is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A member of the body, by its JSON pointer; empty is the whole body.
    Body(String),
    Parameter(Place, String),
}

impl Target {
    pub fn body(pointer: &str) -> Self {
        Self::Body(pointer.to_owned())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Header,
}

/// Ends a call: what the handler says becomes the answer, if the document declares it.
pub fn finish<S: Service, R: Answer>(
    operation: &'static Operation,
    outcome: Result<R, S::Error>,
) -> poem::Result<Answered<R>> {
    let answered = match outcome {
        Ok(answer) => Answered::new(answer).map_err(S::Error::from),
        Err(error) => match operation.declares(error.status()) {
            Ok(()) => Err(error),
            Err(undeclared) => Err(undeclared.into()),
        },
    };
    Ok(answered?)
}

impl Operation {
    /// The document is the contract for handlers too.
    fn declares(&self, status: StatusCode) -> Result<(), Rejection> {
        // A handler that is not written yet promises nothing.
        let others = self.other_errors || status == StatusCode::NOT_IMPLEMENTED;
        if others || self.statuses.contains(&status.as_u16()) {
            return Ok(());
        }
        Err(Rejection::Undeclared {
            what: format!("status {status} of {}", self.id),
        })
    }
}

impl Broken {
    pub(super) fn parameter(place: Place, name: &str, kind: Kind, rule: impl Into<String>) -> Self {
        Self {
            target: Target::Parameter(place, name.to_owned()),
            kind,
            rule: rule.into(),
        }
    }
}
