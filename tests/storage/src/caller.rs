//! The API as this suite uses it: requests of a connection, and how a write ended.

use std::net::SocketAddr;

use serde_json::Value;

use crate::{
    http::{Answer, Connection, Lost, Request},
    journal::Outcome,
    lives::{self, Sent},
};

pub const CONNECTIONS: &str = "/v1.0/external/connections";

/// Someone with a token and a connection that is opened when it is needed.
pub struct Caller {
    address: SocketAddr,
    token: String,
    connection: Option<Connection>,
}

impl Caller {
    pub fn new(address: SocketAddr, token: &str) -> Self {
        Self {
            address,
            token: token.to_owned(),
            connection: None,
        }
    }

    pub fn call(
        &mut self,
        method: &'static str,
        target: &str,
        body: Option<Value>,
    ) -> Result<Answer, Lost> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::open(self.address)?,
        };
        let request = Request {
            method,
            target: target.to_owned(),
            token: Some(self.token.clone()),
            body,
        };
        let answer = connection.call(&request)?;
        if !connection.is_closing() {
            self.connection = Some(connection);
        }
        Ok(answer)
    }

    /// Gets what must be answered.
    pub fn get(&mut self, target: &str) -> Answer {
        self.call("GET", target, None)
            .unwrap_or_else(|lost| panic!("GET {target}: {lost:?}"))
    }

    /// Sends the write of that number in the life of a connection; gives how it ended, and the operation that it began.
    ///
    /// # Errors
    /// What a write is answered with if it is neither done nor refused for the sake of the disk.
    pub fn write(&mut self, id: &str, number: u32) -> Result<(Outcome, Option<String>), Answer> {
        let Sent {
            method,
            target,
            body,
        } = lives::sent(id, number);
        let outcome = match self.call(method, &target, body) {
            Ok(answer) if answer.is_success() => {
                let location = answer.header("location").unwrap_or_default();
                let operation = location.split_once("/operations/");
                let operation = operation.map(|(_, operation)| operation.to_owned());
                return Ok((Outcome::Acknowledged, operation));
            }
            Ok(answer) if answer.status == 503 => {
                check_unavailable(&answer);
                Outcome::Refused
            }
            Ok(answer) => return Err(answer),
            Err(Lost::NotSent) => Outcome::NotSent,
            Err(Lost::Unanswered) => Outcome::Unknown,
            Err(Lost::Torn(_)) => Outcome::Torn,
        };
        Ok((outcome, None))
    }
}

/// A refusal for the sake of the disk is one that clients understand: the error envelope, and when to come again.
fn check_unavailable(answer: &Answer) {
    let error = answer.json()["error"].take();
    assert_eq!(error["code"], "ServiceUnavailable", "{error}");
    let request = answer.header("request-id").expect("a request id");
    assert_eq!(error["innerError"]["request-id"], request, "{error}");
    let after = answer.header("retry-after").expect("when to come again");
    assert!(after.parse::<u32>().is_ok(), "{after}");
}
