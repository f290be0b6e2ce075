//! The power cut while many write: what was not synced is lost, in part and in any order, and yet every acknowledged
//! write is there.
#![cfg(target_os = "linux")]

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use storage_tests::{
    disk::Disk,
    journal::{Outcome, State, Write},
    knob,
    revival::Cut,
    server::{Server, TOKENS, database},
    writers::Writers,
};

const PROBE: &str = env!("CARGO_BIN_EXE_sqlite-probe");
const WRITERS: usize = 16;
/// Cuts of one run of the server. The last of them is the disk of the next run, so that damage would add up.
const CUTS_OF_A_RUN: u32 = 10;
/// After so many runs comes a new disk: checking all connections must not take longer and longer.
const RUNS_OF_A_DISK: u32 = 2;

#[test]
fn acknowledged_writes_survive_power_cuts() {
    let cuts = knob::number("CI_POWER_CUTS", 100);
    let mut random = fastrand::Rng::with_seed(knob::seed());
    let started = Instant::now();
    let (mut disk, mut known) = (Disk::new(), State::new());
    let mut acknowledged = 0;
    for run in 0..cuts.div_ceil(CUTS_OF_A_RUN) {
        if run % RUNS_OF_A_DISK == 0 {
            (disk, known) = (Disk::new(), State::new());
        }
        let tag = format!("r{run}");
        let (writes, moments) = write_and_cut(&disk, &tag, &mut random);
        acknowledged += count(&writes, Outcome::Acknowledged);
        drop(disk);
        let mut survivor = None;
        for (number, cut) in moments.iter().enumerate() {
            let revived = cut
                .revive(&known, &writes, &tag, Path::new(PROBE), &mut random)
                .unwrap_or_else(|wrong| panic!("run {run}, cut {number}: {wrong:#?}"));
            survivor = Some(revived);
        }
        let survivor = survivor.expect("every run has cuts");
        disk = Disk::mount(survivor.disk);
        known = survivor.connections;
    }
    println!(
        "{cuts} power cuts in {:.0?}: {acknowledged} acknowledged writes, none lost",
        started.elapsed()
    );
    assert!(acknowledged > 10 * cuts as usize, "the test says little");
}

/// Runs a server on the disk, with writers, and cuts its power again and again; gives what the writers know.
fn write_and_cut(disk: &Disk, tag: &str, random: &mut fastrand::Rng) -> (Vec<Write>, Vec<Cut>) {
    let server = Server::start(disk.path());
    let clients = Writers::start(WRITERS, tag, server.address, &TOKENS.all);
    let cuts = (0..CUTS_OF_A_RUN).map(|number| {
        std::thread::sleep(Duration::from_millis(random.u64(20..150)));
        // The log is copied into the database when it is long, which takes longer than a run: now and then it is copied
        // from outside, to cut the power in the middle of that.
        let mut checkpoint = (number % 3 == 0).then(|| {
            let mut probe = Command::new(PROBE);
            probe.arg("checkpoint").arg(database(disk.path()));
            probe.spawn().expect("the probe runs")
        });
        if checkpoint.is_some() {
            std::thread::sleep(Duration::from_millis(random.u64(..40)));
        }
        let cut = Cut::of(disk);
        if let Some(checkpoint) = &mut checkpoint {
            assert!(checkpoint.wait().expect("a status").success());
        }
        cut
    });
    let cuts = cuts.collect();
    let writes = clients.stop();
    server.kill();
    (writes, cuts)
}

fn count(writes: &[Write], outcome: Outcome) -> usize {
    writes.iter().filter(|w| w.outcome == outcome).count()
}

/// The very first start makes a database, a key and a lock: wherever the power is cut, the next start finds its way.
#[test]
fn first_start_survives_power_cuts() {
    let cuts = knob::number("CI_POWER_CUTS", 100).div_ceil(4);
    let mut random = fastrand::Rng::with_seed(knob::seed());
    let disk = Disk::new();
    let mut moments = std::thread::scope(|scope| {
        let start = scope.spawn(|| Server::start(disk.path()));
        let mut moments = Vec::new();
        while !start.is_finished() {
            moments.push(Cut::of(&disk));
            std::thread::sleep(Duration::from_millis(1));
        }
        start.join().expect("it starts").kill();
        moments
    });
    drop(disk);
    random.shuffle(&mut moments);
    for cut in moments.iter().cycle().take(cuts as usize) {
        let revived = cut.revive(&State::new(), &[], "none", Path::new(PROBE), &mut random);
        revived.unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    }
    println!(
        "{cuts} power cuts at {} moments of the first start",
        moments.len()
    );
}

/// A test of these tests: on a disk that says it has synced and has not, they see losses.
#[test]
fn disk_that_lies_about_syncs_is_caught() {
    let mut random = fastrand::Rng::with_seed(knob::seed());
    let disk = Disk::new();
    drop(Server::start(disk.path()));
    disk.ignore_syncs();
    let (writes, moments) = write_and_cut(&disk, "lie", &mut random);
    drop(disk);
    assert!(count(&writes, Outcome::Acknowledged) > 0);
    let is_seen = |cut: &Cut| {
        let probe = Path::new(PROBE);
        let revived = cut.revive(&State::new(), &writes, "lie", probe, &mut random);
        revived.is_err()
    };
    let seen = moments.iter().map(is_seen).filter(|seen| *seen).count();
    println!("{seen} of {} cuts were seen to lose writes", moments.len());
    assert!(seen > 0, "no cut of a lying disk was seen");
}
