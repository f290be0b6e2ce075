//! What happens around every request of the generated client.
//!
//! Retries belong here, around the one call in `exec`; tokens that expire belong in `pre`.

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::{
    Request, Response, Url,
    header::{ACCEPT, AUTHORIZATION, HeaderValue},
};

use super::{Client, failure};

/// What the generated client carries for the hooks.
#[derive(Debug, Clone)]
pub(crate) struct Inner {
    /// Marked as sensitive: `Debug` does not show it.
    pub(super) authorization: Option<HeaderValue>,
    /// The address that answers name for the next page, and that takes the place of the one that the generated code puts together.
    pub(super) next_link: Option<Url>,
}

impl ClientHooks<Inner> for Client {
    async fn pre<E>(
        &self,
        request: &mut Request,
        _: &OperationInfo,
    ) -> Result<(), progenitor_client::Error<E>> {
        if let Some(link) = &self.inner().next_link {
            *request.url_mut() = link.clone();
        }
        let is_count = request.url().path().ends_with("/$count");
        let headers = request.headers_mut();
        // progenitor's own header, which says the version of the document. Graph has no such header.
        headers.remove("api-version");
        if is_count {
            // A count is plain text (OData 4.01 part 1, section 11.2.10), and a service may refuse a request that does not accept it.
            headers.insert(ACCEPT, HeaderValue::from_static("text/plain"));
        }
        if let Some(authorization) = &self.inner().authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        Ok(())
    }

    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        let response = self.client().execute(request).await?;
        Ok(failure::readable(response).await)
    }
}
