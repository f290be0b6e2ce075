//! The listener over real sockets, mostly by requests that a well-behaved client cannot send.

mod limits;
mod refusals;
mod requests;
mod stop;

use std::net::SocketAddr;
use std::time::Duration;

use http_body_util::Empty;
use hyper::body::Bytes;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use poem::error::ReadBodyError;
use poem::http::{self, HeaderMap, StatusCode};
use poem::{Request, Response, endpoint::make};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::limits::Limits;
use super::listener::serve;
use super::rejection::Rejection;

/// No single step of a test takes longer, unless it hangs.
const PATIENCE: Duration = Duration::from_secs(10);

/// A body too large for the buffers of a loopback connection, bytes.
const LARGE_BYTES: usize = 32 << 20;

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Running {
    async fn start(limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let (stop, stopped) = oneshot::channel();
        let shutdown = async {
            let _ = stopped.await;
        };
        let endpoint = make(|request| async { Ok::<_, poem::Error>(answer(request).await) });
        let task = tokio::spawn(serve(
            listener,
            None,
            endpoint,
            Box::new(reject),
            limits,
            shutdown,
        ));
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

async fn answer(request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let answer = Response::builder().header("request-id", "1");
    match path.as_str() {
        "/echo" => match request.into_body().into_bytes_limit(LARGE_BYTES).await {
            Ok(body) => answer.body(body),
            // Readers of bodies tell a slow sender by the kind of the error, which only this way of reading keeps.
            Err(ReadBodyError::Io(error)) if error.kind() == std::io::ErrorKind::TimedOut => answer
                .status(StatusCode::REQUEST_TIMEOUT)
                .body(error.to_string()),
            Err(error) => panic!("{error}"),
        },
        "/unread" => answer
            .status(StatusCode::PAYLOAD_TOO_LARGE)
            .body("too large"),
        "/slow" => {
            tokio::time::sleep(millis(600)).await;
            answer.body("done")
        }
        "/never" => std::future::pending().await,
        "/large" => answer.body(vec![b'x'; LARGE_BYTES]),
        "/panic" => panic!("asked for by a test"),
        _ => answer.body(format!("{} {path}", request.method())),
    }
}

fn reject(rejection: Rejection, headers: &HeaderMap) -> Response {
    let status = match rejection {
        Rejection::UriTooLong { .. } => StatusCode::URI_TOO_LONG,
        Rejection::HeadersTooLarge { .. } => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        Rejection::Malformed => StatusCode::BAD_REQUEST,
    };
    let client = headers.get("client-request-id").cloned();
    Response::builder()
        .status(status)
        .header("request-id", "2")
        .content_type("application/json")
        .body(format!("{rejection:?} from {client:?}"))
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
