//! The tag `batch`: several requests in one. Each goes through the whole surface as if it had come alone.

use std::{
    collections::HashSet,
    sync::{Arc, Weak},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::{StreamExt, stream::FuturesUnordered};
use openapi_contract_runtime::{ConnectionMemory, Json, Map, Member};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use poem::{
    Endpoint, Request, Response,
    endpoint::BoxEndpoint,
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
};

use crate::domain::{Error, Violation};

use super::{
    error::ApiError,
    generated::{
        BatchApi, RunBatchParams, RunBatchResponse,
        types::{BatchHeaders, BatchMethod, BatchRequestPart, BatchResponse, BatchResponsePart},
    },
    request::{PartOf, RequestContext},
    routes::{self, Route},
    service::{Api, Call},
};

/// The answers of a batch together, bytes. As much as one request may bring.
const ANSWER_BYTES: usize = 4_000_000;

/// Where Graph is.
const GRAPH: &str = "https://graph.microsoft.com";

/// Header fields of a part, and their bytes: as of a request.
const HEADERS: usize = 100;
const HEADER_BYTES: usize = 32 * 1_024;

/// What a URL of a batch may have as it is, although it must be encoded in a request.
const UNENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

/// Header fields that say something of the batch alone: what its body is, and when it is to be run.
const OF_THE_BATCH: [HeaderName; 8] = [
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::EXPECT,
    header::IF_MATCH,
    header::IF_NONE_MATCH,
    header::TRANSFER_ENCODING,
    HeaderName::from_static("prefer"),
];

impl BatchApi for Api {
    async fn run_batch(
        &self,
        call: Call,
        params: RunBatchParams,
    ) -> Result<RunBatchResponse, ApiError> {
        let parts = params.body.requests;
        let order = Order::of(&parts)?;
        call.memory
            .hold_answer(answer_bytes(&parts, &call.request))
            .await?;
        let surface = self.surface.get().and_then(Weak::upgrade);
        let surface = surface.ok_or_else(ApiError::internal)?;
        let context = &call.request;
        let refuse = |error: ApiError| error.respond(context.ids, self.clock.now());
        let responses = run(&surface, context, parts, order, &refuse).await;
        Ok(RunBatchResponse::Ok(BatchResponse { responses }))
    }
}

/// What the answers may take. Those to writes are about as long as what was sent.
fn answer_bytes(parts: &[BatchRequestPart], context: &RequestContext) -> usize {
    let bytes = parts.iter().map(|part| {
        if part.method == BatchMethod::GET || is_search(part, context) {
            ANSWER_BYTES
        } else {
            4 * 1_024 + part.body.as_ref().map_or(0, |body| body.text().len())
        }
    });
    bytes.sum::<usize>().min(ANSWER_BYTES)
}

/// Whether a part reads, though it has a body: its operation is one that whoever may only read may call.
fn is_search(part: &BatchRequestPart, context: &RequestContext) -> bool {
    let path = path_of(part, context).split(['?', '#']).next();
    let route = routes::route(&format!("{}/{}", context.version, path.unwrap_or_default()));
    let Some((_, Route::Api { template, .. })) = route else {
        return false;
    };
    routes::operations_of(template)
        .filter(|operation| operation.method == part.method.name())
        .flat_map(|operation| operation.scopes)
        .any(|scope| scope.ends_with(".Read.All"))
}

/// The parts that each part waits for.
struct Order(Vec<Vec<usize>>);

impl Order {
    /// # Errors
    /// An identifier that comes twice, a dependency that is none, parts that wait for each other, a body without its type.
    fn of(parts: &[BatchRequestPart]) -> Result<Self, ApiError> {
        let mut broken = Vec::new();
        let mut refuse = |index: usize, member: &str, rule: String| {
            broken.push(Violation::new(format!("/requests/{index}/{member}"), rule));
        };
        let mut seen = HashSet::new();
        let mut waits_for = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            if !seen.insert(part.id.to_ascii_lowercase()) {
                let rule = format!(
                    "another request has the id '{}', in whichever case",
                    part.id
                );
                refuse(index, "id", rule);
            }
            if part.body.as_ref().is_some_and(is_body) && header_of(part, "content-type").is_none()
            {
                return Err(ApiError::part_without_content_type(index, &part.id));
            }
            let mut needed = Vec::new();
            for (n, id) in part.depends_on.iter().flatten().enumerate() {
                match parts
                    .iter()
                    .position(|other| other.id.eq_ignore_ascii_case(id))
                {
                    Some(other) if other != index => needed.push(other),
                    _ => refuse(
                        index,
                        &format!("dependsOn/{n}"),
                        format!("there is no other request '{id}'"),
                    ),
                }
            }
            waits_for.push(needed);
        }
        let order = Self(waits_for);
        if let Some(index) = order.endless() {
            refuse(
                index,
                "dependsOn",
                "the requests wait for each other".into(),
            );
        }
        if broken.is_empty() {
            Ok(order)
        } else {
            Err(Error::Invalid(broken).into())
        }
    }

    /// A part that never begins.
    fn endless(&self) -> Option<usize> {
        let mut done = HashSet::new();
        loop {
            let ready = |(index, needed): (usize, &Vec<usize>)| {
                let is_ready = !done.contains(&index) && needed.iter().all(|it| done.contains(it));
                is_ready.then_some(index)
            };
            let ready: Vec<_> = self.0.iter().enumerate().filter_map(ready).collect();
            if ready.is_empty() {
                return (0..self.0.len()).find(|index| !done.contains(index));
            }
            done.extend(ready);
        }
    }
}

async fn run(
    surface: &BoxEndpoint<'static, Response>,
    context: &Arc<RequestContext>,
    parts: Vec<BatchRequestPart>,
    Order(waits_for): Order,
    refuse: &(impl Fn(ApiError) -> Response + Sync),
) -> Vec<BatchResponsePart> {
    let mut waiting: Vec<Option<BatchRequestPart>> = parts.into_iter().map(Some).collect();
    let mut done: Vec<Option<BatchResponsePart>> = waiting.iter().map(|_| None).collect();
    let mut running = FuturesUnordered::new();
    // Small ones together, as if they had come on one connection.
    let memory = ConnectionMemory::default();
    let mut bytes = 0;
    loop {
        for index in 0..waiting.len() {
            let outcomes = waits_for[index].iter().map(|needed| {
                let part = done[*needed].as_ref()?;
                Some((200..300).contains(&part.status))
            });
            let outcomes: Option<Vec<bool>> = outcomes.collect();
            let Some(outcomes) = outcomes else { continue };
            let Some(part) = waiting[index].take() else {
                continue;
            };
            let may_run = outcomes.into_iter().all(|succeeded| succeeded);
            let memory = memory.clone();
            running.push(async move {
                let id = part.id.clone();
                let response = if may_run {
                    match request(part, context) {
                        Ok(mut request) => {
                            request.set_data(memory);
                            surface.get_response(request).await
                        }
                        Err(error) => refuse(error),
                    }
                } else {
                    refuse(ApiError::failed_dependency())
                };
                (index, answer(id, response).await)
            });
        }
        let Some((index, part)) = running.next().await else {
            break;
        };
        bytes += part.body.as_ref().map_or(0, |body| body.text().len());
        let part = if bytes > ANSWER_BYTES {
            let error = ApiError::batch_too_large(ANSWER_BYTES);
            answer(part.id, refuse(error)).await
        } else {
            part
        };
        done[index] = Some(part);
    }
    done.into_iter().flatten().collect()
}

/// Path and query below the version. Official SDKs write the whole address, some of them Graph's whatever they are told.
fn path_of<'a>(part: &'a BatchRequestPart, context: &RequestContext) -> &'a str {
    let roots = [
        context.service_root(),
        format!("{GRAPH}{}", context.version),
    ];
    let mut below = roots.iter().filter_map(|root| part.url.strip_prefix(root));
    let own = below.find(|path| path.starts_with('/'));
    own.unwrap_or(&part.url).trim_start_matches('/')
}

/// A request of its own, with the token and the address of the batch.
fn request(mut part: BatchRequestPart, context: &Arc<RequestContext>) -> Result<Request, ApiError> {
    let invalid = |member: &str, rule: &str| {
        ApiError::from(Error::Invalid(vec![Violation::new(member, rule)]))
    };
    let path = path_of(&part, context);
    if path.contains("://")
        || path
            .to_ascii_lowercase()
            .trim_start_matches("%24")
            .trim_start_matches('$')
            .starts_with("batch")
    {
        return Err(invalid(
            "url",
            "must be a path below the version, and no batch",
        ));
    }
    let path = utf8_percent_encode(path, UNENCODED);
    let uri = format!("{}/{path}", context.version).parse();
    let uri = uri.map_err(|_| invalid("url", "must be a path and query, percent-encoded"))?;
    let method =
        Method::from_bytes(part.method.name().as_bytes()).map_err(|_| ApiError::internal())?;
    let mut request = Request::builder().method(method).uri(uri).finish();
    let mut headers = context.batch_headers.clone();
    for name in OF_THE_BATCH {
        headers.remove(name);
    }
    let given = || given_headers(&part);
    let bytes = given().map(|(name, value)| name.len() + value.len());
    if given().count() > HEADERS || bytes.sum::<usize>() > HEADER_BYTES {
        let rule =
            format!("must be at most {HEADERS} header fields of {HEADER_BYTES} bytes together");
        return Err(invalid("headers", &rule));
    }
    for (name, value) in given() {
        let named = HeaderName::try_from(name)
            .ok()
            .zip(HeaderValue::try_from(value).ok());
        let (name, value) = named.ok_or_else(|| invalid("headers", "must be header fields"))?;
        if name != header::AUTHORIZATION && name != header::HOST && name != header::CONTENT_LENGTH {
            headers.insert(name, value);
        }
    }
    *request.headers_mut() = headers;
    if let Some(body) = part.body.take().filter(is_body) {
        request.set_body(String::from(body.into_text()));
    }
    request.set_data(PartOf(Arc::clone(context)));
    Ok(request)
}

/// `null` is none: clients write it for what they do not set.
fn is_body(body: &Json) -> bool {
    body.text() != "null"
}

fn given_headers(part: &BatchRequestPart) -> impl Iterator<Item = (&str, &String)> {
    let headers = match &part.headers {
        Member::Value(headers) => Some(headers.0.iter()),
        Member::Absent | Member::Null => None,
    };
    headers.into_iter().flatten()
}

fn header_of<'a>(part: &'a BatchRequestPart, name: &str) -> Option<&'a str> {
    given_headers(part)
        .find(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

async fn answer(id: String, response: Response) -> BatchResponsePart {
    let (head, body) = response.into_parts();
    let bytes = body.into_vec().await;
    let bytes = bytes.expect("answers of operations are in memory");
    let is_json = head
        .headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
    let body = match String::from_utf8(bytes) {
        Ok(text) if text.is_empty() => None,
        Ok(text) if is_json => Some(text),
        Ok(text) => Some(format!("\"{}\"", STANDARD.encode(text))),
        Err(error) => Some(format!("\"{}\"", STANDARD.encode(error.as_bytes()))),
    };
    BatchResponsePart {
        id,
        status: head.status.as_u16().into(),
        headers: Some(BatchHeaders(shown(&head.headers))),
        body: body.map(|text| Json::from_text(text.into())),
    }
}

/// Headers of an answer that its part of the batch has, in the spelling that clients look for.
const SHOWN: [&str; 8] = [
    "Cache-Control",
    "Content-Type",
    "Graph-Connections-Ignored",
    "Graph-Connections-Search-Hint",
    "Location",
    "OData-Version",
    "Retry-After",
    "WWW-Authenticate",
];

fn shown(headers: &HeaderMap) -> Map<String> {
    let shown = SHOWN.into_iter().filter_map(|name| {
        let value = headers.get(name)?.to_str().ok()?;
        Some((name.to_owned(), value.to_owned()))
    });
    Map::from(shown.collect::<Vec<_>>())
}
