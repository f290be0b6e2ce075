//! The program killed while many write: what was acknowledged is there at the next start, nothing is there by half, and
//! the next start takes no time.
#![cfg(target_os = "linux")]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use storage_tests::{
    inspection::{check_database, check_searches, inspect},
    journal::{Outcome, State, Stop, allowed},
    knob,
    server::{Server, TOKENS, data_dir},
    writers::Writers,
};

const PROBE: &str = env!("CARGO_BIN_EXE_sqlite-probe");
const WRITERS: usize = 16;
/// After so many rounds comes a new data directory: checking all connections must not take longer and longer.
const ROUNDS_OF_A_DIRECTORY: u32 = 25;
/// How long the registration of a schema takes in one round of three: it is killed in the middle too.
const SLOW_SCHEMAS: [&str; 2] = ["--schema-operations", "after=100ms"];
const READY_WITHIN: Duration = Duration::from_secs(1);

#[test]
fn acknowledged_writes_survive_kills_and_no_half_ones_do() {
    let rounds = knob::number("CI_KILL_ROUNDS", 25);
    let mut random = fastrand::Rng::with_seed(knob::seed());
    let mut ready = Vec::new();
    let (mut acknowledged, mut open) = (0, 0);
    let mut directory = data_dir();
    let mut server = Server::start(directory.path());
    let mut known = State::new();
    let started = Instant::now();
    for round in 0..rounds {
        if round % ROUNDS_OF_A_DIRECTORY == 0 {
            server.kill();
            directory = data_dir();
            server = Server::start(directory.path());
            known.clear();
        }
        let tag = format!("r{round}");
        let clients = Writers::start(WRITERS, &tag, server.address, &TOKENS.all);
        std::thread::sleep(Duration::from_millis(random.u64(20..600)));
        server.kill();
        let writes = clients.join();
        let is_slow = round % 3 == 1;
        let arguments: &[&str] = if is_slow { &SLOW_SCHEMAS } else { &[] };
        server = Server::start_with(directory.path(), arguments);
        ready.push(server.ready_after);
        let count = |outcome| writes.iter().filter(|w| w.outcome == outcome).count();
        acknowledged += count(Outcome::Acknowledged);
        open += count(Outcome::Unknown);
        let allowed = allowed(&known, &writes, Stop::now());
        known = inspect(&server, &tag, &allowed)
            .and_then(|known| check_searches(&server, &known).map(|()| known))
            .and_then(|known| {
                check_database(Path::new(PROBE), directory.path(), &known).map(|()| known)
            })
            .unwrap_or_else(|wrong| panic!("round {round}: {wrong:#?}"));
    }
    ready.sort_unstable();
    let (median, slowest) = (ready[ready.len() / 2], ready[ready.len() - 1]);
    println!(
        "{rounds} kills in {:.0?}: {acknowledged} acknowledged writes, {open} without an answer; \
         ready after {median:.0?} (median), {slowest:.0?} (slowest)",
        started.elapsed()
    );
    assert!(acknowledged > 20 * rounds as usize, "the test says little");
    assert!(open > rounds as usize, "too few kills in the middle");
    // Not the slowest: that one may be the machine's.
    assert!(median < READY_WITHIN, "{median:?}");
}
