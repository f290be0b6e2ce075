//! Many who create, update and delete connections at once, each its own, until they are told to stop or hear nothing.

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
    caller::Caller,
    journal::{Outcome, Write},
    versions::Version,
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
            if self.live(&id, number).is_none() {
                break;
            }
        }
        self.writes
    }

    /// The life of one connection; `None` when it is time to end.
    fn live(&mut self, id: &str, number: u32) -> Option<()> {
        let life: &[Version] = match number % 4 {
            0 => &[Some(0), Some(1), Some(2)],
            1 => &[Some(0), Some(1), None, Some(2)],
            _ => &[Some(0), Some(1), None],
        };
        let mut now = None;
        for to in life {
            self.write(id, now, *to)?;
            now = *to;
        }
        Some(())
    }

    /// Writes until it is done, however often it is refused.
    fn write(&mut self, id: &str, from: Version, to: Version) -> Option<()> {
        while !self.stop.load(Relaxed) {
            let sent = Instant::now();
            // Anything but success and a refusal that changed nothing: an earlier write was not what it was said to be.
            let outcome = self.caller.write(id, from, to).unwrap_or_else(|answer| {
                panic!(
                    "{id} from {from:?} to {to:?}: {} {}",
                    answer.status,
                    answer.text()
                )
            });
            self.writes.push(Write {
                id: id.to_owned(),
                to,
                sent,
                ended: Instant::now(),
                outcome,
            });
            match outcome {
                Outcome::Acknowledged => return Some(()),
                Outcome::Refused => std::thread::sleep(PAUSE),
                Outcome::NotSent | Outcome::Unknown | Outcome::Torn => return None,
            }
        }
        None
    }
}
