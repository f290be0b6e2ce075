//! Tokens that are asked for: from whom, how often, and what is told when there is none.

use std::error::Error as _;

use graph_connections::client::{Client, ClientCredentials, Error, StatusCode};

use crate::{
    JSON_200,
    canned::{Answer, Canned, patience},
};

const SECRET: &str = "hunter2&=%";
const OK: Answer = (JSON_200, r#"{"id":"contosohr"}"#);
const FIRST: Answer = (
    JSON_200,
    r#"{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"first"}"#,
);
const SECOND: Answer = (
    JSON_200,
    r#"{"token_type":"bearer","access_token":"second"}"#,
);
const UNAUTHORIZED: Answer = ("401 Unauthorized", "");

/// A client of `service` with a secret at `issuer`.
fn client(service: &Canned, issuer: &Canned) -> Client {
    let token_url = format!("{}/contoso/oauth2/v2.0/token", issuer.origin);
    let credential = ClientCredentials::new(token_url, "app", SECRET).unwrap();
    let builder = service.builder().retry(patience());
    builder.credential(credential).build().unwrap()
}

async fn get(client: &Client) -> Result<(), Error> {
    let get = client.get_connection().connection_id("contosohr");
    get.send().await.map(drop)
}

/// The tokens that came with the requests.
fn tokens(service: &Canned) -> Vec<String> {
    let requests = service.requests();
    let headers = requests.iter().filter_map(|it| it.header("authorization"));
    headers.map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn secret_becomes_a_token_that_is_used_again() {
    let issuer = Canned::start(&[FIRST]).await;
    let service = Canned::start(&[OK, OK]).await;
    let client = client(&service, &issuer);
    get(&client).await.unwrap();
    get(&client.clone()).await.unwrap();

    assert_eq!(tokens(&service), ["bearer first", "bearer first"]);
    let grant = issuer.request();
    assert_eq!(grant.line, "POST /contoso/oauth2/v2.0/token HTTP/1.1");
    assert_eq!(
        grant.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(grant.header("authorization"), None);
    assert_eq!(
        grant.body,
        "grant_type=client_credentials&client_id=app&client_secret=hunter2%26%3D%25\
         &scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
    );
}

#[tokio::test]
async fn parameters_of_an_issuer_are_sent_behind_those_of_the_grant() {
    let issuer = Canned::start(&[FIRST]).await;
    let service = Canned::start(&[OK]).await;
    let credential = ClientCredentials::new(&issuer.origin, "app", SECRET).unwrap();
    let credential = credential.parameter("audience", "api://a b");
    let client = service.builder().credential(credential).build().unwrap();
    get(&client).await.unwrap();
    let body = issuer.request().body;
    assert!(body.ends_with("&audience=api%3A%2F%2Fa+b"), "{body}");
}

#[tokio::test]
async fn many_requests_ask_for_one_token() {
    let issuer = Canned::start(&[FIRST, SECOND]).await;
    let service = Canned::start(&[OK; 20]).await;
    let client = client(&service, &issuer);
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(issuer.requests().len(), 1);
    assert_eq!(tokens(&service), ["bearer first"; 20]);
}

#[tokio::test]
async fn token_at_its_end_is_not_used_again() {
    const BRIEF: Answer = (
        JSON_200,
        r#"{"token_type":"Bearer","expires_in":0,"access_token":"brief"}"#,
    );
    let issuer = Canned::start(&[BRIEF, SECOND]).await;
    let service = Canned::start(&[OK; 3]).await;
    let client = client(&service, &issuer);
    for _ in 0..3 {
        get(&client).await.unwrap();
    }
    assert_eq!(
        tokens(&service),
        ["bearer brief", "bearer second", "bearer second"]
    );
}

#[tokio::test]
async fn token_that_is_no_longer_taken_is_replaced_once() {
    let issuer = Canned::start(&[FIRST, SECOND]).await;
    let service = Canned::start(&[OK, UNAUTHORIZED, UNAUTHORIZED, UNAUTHORIZED]).await;
    let client = client(&service, &issuer);
    get(&client).await.unwrap();
    for _ in 0..2 {
        let error = get(&client).await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    }
    // The second token was never taken: a third would not be either.
    assert_eq!(
        tokens(&service),
        [
            "bearer first",
            "bearer first",
            "bearer second",
            "bearer second"
        ]
    );
    assert_eq!(issuer.requests().len(), 2);
}

#[tokio::test]
async fn revoked_token_costs_the_caller_nothing() {
    let issuer = Canned::start(&[FIRST, SECOND]).await;
    let service = Canned::start(&[OK, UNAUTHORIZED, ("204 No Content", "")]).await;
    let client = client(&service, &issuer);
    get(&client).await.unwrap();
    client
        .update_connection()
        .connection_id("contosohr")
        .body_map(|body| body.name("Contoso HR".to_owned()))
        .send()
        .await
        .unwrap();
    let [_, refused, repeated] = service.requests().try_into().unwrap();
    assert_eq!(refused.body, repeated.body);
    assert_eq!(repeated.header("authorization"), Some("bearer second"));
}

#[tokio::test]
async fn fixed_token_is_not_sent_twice() {
    let service = Canned::start(&[OK, UNAUTHORIZED, OK]).await;
    let client = service.patient_client();
    get(&client).await.unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(service.requests().len(), 2);
}

#[tokio::test]
async fn busy_token_endpoint_is_asked_again() {
    let busy = ("503 Service Unavailable\r\nretry-after: 0", "");
    let issuer = Canned::start(&[busy, busy, FIRST]).await;
    let service = Canned::start(&[OK]).await;
    get(&client(&service, &issuer)).await.unwrap();
    assert_eq!(issuer.requests().len(), 3);
}

#[tokio::test]
async fn refusals_are_told_without_the_secret() {
    let table: [(Answer, &str); 9] = [
        (
            (
                "400 Bad Request\r\ncontent-type: application/json",
                r#"{"error":"\u001b[31m","error_description":"\u202e\u009b2J"}"#,
            ),
            "the token endpoint answered 400 \\u{1b}[31m: \\u{202e}\\u{9b}2J",
        ),
        (
            (
                "401 Unauthorized\r\ncontent-type: application/json",
                r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret hunter2&=%."}"#,
            ),
            "the token endpoint answered 401 invalid_client: AADSTS7000215: Invalid client secret ….",
        ),
        (
            ("400 Bad Request", "<html>client_secret=hunter2&=%</html>"),
            "the token endpoint answered 400",
        ),
        (
            (
                "307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/",
                "",
            ),
            "the token endpoint answered 307",
        ),
        (
            (JSON_200, "<html>sign in</html>"),
            "the token endpoint's answer has no token",
        ),
        (
            (JSON_200, r#"{"token_type":"Bearer","access_token":7}"#),
            "the token endpoint's answer has no token",
        ),
        (
            (JSON_200, r#"{"token_type":"mac","access_token":"t"}"#),
            "the token is of another type than Bearer",
        ),
        (
            (
                JSON_200,
                r#"{"token_type":"Bearer","access_token":"hunter2\r\nx: y"}"#,
            ),
            "the token has characters that a header cannot carry",
        ),
        (
            (JSON_200, r#"{"token_type":"Bearer","access_token":""}"#),
            "the token is empty",
        ),
    ];
    for (answer, message) in table {
        let issuer = Canned::start(&[answer]).await;
        let service = Canned::start(&[]).await;
        let client = client(&service, &issuer);
        let error = get(&client).await.unwrap_err();
        assert!(matches!(error, Error::Credential(_)), "{error:?}");
        assert_eq!(error.to_string(), "the credential gave no token");
        assert_eq!(error.source().unwrap().to_string(), message);
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
        assert!(!format!("{client:?}").contains("hunter2"), "{client:?}");
        assert!(
            service.requests().is_empty(),
            "nothing is sent without a token"
        );
    }
}

#[tokio::test]
async fn secret_does_not_follow_a_redirect() {
    let elsewhere = Canned::start(&[FIRST]).await;
    let head = format!("307 Temporary Redirect\r\nlocation: {}/", elsewhere.origin);
    let issuer = Canned::start(&[(head.leak(), "")]).await;
    let service = Canned::start(&[]).await;
    get(&client(&service, &issuer)).await.unwrap_err();
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn answer_without_end_is_given_up() {
    let page = "x".repeat(200 * 1024);
    let issuer = Canned::start(&[(JSON_200, page.leak())]).await;
    let service = Canned::start(&[]).await;
    let error = get(&client(&service, &issuer)).await.unwrap_err();
    assert_eq!(
        error.source().unwrap().to_string(),
        "the token endpoint's answer is longer than 131072 bytes"
    );
}
