//! `fetch`: one item in full, for whoever may see it. Names and form are those that ChatGPT's and Copilot's connectors expect.
//! Source: OpenAI, "Building MCP servers for ChatGPT and API integrations", `fetch`.

use rmcp::model::Tool;
use serde_json::{Value, json};

use crate::{
    api::{
        error::ApiError,
        service::{Api, Call},
    },
    domain::search::FetchedItem,
};

use super::{
    super::{arguments::Arguments, described::read_only, schemas},
    search::{id, shown},
};

const DESCRIPTION: &str = "Reads one item that the user may see: its text and its properties.";

/// The text of an item that is answered, bytes. No agent reads more at once.
const TEXT_BYTES: usize = 256 * 1_024;

pub(super) fn tool() -> Tool {
    let input = schemas::object(&[("id", schemas::id())], &["id"]);
    let text = |description: &str| json!({ "type": "string", "description": description });
    let metadata = json!({
        "type": "object",
        "description": "The properties that can be retrieved, the first letter of their names in lower case.",
        "additionalProperties": true,
    });
    let output = schemas::object(
        &[
            ("id", schemas::id()),
            (
                "title",
                text("The property labelled `title`; the item's identifier if there is none."),
            ),
            ("text", text("The content without markup.")),
            (
                "url",
                text(
                    "The property labelled `url`; the item's address in the API if there is none.",
                ),
            ),
            ("metadata", metadata),
            (
                "isTextCut",
                json!({ "type": "boolean", "description": "Whether the text goes on: only its beginning is answered." }),
            ),
        ],
        &["id", "title", "text", "url", "metadata", "isTextCut"],
    );
    read_only("fetch", "Fetch", DESCRIPTION, input, output)
}

pub(super) async fn call(
    api: &Api,
    call: Call,
    mut arguments: Arguments,
) -> Result<Vec<u8>, ApiError> {
    let (connection, item) = arguments.take_id()?;
    let searching = api.searching();
    let fetched = searching.fetch(&call.principal, &connection, &item);
    let FetchedItem {
        heading,
        mut text,
        properties,
    } = fetched.await?;
    let (title, url) = shown(&call, connection.as_str(), &item, heading);
    let end = text.floor_char_boundary(TEXT_BYTES);
    let is_cut = end < text.len();
    text.truncate(end);
    let metadata: Value =
        serde_json::from_str(properties.as_str()).map_err(|_| ApiError::internal())?;
    let body = json!({
        "id": id(connection.as_str(), &item),
        "title": title,
        "text": text,
        "url": url,
        "metadata": metadata,
        "isTextCut": is_cut,
    });
    Ok(body.to_string().into_bytes())
}
