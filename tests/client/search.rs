//! Search: hits over pages, and errors in a form of their own.

use graph_connections::client::{
    Error, TryStreamExt,
    types::{SearchEntityType, SearchHit, SearchQuery, SearchRequest, builder},
};
use serde_json::{Value, json};

use crate::{JSON_200, canned::Canned};

fn search() -> builder::SearchRequest {
    let query = SearchQuery::builder().query_string("*");
    let query: SearchQuery = query.try_into().expect("a query");
    SearchRequest::builder()
        .entity_types([SearchEntityType::ExternalItem])
        .content_sources(vec!["Connectors".to_owned()])
        .query(query)
}

/// An answer with hits of these identifiers.
fn page(ids: &[&str], has_more: bool) -> &'static str {
    let hit = |id: &&str| {
        json!({ "hitId": id, "rank": 1, "summary": "<ddd/>", "contentSource": "/external/connections/a",
            "resource": { "@odata.type": "#microsoft.graph.externalConnectors.externalItem", "properties": { "a": id } } })
    };
    let hits: Vec<Value> = ids.iter().map(hit).collect();
    let container = json!({ "hits": hits, "total": 3, "moreResultsAvailable": has_more });
    json!({ "value": [{ "searchTerms": [], "hitsContainers": [container] }] })
        .to_string()
        .leak()
}

#[tokio::test]
async fn hits_are_read_page_after_page() {
    let answers = [
        (JSON_200, page(&["a", "b"], true)),
        (JSON_200, page(&["c"], false)),
    ];
    let server = Canned::start(&answers).await;
    let client = server.client();
    let hits: Vec<SearchHit> = client
        .search_hits(search().from(5).size(2))
        .try_collect()
        .await
        .expect("hits");
    let ids: Vec<_> = hits.iter().map(|hit| hit.hit_id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(hits[2].resource.properties["a"], "c");
    let requests = server.requests();
    let sent: Vec<Value> = requests
        .iter()
        .map(|request| {
            assert_eq!(request.line, "POST /v1.0/search/query HTTP/1.1");
            let body: Value = serde_json::from_str(&request.body).expect("JSON");
            body["requests"][0].clone()
        })
        .collect();
    let expected = |from: u32| {
        json!({ "entityTypes": ["externalItem"], "contentSources": ["Connectors"], "query": { "queryString": "*" },
            "from": from, "size": 2 })
    };
    assert_eq!(sent, [expected(5), expected(7)]);
}

#[tokio::test]
async fn hits_that_are_never_given_end_the_stream() {
    let server = Canned::start(&[(JSON_200, page(&[], true))]).await;
    let client = server.client();
    let hits: Result<Vec<_>, _> = client.search_hits(search()).try_collect().await;
    assert!(matches!(hits, Err(Error::InvalidRequest(_))), "{hits:?}");
    let unfinished = SearchRequest::builder();
    let hits: Result<Vec<_>, _> = client.search_hits(unfinished).try_collect().await;
    assert!(matches!(hits, Err(Error::InvalidRequest(_))), "{hits:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn errors_of_search_are_read_like_others() {
    let server = Canned::start(&[(
        "400 Bad Request\r\ncontent-type: application/json",
        r#"{"error":{"code":"BadRequest","message":"SearchRequest Invalid (m)","target":"","details":[
            {"code":"InvalidValue","message":"is required","target":"/requests/0/query","httpCode":400}],"httpCode":400,
            "innerError":{"request-id":"r"}},"Instrumentation":{"TraceId":"r"}}"#,
    )])
    .await;
    let client = server.client();
    let hits: Result<Vec<_>, _> = client.search_hits(search()).try_collect().await;
    let error = hits.expect_err("an error");
    assert_eq!(
        error.to_string(),
        "400 BadRequest: SearchRequest Invalid (m); /requests/0/query is required (request-id r)"
    );
}
