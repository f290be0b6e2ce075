//! Requests that are answered by the endpoint.

use hyper::Version;

use super::*;

#[tokio::test]
async fn connection_is_reused_for_further_requests() {
    let server = TestServer::start(Settings::default()).await;
    let mut client = server.connect().await;
    assert_eq!(
        client.ask("GET /a HTTP/1.1\r\nhost: x\r\n\r\n").await,
        "GET /a"
    );
    let post = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello";
    assert_eq!(client.ask(post).await, "hello");
    let chunked =
        "POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    assert_eq!(client.ask(chunked).await, "abc");
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let server = TestServer::start(Settings::default()).await;
    let mut client = server.connect().await;
    let requests = "GET /slow HTTP/1.1\r\nhost: x\r\n\r\nGET /b HTTP/1.1\r\nhost: x\r\n\r\n";
    client.send(requests).await;
    assert_eq!(client.answer().await.body, "done");
    assert_eq!(client.answer().await.body, "GET /b");
}

#[tokio::test]
async fn expectation_is_met_when_the_body_is_read() {
    let server = TestServer::start(Settings::default()).await;
    let mut client = server.connect().await;
    client
        .send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\nexpect: 100-continue\r\n\r\n")
        .await;
    assert_eq!(client.head().await, "HTTP/1.1 100 Continue\r\n\r\n");
    assert_eq!(client.ask("hello").await, "hello");
}

#[tokio::test]
async fn unread_body_does_not_cost_the_client_its_answer() {
    let server = TestServer::start(Settings::default()).await;
    let mut client = server.connect().await;
    let length = 8 << 20;
    client
        .send(format!(
            "PUT /unread HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n"
        ))
        .await;
    // Sent to the last byte before the answer is read, as many clients do: no reset may come between.
    client.send(vec![b'x'; length]).await;
    assert_eq!(client.answer().await.body, "too large");
    client.assert_closed().await;
}

#[tokio::test]
async fn panic_ends_its_connection_only() {
    let server = TestServer::start(Settings::default()).await;
    let mut other = server.connect().await;
    let mut client = server.connect().await;
    client.send("GET /panic HTTP/1.1\r\nhost: x\r\n\r\n").await;
    client.assert_closed().await;
    assert_eq!(
        other.ask("GET /a HTTP/1.1\r\nhost: x\r\n\r\n").await,
        "GET /a"
    );
    let mut next = server.connect().await;
    assert_eq!(
        next.ask("GET /a HTTP/1.1\r\nhost: x\r\n\r\n").await,
        "GET /a"
    );
}

#[tokio::test]
async fn targets_without_a_path_do_no_harm() {
    let server = TestServer::start(Settings::default()).await;
    for target in ["OPTIONS *", "GET http://x", "CONNECT x:1"] {
        let mut client = server.connect().await;
        client
            .send(format!("{target} HTTP/1.1\r\nhost: x\r\n\r\n"))
            .await;
        assert_eq!(client.answer().await.status, 200, "{target}");
    }
}

#[tokio::test]
async fn offer_to_upgrade_to_http2_is_ignored() {
    let server = TestServer::start(Settings::default()).await;
    let mut client = server.connect().await;
    let offer = "GET /a HTTP/1.1\r\nhost: x\r\nconnection: upgrade, http2-settings\r\n\
                 upgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n";
    client.send(offer).await;
    let answer = client.answer().await;
    assert!(answer.head.starts_with("HTTP/1.1 200 OK\r\n"), "{answer:?}");
    assert_eq!(
        client.ask("GET /b HTTP/1.1\r\nhost: x\r\n\r\n").await,
        "GET /b"
    );
}

#[tokio::test]
async fn http2_with_prior_knowledge_is_spoken() {
    let server = TestServer::start(Settings::default()).await;
    let mut sender = server.connect().await.into_http2().await;

    let answer = within(sender.send_request(get("/a")))
        .await
        .expect("an answer");
    assert_eq!(
        (answer.version(), answer.status().as_u16()),
        (Version::HTTP_2, 200)
    );
    let body = within(answer.into_body().collect())
        .await
        .expect("a whole body");
    assert_eq!(body.to_bytes(), "GET /a");

    let long = format!("/{}", "x".repeat(9 << 10));
    let answer = within(sender.send_request(get(&long)))
        .await
        .expect("an answer");
    assert_eq!(answer.status().as_u16(), 414);
}
