//! `search`: items that match, by relevance. Names and form are those that ChatGPT's and Copilot's connectors expect.
//! Source: OpenAI, "Building MCP servers for ChatGPT and API integrations", `search`.

use rmcp::model::Tool;
use serde_json::{Value, json};

use crate::{
    api::{
        error::ApiError,
        generated::{SERVERS, types},
        search::searched,
        service::{Api, Call},
    },
    domain::search::{Heading, Hit},
};

use super::super::{arguments::Arguments, described::read_only, schemas};

const DESCRIPTION: &str = "Finds items that the user may see, the most relevant first. The query is in the Keyword Query Language (KQL): words \
     side by side must all be there; there are \"phrases\", prefix*, OR, NOT, parentheses and restrictions of properties such as \
     priority>=2; * finds everything. Read what was found with fetch.";

pub(super) fn tool() -> Tool {
    let input = schemas::object(
        &[
            ("query", schemas::member("SearchQuery", "queryString")),
            ("connections", schemas::connections()),
            ("size", schemas::member("SearchRequest", "size")),
            ("from", schemas::member("SearchRequest", "from")),
        ],
        &["query"],
    );
    let text = |description: &str| json!({ "type": "string", "description": description });
    let result = schemas::object(
        &[
            ("id", schemas::id()),
            (
                "title",
                text("The property labelled `title`; the item's identifier if there is none."),
            ),
            (
                "url",
                text(
                    "The property labelled `url`; the item's address in the API if there is none.",
                ),
            ),
            ("summary", schemas::member("SearchHit", "summary")),
            (
                "connection",
                schemas::member("RetrievalConnection", "connectionId"),
            ),
            ("rank", schemas::member("SearchHit", "rank")),
        ],
        &["id", "title", "url", "summary", "connection", "rank"],
    );
    let output = schemas::object(
        &[
            ("results", json!({ "type": "array", "items": &*result })),
            ("total", schemas::member("SearchHitsContainer", "total")),
            (
                "moreResultsAvailable",
                schemas::member("SearchHitsContainer", "moreResultsAvailable"),
            ),
            (
                "hint",
                text("Why nothing was found, as far as the user may know it."),
            ),
        ],
        &["results", "total", "moreResultsAvailable"],
    );
    read_only("search", "Search", DESCRIPTION, input, output)
}

pub(super) async fn call(
    api: &Api,
    call: Call,
    mut arguments: Arguments,
) -> Result<Vec<u8>, ApiError> {
    let query = arguments.take("query");
    let query = query.map_or_else(|| json!({}), |query| json!({ "queryString": query }));
    let connections = arguments.take_connections();
    let body: types::SearchRequest = arguments.into_body([
        ("entityTypes", json!(["externalItem"])),
        (
            "contentSources",
            connections.unwrap_or_else(|| json!(["Connectors"])),
        ),
        ("query", query),
    ])?;
    let found = searched(api, &call, body).await?;
    let (answer, headings) = found;
    let results = answer.hits.iter().zip(headings);
    let results = results.map(|(hit, heading)| result(&call, hit, heading));
    let mut body = json!({
        "results": results.collect::<Vec<_>>(),
        "total": answer.total,
        "moreResultsAvailable": answer.has_more,
    });
    if let Some(hint) = answer.hint {
        body["hint"] = hint.into();
    }
    Ok(body.to_string().into_bytes())
}

fn result(call: &Call, hit: &Hit, heading: Heading) -> Value {
    let (title, url) = shown(call, hit.connection.as_str(), &hit.item_id, heading);
    json!({
        "id": id(hit.connection.as_str(), &hit.item_id),
        "title": title,
        "url": url,
        "summary": hit.summary,
        "connection": hit.connection.as_str(),
        "rank": hit.rank,
    })
}

/// The identifier that `fetch` and `explain` take. Neither part has a slash.
pub(super) fn id(connection: &str, item: &str) -> String {
    format!("{connection}/{item}")
}

/// Title and address of an item; clients insist on both.
pub(super) fn shown(
    call: &Call,
    connection: &str,
    item: &str,
    heading: Heading,
) -> (String, String) {
    let address = || {
        let root = format!("{}{}", call.request.origin, SERVERS[0]);
        format!("{root}/external/connections/{connection}/items/{item}")
    };
    let title = heading.title.unwrap_or_else(|| item.to_owned());
    (title, heading.url.unwrap_or_else(address))
}
