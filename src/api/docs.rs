//! The pages `/docs`, which `/` leads to, and `/explore`, with nothing from elsewhere: Swagger UI over the server's own document, and a
//! view of the connections, of what a user finds in them, and why.
//!
//! Swagger UI's files are those of its npm package (`docs/swagger-ui/README.md` says how to renew them); the rest
//! is ours. What depends on how the server was started is in `settings.json`, so that the rest is the same for
//! everyone. Links in the page are relative: a proxy may put a prefix before the path.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use poem::{
    Endpoint, Request, Response, Route,
    endpoint::make_sync,
    get,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    web::headers::{ETag, HeaderMapExt, IfNoneMatch},
};
use serde_json::{Value, json};

/// Scripts and styles of this server alone, none of them inline; requests to this server alone. `data:` images are the
/// arrows and marks in Swagger UI's style sheet.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A file of a page.
struct File {
    path: &'static str,
    media_type: &'static str,
    content: &'static [u8],
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

const FILES: &[File] = &[
    File {
        path: "/docs",
        media_type: HTML,
        content: include_bytes!("docs/index.html"),
    },
    File {
        path: "/docs/page.css",
        media_type: CSS,
        content: include_bytes!("docs/page.css"),
    },
    File {
        path: "/docs/page.js",
        media_type: JAVASCRIPT,
        content: include_bytes!("docs/page.js"),
    },
    File {
        path: "/docs/swagger-ui/swagger-ui.css",
        media_type: CSS,
        content: include_bytes!("docs/swagger-ui/swagger-ui.css"),
    },
    File {
        path: "/docs/swagger-ui/swagger-ui-bundle.js",
        media_type: JAVASCRIPT,
        content: include_bytes!("docs/swagger-ui/swagger-ui-bundle.js"),
    },
    File {
        path: "/explore",
        media_type: HTML,
        content: include_bytes!("docs/explore/index.html"),
    },
    File {
        path: "/explore/page.css",
        media_type: CSS,
        content: include_bytes!("docs/explore/page.css"),
    },
    File {
        path: "/explore/page.js",
        media_type: JAVASCRIPT,
        content: include_bytes!("docs/explore/page.js"),
    },
    File {
        path: "/explore/elements.js",
        media_type: JAVASCRIPT,
        content: include_bytes!("docs/explore/elements.js"),
    },
    File {
        path: "/explore/explanation.js",
        media_type: JAVASCRIPT,
        content: include_bytes!("docs/explore/explanation.js"),
    },
    File {
        path: "/explore/service.js",
        media_type: JAVASCRIPT,
        content: include_bytes!("docs/explore/service.js"),
    },
];

/// Adds the pages to a route. `token_source`: where they get tokens for whoever reads them.
pub(super) fn mount(route: Route, token_source: Option<&Value>) -> Route {
    let route = FILES
        .iter()
        .fold(route, |route, file| route.at(file.path, get(serve(file))));
    // What the scripts of both pages ask for.
    let settings = json!({ "developmentIssuer": token_source }).to_string();
    route
        .at("/", get(redirect("docs")))
        // Below `/docs/`, the page's relative links would point to the wrong place.
        .at("/docs/", get(redirect("../docs")))
        .at("/explore/", get(redirect("../explore")))
        .at(
            "/docs/settings.json",
            get(make_sync(move |_| {
                Response::builder()
                    .content_type("application/json")
                    .body(settings.clone())
            })),
        )
}

/// `to` is relative (RFC 9110, section 10.2.2).
fn redirect(to: &'static str) -> impl Endpoint {
    make_sync(move |_| {
        Response::builder()
            .status(StatusCode::FOUND)
            .header(header::LOCATION, to)
            .finish()
    })
}

/// A file that browsers cache and revalidate: another build of the server may have another version.
fn serve(file: &'static File) -> impl Endpoint {
    let mut headers = HeaderMap::new();
    let tag = URL_SAFE_NO_PAD.encode(digest(&SHA256, file.content));
    let tag: ETag = format!("\"{tag}\"").parse().expect("quoted base64");
    headers.typed_insert(tag.clone());
    for (name, value) in [
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    make_sync(move |request: Request| {
        let known: Option<IfNoneMatch> = request.headers().typed_get();
        let mut response = if known.is_some_and(|known| !known.precondition_passes(&tag)) {
            StatusCode::NOT_MODIFIED.into()
        } else {
            Response::builder()
                .content_type(file.media_type)
                .body(file.content)
        };
        response.headers_mut().extend(headers.clone());
        response
    })
}
