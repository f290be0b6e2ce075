//! The one table of statuses, codes and texts.
//!
//! Codes and texts are Graph's own where they have been observed; `details` add the member or parameter and the
//! broken rule in words.

use bounded_listener::HeadError;
use openapi_contract_runtime::{Kind, Rejection, Target, UNDERSTOOD_CODINGS, Violation};
use poem::{
    error::{MethodNotAllowedError, NotFoundError},
    http::{StatusCode, header},
};

use crate::{
    api::generated::{self, types::ODataErrorDetail},
    auth::TokenError,
    domain::{
        Conflict, Error, Resource,
        error::{DESERIALIZATION_ERROR, INVALID_VALUE},
    },
    odata::OptionError,
};

use super::ApiError;

const MALFORMED: &str = "The request is malformed or incorrect.";
const NOT_THE_SCHEMA: &str = "Property content in payload has a value that does not match schema.";
const NOT_JSON: &str = "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.";

/// Source: Graph, directory queries that are not indexed.
const UNSUPPORTED_QUERY: &str = "Request_UnsupportedQuery";
const TOO_COSTLY: &str = "The query takes too long to answer.";

/// `Retry-After` of answers with 503, *seconds*.
const RETRY_AFTER_S: u64 = 5;

impl ApiError {
    fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    fn invalid_request() -> Self {
        Self::new(400, "InvalidRequest", MALFORMED)
    }

    fn unavailable(message: &str, retry_after_s: u64) -> Self {
        Self::new(503, "ServiceUnavailable", message).header(header::RETRY_AFTER, retry_after_s)
    }

    /// A defect of ours, of which the client learns nothing.
    pub(crate) fn internal() -> Self {
        let message = "An unexpected error occurred. The request-id finds it in the server's log.";
        Self::new(500, "InternalServerError", message)
    }

    /// A query option whose value is wrong as a whole, without a position.
    pub(crate) fn invalid_option(option: &str, message: &str) -> Self {
        Self::bad_request(message).detail("InvalidQueryOption", Some(option), message)
    }

    /// A path without a version. Source: Graph, observed.
    pub(crate) fn no_version() -> Self {
        let versions = generated::SERVERS.join(" or ");
        let rule = format!("the path must begin with {versions}");
        Self::bad_request("Invalid version.").detail("UnknownVersion", None, rule)
    }

    /// A path below a version that the document does not have. Source: Graph, observed: 400, not 404.
    pub(crate) fn unknown_segment(segment: &str) -> Self {
        Self::bad_request(format!("Resource not found for the segment '{segment}'."))
    }

    pub(crate) fn undecodable_path() -> Self {
        let rule = "the path must be percent-encoded UTF-8";
        Self::bad_request(MALFORMED).detail("InvalidValue", None, rule)
    }

    /// Source: Graph, JSON batching page.
    pub(crate) fn method_not_allowed(allow: &str, instead: Option<&str>) -> Self {
        let message = "Specified HTTP method is not allowed for the request target.";
        let mut rule = format!("the request target allows {allow}");
        if let Some(instead) = instead {
            rule = format!("{rule}; {instead}");
        }
        Self::new(405, "Request_BadRequest", message)
            .detail("MethodNotAllowed", None, rule)
            .header(header::ALLOW, allow)
    }

    /// What Graph answers as if it were not there. Source of the code: Graph, observed, where the message is empty.
    pub(crate) fn refused(instead: &str) -> Self {
        Self::new(404, "UnknownError", instead)
    }

    /// Source: Graph, JSON batching.
    pub(crate) fn failed_dependency() -> Self {
        Self::new(
            424,
            "FailedDependency",
            "A request that this one depends on has failed.",
        )
    }

    /// Source: Graph, observed.
    pub(crate) fn part_without_content_type(index: usize, id: &str) -> Self {
        let message =
            format!("Write request with id '{id}' does not contain a Content-Type header.");
        let target = format!("/requests/{index}/headers");
        let rule = "must have a Content-Type, since the request has a body";
        Self::bad_request(message).detail("MissingValue", Some(&target), rule)
    }

    pub(crate) fn batch_too_large(limit_bytes: usize) -> Self {
        let rule = format!(
            "the answers of a batch have at most {limit_bytes} bytes together; send this request alone"
        );
        Self::new(
            507,
            "InsufficientStorage",
            "The answer is too large for a batch.",
        )
        .detail("TooLarge", None, rule)
    }

    /// A query that takes too long; `pointer` leads to it.
    pub(crate) fn too_costly_search(pointer: &str) -> Self {
        let rule = "must ask for less: name a connection, write longer prefixes, restrict properties to shorter ranges";
        Self::new(400, UNSUPPORTED_QUERY, TOO_COSTLY).detail("TooCostly", Some(pointer), rule)
    }

    /// Of a search that counts or sorts by too many, for this member.
    pub(crate) fn too_many_values(pointer: &str) -> Self {
        let message = "The search has too many values to count or to sort by.";
        let rule = "must ask for less: of fewer hits, by a property with fewer or shorter values, or for a page nearer the beginning";
        Self::new(400, UNSUPPORTED_QUERY, message).detail("TooCostly", Some(pointer), rule)
    }

    /// Of a connection whose items are all to be read.
    pub(crate) fn too_many_items() -> Self {
        let rule = "the connection has more items than can be read at once";
        Self::new(400, UNSUPPORTED_QUERY, TOO_COSTLY).detail("TooCostly", None, rule)
    }

    /// The error of a search: what breaks a rule is told in another form than elsewhere. Source: Graph, observed
    /// (`SearchRequest Invalid (EntityRequest Invalid (…))`).
    pub(crate) fn of_search(mut self) -> Self {
        let content = &mut *self.0;
        if content.status != StatusCode::BAD_REQUEST {
            return self;
        }
        content.is_search = true;
        let body = &mut content.body;
        if body.code == UNSUPPORTED_QUERY {
            return self;
        }
        "BadRequest".clone_into(&mut body.code);
        // What is no rule of a member says by itself what is wrong.
        if ![MALFORMED, NOT_THE_SCHEMA].contains(&body.message.as_str()) {
            return self;
        }
        if let Some(ODataErrorDetail {
            message: rule,
            target: Some(target),
            ..
        }) = body.details.iter().flatten().next()
            && target.starts_with('/')
        {
            let told = format!("{target}: {rule}");
            body.message = if target.starts_with("/requests/") {
                format!("SearchRequest Invalid (EntityRequest Invalid ({told}))")
            } else {
                format!("SearchRequest Invalid ({told})")
            };
        }
        self
    }

    /// A page that is not this server's own, nor one that the operator lets in, sends a message of agents.
    /// Source: Model Context Protocol, "Transports", security warning.
    pub(crate) fn foreign_origin() -> Self {
        let message = "Pages of this origin may not call this server.";
        let rule = "must be this server's own, or one that --cors-origins names";
        Self::new(403, "Authorization_RequestDenied", message).detail(
            "OriginNotAllowed",
            Some("Origin"),
            rule,
        )
    }

    /// JSON that is no message of the Model Context Protocol.
    pub(crate) fn not_a_message() -> Self {
        let rule = "must be a message of JSON-RPC 2.0 as the Model Context Protocol has it";
        Self::bad_request(MALFORMED).detail("InvalidValue", Some("body"), rule)
    }

    /// What the protocol refuses before it looks at the message.
    pub(crate) fn refused_by_protocol(status: StatusCode, reason: &str) -> Self {
        Self::new(status.as_u16(), "BadRequest", reason)
    }

    /// The answer of a tool.
    pub(crate) fn answer_too_large(bytes: usize, limit_bytes: usize, advice: &str) -> Self {
        let rule =
            format!("the answer has {bytes} bytes, and one has at most {limit_bytes}; {advice}");
        Self::new(507, "InsufficientStorage", "The answer is too large.")
            .detail("TooLarge", None, rule)
    }

    /// Tells clients without a good token where to read how to get one. Sources: RFC 9728, section 5.1; RFC 6750, section 3.
    pub(crate) fn with_resource_metadata(self, url: &str, scopes: &str) -> Self {
        let challenge = self.0.headers.get(header::WWW_AUTHENTICATE);
        if let Some(challenge) = challenge.and_then(|it| it.to_str().ok()) {
            let challenge = format!("{challenge}, resource_metadata=\"{url}\", scope=\"{scopes}\"");
            return self.header(header::WWW_AUTHENTICATE, challenge);
        }
        self
    }

    /// A condition on the version of a resource. Source of the text: Graph, best practices, status 412.
    pub(crate) fn precondition_failed() -> Self {
        let message =
            "A precondition provided in the request does not match the resource's current state.";
        let rule = "resources have no entity tags: leave out If-Match and If-None-Match, or write If-Match: *";
        let code = "PreconditionFailed";
        Self::new(412, code, message).detail(code, None, rule)
    }

    /// An error of poem.
    pub(crate) fn from_framework(error: poem::Error, not_allowed: impl FnOnce() -> Self) -> Self {
        error.downcast().unwrap_or_else(|error| {
            if error.is::<NotFoundError>() {
                return Self::no_version();
            }
            if error.is::<MethodNotAllowedError>() {
                return not_allowed();
            }
            match error.status() {
                StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND => Self::bad_request(MALFORMED),
                _ => Self::internal().caused_by(error.to_string().into()),
            }
        })
    }
}

impl From<HeadError> for ApiError {
    fn from(error: HeadError) -> Self {
        match error {
            HeadError::UriTooLong { limit_bytes } => {
                let message = "The request URI is too long.";
                let rule = format!("path and query must be at most {limit_bytes} bytes long");
                Self::new(414, "RequestUriTooLong", message).detail("TooLarge", None, rule)
            }
            HeadError::HeadersTooLarge {
                limit_bytes,
                limit_fields,
            } => {
                let message = "The header fields are too large.";
                let rule = format!("must be at most {limit_fields} fields and {limit_bytes} bytes");
                let error = Self::new(431, "RequestHeaderFieldsTooLarge", message);
                error.detail("TooLarge", Some("header fields"), rule)
            }
            HeadError::InvalidHost => {
                let rule = "the request must name one host (RFC 9112, section 3.2)";
                Self::bad_request(MALFORMED).detail("InvalidHttp", None, rule)
            }
        }
    }
}

impl From<TokenError> for ApiError {
    fn from(error: TokenError) -> Self {
        let (message, detail) = (error.message(), error.detail());
        let target = Some("Authorization");
        // RFC 6750, section 3.1: no error code where no token was given.
        let (code, challenge) = match error {
            TokenError::PersonalAccount
            | TokenError::Kind { .. }
            | TokenError::MissingPermission { .. } => {
                let code = "Authorization_RequestDenied";
                return Self::new(403, code, message).detail("MissingPermission", target, detail);
            }
            TokenError::KeysUnavailable => {
                let error = Self::unavailable(message, RETRY_AFTER_S);
                return error.detail("TokenNotVerified", target, detail);
            }
            TokenError::Empty => ("TokenMissing", ""),
            _ => ("TokenInvalid", ", error=\"invalid_token\""),
        };
        let challenge = format!("Bearer realm=\"graph-connections\"{challenge}");
        Self::new(401, "InvalidAuthenticationToken", message)
            .detail(code, target, detail)
            .header(header::WWW_AUTHENTICATE, challenge)
    }
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        let body = Some("body");
        match rejection {
            Rejection::Invalid(violations) => Self::of_violations(&violations),
            Rejection::Malformed {
                target,
                reason,
                duplicate,
            } => {
                let code = if duplicate {
                    "DuplicateMember"
                } else {
                    "InvalidJson"
                };
                Self::bad_request(NOT_JSON).detail(code, Some(&target.to_string()), reason)
            }
            Rejection::EmptyBody => {
                let rule = "must be a JSON object; it is empty";
                let error = Self::bad_request("Empty Payload. JSON content expected.");
                error.detail("MissingBody", body, rule)
            }
            Rejection::ContentTypeMissing => {
                let message = "Write requests (excluding DELETE) must contain the Content-Type header declaration.";
                let rule = "must be application/json";
                Self::bad_request(message).detail("MissingValue", Some("Content-Type"), rule)
            }
            Rejection::ContentTypeUnsupported { given } => {
                let given: String = given.chars().take(128).collect();
                let message = "Entity only allows writes with a JSON Content-Type header.";
                let rule = format!("must be application/json; it is {given}");
                Self::bad_request(message).detail("InvalidValue", Some("Content-Type"), rule)
            }
            Rejection::ContentEncodingUnsupported => {
                let message = "The Content-Encoding of the request is not supported.";
                let rule = "must be gzip, identity or absent";
                // RFC 9110, section 12.5.3: which encodings would do.
                Self::new(415, "UnsupportedMediaType", message)
                    .detail("InvalidValue", Some("Content-Encoding"), rule)
                    .header(header::ACCEPT_ENCODING, UNDERSTOOD_CODINGS)
            }
            Rejection::BodyUndecodable { rule } => {
                let message = "The request body does not match its Content-Encoding.";
                Self::bad_request(message).detail("InvalidBody", body, rule)
            }
            Rejection::NoMemory { retry_after } => {
                let message = "Too many large requests and answers are in progress. Nothing was changed. Retry later.";
                Self::unavailable(message, retry_after.as_secs())
            }
            Rejection::BodyTooLarge { limit_bytes } => {
                let rule = format!("must be at most {limit_bytes} bytes long");
                Self::new(413, "RequestEntityTooLarge", "Request entity too large.")
                    .detail("TooLarge", body, rule)
            }
            Rejection::BodyTooSlow { reason } => {
                let message = "The request body did not arrive in time.";
                Self::new(408, "RequestTimeout", message).detail("TooSlow", body, reason)
            }
            Rejection::BodyInterrupted => {
                let rule = "the body cannot be read to its end";
                Self::bad_request(NOT_JSON).detail("InvalidBody", body, rule)
            }
            Rejection::Unimplemented { operation } => {
                let message = format!("The operation {operation} is not implemented.");
                Self::new(501, "NotImplemented", message)
            }
            Rejection::Undeclared { what } => {
                Self::internal().caused_by(format!("the document does not declare {what}").into())
            }
        }
    }
}

impl ApiError {
    /// Rules of the document. Graph tells apart what does not deserialize and what is out of range.
    fn of_violations(violations: &[Violation]) -> Self {
        let first = violations.first();
        let (target, rule) = first
            .map(|first| (first.target.to_string(), first.rule.as_str()))
            .unwrap_or_default();
        let is_body = |violation: &Violation| matches!(violation.target, Target::Body(_));
        let is_type = |violation: &Violation| violation.kind == Kind::WrongType;
        let error = if !violations.iter().all(is_body) {
            Self::bad_request(format!("Invalid parameter '{target}': {rule}."))
        } else if violations.iter().any(is_type) {
            Self::bad_request(NOT_THE_SCHEMA)
                .inner("DeserializationError", format!("{target}: {rule}"))
        } else if let Some(Kind::Name(name)) = first.map(|first| &first.kind) {
            let message = format!("Requested value '{name}' was not found. {target}: {rule}");
            Self::invalid_request().inner("DeserializationError", message)
        } else {
            Self::invalid_request().inner("InvalidValue", format!("{target}: {rule}"))
        };
        violations.iter().fold(error, |error, violation| {
            let code = match (&violation.kind, &violation.target) {
                (Kind::Missing, _) => "MissingValue",
                (Kind::WrongType, _) => "InvalidType",
                (Kind::Value | Kind::Name(_), _) => "InvalidValue",
                (Kind::Duplicate, _) => "DuplicateValue",
                (Kind::Unknown, Target::Parameter(_)) => "UnknownQueryOption",
                (Kind::Unknown, Target::Body(_)) => "UnknownMember",
            };
            let target = violation.target.to_string();
            error.detail(code, Some(&target), &violation.rule)
        })
    }
}

impl From<OptionError> for ApiError {
    fn from(error: OptionError) -> Self {
        let OptionError {
            option,
            position,
            message,
        } = error;
        let rule = format!("{message} (at position {position} of {option})");
        Self::bad_request(message).detail("InvalidQueryOption", Some(option), rule)
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(Resource(name)) => {
                let message = "The requested resource does not exist.";
                let mut error = Self::new(404, "ItemNotFound", message)
                    .inner("ResourceNotFound", format!("'{name}' was not found."));
                error.0.body.inner_error.source = Some(name.to_owned());
                error
            }
            Error::Exists(conflict) => {
                let code = "NameAlreadyExists";
                let (target, rule) = match conflict {
                    Conflict::Connection => (
                        Some("/id"),
                        "the tenant has a connection with this identifier, perhaps with its letters in another case",
                    ),
                    Conflict::Operation => (
                        None,
                        "an operation on the schema is not done yet; GET it from the Location of the request that began it",
                    ),
                    Conflict::Group => (
                        Some("/id"),
                        "the connection has an external group with this identifier",
                    ),
                    Conflict::Member => (Some("/id"), "it is a member of the group already"),
                };
                let message = "The specified resource name already exists";
                Self::new(409, code, message).detail(code, target, rule)
            }
            Error::Invalid(violations) => {
                let mut error = Self::invalid_request();
                if let Some(first) = violations.first() {
                    let rule = match first.code {
                        INVALID_VALUE | DESERIALIZATION_ERROR => {
                            format!("{}: {}", first.pointer, first.rule)
                        }
                        // Graph's own code has Graph's own text.
                        _ => first.rule.clone(),
                    };
                    error = error.inner(first.code, rule);
                }
                violations.into_iter().fold(error, |error, violation| {
                    error.detail(violation.code, Some(&violation.pointer), violation.rule)
                })
            }
            Error::TooLarge { bytes, limit_bytes } => {
                let rule = format!(
                    "name, description, authorized apps and settings take at most {limit_bytes} bytes together when they are stored; these take {bytes}"
                );
                let error = Self::invalid_request().inner("TooLarge", &rule);
                error.detail("TooLarge", Some("body"), rule)
            }
            Error::TooCostly => {
                let rule = "must narrow the collection: compare id or name by eq or startswith; contains, a large $skip and an $orderby of two directions look at every connection";
                Self::new(400, UNSUPPORTED_QUERY, TOO_COSTLY).detail(
                    "TooCostly",
                    Some("$filter"),
                    rule,
                )
            }
            Error::TooManyValues(_) => Self::too_many_values(""),
            Error::Overloaded { retry_after } => {
                let message = "Too many requests are queued. Nothing was changed. Retry later.";
                Self::new(429, "TooManyRequests", message)
                    .header(header::RETRY_AFTER, retry_after.as_secs().max(1))
            }
            // Source of code and text: Graph, throttling.
            Error::Throttled { retry_after } => {
                let message = "Too many requests. Nothing was changed. Retry later.";
                let seconds = retry_after.as_secs_f64().ceil().max(1.0);
                Self::new(429, "TooManyRequests", message).header(header::RETRY_AFTER, seconds)
            }
            // Source of the code: Graph, error codes.
            Error::QuotaReached { rule } => {
                let code = "QuotaLimitReached";
                Self::new(403, code, "A quota is reached.").detail(code, None, rule)
            }
            Error::NotYet(reason) => {
                Self::unavailable(&format!("{reason} Retry later."), RETRY_AFTER_S)
            }
            Error::Unavailable(cause) => {
                let message =
                    "The store is temporarily unavailable. Nothing was changed. Retry later.";
                Self::unavailable(message, RETRY_AFTER_S).caused_by(cause)
            }
            Error::Internal(cause) => Self::internal().caused_by(cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A 503 would be repeated, and take as long again.
    #[test]
    fn costly_query_is_for_the_caller_to_change() {
        let content = ApiError::from(Error::TooCostly).0;
        assert_eq!(content.status, StatusCode::BAD_REQUEST);
        assert_eq!(content.body.code, "Request_UnsupportedQuery");
        let details = content.body.details.into_iter().flatten();
        let targets: Vec<_> = details.filter_map(|detail| detail.target).collect();
        assert_eq!(targets, ["$filter"]);
        assert!(!content.headers.contains_key(header::RETRY_AFTER));
    }
}
