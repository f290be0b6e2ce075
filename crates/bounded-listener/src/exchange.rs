//! One request and its response.

use std::sync::Arc;

use http_body_util::{BodyExt, Empty};
use hyper::body::{Body, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{Request, Response, StatusCode, Version};

use crate::activity::Activity;
use crate::handler::{Handler, RequestBody, ResponseBody};
use crate::head;
use crate::request_body::RateLimitedBody;
use crate::response_deadlines::ResponseDeadlines;
use crate::settings::Settings;

/// What the exchanges of one connection share.
pub(crate) struct Exchanges<H: Handler> {
    pub(crate) handler: Arc<H>,
    pub(crate) connection: H::Connection,
    pub(crate) settings: Arc<Settings>,
    pub(crate) activity: Arc<Activity>,
    pub(crate) deadlines: Arc<ResponseDeadlines>,
}

impl<H: Handler> Exchanges<H> {
    pub(crate) async fn respond(&self, request: Request<Incoming>) -> Response<ResponseBody> {
        self.activity.request_begins();
        let (head, incoming) = request.into_parts();
        // Before the head is checked: the body of a refused request is recorded as unread, too.
        let body = self.body(incoming);
        if let Err(error) = head::check(&head, &self.settings) {
            return self.handler.refuse(error, &head);
        }
        let version = head.version;
        let request = Request::from_parts(head, body);
        let mut response = self.handler.handle(&self.connection, request).await;
        if self.activity.is_mid_message()
            && ends_connection(response.status())
            && version <= Version::HTTP_11
        {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
        response.map(|body| self.deadlines.start(body))
    }

    fn body(&self, incoming: Incoming) -> RequestBody {
        if incoming.is_end_stream() {
            return RequestBody::new(Empty::new().map_err(|never| match never {}));
        }
        let activity = Arc::clone(&self.activity);
        RequestBody::new(RateLimitedBody::new(incoming, &self.settings, activity))
    }
}

/// Responses that are sent while the rest of a body may still be on its way: nothing can follow on such a connection
/// (RFC 9110, sections 15.5.9 and 15.5.14).
fn ends_connection(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE
    )
}
