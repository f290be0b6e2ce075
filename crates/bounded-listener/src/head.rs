//! The rules of a request head, checked before the handler sees the request.
//!
//! Decides that a head is refused and why. The response is the handler's: [`Handler::refuse`](crate::Handler::refuse).

use hyper::header::{self, HeaderMap};
use hyper::http::request::Parts;
use hyper::http::uri::Authority;
use hyper::{StatusCode, Version};

use crate::settings::Settings;

/// Why a request head is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadError {
    /// Path and query are too long.
    UriTooLong {
        /// [`Settings::uri_bytes`].
        limit_bytes: usize,
    },
    /// The header section has too many bytes or too many lines.
    HeadersTooLarge {
        /// [`Settings::header_bytes`].
        limit_bytes: usize,
        /// [`Settings::header_fields`].
        limit_fields: usize,
    },
    /// The request names no host where it must, several hosts, or one that is not valid (RFC 9112, section 3.2).
    InvalidHost,
}

impl HeadError {
    /// The status that HTTP has for it: 414, 431 or 400.
    pub fn status(self) -> StatusCode {
        match self {
            Self::UriTooLong { .. } => StatusCode::URI_TOO_LONG,
            Self::HeadersTooLarge { .. } => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::InvalidHost => StatusCode::BAD_REQUEST,
        }
    }
}

/// Checks a head against the limits, and that it names a host.
pub(crate) fn check(head: &Parts, settings: &Settings) -> Result<(), HeadError> {
    let uri = head.uri.path_and_query();
    if uri.map_or(0, |uri| uri.as_str().len()) > settings.uri_bytes {
        return Err(HeadError::UriTooLong {
            limit_bytes: settings.uri_bytes,
        });
    }
    if head.headers.len() > settings.header_fields
        || section_bytes(&head.headers) > settings.header_bytes
    {
        return Err(HeadError::HeadersTooLarge {
            limit_bytes: settings.header_bytes,
            limit_fields: settings.header_fields,
        });
    }
    if !names_its_host(head) {
        return Err(HeadError::InvalidHost);
    }
    Ok(())
}

/// Size of a header section as HTTP/1.1 writes it: `name: value\r\n`.
fn section_bytes(headers: &HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum()
}

/// RFC 9112, section 3.2, requires 400 for a request of HTTP/1.1 without `Host`, and for any request with two or with
/// an invalid one. hyper does not check it.
fn names_its_host(head: &Parts) -> bool {
    let mut hosts = head.headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => head.version != Version::HTTP_11,
        (Some(host), None) => host.is_empty() || Authority::try_from(host.as_bytes()).is_ok(),
        (Some(_), Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use hyper::Request;
    use hyper::http::request::Builder;

    use super::*;

    fn checked(request: Builder) -> Result<(), HeadError> {
        let (head, ()) = request.body(()).expect("a valid request").into_parts();
        let settings = Settings {
            uri_bytes: 10,
            header_bytes: 20,
            header_fields: 2,
            ..Settings::default()
        };
        check(&head, &settings)
    }

    #[test]
    fn limit_plus_one_is_refused() {
        // HTTP/2 needs no `Host`.
        let uri = |uri: &str| Request::get(uri).version(Version::HTTP_2);
        let cases = [
            (uri("/234567890"), false),
            (uri("/2345678901"), true),
            (uri("/23?567890"), false),
            (uri("/23?5678901"), true),
            (uri("/").header("name", "234567890123"), false),
            (uri("/").header("name", "2345678901234"), true),
            (uri("/").header("a", "").header("a", ""), false),
            (
                uri("/").header("a", "").header("a", "").header("b", ""),
                true,
            ),
        ];
        for (index, (request, refused)) in cases.into_iter().enumerate() {
            assert_eq!(checked(request).is_err(), refused, "case {index}");
        }
    }

    #[test]
    fn uri_is_checked_before_headers() {
        let request = Request::get("/2345678901").header("name", "x".repeat(50));
        let too_long = HeadError::UriTooLong { limit_bytes: 10 };
        assert_eq!(checked(request), Err(too_long));
    }

    #[test]
    fn requests_that_do_not_name_one_host_are_refused() {
        let cases: [(Version, &[&str], bool); 9] = [
            (Version::HTTP_11, &["x:80"], false),
            (Version::HTTP_11, &["[::1]"], false),
            (Version::HTTP_11, &[""], false),
            (Version::HTTP_11, &[], true),
            (Version::HTTP_11, &["x", "x"], true),
            (Version::HTTP_11, &["x y"], true),
            (Version::HTTP_10, &[], false),
            (Version::HTTP_10, &["x", "y"], true),
            (Version::HTTP_2, &[], false),
        ];
        for (version, hosts, refused) in cases {
            let request = Request::get("/").version(version);
            let request = hosts
                .iter()
                .fold(request, |request, host| request.header("host", *host));
            let error = refused.then_some(HeadError::InvalidHost);
            assert_eq!(checked(request).err(), error, "{version:?} {hosts:?}");
        }
    }
}
