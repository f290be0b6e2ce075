//! Tokens as a stranger reads them.

use std::sync::LazyLock;

use jsonwebtoken::{DecodingKey, Validation, decode};

use super::*;
use crate::{
    development::names::{DEMO_APP, DEMO_TENANT, DEMO_USER},
    domain::clock::testing::{NOW_S, TestClock},
};

/// One for all tests, since a key takes a while.
pub(in crate::development) fn issuer() -> Arc<DevelopmentIssuer> {
    static ISSUER: LazyLock<Arc<DevelopmentIssuer>> = LazyLock::new(|| {
        let dir = tempfile::tempdir().expect("a directory");
        let issuer = DevelopmentIssuer::open(dir.path(), "http://127.0.0.1:8080", TestClock::new());
        Arc::new(issuer.expect("an issuer"))
    });
    ISSUER.clone()
}

/// An application token of tenant `contoso`, good for an hour.
fn request() -> TokenRequest {
    TokenRequest {
        tenant: "contoso".into(),
        app: "app".into(),
        subject: Subject::App,
        groups: Vec::new(),
        permissions: vec!["ExternalItem.Read.All".into()],
        lifetime: Duration::from_hours(1),
    }
}

/// Read the way a stranger would: discovery's key set, and the library's own validation.
pub(in crate::development) fn claims_of(token: &str) -> Value {
    let key_set = serde_json::to_value(issuer().key_set()).expect("JSON");
    let jwk: Jwk = serde_json::from_value(key_set["keys"][0].clone()).expect("a key");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.validate_exp = false; // the library asks the machine for the time
    validation.set_audience(&["https://graph.microsoft.com"]);
    let key = DecodingKey::from_jwk(&jwk).expect("a public key");
    let data = decode::<Value>(token, &key, &validation).expect("a valid token");
    assert_eq!(data.header.kid, jwk.common.key_id);
    data.claims
}

#[test]
fn key_set_is_public_and_complete() {
    let key_set = serde_json::to_value(issuer().key_set()).expect("JSON");
    let key = key_set["keys"][0].as_object().expect("a key");
    let mut members: Vec<_> = key.keys().map(String::as_str).collect();
    members.sort_unstable();
    assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"]);
    assert_eq!(key["kty"], "RSA");
    assert_eq!(key["use"], "sig");
    assert_eq!(key["alg"], "RS256");
}

#[test]
fn application_token_has_the_claims_of_entra() {
    let claims = claims_of(&issuer().mint(&request()).expect("a token"));
    let oid = claims["oid"].clone();
    assert_eq!(
        claims,
        json!({
            "aud": "https://graph.microsoft.com",
            "iss": "http://127.0.0.1:8080/contoso/v2.0",
            "iat": NOW_S, "nbf": NOW_S, "exp": NOW_S + 3600,
            "appid": "app", "azp": "app", "tid": "contoso",
            "app_displayname": "app",
            "oid": oid, "sub": oid, "idtyp": "app",
            "roles": ["ExternalItem.Read.All"],
            "uti": "00000000-0000-0000-0000-000000000007", "ver": "2.0",
        })
    );
}

#[test]
fn delegated_token_names_the_user() {
    let token = |user: &str, app: &str| {
        let request = TokenRequest {
            tenant: DEMO_TENANT.into(),
            app: app.into(),
            subject: Subject::User(user.into()),
            permissions: vec!["A.Read".into(), "B.Read".into()],
            ..request()
        };
        claims_of(&issuer().mint(&request).expect("a token"))
    };
    let claims = token(DEMO_USER, DEMO_APP);
    assert_eq!(claims["oid"], "84d7fb4c-f203-8397-863a-40a55c4f261c");
    assert_eq!(claims["upn"], DEMO_USER);
    assert_eq!(claims["idtyp"], "user");
    assert_eq!(claims["scp"], "A.Read B.Read");
    for absent in ["roles", "groups", "acct"] {
        assert!(claims.get(absent).is_none(), "{absent}");
    }

    let elsewhere = token(DEMO_USER, "other");
    assert_eq!(elsewhere["oid"], claims["oid"]);
    assert_ne!(elsewhere["sub"], claims["sub"], "subjects are pairwise");

    let by_id = token("6764B1D7-0000-8000-8000-000000000001", DEMO_APP);
    assert_eq!(by_id["oid"], "6764b1d7-0000-8000-8000-000000000001");
}

#[test]
fn guest_is_the_same_user_with_the_name_and_status_of_a_guest() {
    let token = |subject| {
        let request = TokenRequest {
            subject,
            ..request()
        };
        claims_of(&issuer().mint(&request).expect("a token"))
    };
    let changed = |subject, upn: &str| {
        let mut claims = token(subject);
        claims["acct"] = 1.into();
        claims["upn"] = upn.into();
        claims
    };
    let by_id = "6764b1d7-0000-8000-8000-000000000001";
    for (user, upn) in [
        (
            "bob@fabrikam.com",
            "bob_fabrikam.com#EXT#@contoso.onmicrosoft.com",
        ),
        ("bob", "bob#EXT#@contoso.onmicrosoft.com"),
        ("bob_a.b#ext#@c.d", "bob_a.b#ext#@c.d"),
        (by_id, &format!("{by_id}#EXT#@contoso.onmicrosoft.com")),
    ] {
        let member = changed(Subject::User(user.into()), upn);
        assert_eq!(token(Subject::Guest(user.into())), member);
    }
}

#[test]
fn groups_are_a_claim() {
    let groups = vec!["g1".to_owned(), "g2".to_owned()];
    let request = TokenRequest {
        groups,
        ..request()
    };
    let claims = claims_of(&issuer().mint(&request).expect("a token"));
    assert_eq!(claims["groups"], json!(["g1", "g2"]));
}

#[test]
fn a_key_of_another_kind_is_unreadable() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut file = tempfile::NamedTempFile::new_in(dir.path()).expect("a file");
    let content = json!({ "origin": "http://h", "privateKey": "-----BEGIN PRIVATE KEY-----" });
    serde_json::to_writer(&mut file, &content).expect("written");
    file.persist(dir.path().join("development-issuer.json"))
        .expect("renamed");
    let opened = DevelopmentIssuer::open(dir.path(), "http://h", TestClock::new());
    let error = opened.err().expect("refused");
    let said = format!("{error:?}");
    assert!(said.contains("not a development issuer's file"), "{said}");
}
