//! The development issuer over HTTP: OpenID Connect discovery, its key set, and the token endpoint, at the paths
//! where clients of Entra look for them.
//!
//! Knows nothing of the API beside it. Errors are those of OAuth 2.0, which these clients understand.

use std::sync::Arc;

use poem::{
    IntoResponse, Request, Response, Route,
    endpoint::make,
    error::ReadBodyError,
    get,
    http::{StatusCode, header},
    post,
};
use serde_json::{Value, json};

use super::{
    guard::Guard,
    issuer::{DevelopmentIssuer, GRAPH},
    names::{DEMO_APP, DEMO_TENANT, DEMO_USER, tenant_name},
    token_form::{Form, INVALID_CLIENT, INVALID_REQUEST, LIFETIME_S, OAuthError, Version},
};

/// Longest form that the token endpoint reads; an assertion may carry a chain of certificates.
const MAX_FORM_BYTES: usize = 64 * 1024;

pub(crate) struct Endpoints {
    pub(crate) issuer: Arc<DevelopmentIssuer>,
    pub(crate) guard: Guard,
    /// Every permission that can be asked for.
    pub(crate) permissions: &'static [&'static str],
    /// The URL under which the client sees this server, without a slash at the end.
    pub(crate) base_url: Box<dyn Fn(&Request) -> String + Send + Sync>,
}

#[derive(Debug, Clone, Copy)]
enum Resource {
    Discovery,
    KeySet,
    Token(Version),
}

/// What the pages must know to ask for a token. The client is the demo app, and the user the demo user, so that what a page makes is
/// what `graph-connections token` sees.
pub(crate) fn page_settings() -> Value {
    json!({
        "tokenUrl": format!("{DEMO_TENANT}/oauth2/v2.0/token"),
        "clientId": DEMO_APP,
        "clientSecret": "any",
        "user": DEMO_USER,
    })
}

impl Endpoints {
    pub(crate) fn mount(self, route: Route) -> Route {
        let shared = Arc::new(self);
        let answering = |resource| {
            let shared = Arc::clone(&shared);
            make(move |request| {
                let shared = Arc::clone(&shared);
                async move {
                    let answer = shared.answer(resource, request).await;
                    answer.unwrap_or_else(|refused| refused)
                }
            })
        };
        let discovery = || get(answering(Resource::Discovery));
        let token = |version| post(answering(Resource::Token(version)));
        route
            .at(
                "/:tenant/v2.0/.well-known/openid-configuration",
                discovery(),
            )
            .at("/:tenant/.well-known/openid-configuration", discovery())
            .at(
                "/:tenant/discovery/v2.0/keys",
                get(answering(Resource::KeySet)),
            )
            .at("/:tenant/oauth2/v2.0/token", token(Version::V2))
            .at("/:tenant/oauth2/token", token(Version::V1))
    }

    async fn answer(&self, resource: Resource, request: Request) -> Result<Response, Response> {
        if let Some((status, description)) = self.guard.refusal(&request) {
            return Err(refusal(status, INVALID_REQUEST, description));
        }
        let given = request.raw_path_param("tenant").unwrap_or_default();
        let tenant = tenant_name(given).map_err(|rule| {
            let description = format!("the tenant in the path {rule}");
            refusal(StatusCode::BAD_REQUEST, INVALID_REQUEST, &description)
        })?;
        let body = match resource {
            Resource::Discovery => self.discovery(&request, &tenant),
            // RFC 7517 section 5. One key signs for every tenant, as at Entra.
            Resource::KeySet => json!(self.issuer.key_set()),
            Resource::Token(version) => self.token(version, tenant, request).await?,
        };
        Ok(json_response(StatusCode::OK, &body))
    }

    /// OpenID Connect Discovery 1.0, section 3. Clients such as MSAL insist on an `authorization_endpoint`, so it is
    /// named where Entra has it, although there is no sign-in page behind it.
    ///
    /// The issuer's name stays what it was when its key was made, whatever address the document is read from.
    fn discovery(&self, request: &Request, tenant: &str) -> Value {
        let base = format!("{}/{tenant}", (self.base_url)(request));
        json!({
            "issuer": self.issuer.name(tenant),
            "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
            "token_endpoint": format!("{base}/oauth2/v2.0/token"),
            "jwks_uri": format!("{base}/discovery/v2.0/keys"),
            "response_types_supported": ["code"],
            "grant_types_supported": ["client_credentials"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported":
                ["client_secret_post", "client_secret_basic", "private_key_jwt"],
        })
    }

    /// RFC 6749 sections 4.4 and 5.1.
    async fn token(
        &self,
        version: Version,
        tenant: String,
        mut request: Request,
    ) -> Result<Value, Response> {
        let body = body(&mut request).await?;
        let form = Form::parse(&body)?;
        let wanted = form.request(version, tenant, request.headers(), self.permissions)?;
        let token = self.issuer.mint(&wanted).map_err(|error| {
            tracing::error!(error = %error, "the development issuer cannot sign");
            refusal(
                StatusCode::INTERNAL_SERVER_ERROR,
                "server_error",
                "the token cannot be signed",
            )
        })?;
        let mut answer = json!({
            "token_type": "Bearer",
            "expires_in": LIFETIME_S,
            "ext_expires_in": LIFETIME_S,
            "access_token": token,
        });
        if version == Version::V1 {
            // Numbers are text there. Source: Azure AD v1.0, client credentials grant.
            let now_s = self.issuer.clock.now_s();
            let expires_on = now_s.saturating_add_unsigned(LIFETIME_S);
            answer["expires_in"] = LIFETIME_S.to_string().into();
            answer["ext_expires_in"] = LIFETIME_S.to_string().into();
            answer["expires_on"] = expires_on.to_string().into();
            answer["not_before"] = now_s.to_string().into();
            answer["resource"] = form.member("resource").unwrap_or(GRAPH).into();
        }
        Ok(answer)
    }
}

async fn body(request: &mut Request) -> Result<Vec<u8>, Response> {
    let media_type = request.content_type().unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    let refuse = |status, rule: &str| refusal(status, INVALID_REQUEST, rule);
    if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let rule = "the body must be 'application/x-www-form-urlencoded'";
        return Err(refuse(StatusCode::BAD_REQUEST, rule));
    }
    match request.take_body().into_bytes_limit(MAX_FORM_BYTES).await {
        Ok(bytes) => Ok(bytes.into()),
        Err(ReadBodyError::PayloadTooLarge) => {
            let rule = format!("the body must be {MAX_FORM_BYTES} bytes or less");
            Err(refuse(StatusCode::PAYLOAD_TOO_LARGE, &rule))
        }
        Err(_) => Err(refuse(StatusCode::BAD_REQUEST, "the body cannot be read")),
    }
}

/// RFC 6749 section 5.2: 401 and a challenge where the client is at fault, 400 otherwise.
impl From<OAuthError> for Response {
    fn from(error: OAuthError) -> Self {
        if error.code != INVALID_CLIENT {
            return refusal(StatusCode::BAD_REQUEST, error.code, &error.description);
        }
        let mut response = refusal(StatusCode::UNAUTHORIZED, error.code, &error.description);
        let challenge = header::HeaderValue::from_static("Basic realm=\"development issuer\"");
        let headers = response.headers_mut();
        headers.insert(header::WWW_AUTHENTICATE, challenge);
        response
    }
}

fn refusal(status: StatusCode, code: &str, description: &str) -> Response {
    let body = json!({ "error": code, "error_description": description });
    json_response(status, &body)
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
#[path = "endpoints_tests.rs"]
mod tests;
