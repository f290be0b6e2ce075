//! The server as a library: in the process of whoever uses it, with errors that can be matched.
#![cfg(all(feature = "server", feature = "client"))]

use std::{future::pending, net::TcpListener, path::Path};

use graph_connections::{
    Config, DevelopmentIssuerMode, Server, ServerError,
    client::{Client, TryStreamExt},
};
use tokio::sync::oneshot;

async fn bind(dir: &Path) -> Server {
    let bound = Server::builder(Config::new(dir)).bind().await;
    bound.expect("it starts")
}

fn client(server: &Server) -> Client {
    let token = server.development_token().expect("a token");
    let client = Client::builder(server.api_url()).bearer(token).build();
    client.expect("a client")
}

#[tokio::test]
async fn stop_releases_the_address_and_the_data() {
    let dir = tempfile::tempdir().expect("a directory");
    let server = bind(dir.path()).await;
    let address = server.local_addr();
    assert_eq!(server.url(), format!("http://{address}"));
    let http = client(&server);
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(server.serve(async {
        let _ = stopped.await;
    }));
    let create = http.create_connection();
    let create = create.body_map(|body| body.id("contosohr".to_owned()).name("Contoso HR"));
    create.send().await.expect("created");
    drop(http);
    stop.send(()).expect("it serves");
    serving.await.expect("no panic");
    TcpListener::bind(address).expect("nobody listens any more");

    let again = bind(dir.path()).await;
    let http = client(&again);
    tokio::spawn(again.serve(pending()));
    let connections: Vec<_> = http.connections().try_collect().await.expect("a list");
    assert_eq!(connections.len(), 1);
}

#[tokio::test]
async fn servers_of_one_process_are_strangers() {
    let one = Server::builder(Config::temporary().expect("a directory"));
    let two = Server::builder(Config::temporary().expect("a directory"));
    let (one, two) = tokio::join!(one.bind(), two.bind());
    let (one, two) = (one.expect("it starts"), two.expect("it starts"));
    let foreign = one.development_token().expect("a token");
    let client = Client::builder(two.api_url()).bearer(foreign).build();
    let client = client.expect("a client");
    tokio::spawn(two.serve(pending()));
    let mut list = client.connections();
    let refused = list
        .try_next()
        .await
        .expect_err("a token of another issuer");
    assert_eq!(refused.code(), Some("InvalidAuthenticationToken"));
}

#[tokio::test]
async fn errors_say_what_cannot_be_opened() {
    let dir = tempfile::tempdir().expect("a directory");
    let config = Config::new(dir.path());
    let file = dir.path().join("file");
    std::fs::write(&file, "").expect("written");
    let refused = async |config: Config| match Server::builder(config).bind().await {
        Ok(_) => panic!("it starts"),
        Err(error) => error,
    };

    let error = refused(Config::new(&file)).await;
    assert!(matches!(error, ServerError::DataDirectory(_)), "{error:?}");

    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let mut other = config.clone();
    other.listen = taken.local_addr().expect("an address");
    let error = refused(other.clone()).await;
    assert!(
        matches!(error, ServerError::Listen { address, .. } if address == other.listen),
        "{error:?}"
    );

    let mut other = config.clone();
    other.tls_cert = Some(file.clone());
    other.tls_key = Some(file);
    let error = refused(other).await;
    assert!(matches!(error, ServerError::Tls(_)), "{error:?}");

    let mut other = config.clone();
    other.development_issuer = DevelopmentIssuerMode::Off;
    let server = Server::builder(other).bind().await.expect("it starts");
    let error = server.development_token().expect_err("no issuer");
    assert!(matches!(error, ServerError::NoDevelopmentIssuer));

    let error = refused(config).await;
    assert!(matches!(error, ServerError::Store(_)), "{error:?}");
}

#[tokio::test]
async fn external_issuers_are_named_in_the_words_of_the_flags() {
    const URL: &str = "https://login.example/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0";
    let mut config = Config::temporary().expect("a directory");
    for (url, audiences, tenants, part) in [
        (
            "login.example",
            &["api"][..],
            &["any"][..],
            "--issuer 'login.example': not a URL",
        ),
        (URL, &[], &[], "needs --audience"),
        ("https://login.example", &["api"], &[], "needs --tenants"),
        (URL, &["api"], &["a/b"], "--tenants: 'a/b'"),
    ] {
        let refused = config.add_issuer(url, audiences, tenants);
        let said = refused.expect_err("refused").to_string();
        assert!(said.contains(part), "{said}");
    }
    assert!(config.development_issuer_is_on(), "nothing was added");
    config.add_issuer(URL, &["api"], &[]).expect("complete");
    let twice = config.add_issuer(URL, &["other"], &[]).expect_err("known");
    assert!(twice.to_string().contains("given twice"), "{twice}");
    let server = Server::builder(config).bind().await.expect("it starts");
    let error = server.development_token().expect_err("no issuer");
    assert!(matches!(error, ServerError::NoDevelopmentIssuer));
}

/// Source: proc(5), `SigCgt`: the signals that have a handler, the first in the lowest bit.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn signals_are_left_to_the_program() {
    const HANGUP_INTERRUPT_TERMINATE: [u32; 3] = [1, 2, 15];
    let server = Server::builder(Config::temporary().expect("a directory"));
    let server = server.bind().await.expect("it starts");
    let http = client(&server);
    tokio::spawn(server.serve(pending()));
    http.count_connections().send().await.expect("a number");
    let status = std::fs::read_to_string("/proc/self/status").expect("a status");
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let caught = u64::from_str_radix(caught.expect("a line").trim(), 16).expect("a number");
    for signal in HANGUP_INTERRUPT_TERMINATE {
        assert_eq!(caught & (1 << (signal - 1)), 0, "signal {signal}");
    }
}
