//! TLS: a certificate for development in one command, both protocols, and new files without a restart.

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use reqwest::{Certificate, Client, StatusCode, Version};
use serde_json::{Value, json};

use crate::harness::{Server, program};

/// What `graph-connections certificate` prints.
fn make_certificate(data: &Path) -> String {
    let output = program()
        .args(["certificate", "--data"])
        .arg(data)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// A server with the arguments that the command printed.
fn start() -> Server {
    let data = tempfile::tempdir().expect("a directory");
    let said = make_certificate(data.path());
    let line = said
        .lines()
        .find_map(|line| line.trim().strip_prefix("graph-connections serve "));
    let arguments: Vec<&str> = line.expect("a command").split(' ').collect();
    Server::start_on(data, &arguments)
}

/// Trusts the root that is in the data directory now, and no other.
fn client(server: &Server) -> Client {
    let root = fs::read(server.data().join("development-root.pem")).expect("a root");
    let root = Certificate::from_pem(&root).expect("PEM");
    let client = Client::builder().tls_certs_only([root]);
    // A connection of its own for each request.
    client.pool_max_idle_per_host(0).build().expect("a client")
}

async fn ready(client: &Client, origin: &str) -> reqwest::Result<StatusCode> {
    let answer = client.get(format!("{origin}/readyz")).send().await?;
    Ok(answer.status())
}

#[tokio::test]
async fn printed_command_serves_https_for_every_local_name() {
    let server = start();
    let client = client(&server);
    let (_, port) = server.origin.rsplit_once(':').expect("a port");
    for name in ["127.0.0.1", "localhost"] {
        let url = format!("https://{name}:{port}/v1.0/external/connections");
        let token = server.token(&[]);
        let id = format!("contoso{}", name.replace('.', ""));
        let create = client.post(&url).bearer_auth(&token);
        let create = create
            .header("content-type", "application/json")
            .body(json!({"id": id, "name": "Contoso HR"}).to_string());
        let created = create.send().await.expect("an answer");
        assert_eq!(created.status(), 201);
        assert_eq!(
            created.version(),
            Version::HTTP_2,
            "agreed on in the handshake"
        );
        // Addresses in answers are those that the client can use.
        assert_eq!(created.headers()["location"], format!("{url}/{id}"));
        let body: Value =
            serde_json::from_slice(&created.bytes().await.expect("a body")).expect("JSON");
        let context = body["@odata.context"].as_str().expect("a context");
        assert!(context.starts_with("https://"), "{context}");
    }
    let root = fs::read(server.data().join("development-root.pem")).expect("a root");
    let http1 = Client::builder().tls_certs_only([Certificate::from_pem(&root).expect("PEM")]);
    let http1 = http1.http1_only().build().expect("a client");
    assert_eq!(ready(&http1, &server.origin).await.expect("an answer"), 200);
}

#[tokio::test]
async fn stranger_to_the_root_and_plain_text_get_no_answer() {
    let server = start();
    let stranger = Client::new();
    assert!(ready(&stranger, &server.origin).await.is_err());
    let plain = server.origin.replace("https", "http");
    assert!(ready(&stranger, &plain).await.is_err());
    assert_eq!(
        ready(&client(&server), &server.origin)
            .await
            .expect("an answer"),
        200
    );
}

#[cfg(unix)]
#[tokio::test]
async fn hangup_brings_the_new_certificate_in_and_a_broken_one_does_not() {
    let server = start();
    let before = client(&server);
    make_certificate(server.data());
    let after = client(&server);
    assert!(ready(&before, &server.origin).await.is_ok());
    assert!(ready(&after, &server.origin).await.is_err());
    server.signal("HUP");
    while ready(&after, &server.origin).await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(ready(&before, &server.origin).await.is_err());
    fs::write(server.data().join("development-certificate.pem"), "no PEM").expect("written");
    server.signal("HUP");
    while !server.log().contains("cannot reload the TLS certificate") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(ready(&after, &server.origin).await.is_ok());
}

#[cfg(unix)]
#[tokio::test]
async fn hangup_without_tls_changes_nothing() {
    let server = Server::start();
    server.signal("HUP");
    while !server
        .log()
        .contains("SIGHUP ignored: TLS is not configured")
    {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let answer = ready(&Client::new(), &server.origin).await;
    assert_eq!(answer.expect("an answer"), 200);
}

/// Opening a pipe waits until somebody writes to it.
#[cfg(unix)]
#[tokio::test]
async fn pipe_in_the_place_of_a_file_is_refused_and_keeps_nobody_waiting() {
    let server = start();
    let client = client(&server);
    let key = server.data().join("development-certificate-key.pem");
    fs::remove_file(&key).expect("removed");
    let pipe = |path: &Path| Command::new("mkfifo").arg(path).status();
    assert!(pipe(&key).expect("mkfifo runs").success());
    server.signal("HUP");
    while !server.log().contains("is not a regular file") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let answer = ready(&client, &server.origin).await;
    assert_eq!(answer.expect("an answer"), 200);

    // At the start: a key of TLS, and a secret of the server's own.
    let (certificate, own) = (tempfile::tempdir(), tempfile::tempdir());
    let (certificate, own) = (certificate.expect("one"), own.expect("another"));
    let pem = server.data().join("development-certificate.pem");
    fs::copy(pem, certificate.path().join("chain.pem")).expect("a copy");
    assert!(
        pipe(&own.path().join("skip-token.key"))
            .expect("mkfifo runs")
            .success()
    );
    let chain = certificate.path().join("chain.pem").display().to_string();
    let key = key.display().to_string();
    for (data, tls) in [
        (&certificate, &["--tls-cert", &chain, "--tls-key", &key][..]),
        (&own, &[]),
    ] {
        let mut refused = program()
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .args(tls)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut said = String::new();
        let stderr = refused.stderr.as_mut().expect("a pipe");
        stderr.read_to_string(&mut said).expect("text");
        assert_eq!(refused.wait().expect("it ends").code(), Some(1), "{said}");
        assert!(said.contains("is not a regular file"), "{said}");
    }
}

#[test]
fn key_of_the_certificate_is_for_its_owner_alone() {
    let data = tempfile::tempdir().expect("a directory");
    make_certificate(data.path());
    let key = data.path().join("development-certificate-key.pem");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = key.metadata().expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let key = fs::read_to_string(key).expect("text");
    assert!(key.starts_with("-----BEGIN PRIVATE KEY-----"));
}

#[test]
fn files_that_do_not_fit_stop_the_start_and_are_named() {
    let data = tempfile::tempdir().expect("a directory");
    make_certificate(data.path());
    let file = |name: &str| data.path().join(name).display().to_string();
    let certificate = file("development-certificate.pem");
    let key = file("development-certificate-key.pem");
    for (certificate, key, code, named) in [
        (&certificate, &file("absent"), 1, "absent"),
        (&file("absent"), &key, 1, "absent"),
        (&key, &key, 1, "development-certificate-key.pem"),
        (&certificate, &certificate, 1, "development-certificate.pem"),
        (&file("development-root.pem"), &key, 1, "together"),
    ] {
        let output = program()
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .args(["--tls-cert", certificate, "--tls-key", key])
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(named), "{said}");
    }
    let alone = program()
        .args(["serve", "--tls-cert", &certificate])
        .output()
        .expect("the program runs");
    assert_eq!(alone.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&alone.stderr).contains("--tls-key"));
}
