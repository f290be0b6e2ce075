//! Requests that are refused for their head alone, before the endpoint sees them.
//!
//! Decides *that* a head is refused; how the answer looks is the caller's, handed in as a [`Reject`] function.

use poem::Response;
use poem::http::uri::Authority;
use poem::http::{HeaderMap, StatusCode, Version, header, request::Parts};

use super::limits::Limits;

/// Why a request head was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rejection {
    /// Path and query are longer than the limit: 414.
    UriTooLong { limit_bytes: usize },
    /// The header section has more bytes or more lines than the limits: 431.
    HeadersTooLarge {
        limit_bytes: usize,
        limit_fields: usize,
    },
    /// Not HTTP, not a version of it that is spoken here, or without a host: 400.
    Malformed,
}

/// Makes the answer to a refused request. The headers are empty if the head could not be read.
pub(crate) type Reject = dyn Fn(Rejection, &HeaderMap) -> Response + Send + Sync;

/// The bounds of a request head and the answers to those who exceed them.
pub(super) struct Gate {
    reject: Box<Reject>,
    uri_bytes: usize,
    header_bytes: usize,
    header_fields: usize,
}

impl Gate {
    pub(super) fn new(reject: Box<Reject>, limits: &Limits) -> Self {
        Self {
            reject,
            uri_bytes: limits.uri_bytes,
            header_bytes: limits.header_bytes,
            header_fields: limits.header_fields,
        }
    }

    /// The answer to a head that exceeds a limit or has no host, `None` for all others.
    pub(super) fn refusal(&self, head: &Parts) -> Option<Response> {
        let uri_bytes = head
            .uri
            .path_and_query()
            .map_or(0, |uri| uri.as_str().len());
        let rejection = if uri_bytes > self.uri_bytes {
            self.uri_too_long()
        } else if head.headers.len() > self.header_fields
            || section_bytes(&head.headers) > self.header_bytes
        {
            self.headers_too_large()
        } else if !names_its_host(head) {
            Rejection::Malformed
        } else {
            return None;
        };
        Some((self.reject)(rejection, &head.headers))
    }

    /// The answer to a head that never became a request, by the status that the HTTP library chose for it.
    pub(super) fn unreadable(&self, status: StatusCode) -> Response {
        let rejection = match status {
            StatusCode::URI_TOO_LONG => self.uri_too_long(),
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => self.headers_too_large(),
            _ => Rejection::Malformed,
        };
        (self.reject)(rejection, &HeaderMap::new())
    }

    fn uri_too_long(&self) -> Rejection {
        Rejection::UriTooLong {
            limit_bytes: self.uri_bytes,
        }
    }

    fn headers_too_large(&self) -> Rejection {
        Rejection::HeadersTooLarge {
            limit_bytes: self.header_bytes,
            limit_fields: self.header_fields,
        }
    }
}

/// Size of a header section as HTTP/1.1 writes it: `name: value\r\n`.
fn section_bytes(headers: &HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum()
}

/// RFC 9112 section 3.2 wants 400 for a request of HTTP/1.1 without `Host`, and for any with two or with one that is no
/// authority. hyper leaves that to us.
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
    use super::*;
    use poem::http::Request;

    fn gate() -> Gate {
        let limits = Limits {
            uri_bytes: 10,
            header_bytes: 20,
            header_fields: 2,
            ..Limits::default()
        };
        Gate::new(
            Box::new(|rejection, _| Response::builder().body(format!("{rejection:?}"))),
            &limits,
        )
    }

    #[test]
    fn gate_refuses_limit_plus_one() {
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
        for (request, refused) in cases {
            let (head, ()) = request.body(()).expect("a valid request").into_parts();
            assert_eq!(gate().refusal(&head).is_some(), refused, "{head:?}");
        }
    }

    #[test]
    fn uri_is_judged_before_headers() {
        let request = Request::get("/2345678901").header("name", "x".repeat(50));
        let (head, ()) = request.body(()).expect("a valid request").into_parts();
        let answer = gate().refusal(&head).expect("it is refused");
        let body = super::super::canned::body_now(answer.into_body());
        assert_eq!(body, "UriTooLong { limit_bytes: 10 }");
    }

    #[test]
    fn gate_refuses_requests_that_do_not_name_one_host() {
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
            let (head, ()) = request.body(()).expect("a valid request").into_parts();
            assert_eq!(gate().refusal(&head).is_some(), refused, "{head:?}");
        }
    }
}
