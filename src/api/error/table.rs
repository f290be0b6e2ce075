//! The one table of statuses, codes and texts.
//!
//! Codes and texts are Graph's own where they have been observed; `details` add the member or parameter and the
//! broken rule in words.

use bounded_listener::HeadError;
use openapi_contract_runtime::{Broken, Kind, Place, Rejection, Target, UNDERSTOOD_CODINGS};
use poem::{
    error::{MethodNotAllowedError, NotFoundError},
    http::{HeaderValue, StatusCode, header},
};

use crate::{
    api::generated,
    auth::TokenError,
    domain::{Error, Resource, Violation},
    odata::OptionError,
};

use super::ApiError;

const MALFORMED: &str = "The request is malformed or incorrect.";
const NOT_THE_SCHEMA: &str = "Property content in payload has a value that does not match schema.";
const NOT_JSON: &str = "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.";

/// `Retry-After` of answers with 503, *seconds*.
const RETRY_AFTER_S: u16 = 5;

impl ApiError {
    fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    fn internal() -> Self {
        let message = "An unexpected error occurred. The request-id finds it in the server's log.";
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InternalServerError",
            message,
        )
    }

    /// A query option whose value is wrong as a whole, without a position.
    pub(crate) fn invalid_option(option: &str, message: &str) -> Self {
        Self::bad_request(message).of_option(option, message)
    }

    fn of_option(self, option: &str, message: impl Into<String>) -> Self {
        self.detail("InvalidQueryOption", Some(option.to_owned()), message)
    }

    /// A path without a version. Source: Graph, observed.
    pub(crate) fn no_version() -> Self {
        let known = generated::SERVERS.join(" or ");
        Self::bad_request("Invalid version.").detail(
            "UnknownVersion",
            None,
            format!("the path must begin with {known}"),
        )
    }

    /// A path below a version that the document does not have. Source: Graph, observed: 400, not 404.
    pub(crate) fn unknown_segment(segment: &str) -> Self {
        Self::bad_request(format!("Resource not found for the segment '{segment}'."))
    }

    pub(crate) fn undecodable_path() -> Self {
        Self::bad_request(MALFORMED).detail(
            "InvalidValue",
            None,
            "the path must be percent-encoded UTF-8",
        )
    }

    /// Source: Graph, JSON batching page.
    pub(crate) fn method_not_allowed(allow: &str) -> Self {
        let message = "Specified HTTP method is not allowed for the request target.";
        let error = Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "Request_BadRequest",
            message,
        )
        .detail(
            "MethodNotAllowed",
            None,
            format!("the request target allows {allow}"),
        );
        match HeaderValue::from_str(allow) {
            Ok(value) => error.header(header::ALLOW, value),
            Err(_) => error,
        }
    }

    /// A condition on the version of a resource. Source of the text: Graph, best practices, status 412.
    pub(crate) fn precondition_failed() -> Self {
        let message =
            "A precondition provided in the request does not match the resource's current state.";
        Self::new(StatusCode::PRECONDITION_FAILED, "PreconditionFailed", message).detail(
            "PreconditionFailed",
            None,
            "resources have no entity tags: leave out If-Match and If-None-Match, or write If-Match: *",
        )
    }

    pub(crate) fn panicked() -> Self {
        Self::internal()
    }

    /// An error of poem.
    pub(crate) fn from_framework(error: poem::Error, allow: impl FnOnce() -> String) -> Self {
        if error.is::<Self>() {
            return error
                .downcast::<Self>()
                .unwrap_or_else(|_| Self::internal());
        }
        if error.is::<NotFoundError>() {
            return Self::no_version();
        }
        if error.is::<MethodNotAllowedError>() {
            return Self::method_not_allowed(&allow());
        }
        match error.status() {
            StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND => Self::bad_request(MALFORMED),
            _ => Self::internal().caused_by(error.to_string().into()),
        }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(Resource(name)) => {
                Self::new(StatusCode::NOT_FOUND, "ItemNotFound", "The requested resource does not exist.")
                    .inner("ResourceNotFound", Some(name), format!("'{name}' was not found."))
            }
            Error::AlreadyExists => {
                Self::new(StatusCode::CONFLICT, "NameAlreadyExists", "The specified resource name already exists.").detail(
                    "NameAlreadyExists",
                    Some("/id".into()),
                    "the tenant has a connection with this identifier, perhaps with its letters in another case",
                )
            }
            Error::Invalid(violations) => {
                let mut error = Self::new(StatusCode::BAD_REQUEST, "InvalidRequest", MALFORMED);
                if let Some(Violation { pointer, rule }) = violations.first() {
                    error = error.inner("InvalidValue", None, format!("{pointer}: {rule}"));
                }
                violations.into_iter().fold(error, |error, violation| {
                    error.detail("InvalidValue", Some(violation.pointer), violation.rule)
                })
            }
            Error::TooLarge { bytes, limit_bytes } => {
                let rule = format!(
                    "name, description, authorized apps and settings take at most {limit_bytes} bytes together when they are stored; these take {bytes}"
                );
                Self::new(StatusCode::BAD_REQUEST, "InvalidRequest", MALFORMED)
                    .inner("TooLarge", None, rule.clone())
                    .detail("TooLarge", Some("body".into()), rule)
            }
            Error::TooCostly => {
                // Source of the code: Graph, directory queries that are not indexed.
                Self::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", "The query takes too long to answer.").detail(
                    "TooCostly",
                    Some("$filter".into()),
                    "must narrow the collection: compare id or name by eq or startswith; contains, a large $skip and an $orderby of two directions look at every connection",
                )
            }
            Error::Overloaded { retry_after } => {
                let seconds = retry_after.as_secs().max(1);
                Self::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", "Too many requests are queued. Retry later.")
                    .header(header::RETRY_AFTER, seconds.into())
            }
            Error::Unavailable(cause) => {
                let message = "The store is temporarily unavailable. The change was not saved.";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "ServiceUnavailable", message)
                    .header(header::RETRY_AFTER, RETRY_AFTER_S.into())
                    .caused_by(cause)
            }
            Error::Internal(cause) => Self::internal().caused_by(cause),
        }
    }
}

impl From<TokenError> for ApiError {
    fn from(error: TokenError) -> Self {
        let (message, detail) = (error.message(), error.detail());
        let target = Some("Authorization".to_owned());
        match error {
            TokenError::PersonalAccount | TokenError::MissingPermission { .. } => Self::new(
                StatusCode::FORBIDDEN,
                "Authorization_RequestDenied",
                message,
            )
            .detail("MissingPermission", target, detail),
            TokenError::KeysUnavailable => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "ServiceUnavailable",
                message,
            )
            .detail("TokenNotVerified", target, detail)
            .header(header::RETRY_AFTER, RETRY_AFTER_S.into()),
            TokenError::Empty => unauthorized(message)
                .detail("TokenMissing", target, detail)
                .header(
                    header::WWW_AUTHENTICATE,
                    // RFC 6750, section 3.1: no error code where no token was given.
                    HeaderValue::from_static("Bearer realm=\"graph-connections\""),
                ),
            _ => unauthorized(message)
                .detail("TokenInvalid", target, detail)
                .header(
                    header::WWW_AUTHENTICATE,
                    HeaderValue::from_static(
                        "Bearer realm=\"graph-connections\", error=\"invalid_token\"",
                    ),
                ),
        }
    }
}

fn unauthorized(message: &str) -> ApiError {
    ApiError::new(
        StatusCode::UNAUTHORIZED,
        "InvalidAuthenticationToken",
        message,
    )
}

impl From<OptionError> for ApiError {
    fn from(error: OptionError) -> Self {
        let place = format!("at position {} of {}", error.position, error.option);
        let message = format!("{} ({place})", error.message);
        Self::bad_request(&error.message).of_option(error.option, message)
    }
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Broken(rules) => broken(rules),
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
                Self::bad_request(NOT_JSON).detail(code, Some(target.to_string()), reason)
            }
            Rejection::EmptyBody => Self::bad_request("Empty Payload. JSON content expected.")
                .detail(
                    "MissingBody",
                    Some("body".into()),
                    "must be a JSON object; it is empty",
                ),
            Rejection::ContentTypeMissing => {
                let message = "Write requests (excluding DELETE) must contain the Content-Type header declaration.";
                Self::bad_request(message).detail(
                    "MissingValue",
                    Some("Content-Type".into()),
                    "must be application/json",
                )
            }
            Rejection::ContentTypeUnsupported { given } => {
                let given: String = given.chars().take(128).collect();
                Self::bad_request("Entity only allows writes with a JSON Content-Type header.")
                    .detail(
                        "InvalidValue",
                        Some("Content-Type".into()),
                        format!("must be application/json; it is {given}"),
                    )
            }
            Rejection::ContentEncodingUnsupported => {
                let message = "The Content-Encoding of the request is not supported.";
                Self::new(
                    StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    "UnsupportedMediaType",
                    message,
                )
                .detail(
                    "InvalidValue",
                    Some("Content-Encoding".into()),
                    "must be gzip, identity or absent",
                )
                // RFC 9110, section 12.5.3: which encodings would do.
                .header(
                    header::ACCEPT_ENCODING,
                    HeaderValue::from_static(UNDERSTOOD_CODINGS),
                )
            }
            Rejection::BodyUndecodable { rule } => {
                Self::bad_request("The request body does not match its Content-Encoding.").detail(
                    "InvalidBody",
                    Some("body".into()),
                    rule,
                )
            }
            Rejection::NoMemory { retry_after } => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "ServiceUnavailable",
                "Too many large requests and answers are in progress. Nothing was changed. Retry later.",
            )
            .header(header::RETRY_AFTER, retry_after.as_secs().into()),
            Rejection::BodyTooLarge { limit_bytes } => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "RequestEntityTooLarge",
                "Request entity too large.",
            )
            .detail(
                "TooLarge",
                Some("body".into()),
                format!("must be at most {limit_bytes} bytes long"),
            ),
            Rejection::BodyTooSlow { reason } => Self::new(
                StatusCode::REQUEST_TIMEOUT,
                "RequestTimeout",
                "The request body did not arrive in time.",
            )
            .detail("TooSlow", Some("body".into()), reason),
            Rejection::BodyInterrupted => Self::bad_request(NOT_JSON).detail(
                "InvalidBody",
                Some("body".into()),
                "the body cannot be read to its end",
            ),
            Rejection::Unimplemented { operation } => Self::new(
                StatusCode::NOT_IMPLEMENTED,
                "NotImplemented",
                format!("The operation {operation} is not implemented."),
            ),
            Rejection::Undeclared { what } => {
                Self::internal().caused_by(format!("the document does not declare {what}").into())
            }
        }
    }
}

/// Rules of the document. Graph tells apart what does not deserialize and what is out of range.
fn broken(rules: Vec<Broken>) -> ApiError {
    let first = rules
        .first()
        .map(|rule| (rule.target.to_string(), rule.rule.clone()));
    let (target, rule) = first.unwrap_or_default();
    let in_body = rules
        .iter()
        .all(|rule| matches!(rule.target, Target::Body(_)));
    let error = if !in_body {
        ApiError::bad_request(format!("Invalid parameter '{target}': {rule}."))
    } else if rules.iter().any(|rule| rule.kind == Kind::WrongType) {
        ApiError::bad_request(NOT_THE_SCHEMA).inner(
            "DeserializationError",
            None,
            format!("{target}: {rule}"),
        )
    } else {
        let error = ApiError::new(StatusCode::BAD_REQUEST, "InvalidRequest", MALFORMED);
        error.inner("InvalidValue", None, format!("{target}: {rule}"))
    };
    rules.into_iter().fold(error, |error, rule| {
        let code = match (rule.kind, &rule.target) {
            (Kind::Missing, _) => "MissingValue",
            (Kind::WrongType, _) => "InvalidType",
            (Kind::Value, _) => "InvalidValue",
            (Kind::Duplicate, _) => "DuplicateValue",
            (Kind::Unknown, Target::Parameter(Place::Query, _)) => "UnknownQueryOption",
            (Kind::Unknown, _) => "UnknownMember",
        };
        error.detail(code, Some(rule.target.to_string()), rule.rule)
    })
}

impl From<HeadError> for ApiError {
    fn from(error: HeadError) -> Self {
        match error {
            HeadError::UriTooLong { limit_bytes } => Self::new(
                StatusCode::URI_TOO_LONG,
                "RequestUriTooLong",
                "The request URI is too long.",
            )
            .detail(
                "TooLarge",
                None,
                format!("path and query must be at most {limit_bytes} bytes long"),
            ),
            HeadError::HeadersTooLarge {
                limit_bytes,
                limit_fields,
            } => {
                let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
                let rule = format!("must be at most {limit_fields} fields and {limit_bytes} bytes");
                Self::new(
                    status,
                    "RequestHeaderFieldsTooLarge",
                    "The header fields are too large.",
                )
                .detail("TooLarge", Some("header fields".into()), rule)
            }
            HeadError::InvalidHost => Self::bad_request(MALFORMED).detail(
                "InvalidHttp",
                None,
                "the request must name one host (RFC 9112, section 3.2)",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A 503 would be repeated, and take as long again.
    #[test]
    fn costly_query_is_for_the_caller_to_change() {
        let failure = ApiError::from(Error::TooCostly).0;
        assert_eq!(failure.status, StatusCode::BAD_REQUEST);
        assert_eq!(failure.code, "Request_UnsupportedQuery");
        let targets = failure
            .details
            .iter()
            .map(|detail| detail.target.as_deref());
        assert_eq!(targets.collect::<Vec<_>>(), [Some("$filter")]);
        let names: Vec<_> = failure.headers.iter().map(|(name, _)| name).collect();
        assert!(!names.contains(&&header::RETRY_AFTER));
    }
}
