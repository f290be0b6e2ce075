//! The listener over real sockets, mostly by requests that a well-behaved client cannot send.

mod limits;
mod refusals;
mod requests;
mod stop;

use std::net::SocketAddr;
use std::time::Duration;

use http_body_util::{BodyExt, Empty, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http2;
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode, http};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::{Connection, Handler, HeadError, Listener, RequestBody, ResponseBody, Settings};

/// No single step of a test takes longer, unless it hangs.
const PATIENCE: Duration = Duration::from_secs(10);

/// A body too large for the buffers of a loopback connection, bytes.
const LARGE_BYTES: usize = 32 << 20;

struct TestServer {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl TestServer {
    async fn start(settings: Settings) -> Self {
        let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = Listener::bind(loopback, settings).await;
        let listener = listener.expect("a free port");
        let address = listener.local_addr();
        let (stop, stopped) = oneshot::channel();
        let shutdown = async {
            let _ = stopped.await;
        };
        let task = tokio::spawn(listener.serve(Paths, shutdown));
        Self {
            address,
            stop,
            task,
        }
    }

    async fn connect(&self) -> Client {
        Client(
            within(TcpStream::connect(self.address))
                .await
                .expect("it listens"),
        )
    }
}

/// Does what the path says.
struct Paths;

impl Handler for Paths {
    type Connection = ();

    fn connect(&self, _: Connection) {}

    async fn handle(&self, (): &(), request: Request<RequestBody>) -> Response<ResponseBody> {
        let path = request.uri().path().to_owned();
        match path.as_str() {
            "/echo" => match Limited::new(request.into_body(), LARGE_BYTES)
                .collect()
                .await
            {
                Ok(body) => response(StatusCode::OK, body.to_bytes()),
                Err(error) => {
                    let error = error.downcast::<std::io::Error>().expect("an I/O error");
                    assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
                    response(StatusCode::REQUEST_TIMEOUT, error.to_string())
                }
            },
            "/unread" => response(StatusCode::PAYLOAD_TOO_LARGE, "too large"),
            "/slow" => {
                tokio::time::sleep(millis(600)).await;
                response(StatusCode::OK, "done")
            }
            "/never" => std::future::pending().await,
            "/large" => response(StatusCode::OK, vec![b'x'; LARGE_BYTES]),
            "/panic" => panic!("asked for by a test"),
            _ => response(StatusCode::OK, format!("{} {path}", request.method())),
        }
    }

    fn refuse(&self, error: HeadError, head: &Parts) -> Response<ResponseBody> {
        let name = head.headers.get("name");
        response(error.status(), format!("{error:?} from {name:?}"))
    }
}

fn response(status: StatusCode, body: impl Into<Bytes>) -> Response<ResponseBody> {
    let body = Full::new(body.into()).map_err(|never| match never {});
    let mut response = Response::new(body.boxed());
    *response.status_mut() = status;
    response
}

/// A client that sends what it is told, and reads answers one by one.
struct Client(TcpStream);

#[derive(Debug, PartialEq)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Client {
    async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        within(self.0.write_all(bytes.as_ref()))
            .await
            .expect("it is taken");
    }

    /// Sends as much as the other side takes before it closes.
    async fn send_what_is_taken(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = within(self.0.write_all(bytes.as_ref())).await;
    }

    async fn head(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(within(self.0.read_u8()).await.expect("a whole head"));
        }
        String::from_utf8(head).expect("a head of text")
    }

    async fn answer(&mut self) -> Answer {
        let head = self.head().await;
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse().expect("a number"));
        let mut body = vec![0; length];
        within(self.0.read_exact(&mut body))
            .await
            .expect("a whole body");
        Answer {
            status: head[9..12].parse().expect("a number"),
            body: String::from_utf8(body).expect("a body of text"),
            head,
        }
    }

    /// Sends a request and reads the body of its answer.
    async fn ask(&mut self, request: &str) -> String {
        self.send(request).await;
        self.answer().await.body
    }

    /// Waits for the other side to close, and returns what it still sent.
    async fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        // A reset is as good an end as any.
        let _ = within(self.0.read_to_end(&mut rest)).await;
        rest
    }

    /// Goes on in HTTP/2, without asking for it.
    async fn into_http2(self) -> http2::SendRequest<Empty<Bytes>> {
        let handshake = http2::handshake(TokioExecutor::new(), TokioIo::new(self.0));
        let (sender, connection) = within(handshake).await.expect("the server speaks HTTP/2");
        tokio::spawn(connection);
        sender
    }

    async fn assert_closed(mut self) {
        assert_eq!(self.rest().await, b"");
    }
}

fn get(path: &str) -> http::Request<Empty<Bytes>> {
    http::Request::get(format!("http://x{path}"))
        .body(Empty::new())
        .expect("a valid request")
}

async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future)
        .await
        .expect("it does not hang")
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}
