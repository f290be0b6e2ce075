//! The program on a data directory: started, killed, asked to stop.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::LazyLock,
    time::{Duration, Instant},
};

use tempfile::{NamedTempFile, TempDir};

use crate::http::{Connection, Request};

/// The file of the development issuer's key: made once for all data directories, since it takes a while.
pub const ISSUER_FILE: &str = "development-issuer.json";
pub(crate) const DATABASE: &str = "graph-connections.db";

/// Lets the system choose.
pub const ANY_PORT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// How long the program may take to be ready before the test gives up.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running program; it is killed when this is dropped.
pub struct Server {
    process: Child,
    pub address: SocketAddr,
    /// From the start of the process to the first "ready".
    pub ready_after: Duration,
    log: NamedTempFile,
}

/// Tokens that every server of this suite accepts.
pub struct Tokens {
    /// Of an app with every permission.
    pub all: String,
    /// Of an app that reaches what it owns: all connections, since the other token is of the same app.
    pub owned: String,
    /// Of an app of another tenant.
    pub other: String,
    /// Of a user of the tenant of the first, who searches.
    pub user: String,
    dir: TempDir,
}

pub static TOKENS: LazyLock<Tokens> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a directory");
    let token = |arguments: &[&str]| {
        let mut command = program();
        command.args(["token", "--expires", "30d", "--data"]);
        let output = command.arg(dir.path()).args(arguments).output();
        let output = output.expect("the program runs");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout)
            .expect("a token")
            .trim()
            .to_owned()
    };
    Tokens {
        all: token(&["--app-only"]),
        owned: token(&[
            "--app-only",
            "--permissions",
            "ExternalConnection.ReadWrite.OwnedBy",
        ]),
        other: token(&["--app-only", "--tenant", "contoso.example"]),
        user: token(&["--user", "someone"]),
        dir,
    }
});

impl Tokens {
    /// The key that verifies them, to be put into a data directory.
    pub fn issuer_file(&self) -> PathBuf {
        self.dir.path().join(ISSUER_FILE)
    }
}

/// A new data directory on the machine's own disk, with the issuer in it.
pub fn data_dir() -> TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    put_issuer(dir.path());
    dir
}

/// Puts the issuer into a data directory.
pub fn put_issuer(data: &Path) {
    // A copy keeps the mode.
    std::fs::copy(TOKENS.issuer_file(), data.join(ISSUER_FILE)).expect("a copy");
}

pub fn database(data: &Path) -> PathBuf {
    data.join(DATABASE)
}

impl Server {
    /// Starts the program on a free port and waits until it is ready.
    pub fn start(data: &Path) -> Self {
        Self::start_at(data, ANY_PORT)
    }

    /// The same at a certain address.
    pub fn start_at(data: &Path, listen: SocketAddr) -> Self {
        Self::try_start(data, listen).unwrap_or_else(|log| panic!("it does not start: {log}"))
    }

    /// The same on a free port, with further arguments.
    pub fn start_with(data: &Path, arguments: &[&str]) -> Self {
        Self::try_start_with(data, ANY_PORT, arguments)
            .unwrap_or_else(|log| panic!("it does not start: {log}"))
    }

    /// The same; if the program does not start, gives its log.
    pub fn try_start(data: &Path, listen: SocketAddr) -> Result<Self, String> {
        Self::try_start_with(data, listen, &[])
    }

    fn try_start_with(data: &Path, listen: SocketAddr, arguments: &[&str]) -> Result<Self, String> {
        let log = NamedTempFile::new().expect("a file");
        let started = Instant::now();
        let mut process = program()
            .args(["serve", "--listen", &listen.to_string(), "--data"])
            .arg(data)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(log.reopen().expect("a file"))
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        let address = lines.find_map(|line| address(&line.ok()?));
        // Keeps the pipe open: the rest of the banner must not meet a closed one.
        std::thread::spawn(move || lines.count());
        let mut server = Self {
            process,
            address: listen,
            ready_after: Duration::ZERO,
            log,
        };
        server.address = address.ok_or_else(|| server.log())?;
        while !server.is_ready() {
            assert!(started.elapsed() < PATIENCE, "not ready: {}", server.log());
            std::thread::sleep(Duration::from_millis(5));
        }
        server.ready_after = started.elapsed();
        Ok(server)
    }

    pub fn is_ready(&self) -> bool {
        readiness(self.address) == Some(200)
    }

    /// Whether it has a thread of that name.
    pub fn has_thread(&self, name: &str) -> bool {
        let tasks = format!("/proc/{}/task", self.process.id());
        let tasks = std::fs::read_dir(tasks).expect("it runs");
        // A thread may end meanwhile.
        tasks
            .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok())
            .any(|found| found.trim_end() == name)
    }

    /// SIGKILL: the end without warning.
    pub fn kill(mut self) {
        self.process.kill().expect("the program was running");
        self.process.wait().expect("an exit status");
        self.check_log();
    }

    /// SIGTERM: asks for the end.
    pub fn terminate(&self) {
        let kill = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        assert!(kill.expect("kill runs").success());
    }

    /// The end that was asked for.
    pub fn wait(mut self) -> ExitStatus {
        let status = self.process.wait().expect("an exit status");
        self.check_log();
        status
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log.path()).expect("a log")
    }

    fn check_log(&self) {
        let log = self.log();
        assert!(!log.contains("panicked"), "{log}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if std::thread::panicking() {
            let log = self.log();
            let lines: Vec<&str> = log.lines().collect();
            let end = &lines[lines.len().saturating_sub(20)..];
            eprintln!("the end of the server's log:\n{}", end.join("\n"));
        }
    }
}

/// What `/readyz` says over a new connection; `None` if nobody answers.
pub fn readiness(address: SocketAddr) -> Option<u16> {
    let request = Request {
        method: "GET",
        target: "/readyz".to_owned(),
        token: None,
        body: None,
    };
    let mut connection = Connection::open(address).ok()?;
    Some(connection.call(&request).ok()?.status)
}

/// The address in the line of the banner that says where the API is.
fn address(line: &str) -> Option<SocketAddr> {
    let (_, url) = line.split_once("API ")?;
    let (_, rest) = url.split_once("http://")?;
    rest.split('/').next()?.parse().ok()
}

/// The program, unaffected by the environment of whoever runs the tests.
fn program() -> Command {
    // Tests lie in `deps` beside it.
    let tests = std::env::current_exe().expect("a test has a path");
    let dir = tests
        .parent()
        .and_then(Path::parent)
        .expect("`deps` is in a directory");
    let path = dir.join("graph-connections");
    File::open(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; build it: cargo build", path.display()));
    let mut program = Command::new(path);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GRAPH_CONNECTIONS_")) {
        program.env_remove(name);
    }
    program
}
