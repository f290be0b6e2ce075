//! From the listener's requests to poem's and back.

use std::sync::Arc;

use bounded_listener::{Connection, Handler, HeadError, RequestBody, ResponseBody};
use openapi_contract_runtime::ConnectionMemory;
use poem::{
    Endpoint, RequestParts,
    endpoint::BoxEndpoint,
    http::{Request, Response, request::Parts},
    web::{LocalAddr, RemoteAddr},
};

use crate::{api, domain::clock::Clock};

pub(super) struct FrontHandler {
    pub(super) front: Arc<BoxEndpoint<'static>>,
    pub(super) clock: Arc<dyn Clock>,
}

/// What the requests of one connection share.
pub(super) struct ClientConnection {
    connection: Connection,
    /// HTTP/2 has many requests at once, which share the memory of one.
    memory: Option<ConnectionMemory>,
}

impl Handler for FrontHandler {
    type Connection = ClientConnection;

    fn connect(&self, connection: Connection) -> ClientConnection {
        ClientConnection {
            memory: connection.is_http2.then(ConnectionMemory::default),
            connection,
        }
    }

    async fn handle(
        &self,
        client: &ClientConnection,
        request: Request<RequestBody>,
    ) -> Response<ResponseBody> {
        let (head, body) = request.into_parts();
        let parts = RequestParts::from((
            head,
            LocalAddr(client.connection.local.into()),
            RemoteAddr(client.connection.peer.into()),
            client.connection.scheme.clone(),
        ));
        let mut request = poem::Request::from_parts(parts, body.into());
        if let Some(memory) = &client.memory {
            request.set_data(memory.clone());
        }
        self.front.get_response(request).await.into()
    }

    fn refuse(&self, error: HeadError, head: &Parts) -> Response<ResponseBody> {
        api::refused_head(error, &head.headers, self.clock.uuid(), self.clock.now()).into()
    }
}
