//! The outermost endpoint: what comes in becomes a path of the document or of the site, and whatever goes out has
//! identifiers, and the OData envelope if it is not a success.

use std::{
    panic::AssertUnwindSafe,
    str::FromStr,
    sync::Arc,
    time::{Instant, SystemTime},
};

use bounded_listener::HeadError;
use futures_util::FutureExt;
use openapi_contract_runtime::{BodyLimits, ConnectionMemory, MemoryBudget};
use poem::{
    Endpoint, IntoResponse, Request, Response,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header, uri::PathAndQuery},
};

use crate::domain::clock::Clock;

use super::{
    cors::{Cors, is_preflight, preflight},
    error::{ApiError, ODATA_VERSION},
    generated::operations,
    ignored,
    mcp::paths,
    query, refusals,
    request::{Metadata, Origin, PartOf, RequestContext, RequestIds},
    routes::{self, Route},
    site,
};

/// The largest request body, *bytes*. Source: Graph, "use the API": 4 MB.
const BODY_BYTES: usize = 4_000_000;

/// `bytes` of memory for all bodies that are received, and as much for answers.
pub(crate) fn body_memory(bytes: usize) -> MemoryBudget {
    let limits = BodyLimits {
        bytes: BODY_BYTES,
        ..BodyLimits::default()
    };
    MemoryBudget::new(bytes, limits)
}

/// The whole HTTP surface.
pub(crate) struct Front<A, S> {
    /// Paths of the document.
    pub(crate) api: A,
    /// All others.
    pub(crate) site: S,
    pub(crate) origin: Origin,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) memory: MemoryBudget,
    /// Apart from that of the batches, which hold theirs while they wait for their parts.
    pub(crate) memory_of_parts: MemoryBudget,
    pub(crate) cors: Cors,
}

impl<A: Endpoint, S: Endpoint> Endpoint for Front<A, S> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let started = Instant::now();
        let ids = RequestIds::new(request.headers(), self.clock.uuid());
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let mut response = self.answer(request, ids).await;
        identify(&mut response, ids);
        tracing::info!(
            http.method = %method,
            http.path = uri.path(),
            http.status = response.status().as_u16(),
            duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
            request_id = %ids.request,
            "request"
        );
        Ok(response)
    }
}

impl<A: Endpoint, S: Endpoint> Front<A, S> {
    async fn answer(&self, mut request: Request, ids: RequestIds) -> Response {
        let route = routes::route(request.uri().path());
        let version = route.as_ref().map(|(version, _)| *version);
        let (origin, memory) = match request.data::<PartOf>() {
            Some(PartOf(batch)) => (batch.origin.clone(), &self.memory_of_parts),
            None => (self.origin.of(&request), &self.memory),
        };
        let template = match &route {
            Some((_, Route::Api { template, .. })) => *template,
            _ => "",
        };
        let is_batch = template == operations::RUN_BATCH.path;
        let is_search = template == operations::SEARCH.path;
        let version_or_none = version.unwrap_or_default();
        let context = RequestContext::new(&request, ids, origin, version_or_none, is_batch);
        let context = Arc::new(context);
        let memory = memory.request(request.data::<ConnectionMemory>());
        // CORS never applies to the rest of the site: other pages must not use the development issuer.
        let is_open = version.is_some() || paths::is_open(request.uri().path());
        let allowed = is_open
            .then(|| self.cors.allowed(request.headers()))
            .flatten();
        request.set_data(Arc::clone(&context));
        request.set_data(query::names(context.version));
        request.set_data(memory.clone());
        let answer = self.dispatch(request, route, allowed.is_some());
        let answer = AssertUnwindSafe(answer).catch_unwind().await;
        // A panic is a defect of ours, and ends one request.
        let mut response = match answer.unwrap_or_else(|_| Err(ApiError::internal())) {
            Ok(mut response) => {
                if version.is_some() {
                    annotate(&mut response, context.metadata);
                }
                response
            }
            Err(error) if is_search => error.of_search().respond(ids, self.clock.now()),
            Err(error) => error.respond(ids, self.clock.now()),
        };
        ignored::tell(&context.take_ignored(), ids, &mut response);
        if is_open {
            self.cors.annotate(allowed, &mut response);
        }
        memory.hold_until_sent(&mut response).await;
        response
    }

    /// `cross_origin`: sent by a page of an allowed origin.
    async fn dispatch(
        &self,
        mut request: Request,
        route: Option<(&'static str, Route)>,
        cross_origin: bool,
    ) -> Result<Response, ApiError> {
        match route {
            Some((_, Route::Api { template, .. })) if cross_origin && is_preflight(&request) => {
                Ok(preflight(&request, &allowed(template)))
            }
            Some((_, Route::Api { path, template })) => {
                let uri = with_path(request.uri(), &path).ok_or_else(ApiError::undecodable_path)?;
                *request.uri_mut() = uri;
                let method = request.method().clone();
                let answer = self.api.call(request).await;
                let not_allowed = || refusals::not_allowed(&method, template, &allowed(template));
                let refuse = |error| ApiError::from_framework(error, not_allowed);
                answer.map(IntoResponse::into_response).map_err(refuse)
            }
            Some((_, Route::UnknownSegment(segment))) => Err(ApiError::unknown_segment(&segment)),
            Some((_, Route::Undecodable)) => Err(ApiError::undecodable_path()),
            None if cross_origin && is_preflight(&request) => {
                Ok(preflight(&request, site::allowed(request.uri().path())))
            }
            None => {
                let allowed = site::allowed(request.uri().path());
                let answer = self.site.call(request).await;
                let not_allowed = || ApiError::method_not_allowed(allowed, None);
                let refuse = |error| ApiError::from_framework(error, not_allowed);
                answer.map(IntoResponse::into_response).map_err(refuse)
            }
        }
    }
}

fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    let path_and_query = match uri.query() {
        Some(query) => PathAndQuery::from_str(&format!("{path}?{query}")),
        None => PathAndQuery::from_str(path),
    };
    parts.path_and_query = Some(path_and_query.ok()?);
    Uri::from_parts(parts).ok()
}

/// The methods of a path, for `Allow` (RFC 9110, section 10.2.1). HEAD is answered wherever GET is.
fn allowed(template: &str) -> String {
    let mut methods: Vec<&str> = routes::operations_of(template)
        .map(|operation| operation.method)
        .collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.join(", ")
}

/// The headers of an OData answer that is no error. Source: Graph, responses of the batching page.
fn annotate(response: &mut Response, metadata: Metadata) {
    let is_success = response.status().is_success();
    let headers = response.headers_mut();
    let (name, value) = ODATA_VERSION;
    headers.insert(name, HeaderValue::from_static(value));
    let media_type = headers.get(header::CONTENT_TYPE);
    if is_success && media_type.is_some_and(|value| value == "application/json") {
        let value = match metadata {
            Metadata::Minimal => {
                "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
            }
            Metadata::None => {
                "application/json;odata.metadata=none;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
            }
        };
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(value));
    }
}

/// The answer to a request that is refused for its head.
pub(crate) fn refused_head(
    error: HeadError,
    headers: &HeaderMap,
    request_id: uuid::Uuid,
    now: SystemTime,
) -> Response {
    let ids = RequestIds::new(headers, request_id);
    let mut response = ApiError::from(error).respond(ids, now);
    identify(&mut response, ids);
    response
}

/// Headers of every answer.
fn identify(response: &mut Response, ids: RequestIds) {
    let uuid = |id: uuid::Uuid| {
        HeaderValue::try_from(id.to_string()).expect("a UUID is letters, digits and hyphens")
    };
    let page = [StatusCode::OK, StatusCode::NOT_MODIFIED].contains(&response.status());
    let headers = response.headers_mut();
    headers.insert("request-id", uuid(ids.request));
    headers.insert("client-request-id", uuid(ids.client));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // Answers depend on the caller; only the site's pages may say otherwise.
    if !(page && headers.contains_key(header::CACHE_CONTROL)) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

#[cfg(test)]
mod tests {
    use poem::endpoint::make;

    use super::*;
    use crate::domain::clock::SystemClock;

    /// A front whose endpoints do nothing but `fail`.
    fn failing(fail: fn() -> poem::Error) -> impl Endpoint<Output = Response> {
        let endpoint = move || make(move |_| async move { Err::<Response, _>(fail()) });
        Front {
            api: endpoint(),
            site: endpoint(),
            origin: Origin {
                public_url: None,
                trusted_proxies: Vec::new(),
            },
            clock: Arc::new(SystemClock),
            memory: MemoryBudget::default(),
            memory_of_parts: MemoryBudget::default(),
            cors: Cors(Vec::new()),
        }
    }

    /// As long as it comes, it holds its memory.
    #[test]
    fn largest_body_has_two_minutes() {
        let rate = bounded_listener::Settings::default().body_bytes_per_s;
        let seconds = BODY_BYTES / rate as usize;
        assert!((100..130).contains(&seconds), "{seconds} s");
    }

    #[tokio::test]
    async fn a_defect_is_answered_without_a_word_about_it() {
        let defects: [fn() -> poem::Error; 2] = [
            || panic!("a secret"),
            || poem::Error::from_string("a secret", StatusCode::IM_A_TEAPOT),
        ];
        for fail in defects {
            let front = failing(fail);
            // A defect in one answer leaves nothing behind for the next.
            for path in ["/v1.0/external/connections", "/docs", "/docs"] {
                let request = Request::builder().uri_str(path).finish();
                let response = front.call(request).await.expect("the front always answers");
                assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
                let header = |name| response.headers()[name].to_str().expect("text").to_owned();
                assert_eq!(header("odata-version"), "4.0");
                let request_id = header("request-id");
                let body = response.into_body().into_string().await.expect("text");
                assert!(!body.contains("secret"), "{body}");
                let error: serde_json::Value = serde_json::from_str(&body).expect("JSON");
                assert_eq!(error["error"]["code"], "InternalServerError");
                assert_eq!(error["error"]["innerError"]["request-id"], request_id);
            }
        }
    }

    const MARK: &str = "c4n4ry";

    /// What is printed and logged belongs to a process, so the test below runs this one in a process of its own.
    #[tokio::test]
    #[ignore = "run by panics_tell_nothing_of_the_request"]
    async fn panic_while_a_request_has_secrets() {
        let log = tracing_subscriber::fmt().with_ansi(false);
        log.with_max_level(tracing::Level::TRACE).init();
        let front = failing(|| panic!("a defect"));
        let request = Request::builder()
            .uri_str(format!("/v1.0/external/connections?access_token={MARK}"))
            .header(header::AUTHORIZATION, format!("Bearer {MARK}"))
            .header(header::COOKIE, MARK)
            .body(MARK);
        let response = front.call(request).await.expect("the front always answers");
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[test]
    fn panics_tell_nothing_of_the_request() {
        let this = std::env::current_exe().expect("this program");
        let test = "api::front::tests::panic_while_a_request_has_secrets";
        let output = std::process::Command::new(this)
            .args(["--exact", test, "--ignored", "--nocapture"])
            .env("RUST_BACKTRACE", "full")
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{said}");
        for expected in ["a defect", "stack backtrace", "http.status=500"] {
            assert!(said.contains(expected), "no {expected} in {said}");
        }
        assert!(!said.contains(MARK), "{said}");
    }
}
