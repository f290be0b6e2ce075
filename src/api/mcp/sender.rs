//! Who sends a message.

use std::sync::Arc;

use openapi_contract_runtime::RequestMemory;

use crate::{api::request::RequestContext, auth::Token};

/// As the tools want to know it.
#[derive(Clone)]
pub(super) struct Sender {
    pub(super) token: Arc<Token>,
    pub(super) memory: RequestMemory,
    pub(super) request: Arc<RequestContext>,
}
