//! Whose tokens are accepted: issuer, audience, tenant, and the shapes of Entra and Keycloak.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    AUDIENCE, OTHER_AUDIENCE, OTHER_TENANT, TENANT, assert_accepted, assert_refused, list,
    local::{Key, LocalIssuer},
    server_for,
};
use crate::{
    caller::CONNECTIONS,
    harness::{Request, Server, program},
};

const ALL: &str = "ExternalConnection.ReadWrite.All";

fn extend(claims: &mut Value, changes: &Value) {
    let changes = changes.as_object().expect("an object").clone();
    claims.as_object_mut().expect("an object").extend(changes);
}

/// Create, get, update, delete.
async fn assert_can_do_everything(server: &Server, token: &str) {
    let path = format!("{CONNECTIONS}/contosohr");
    let create = json!({ "id": "contosohr", "name": "Contoso HR" });
    for (method, path, body, status) in [
        (Method::POST, CONNECTIONS, Some(create), 201),
        (Method::GET, &path, None, 200),
        (Method::PATCH, &path, Some(json!({ "name": "HR" })), 204),
        (Method::DELETE, &path, None, 202),
    ] {
        let request = Request::new(method.clone(), path).bearer(token);
        let request = match &body {
            Some(body) => request.json(body),
            None => request,
        };
        let answer = request.send(server).await;
        assert_eq!(answer.status, status, "{method}: {}", answer.text());
    }
}

/// Source of the shapes: Entra, access token claims reference; the keys of
/// `https://login.microsoftonline.com/{tenant}/discovery/v2.0/keys` have no `alg` and name their issuer, those of version
/// 1.0 do not.
#[tokio::test]
async fn tokens_of_entra_are_good_in_both_versions() {
    let v2 = LocalIssuer::start(&format!("/{TENANT}/v2.0"));
    let issuer = v2.url.replace(TENANT, "{tenantid}");
    let v2_key = Key::rsa("v2").published_with(&json!({
        "alg": null, "use": "sig", "x5t": "v2", "issuer": issuer
    }));
    v2.publish(&[&v2_key]);
    let v1 = LocalIssuer::start(&format!("/{TENANT}/"));
    let v1_key = Key::rsa("v1").published_with(&json!({ "alg": null, "use": "sig" }));
    v1.publish(&[&v1_key]);
    let audiences = format!("{AUDIENCE},api://other");
    let server = Server::start_with(&[
        "--issuer",
        &v2.url,
        "--audience",
        OTHER_AUDIENCE,
        "--issuer",
        &v1.url,
        "--audience",
        &audiences,
    ]);

    let of_v2 = |changes: Value| {
        let mut claims = json!({
            "ver": "2.0", "tid": TENANT, "aud": OTHER_AUDIENCE, "azpacr": "1", "oid": "o", "sub": "o",
        });
        extend(&mut claims, &changes);
        v2.token(&v2_key, &claims)
    };
    let of_v1 = |changes: Value| {
        let mut claims = json!({
            "ver": "1.0", "tid": TENANT, "azp": null, "appid": "app", "appidacr": "1",
            "idp": v1.url, "idtyp": "app",
        });
        extend(&mut claims, &changes);
        v1.token(&v1_key, &claims)
    };
    let user = json!({ "roles": null, "idtyp": null, "scp": ALL, "name": "A user" });
    for token in [
        of_v2(json!({})),
        of_v2(json!({ "idtyp": "app" })),
        of_v2(user.clone()),
        of_v1(json!({})),
        of_v1(json!({ "aud": "api://other" })),
        of_v1(user),
    ] {
        assert_can_do_everything(&server, &token).await;
    }

    // What one issuer may say, the other may not.
    for (token, why) in [
        (of_v2(json!({ "aud": AUDIENCE })), OTHER_AUDIENCE),
        (of_v1(json!({ "aud": OTHER_AUDIENCE })), "'api://other'"),
        (
            of_v2(json!({ "aud": "https://graph.microsoft.com" })),
            "'aud'",
        ),
        (of_v2(json!({ "tid": OTHER_TENANT })), "'iss'"),
        (
            of_v1(json!({ "iss": v1.url.trim_end_matches('/') })),
            "'iss'",
        ),
        (of_v2(json!({ "iss": v1.url })), "'kid'"),
        (of_v1(json!({ "iss": v2.url })), "'kid'"),
        (
            of_v1(json!({ "tid": null, "iss": "https://other" })),
            "'tid'",
        ),
    ] {
        assert_refused(&list(&server, &token).await, why);
    }
}

#[tokio::test]
async fn issuer_of_every_tenant_speaks_for_those_that_are_allowed() {
    let issuer = LocalIssuer::start("/organizations/v2.0");
    let name = |tenant: &str| issuer.url.replace("organizations", tenant);
    let every = Key::ec("every").published_with(&json!({ "issuer": name("{tenantid}") }));
    let one = Key::ec("one").published_with(&json!({ "issuer": name(OTHER_TENANT) }));
    issuer.publish(&[&every, &one]);
    let token = |key: &Key, iss: &str, tid: &str| {
        issuer.token(key, &json!({ "iss": name(iss), "tid": tid }))
    };
    let third = "third";
    let listed = format!("{TENANT},{}", OTHER_TENANT.to_uppercase());
    for (tenants, third_is_in) in [("any", true), (listed.as_str(), false)] {
        let server = server_for(&issuer.url, tenants);
        for tenant in [TENANT, OTHER_TENANT] {
            assert_accepted(&list(&server, &token(&every, tenant, tenant)).await);
        }
        let answer = list(&server, &token(&every, third, third)).await;
        if third_is_in {
            assert_accepted(&answer);
        } else {
            assert_refused(&answer, "'iss'");
        }
        // Each tenant has its own key set at its own URL: a key may be for one tenant alone.
        assert_accepted(&list(&server, &token(&one, OTHER_TENANT, OTHER_TENANT)).await);
        assert_refused(&list(&server, &token(&one, TENANT, TENANT)).await, "'kid'");
        // `iss` and `tid` must agree.
        assert_refused(
            &list(&server, &token(&every, TENANT, OTHER_TENANT)).await,
            "'iss'",
        );
        let placeholder = token(&every, "{tenantid}", TENANT);
        assert_refused(&list(&server, &placeholder).await, "'iss'");
    }
}

/// Source of the shape: Keycloak, protocol mappers; RFC 9068.
#[tokio::test]
async fn tokens_of_keycloak_are_good() {
    let issuer = LocalIssuer::start("/realms/contoso");
    let key = Key::ec("k");
    let encryption = Key::rsa("e").published_with(&json!({ "use": "enc", "alg": "RSA-OAEP" }));
    issuer.publish(&[&encryption, &key]);
    let server = server_for(&issuer.url, "contoso");
    let token = |changes: Value| {
        let mut claims = json!({
            "typ": "Bearer", "tid": null, "azp": "connector", "roles": null,
            "aud": [AUDIENCE, "account"], "scope": format!("email {ALL} profile"),
        });
        extend(&mut claims, &changes);
        issuer.token(&key, &claims)
    };
    for changes in [
        json!({}),
        json!({ "azp": null, "client_id": "connector" }),
        json!({ "tid": "contoso" }),
        json!({ "scope": "email profile", "roles": [ALL], "idtyp": "app" }),
    ] {
        assert_can_do_everything(&server, &token(changes)).await;
    }
    for (changes, why) in [
        (json!({ "tid": "fabrikam" }), "'iss'"),
        (json!({ "aud": "account" }), "'aud'"),
        (json!({ "azp": null }), "'appid'"),
    ] {
        assert_refused(&list(&server, &token(changes)).await, why);
    }
    // Scopes are not roles.
    let roles = token(json!({ "scope": "email profile", "roles": [ALL] }));
    let denied = list(&server, &roles).await;
    denied.error(403, "Authorization_RequestDenied");

    // Two tenants: now the token must say which.
    let server = server_for(&issuer.url, "contoso,fabrikam");
    assert_refused(&list(&server, &token(json!({}))).await, "'tid'");
    let said = token(json!({ "tid": "fabrikam" }));
    assert_can_do_everything(&server, &said).await;
}

#[tokio::test]
async fn development_issuer_makes_way_unless_it_is_on() {
    let issuer = LocalIssuer::start("/realms/contoso");
    let key = Key::ec("k");
    issuer.publish(&[&key]);
    let external = issuer.token(&key, &json!({}));
    for (mode, development_is_on) in [("auto", false), ("on", true)] {
        let server = Server::start_with(&[
            "--development-issuer",
            mode,
            "--issuer",
            &issuer.url,
            "--audience",
            AUDIENCE,
            "--tenants",
            "contoso",
        ]);
        assert_accepted(&list(&server, &external).await);
        let development = server.token(&["--tenant", "contoso"]);
        let answer = list(&server, &development).await;
        if development_is_on {
            assert_accepted(&answer);
        } else {
            assert_refused(&answer, "'iss'");
        }
        let endpoint = Request::new(Method::GET, "/contoso/discovery/v2.0/keys");
        let endpoint = endpoint.send(&server).await;
        assert_eq!(endpoint.status == 200, development_is_on);
    }
}

#[tokio::test]
async fn one_issuer_may_be_set_by_variables() {
    let issuer = LocalIssuer::start(&format!("/{TENANT}/v2.0"));
    let key = Key::ec("k");
    issuer.publish(&[&key]);
    let data = tempfile::tempdir().expect("a directory");
    let audiences = format!("other,{AUDIENCE}");
    let variables = [
        ("GRAPH_CONNECTIONS_ISSUER", issuer.url.as_str()),
        ("GRAPH_CONNECTIONS_AUDIENCE", &audiences),
    ];
    let server = Server::start_in(data, &[], &variables);
    let token = issuer.token(&key, &json!({ "tid": TENANT }));
    assert_accepted(&list(&server, &token).await);
    let other = issuer.token(&key, &json!({ "tid": OTHER_TENANT }));
    assert_refused(&list(&server, &other).await, "'iss'");
}

#[test]
fn incomplete_terms_are_a_wrong_command_line() {
    let url = "https://login.microsoftonline.com/organizations/v2.0";
    let alone = ["--issuer", url];
    let without_tenants = ["--issuer", url, "--audience", AUDIENCE];
    for (arguments, part) in [
        (&alone[..], "needs --audience"),
        (&without_tenants, "needs --tenants"),
    ] {
        let output = program().arg("serve").args(arguments).output();
        let output = output.expect("the program runs");
        assert_eq!(output.status.code(), Some(2));
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(words.contains(part), "{words}");
    }
}

#[tokio::test]
async fn keys_of_one_name_all_count() {
    let issuer = LocalIssuer::start("/realms/contoso");
    let (first, second, rsa) = (Key::ec("k"), Key::ec("k"), Key::rsa("k"));
    issuer.publish(&[&first, &second, &rsa]);
    let server = server_for(&issuer.url, "contoso");
    for key in [&first, &second, &rsa] {
        let token = issuer.token(key, &json!({}));
        assert_accepted(&list(&server, &token).await);
    }
    let forged = issuer.token(&Key::ec("k"), &json!({}));
    assert_refused(&list(&server, &forged).await, "signature");
}
