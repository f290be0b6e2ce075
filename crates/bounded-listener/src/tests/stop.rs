//! The end of the server.

use super::*;

#[tokio::test]
async fn open_request_is_answered_and_new_connections_are_refused() {
    let server = TestServer::start(Settings::default()).await;
    let idle = server.connect().await;
    let mut client = server.connect().await;
    let mut queued = server.connect().await;
    client.send("GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await;
    queued.send("GET /a HTTP/1.1\r\nhost: x\r\n\r\n").await;
    // Long enough for the request to begin, not for it to end.
    tokio::time::sleep(millis(50)).await;
    server.stop.send(()).expect("the server runs");
    tokio::time::sleep(millis(50)).await;
    let refused = within(TcpStream::connect(server.address)).await;
    assert!(refused.is_err(), "the server still listens");

    let answer = client.answer().await;
    assert_eq!(answer.body, "done");
    assert!(
        answer.head.contains("\r\nconnection: close\r\n"),
        "{answer:?}"
    );
    assert_eq!(queued.answer().await.body, "GET /a");
    idle.assert_closed().await;
    within(server.task).await.expect("no panic");
}

#[tokio::test]
async fn open_request_of_http2_is_answered() {
    let server = TestServer::start(Settings::default()).await;
    let mut sender = server.connect().await.into_http2().await;
    let request = tokio::spawn(sender.send_request(get("/slow")));
    tokio::time::sleep(millis(50)).await;
    server.stop.send(()).expect("the server runs");
    let answer = within(request).await.expect("no panic").expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    within(server.task).await.expect("no panic");
}

#[tokio::test]
async fn connection_made_just_before_the_stop_is_served() {
    let server = TestServer::start(Settings::default()).await;
    let mut client = server.connect().await;
    server.stop.send(()).expect("the server runs");
    // Long enough for the server to notice, not for its patience with silent connections to end.
    tokio::time::sleep(millis(20)).await;
    client.send("GET /a HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(client.answer().await.body, "GET /a");
    client.assert_closed().await;
    within(server.task).await.expect("no panic");
}

#[tokio::test]
async fn drain_is_bounded() {
    let server = TestServer::start(Settings {
        drain_timeout: millis(200),
        ..Settings::default()
    })
    .await;
    let mut client = server.connect().await;
    client.send("GET /never HTTP/1.1\r\nhost: x\r\n\r\n").await;
    tokio::time::sleep(millis(50)).await;
    server.stop.send(()).expect("the server runs");
    within(server.task).await.expect("no panic");
    client.assert_closed().await;
}
