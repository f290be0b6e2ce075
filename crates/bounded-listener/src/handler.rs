//! What a program gives the listener: a response to each request.

use std::{io, net::SocketAddr};

use http_body_util::{BodyExt, Empty, combinators::BoxBody};
use hyper::{
    Request, Response,
    body::Bytes,
    http::{request::Parts, uri::Scheme},
};

use crate::head::HeadError;

/// The body of a request. Reading it fails with [`io::ErrorKind::TimedOut`] if the client sends it too slowly.
pub type RequestBody = BoxBody<Bytes, io::Error>;

/// The body of a response.
pub type ResponseBody = BoxBody<Bytes, io::Error>;

/// A connection that a client has opened.
#[derive(Debug, Clone)]
pub struct Connection {
    /// The address that the client connected to.
    pub local: SocketAddr,
    /// The address of the client, or of the proxy before it.
    pub peer: SocketAddr,
    /// `https` if the listener speaks TLS, else `http`.
    pub scheme: Scheme,
    /// Whether the client speaks HTTP/2, with many requests at once.
    pub is_http2: bool,
}

/// Responds to requests. A panic in it ends one connection.
pub trait Handler: Send + Sync + 'static {
    /// What the requests of one connection share; `()` if nothing.
    type Connection: Send + Sync + 'static;

    /// Called once for each connection, when its protocol is known.
    fn connect(&self, connection: Connection) -> Self::Connection;

    /// Responds to a request whose head is within the limits.
    fn handle(
        &self,
        connection: &Self::Connection,
        request: Request<RequestBody>,
    ) -> impl Future<Output = Response<ResponseBody>> + Send;

    /// Responds to a request that is refused for its head; by default with the status alone.
    ///
    /// It is not asked about bytes that cannot be parsed as a request, nor about heads that are larger than hyper
    /// reads: hyper sends a bare 400, 414 or 431 and closes the connection.
    fn refuse(&self, error: HeadError, head: &Parts) -> Response<ResponseBody> {
        let _ = head;
        let mut response = Response::new(Empty::new().map_err(|never| match never {}).boxed());
        *response.status_mut() = error.status();
        response
    }
}
