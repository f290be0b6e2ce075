//! `retrieve`: the sentences that answer a question, `POST /copilot/retrieval`.

use openapi_contract_runtime::ToJson;
use rmcp::model::Tool;
use serde_json::{Value, json};

use crate::api::{
    error::ApiError,
    generated::types,
    retrieval::{retrieved, to_document},
    service::{Api, Call},
};

use super::{
    super::{arguments::Arguments, described::read_only, schemas},
    search::id,
};

const DESCRIPTION: &str = "Finds the sentences that answer a question in natural language, in items that the user may see, the best first. \
     Any of the words will do. filterExpression, in the Keyword Query Language (KQL), restricts the items.";

pub(super) fn tool() -> Tool {
    let of_request = |name| (name, schemas::member("RetrievalRequest", name));
    let input = schemas::object(
        &[
            of_request("queryString"),
            ("connections", schemas::connections()),
            of_request("filterExpression"),
            of_request("resourceMetadata"),
            of_request("maximumNumberOfResults"),
        ],
        &["queryString"],
    );
    let mut output = schemas::component("RetrievalResponse");
    output["properties"]["retrievalHits"]["items"]["properties"]["id"] = schemas::id();
    read_only(
        "retrieve",
        "Retrieve",
        DESCRIPTION,
        input,
        schemas::of(output),
    )
}

pub(super) async fn call(
    api: &Api,
    call: Call,
    mut arguments: Arguments,
) -> Result<Vec<u8>, ApiError> {
    let connections = arguments.take_connections().map(|connections| {
        let named = |id: Value| json!({ "connectionId": id });
        let connections = match connections {
            Value::Array(ids) => ids.into_iter().map(named).collect(),
            // For the document to refuse.
            other => other,
        };
        json!({ "externalItem": { "connections": connections } })
    });
    let configuration = connections.map(|it| ("dataSourceConfiguration", it));
    let source = ("dataSource", json!("externalItem"));
    let body: types::RetrievalRequest =
        arguments.into_body(configuration.into_iter().chain([source]))?;
    let hits = retrieved(api, &call, body).await?;
    let ids: Vec<_> = hits
        .iter()
        .map(|hit| id(hit.connection.as_str(), &hit.item_id))
        .collect();
    let answer = to_document(hits).to_json_vec();
    let mut answer: Value = serde_json::from_slice(&answer).map_err(|_| ApiError::internal())?;
    let answered = answer["retrievalHits"].as_array_mut().into_iter().flatten();
    for (answered, id) in answered.zip(ids) {
        answered["id"] = id.into();
    }
    Ok(answer.to_string().into_bytes())
}
