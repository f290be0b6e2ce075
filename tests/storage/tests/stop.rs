//! The server asked to stop (SIGTERM) while many write over connections that are kept open: it is not ready from then
//! on, answers what it has taken, takes nothing that it does not answer, and ends with 0.
#![cfg(target_os = "linux")]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use storage_tests::{
    inspection::{check_database, check_searches, inspect},
    journal::{Outcome, State, Stop, allowed},
    knob,
    server::{Server, TOKENS, data_dir, database, readiness},
    writers::Writers,
};

const PROBE: &str = env!("CARGO_BIN_EXE_sqlite-probe");
const WRITERS: usize = 16;
/// After so many stops comes a new data directory: checking all connections must not take longer and longer.
const STOPS_OF_A_DIRECTORY: u32 = 25;
/// How long accepted requests may take, unless `--shutdown-timeout` says otherwise.
const DRAIN: Duration = Duration::from_secs(20);

#[test]
fn stops_under_load_leave_no_request_half_done() {
    let stops = knob::number("CI_STOPS", 100);
    let mut random = fastrand::Rng::with_seed(knob::seed());
    let started = Instant::now();
    let (mut acknowledged, mut turned_away) = (0, 0);
    let mut not_ready = Vec::new();
    let (mut directory, mut known) = (data_dir(), State::new());
    for stop in 0..stops {
        if stop % STOPS_OF_A_DIRECTORY == 0 {
            (directory, known) = (data_dir(), State::new());
        }
        let tag = format!("s{stop}");
        let server = Server::start(directory.path());
        let address = server.address;
        let clients = Writers::start(WRITERS, &tag, address, &TOKENS.all);
        std::thread::sleep(Duration::from_millis(random.u64(20..200)));
        assert!(clients.are_writing());

        let asked = Instant::now();
        server.terminate();
        while readiness(address) == Some(200) {
            assert!(asked.elapsed() < DRAIN, "it stays ready");
        }
        not_ready.push(asked.elapsed());
        let mut writes = clients.join();
        assert_eq!(server.wait().code(), Some(0), "stop {stop}");
        assert!(
            asked.elapsed() < DRAIN,
            "stop {stop}: {:?}",
            asked.elapsed()
        );

        for write in &mut writes {
            match write.outcome {
                Outcome::Acknowledged => acknowledged += 1,
                Outcome::NotSent => {}
                // A client may write while the server closes a connection that is idle as far as it knows: then the
                // server must not have taken the request.
                Outcome::Unknown => {
                    turned_away += 1;
                    write.outcome = Outcome::NotSent;
                }
                Outcome::Torn | Outcome::Refused => panic!("stop {stop}: {write:?}"),
            }
        }
        let log = database(directory.path()).with_extension("db-wal");
        assert!(!log.exists(), "stop {stop}: the next start has to tidy up");

        let server = Server::start(directory.path());
        let allowed = allowed(&known, &writes, Stop::now());
        known = inspect(&server, &tag, &allowed)
            .and_then(|known| check_searches(&server, &known).map(|()| known))
            .and_then(|known| {
                check_database(Path::new(PROBE), directory.path(), &known).map(|()| known)
            })
            .unwrap_or_else(|wrong| panic!("stop {stop}: {wrong:#?}"));
        server.kill();
    }
    not_ready.sort_unstable();
    let (median, slowest) = (
        not_ready[not_ready.len() / 2],
        not_ready[not_ready.len() - 1],
    );
    println!(
        "{stops} stops in {:.0?}: {acknowledged} acknowledged writes, none lost; {turned_away} turned away and not \
         done; not ready after {median:.0?} (median), {slowest:.0?} (slowest)",
        started.elapsed()
    );
    assert!(acknowledged > 10 * stops, "the test says little");
}
