//! Answers of Microsoft Graph, as they were recorded or are documented: the client that talks to this server reads them, its base URL
//! apart. Each file of `tests/fixtures/graph` says which page it is from.

use graph_connections::client::{Client, StatusCode, TryStreamExt, types::ConnectionState};
use serde_json::Value;

use crate::canned::Canned;

/// The base URLs of Microsoft Graph.
const GRAPH: &str = "https://graph.microsoft.com";

/// A recorded answer on a server of its own, and a client for it.
struct Recorded {
    server: Canned,
    client: Client,
    /// The request line that the recorded request has.
    line: String,
}

impl Recorded {
    async fn start(fixture: &str) -> Self {
        let fixture: Value = serde_json::from_str(fixture).unwrap();
        assert!(fixture["page"].as_str().unwrap().starts_with("https://"));
        let head = format!(
            "{}\r\ncontent-type: application/json",
            fixture["status"].as_str().unwrap()
        );
        let body = fixture["body"].to_string();
        let server = Canned::start(&[(head.leak(), body.leak())]).await;

        let (method, url) = fixture["request"]
            .as_str()
            .unwrap()
            .split_once(' ')
            .unwrap();
        let path = url.strip_prefix(GRAPH).unwrap();
        let (version, _) = path[1..].split_once('/').unwrap();
        // What makes it a client of Graph, or of this server, is this string.
        let client = |origin: &str| Client::builder(format!("{origin}/{version}")).build();
        client(GRAPH).unwrap();
        Self {
            client: client(&server.origin).unwrap(),
            server,
            line: format!("{method} {path} HTTP/1.1"),
        }
    }

    fn assert_asked_as_recorded(&self) {
        assert_eq!(self.server.request().line, self.line);
    }
}

#[tokio::test]
async fn created_connection_of_beta_is_read() {
    let recorded = Recorded::start(include_str!("../fixtures/graph/create.json")).await;
    let created = recorded
        .client
        .create_connection()
        .body_map(|body| {
            body.id("TestConnectionForCLI".to_owned())
                .name("Twitter Connector")
        })
        .send()
        .await
        .unwrap();
    recorded.assert_asked_as_recorded();
    assert_eq!(created.status(), StatusCode::CREATED);
    assert_eq!(created.id.as_deref(), Some("TestConnectionForCLI"));
    assert_eq!(created.state, None);
    let configuration = created.configuration.as_ref().unwrap();
    assert_eq!(configuration.authorized_app_ids.as_ref().unwrap().len(), 1);
}

#[tokio::test]
async fn connection_without_members_that_came_later_is_read() {
    let recorded = Recorded::start(include_str!("../fixtures/graph/get.json")).await;
    let get = recorded.client.get_connection().connection_id("CLITest");
    let connection = get.send().await.unwrap();
    recorded.assert_asked_as_recorded();
    assert_eq!(connection.state, Some(ConnectionState::Draft));
    assert_eq!(connection.content_category, None);
}

#[tokio::test]
async fn settings_without_metadata_are_read() {
    let fixture = include_str!("../fixtures/graph/get-with-settings.json");
    let recorded = Recorded::start(fixture).await;
    let get = recorded
        .client
        .get_connection()
        .connection_id("msgraphdocs");
    let connection = get.send().await.unwrap().into_inner();
    recorded.assert_asked_as_recorded();
    let templates = connection
        .search_settings
        .unwrap()
        .search_result_templates
        .unwrap();
    assert_eq!(templates[0].layout["$data"]["title"], "Contoso Solutions");
    let resolvers = connection
        .activity_settings
        .unwrap()
        .url_to_item_resolvers
        .unwrap();
    assert_eq!(resolvers[0].item_id, "auth__{slug}");
}

#[tokio::test]
async fn collection_is_read_to_its_end() {
    let recorded = Recorded::start(include_str!("../fixtures/graph/list.json")).await;
    let ids: Vec<_> = recorded
        .client
        .connections()
        .map_ok(|connection| connection.id.unwrap())
        .try_collect()
        .await
        .unwrap();
    recorded.assert_asked_as_recorded();
    assert_eq!(ids, ["contosohr", "contosofinance"]);
}

#[tokio::test]
async fn error_of_the_connectors_workload_is_read() {
    let recorded = Recorded::start(include_str!("../fixtures/graph/not-found.json")).await;
    let get = recorded
        .client
        .get_connection()
        .connection_id("msgraphdocs");
    let error = get.send().await.unwrap_err();
    recorded.assert_asked_as_recorded();
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.code(), Some("ItemNotFound"));
    // With what `innerError` says besides: which resource there is none of.
    assert_eq!(
        error.to_string(),
        "404 ItemNotFound: The requested resource does not exist. 'Connection' was not found. (request-id a844db09-1ab3-4209-aea8-ee5b8b72949a)"
    );
}
