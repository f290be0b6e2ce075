//! What a server finds at its start: a port, a data directory, and what others left there.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Output, Stdio},
    time::Duration,
};

use crate::harness::{OUTPUT_FILE, Server, program};

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
    assert!(said.contains("cannot create the data directory"), "{said}");

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

/// What the program has printed once it has printed its last line.
fn printed(data: &Path) -> String {
    loop {
        let printed = fs::read_to_string(data.join(OUTPUT_FILE)).expect("an output");
        if printed.contains("curl -i ") && printed.ends_with("\n\n") {
            return printed;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What is no terminal is a log that others read.
#[test]
fn token_is_printed_to_terminals_alone() {
    let server = Server::start();
    let said = printed(server.data());
    assert!(!said.contains("Bearer ey"), "{said}");
    let command = format!(
        "graph-connections token --data '{}'",
        server.data().canonicalize().expect("a path").display()
    );
    assert!(said.contains(&command), "{said}");
}

/// `script` runs a command in a terminal of its own.
#[cfg(target_os = "linux")]
#[test]
fn token_is_printed_to_a_terminal() {
    let dir = tempfile::tempdir().expect("a directory");
    let serve = format!(
        "exec {} serve --listen 127.0.0.1:0 --data {}",
        program().get_program().display(),
        dir.path().display()
    );
    let mut terminal = std::process::Command::new("script")
        .args([
            "--quiet",
            "--flush",
            "--return",
            "--command",
            &serve,
            "/dev/null",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script runs");
    let output = BufReader::new(terminal.stdout.take().expect("a pipe"));
    let told = output
        .lines()
        .map_while(Result::ok)
        .find(|line| line.starts_with("curl -i "));
    assert!(told.expect("a command").contains("Bearer ey"));
    // Without its terminal the server goes, and another may use the data.
    terminal.kill().expect("it runs");
    terminal.wait().expect("it ends");
    let lock = fs::File::open(dir.path().join("graph-connections.lock")).expect("a file");
    lock.lock().expect("the server is gone");
}

/// A connection over which the server says that it is healthy, if it does not close it unanswered.
fn healthy_connection(server: &Server) -> Option<TcpStream> {
    let address = server.origin.strip_prefix("http://").expect("an origin");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let mut answer = [0; 12];
    // A connection that is closed unanswered may be gone before it is written to.
    let asked = stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: a.test\r\n\r\n");
    asked.and_then(|()| stream.read_exact(&mut answer)).ok()?;
    assert_eq!(&answer, b"HTTP/1.1 200");
    Some(stream)
}

#[test]
fn clients_have_as_many_connections_as_the_operator_says() {
    let server = Server::start_with(&["--max-client-connections-per-address", "1"]);
    let first = healthy_connection(&server);
    assert!(first.is_some());
    assert!(healthy_connection(&server).is_none());
}

#[test]
fn one_address_cannot_open_all_connections() {
    const ALL: [&str; 2] = ["--max-client-connections", "16"];
    let server = Server::start_with(&[ALL[0], ALL[1], "--trusted-proxies", "192.0.2.1"]);
    let open = [(); 2].map(|()| healthy_connection(&server));
    assert!(open.iter().all(Option::is_some));
    assert!(healthy_connection(&server).is_none());
    // Loopback is a trusted proxy by default. It speaks for many clients, but leaves a share to others.
    let server = Server::start_with(&ALL);
    let open = [(); 14].map(|()| healthy_connection(&server));
    assert!(open.iter().all(Option::is_some));
    assert!(healthy_connection(&server).is_none());
}
