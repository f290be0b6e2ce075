//! A server that gives prepared answers, one a connection, and remembers what it was asked.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use graph_connections::client::{Client, ClientBuilder, RetryPolicy};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The token of [`Canned::builder`].
pub(crate) const TOKEN: &str = "eyJtoken";

pub(crate) struct Canned {
    pub(crate) origin: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// A request as it was on the wire; header names in lower case.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Request {
    /// The value of a header, in lower case like its name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let values = self.head.lines().filter_map(|line| line.split_once(": "));
        values
            .filter(|(it, _)| *it == name)
            .map(|(_, value)| value)
            .next()
    }
}

/// An answer: its head after `HTTP/1.1 ` and its body. `{origin}` and `{host}` in it are the server's own.
pub(crate) type Answer = (&'static str, &'static str);

/// What the server does with a connection, once it has read the request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reply {
    Whole(Answer),
    /// The connection is reset in place of an answer.
    Reset,
    /// The connection is reset in the middle of the body.
    ResetInside(Answer),
    /// The connection is reset right after the answer, instead of being closed.
    ResetAfter(Answer),
    /// The rest of the body never comes, and the connection stays.
    Stalled(Answer),
}

impl Canned {
    pub(crate) async fn start(answers: &[Answer]) -> Self {
        let replies: Vec<_> = answers.iter().copied().map(Reply::Whole).collect();
        Self::replying(&replies).await
    }

    pub(crate) async fn replying(replies: &[Reply]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (own, seen) = (origin.clone(), Arc::clone(&requests));
        let replies = replies.to_vec();
        tokio::spawn(async move {
            let mut stalled = Vec::new();
            for reply in replies {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read(&mut stream).await;
                seen.lock().unwrap().push(request);
                stalled.extend(give(reply, stream, &own).await);
            }
            // A request too many finds nobody, and what stands open stays so.
            drop(listener);
            std::future::pending::<()>().await;
        });
        Self { origin, requests }
    }

    /// Makes clients that send each request once.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder(format!("{}/v1.0", self.origin))
            .bearer(TOKEN)
            .retry(RetryPolicy::never())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// A client that tries again, without losing time.
    pub(crate) fn patient_client(&self) -> Client {
        self.builder().retry(patience()).build().unwrap()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The only request.
    pub(crate) fn request(&self) -> Request {
        let [request] = self.requests().try_into().expect("one request");
        request
    }
}

/// The usual policy with hardly any waits of its own.
pub(crate) fn patience() -> RetryPolicy {
    RetryPolicy::default().first_wait(Duration::from_millis(1))
}

/// Returns the connection if it is to stay open.
async fn give(reply: Reply, mut stream: TcpStream, own: &str) -> Option<TcpStream> {
    let (head, body, missing) = match reply {
        Reply::Reset => {
            stream.set_zero_linger().unwrap();
            return None;
        }
        Reply::Whole((head, body)) | Reply::ResetAfter((head, body)) => (head, body, 0),
        Reply::ResetInside((head, body)) | Reply::Stalled((head, body)) => (head, body, 1),
    };
    let host = own.trim_start_matches("http://");
    let filled = |text: &str| text.replace("{origin}", own).replace("{host}", host);
    let (head, body) = (filled(head), filled(body));
    let length = body.len() + missing;
    let answer =
        format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    stream.write_all(answer.as_bytes()).await.unwrap();
    match reply {
        Reply::Stalled(_) => return Some(stream),
        Reply::ResetInside(_) | Reply::ResetAfter(_) => {
            // A reset overtakes what is not read yet: the other side gets a moment.
            tokio::time::sleep(Duration::from_millis(100)).await;
            stream.set_zero_linger().unwrap();
        }
        Reply::Whole(_) | Reply::Reset => {}
    }
    None
}

async fn read(stream: &mut TcpStream) -> Request {
    let mut received = String::new();
    loop {
        if let Some((head, body)) = received.split_once("\r\n\r\n") {
            let (line, head) = head.split_once("\r\n").unwrap();
            let head = head.to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|header| header.strip_prefix("content-length: "))
                .map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return Request {
                    line: line.to_owned(),
                    head,
                    body: body.to_owned(),
                };
            }
        }
        let mut buffer = [0; 4096];
        let count = stream.read(&mut buffer).await.unwrap();
        received.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
    }
}
