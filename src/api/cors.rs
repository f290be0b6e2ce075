//! Cross-origin resource sharing: which pages of other sites may call the API from a browser.
//! Source: WHATWG Fetch, section 3.3 (HTTP extensions of CORS).
//!
//! Only headers are added. A request from elsewhere is answered like any other, as it would be without a browser; it is the browser
//! that keeps the answer from the page. Cookies play no part: the token comes in a header that a page must have to send it.

use poem::{
    Request, Response,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};

/// What pages may read besides the body.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "client-request-id, location, odata-version, request-id, retry-after, www-authenticate",
);
/// How long browsers may remember an answer about a method, seconds.
const MAX_AGE_S: HeaderValue = HeaderValue::from_static("600");

/// The origins that are let in; none of them is the same as no CORS at all.
#[derive(Debug, Clone)]
pub(crate) enum Cors {
    All,
    /// As browsers write them.
    These(Vec<String>),
}

impl Cors {
    /// What `Access-Control-Allow-Origin` says to who asks so; `None` if that is no page, or of an origin that is not let in.
    pub(super) fn allowed(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = headers.get(header::ORIGIN)?;
        match self {
            Self::All => Some(HeaderValue::from_static("*")),
            Self::These(origins) => origins
                .iter()
                .any(|allowed| allowed.as_bytes() == origin.as_bytes())
                .then(|| origin.clone()),
        }
    }

    /// Lets the page that asked read the answer.
    pub(super) fn annotate(&self, allowed: Option<HeaderValue>, response: &mut Response) {
        let headers = response.headers_mut();
        if matches!(self, Self::These(origins) if !origins.is_empty()) {
            // Caches must not give one origin's answer to another.
            headers.append(header::VARY, HeaderValue::from_static("origin"));
        }
        if let Some(origin) = allowed {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }
}

/// Whether a browser asks what a page may send, before it sends that.
pub(super) fn is_preflight(request: &Request) -> bool {
    *request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to an origin that is let in. Nothing is decided here: it says what the API takes.
pub(super) fn preflight(request: &Request, methods: &str) -> Response {
    let response = Response::builder()
        .status(StatusCode::NO_CONTENT)
        .header(header::ACCESS_CONTROL_ALLOW_METHODS, methods)
        .header(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE_S);
    // A header that a page wants to send does no harm by being sent: those the API does not know are ignored.
    match request
        .headers()
        .get(header::ACCESS_CONTROL_REQUEST_HEADERS)
    {
        Some(wanted) => response.header(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted),
        None => response,
    }
    .finish()
}
