//! A server that gives prepared answers, one a connection, and remembers what it was asked.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use graph_connections::client::Client;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The token of [`Canned::client`].
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

/// An answer: its head after `HTTP/1.1 ` and its body. `{origin}` in the body is the server's own.
pub(crate) type Answer = (&'static str, &'static str);

impl Canned {
    pub(crate) async fn start(answers: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let mut answers: VecDeque<Answer> = answers.iter().copied().collect();
        let (own, seen) = (origin.clone(), Arc::clone(&requests));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = read(&mut stream).await;
                seen.lock().unwrap().push(request);
                let (head, body) = answers.pop_front().expect("an answer for each request");
                let body = body.replace("{origin}", &own);
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self { origin, requests }
    }

    pub(crate) fn client(&self) -> Client {
        Client::builder(format!("{}/v1.0", self.origin))
            .bearer(TOKEN)
            .build()
            .unwrap()
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
