//! The endpoints as a client calls them, without a socket.

use poem::{Endpoint, http::Method};

use super::*;
use crate::development::issuer::tests::{claims_of, issuer};

const PERMISSIONS: &[&str] = &["A.Read", "B.Read"];
const FORM: &str = "application/x-www-form-urlencoded";
const GOOD: &str = "grant_type=client_credentials&client_id=app&client_secret=s";

async fn send(method: Method, path: &str, content_type: &str, body: impl Into<String>) -> Response {
    let endpoints = Endpoints {
        issuer: issuer(),
        guard: Guard::new(&[], None, false),
        permissions: PERMISSIONS,
        base_url: Box::new(|_| "https://seen.example".into()),
    };
    let request = Request::builder()
        .method(method)
        .uri_str(path)
        .version(poem::http::Version::HTTP_11)
        .header(header::HOST, "localhost")
        .content_type(content_type)
        .body(body.into());
    endpoints.mount(Route::new()).get_response(request).await
}

async fn get(path: &str) -> Response {
    send(Method::GET, path, "", "").await
}

async fn post_form(path: &str, form: impl Into<String>) -> Response {
    send(Method::POST, path, FORM, form).await
}

async fn json_of(response: Response) -> Value {
    let text = response.into_body().into_string().await.expect("text");
    serde_json::from_str(&text).expect("JSON")
}

#[tokio::test]
async fn discovery_is_found_at_both_paths() {
    for path in [
        "/contoso/v2.0/.well-known/openid-configuration",
        "/contoso/.well-known/openid-configuration",
    ] {
        let response = get(path).await;
        assert_eq!(response.status(), StatusCode::OK);
        let document = json_of(response).await;
        assert_eq!(document["issuer"], "http://127.0.0.1:8080/contoso/v2.0");
        assert_eq!(
            document["token_endpoint"],
            "https://seen.example/contoso/oauth2/v2.0/token"
        );
        assert_eq!(
            document["jwks_uri"],
            "https://seen.example/contoso/discovery/v2.0/keys"
        );
    }
}

#[tokio::test]
async fn key_set_is_the_issuers() {
    let response = get("/common/discovery/v2.0/keys").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(json_of(response).await, json!(issuer().key_set()));
}

#[tokio::test]
async fn token_endpoint_gives_a_token() {
    let response = post_form("/contoso/oauth2/v2.0/token", GOOD).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["cache-control"], "no-store");
    let answer = json_of(response).await;
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 3599);
    assert_eq!(answer["ext_expires_in"], 3599);

    let claims = claims_of(answer["access_token"].as_str().expect("a token"));
    assert_eq!(claims["tid"], "contoso");
    assert_eq!(claims["appid"], "app");
    assert_eq!(claims["roles"], json!(PERMISSIONS));
}

#[tokio::test]
async fn token_endpoint_gives_a_token_of_a_user() {
    let user = "user=bob%40fabrikam.com&groups=g1,g2&guest=true";
    for path in ["/contoso/oauth2/v2.0/token", "/contoso/oauth2/token"] {
        let answer = json_of(post_form(path, format!("{GOOD}&{user}")).await).await;
        let claims = claims_of(answer["access_token"].as_str().expect("a token"));
        assert_eq!(claims["name"], "bob@fabrikam.com");
        assert_eq!(claims["groups"], json!(["g1", "g2"]));
        assert_eq!(claims["acct"], 1);
        assert_eq!(claims["scp"], "A.Read B.Read");
        assert!(claims.get("roles").is_none());
    }
}

#[tokio::test]
async fn errors_have_the_shape_of_rfc_6749() {
    let path = "/contoso/oauth2/v2.0/token";
    for (path, form, status, code) in [
        (path, String::new(), 400, "invalid_request"),
        (
            path,
            "grant_type=password".into(),
            400,
            "unsupported_grant_type",
        ),
        (path, format!("{GOOD}&scope=x"), 400, "invalid_scope"),
        (
            path,
            "grant_type=client_credentials".into(),
            401,
            "invalid_client",
        ),
        (
            "/a%20b/oauth2/v2.0/token",
            GOOD.into(),
            400,
            "invalid_request",
        ),
        (
            path,
            format!("{GOOD}&x={}", "x".repeat(MAX_FORM_BYTES)),
            413,
            "invalid_request",
        ),
    ] {
        let response = post_form(path, form).await;
        assert_eq!(response.status().as_u16(), status, "{code}");
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert_eq!(
            response.headers().contains_key("www-authenticate"),
            status == 401
        );
        let body = json_of(response).await;
        assert_eq!(body["error"], code);
        assert!(body["error_description"].is_string());
    }
}

#[tokio::test]
async fn token_endpoint_reads_forms_only() {
    let path = "/contoso/oauth2/v2.0/token";
    let response = send(Method::POST, path, "application/json", GOOD).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(json_of(response).await["error"], "invalid_request");
}

#[tokio::test]
async fn a_form_of_exactly_the_limit_is_read() {
    let filler = "x".repeat(MAX_FORM_BYTES - GOOD.len() - "&x=".len());
    let response = post_form("/contoso/oauth2/v2.0/token", format!("{GOOD}&x={filler}")).await;
    assert_eq!(response.status(), StatusCode::OK);
}
