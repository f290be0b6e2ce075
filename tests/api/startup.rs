//! What a server finds at its start: a port, a data directory, and what others left there.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::Output,
};

use crate::harness::{Server, program};

/// Runs a server that must not start, and gives its words.
fn refused(data: &Path, arguments: &[&str]) -> String {
    let output: Output = program()
        .args(["serve", "--data"])
        .arg(data)
        .args(arguments)
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr).expect("UTF-8")
}

const FREE: [&str; 2] = ["--listen", "127.0.0.1:0"];

#[tokio::test]
async fn second_server_on_the_same_data_is_refused_and_the_first_goes_on() {
    let server = Server::start();
    let words = refused(server.data(), &FREE);
    assert!(words.contains("is in use by another process"), "{words}");
    server.caller(&[]).create_all([("contosohr", "Any")]).await;
}

#[test]
fn taken_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let dir = tempfile::tempdir().expect("a directory");
    let words = refused(dir.path(), &["--listen", &address]);
    assert!(
        words.contains(&format!("cannot listen on {address}")),
        "{words}"
    );
    assert!(words.contains("in use"), "{words}");
}

#[test]
fn data_that_cannot_be_used_is_refused_and_left_alone() {
    let mut server = Server::start();
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
    let database = server.data().join("graph-connections.db");

    // Source: SQLite, "Database File Format": the user version is at byte 60, most significant byte first.
    let good = fs::read(&database).expect("a database");
    let mut newer = good.clone();
    newer[60..64].copy_from_slice(&999_u32.to_be_bytes());
    let foreign = {
        let mut foreign = good.clone();
        foreign[68..72].copy_from_slice(b"abcd");
        foreign
    };
    for (content, words) in [
        (
            newer,
            "written by a newer version of this program (its schema has number 999",
        ),
        (foreign, "damaged or not a database of this program"),
        (
            b"not a database, but long enough to be read as one".repeat(100),
            "damaged or not a database of this program",
        ),
    ] {
        fs::write(&database, &content).expect("written");
        let said = refused(server.data(), &FREE);
        assert!(said.contains(words), "{said}");
        assert!(said.contains("graph-connections.db"), "{said}");
        assert_eq!(
            fs::read(&database).expect("a file"),
            content,
            "it has been changed"
        );
    }
    fs::write(&database, good).expect("written");

    let key = server.data().join("skip-token.key");
    let good = fs::read(&key).expect("a key");
    fs::write(&key, b"short").expect("written");
    let said = refused(server.data(), &FREE);
    assert!(said.contains("skip-token.key must be 32 bytes"), "{said}");
    fs::write(&key, good).expect("written");

    let file = server.data().join("file");
    fs::write(&file, b"").expect("written");
    let said = refused(&file, &FREE);
    assert!(said.contains("cannot make the data directory"), "{said}");

    server.restart();
}

/// Whatever the directory keeps is for its owner alone.
#[cfg(unix)]
#[tokio::test]
async fn files_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let server = Server::start();
    server.caller(&[]).create_all([("contosohr", "Any")]).await;
    for name in [
        "development-issuer.json",
        "graph-connections.db",
        "graph-connections.db-shm",
        "graph-connections.db-wal",
        "graph-connections.lock",
        "skip-token.key",
    ] {
        let metadata = fs::metadata(server.data().join(name)).expect(name);
        let mode = metadata.permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name} {mode:o}");
    }
}

#[test]
fn clients_have_as_many_connections_as_the_operator_says() {
    let server = Server::start_with(&["--max-client-connections-per-address", "1"]);
    let address = server.origin.strip_prefix("http://").expect("an origin");
    let connect = || {
        let mut stream = TcpStream::connect(address).expect("a connection");
        let mut answer = [0; 12];
        // A connection that is closed unanswered may be gone before it is written to.
        let asked = stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: a.test\r\n\r\n");
        asked.and_then(|()| stream.read_exact(&mut answer)).ok()?;
        assert_eq!(&answer, b"HTTP/1.1 200");
        Some(stream)
    };
    let first = connect();
    assert!(first.is_some());
    assert!(connect().is_none());
    drop(first);
}
