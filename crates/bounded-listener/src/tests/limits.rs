//! Clients that take more than their share of time or connections.

use super::*;

const GET: &str = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";

#[tokio::test]
async fn dripping_head_is_cut_off() {
    let server = TestServer::start(Settings {
        head_timeout: millis(300),
        ..Settings::default()
    })
    .await;
    for opening in ["", "P", "PRI * HTTP/2.0\r\n", "GET / HTTP/1.1\r\nhost: "] {
        let mut client = server.connect().await;
        client.send(opening).await;
        if opening.starts_with("GET") {
            // Each byte comes within the limit; together they do not.
            for _ in 0..10 {
                client.send_what_is_taken("x").await;
                tokio::time::sleep(millis(100)).await;
            }
        }
        client.assert_closed().await;
    }
}

#[tokio::test]
async fn silent_connection_is_closed_between_requests() {
    let server = TestServer::start(Settings {
        head_timeout: millis(500),
        ..Settings::default()
    })
    .await;
    let mut client = server.connect().await;
    assert_eq!(client.ask(GET).await, "GET /a");
    client.assert_closed().await;
}

#[tokio::test]
async fn quiet_http2_connection_is_told_to_go_away() {
    let server = TestServer::start(Settings {
        http2_idle_timeout: millis(200),
        ..Settings::default()
    })
    .await;
    let mut client = server.connect().await;
    let empty_settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    client.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    client.send(empty_settings).await;
    let mut frame_types = Vec::new();
    while frame_types.last() != Some(&7) {
        let mut head = [0; 9];
        within(client.0.read_exact(&mut head))
            .await
            .expect("a frame");
        frame_types.push(head[3]);
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        within(client.0.read_exact(&mut payload))
            .await
            .expect("its payload");
    }
}

#[tokio::test]
async fn body_below_the_minimum_rate_is_given_up() {
    let server = TestServer::start(Settings {
        body_span: millis(200),
        body_bytes_per_s: 1_000,
        ..Settings::default()
    })
    .await;
    let mut client = server.connect().await;
    client
        .send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhello")
        .await;
    let answer = client.answer().await;
    assert_eq!(answer.status, 408);
    assert!(
        answer.body.contains("slower than 1000 bytes per second"),
        "{answer:?}"
    );
    assert!(
        answer.head.contains("\r\nconnection: close\r\n"),
        "{answer:?}"
    );
    client.assert_closed().await;
}

#[tokio::test]
async fn client_that_does_not_read_is_dropped() {
    let server = TestServer::start(Settings {
        response_timeout: millis(200),
        ..Settings::default()
    })
    .await;
    let mut client = server.connect().await;
    client.send("GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await;
    tokio::time::sleep(millis(1_000)).await;
    let read = client.rest().await.len();
    assert!(
        read < LARGE_BYTES,
        "the whole answer of {read} bytes was sent"
    );
}

#[tokio::test]
async fn client_that_takes_a_large_answer_too_slowly_as_a_whole_is_dropped() {
    let server = TestServer::start(Settings {
        response_timeout: millis(500),
        response_bytes_per_s: 4 * 32 * 1_024 * 1_024,
        ..Settings::default()
    })
    .await;
    let mut client = server.connect().await;
    client.send("GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let length = format!("\r\ncontent-length: {LARGE_BYTES}\r\n");
    assert!(client.head().await.contains(&length));
    let mut read = 0;
    let mut piece = vec![0; 256 * 1_024];
    // Never silent for long, and with its last byte in ten seconds.
    while let Ok(bytes @ 1..) = within(client.0.read(&mut piece)).await {
        read += bytes;
        tokio::time::sleep(millis(50)).await;
    }
    assert!(
        read < LARGE_BYTES,
        "the whole answer of {read} bytes was sent"
    );
}

#[tokio::test]
async fn http2_client_that_does_not_take_an_answer_is_dropped() {
    let server = TestServer::start(Settings {
        response_timeout: millis(500),
        ..Settings::default()
    })
    .await;
    let client = server.connect().await;
    // Lets the server send one byte of each answer.
    let (mut client, connection) = http2::Builder::new(TokioExecutor::new())
        .initial_stream_window_size(1)
        .handshake(TokioIo::new(client.0))
        .await
        .expect("the server speaks HTTP/2");
    let connection = tokio::spawn(connection);
    let answer = within(client.send_request(get("/a"))).await;
    let answer = answer.expect("the head of an answer");
    // Another answer, which is taken, does not save the connection.
    let taken = within(client.send_request(get("/unread"))).await;
    let taken = taken.expect("the head of an answer").into_body().collect();
    within(taken).await.expect("all of the answer");
    let _ = within(connection).await.expect("no panic");
    assert!(client.is_closed());
    drop(answer);
}

#[tokio::test]
async fn connection_over_the_cap_waits_for_another_to_close() {
    let server = TestServer::start(Settings {
        connections: 2,
        connections_per_address: Some(3),
        ..Settings::default()
    })
    .await;
    let mut first = server.connect().await;
    let mut second = server.connect().await;
    assert_eq!(first.ask(GET).await, "GET /a");
    assert_eq!(second.ask(GET).await, "GET /a");
    let mut third = server.connect().await;
    third.send(GET).await;
    let early = tokio::time::timeout(millis(200), third.0.readable()).await;
    assert!(
        early.is_err(),
        "the third connection was served beside two others"
    );
    drop(first);
    assert_eq!(third.answer().await.body, "GET /a");
}

#[tokio::test]
async fn connection_over_the_cap_of_its_address_is_closed() {
    let server = TestServer::start(Settings {
        connections_per_address: Some(1),
        ..Settings::default()
    })
    .await;
    let mut first = server.connect().await;
    assert_eq!(first.ask(GET).await, "GET /a");
    server.connect().await.assert_closed().await;
    drop(first);
    // The server sees the close a moment later.
    loop {
        let mut next = server.connect().await;
        next.send_what_is_taken(GET).await;
        if within(next.0.read_u8()).await.is_ok() {
            return;
        }
    }
}
