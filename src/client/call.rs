//! One call of an operation, from the request to the response: identifier, token, attempts.
//!
//! The generated code makes the request before, and reads a successful response afterwards.

use std::sync::Arc;

use progenitor_client::{ClientInfo, OperationInfo, ResponseValue};
use reqwest::{
    Request, Response, StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, HeaderName, HeaderValue},
};
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
    /// The URL of the next page, used in place of the one that the generated code makes.
    pub(super) next_link: Option<Url>,
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
        let (mut request, operation) = request.map_err(|error| Error::generated(error, id))?;
        self.complete(&mut request, id);
        let span = info_span!(
            "call",
            operation.id = operation.operation_id,
            client_request_id = %id,
        );
        async {
            let response = self.attempts(request, id).await?;
            if response::is_error(&response) {
                let error = ServiceError::read(response, id).await;
                return Err(Error::Service(Box::new(error)));
            }
            let reading = read(response).await;
            reading.map_err(|error| Error::generated(error, id))
        }
        .instrument(span)
        .await
    }

    /// Completes the request by what is the same in each attempt.
    fn complete(&self, request: &mut Request, id: Uuid) {
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
        let id = HeaderValue::try_from(id.to_string()).expect("a UUID is hexadecimal digits");
        headers.insert(CLIENT_REQUEST_ID, id);
    }

    /// Sends the request until the retry policy is satisfied.
    async fn attempts(&self, request: Request, id: Uuid) -> Result<Response, Error> {
        let mut attempts = Attempts::of_call(self.inner().retry, request.method());
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
