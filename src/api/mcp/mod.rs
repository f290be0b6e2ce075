//! `/mcp`: the Model Context Protocol (MCP) over streamable HTTP, for agents that search.
//!
//! The protocol is the business of the crate `rmcp`: revisions, messages, headers of its own. Here is what it shares with the rest of
//! the service: bodies within the bounds of the front, tokens, errors. Nothing is kept between two requests, so there are no sessions,
//! and each message is answered with JSON. [`tools`] has the tools, each with the permission of an operation of the document; [`schemas`]
//! takes what they are called with and answer from the document.
//!
//! `rmcp` logs messages, which have the text of items in them: `logging` leaves its events out.
//!
//! Source: Model Context Protocol, "Transports" and "Authorization", revisions of 2025-11-25 and 2026-07-28.

mod arguments;
mod described;
mod message;
pub(super) mod paths;
mod schemas;
mod sender;
mod tools;

use std::sync::Arc;

use http_body_util::BodyExt;
use openapi_contract_runtime::{JsonBody, Read, Rejection, RequestMemory};
use poem::{
    Request, Response, Route,
    endpoint::{make, make_sync},
    get,
    http::{self, HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    post,
};
use poem_openapi::{ApiExtractor, ExtractParamOptions};
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
};
use serde_json::json;

use super::{
    cors::Cors,
    error::ApiError,
    generated::operations,
    request::RequestContext,
    service::{Api, bearer, context},
};

use self::{
    message::Message,
    paths::{METADATA_PATH, PATH},
    sender::Sender,
    tools::Tools,
};

/// The endpoint, and what tells clients how to get a token for it.
pub(crate) struct Mcp {
    pub(crate) api: Arc<Api>,
    /// Issuers whose tokens are accepted, by their URLs.
    pub(crate) issuers: Vec<String>,
    pub(crate) cors: Cors,
    /// Whether an authority is a name of this server that no DNS server decides.
    pub(crate) is_own_name: Box<dyn Fn(&str) -> bool + Send + Sync>,
}

/// The protocol, with the tools behind it.
type Protocol = StreamableHttpService<Tools, NeverSessionManager>;

impl Mcp {
    pub(crate) fn mount(self, route: Route) -> Route {
        let tools = Tools::new(Arc::clone(&self.api));
        let settings = StreamableHttpServerConfig::default()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            // Bodies are read here.
            .with_max_request_body_bytes(usize::MAX);
        let protocol = Protocol::new(move || Ok(tools.clone()), Arc::default(), settings);
        let metadata = self.issuers.clone();
        let shared = Arc::new((self, protocol));
        let endpoint = Arc::new(make(move |request| {
            let shared = Arc::clone(&shared);
            async move {
                let (mcp, protocol) = &*shared;
                mcp.answer(protocol, request)
                    .await
                    .map_err(poem::Error::from)
            }
        }));
        let metadata = make_sync(move |request| {
            let document = metadata_of(context(&request), &metadata);
            Response::builder()
                .content_type("application/json")
                .body(document)
        });
        route
            .at(PATH, post(Arc::clone(&endpoint)))
            .at(format!("{PATH}/"), post(endpoint))
            .at(METADATA_PATH, get(metadata))
    }

    async fn answer(&self, protocol: &Protocol, request: Request) -> Result<Response, ApiError> {
        let request_context = Arc::clone(context(&request));
        if !self.admits_origin(request.headers(), &request_context.origin) {
            return Err(ApiError::foreign_origin());
        }
        let token = self.api.authenticator.authenticate(bearer(&request)).await;
        let token = token.map_err(|error| {
            let metadata = format!("{}{METADATA_PATH}", request_context.origin);
            let scopes = operations::SEARCH.scopes.join(" ");
            ApiError::from(error).with_resource_metadata(&metadata, &scopes)
        })?;
        let memory = RequestMemory::of(&request);
        memory.belongs_to(token.tenant.as_str());
        let headers = passed_on(request.headers());
        let Message(message) = read(request).await?;
        let mut passed = http::Request::post(PATH)
            .body(message)
            .map_err(|_| ApiError::internal())?;
        *passed.headers_mut() = headers;
        // It looks for a name of this machine. Which names and origins may be used was looked at here.
        let host = HeaderValue::from_static("localhost");
        passed.headers_mut().insert(header::HOST, host);
        passed.extensions_mut().insert(Sender {
            token,
            memory,
            request: request_context,
        });
        let (head, body) = protocol.handle(passed).await.into_parts();
        // What the body must be called was looked at before it was read.
        if head.status == StatusCode::UNSUPPORTED_MEDIA_TYPE {
            return Err(ApiError::not_a_message());
        }
        // A handler sends nothing but its answer, so this is no stream.
        let Ok(body) = body.collect().await;
        let body = body.to_bytes();
        let is_text = !head.headers.contains_key(header::CONTENT_TYPE);
        if head.status.is_client_error() && is_text {
            let reason = String::from_utf8_lossy(&body);
            return Err(ApiError::refused_by_protocol(head.status, &reason));
        }
        let mut response = Response::builder().status(head.status).body(body);
        *response.headers_mut() = head.headers;
        Ok(response)
    }

    /// Whether a page of this origin may send a message. What is no browser sends no origin. A page can have its own name lead to this
    /// machine (DNS rebinding), so an origin that is the request's own must have a name that no DNS server decides.
    fn admits_origin(&self, headers: &HeaderMap, own: &str) -> bool {
        let mut origins = headers.get_all(header::ORIGIN).iter();
        let Some(origin) = origins.next() else {
            return true;
        };
        let is_only = origins.next().is_none();
        let origin_text = origin.to_str().unwrap_or_default();
        let is_own = origin_text.eq_ignore_ascii_case(own)
            && origin_text
                .split_once("://")
                .is_some_and(|(_, authority)| (self.is_own_name)(authority));
        is_only && (is_own || self.cors.allowed(headers).is_some())
    }
}

/// Source: RFC 9728, section 2.
fn metadata_of(request: &RequestContext, issuers: &[String]) -> String {
    let document = json!({
        "resource": format!("{}{PATH}", request.origin),
        "resource_name": "graph-connections",
        "authorization_servers": issuers,
        "scopes_supported": operations::SEARCH.scopes,
        "bearer_methods_supported": ["header"],
    });
    document.to_string()
}

/// Header fields that the protocol reads. The token is not among them.
fn passed_on(headers: &HeaderMap) -> HeaderMap {
    let is_read = |name: &HeaderName| {
        [header::ACCEPT, header::CONTENT_TYPE].contains(name) || name.as_str().starts_with("mcp-")
    };
    let fields = headers.iter().filter(|(name, _)| is_read(name));
    fields
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The body, within the bounds of every body.
async fn read(request: Request) -> Result<Message, ApiError> {
    let (request, mut body) = request.split();
    let body =
        JsonBody::<Message>::from_request(&request, &mut body, ExtractParamOptions::default());
    let body = body.await.map_err(|_| ApiError::internal())?;
    let Read { value, .. } = body.read().await?;
    Ok(value.map_err(Rejection::Invalid)?)
}
