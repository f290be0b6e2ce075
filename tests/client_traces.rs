//! What the client tells `tracing`: enough to follow a call, and no secret.
//!
//! In a process of its own: what one thread is interested in, another's first call may decide for all (`tracing` remembers it by place
//! in the code), and calls that nobody records would do that.
#![cfg(feature = "server")] // It has the subscriber.

#[path = "client/canned.rs"]
#[allow(dead_code, reason = "the other tests use the rest")]
mod canned;

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use graph_connections::client::{ClientCredentials, Error};
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};

use crate::canned::{Canned, patience};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn call_can_be_followed_and_has_no_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let issuer = Canned::start(&[(
        "200 OK\r\ncontent-type: application/json",
        r#"{"token_type":"Bearer","expires_in":3599,"access_token":"eyJsecret"}"#,
    )])
    .await;
    let service = Canned::start(&[
        ("503 Service Unavailable", ""),
        (
            "404 Not Found",
            r#"{"error":{"code":"ItemNotFound","message":"a private text"}}"#,
        ),
    ])
    .await;
    let credential = ClientCredentials::new(&issuer.origin, "app", "hunter2").unwrap();
    let builder = service.builder().credential(credential).retry(patience());
    let client = builder.build().unwrap();
    let update = client.update_connection().connection_id("contosohr");
    let update = update.body_map(|body| body.name("a private name".to_owned()));
    let error: Error = update.send().await.unwrap_err();

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let id = error.client_request_id().unwrap();
    let call = format!(r#"call{{operation.id="update_connection" client_request_id={id}}}"#);
    for (attempt, status) in [(1, 503), (2, 404)] {
        let line = format!(
            "{call}:attempt{{number={attempt} status={status}}}: graph_connections::client"
        );
        assert!(log.contains(&line), "no `{line}` in\n{log}");
    }
    assert!(log.contains("retrying attempt=1 wait_ms="), "{log}");
    for secret in ["eyJsecret", "hunter2", "private"] {
        assert!(!log.contains(secret), "`{secret}` in\n{log}");
    }
}
