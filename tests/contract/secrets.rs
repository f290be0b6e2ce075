//! Tokens, keys and bodies with a mark on them go every way through the program, at the most talkative level of its log.
//! What it logs and prints has none of them.
//!
//! Every operation of the document is called, over both versions of HTTP; then come requests that are refused before an
//! operation is found, the token endpoint, clients that are too slow, and a store that fails. Addresses are no place for
//! secrets, and still of an address only the path is logged, never the query.
//!
//! What a panic prints is looked at in `src/api/front.rs`: no request brings one about from outside.

mod calls;
mod spellings;

use std::fs;

use base64::{Engine, engine::general_purpose::STANDARD};
use regex::Regex;
use rusqlite::Connection;

use super::{
    harness::{OUTPUT_FILE, Server},
    minting::Issuer,
};
use spellings::spellings;

/// Stands in everything that must not be told. Letters and digits, so that it may stand in an identifier, too.
const MARK: &str = "c4n4ry";

#[tokio::test]
async fn secrets_stay_out_of_logs_and_output() {
    let data = tempfile::tempdir().expect("a directory");
    let arguments = ["--log", "trace", "--log-format", "json"];
    let mut server = Server::start_in(data, &arguments, &[("RUST_BACKTRACE", "full")]);
    let issuer = Issuer::of(&server).await;

    let slow = calls::slow(&server);
    let mut signatures = calls::operations(&server, &issuer).await;
    calls::heads(&server);
    calls::token_endpoint(&server).await;
    signatures.push(calls::agents(&server).await);
    spoil_rows(&server);
    signatures.extend(calls::operations(&server, &issuer).await);
    drop_tables(&server);
    signatures.extend(calls::operations(&server, &issuer).await);
    let [head, body] = slow.map(|answer| answer.join().expect("no panic"));
    assert_eq!(head, "", "who has not asked is not answered");
    assert!(body.starts_with("HTTP/1.1 408 "), "{body}");
    server.terminate();
    assert!(server.wait().success());

    let output = fs::read_to_string(server.data().join(OUTPUT_FILE)).expect("an output");
    let log = server.log();
    // Nothing found would mean little if there were nothing to find it in.
    for expected in [
        "\"TRACE\"",
        "h2::",
        "the request failed",
        "\"http.status\":408",
        "\"http.status\":500",
    ] {
        assert!(log.contains(expected), "no {expected} in the log");
    }
    let mut secrets: Vec<String> = keys(&server, &issuer)
        .iter()
        .map(Vec::as_slice)
        .chain([MARK.as_bytes()])
        .flat_map(spellings)
        .collect();
    secrets.extend(signatures);
    let secrets = secrets
        .iter()
        .map(|secret| regex::escape(secret))
        .collect::<Vec<_>>();
    let secrets = Regex::new(&secrets.join("|")).expect("a pattern");
    for line in log.lines().chain(output.lines()) {
        assert!(!secrets.is_match(line), "{line}");
    }
}

/// The keys of the data directory, in pieces.
fn keys(server: &Server, issuer: &Issuer) -> Vec<Vec<u8>> {
    let base64 = issuer.key_pem.lines().filter(|line| !line.starts_with('-'));
    let der = STANDARD.decode(base64.collect::<String>()).expect("PEM");
    let mut keys: Vec<Vec<u8>> = der.chunks_exact(24).map(<[u8]>::to_vec).collect();
    keys.push(fs::read(server.data().join("skip-token.key")).expect("a key"));
    keys
}

/// Rows that no version of the program would write: what reads them fails, and tempts to say on what.
fn spoil_rows(server: &Server) {
    let rows = database(server).execute(
        "UPDATE connection SET settings = ?1, authorized_apps = ?1",
        [format!("\"{MARK}\"")],
    );
    assert_ne!(rows, Ok(0));
}

fn drop_tables(server: &Server) {
    let database = database(server);
    let mut names = database
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .expect("a query");
    let names = names
        .query_map([], |row| row.get::<_, String>(0))
        .expect("names");
    for name in names.map(|name| name.expect("a name")).collect::<Vec<_>>() {
        database
            .execute_batch(&format!("DROP TABLE {name}"))
            .expect("dropped");
    }
}

fn database(server: &Server) -> Connection {
    Connection::open(server.data().join("graph-connections.db")).expect("a database")
}
