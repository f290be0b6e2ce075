//! Eight clients on one connection, each call written down with its times and its answer: every history has an order
//! that explains it, that of a server killed in the middle too.
#![cfg(target_os = "linux")]

use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use storage_tests::{
    caller::{CONNECTIONS, Caller},
    http::{self, Lost},
    knob,
    linear::{
        Answer, Call,
        Operation::{self, Create, Delete, Describe, Get, Rename, UpdateBoth},
        State, is_linearizable,
    },
    server::{Server, TOKENS, data_dir},
};

const CLIENTS: u32 = 8;
const CALLS_OF_A_CLIENT: u32 = 25;
/// Of so many histories one is of a server that is killed in the middle and started again.
const KILLED: u32 = 10;

#[test]
fn histories_of_a_connection_are_linearizable() {
    let histories = knob::number("CI_HISTORIES", 50);
    let mut random = fastrand::Rng::with_seed(knob::seed());
    let started = Instant::now();
    let directory = data_dir();
    let mut server = Server::start(directory.path());
    let (mut calls, mut unanswered, mut failed) = (0, 0, 0);
    for number in 0..histories {
        let id = format!("history{number}");
        let is_killed = number % KILLED == KILLED - 1;
        let history;
        (history, server) = record(server, directory.path(), &id, is_killed, &mut random);
        calls += history.len();
        unanswered += history.iter().filter(|c| c.answer.is_none()).count();
        failed += history.iter().filter(|c| is_refusal(c)).count();
        assert!(is_linearizable(&history), "{id}: {}", told(&history));
    }
    server.kill();
    println!(
        "{histories} histories in {:.0?}: {calls} calls, {failed} of them refused, {unanswered} without an answer",
        started.elapsed()
    );
    assert!(failed > histories as usize && calls - failed > histories as usize);
    assert_eq!(unanswered > 0, histories >= KILLED, "kills in the middle");
}

fn is_refusal(call: &Call) -> bool {
    matches!(call.answer, Some(Answer::Missing | Answer::Taken))
}

/// Lets the clients call; gives what they wrote down, and the server that runs at the end.
fn record(
    server: Server,
    data: &Path,
    id: &str,
    is_killed: bool,
    random: &mut fastrand::Rng,
) -> (Vec<Call>, Server) {
    let address = server.address;
    let when = is_killed.then(|| Duration::from_millis(random.u64(5..60)));
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let client = Client::new(address, id, number, random.fork());
                scope.spawn(move || client.run())
            })
            .collect();
        let server = match when {
            Some(when) => {
                std::thread::sleep(when);
                server.kill();
                Server::start_at(data, address)
            }
            None => server,
        };
        let calls = clients
            .into_iter()
            .flat_map(|client| client.join().expect("a client that lives"));
        (calls.collect(), server)
    })
}

struct Client<'t> {
    caller: Caller,
    id: &'t str,
    number: u32,
    random: fastrand::Rng,
}

impl<'t> Client<'t> {
    fn new(address: SocketAddr, id: &'t str, number: u32, random: fastrand::Rng) -> Self {
        Self {
            caller: Caller::new(address, &TOKENS.all),
            id,
            number,
            random,
        }
    }

    fn run(mut self) -> Vec<Call> {
        let mut calls = Vec::new();
        for number in 0..CALLS_OF_A_CLIENT {
            let operation = self.choose(self.number * CALLS_OF_A_CLIENT + number);
            calls.push(self.call(operation));
            std::thread::sleep(Duration::from_micros(self.random.u64(..1_500)));
        }
        calls
    }

    /// An operation; `new` is a value that no other call writes.
    fn choose(&mut self, new: u32) -> Operation {
        match self.random.u32(..10) {
            0 | 1 => Create(new),
            2 => Delete,
            3 => Rename(new),
            4 => Describe(new),
            5 => UpdateBoth(new),
            _ => Get,
        }
    }

    /// Calls until there is a server to call.
    fn call(&mut self, operation: Operation) -> Call {
        loop {
            let sent = Instant::now();
            let answer = match self.send(operation) {
                Ok(answer) => Some(answer),
                Err(Lost::Unanswered | Lost::Torn(_)) => None,
                Err(Lost::NotSent) => {
                    std::thread::sleep(Duration::from_millis(5));
                    continue;
                }
            };
            return Call {
                operation,
                sent,
                ended: Instant::now(),
                answer,
            };
        }
    }

    fn send(&mut self, operation: Operation) -> Result<Answer, Lost> {
        let one = format!("{CONNECTIONS}/{}", self.id);
        let text = |value: u32| Value::from(format!("v{value}"));
        let answer = match operation {
            Get if self.random.bool() => return self.list(),
            Get => return Ok(Answer::Found(found(&self.caller.call("GET", &one, None)?))),
            Delete => self.caller.call("DELETE", &one, None)?,
            Create(new) => {
                let body = json!({ "id": self.id, "name": text(new), "description": text(new) });
                self.caller.call("POST", CONNECTIONS, Some(body))?
            }
            Rename(new) => {
                let body = json!({ "name": text(new) });
                self.caller.call("PATCH", &one, Some(body))?
            }
            Describe(new) => {
                let body = json!({ "description": text(new) });
                self.caller.call("PATCH", &one, Some(body))?
            }
            UpdateBoth(new) => {
                let body = json!({ "name": text(new), "description": text(new) });
                self.caller.call("PATCH", &one, Some(body))?
            }
        };
        Ok(match answer.status {
            200..300 => Answer::Done,
            404 => Answer::Missing,
            409 => Answer::Taken,
            status => panic!("{operation:?}: {status} {}", answer.text()),
        })
    }

    /// Finds the connection in a list of those with its identifier.
    fn list(&mut self) -> Result<Answer, Lost> {
        let target = format!("{CONNECTIONS}?$filter=id%20eq%20'{}'", self.id);
        let answer = self.caller.call("GET", &target, None)?;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let page = answer.json();
        let connections = page["value"].as_array().expect("a page");
        assert!(connections.len() <= 1, "{page}");
        Ok(Answer::Found(connections.first().map(members)))
    }
}

fn found(answer: &http::Answer) -> State {
    match answer.status {
        200 => Some(members(&answer.json())),
        404 => None,
        status => panic!("{status} {}", answer.text()),
    }
}

fn members(connection: &Value) -> (u32, u32) {
    let value = |member: &str| {
        let text = connection[member].as_str()?;
        text.strip_prefix('v')?.parse().ok()
    };
    value("name")
        .zip(value("description"))
        .unwrap_or_else(|| panic!("{connection}"))
}

/// A history for a person who has to find out what is wrong.
fn told(history: &[Call]) -> String {
    let mut history = history.to_vec();
    history.sort_by_key(|call| call.sent);
    let start = history[0].sent;
    let lines = history.iter().map(|call| {
        let (sent, ended) = (call.sent - start, call.ended - start);
        format!(
            "\n{sent:?} {ended:?} {:?} {:?}",
            call.operation, call.answer
        )
    });
    lines.collect()
}
