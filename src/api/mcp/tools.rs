//! The tools. Each calls what an operation of the document calls, with the permission of that operation; `fetch` has that of a search, and
//! `explain` tells whoever may not change items only of those that he sees.

mod explain;
mod fetch;
mod retrieve;
mod search;

use std::sync::{Arc, LazyLock};

use openapi_contract_runtime::{Operation, SMALL_BYTES};
use poem::http::request::Parts;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestMethod, CallToolRequestParams, CallToolResponse, CallToolResult,
        ConstString, ContentBlock, CustomRequest, CustomResult, ErrorCode, Implementation,
        InitializeRequestParams, InitializeResultMethod, ListToolsResult, PaginatedRequestParams,
        ServerCapabilities, ServerConfig, Tool,
    },
    service::RequestContext,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    api::{
        error::ApiError,
        generated::operations,
        service::{Api, Call},
    },
    auth::{Token, authorize},
    domain::principal::Reach,
};

use super::{
    arguments::{Arguments, pointer},
    paths::PATH,
    sender::Sender,
};

const INSTRUCTIONS: &str = "Items of external connections that the user may see. Search for items with `search`, read one with \
     `fetch`, or get the sentences that answer a question with `retrieve`. `explain` says why a user finds an item or not.";

/// The longest answer of a tool, bytes of JSON.
const ANSWER_BYTES: usize = 1_024 * 1_024;
/// An answer is a tree, and twice in the message: as JSON, and as text that is JSON.
const COPIES: usize = 4;

/// A tool, and how it is called.
struct Known {
    tool: Tool,
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Search,
    Fetch,
    Retrieve,
    Explain,
}

impl Kind {
    /// Whose permission it needs.
    fn operation(self) -> &'static Operation {
        match self {
            Self::Search | Self::Fetch => &operations::SEARCH,
            Self::Retrieve => &operations::RETRIEVE,
            Self::Explain => &operations::EXPLAIN_ITEM,
        }
    }

    /// How to ask for a shorter answer.
    fn if_too_large(self) -> &'static str {
        match self {
            Self::Search => "ask for a smaller size",
            Self::Fetch => "the properties of this item cannot be read here",
            Self::Retrieve => "ask for a smaller maximumNumberOfResults, or less resourceMetadata",
            Self::Explain => "ask without a query, or for a shorter one",
        }
    }
}

static TOOLS: LazyLock<[Known; 4]> = LazyLock::new(|| {
    [
        (Kind::Search, search::tool()),
        (Kind::Fetch, fetch::tool()),
        (Kind::Retrieve, retrieve::tool()),
        (Kind::Explain, explain::tool()),
    ]
    .map(|(kind, tool)| Known { tool, kind })
});

/// What answers messages.
#[derive(Clone)]
pub(super) struct Tools {
    api: Arc<Api>,
}

impl Tools {
    pub(super) fn new(api: Arc<Api>) -> Self {
        Self { api }
    }

    async fn answer(
        &self,
        known: &Known,
        given: Option<serde_json::Map<String, Value>>,
        sender: Sender,
    ) -> Result<CallToolResult, ApiError> {
        let input = known.tool.input_schema.get("properties");
        let properties = input
            .and_then(Value::as_object)
            .ok_or_else(ApiError::internal)?;
        let arguments = Arguments::new(given, properties)?;
        let mut held = SMALL_BYTES;
        loop {
            let Sender {
                token,
                memory,
                request,
            } = sender.clone();
            memory.hold_answer(held).await?;
            let call = self
                .api
                .admit(known.kind.operation(), PATH, &token, memory, request);
            let call = call.await?;
            let answer = self.call(known.kind, call, &token, arguments.clone());
            let answer = answer.await?;
            if answer.len() > ANSWER_BYTES {
                return Err(ApiError::answer_too_large(
                    answer.len(),
                    ANSWER_BYTES,
                    known.kind.if_too_large(),
                ));
            }
            let needed = COPIES * answer.len();
            if needed > held {
                // It is made again once there is memory for it.
                held = needed;
                continue;
            }
            let answer = serde_json::from_slice(&answer).map_err(|_| ApiError::internal())?;
            return Ok(CallToolResult::structured(answer));
        }
    }

    /// The answer as JSON.
    async fn call(
        &self,
        kind: Kind,
        call: Call,
        token: &Token,
        arguments: Arguments,
    ) -> Result<Vec<u8>, ApiError> {
        let api = &*self.api;
        match kind {
            Kind::Search => search::call(api, call, arguments).await,
            Kind::Fetch => fetch::call(api, call, arguments).await,
            Kind::Retrieve => retrieve::call(api, call, arguments).await,
            Kind::Explain => explain::call(api, call, is_manager(token), arguments).await,
        }
    }
}

/// Whether whoever has a token may change every item.
fn is_manager(token: &Token) -> bool {
    let operation = &operations::PUT_ITEM;
    let principal = authorize(token, operation.token_kind, operation.scopes);
    principal.is_ok_and(|principal| principal.reach == Reach::Tenant)
}

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new(
                env!("CARGO_PKG_NAME"),
                env!("CARGO_PKG_VERSION"),
            ))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = TOOLS.iter().map(|known| known.tool.clone());
        Ok(ListToolsResult::with_all_items(tools.collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let mut tools = TOOLS.iter();
        let Some(known) = tools.find(|known| known.tool.name == request.name) else {
            let names: Vec<_> = TOOLS.iter().map(|known| &*known.tool.name).collect();
            let rule = format!("there is no such tool; there are {}", names.join(", "));
            return Err(ErrorData::invalid_params(rule, None));
        };
        let sender = context.extensions.get::<Parts>();
        let sender = sender.and_then(|parts| parts.extensions.get::<Sender>());
        let sender = sender
            .ok_or_else(|| ErrorData::internal_error("no sender", None))?
            .clone();
        let ids = sender.request.ids;
        let answer = self.answer(known, request.arguments, sender).await;
        let answer = answer.unwrap_or_else(|error| {
            CallToolResult::error(vec![ContentBlock::text(error.told(ids, pointer))])
        });
        Ok(answer.into())
    }

    /// What `rmcp` cannot read as a method of the protocol: there is none of this name, or its parameters are others.
    async fn on_custom_request(
        &self,
        request: CustomRequest,
        _: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        let CustomRequest { method, params, .. } = request;
        let params = params.unwrap_or_default();
        let broken = match method.as_str() {
            InitializeResultMethod::VALUE => rule_of::<InitializeRequestParams>(params),
            CallToolRequestMethod::VALUE => rule_of::<CallToolRequestParams>(params),
            _ => None,
        };
        Err(match broken {
            Some(rule) => ErrorData::invalid_params(format!("params: {rule}"), None),
            None => ErrorData::new(ErrorCode::METHOD_NOT_FOUND, method, None),
        })
    }
}

/// What is wrong with parameters.
fn rule_of<P: DeserializeOwned>(params: Value) -> Option<String> {
    let params = serde_json::from_value::<P>(params);
    params.err().map(|error| error.to_string())
}
