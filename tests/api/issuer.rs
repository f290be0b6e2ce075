//! The development issuer over HTTP, as clients of Entra see it.

mod guard;

use std::{fs, path::Path};

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::{CONNECTIONS, DEMO_TENANT},
    harness::{Answer, Request, Server, program, token},
};

const TOKEN: &str = "/contoso/oauth2/v2.0/token";
const GRANT: &str = "grant_type=client_credentials&client_id=app&client_secret=any";

async fn get(server: &Server, path: &str) -> Answer {
    Request::new(Method::GET, path).send(server).await
}

fn form(path: &str, form: &str) -> Request {
    Request::new(Method::POST, path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
}

#[tokio::test]
async fn client_credentials_open_the_api() {
    let server = Server::start();
    let scope = "scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";
    let answer = form(TOKEN, &format!("{GRANT}&{scope}")).send(&server).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    // RFC 6749, section 5.1.
    assert_eq!(answer.header("cache-control"), "no-store");
    let issued = answer.json();
    assert_eq!(issued["token_type"], "Bearer");
    assert_eq!(issued["expires_in"], 3599);
    let token = issued["access_token"].as_str().expect("a token");

    let body = json!({ "id": "contosohr", "name": "Contoso HR" });
    let create = Request::new(Method::POST, CONNECTIONS)
        .bearer(token)
        .json(&body);
    let created = create.send(&server).await;
    assert_eq!(created.status, 201, "{}", created.text());
    assert_eq!(
        created.json()["configuration"]["authorizedAppIds"],
        json!(["app"])
    );

    // Tenant and app are those that were named.
    for (path, client, sees) in [
        (TOKEN, "app", true),
        (TOKEN, "other", false),
        ("/fabrikam/oauth2/v2.0/token", "app", false),
    ] {
        let form = form(
            path,
            &format!(
                "grant_type=client_credentials&client_id={client}&client_secret=x&scope=ExternalConnection.ReadWrite.OwnedBy"
            ),
        );
        let issued = form.send(&server).await.json();
        let token = issued["access_token"].as_str().expect("a token");
        let list = Request::new(Method::GET, CONNECTIONS)
            .bearer(token)
            .send(&server)
            .await
            .json();
        assert_eq!(
            !list["value"].as_array().expect("a list").is_empty(),
            sees,
            "{path} {client}"
        );
    }
    // A scope narrows what the token may do.
    let form = form(TOKEN, &format!("{GRANT}&scope=ExternalConnection.Read.All"));
    let issued = form.send(&server).await.json();
    let token = issued["access_token"].as_str().expect("a token");
    let delete = Request::new(Method::DELETE, &format!("{CONNECTIONS}/contosohr")).bearer(token);
    delete
        .send(&server)
        .await
        .error(403, "Authorization_RequestDenied");
}

#[tokio::test]
async fn form_with_a_user_gets_a_token_of_that_user() {
    let server = Server::start();
    let keys = get(&server, "/common/discovery/v2.0/keys").await.json();
    let by_form = |members: &'static str| {
        let (server, keys) = (&server, &keys);
        async move {
            let issued = form(TOKEN, &format!("{GRANT}&{members}")).send(server);
            let issued = issued.await.json();
            let token = issued["access_token"].as_str().expect("a token");
            let list = Request::new(Method::GET, CONNECTIONS).bearer(token);
            assert_eq!(list.send(server).await.status, 200, "{members}");
            verified(token, keys)
        }
    };
    let by_program = |arguments: &[&str]| {
        let app = ["--tenant", "contoso", "--app", "app"];
        verified(&server.token(&[&app, arguments].concat()), &keys)
    };
    let user = ["--user", "bob@fabrikam.com"];
    for (members, arguments) in [
        ("user=bob%40fabrikam.com", &[][..]),
        ("user=bob%40fabrikam.com&groups=a,b", &["--groups", "a,b"]),
        ("user=bob%40fabrikam.com&guest=true", &["--guest"]),
    ] {
        let mut printed = by_program(&[&user, arguments].concat());
        let claims = by_form(members).await;
        assert_eq!(claims["idtyp"], "user");
        for differs in ["iat", "nbf", "exp", "uti"] {
            printed[differs] = claims[differs].clone();
        }
        assert_eq!(claims, printed, "{members}");
    }
    for members in ["user=a%20b", "user=u&groups=a,", "guest=true"] {
        let refusal = form(TOKEN, &format!("{GRANT}&{members}")).send(&server);
        refused(members, &refusal.await, 400, "invalid_request");
    }
}

#[tokio::test]
async fn token_endpoint_refuses_in_the_words_of_oauth() {
    let server = Server::start();
    let basic = "Basic YXBwOnM="; // app:s
    for (case, authorization, body, status, error) in [
        ("nothing", None, "", 400, "invalid_request"),
        (
            "no grant",
            None,
            "client_id=app&client_secret=x",
            400,
            "invalid_request",
        ),
        (
            "another grant",
            None,
            "grant_type=password&client_id=app&client_secret=x",
            400,
            "unsupported_grant_type",
        ),
        (
            "a member twice",
            None,
            "grant_type=client_credentials&client_id=a&client_id=b&client_secret=x",
            400,
            "invalid_request",
        ),
        (
            "no secret",
            None,
            "grant_type=client_credentials&client_id=app",
            401,
            "invalid_client",
        ),
        (
            "no client",
            None,
            "grant_type=client_credentials&client_secret=x",
            401,
            "invalid_client",
        ),
        (
            "an unknown scope",
            None,
            "grant_type=client_credentials&client_id=app&client_secret=x&scope=User.Read",
            400,
            "invalid_scope",
        ),
        (
            "two ways at once",
            Some(basic),
            GRANT,
            400,
            "invalid_request",
        ),
        (
            "another client in the form",
            Some(basic),
            "grant_type=client_credentials&client_id=other",
            400,
            "invalid_request",
        ),
        (
            "no Base64",
            Some("Basic ***"),
            "grant_type=client_credentials",
            401,
            "invalid_client",
        ),
        (
            "no colon",
            Some("Basic YXBw"),
            "grant_type=client_credentials",
            401,
            "invalid_client",
        ),
        (
            "a bearer",
            Some("Bearer x"),
            "grant_type=client_credentials",
            401,
            "invalid_client",
        ),
    ] {
        let request = form(TOKEN, body);
        let request = match authorization {
            Some(value) => request.header("authorization", value),
            None => request,
        };
        refused(case, &request.send(&server).await, status, error);
    }
    let json =
        Request::new(Method::POST, TOKEN).json(&json!({ "grant_type": "client_credentials" }));
    refused("JSON", &json.send(&server).await, 400, "invalid_request");
    let untyped = Request::new(Method::POST, TOKEN).body(GRANT);
    refused(
        "no type",
        &untyped.send(&server).await,
        400,
        "invalid_request",
    );
    let large = form(TOKEN, &format!("{GRANT}&a={}", "x".repeat(70_000)));
    refused("70 kB", &large.send(&server).await, 413, "invalid_request");
    let tenant = form("/..%2fx/oauth2/v2.0/token", GRANT);
    refused(
        "no tenant",
        &tenant.send(&server).await,
        400,
        "invalid_request",
    );

    let by_header = form(TOKEN, "grant_type=client_credentials").header("authorization", basic);
    assert_eq!(by_header.send(&server).await.status, 200);
    get(&server, TOKEN).await.error(405, "Request_BadRequest");
}

const JWT_BEARER: &str = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";

/// What MSAL for Python 1.39 sends for a certificate, with a chain of certificates in the header of its assertion; and what
/// others add to the form.
#[tokio::test]
async fn client_with_a_certificate_gets_a_token() {
    let server = Server::start();
    let chain = "x".repeat(12_000);
    for assertion in ["eyJhbGciOiJQUzI1NiJ9.e30.c2ln", "any", &chain] {
        let body = format!(
            "client_id=app&grant_type=client_credentials&client_info=1&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default\
             &client_assertion_type={JWT_BEARER}&client_assertion={assertion}&x-client-SKU=MSAL.Python"
        );
        let answer = form(TOKEN, &body).send(&server).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let token = answer.json()["access_token"].as_str().map(str::to_owned);
        let list = Request::new(Method::GET, CONNECTIONS).bearer(&token.expect("a token"));
        assert_eq!(list.send(&server).await.status, 200);
    }
    let grant = "grant_type=client_credentials&client_id=app";
    for (case, body, status, error) in [
        (
            "no type",
            format!("{grant}&client_assertion=a"),
            400,
            "invalid_request",
        ),
        (
            "no assertion",
            format!("{grant}&client_assertion_type={JWT_BEARER}"),
            401,
            "invalid_client",
        ),
        (
            "a secret too",
            format!("{GRANT}&client_assertion=a&client_assertion_type={JWT_BEARER}"),
            400,
            "invalid_request",
        ),
    ] {
        refused(case, &form(TOKEN, &body).send(&server).await, status, error);
    }
}

/// Source: Azure AD v1.0, "Service to service calls using client credentials".
#[tokio::test]
async fn token_endpoint_of_version_1_gives_tokens_for_a_resource() {
    const V1: &str = "/contoso/oauth2/token";
    let server = Server::start();
    let resource = "https://graph.microsoft.com/";
    let body = format!("{GRANT}&resource=https%3A%2F%2Fgraph.microsoft.com%2F");
    for path in [V1, "/contoso/oauth2/token?api-version=1.0"] {
        let answer = form(path, &body).send(&server).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let issued = answer.json();
        assert_eq!(issued["token_type"], "Bearer");
        assert_eq!(issued["resource"], resource);
        let number = |name: &str| {
            let text = issued[name].as_str().expect("text");
            text.parse::<u64>().expect("a number")
        };
        assert_eq!(number("expires_in"), 3599);
        assert_eq!(number("expires_on") - number("not_before"), 3599);
        let token = issued["access_token"].as_str().expect("a token");
        let list = Request::new(Method::GET, CONNECTIONS).bearer(token);
        assert_eq!(list.send(&server).await.status, 200);
    }
    let other_grant = "grant_type=password&client_id=app&client_secret=x";
    let refusal = form(V1, other_grant).send(&server).await;
    refused("another grant", &refusal, 400, "unsupported_grant_type");
    let nothing = form(V1, "").send(&server).await;
    refused("nothing", &nothing, 400, "invalid_request");
    get(&server, V1).await.error(405, "Request_BadRequest");
}

/// RFC 6749, section 5.2.
fn refused(case: &str, answer: &Answer, status: u16, error: &str) {
    assert_eq!(answer.status, status, "{case}: {}", answer.text());
    let body = answer.json();
    assert_eq!(body["error"], error, "{case}");
    assert!(
        body["error_description"]
            .as_str()
            .is_some_and(|text| !text.is_empty()),
        "{case}"
    );
    assert!(body.get("access_token").is_none());
    assert_eq!(answer.header("cache-control"), "no-store", "{case}");
    let challenged = answer.header("www-authenticate").starts_with("Basic");
    assert_eq!(challenged, status == 401, "{case}");
    assert!(!answer.header("request-id").is_empty(), "{case}");
}

#[tokio::test]
async fn discovery_names_the_endpoints_and_the_keys_verify() {
    let server = Server::start();
    for (tenant, named) in [
        ("contoso", "contoso"),
        ("common", DEMO_TENANT),
        ("organizations", DEMO_TENANT),
    ] {
        for version in ["/v2.0", ""] {
            let path = format!("/{tenant}{version}/.well-known/openid-configuration");
            let document = get(&server, &path).await.json();
            let member = |name: &str| document[name].as_str().expect("a text").to_owned();
            let here = format!("{}/{named}", server.origin);
            assert_eq!(
                member("token_endpoint"),
                format!("{here}/oauth2/v2.0/token")
            );
            assert_eq!(member("jwks_uri"), format!("{here}/discovery/v2.0/keys"));
            let name = member("issuer");
            assert!(name.ends_with(&format!("/{named}/v2.0")), "{name}");

            // What the document names is there, and fits.
            let path = |name: &str| member(name).replace(&server.origin, "");
            let issued = form(&path("token_endpoint"), GRANT)
                .send(&server)
                .await
                .json();
            let token = issued["access_token"].as_str().expect("a token");
            let keys = get(&server, &path("jwks_uri")).await.json();
            let claims = verified(token, &keys);
            assert_eq!(claims["iss"], name);
            assert_eq!(claims["tid"], named);
        }
    }
    let no_tenant = get(&server, "/a%20b/discovery/v2.0/keys").await;
    refused("no tenant", &no_tenant, 400, "invalid_request");
}

/// The claims of a token, if its signature holds.
fn verified(token: &str, keys: &Value) -> Value {
    use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
    let keys: JwkSet = serde_json::from_value(keys.clone()).expect("a key set");
    let kid = decode_header(token)
        .expect("a header")
        .kid
        .expect("a key id");
    let key = DecodingKey::from_jwk(keys.find(&kid).expect("the key")).expect("an RSA key");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&["https://graph.microsoft.com"]);
    decode(token, &key, &validation)
        .expect("a good token")
        .claims
}

#[tokio::test]
async fn key_set_holds_no_private_member() {
    let server = Server::start();
    let keys = get(&server, "/common/discovery/v2.0/keys").await.json();
    for key in keys["keys"].as_array().expect("keys") {
        let mut members: Vec<_> = key.as_object().expect("a key").keys().cloned().collect();
        members.sort();
        assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"]);
    }
}

#[tokio::test]
async fn issuer_is_off_where_strangers_come_and_where_it_is_switched_off() {
    for (arguments, on) in [
        (&["--development-issuer", "off"][..], false),
        (&["--listen", "0.0.0.0:0"], false),
        (
            &["--listen", "0.0.0.0:0", "--development-issuer", "auto"],
            false,
        ),
        (
            &["--listen", "0.0.0.0:0", "--development-issuer", "on"],
            true,
        ),
        (&["--listen", "[::1]:0"], true),
    ] {
        let server = Server::start_with(arguments);
        // A token of the same key, which the command line makes in any case.
        let bearer = server.token(&[]);
        let list = Request::new(Method::GET, CONNECTIONS)
            .bearer(&bearer)
            .send(&server)
            .await;
        let answers = [
            get(&server, "/common/v2.0/.well-known/openid-configuration").await,
            get(&server, "/common/discovery/v2.0/keys").await,
            form(TOKEN, GRANT).send(&server).await,
        ];
        if on {
            assert_eq!(list.status, 200, "{arguments:?}");
            assert!(
                answers.iter().all(|answer| answer.status == 200),
                "{arguments:?}"
            );
            continue;
        }
        list.error(401, "InvalidAuthenticationToken");
        let nothing = get(&server, "/nothing/at/all")
            .await
            .error(400, "BadRequest");
        for answer in answers {
            let error = answer.error(400, "BadRequest");
            assert_eq!(
                error["message"], nothing["message"],
                "as if it had never been"
            );
        }
    }
}

#[test]
fn token_needs_no_server_and_keeps_the_key_to_itself() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("not/yet/there");
    let bearer = token(&data, &[]);
    assert_eq!(bearer.split('.').count(), 3);
    let file = data.join("development-issuer.json");
    let key = fs::read(&file).expect("the file is made");
    token(&data, &["--app-only"]);
    assert_eq!(fs::read(&file).expect("a file"), key, "the key stays");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| path.metadata().expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(&data), 0o700);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("chmod");
        let refused = program()
            .args(["token", "--data"])
            .arg(&data)
            .output()
            .expect("it runs");
        assert!(!refused.status.success() && refused.stdout.is_empty());
        let told = String::from_utf8_lossy(&refused.stderr);
        assert!(told.contains("chmod 600"), "{told}");
        assert!(!told.contains("PRIVATE KEY"), "{told}");
    }
}

#[tokio::test]
async fn token_made_before_the_first_start_is_good() {
    let data = tempfile::tempdir().expect("a directory");
    let bearer = token(data.path(), &[]);
    let server = Server::start_on(data, &[]);
    let list = Request::new(Method::GET, CONNECTIONS).bearer(&bearer);
    assert_eq!(list.send(&server).await.status, 200);
}
