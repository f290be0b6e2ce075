//! `explain`: why a user finds an item or not, `POST …/items/{item-id}/explain`.

use openapi_contract_runtime::ToJson;
use rmcp::model::Tool;

use crate::api::{
    error::ApiError,
    explain::explained,
    generated::ExplainItemParams,
    service::{Api, Call},
};

use super::super::{arguments::Arguments, described::read_only, schemas};

const DESCRIPTION: &str = "Says why a user sees an item or not, entry by entry of its access control list, and why a query finds it or not. \
     Without user, it is the user who asks.";

pub(super) fn tool() -> Tool {
    let of_request = |name| (name, schemas::member("ExplainRequest", name));
    let input = schemas::object(
        &[
            ("id", schemas::id()),
            of_request("query"),
            of_request("user"),
            of_request("groups"),
            of_request("isGuest"),
        ],
        &["id"],
    );
    let output = schemas::of(schemas::component("Explanation"));
    read_only("explain", "Explain", DESCRIPTION, input, output)
}

pub(super) async fn call(
    api: &Api,
    call: Call,
    is_manager: bool,
    mut arguments: Arguments,
) -> Result<Vec<u8>, ApiError> {
    let (connection, item_id) = arguments.take_id()?;
    let params = ExplainItemParams {
        connection_id: connection.as_str().to_owned(),
        item_id,
        body: arguments.into_body([])?,
    };
    // Of an item that he does not see, a user learns nothing from his agent.
    let explanation = explained(api, &call, params, !is_manager).await?;
    Ok(explanation.to_json_vec())
}
