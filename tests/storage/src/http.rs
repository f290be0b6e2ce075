//! One HTTP/1.1 connection that is kept open, on which every outcome of a request is told apart: a test of crashes has
//! to know whether a request was sent, and whether an answer was whole.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

/// How long an answer may take. The slowest is a refusal by a server whose disk hangs.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Connection {
    stream: TcpStream,
    /// The server has announced that it will close.
    closing: bool,
}

#[derive(Debug, Clone)]
pub struct Request {
    pub method: &'static str,
    /// Path and query.
    pub target: String,
    pub token: Option<String>,
    pub body: Option<Value>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Lost {
    /// There was no connection to send it on: the server has not seen the request.
    NotSent,
    /// The connection ended before the first byte of an answer.
    Unanswered,
    /// The connection ended within an answer, of which this came.
    Torn(Vec<u8>),
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Connection {
    pub fn open(address: SocketAddr) -> Result<Self, Lost> {
        let stream = TcpStream::connect(address).map_err(|_| Lost::NotSent)?;
        stream.set_nodelay(true).expect("a socket takes options");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a socket takes options");
        Ok(Self {
            stream,
            closing: false,
        })
    }

    /// Whether the server has said that this connection takes no further request.
    pub fn is_closing(&self) -> bool {
        self.closing
    }

    /// Sends a request and waits for the answer.
    pub fn call(&mut self, request: &Request) -> Result<Answer, Lost> {
        // A failure does not say how much the server has got of it.
        self.stream
            .write_all(&request.bytes())
            .map_err(|_| Lost::Unanswered)?;
        let mut received = Vec::new();
        let answer = loop {
            match self.read_more(&mut received) {
                Some(0) | None if received.is_empty() => return Err(Lost::Unanswered),
                Some(0) | None => return Err(Lost::Torn(received)),
                Some(_) => {}
            }
            if let Some(answer) = Answer::parse(&received) {
                break answer;
            }
        };
        self.closing = answer.header("connection") == Some("close");
        Ok(answer)
    }

    fn read_more(&mut self, received: &mut Vec<u8>) -> Option<usize> {
        let mut buffer = [0; 16 * 1024];
        let read = match self.stream.read(&mut buffer) {
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                panic!("no answer within {PATIENCE:?}")
            }
            Err(_) => return None,
        };
        received.extend_from_slice(&buffer[..read]);
        Some(read)
    }
}

impl Request {
    fn bytes(&self) -> Vec<u8> {
        let (method, target) = (self.method, &self.target);
        let token = self.token.as_ref();
        let token = token.map(|token| format!("authorization: Bearer {token}\r\n"));
        let token = token.unwrap_or_default();
        let body = self.body.as_ref().map(Value::to_string).unwrap_or_default();
        let length = body.len();
        format!(
            "{method} {target} HTTP/1.1\r\nhost: localhost\r\n{token}content-type: application/json\r\n\
             content-length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    }
}

impl Answer {
    /// The answer at the beginning of `bytes`, if it is all there.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut fields = [httparse::EMPTY_HEADER; 64];
        let mut head = httparse::Response::new(&mut fields);
        let httparse::Status::Complete(length) = head.parse(bytes).expect("an answer in HTTP/1.1")
        else {
            return None;
        };
        let mut answer = Self {
            status: head.code.expect("a complete head has a status"),
            headers: head
                .headers
                .iter()
                .map(|field| {
                    let value = String::from_utf8_lossy(field.value).into_owned();
                    (field.name.to_ascii_lowercase(), value)
                })
                .collect(),
            body: Vec::new(),
        };
        assert_eq!(
            answer.header("transfer-encoding"),
            None,
            "this client reads bodies of a known length"
        );
        let body_length = match answer.header("content-length") {
            Some(length) => length.parse().expect("a length"),
            None => 0,
        };
        answer.body = bytes.get(length..length + body_length)?.to_vec();
        Some(answer)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let field = self.headers.iter().find(|(field, _)| field == name)?;
        Some(&field.1)
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answer_is_there_when_its_last_byte_is() {
        let bytes = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
        for end in 0..bytes.len() {
            assert!(Answer::parse(&bytes[..end]).is_none(), "{end}");
        }
        let answer = Answer::parse(bytes).expect("all of it");
        assert_eq!((answer.status, answer.text()), (201, "{}".to_owned()));
    }
}
