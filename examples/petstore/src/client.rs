//! The typed client of the store, and what the generated part of it leans on.

use std::future::Future;

pub use openapi_contract_runtime::Patch;

#[allow(clippy::all, clippy::pedantic, unused, reason = "generated")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

pub use generated::{Client, ResponseValue, builder, types};

/// What the client carries for its calls. This one needs neither tokens nor retries.
#[derive(Debug, Clone)]
pub struct Inner;

/// How a call fails. The store answers every error in one form.
pub type Error = progenitor_client::Error<types::Failure>;

impl Client {
    /// A client of the store at a base URL, such as `http://127.0.0.1:8080/v1`.
    pub fn of(base_url: &str) -> Self {
        Self::new(base_url, Inner)
    }

    /// Stands between each request and its answer.
    async fn call<T, R>(
        &self,
        request: Result<
            (reqwest::Request, progenitor_client::OperationInfo),
            progenitor_client::Error,
        >,
        read: impl FnOnce(reqwest::Response) -> R,
    ) -> Result<ResponseValue<T>, Error>
    where
        R: Future<Output = Result<ResponseValue<T>, Error>>,
    {
        let (request, _) = request.map_err(|error| Error::InvalidRequest(error.to_string()))?;
        read(self.client.execute(request).await?).await
    }
}
