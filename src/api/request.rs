//! What is read from every request before its operation is known: identifiers, the address that the client used, metadata, preconditions.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, OnceLock, PoisonError, Weak},
};

use ipnet::IpNet;
use openapi_contract_runtime::Ignored;
use poem::{
    Request, Response,
    endpoint::BoxEndpoint,
    http::{HeaderMap, Uri, header, uri::Authority},
};
use uuid::Uuid;

use crate::odata::context;

/// A request as seen from outside.
#[derive(Debug)]
pub(crate) struct RequestContext {
    /// Scheme and authority that the client used, such as `http://127.0.0.1:8080`.
    pub(crate) origin: String,
    /// As the client wrote it.
    pub(crate) uri: Uri,
    /// The server path of the document that matched, such as `/v1.0`; empty outside the API.
    pub(crate) version: &'static str,
    pub(crate) metadata: Metadata,
    /// Whether the request has a precondition that no existing resource meets: see [`precondition_fails`].
    pub(crate) precondition_fails: bool,
    pub(crate) ids: RequestIds,
    /// The header fields of a batch, which its parts are sent with; of others none.
    pub(crate) batch_headers: HeaderMap,
    ignored: Mutex<Vec<Ignored>>,
}

/// The batch that a request is a part of.
#[derive(Clone)]
pub(super) struct PartOf(pub(super) Arc<RequestContext>);

/// The whole surface, once it is there: batches send their parts to it.
pub(crate) type Surface = OnceLock<Weak<BoxEndpoint<'static, Response>>>;

impl RequestContext {
    pub(super) fn new(
        request: &Request,
        ids: RequestIds,
        origin: String,
        version: &'static str,
        is_batch: bool,
    ) -> Self {
        Self {
            origin,
            uri: request.uri().clone(),
            version,
            metadata: Metadata::accepted(request.headers()),
            precondition_fails: precondition_fails(request.headers()),
            ids,
            batch_headers: if is_batch {
                request.headers().clone()
            } else {
                HeaderMap::new()
            },
            ignored: Mutex::default(),
        }
    }

    /// Members of the body that have no effect, for the answer to name.
    pub(super) fn ignore(&self, members: impl IntoIterator<Item = Ignored>) {
        let ignored = self.ignored.lock();
        ignored
            .unwrap_or_else(PoisonError::into_inner)
            .extend(members);
    }

    /// The members that were ignored since this was last asked.
    pub(super) fn take_ignored(&self) -> Vec<Ignored> {
        let ignored = self.ignored.lock();
        std::mem::take(&mut ignored.unwrap_or_else(PoisonError::into_inner))
    }

    /// The context URL of what has this name, unless the client wants none.
    pub(crate) fn context(&self, name: &str) -> Option<String> {
        let root = self.service_root();
        (self.metadata == Metadata::Minimal).then(|| context::entity_set(&root, name, None))
    }

    /// The root of the API in the version that the client used.
    pub(crate) fn service_root(&self) -> String {
        format!("{}{}", self.origin, self.version)
    }
}

/// The identifiers of a request. Source: Graph, best practices, `request-id` and `client-request-id`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RequestIds {
    pub(crate) request: Uuid,
    /// The client's own, if it is a UUID: other texts are not safe to repeat in headers and logs.
    pub(crate) client: Uuid,
}

impl RequestIds {
    pub(crate) fn new(headers: &HeaderMap, request: Uuid) -> Self {
        let given = headers.get("client-request-id");
        let given = given.and_then(|value| Uuid::try_parse_ascii(value.as_bytes()).ok());
        Self {
            request,
            client: given.unwrap_or(request),
        }
    }
}

/// How much control information answers carry. Source: OData JSON format 4.01, section 3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metadata {
    /// `odata.metadata=minimal`, and `full` too: there is nothing to add.
    Minimal,
    /// `odata.metadata=none`: no annotations but `@odata.nextLink` and `@odata.count`.
    None,
}

impl Metadata {
    pub(crate) fn accepted(headers: &HeaderMap) -> Self {
        let accepted = headers.get_all(header::ACCEPT).iter();
        let accepted = accepted.filter_map(|value| value.to_str().ok());
        let mut parameters = accepted.flat_map(|value| value.split([',', ';']));
        let none = parameters.any(|parameter| {
            let parameter = parameter.replace(' ', "").to_ascii_lowercase();
            // OData 4.01 drops the prefix.
            parameter.trim_start_matches("odata.") == "metadata=none"
        });
        if none { Self::None } else { Self::Minimal }
    }
}

/// Whether the request's precondition fails for a target that exists. Resources have no entity tags, so `If-Match` holds
/// for `*` alone, and `If-None-Match` fails for `*` alone. Source: RFC 9110, sections 13.1.1 and 13.1.2.
fn precondition_fails(headers: &HeaderMap) -> bool {
    let any = |name| {
        let values = headers.get_all(name).iter();
        values.map(|value| value.as_bytes().trim_ascii() == b"*")
    };
    any(header::IF_MATCH).any(|any| !any) || any(header::IF_NONE_MATCH).any(|any| any)
}

/// Where absolute URLs of answers begin.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// The configured URL, without a slash at the end.
    pub(crate) public_url: Option<String>,
    /// Proxies whose `X-Forwarded-Proto` and `X-Forwarded-Host` are trusted.
    pub(crate) trusted_proxies: Vec<IpNet>,
}

impl Origin {
    /// The origin as the client sees it. `Host` comes last, and is used only if it has the form of an authority.
    pub(crate) fn of(&self, request: &Request) -> String {
        if let Some(url) = &self.public_url {
            return url.clone();
        }
        let forwarded = |name| {
            let value = request.header(name).filter(|_| self.trusts(request))?;
            // Each proxy appends its own view: the first is the client's.
            value.split(',').next().map(str::trim)
        };
        let scheme = match forwarded("x-forwarded-proto") {
            Some(scheme) if scheme.eq_ignore_ascii_case("https") => "https",
            Some(_) => "http",
            None => request.scheme().as_str(),
        };
        let authority = forwarded("x-forwarded-host")
            .filter(|host| is_authority(host))
            .or_else(|| authority(request))
            .map_or_else(|| local(request), str::to_owned);
        format!("{scheme}://{authority}")
    }

    fn trusts(&self, request: &Request) -> bool {
        let Some(peer) = request.remote_addr().as_socket_addr() else {
            return false;
        };
        let peer: IpAddr = peer.ip().to_canonical();
        let mut proxies = self.trusted_proxies.iter();
        proxies.any(|range| range.contains(&peer))
    }
}

/// HTTP/1.1 has it in `Host`, HTTP/2 in the request's own `:authority`.
fn authority(request: &Request) -> Option<&str> {
    let host = request.header(header::HOST);
    let authority = request.original_uri().authority();
    let authority = authority.map(Authority::as_str).or(host);
    authority.filter(|authority| is_authority(authority))
}

fn local(request: &Request) -> String {
    let address = request.local_addr().as_socket_addr();
    address.map_or_else(|| "localhost".to_owned(), ToString::to_string)
}

/// Host and port (RFC 3986, section 3.2) of ordinary characters, so that it can stand in a URL.
fn is_authority(text: &str) -> bool {
    (1..=255).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_level_is_read_from_accept() {
        for (accept, expected) in [
            ("application/json;odata.metadata=none", Metadata::None),
            ("text/html, application/json; metadata=NONE", Metadata::None),
            ("application/json;odata.metadata=minimal", Metadata::Minimal),
            ("*/*", Metadata::Minimal),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().expect("a header"));
            assert_eq!(Metadata::accepted(&headers), expected, "{accept}");
        }
    }
}
