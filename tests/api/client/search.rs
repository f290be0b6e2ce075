//! Search, retrieval and explanations by the client: two users get different answers.

use graph_connections::client::{
    Client, Error, StatusCode, StreamExt, TryStreamExt, stream,
    types::{
        AccessType, AccessVerdict, Acl, AclType, Explanation, ExternalItemContent,
        ExternalItemContentType, ExternalItemPut, RetrievalDataSource, SearchEntityType,
        SearchOutcome, SearchQuery, SearchRequest, builder,
    },
};
use serde_json::{Value, json};

use super::connector::{item, ready};
use crate::harness::Server;

/// An object id.
const AMY: &str = "1431b9c3-8ee6-47f6-a7c5-2f1b7e2a9c11";

/// A search in all connections.
fn search(query: &str) -> builder::SearchRequest {
    let query: SearchQuery = SearchQuery::builder()
        .query_string(query)
        .try_into()
        .expect("a query");
    SearchRequest::builder()
        .entity_types([SearchEntityType::ExternalItem])
        .content_sources(vec!["Connectors".to_owned()])
        .query(query)
}

/// The titles of all hits, in their order.
async fn titles(client: &Client, search: builder::SearchRequest) -> Vec<Value> {
    let hits = client.search_hits(search);
    let title = |hit: graph_connections::client::types::SearchHit| {
        hit.resource
            .properties
            .get("title")
            .cloned()
            .expect("a title")
    };
    hits.map_ok(title).try_collect().await.expect("hits")
}

/// Five items for everyone and one for Amy, all with the word *holiday*.
async fn indexed(client: &Client) {
    ready(client).await;
    let mut items: Vec<(String, ExternalItemPut)> = (0..5)
        .map(|n| {
            (
                format!("all{n}"),
                item(json!({ "title": format!("Holiday {n}") })),
            )
        })
        .collect();
    let mut hers = item(json!({ "title": "Bonus" }));
    hers.acl = vec![Acl {
        access_type: AccessType::Grant,
        identity_source: None,
        type_: AclType::User,
        value: AMY.to_owned(),
    }];
    hers.content = Some(ExternalItemContent {
        odata_type: None,
        type_: ExternalItemContentType::Text,
        value: Some("A holiday bonus is paid. It is 500 euros.".to_owned()),
    });
    items.push(("hers".to_owned(), hers));
    let mut results = client.put_items("contosohr", stream::iter(items)).send();
    while let Some((id, result)) = results.next().await {
        result.unwrap_or_else(|error| panic!("{id}: {error}"));
    }
}

#[tokio::test]
async fn hits_are_those_that_the_user_may_see_over_all_pages() {
    let server = Server::start();
    indexed(&server.client()).await;
    let amy = server.client_with(&server.token(&["--user", AMY]));
    let bob = server.client_with(&server.token(&["--user", "bob"]));
    let whole = titles(&amy, search("holiday")).await;
    assert_eq!(whole.len(), 6, "{whole:?}");
    assert!(whole.contains(&json!("Bonus")), "{whole:?}");
    let his = titles(&bob, search("holiday")).await;
    assert_eq!(his.len(), 5, "{his:?}");
    assert!(!his.contains(&json!("Bonus")), "{his:?}");
    for size in [1, 2, 5, 6, 7] {
        let pages = titles(&amy, search("holiday").size(size)).await;
        assert_eq!(pages, whole, "pages of {size}");
    }
    assert_eq!(
        titles(&amy, search("holiday").from(4).size(1)).await,
        whole[4..]
    );
    assert_eq!(titles(&amy, search("absence")).await, [Value::Null; 0]);
}

/// As many groups of a user, and entries of an item, as are to hold.
#[tokio::test]
async fn a_user_of_1200_groups_sees_an_item_of_400_entries_by_the_last() {
    let server = Server::start();
    let client = server.client();
    ready(&client).await;
    let entry = |access_type, no: u32| Acl {
        access_type,
        identity_source: None,
        type_: AclType::Group,
        value: format!("1431b9c3-8ee6-47f6-a7c5-{no:012x}"),
    };
    let mut seen = item(json!({ "title": "Holiday" }));
    seen.acl = (0..400)
        .map(|no| entry(AccessType::Grant, 1_599 - no))
        .collect();
    let mut denied = seen.clone();
    denied.acl[399] = entry(AccessType::Deny, 1_199);
    let items = [("seen".to_owned(), seen), ("denied".to_owned(), denied)];
    let mut results = client.put_items("contosohr", stream::iter(items)).send();
    while let Some((id, result)) = results.next().await {
        result.unwrap_or_else(|error| panic!("{id}: {error}"));
    }
    let groups = |from: u32| {
        let groups = (from..from + 1_200).map(|no| entry(AccessType::Grant, no).value);
        groups.collect::<Vec<_>>().join(",")
    };
    // The last entry of each names him; none does.
    for (from, hits) in [(1, 1), (2_000, 0)] {
        let token = server.token(&["--user", AMY, "--groups", &groups(from)]);
        assert!(token.len() > 60_000, "{}", token.len());
        let found = titles(&server.client_with(&token), search("holiday")).await;
        assert_eq!(found.len(), hits, "groups from {from}");
    }
}

#[tokio::test]
async fn client_explains_and_retrieves() {
    let server = Server::start();
    let client = server.client();
    indexed(&client).await;
    let explain = async |user: &str| -> Explanation {
        let explain = client
            .explain_item()
            .connection_id("contosohr")
            .item_id("hers");
        let explain = explain.body_map(|body| body.user(user.to_owned()).query("bonus".to_owned()));
        explain.send().await.expect("an explanation").into_inner()
    };
    let hers = explain(AMY).await;
    assert_eq!(hers.verdict, AccessVerdict::Granted);
    let found = hers.query.expect("a query was asked for");
    assert!(found.is_found, "{found:?}");
    let his = explain("bob").await;
    assert_eq!(his.verdict, AccessVerdict::NotNamed);
    assert!(!his.entries[0].is_match, "{his:?}");
    let outcome = his.query.expect("a query was asked for").outcome;
    assert_eq!(outcome, SearchOutcome::Trimmed);

    let retrieve = async |user: &str| {
        let client = server.client_with(&server.token(&["--user", user]));
        let question = client.retrieve().body_map(|body| {
            body.query_string("How large is the bonus?")
                .data_source(RetrievalDataSource::ExternalItem)
                .resource_metadata(vec!["title".to_owned()])
        });
        let answer = question.send().await.expect("an answer").into_inner();
        answer.retrieval_hits
    };
    let retrieved = retrieve(AMY).await;
    assert_eq!(retrieved.len(), 1, "{retrieved:?}");
    assert_eq!(retrieved[0].resource_metadata["title"], "Bonus");
    let text = &retrieved[0].extracts[0].text;
    assert_eq!(text, "A holiday bonus is paid. It is 500 euros.");
    assert!(retrieve("bob").await.is_empty());
}

#[tokio::test]
async fn searches_that_are_refused_end_the_stream() {
    let server = Server::start();
    let client = server.client();
    ready(&client).await;
    let refused = async |client: &Client, query: &str| {
        let hits: Result<Vec<_>, Error> = client.search_hits(search(query)).try_collect().await;
        hits.expect_err("an error")
    };
    let error = refused(&client, "title:(").await;
    assert_eq!(error.code(), Some("BadRequest"), "{error}");
    let service = error.service().expect("an answer");
    let target = service.details[0].target.as_deref();
    assert_eq!(target, Some("/requests/0/query/queryString"));
    assert!(service.details[0].message.contains("(position "), "{error}");

    let app = server.client_with(&server.token(&["--app-only"]));
    let error = refused(&app, "*").await;
    assert_eq!(error.status(), Some(StatusCode::FORBIDDEN), "{error}");
}
