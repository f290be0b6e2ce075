//! Many who write connections and what these hold at once, each its own, until they are told to stop or hear nothing.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use crate::{
    caller::{CONNECTIONS, Caller},
    journal::{Outcome, Write},
    lives::{Step, life, version_after},
};

/// Between a refusal and the next attempt: far less than clients are told to wait, for the sake of more attempts.
const PAUSE: Duration = Duration::from_millis(3);

pub struct Writers {
    threads: Vec<JoinHandle<Vec<Write>>>,
    stop: Arc<AtomicBool>,
}

impl Writers {
    /// Lets `count` writers begin. Their identifiers begin with `tag`, which no writer before them had.
    pub fn start(count: usize, tag: &str, address: SocketAddr, token: &str) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let threads = (0..count).map(|number| {
            let writer = Writer {
                caller: Caller::new(address, token),
                prefix: format!("{tag}w{number}n"),
                writes: Vec::new(),
                stop: Arc::clone(&stop),
            };
            std::thread::spawn(move || writer.run())
        });
        Self {
            threads: threads.collect(),
            stop,
        }
    }

    /// Whether any of them still writes.
    pub fn are_writing(&self) -> bool {
        self.threads.iter().any(|thread| !thread.is_finished())
    }

    /// Lets them finish the write that each has under way; gives what they know.
    pub fn stop(self) -> Vec<Write> {
        self.stop.store(true, Relaxed);
        self.join()
    }

    /// Waits until the server has gone away from all of them; gives what they know.
    pub fn join(self) -> Vec<Write> {
        let journals = self.threads.into_iter().map(|thread| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        journals.flatten().collect()
    }
}

struct Writer {
    caller: Caller,
    prefix: String,
    writes: Vec<Write>,
    stop: Arc<AtomicBool>,
}

impl Writer {
    fn run(mut self) -> Vec<Write> {
        for number in 0.. {
            let id = format!("{}{number}", self.prefix);
            if self.live(&id).is_none() {
                break;
            }
        }
        self.writes
    }

    /// The life of one connection; `None` when it is time to end.
    fn live(&mut self, id: &str) -> Option<()> {
        for (number, step) in (0..).zip(life(id)) {
            let operation = self.write(id, number)?;
            if *step == Step::Register {
                let operation = operation.expect("a schema is registered by an operation");
                self.await_operation(id, &operation)?;
            }
        }
        Some(())
    }

    /// Writes until it is done, however often it is refused; gives the operation that it began.
    fn write(&mut self, id: &str, number: u32) -> Option<Option<String>> {
        while !self.stop.load(Relaxed) {
            let sent = Instant::now();
            // Anything but success and a refusal that changed nothing: an earlier write was not what it was said to be.
            let (outcome, operation) = self.caller.write(id, number).unwrap_or_else(|answer| {
                let step = life(id)[number as usize];
                panic!(
                    "{id}, {number}, {step:?}: {} {}",
                    answer.status,
                    answer.text()
                )
            });
            self.writes.push(Write {
                id: id.to_owned(),
                to: version_after(id, number),
                sent,
                ended: Instant::now(),
                outcome,
                operation: operation.clone(),
            });
            match outcome {
                Outcome::Acknowledged => return Some(operation),
                Outcome::Refused => std::thread::sleep(PAUSE),
                Outcome::NotSent | Outcome::Unknown | Outcome::Torn => return None,
            }
        }
        None
    }

    /// Waits until the schema is registered, which may take a while.
    fn await_operation(&mut self, id: &str, operation: &str) -> Option<()> {
        let target = format!("{CONNECTIONS}/{id}/operations/{operation}");
        while !self.stop.load(Relaxed) {
            let answer = self.caller.call("GET", &target, None).ok()?;
            match answer.status {
                200 if answer.json()["status"] == "completed" => return Some(()),
                // Still in progress, or the database is being opened again.
                200 | 503 => {}
                status => panic!("{target}: {status} {}", answer.text()),
            }
            std::thread::sleep(PAUSE);
        }
        None
    }
}
