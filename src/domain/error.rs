//! Everything that can go wrong in the domain, without a word of HTTP.

use std::time::Duration;

use super::search::Burden;

/// Why a unit of work did not happen. `api::error` gives each variant its status and Graph code.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Absent, or not visible to the caller: the two are never told apart.
    #[error("'{}' not found", .0.0)]
    NotFound(Resource),
    /// What is there already is in the way.
    #[error("{0:?} is there already")]
    Exists(Conflict),
    /// The request breaks rules of the domain.
    #[error("{} rule(s) broken", .0.len())]
    Invalid(Vec<Violation>),
    /// What would be stored is larger than one resource may be.
    #[error("{bytes} bytes are too large to be stored; the limit is {limit_bytes}")]
    TooLarge { bytes: usize, limit_bytes: usize },
    /// The query takes longer than a read may. Repeating it does not help.
    #[error("the query takes too long")]
    TooCostly,
    /// The search counts or sorts by more values than one may.
    #[error("too many values")]
    TooManyValues(Burden),
    /// The caller is faster than its limits allow.
    #[error("too many requests")]
    Throttled { retry_after: Duration },
    /// The tenant or the connection may hold no more.
    #[error("{rule}")]
    QuotaReached { rule: String },
    /// The queue is full.
    #[error("the queue is full")]
    Overloaded { retry_after: Duration },
    /// A search cannot be answered yet, for a reason in words.
    #[error("{0}")]
    NotYet(&'static str),
    /// The store is temporarily unavailable: the disk is full, failing or read-only.
    #[error("the store is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A bug in this program.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What is in the way of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conflict {
    /// A connection of this identifier, in this tenant.
    Connection,
    /// An operation on the schema that is not done yet.
    Operation,
    /// An external group of this identifier, in this connection.
    Group,
    /// This member of the group.
    Member,
}

/// A kind of resource, by the name that Graph's errors give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Resource(pub(crate) &'static str);

impl Resource {
    /// What was looked for.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none.
    pub(crate) fn found<T>(self, found: Option<T>) -> Result<T, Error> {
        found.ok_or(Error::NotFound(self))
    }
}

/// The code of a broken rule for which Graph has no other.
pub(crate) const INVALID_VALUE: &str = "InvalidValue";
/// Graph's code of what is of another type than the schema says.
pub(crate) const DESERIALIZATION_ERROR: &str = "DeserializationError";

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// JSON pointer (RFC 6901) into the request body.
    pub(crate) pointer: String,
    /// The kind of rule, in Graph's word if it has one.
    pub(crate) code: &'static str,
    /// The rule in words, as a sentence.
    pub(crate) rule: String,
}

impl Violation {
    pub(crate) fn new(pointer: impl Into<String>, rule: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            code: INVALID_VALUE,
            rule: rule.into(),
        }
    }

    pub(crate) fn with_code(self, code: &'static str) -> Self {
        Self { code, ..self }
    }
}
