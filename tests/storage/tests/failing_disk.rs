//! A disk that fails while many write, and works again: what was acknowledged stays, what was not is refused so that
//! clients understand it, the server says that it is not ready, and recovers without a restart.
#![cfg(target_os = "linux")]

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use serde_json::json;
use storage_tests::{
    ballast::Ballast,
    caller::{CONNECTIONS, Caller},
    disk::{Disk, Fault, Length},
    inspection::{check_database, inspect},
    journal::{self, Outcome, State, Stop},
    knob,
    revival::Cut,
    server::{ANY_PORT, Server, TOKENS, database, put_issuer},
    writers::Writers,
};
use tempfile::TempDir;

const PROBE: &str = env!("CARGO_BIN_EXE_sqlite-probe");
const WRITERS: usize = 8;
const FAULTS: [Fault; 5] = [
    Fault::Sync,
    Fault::Write,
    Fault::ShortWrite,
    Fault::Full,
    Fault::ReadOnly,
];
/// After so many failures comes a new disk: checking all connections must not take longer and longer.
const FAULTS_OF_A_DISK: u32 = 10;
/// How long something may take that takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn failures_are_answered_with_503_and_lose_nothing_acknowledged() {
    let faults = knob::number("CI_DISK_FAULTS", 30);
    let mut random = fastrand::Rng::with_seed(knob::seed());
    let started = Instant::now();
    let (mut refused, mut acknowledged) = (0, 0);
    let mut number = 0;
    while number < faults {
        let disk = Disk::new();
        let server = Server::start(disk.path());
        let mut known = State::new();
        for _ in 0..FAULTS_OF_A_DISK.min(faults - number) {
            let fault = FAULTS[number as usize % FAULTS.len()];
            // By turns for one request, and until it is mended.
            let length = if number % 10 < 5 {
                Length::UntilHealed
            } else {
                Length::Once {
                    after: random.u32(..12),
                }
            };
            let case = Case {
                disk: &disk,
                server: &server,
                tag: format!("f{number}"),
                fault,
                length,
            };
            let outcomes = case
                .run(&mut known, &mut random)
                .unwrap_or_else(|wrong| panic!("{number}, {fault:?}, {length:?}: {wrong:#?}"));
            refused += outcomes.refused;
            acknowledged += outcomes.acknowledged;
            number += 1;
        }
        server.kill();
    }
    println!(
        "{faults} failures in {:.0?}: {acknowledged} acknowledged writes, none lost; {refused} refused",
        started.elapsed()
    );
    assert!(refused > faults as usize, "the test says little");
}

struct Case<'t> {
    disk: &'t Disk,
    server: &'t Server,
    tag: String,
    fault: Fault,
    length: Length,
}

struct Outcomes {
    refused: usize,
    acknowledged: usize,
}

impl Case<'_> {
    fn run(&self, known: &mut State, random: &mut fastrand::Rng) -> Result<Outcomes, Vec<String>> {
        let clients = Writers::start(WRITERS, &self.tag, self.server.address, &TOKENS.all);
        std::thread::sleep(Duration::from_millis(random.u64(20..80)));
        self.disk.fail(self.fault, self.length);
        // A full disk would fail that, and the writers would go on in the room that the log has.
        if self.fault != Fault::Full && random.bool() {
            self.copy_log();
        }
        eventually("a failure", || self.disk.failed() > 0);
        let lasts = matches!(self.length, Length::UntilHealed);
        if lasts {
            self.check_while_it_fails();
        }
        std::thread::sleep(Duration::from_millis(random.u64(..60)));
        let cut_while_it_fails = Cut::of(self.disk);
        self.disk.heal();
        eventually("readiness", || self.server.is_ready());
        std::thread::sleep(Duration::from_millis(random.u64(20..80)));
        let cut_afterwards = Cut::of(self.disk);
        let writes = clients.stop();

        let count = |outcome| writes.iter().filter(|w| w.outcome == outcome).count();
        let outcomes = Outcomes {
            refused: count(Outcome::Refused),
            acknowledged: count(Outcome::Acknowledged),
        };
        if outcomes.refused + outcomes.acknowledged != writes.len() {
            return Err(vec!["a write was left without an answer".to_owned()]);
        }
        let is_refused = lasts && self.fault != Fault::ShortWrite;
        if is_refused && outcomes.refused == 0 {
            return Err(vec!["no write was refused".to_owned()]);
        }
        for cut in [cut_while_it_fails, cut_afterwards] {
            cut.revive(known, &writes, &self.tag, Path::new(PROBE), random)?;
        }
        let allowed = journal::allowed(known, &writes, Stop::now());
        *known = inspect(self.server, &self.tag, &allowed)?;
        check_database(Path::new(PROBE), self.disk.path(), known)?;
        Ok(outcomes)
    }

    fn check_while_it_fails(&self) {
        // What the log has room for can be written to a full disk too.
        if matches!(self.fault, Fault::Sync | Fault::Write | Fault::ReadOnly) {
            eventually("word that it is not ready", || !self.server.is_ready());
            for _ in 0..5 {
                assert!(!self.server.is_ready(), "ready with {:?}", self.fault);
            }
        }
        let mut caller = Caller::new(self.server.address, &TOKENS.all);
        let answer = caller.get(&format!("{CONNECTIONS}?$top=1"));
        assert_eq!(answer.status, 200, "reading: {}", answer.text());
    }

    /// The log is copied into the database when it is long: here from outside, to have that fail as well. Whether it
    /// does is no matter.
    fn copy_log(&self) {
        let mut probe = Command::new(PROBE);
        probe.arg("checkpoint").arg(database(self.disk.path()));
        probe.output().expect("the probe runs");
    }
}

fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "{what} does not come");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A failed sync leaves bytes that can be read but will not reach the disk by any later sync. A server that starts on
/// them must not put acknowledged writes behind them.
#[test]
fn server_killed_on_a_failing_disk_does_not_build_on_what_is_not_there() {
    let rounds = knob::number("CI_DISK_FAULTS", 30).div_ceil(5);
    let mut random = fastrand::Rng::with_seed(knob::seed());
    let (disk, mut known) = (Disk::new(), State::new());
    for round in 0..rounds {
        let tag = format!("k{round}");
        let server = Server::start(disk.path());
        let clients = Writers::start(WRITERS, &tag, server.address, &TOKENS.all);
        std::thread::sleep(Duration::from_millis(random.u64(20..80)));
        disk.fail(Fault::Sync, Length::UntilHealed);
        eventually("a failure", || disk.failed() > 0);
        server.kill();
        let writes = clients.join();
        disk.heal();

        let server = Server::start(disk.path());
        let allowed = journal::allowed(&known, &writes, Stop::now());
        known = inspect(&server, &tag, &allowed)
            .and_then(|known| check_database(Path::new(PROBE), disk.path(), &known).map(|()| known))
            .unwrap_or_else(|wrong| panic!("{round}: {wrong:#?}"));
        let tag = format!("l{round}");
        let clients = Writers::start(WRITERS, &tag, server.address, &TOKENS.all);
        std::thread::sleep(Duration::from_millis(random.u64(20..80)));
        let cut = Cut::of(&disk);
        let writes = clients.stop();
        cut.revive(&known, &writes, &tag, Path::new(PROBE), &mut random)
            .unwrap_or_else(|wrong| panic!("{round}, power cut: {wrong:#?}"));
        known = inspect(
            &server,
            &tag,
            &journal::allowed(&known, &writes, Stop::now()),
        )
        .unwrap_or_else(|wrong| panic!("{round}: {wrong:#?}"));
        server.kill();
    }
}

/// A server that cannot write at its start says so; one that cannot at its end ends all the same.
#[test]
fn failing_disk_keeps_no_server_from_ending() {
    let disk = Disk::new();
    disk.fail(Fault::ReadOnly, Length::UntilHealed);
    let words = Server::try_start(disk.path(), ANY_PORT).err();
    let words = words.expect("it cannot start");
    assert!(words.contains("no permission to read and write"), "{words}");
    disk.heal();

    let mut known = State::new();
    for fault in [Fault::Sync, Fault::Write, Fault::Full, Fault::ReadOnly] {
        let tag = format!("{fault:?}").to_lowercase();
        let server = Server::start(disk.path());
        let clients = Writers::start(WRITERS, &tag, server.address, &TOKENS.all);
        std::thread::sleep(Duration::from_millis(100));
        disk.fail(fault, Length::UntilHealed);
        eventually("a failure", || disk.failed() > 0);
        server.terminate();
        let writes = clients.join();
        assert_eq!(server.wait().code(), Some(0), "{fault:?}");
        disk.heal();

        let server = Server::start(disk.path());
        let allowed = journal::allowed(&known, &writes, Stop::now());
        known = inspect(&server, &tag, &allowed)
            .unwrap_or_else(|wrong| panic!("{fault:?}: {wrong:#?}"));
        server.kill();
    }
}

/// What the server knows of the time at which operations are due is not what the disk has refused.
#[test]
fn operation_whose_end_was_refused_ends_once_the_disk_works() {
    let disk = Disk::new();
    let server = Server::start_with(disk.path(), &["--schema-operations", "after=2s"]);
    let mut demo = Caller::new(server.address, &TOKENS.all);
    let one = format!("{CONNECTIONS}/contosohr");
    let body = json!({ "id": "contosohr", "name": "n" });
    let created = demo.call("POST", CONNECTIONS, Some(body));
    assert!(created.expect("an answer").is_success());
    let schema = json!({
        "baseType": "microsoft.graph.externalItem",
        "properties": [{ "name": "title", "type": "string" }],
    });
    let registered = demo.call("PATCH", &format!("{one}/schema"), Some(schema));
    let registered = registered.expect("an answer");
    let location = registered.header("location").expect("an operation");
    let (_, id) = location.split_once("/operations/").expect("an operation");
    let operation = format!("{one}/operations/{id}");

    disk.fail(Fault::Sync, Length::UntilHealed);
    let end = json!({ "status": "completed" });
    let ended = demo.call("POST", &format!("{operation}/end"), Some(end));
    assert_eq!(ended.expect("an answer").status, 503);
    // Reading goes on, although what is due cannot be saved.
    std::thread::sleep(Duration::from_secs(2));
    eventually("a read", || demo.get(&one).status == 200);
    disk.heal();
    eventually("readiness", || server.is_ready());
    eventually("the end", || {
        demo.get(&operation).json()["status"] == "completed"
    });
    assert_eq!(demo.get(&one).json()["state"], "ready");
    server.kill();
}

/// A file system of the kernel's own with little room: full, and then not.
#[test]
fn small_file_system_fills_up_and_is_given_room() {
    let small = Tmpfs::mount("6m");
    put_issuer(small.path());
    let ballast = small.path().join("ballast");
    std::fs::write(&ballast, vec![0; 2 * 1024 * 1024]).expect("there is room");
    let server = Server::start(small.path());
    let clients = Writers::start(WRITERS, "small", server.address, &TOKENS.all);
    eventually("the end of the room", || !server.is_ready());
    std::fs::remove_file(&ballast).expect("it is there");
    eventually("readiness", || server.is_ready());
    let writes = clients.stop();
    let refused = writes.iter().filter(|w| w.outcome == Outcome::Refused);
    assert!(refused.count() > 0);

    let allowed = journal::allowed(&State::new(), &writes, Stop::now());
    inspect(&server, "small", &allowed).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    server.kill();
    let server = Server::start(small.path());
    inspect(&server, "small", &allowed)
        .and_then(|known| check_database(Path::new(PROBE), small.path(), &known))
        .unwrap_or_else(|wrong| panic!("killed: {wrong:#?}"));
    server.kill();
}

/// A disk needs room for the database and for a log that is copied when it is 64 MiB long.
#[test]
fn log_does_not_grow_without_end() {
    let small = Tmpfs::mount("160m");
    put_issuer(small.path());
    let server = Server::start(small.path());
    assert_eq!(Ballast::of(&server).write_many(600), 600);
    assert!(server.is_ready());
    server.kill();
}

struct Tmpfs(TempDir);

impl Tmpfs {
    fn mount(size: &str) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let mount = Command::new("mount")
            .args([
                "-t",
                "tmpfs",
                "-o",
                &format!("size={size},mode=700"),
                "small",
            ])
            .arg(dir.path())
            .status();
        assert!(mount.expect("mount runs").success(), "that takes root");
        Self(dir)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(self.0.path())
            .status();
    }
}
