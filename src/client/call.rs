//! One call of an operation, from the request to the response: identifier, token, attempts.
//!
//! The generated code makes the request before, and reads a successful response afterwards.

use std::sync::Arc;

use progenitor_client::{ClientInfo, OperationInfo, ResponseValue};
use reqwest::{
    Request, Response, StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, HeaderName, HeaderValue},
};
use serde::de::DeserializeOwned;
use tracing::{Instrument, Span, debug, debug_span, field, info_span};
use uuid::Uuid;

use super::{
    error::Error,
    generated::Client,
    random, response,
    retry::{Attempts, RetryPolicy},
    service_error::ServiceError,
    token_cache::{CachedToken, TokenCache},
};

/// The identifier that the caller gives a request (Graph, best practices); the service echoes it and keeps it in its log.
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");

/// What the generated client carries for its calls.
#[derive(Debug, Clone)]
pub(crate) struct Inner {
    pub(super) tokens: Option<Arc<TokenCache>>,
    pub(super) retry: RetryPolicy,
}

impl Client {
    /// Sends a request of the generated code, and has it read the response.
    pub(super) async fn call<T, E, Reading>(
        &self,
        request: Result<(Request, OperationInfo), progenitor_client::Error>,
        read: impl FnOnce(Response) -> Reading,
    ) -> Result<ResponseValue<T>, Error>
    where
        Reading: Future<Output = Result<ResponseValue<T>, progenitor_client::Error<E>>>,
    {
        let id = random::uuid();
        let (request, operation) = request.map_err(|error| Error::generated(error, id))?;
        let mut attempts = Attempts::of_call(self.inner().retry, request.method());
        let response = self
            .exchange(request, &operation, id, &mut attempts)
            .await?;
        let reading = read(response).await;
        reading.map_err(|error| Error::generated(error, id))
    }

    /// Reads what a URL of the service has, by the name of an operation that would have led there.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        operation_id: &'static str,
        url: Url,
    ) -> Result<ResponseValue<T>, Error> {
        let request = self.client().get(url).header(ACCEPT, "application/json");
        let request = request
            .build()
            .map(|it| (it, OperationInfo { operation_id }));
        self.call(
            request.map_err(Into::into),
            async |response| match response.status() {
                StatusCode::OK => ResponseValue::from_response::<()>(response).await,
                _ => Err(progenitor_client::Error::UnexpectedResponse(response)),
            },
        )
        .await
    }

    /// A URL that the service gave as its `what`, which is opaque and taken as it is (OData 4.01 part 1, section 11.2.6.7).
    ///
    /// A request for it carries the credential, and the URL is what an answer says: it may lead only to the scheme, host and port
    /// of the base URL.
    pub(super) fn own_url(&self, url: &str, what: &str) -> Result<Url, Error> {
        let refused = |reason| Error::InvalidRequest(format!("the {what} {reason}"));
        let base = Url::parse(self.baseurl()).expect("the client's builder has checked it");
        let url = Url::parse(url).map_err(|_| refused("is not an absolute URL"))?;
        if url.origin() != base.origin() {
            return Err(refused("leads to another origin than the base URL"));
        }
        // It would go out in place of the token.
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("has a user or a password"));
        }
        Ok(url)
    }

    /// Sends a request until `attempts` are satisfied. The response has no status of an error.
    pub(super) async fn exchange(
        &self,
        mut request: Request,
        operation: &OperationInfo,
        id: Uuid,
        attempts: &mut Attempts,
    ) -> Result<Response, Error> {
        complete(&mut request, id);
        let span = info_span!(
            "call",
            operation.id = operation.operation_id,
            client_request_id = %id,
        );
        async {
            let response = self.attempts(request, id, attempts).await?;
            if response::is_error(&response) {
                let error = ServiceError::read(response, id).await;
                return Err(Error::Service(Box::new(error)));
            }
            Ok(response)
        }
        .instrument(span)
        .await
    }

    /// Sends the request until the retry policy is satisfied.
    async fn attempts(
        &self,
        request: Request,
        id: Uuid,
        attempts: &mut Attempts,
    ) -> Result<Response, Error> {
        loop {
            let outcome = self.attempt(&request, id, attempts.number).await;
            if !attempts.again(&outcome).await {
                return outcome;
            }
        }
    }

    /// Sends the request with the current token, and once more with a new one if that was revoked.
    async fn attempt(&self, request: &Request, id: Uuid, number: u32) -> Result<Response, Error> {
        let Some(tokens) = &self.inner().tokens else {
            return self.send(request, id, None, number).await;
        };
        let token = tokens.token().await?;
        let answer = self.send(request, id, Some(&token), number).await?;
        if answer.status().is_success() {
            token.accept();
        } else if answer.status() == StatusCode::UNAUTHORIZED
            && let Some(other) = tokens.instead_of(&token).await?
        {
            return self.send(request, id, Some(&other), number).await;
        }
        Ok(answer)
    }

    async fn send(
        &self,
        request: &Request,
        id: Uuid,
        token: Option<&CachedToken>,
        number: u32,
    ) -> Result<Response, Error> {
        let mut request = request
            .try_clone()
            .expect("bodies are bytes, never streams");
        if let Some(token) = token {
            let authorization = token.authorization.clone();
            request.headers_mut().insert(AUTHORIZATION, authorization);
        }
        let span = debug_span!("attempt", number, status = field::Empty);
        async {
            let outcome = response::send(self.client(), request, id).await;
            match &outcome {
                Ok(answer) => {
                    Span::current().record("status", answer.status().as_u16());
                    debug!("answered");
                }
                Err(error) => debug!(?error, "not answered"),
            }
            outcome
        }
        .instrument(span)
        .await
    }
}

/// Completes the request by what is the same in each attempt.
fn complete(request: &mut Request, id: Uuid) {
    let is_count = request.url().path().ends_with("/$count");
    let headers = request.headers_mut();
    // progenitor's own header, which says the version of the document. Graph has no such header.
    headers.remove("api-version");
    if is_count {
        // A count is plain text (OData 4.01 part 1, section 11.2.10), and a service may refuse a request that does not accept it.
        headers.insert(ACCEPT, HeaderValue::from_static("text/plain"));
    }
    let id = HeaderValue::try_from(id.to_string()).expect("a UUID is hexadecimal digits");
    headers.insert(CLIENT_REQUEST_ID, id);
}
