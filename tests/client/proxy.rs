//! The proxy of the environment. What is in the environment belongs to a process, so the tests run one of their own.

use std::{net::TcpListener, process::Command, thread, time::Duration};

use graph_connections::client::{Client, ClientCredentials, RetryPolicy};

use crate::{
    JSON_200,
    canned::{Answer, Canned},
};

const TOKEN: Answer = (
    JSON_200,
    r#"{"token_type":"Bearer","expires_in":3599,"access_token":"t"}"#,
);
const OK: Answer = (JSON_200, r#"{"value":[]}"#);

#[tokio::test]
#[ignore = "run by requests_to_this_machine_ask_no_proxy"]
async fn requests_to_this_machine() {
    let (issuer, service) = (Canned::start(&[TOKEN]).await, Canned::start(&[OK]).await);
    let token_url = format!("{}/contoso/oauth2/v2.0/token", issuer.origin);
    let credential = ClientCredentials::new(token_url, "app", "secret").unwrap();
    let client = service.builder().credential(credential).build().unwrap();
    client.list_connections().send().await.unwrap();
}

#[tokio::test]
#[ignore = "run by requests_to_others_ask_the_proxy"]
async fn requests_to_others() {
    let client = Client::builder("http://service.invalid/v1.0")
        .timeout(Duration::from_secs(5))
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    client.list_connections().send().await.unwrap_err();
}

/// Runs a test with a proxy in the environment; whether the proxy was asked.
fn proxy_is_asked(test: &str) -> bool {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", proxy.local_addr().unwrap());
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", test, "--ignored"]);
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        program.env(name, &url);
    }
    for name in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
        program.env_remove(name);
    }
    let asked = thread::spawn(move || proxy.accept().unwrap());
    let output = program.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    // A connection that was made waits to be accepted.
    thread::sleep(Duration::from_millis(100));
    asked.is_finished()
}

#[test]
fn requests_to_this_machine_ask_no_proxy() {
    assert!(!proxy_is_asked("proxy::requests_to_this_machine"));
}

#[test]
fn requests_to_others_ask_the_proxy() {
    assert!(proxy_is_asked("proxy::requests_to_others"));
}
