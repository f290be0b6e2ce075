//! What every handler needs: the authorized call, the store, the clock and the signer of skip tokens.

use std::sync::Arc;

use openapi_contract_runtime::{Ignored, Operation, RequestMemory, SMALL_BYTES, Service};
use poem::{Request, http::header::AUTHORIZATION};
use poem_openapi::OpenApiService;

use crate::{
    auth::{Authenticator, Token, authorize},
    domain::{
        Error,
        clock::{Clock, unix_ms},
        limits::Limits,
        operation::Pace,
        principal::{Principal, UserId},
        search::SearchIndex,
        store::{Found, Scope, Store, StoreFuture},
    },
    odata::skip_token::Signer,
};

use super::{
    error::ApiError,
    generated,
    request::{RequestContext, Surface},
    throttle::{InProgress, Throttle},
};

/// Implements the generated traits, one per tag of the document, each in a file of its own.
pub(crate) struct Api {
    pub(crate) authenticator: Arc<Authenticator>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) index: Arc<dyn SearchIndex>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) skip_tokens: Signer,
    /// How operations on schemas go.
    pub(crate) schema_pace: Pace,
    /// What tenants may hold.
    pub(crate) limits: Limits,
    pub(crate) throttle: Throttle,
    /// Where the parts of a batch are sent.
    pub(crate) surface: Arc<Surface>,
}

/// One authorized call.
pub(crate) struct Call {
    pub(crate) principal: Principal,
    /// The resources that the call can see.
    pub(super) scope: Scope,
    /// For the answer.
    pub(crate) memory: RequestMemory,
    pub(crate) request: Arc<RequestContext>,
    /// Counts as in progress while the call is there.
    _in_progress: Option<InProgress>,
}

impl Call {
    /// Reads a resource: a small one at once, a larger one when there is memory for it in the answer.
    pub(super) async fn read<'a, T>(
        &self,
        read: impl Fn(usize) -> StoreFuture<'a, Option<Found<T>>>,
    ) -> Result<Option<T>, ApiError> {
        let mut bytes = SMALL_BYTES;
        loop {
            self.memory.hold_answer(bytes).await?;
            match read(bytes).await? {
                None => return Ok(None),
                Some(Found::Whole(resource)) => return Ok(Some(resource)),
                Some(Found::Larger(needed)) => bytes = needed,
            }
        }
    }
}

impl Api {
    /// Milliseconds since 1970.
    pub(super) fn now_ms(&self) -> i64 {
        unix_ms(self.clock.now())
    }

    /// Completes the operations that time has completed, so that every request finds them so. If the store cannot save that now,
    /// they stay in progress until a later request, since reading must go on.
    async fn settle(&self) -> Result<(), ApiError> {
        let now_ms = self.now_ms();
        if self.store.next_due().is_some_and(|due| due <= now_ms) {
            return match self.store.settle(now_ms).await {
                Err(Error::Unavailable(_) | Error::Overloaded { .. }) => Ok(()),
                settled => Ok(settled?),
            };
        }
        Ok(())
    }

    /// The generated servers around these handlers.
    pub(crate) fn service(
        self: &Arc<Self>,
    ) -> OpenApiService<impl poem_openapi::OpenApi + use<>, ()> {
        generated::service(self)
    }

    /// Lets a call of an operation in, to the path below the version, by whoever has the token.
    pub(super) async fn admit(
        &self,
        operation: &'static Operation,
        path: &str,
        token: &Token,
        memory: RequestMemory,
        request: Arc<RequestContext>,
    ) -> Result<Call, ApiError> {
        let principal = authorize(token, operation.token_kind, operation.scopes)?;
        tracing::debug!(
            operation.id = operation.id,
            tenant.id = principal.tenant.as_str(),
            app.id = principal.app.as_str(),
            user.id = principal.user.as_ref().map(UserId::as_str),
            user.is_guest = principal.is_guest,
            groups = principal.groups.as_ref().map(|groups| groups.len()),
            "authorized"
        );
        let in_progress = self
            .throttle
            .admit(operation, path, &principal, self.now_ms())?;
        self.settle().await?;
        memory.belongs_to(principal.tenant.as_str());
        Ok(Call {
            scope: Scope::from(&principal),
            principal,
            memory,
            request,
            _in_progress: in_progress,
        })
    }
}

impl Service for Api {
    type Caller = Call;
    type Error = ApiError;

    async fn authorize(
        &self,
        operation: &'static Operation,
        request: &Request,
    ) -> Result<Call, ApiError> {
        let token = self.authenticator.authenticate(bearer(request)).await?;
        let memory = RequestMemory::of(request);
        let path = request.uri().path();
        let context = Arc::clone(context(request));
        self.admit(operation, path, &token, memory, context).await
    }

    fn ignored(&self, request: &Request, members: Vec<Ignored>) {
        context(request).ignore(members);
    }
}

pub(super) fn context(request: &Request) -> &Arc<RequestContext> {
    request
        .data()
        .expect("the front gives every request its context")
}

/// The token of `Authorization: Bearer …` (RFC 6750, section 2.1; the scheme in any case, RFC 9110, section 11.1);
/// empty if there is none, or if there are several.
pub(super) fn bearer(request: &Request) -> &str {
    let mut headers = request.headers().get_all(AUTHORIZATION).iter();
    let (Some(header), None) = (headers.next(), headers.next()) else {
        return "";
    };
    let header = header.to_str().unwrap_or_default();
    match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => "",
    }
}
