//! One request and its answer: from hyper's types to poem's and back.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use http_body_util::combinators::BoxBody;
use hyper::body::{Body as _, Bytes, Incoming};
use openapi_contract_runtime::ConnectionMemory;
use poem::http::uri::Scheme;
use poem::http::{HeaderValue, StatusCode, Version, header};
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Body, Endpoint, Request, RequestParts};

use super::limits::Limits;
use super::paced_body::PacedBody;
use super::rejection::Gate;
use super::unsent::Unsent;

/// What the exchanges of a connection tell those who keep the connection.
#[derive(Debug, Default)]
pub(super) struct Activity {
    requests: AtomicUsize,
    unread_body: AtomicBool,
}

impl Activity {
    /// Requests begun since the connection opened.
    pub(super) fn requests(&self) -> usize {
        self.requests.load(Relaxed)
    }

    /// Whether the client may still be sending a body that nobody reads.
    pub(super) fn has_unread_body(&self) -> bool {
        self.unread_body.load(Relaxed)
    }

    pub(super) fn body_left_unread(&self) {
        self.unread_body.store(true, Relaxed);
    }

    fn request_begins(&self) {
        self.requests.fetch_add(1, Relaxed);
        self.unread_body.store(false, Relaxed);
    }
}

/// What the exchanges of one connection have in common.
pub(super) struct Exchanges<E> {
    pub(super) endpoint: Arc<E>,
    pub(super) gate: Arc<Gate>,
    pub(super) limits: Arc<Limits>,
    pub(super) scheme: Scheme,
    pub(super) local: LocalAddr,
    pub(super) remote: RemoteAddr,
    pub(super) activity: Arc<Activity>,
    pub(super) unsent: Arc<Unsent>,
    /// What exchanges at the same time share: HTTP/2 has them, HTTP/1.1 one after the other.
    pub(super) memory: Option<ConnectionMemory>,
}

impl<E: Endpoint> Exchanges<E> {
    pub(super) async fn answer(
        &self,
        request: hyper::Request<Incoming>,
    ) -> hyper::Response<BoxBody<Bytes, io::Error>> {
        self.activity.request_begins();
        let (head, incoming) = request.into_parts();
        // Before the refusal, so that a refused request leaves word of its unread body as well.
        let body = self.body(incoming);
        if let Some(refusal) = self.gate.refusal(&head) {
            return refusal.into();
        }
        let version = head.version;
        let (local, remote) = (self.local.clone(), self.remote.clone());
        let parts = RequestParts::from((head, local, remote, self.scheme.clone()));
        let mut request = Request::from_parts(parts, body);
        if let Some(memory) = &self.memory {
            request.set_data(memory.clone());
        }
        let mut response = self.endpoint.get_response(request).await;
        if self.activity.has_unread_body()
            && ends_connection(response.status())
            && version <= Version::HTTP_11
        {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
        let response: hyper::Response<_> = response.into();
        response.map(|body| self.unsent.watch(body))
    }

    fn body(&self, incoming: Incoming) -> Body {
        if incoming.is_end_stream() {
            return Body::empty();
        }
        let paced = PacedBody::new(incoming, &self.limits, Arc::clone(&self.activity));
        BoxBody::new(paced).into()
    }
}

/// Answers given while the rest of a body may still be on its way: nothing else can follow on such a connection
/// (RFC 9110, sections 15.5.9 and 15.5.14).
fn ends_connection(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE
    )
}
