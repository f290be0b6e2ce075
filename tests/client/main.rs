//! The client against prepared answers: what it puts on the wire, and what it makes of answers that a well-behaved server does not
//! give. The service's own tests use the same client against the service.

mod canned;
mod credentials;
mod faults;
mod items;
mod operations;
mod proxy;
mod recorded;
mod search;

use std::time::Duration;

use canned::Canned;
use graph_connections::client::{
    Client, Error, Patch, RetryPolicy, StatusCode, TryStreamExt, types,
};
use serde_json::{Value, json};

const JSON_200: &str = "200 OK\r\ncontent-type: application/json";

#[tokio::test]
async fn create_sends_what_is_set_and_reads_the_connection() {
    let server = Canned::start(&[(
        "201 Created\r\ncontent-type: application/json\r\nlocation: http://x/v1.0/external/connections/contosohr",
        r#"{"@odata.context":"c","id":"contosohr","name":"Contoso HR","state":"draft","description":null,"configuration":
            {"authorizedApps":["a"],"authorizedAppIds":["a"]},"contentCategory":"uncategorized","ingestedItemsCount":null,"more":1}"#,
    )])
    .await;
    let created = server
        .client()
        .create_connection()
        .body_map(|body| body.id("contosohr".to_owned()).name("Contoso HR"))
        .send()
        .await
        .unwrap();

    assert_eq!(created.status(), StatusCode::CREATED);
    assert!(created.headers().contains_key("location"));
    assert_eq!(created.state, Some(types::ConnectionState::Draft));
    assert_eq!(created.description, None);
    let request = server.request();
    assert_eq!(request.line, "POST /v1.0/external/connections HTTP/1.1");
    assert_eq!(
        serde_json::from_str::<Value>(&request.body).unwrap(),
        json!({"id": "contosohr", "name": "Contoso HR"})
    );
    let authorization = format!("authorization: bearer {}", canned::TOKEN.to_lowercase());
    assert!(request.head.contains(&authorization));
    assert!(request.head.contains("accept: application/json"));
    assert!(request.head.contains("user-agent: graph-connections/"));
    assert!(!request.head.contains("api-version"));
}

#[tokio::test]
async fn update_tells_null_from_absence_and_from_an_empty_list() {
    let server = Canned::start(&[("204 No Content", "")]).await;
    server
        .client()
        .update_connection()
        .connection_id("contosohr")
        .body_map(|body| {
            body.description(Patch::Null)
                .enabled_content_experiences(Patch::Value("search".to_owned()))
                .search_settings(Patch::Null)
                .configuration(Patch::Value(types::ConnectionConfiguration {
                    authorized_app_ids: Some(Vec::new()),
                    ..Default::default()
                }))
        })
        .send()
        .await
        .unwrap();

    let request = server.request();
    assert_eq!(
        request.line,
        "PATCH /v1.0/external/connections/contosohr HTTP/1.1"
    );
    assert_eq!(
        serde_json::from_str::<Value>(&request.body).unwrap(),
        json!({
            "description": null,
            "enabledContentExperiences": "search",
            "searchSettings": null,
            "configuration": {"authorizedAppIds": []},
        })
    );
}

#[tokio::test]
async fn values_that_came_later_do_not_break_reading() {
    let server = Canned::start(&[(
        JSON_200,
        r##"{"state":"archived","contentCategory":"podcasts","activitySettings":{"urlToItemResolvers":[
            {"@odata.type":"#microsoft.graph.externalConnectors.itemIdResolver","itemId":"a","priority":1},
            {"@odata.type":"microsoft.graph.externalConnectors.itemIdResolver","itemId":"b","urlMatchInfo":null}]},
            "searchSettings":{"searchResultTemplates":[{"id":"t","priority":0,"layout":{"type":"AdaptiveCard","x":[1]}}]}}"##,
    )])
    .await;
    let connection = server
        .client()
        .get_connection()
        .connection_id("contosohr")
        .select("state")
        .send()
        .await
        .unwrap()
        .into_inner();

    assert_eq!(
        connection.state,
        Some(types::ConnectionState::UnknownFutureValue)
    );
    assert_eq!(
        connection.content_category,
        Some(types::ContentCategory::UnknownFutureValue)
    );
    let resolvers = connection
        .activity_settings
        .unwrap()
        .url_to_item_resolvers
        .unwrap();
    assert_eq!(resolvers[1].item_id, "b");
    let templates = connection
        .search_settings
        .unwrap()
        .search_result_templates
        .unwrap();
    assert_eq!(templates[0].layout["x"], json!([1]));
}

#[tokio::test]
async fn count_is_a_number_and_asked_for_as_text() {
    let server = Canned::start(&[("200 OK\r\ncontent-type: text/plain", "42")]).await;
    let count = server
        .client()
        .count_connections()
        .filter("state eq 'ready'")
        .send()
        .await
        .unwrap();
    assert_eq!(*count, 42);
    let request = server.request();
    assert!(
        request
            .line
            .starts_with("GET /v1.0/external/connections/$count?%24filter=state")
    );
    assert!(request.head.contains("accept: text/plain"));
}

#[tokio::test]
async fn error_carries_what_the_service_says() {
    let server = Canned::start(&[(
        "429 Too Many Requests\r\ncontent-type: application/json\r\nrequest-id: in-header\r\nretry-after: 7",
        r#"{"error":{"code":"activityLimitReached","message":"Too many.","target":"/id","details":[{"code":"c","message":"is bad",
            "target":"/id"}],"innerError":{"date":"d","request-id":"in-body","client-request-id":"q"}}}"#,
    )])
    .await;
    let error = server.get_error().await;

    assert_eq!(error.code(), Some("activityLimitReached"));
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(
        error.to_string(),
        "429 activityLimitReached: Too many.; /id is bad (request-id in-header)"
    );
    let error = error.service().unwrap();
    assert_eq!(error.target.as_deref(), Some("/id"));
    assert_eq!(error.details[0].code, "c");
    assert_eq!(error.request_id.as_deref(), Some("in-header"));
    assert_eq!(error.retry_after, Some(Duration::from_secs(7)));
    let sent = server.request();
    assert_eq!(
        sent.header("client-request-id"),
        Some(&*error.client_request_id.to_string())
    );
}

#[tokio::test]
async fn foreign_errors_keep_the_status() {
    let table = [
        (
            "502 Bad Gateway\r\ncontent-type: text/html",
            "<html>nginx</html>",
            "502 Bad Gateway, not an OData error: <html>nginx</html>",
        ),
        ("401 Unauthorized", "", "401 Unauthorized, without a body"),
        (
            "307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/",
            "",
            "307 Temporary Redirect, which the operation does not declare",
        ),
    ];
    for (head, body, message) in table {
        let server = Canned::start(&[(head, body)]).await;
        let error = server.get_error().await;
        assert_eq!(error.to_string(), message);
        assert_eq!(error.code(), None);
        assert_eq!(error.status().unwrap().as_str(), &head[..3]);
    }
}

#[tokio::test]
async fn unreadable_success_and_no_answer_are_told_apart() {
    let server = Canned::start(&[(JSON_200, "<html>sign in</html>")]).await;
    assert!(matches!(server.get_error().await, Error::Decode { .. }));

    // Port 1 is reserved, nothing listens there.
    let client = Client::builder("http://127.0.0.1:1/v1.0")
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let error = client.list_connections().send().await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }));
    assert!(std::error::Error::source(&error).is_some());
    assert!(error.client_request_id().is_some());

    let error = client.get_connection().send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)));
}

#[tokio::test]
async fn connections_follow_next_links_as_they_are() {
    let server = Canned::start(&[
        (
            JSON_200,
            r#"{"value":[{"id":"a"},{"id":"b"}],"@odata.nextLink":"{origin}/beta/connections?$skiptoken=a-_~b&$select=id"}"#,
        ),
        (
            JSON_200,
            r#"{"value":[],"@odata.nextLink":"{origin}/v1.0/external/connections?%24skiptoken=c"}"#,
        ),
        (JSON_200, r#"{"value":[{"id":"c"}]}"#),
    ])
    .await;
    let client = server.client();
    let all: Vec<_> = client
        .connections_with(|list| list.select("id").top(2))
        .map_ok(|connection| connection.id.unwrap())
        .try_collect()
        .await
        .unwrap();

    assert_eq!(all, ["a", "b", "c"]);
    let requests = server.requests();
    let lines: Vec<_> = requests.iter().map(|request| &*request.line).collect();
    assert_eq!(
        lines,
        [
            "GET /v1.0/external/connections?%24select=id&%24top=2 HTTP/1.1",
            "GET /beta/connections?$skiptoken=a-_~b&$select=id HTTP/1.1",
            "GET /v1.0/external/connections?%24skiptoken=c HTTP/1.1",
        ]
    );
    for request in requests {
        assert!(request.head.contains("authorization: bearer"));
    }
}

#[tokio::test]
async fn next_link_to_another_origin_is_refused() {
    let links = [
        r#"{"value":[{"id":"a"}],"@odata.nextLink":"http://localhost.example/v1.0/external/connections"}"#,
        r#"{"value":[{"id":"a"}],"@odata.nextLink":"http://127.0.0.1:1/v1.0/external/connections"}"#,
        r#"{"value":[{"id":"a"}],"@odata.nextLink":"https://127.0.0.1/v1.0/external/connections"}"#,
        r#"{"value":[{"id":"a"}],"@odata.nextLink":"/v1.0/external/connections"}"#,
        r#"{"value":[{"id":"a"}],"@odata.nextLink":"http://user:password@{host}/v1.0/external/connections"}"#,
    ];
    for link in links {
        let server = Canned::start(&[(JSON_200, link)]).await;
        let client = server.client();
        let mut all = client.connections();
        assert!(all.try_next().await.unwrap().is_some());
        assert!(matches!(
            all.try_next().await,
            Err(Error::InvalidRequest(_))
        ));
        assert!(all.try_next().await.unwrap().is_none());
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn next_links_in_a_circle_end_the_stream() {
    let to_itself = (
        JSON_200,
        r#"{"value":[{"id":"a"}],"@odata.nextLink":"{origin}/v1.0/external/connections"}"#,
    );
    let to_a = (
        JSON_200,
        r#"{"value":[{"id":"a"}],"@odata.nextLink":"{origin}/v1.0/external/connections?$skiptoken=a"}"#,
    );
    let to_b = (
        JSON_200,
        r#"{"value":[{"id":"a"}],"@odata.nextLink":"{origin}/v1.0/external/connections?$skiptoken=b"}"#,
    );
    for (pages, requests) in [
        ([to_itself; 4], 2),
        ([to_a; 4], 2),
        ([to_a, to_b, to_a, to_b], 3),
    ] {
        let server = Canned::start(&pages).await;
        let client = server.client();
        let mut all = client.connections();
        for _ in 0..requests {
            assert!(all.try_next().await.unwrap().is_some());
        }
        let error = all.try_next().await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert!(all.try_next().await.unwrap().is_none());
        assert_eq!(server.requests().len(), requests);
    }
}

#[tokio::test]
async fn identifiers_stay_inside_of_the_collection() {
    let server = Canned::start(&[("204 No Content", ""); 6]).await;
    let client = server.client();
    for id in ["", ".", ".."] {
        let deleted = client.delete_connection().connection_id(id).send().await;
        let error = deleted.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{id}: {error:?}");
    }
    assert!(server.requests().is_empty(), "nothing is sent");
    for (id, segment) in [
        ("%2e%2e", "%252e%252e"),
        ("../x", "..%2Fx"),
        ("..\\..\\x", "..%5C..%5Cx"),
        ("..\t", "..%09"),
        ("a?b#c", "a%3Fb%23c"),
        ("...", "..."),
    ] {
        // Whatever comes of it.
        let _ = client.delete_connection().connection_id(id).send().await;
        let sent = server.requests().pop().expect("a request");
        let line = format!("DELETE /v1.0/external/connections/{segment} HTTP/1.1");
        assert_eq!(sent.line, line);
    }
}

#[tokio::test]
async fn texts_of_the_service_cannot_play_tricks_on_a_terminal() {
    const MEAN: &str = r#"{"error":{"code":"a\u001b[31m","message":"b\u009b2J\n\u202egnihton","details":[{"code":"c","message":"\u2066d",
        "target":"\u0007e"}],"innerError":{"request-id":"f\u007f\u2028"}}}"#;
    let page = ("502 Bad Gateway", "<p>\u{9b}2J\u{202e}\u{1b}[31m</p>");
    let answers = [("400 Bad Request", MEAN), page];
    let mut shown = Vec::new();
    for answer in answers {
        let server = Canned::start(&[answer]).await;
        shown.push(server.get_error().await.to_string());
    }
    let wrong_type = (JSON_200, r#"{"id":"a","configuration":"\u009b2J\u202e"}"#);
    let server = Canned::start(&[wrong_type]).await;
    let error = server.get_error().await;
    let cause = std::error::Error::source(&error).expect("a cause");
    shown.push(cause.to_string());
    for text in shown {
        let tricks = |c: char| c.is_control() || ('\u{2028}'..='\u{2069}').contains(&c);
        assert!(!text.contains(tricks), "{text:?}");
    }
}

#[tokio::test]
async fn error_on_a_later_page_is_the_stream_s_last_item() {
    let server = Canned::start(&[
        (
            JSON_200,
            r#"{"value":[{"id":"a"}],"@odata.nextLink":"{origin}/v1.0/external/connections?$skiptoken=x"}"#,
        ),
        ("503 Service Unavailable\r\nretry-after: 1", ""),
    ])
    .await;
    let client = server.client();
    let mut all = client.connections();
    assert!(all.try_next().await.unwrap().is_some());
    let error = all.try_next().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert!(all.try_next().await.unwrap().is_none());
}

impl Canned {
    /// The error of a request for a connection.
    async fn get_error(&self) -> Error {
        let client = self.client();
        let answer = client.get_connection().connection_id("nope").send().await;
        answer.unwrap_err()
    }
}
