//! What is served beside the API: its document, pages to read it and to try it, and the server's health.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use poem::{
    Endpoint, IntoResponse, Route,
    endpoint::{make, make_sync},
    get,
    http::StatusCode,
};
use serde_json::Value;

use crate::domain::{
    search::{IndexState, SearchIndex},
    store::Store,
};

use super::{docs, mcp::paths};

/// The document as JSON.
pub(super) const DOCUMENT_JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));
/// The document as it is written.
const DOCUMENT_YAML: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml"));

/// The routes beside the API. `stopping`: whether the server was asked to stop, which a client may hear of over an open
/// connection. `token_source`: what the pages must know to ask for a token, if there is an issuer that gives
/// one to anyone.
pub(crate) fn site(
    store: Arc<dyn Store>,
    index: Arc<dyn SearchIndex>,
    stopping: Arc<AtomicBool>,
    token_source: Option<&Value>,
) -> Route {
    let ready = make(move |_| {
        let (store, stopping) = (Arc::clone(&store), Arc::clone(&stopping));
        let index = index.state();
        async move {
            let not_ready = (StatusCode::SERVICE_UNAVAILABLE, "not ready".to_owned());
            if stopping.load(Relaxed) {
                return not_ready;
            }
            match store.ready().await {
                Ok(()) => (StatusCode::OK, ready_with(index)),
                Err(error) => {
                    tracing::warn!(%error, "not ready");
                    not_ready
                }
            }
        }
    });
    docs::mount(Route::new(), token_source)
        .at(
            "/openapi.json",
            get(text(DOCUMENT_JSON, "application/json")),
        )
        .at(
            "/openapi.yaml",
            get(text(DOCUMENT_YAML, "application/yaml")),
        )
        .at("/healthz", get(text("ok", "text/plain; charset=utf-8")))
        .at("/readyz", get(ready))
}

/// Ready; and what does not work yet, since everything but search does without the index.
fn ready_with(index: IndexState) -> String {
    match index {
        IndexState::Following => "ready".to_owned(),
        IndexState::Unavailable => "ready; searches wait: the index is not available".to_owned(),
        IndexState::Building { items } => {
            format!("ready; searches wait: {items} items were read into the index so far")
        }
    }
}

/// The methods of a path beside the API, for `Allow`.
pub(super) fn allowed(path: &str) -> &'static str {
    // The token endpoints of the development issuer, and the endpoint of agents.
    if path.ends_with("/token") || path == paths::PATH {
        "POST"
    } else {
        "GET, HEAD"
    }
}

fn text(text: &'static str, media_type: &'static str) -> impl Endpoint {
    make_sync(move |_| text.with_content_type(media_type))
}
