//! A running server for one test, and the means to talk to it: the generated client, and raw requests for what a
//! well-behaved client cannot send.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{LazyLock, OnceLock},
    time::Duration,
};

use graph_connections::client::{Client, RetryPolicy};
use reqwest::{
    Method, StatusCode,
    header::{HeaderMap, HeaderName},
};
use serde_json::Value;
use tempfile::TempDir;

/// The file that all test servers share, so that only one of them has to generate a key.
const ISSUER_FILE: &str = "development-issuer.json";

/// Where the log of a server goes, in its data directory.
const LOG_FILE: &str = "stderr.log";
/// What it has printed since it was started, in its data directory.
pub const OUTPUT_FILE: &str = "stdout.log";

/// A server that ends with the test.
pub struct Server {
    process: Child,
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    data: TempDir,
    /// Further arguments of `serve`.
    arguments: Vec<String>,
    /// Further variables of its environment.
    environment: Vec<(String, String)>,
}

impl Server {
    /// Starts the program on a free port.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with further arguments of `serve`.
    pub fn start_with(arguments: &[&str]) -> Self {
        let data = tempfile::tempdir().expect("a directory");
        share_issuer(data.path());
        Self::start_on(data, arguments)
    }

    /// The same on data that is there.
    pub fn start_on(data: TempDir, arguments: &[&str]) -> Self {
        Self::start_in(data, arguments, &[])
    }

    /// The same with further variables in the environment.
    pub fn start_in(data: TempDir, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        let environment = environment.iter();
        let environment = environment.map(|(name, value)| ((*name).into(), (*value).into()));
        let environment: Vec<(String, String)> = environment.collect();
        let (process, origin) = launch(data.path(), &arguments, &environment);
        Self {
            process,
            origin,
            data,
            arguments,
            environment,
        }
    }

    /// Ends the program without warning (SIGKILL) and starts it again on the same data.
    pub fn crash_and_restart(&mut self) {
        self.process.kill().expect("the program was running");
        self.wait();
        self.restart();
    }

    /// Starts the program again on the same data, after its end.
    pub fn restart(&mut self) {
        (self.process, self.origin) = launch(self.data.path(), &self.arguments, &self.environment);
    }

    /// Asks the program to stop (SIGTERM).
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Of the process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub fn signal(&self, name: &str) {
        let kill = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.process.id().to_string())
            .status();
        assert!(kill.expect("kill runs").success());
    }

    /// How the program ends.
    pub fn wait(&mut self) -> ExitStatus {
        self.process.wait().expect("an exit status")
    }

    /// The data directory.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// What the program has logged since it was started.
    pub fn log(&self) -> String {
        fs::read_to_string(self.data.path().join(LOG_FILE)).expect("a log")
    }

    /// What `graph-connections token` prints for these arguments.
    pub fn token(&self, arguments: &[&str]) -> String {
        token(self.data.path(), arguments)
    }

    /// A client of v1.0 for the demo user, with every permission.
    pub fn client(&self) -> Client {
        self.client_with(&self.token(&[]))
    }

    /// A client of v1.0 with this token.
    pub fn client_with(&self, token: &str) -> Client {
        Client::builder(format!("{}/v1.0", self.origin))
            .bearer(token)
            // Tests look at each answer.
            .retry(RetryPolicy::never())
            .build()
            .expect("a client")
    }

    /// A request with the demo user's token; `path` begins with `/v1.0` or `/beta`.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let token = self.token(&[]);
        let request = Request::new(method, path).bearer(&token);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        request.send(self).await
    }

    /// Writes bytes to a new connection and reads what comes back until the server closes it or stays silent.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let address = self.origin.strip_prefix("http://").expect("an http origin");
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(2)))
            .expect("a timeout");
        // The server may answer and close before it has read everything.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let mut buffer = [0; 4096];
        while let Ok(read @ 1..) = stream.read(&mut buffer) {
            answer.extend_from_slice(&buffer[..read]);
        }
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program, unaffected by the environment of whoever runs the tests.
pub fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_graph-connections"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GRAPH_CONNECTIONS_")) {
        program.env_remove(name);
    }
    program
}

fn launch(data: &Path, arguments: &[String], environment: &[(String, String)]) -> (Child, String) {
    let mut command = program();
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    command.arg("serve").arg("--data").arg(data).args(arguments);
    if !arguments.iter().any(|argument| argument == "--listen") {
        command.args(["--listen", "127.0.0.1:0"]);
    }
    let log = fs::File::create(data.join(LOG_FILE)).expect("a file");
    let mut process = command
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .expect("the program starts");
    let mut output = fs::File::create(data.join(OUTPUT_FILE)).expect("a file");
    let lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
    let mut lines = lines.map_while(Result::ok).inspect(move |line| {
        writeln!(output, "{line}").expect("the file takes it");
    });
    let api = lines.find_map(|line| {
        let (_, url) = line.split_once("API ")?;
        Some(
            url.split_whitespace()
                .next()?
                .trim_end_matches("/v1.0")
                .to_owned(),
        )
    });
    // Keep the pipe open: the rest of the banner must not meet a closed one.
    std::thread::spawn(move || lines.count());
    (process, api.expect("the program says where it listens"))
}

/// What `graph-connections token` prints for a data directory.
pub fn token(data: &Path, arguments: &[&str]) -> String {
    let output = program()
        .arg("token")
        .args(arguments)
        .arg("--data")
        .arg(data)
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .expect("a token")
        .trim()
        .to_owned()
}

/// Puts the one issuer file of this run into a data directory.
fn share_issuer(data: &Path) {
    static SHARED: OnceLock<TempDir> = OnceLock::new();
    let shared = SHARED.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a directory");
        token(dir.path(), &[]);
        dir
    });
    // A copy keeps the mode.
    fs::copy(shared.path().join(ISSUER_FILE), data.join(ISSUER_FILE)).expect("a copy");
}

/// A request that is sent exactly as it is built.
pub struct Request {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl Request {
    pub fn new(method: Method, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            headers: HeaderMap::new(),
            body: None,
        }
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header name");
        self.headers
            .append(name, value.parse().expect("a header value"));
        self
    }

    pub fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json")
            .body(body.to_string())
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    pub async fn send(self, server: &Server) -> Answer {
        // One for all, since it is slow to build. Its connections are not kept: they end with the runtime of a test.
        static HTTP: LazyLock<reqwest::Client> = LazyLock::new(|| {
            let http = reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .pool_max_idle_per_host(0);
            http.build().expect("a client")
        });
        let mut request = HTTP
            .request(self.method, format!("{}{}", server.origin, self.path))
            .headers(self.headers);
        if let Some(body) = self.body {
            request = request.body(body);
        }
        let response = request.send().await.expect("an answer");
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: response.bytes().await.expect("a body").to_vec(),
        }
    }
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// The one answer in what [`Server::raw`] returns.
    #[track_caller]
    pub fn parse(raw: &str) -> Self {
        let (head, body) = raw.split_once("\r\n\r\n").expect("a head");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.get(9..12));
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(": ").expect("a header field");
            let name: HeaderName = name.parse().expect("a header name");
            (name, value.parse().expect("a header value"))
        });
        Self {
            status: status.and_then(|status| status.parse().ok()).expect(head),
            headers: headers.collect(),
            body: body.into(),
        }
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header's value, empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("text"))
    }

    /// Asserts the status and the whole form of the OData error envelope; returns its `error`.
    #[track_caller]
    pub fn error(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/json");
        let error = self.json()["error"].take();
        assert_eq!(error["code"], code, "{error}");
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|message| !message.is_empty()),
            "{error}"
        );
        let inner = &error["innerError"];
        for (member, header) in [
            ("request-id", "request-id"),
            ("client-request-id", "client-request-id"),
        ] {
            assert_eq!(inner[member], self.header(header), "{error}");
        }
        let date = inner["date"].as_str().expect("a date");
        assert!(date.len() == 19 && date.as_bytes()[10] == b'T', "{date}");
        error
    }

    /// The targets of an error's details.
    #[track_caller]
    pub fn targets(&self) -> Vec<String> {
        let details = self.json()["error"]["details"].take();
        let details = details.as_array().cloned().unwrap_or_default();
        details
            .iter()
            .filter_map(|detail| Some(detail["target"].as_str()?.to_owned()))
            .collect()
    }
}
