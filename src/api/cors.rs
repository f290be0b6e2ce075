//! Cross-origin resource sharing: which pages of other sites may call the API from a browser.
//! Source: WHATWG Fetch, section 3.3 (HTTP extensions of CORS).
//!
//! Only adds headers. A cross-origin request is answered like any other; the browser keeps the answer from the page unless the
//! headers allow it. Cookies are not used: a page must have the token to send it in a header.

use poem::{
    Request, Response,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};

/// The headers that pages may read.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "client-request-id, graph-connections-ignored, graph-connections-search-hint, location, odata-version, request-id, retry-after, www-authenticate",
);
/// How long browsers may cache the answer to a preflight request, seconds.
const MAX_AGE_S: HeaderValue = HeaderValue::from_static("600");

/// The allowed origins, or `*` for all. An empty list turns CORS off.
#[derive(Debug, Clone)]
pub(crate) struct Cors(pub(crate) Vec<String>);

impl Cors {
    /// The value of `Access-Control-Allow-Origin`; `None` if the request has no `Origin` or one that is not allowed.
    pub(super) fn allowed(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = headers.get(header::ORIGIN)?;
        if self.allows_all() {
            return Some(HeaderValue::from_static("*"));
        }
        let mut origins = self.0.iter();
        // Browsers write scheme and host in lower case (WHATWG URL, section 4.7), operators as they please.
        let named =
            origins.any(|allowed| allowed.as_bytes().eq_ignore_ascii_case(origin.as_bytes()));
        named.then(|| origin.clone())
    }

    fn allows_all(&self) -> bool {
        self.0.iter().any(|allowed| allowed == "*")
    }

    /// Allows the page that sent the request to read the answer.
    pub(super) fn annotate(&self, allowed: Option<HeaderValue>, response: &mut Response) {
        let headers = response.headers_mut();
        if !self.0.is_empty() && !self.allows_all() {
            // Caches must not give one origin's answer to another.
            headers.append(header::VARY, HeaderValue::from_static("origin"));
        }
        if let Some(origin) = allowed {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }
}

/// Whether the request is a preflight request.
pub(super) fn is_preflight(request: &Request) -> bool {
    *request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to a preflight request of an allowed origin: the methods of the path, and the headers that were asked for.
pub(super) fn preflight(request: &Request, methods: &str) -> Response {
    let response = Response::builder()
        .status(StatusCode::NO_CONTENT)
        .header(header::ACCESS_CONTROL_ALLOW_METHODS, methods)
        .header(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE_S);
    // Any header is allowed: those that the API does not know are ignored.
    match request
        .headers()
        .get(header::ACCESS_CONTROL_REQUEST_HEADERS)
    {
        Some(wanted) => response.header(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted),
        None => response,
    }
    .finish()
}
