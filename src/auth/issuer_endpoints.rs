//! The development issuer over HTTP: OpenID Connect discovery, its key set, and the token endpoint, at the paths
//! where clients of Entra look for them.
//!
//! Knows nothing of the API beside it. Errors are those of OAuth 2.0, which these clients understand.

use std::sync::Arc;

use poem::{
    Endpoint, EndpointExt, IntoResponse, Request, Response, Route,
    endpoint::{make, make_sync},
    error::ReadBodyError,
    get,
    http::{StatusCode, header},
    post,
};
use serde_json::{Value, json};

use super::{
    DevelopmentIssuer,
    client_credentials::{ErrorCode, Form, LIFETIME_S, OAuthError, Version},
    tenant_name,
};

/// Longest form that the token endpoint reads; an assertion may carry a chain of certificates.
const MAX_FORM_BYTES: usize = 32 * 1024;

/// What tokens of version 1 are for, if the form does not say.
const GRAPH: &str = "https://graph.microsoft.com";

/// What the endpoints need.
pub(crate) struct IssuerEndpoints {
    pub(crate) issuer: Arc<DevelopmentIssuer>,
    /// Every permission that can be asked for.
    pub(crate) permissions: &'static [&'static str],
    /// The URL under which the client sees this server, without a slash at the end.
    pub(crate) base_url: Box<dyn Fn(&Request) -> String + Send + Sync>,
    /// Why a request is not answered, if it is not: status and description.
    pub(crate) refusal: Box<dyn Fn(&Request) -> Option<(StatusCode, &'static str)> + Send + Sync>,
}

impl IssuerEndpoints {
    /// Adds the endpoints to a route, all below `/{tenant}`.
    pub(crate) fn mount(self, route: Route) -> Route {
        let shared = Arc::new(self);
        let discovery = || get(shared.guard(discovery(shared.clone())));
        route
            .at(
                "/:tenant/v2.0/.well-known/openid-configuration",
                discovery(),
            )
            .at("/:tenant/.well-known/openid-configuration", discovery())
            .at(
                "/:tenant/discovery/v2.0/keys",
                get(shared.guard(key_set(shared.clone()))),
            )
            .at(
                format!("/{}", token_path(":tenant")),
                post(shared.guard(token(shared.clone(), Version::V2))),
            )
            .at(
                "/:tenant/oauth2/token",
                post(shared.guard(token(shared.clone(), Version::V1))),
            )
    }

    /// Answers only those who may ask.
    fn guard<E: Endpoint<Output = Response> + 'static>(
        self: &Arc<Self>,
        endpoint: E,
    ) -> impl Endpoint<Output = Response> + use<E> {
        let shared = Arc::clone(self);
        endpoint.around(move |endpoint, request| {
            let refusal = (shared.refusal)(&request);
            async move {
                let Some((status, description)) = refusal else {
                    return endpoint.call(request).await;
                };
                let mut response = error_response(&OAuthError {
                    code: ErrorCode::InvalidRequest,
                    description: description.into(),
                });
                response.set_status(status);
                Ok(response)
            }
        })
    }
}

/// The token endpoint of a tenant, as a path from the root of the server.
pub(crate) fn token_path(tenant: &str) -> String {
    format!("{tenant}/oauth2/v2.0/token")
}

/// OpenID Connect Discovery 1.0, section 3. Clients such as MSAL insist on an `authorization_endpoint`, so it is
/// named where Entra has it, although there is no sign-in page behind it.
///
/// The issuer's name stays what it was when its key was made, whatever address the document is read from.
fn discovery(shared: Arc<IssuerEndpoints>) -> impl Endpoint<Output = Response> {
    make_sync(move |request: Request| {
        let tenant = match tenant(&request) {
            Ok(tenant) => tenant,
            Err(error) => return error_response(&error),
        };
        let root = (shared.base_url)(&request);
        let base = format!("{root}/{tenant}");
        json_response(
            StatusCode::OK,
            &json!({
                "issuer": shared.issuer.name(&tenant),
                "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
                "token_endpoint": format!("{root}/{}", token_path(&tenant)),
                "jwks_uri": format!("{base}/discovery/v2.0/keys"),
                "response_types_supported": ["code"],
                "grant_types_supported": ["client_credentials"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported":
                    ["client_secret_post", "client_secret_basic", "private_key_jwt"],
            }),
        )
    })
}

/// RFC 7517 section 5. One key signs for every tenant, as at Entra.
fn key_set(shared: Arc<IssuerEndpoints>) -> impl Endpoint<Output = Response> {
    make_sync(move |request: Request| match tenant(&request) {
        Ok(_) => json_response(StatusCode::OK, &json!(shared.issuer.key_set())),
        Err(error) => error_response(&error),
    })
}

/// RFC 6749 sections 4.4 and 5.1.
fn token(shared: Arc<IssuerEndpoints>, version: Version) -> impl Endpoint<Output = Response> {
    make(move |request: Request| {
        let shared = shared.clone();
        async move {
            match issue(&shared, version, request).await {
                Ok(response) | Err(response) => response,
            }
        }
    })
}

/// Either is what the client gets.
async fn issue(
    shared: &IssuerEndpoints,
    version: Version,
    mut request: Request,
) -> Result<Response, Response> {
    let bytes = body(&mut request).await?;
    // A header that is not text is no credential either.
    let authorization = request
        .headers()
        .get(header::AUTHORIZATION)
        .map(|value| value.to_str().unwrap_or_default());
    let refused = |error| error_response(&error);
    let tenant = tenant(&request).map_err(refused)?;
    let form = Form::parse(&bytes).map_err(refused)?;
    let wanted = form
        .request(version, tenant, authorization, shared.permissions)
        .map_err(refused)?;
    let token = shared.issuer.mint(&wanted).map_err(|error| {
        tracing::error!(error = %error, "the development issuer cannot sign");
        json_response(
            StatusCode::INTERNAL_SERVER_ERROR,
            &json!({ "error": "server_error" }),
        )
    })?;
    let body = match version {
        Version::V2 => json!({
            "token_type": "Bearer",
            "expires_in": LIFETIME_S,
            "ext_expires_in": LIFETIME_S,
            "access_token": token,
        }),
        // Numbers are text there. Source: Azure AD v1.0, client credentials grant.
        Version::V1 => {
            let now_s = shared.issuer.now_s();
            json!({
                "token_type": "Bearer",
                "expires_in": LIFETIME_S.to_string(),
                "ext_expires_in": LIFETIME_S.to_string(),
                "expires_on": (now_s + LIFETIME_S).to_string(),
                "not_before": now_s.to_string(),
                "resource": form.member("resource").unwrap_or(GRAPH),
                "access_token": token,
            })
        }
    };
    Ok(json_response(StatusCode::OK, &body))
}

async fn body(request: &mut Request) -> Result<Vec<u8>, Response> {
    let media_type = request.content_type().unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(error_response(&OAuthError {
            code: ErrorCode::InvalidRequest,
            description: "the body must be 'application/x-www-form-urlencoded'".into(),
        }));
    }
    match request.take_body().into_bytes_limit(MAX_FORM_BYTES).await {
        Ok(bytes) => Ok(bytes.into()),
        Err(error) => {
            let status = match error {
                ReadBodyError::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                _ => StatusCode::BAD_REQUEST,
            };
            let mut response = error_response(&OAuthError {
                code: ErrorCode::InvalidRequest,
                description: format!(
                    "the body must be readable, and {MAX_FORM_BYTES} bytes or less"
                ),
            });
            response.set_status(status);
            Err(response)
        }
    }
}

fn tenant(request: &Request) -> Result<String, OAuthError> {
    let given = request.raw_path_param("tenant").unwrap_or_default();
    tenant_name(given).map_err(|rule| OAuthError {
        code: ErrorCode::InvalidRequest,
        description: format!("the tenant in the path {rule}"),
    })
}

/// RFC 6749 section 5.2: 401 and a challenge where the client is at fault, 400 otherwise.
fn error_response(error: &OAuthError) -> Response {
    let body = json!({ "error": error.code.name(), "error_description": error.description });
    if error.code == ErrorCode::InvalidClient {
        let mut response = json_response(StatusCode::UNAUTHORIZED, &body);
        let challenge = header::HeaderValue::from_static("Basic realm=\"development issuer\"");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
        return response;
    }
    json_response(StatusCode::BAD_REQUEST, &body)
}

/// RFC 6749 section 5.1 keeps tokens out of caches; a key set of a development issuer need not be in one either.
fn json_response(status: StatusCode, body: &Value) -> Response {
    Response::builder()
        .status(status)
        .content_type("application/json; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::PRAGMA, "no-cache")
        .body(body.to_string())
        .into_response()
}

#[cfg(test)]
#[path = "issuer_endpoints_tests.rs"]
mod tests;
