//! What is served beside the API: its document, a page to read and try it, and the server's health.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use poem::{IntoResponse, Response, Route, get, handler, http::StatusCode};
use serde_json::Value;

use crate::domain::store::Store;

use super::docs;

/// The document as JSON.
const DOCUMENT_JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));
/// The document as it is written.
const DOCUMENT_YAML: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml"));

/// The routes beside the API. `stopping`: whether the server was asked to stop, which a client may hear of over an open
/// connection. `token_source`: what the documentation's page must know to ask for a token, if there is an issuer that gives
/// one to anyone.
pub(crate) fn site(
    store: Arc<dyn Store>,
    stopping: Arc<AtomicBool>,
    token_source: Option<&Value>,
) -> Route {
    let ready = poem::endpoint::make(move |_| {
        let (store, stopping) = (Arc::clone(&store), Arc::clone(&stopping));
        async move {
            let not_ready = (StatusCode::SERVICE_UNAVAILABLE, "not ready");
            if stopping.load(Relaxed) {
                return not_ready;
            }
            match store.ready().await {
                Ok(()) => (StatusCode::OK, "ready"),
                Err(error) => {
                    tracing::warn!(%error, "not ready");
                    not_ready
                }
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
