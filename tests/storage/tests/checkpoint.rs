//! The disk fails, or the power, while the log is copied into the database (a checkpoint). What counts as copied when
//! that fails, and is not on the disk, must be copied again before the log is reset.
#![cfg(target_os = "linux")]

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use storage_tests::{
    ballast::Ballast,
    disk::{Disk, Fault, Length},
    inspection::inspect,
    journal::{self, Outcome, State, Stop},
    knob,
    revival::Cut,
    server::{Server, TOKENS, database},
    writers::Writers,
};

const PROBE: &str = env!("CARGO_BIN_EXE_sqlite-probe");
/// Writes of that size that make the log long enough to be copied: 64 MiB.
const LOG: u32 = 300;
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn failed_checkpoint_loses_nothing_and_is_made_up_for() {
    fail_checkpoint(false, false);
}

#[test]
fn checkpoint_that_fails_after_a_part_of_it_loses_nothing_and_is_made_up_for() {
    fail_checkpoint(true, false);
}

#[test]
fn server_that_ends_after_a_failed_checkpoint_leaves_the_log() {
    fail_checkpoint(false, true);
}

#[test]
fn server_that_ends_after_a_checkpoint_that_failed_after_a_part_of_it_leaves_the_log() {
    fail_checkpoint(true, true);
}

/// With a reader, the first attempt copies a part of the log, since the reader needs the rest.
fn fail_checkpoint(with_reader: bool, ends: bool) {
    let mut random = fastrand::Rng::with_seed(knob::seed());
    let disk = Disk::new();
    let server = Server::start(disk.path());
    let clients = Writers::start(8, "a", server.address, &TOKENS.all);
    std::thread::sleep(Duration::from_secs(1));
    let writes = clients.stop();
    let acknowledged = writes.iter().filter(|w| w.outcome == Outcome::Acknowledged);
    assert!(acknowledged.count() > 100, "the test says little");

    let mut ballast = Ballast::of(&server);
    let reader = with_reader.then(|| Reader::start(disk.path()));
    if let Some(reader) = reader {
        ballast.write_many(LOG);
        reader.stop();
    }
    disk.fail(Fault::DatabaseSync, Length::Once { after: 0 });
    write_until_failure(&mut ballast, &disk);
    let server = if ends {
        server.terminate();
        assert_eq!(server.wait().code(), Some(0));
        Server::start(disk.path())
    } else {
        eventually("readiness", || server.is_ready());
        server
    };
    // The log is reset.
    let acknowledged = Ballast::of(&server).write_many(2 * LOG);
    assert!(acknowledged > LOG, "{acknowledged}");
    let allowed = journal::allowed(&State::new(), &writes, Stop::now());
    inspect(&server, "a", &allowed).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    let cut = Cut::of(&disk);
    cut.revive(&State::new(), &writes, "a", Path::new(PROBE), &mut random)
        .unwrap_or_else(|wrong| panic!("{wrong:#?}"));
}

/// What counts as copied is not on the disk, so nothing is built on it.
#[test]
fn server_is_not_ready_while_the_database_cannot_take_what_counts_as_copied() {
    let disk = Disk::new();
    let server = Server::start(disk.path());
    let mut ballast = Ballast::of(&server);
    assert!(ballast.write());
    // It needs the rest of the log, so that no more than the beginning is copied, and SQLite does not sync it.
    let reader = Reader::start(disk.path());
    disk.fail(Fault::DatabaseSync, Length::UntilHealed);
    write_until_failure(&mut ballast, &disk);
    reader.stop();
    eventually("word that it is not ready", || !server.is_ready());
    for _ in 0..3 {
        assert!(!server.is_ready());
        assert!(!ballast.write());
    }
    disk.heal();
    eventually("readiness", || server.is_ready());
    server.kill();
}

#[test]
fn power_cuts_while_the_log_is_copied_lose_nothing() {
    let cuts = knob::number("CI_POWER_CUTS", 100).div_ceil(10) as usize;
    let mut random = fastrand::Rng::with_seed(knob::seed());
    let disk = Disk::new();
    let server = Server::start(disk.path());
    let clients = Writers::start(8, "a", server.address, &TOKENS.all);
    let (mut moments, is_enough) = (Vec::new(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let fill = scope.spawn(|| {
            let mut ballast = Ballast::of(&server);
            while !is_enough.load(Ordering::Relaxed) {
                ballast.write();
            }
        });
        let started = Instant::now();
        while moments.len() < cuts && started.elapsed() < PATIENCE && !fill.is_finished() {
            if server.has_thread("checkpoint") {
                moments.push(Cut::of(&disk));
            }
            std::thread::sleep(Duration::from_millis(random.u64(1..20)));
        }
        is_enough.store(true, Ordering::Relaxed);
    });
    let writes = clients.stop();
    server.kill();
    drop(disk);
    for (number, cut) in moments.iter().enumerate() {
        cut.revive(&State::new(), &writes, "a", Path::new(PROBE), &mut random)
            .unwrap_or_else(|wrong| panic!("cut {number}: {wrong:#?}"));
    }
    println!("{} power cuts while the log was copied", moments.len());
    assert_eq!(moments.len(), cuts, "the test says too little");
}

/// Fills the log until it is copied and that fails.
fn write_until_failure(ballast: &mut Ballast, disk: &Disk) {
    let mut attempts = 0;
    while disk.failed() == 0 {
        assert!(attempts < 5 * LOG, "the log is never copied");
        ballast.write();
        attempts += 1;
    }
}

/// Another program that reads for long, as a backup does.
struct Reader {
    process: Child,
    input: ChildStdin,
}

impl Reader {
    fn start(data: &Path) -> Self {
        let mut process = Command::new(PROBE)
            .arg("read")
            .arg(database(data))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the probe runs");
        let mut line = String::new();
        let output = process.stdout.take().expect("a pipe");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("it says so");
        assert_eq!(line.trim(), "reading");
        let input = process.stdin.take().expect("a pipe");
        Self { process, input }
    }

    fn stop(self) {
        let Self { mut process, input } = self;
        drop(input);
        assert!(process.wait().expect("a status").success());
    }
}

fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "{what} does not come");
        std::thread::sleep(Duration::from_millis(2));
    }
}
