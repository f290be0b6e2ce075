//! One item that is to be put, and how it is put alone.

use progenitor_client::{ClientInfo, OperationInfo};
use reqwest::{Request, Response, Url};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use uuid::Uuid;

use crate::client::{
    error::Error, generated::Client, random, response, retry::Attempts, service_error::ServiceError,
};

/// More than a request in a batch has beside its path and its body, bytes.
const PART_BYTES: usize = 128;

/// An item that is to be put.
pub(super) struct ItemPut {
    /// The request, but for its body.
    request: Request,
    operation: OperationInfo,
    client_request_id: Uuid,
    /// The item.
    pub(super) json: Box<RawValue>,
}

impl ItemPut {
    /// # Errors
    /// [`Error::InvalidRequest`] if an identifier is none, or if the item cannot be written as JSON.
    pub(super) fn new(
        client: &Client,
        connection_id: &str,
        item_id: &str,
        item: &impl Serialize,
    ) -> Result<Self, Error> {
        let json = to_raw_value(item)
            .map_err(|error| Error::InvalidRequest(format!("the item is no JSON: {error}")))?;
        // The generated code knows the way. The item is sent as it was given, and not as the document's type would write it.
        let put = client.put_item();
        let put = put.connection_id(connection_id).item_id(item_id);
        let put = put.body_map(|body| body.acl(Vec::new()).properties(serde_json::Map::new()));
        let client_request_id = random::uuid();
        let request = put.into_request();
        let (request, operation) =
            request.map_err(|error| Error::generated(error, client_request_id))?;
        Ok(Self {
            request,
            operation,
            client_request_id,
            json,
        })
    }

    /// Its path below the base URL.
    pub(super) fn path(&self, base_url: &Url) -> &str {
        let path = self.request.url().path();
        let base = base_url.path().trim_end_matches('/');
        path.strip_prefix(base)
            .expect("generated URLs begin with the base URL")
    }

    /// What it takes of a batch, bytes.
    pub(super) fn bytes(&self) -> usize {
        PART_BYTES + self.request.url().path().len() + self.json.get().len()
    }

    /// Sends it as a request of its own.
    pub(super) async fn send(self, client: &Client) -> Result<(), Error> {
        let Self {
            mut request,
            operation,
            client_request_id: id,
            json,
        } = self;
        *request.body_mut() = Some(String::from(Box::<str>::from(json)).into());
        let mut attempts = Attempts::of_call(client.inner().retry, request.method());
        let exchange = client.exchange(request, &operation, id, &mut attempts);
        outcome(exchange.await?, id).await
    }
}

/// What an answer means for the item.
pub(super) async fn outcome(answer: Response, client_request_id: Uuid) -> Result<(), Error> {
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    let error = if response::is_error(&answer) {
        ServiceError::read(answer, client_request_id).await
    } else {
        ServiceError::of_head(status, answer.headers(), client_request_id)
    };
    Err(Error::Service(Box::new(error)))
}
