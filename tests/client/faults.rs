//! A service that is overloaded, breaks off or is slow: what is sent again, and what the caller is told.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use graph_connections::client::{
    AccessToken, BoxFuture, Client, Credential, CredentialError, Error, RetryPolicy, StatusCode,
};

use crate::{
    JSON_200,
    canned::{
        Answer, Canned,
        Reply::{self, Reset, ResetAfter, ResetInside, Stalled, Whole},
        patience,
    },
};

const OK: Answer = (JSON_200, r#"{"id":"contosohr"}"#);
const CREATED: Answer = (
    "201 Created\r\ncontent-type: application/json",
    r#"{"id":"contosohr"}"#,
);
const THROTTLED: Answer = (
    "429 Too Many Requests",
    r#"{"error":{"code":"activityLimitReached"}}"#,
);
const THROTTLED_BRIEFLY: Answer = (
    "429 Too Many Requests\r\nretry-after: 0",
    r#"{"error":{"code":"activityLimitReached"}}"#,
);
const UNAVAILABLE: Answer = (
    "503 Service Unavailable\r\ncontent-type: text/html",
    "<html><h1>Back soon</h1></html>",
);
const UNAVAILABLE_BRIEFLY: Answer = ("503 Service Unavailable\r\nretry-after: 0", "");
const TIMED_OUT: Answer = ("504 Gateway Timeout", "");

async fn get(client: &Client) -> Result<(), Error> {
    let get = client.get_connection().connection_id("contosohr");
    get.send().await.map(drop)
}

async fn create(client: &Client) -> Result<(), Error> {
    let create = client.create_connection();
    let create = create.body_map(|body| body.id("contosohr".to_owned()).name("Contoso HR"));
    create.send().await.map(drop)
}

#[tokio::test]
async fn reading_is_repeated_whatever_went_wrong_on_the_way() {
    for fault in [
        Whole(THROTTLED),
        Whole(THROTTLED_BRIEFLY),
        Whole(UNAVAILABLE),
        Whole(UNAVAILABLE_BRIEFLY),
        Whole(TIMED_OUT),
        Reset,
        ResetInside(OK),
    ] {
        let server = Canned::replying(&[fault, fault, Whole(OK)]).await;
        let client = server.patient_client();
        get(&client)
            .await
            .unwrap_or_else(|e| panic!("{fault:?}: {e:?}"));
        let requests = server.requests();
        assert_eq!(requests.len(), 3, "{fault:?}");
        let ids: Vec<_> = requests
            .iter()
            .map(|it| it.header("client-request-id"))
            .collect();
        assert!(ids[0].is_some_and(|id| id.len() == 36), "{ids:?}");
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    }
}

#[tokio::test]
async fn creating_is_repeated_only_if_nothing_was_created() {
    for fault in [THROTTLED, THROTTLED_BRIEFLY, UNAVAILABLE_BRIEFLY] {
        let server = Canned::start(&[fault, CREATED]).await;
        create(&server.patient_client()).await.unwrap();
        let [first, second] = server.requests().try_into().unwrap();
        assert_eq!(first.body, second.body);
        assert!(second.body.contains("contosohr"));
    }
    for (fault, status) in [
        (Whole(UNAVAILABLE), Some(503)),
        (Whole(TIMED_OUT), Some(504)),
        (Reset, None),
        (ResetInside(CREATED), None),
    ] {
        let server = Canned::replying(&[fault, Whole(CREATED)]).await;
        let error = create(&server.patient_client()).await.unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), status, "{fault:?}");
        assert_eq!(matches!(error, Error::Transport { .. }), status.is_none());
        let sent = server.request();
        let id = error.client_request_id().expect("it was sent").to_string();
        assert_eq!(sent.header("client-request-id"), Some(&*id));
    }
}

#[tokio::test]
async fn each_call_has_its_own_identifier() {
    let server = Canned::start(&[OK, OK]).await;
    let client = server.client();
    get(&client).await.unwrap();
    get(&client).await.unwrap();
    let [first, second] = server.requests().try_into().unwrap();
    assert_ne!(
        first.header("client-request-id"),
        second.header("client-request-id")
    );
}

/// A credential that counts how often it is asked; its tokens are at their end when they are given, so that each attempt asks.
#[derive(Clone, Default)]
struct Counted(Arc<AtomicU32>);

impl Credential for Counted {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        self.0.fetch_add(1, SeqCst);
        Box::pin(async { AccessToken::new("t", Some(Duration::ZERO)) })
    }
}

#[tokio::test]
async fn without_a_connection_every_call_is_repeated() {
    let attempts = Counted::default();
    // Port 1 is reserved, nothing listens there.
    let client = Client::builder("http://127.0.0.1:1/v1.0")
        .credential(attempts.clone())
        .retry(patience().attempts(3))
        .build()
        .unwrap();
    let error = create(&client).await.unwrap_err();
    assert!(matches!(&error, Error::Transport { cause, .. } if cause.is_connect()));
    assert_eq!(attempts.0.load(SeqCst), 3);
}

#[tokio::test]
async fn answer_that_asks_for_a_pause_gets_it() {
    for head in [
        "429 Too Many Requests\r\nretry-after: 1",
        // A clock that is decades behind ours.
        "503 Service Unavailable\r\ndate: Sun, 06 Nov 1994 09:00:00 GMT\r\nretry-after: Sun, 06 Nov 1994 09:00:01 GMT",
    ] {
        let server = Canned::start(&[(head, ""), OK]).await;
        let begun = Instant::now();
        get(&server.patient_client()).await.unwrap();
        assert!(begun.elapsed() >= Duration::from_secs(1), "{head}");
    }
}

#[tokio::test]
async fn pause_beyond_the_budget_is_the_caller_s_to_make() {
    for head in [
        "429 Too Many Requests\r\nretry-after: 3600",
        "429 Too Many Requests\r\ndate: Sun, 06 Nov 1994 09:00:00 GMT\r\nretry-after: Sun, 06 Nov 1994 10:00:00 GMT",
    ] {
        let server = Canned::start(&[(head, "")]).await;
        let error = get(&server.patient_client()).await.unwrap_err();
        let hour = Some(Duration::from_hours(1));
        assert_eq!(error.service().unwrap().retry_after, hour);
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn last_answer_is_what_the_caller_gets() {
    let server = Canned::start(&[UNAVAILABLE_BRIEFLY, THROTTLED, UNAVAILABLE, OK]).await;
    let client = server.builder().retry(patience().attempts(3));
    let error = get(&client.build().unwrap()).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert!(error.to_string().contains("Back soon"), "{error}");
    assert_eq!(server.requests().len(), 3);

    let server = Canned::start(&[THROTTLED_BRIEFLY, OK]).await;
    let error = get(&server.client()).await.unwrap_err();
    assert_eq!(error.code(), Some("activityLimitReached"));
    assert_eq!(server.requests().len(), 1, "never means never");
}

#[tokio::test]
async fn reset_after_the_answer_does_not_matter() {
    let server = Canned::replying(&[ResetAfter(OK), ResetAfter(CREATED)]).await;
    let client = server.patient_client();
    get(&client).await.unwrap();
    create(&client).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn body_that_does_not_end_is_given_up() {
    let server = Canned::replying(&[Stalled(OK)]).await;
    let client = server.builder().timeout(Duration::from_millis(200));
    let error = get(&client.build().unwrap()).await.unwrap_err();
    assert!(matches!(&error, Error::Transport { cause, .. } if cause.is_timeout()));
}

/// A failure counts by its status, even if its body breaks off.
#[tokio::test]
async fn failure_with_half_a_body_is_a_failure() {
    let page: Reply = ResetInside(("404 Not Found", r#"{"error":{"code":"ItemNotFound","mess"#));
    let server = Canned::replying(&[page]).await;
    let error = get(&server.patient_client()).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.code(), None);
}

#[tokio::test]
async fn pages_are_repeated_one_by_one() {
    use graph_connections::client::TryStreamExt;

    let first: Answer = (
        JSON_200,
        r#"{"value":[{"id":"a"}],"@odata.nextLink":"{origin}/v1.0/external/connections?$skiptoken=x"}"#,
    );
    let last: Answer = (JSON_200, r#"{"value":[{"id":"b"}]}"#);
    let server = Canned::start(&[THROTTLED, first, UNAVAILABLE, last]).await;
    let client = server.builder().retry(patience().attempts(2));
    let client = client.build().unwrap();
    let all: Vec<_> = client.connections().try_collect().await.unwrap();
    assert_eq!(all.len(), 2);
    let [_, first, _, last] = server.requests().try_into().unwrap();
    assert_ne!(
        first.header("client-request-id"),
        last.header("client-request-id")
    );
}

#[test]
fn policy_is_one_that_can_be_read() {
    let policy = format!("{:?}", RetryPolicy::default());
    assert_eq!(
        policy,
        "RetryPolicy { attempts: 4, time: 180s, first_wait: 1s }"
    );
}
