//! The API as this suite uses it: requests of a connection, and how a write ended.

use std::net::SocketAddr;

use serde_json::Value;

use crate::{
    http::{Answer, Connection, Lost, Request},
    journal::Outcome,
    versions::{Version, members},
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

    /// Brings a connection from one version to another.
    ///
    /// # Errors
    /// What a write is answered with if it is neither done nor refused for the sake of the disk.
    pub fn write(&mut self, id: &str, from: Version, to: Version) -> Result<Outcome, Answer> {
        let one = format!("{CONNECTIONS}/{id}");
        let answer = match (from, to) {
            (None, Some(version)) => {
                let mut body = members(id, version);
                body["id"] = id.into();
                self.call("POST", CONNECTIONS, Some(body))
            }
            (_, Some(version)) => self.call("PATCH", &one, Some(members(id, version))),
            (_, None) => self.call("DELETE", &one, None),
        };
        match answer {
            Ok(answer) if answer.is_success() => Ok(Outcome::Acknowledged),
            Ok(answer) if answer.status == 503 => {
                check_unavailable(&answer);
                Ok(Outcome::Refused)
            }
            Ok(answer) => Err(answer),
            Err(Lost::NotSent) => Ok(Outcome::NotSent),
            Err(Lost::Unanswered) => Ok(Outcome::Unknown),
            Err(Lost::Torn(_)) => Ok(Outcome::Torn),
        }
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
