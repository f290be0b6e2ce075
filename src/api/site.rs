//! What is served beside the API: its document, a page to read and try it, and the server's health.

use std::{future::Future, sync::Arc};

use poem::{IntoResponse, Response, Route, get, handler, http::StatusCode};
use serde_json::Value;

use super::docs;

/// The document as JSON.
const DOCUMENT_JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));
/// The document as it is written.
const DOCUMENT_YAML: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml"));

/// Whether the server could make a write durable now.
pub(crate) trait Readiness: Send + Sync + 'static {
    fn ready(&self) -> impl Future<Output = bool> + Send;
}

/// The routes beside the API. `token_source`: what the documentation's page must know to ask for a token, if there is an issuer
/// that gives one to anyone.
pub(crate) fn site<R: Readiness>(readiness: Arc<R>, token_source: Option<&Value>) -> Route {
    let ready = poem::endpoint::make(move |_| {
        let readiness = Arc::clone(&readiness);
        async move {
            if readiness.ready().await {
                (StatusCode::OK, "ready")
            } else {
                (StatusCode::SERVICE_UNAVAILABLE, "not ready")
            }
        }
    });
    docs::mount(Route::new(), token_source)
        .at("/openapi.json", get(document_json))
        .at("/openapi.yaml", get(document_yaml))
        .at("/healthz", get(poem::endpoint::make_sync(|_| "ok")))
        .at("/readyz", get(ready))
}

/// The methods of a path beside the API, for `Allow`.
pub(super) fn allowed(path: &str) -> &'static str {
    // Only the token endpoints of the development issuer take POST.
    if path.ends_with("/token") {
        "POST"
    } else {
        "GET, HEAD"
    }
}

#[handler]
fn document_json() -> Response {
    DOCUMENT_JSON
        .with_content_type("application/json")
        .into_response()
}

#[handler]
fn document_yaml() -> Response {
    DOCUMENT_YAML
        .with_content_type("application/yaml")
        .into_response()
}
