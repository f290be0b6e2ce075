//! Pages of other sites: what a browser lets them do (CORS), and names that lead to this machine (DNS rebinding).

use reqwest::Method;

use crate::harness::{Answer, Request, Server};

const ALL: &str = "/v1.0/external/connections";
const PAGE: &str = "https://page.example";

async fn preflight(server: &Server, origin: &str, path: &str) -> Answer {
    Request::new(Method::OPTIONS, path)
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization, content-type",
        )
        .send(server)
        .await
}

async fn list(server: &Server, origin: &str) -> Answer {
    Request::new(Method::GET, ALL)
        .bearer(&server.token(&[]))
        .header("origin", origin)
        .send(server)
        .await
}

#[tokio::test]
async fn no_page_is_let_in_unless_told() {
    let server = Server::start();
    let answer = preflight(&server, PAGE, ALL).await;
    answer.error(405, "Request_BadRequest");
    for answer in [answer, list(&server, PAGE).await] {
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(answer.header("vary"), "");
    }
}

#[tokio::test]
async fn pages_of_named_origins_are_let_in_and_no_others() {
    let origins = format!("http://127.0.0.1:3000,{}", PAGE.to_uppercase());
    let server = Server::start_with(&["--cors-origins", &origins]);
    for origin in [PAGE, "http://127.0.0.1:3000"] {
        let answer = preflight(&server, origin, ALL).await;
        assert_eq!(answer.status, 204);
        assert_eq!(answer.header("access-control-allow-origin"), origin);
        assert_eq!(
            answer.header("access-control-allow-methods"),
            "POST, GET, HEAD"
        );
        assert_eq!(
            answer.header("access-control-allow-headers"),
            "authorization, content-type"
        );
        assert_eq!(answer.header("vary"), "origin");
        let answer = list(&server, origin).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("access-control-allow-origin"), origin);
        assert!(
            answer
                .header("access-control-expose-headers")
                .contains("request-id")
        );
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
    for origin in [
        "https://page.example:444",
        "http://page.example",
        "null",
        "https://evil.example",
    ] {
        preflight(&server, origin, ALL)
            .await
            .error(405, "Request_BadRequest");
        let answer = list(&server, origin).await;
        // Not a word less for what is no browser.
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(answer.header("vary"), "origin");
    }
}

#[tokio::test]
async fn errors_can_be_read_by_pages_that_are_let_in() {
    let server = Server::start_with(&["--cors-origins", "*"]);
    for path in [ALL, "/v1.0/nothing"] {
        let answer = Request::new(Method::GET, path)
            .header("origin", PAGE)
            .send(&server)
            .await;
        assert!(answer.status.is_client_error());
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
}

#[tokio::test]
async fn no_page_may_ask_the_development_issuer() {
    let server = Server::start_with(&["--cors-origins", "*"]);
    let path = "/contoso/oauth2/v2.0/token";
    let answer = preflight(&server, PAGE, path).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
    let answer = Request::new(Method::POST, path)
        .header("origin", PAGE)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("grant_type=client_credentials&client_id=a&client_secret=b")
        .send(&server)
        .await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn development_issuer_answers_under_names_that_are_its_own() {
    let server = Server::start_with(&["--allowed-hosts", "graph.internal,Second.internal"]);
    let paths = [
        "/contoso/v2.0/.well-known/openid-configuration",
        "/contoso/.well-known/openid-configuration",
        "/contoso/discovery/v2.0/keys",
    ];
    let token = || {
        Request::new(Method::POST, "/contoso/oauth2/v2.0/token")
            .header("content-type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials&client_id=a&client_secret=b&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default")
    };
    for (host, status) in [
        ("localhost:8080", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("graph.internal", 200),
        ("SECOND.internal:8080", 200),
        ("evil.example:8080", 421),
    ] {
        let requests = paths.map(|path| Request::new(Method::GET, path));
        for request in requests.into_iter().chain([token()]) {
            let answer = request.header("host", host).send(&server).await;
            assert_eq!(answer.status, status, "{host}: {}", answer.text());
        }
    }
}
