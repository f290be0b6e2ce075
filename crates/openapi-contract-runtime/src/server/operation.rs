//! One operation of the document: what is known of it at run time, and how a call of it is refused or ends.

use std::future::Future;

use poem::{Request, error::ResponseError, http::StatusCode};

use super::{
    answer::{Answer, Answered},
    read::Ignored,
    rejection::Rejection,
};

/// An operation of the document, as data.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: &'static str,
    /// Upper case.
    pub method: &'static str,
    /// With `{name}` for parameters.
    pub path: &'static str,
    /// Permissions, any one of which is enough.
    pub scopes: &'static [&'static str],
    /// The only kind of token that it takes; `None`: both.
    pub token_kind: Option<TokenKind>,
    /// The query options that it has.
    pub query: &'static [&'static str],
    /// The statuses that it can answer.
    pub statuses: &'static [u16],
    /// `default`: it can answer every other error too.
    pub other_errors: bool,
}

/// For whom an app acts. Source: OAuth 2.0 (RFC 6749), sections 4.1 and 4.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// For itself.
    Application,
    /// For a user who is signed in.
    Delegated,
}

/// What the handlers of generated operations share.
pub trait Service: Send + Sync + 'static {
    /// The caller, as the handlers want to know it.
    type Caller: Send;
    /// How a call fails. [`Failure`](super::Failure) is a ready one.
    type Error: From<Rejection> + ResponseError + std::error::Error + Send + Sync + 'static;

    /// Finds out who calls, and whether they may.
    fn authorize(
        &self,
        operation: &'static Operation,
        request: &Request,
    ) -> impl Future<Output = Result<Self::Caller, Self::Error>> + Send;

    /// Is told the members of the request body that the document does not declare, before the handler is called. They are not an
    /// error; a service may tell its clients.
    fn ignored(&self, request: &Request, members: Vec<Ignored>) {
        let _ = (request, members);
    }
}

/// Ends a call: what the handler returned becomes the answer, if the document declares it.
///
/// # Errors
/// What the handler failed with, or [`Rejection::Undeclared`].
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
