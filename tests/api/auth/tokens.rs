//! Tokens that are not good here, in every way, and those that are.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey};
use reqwest::Method;
use serde_json::{Value, json};

use super::{careless, operations};
use crate::{
    caller::CONNECTIONS,
    harness::{Answer, Request, Server, token},
    minting::{Issuer, PERMISSIONS, issuer_file, now_s, rsa_key},
};

fn assert_unauthorized(case: &str, answer: &Answer, message: &str) {
    let error = answer.error(401, "InvalidAuthenticationToken");
    assert_eq!(error["message"], message, "{case}");
    assert_eq!(answer.targets(), ["Authorization"], "{case}");
    // RFC 6750, section 3.1: the error is told only to those who brought a token.
    let challenge = match message {
        "Access token is empty." => "Bearer realm=\"graph-connections\"",
        _ => "Bearer realm=\"graph-connections\", error=\"invalid_token\"",
    };
    assert_eq!(answer.header("www-authenticate"), challenge, "{case}");
}

#[tokio::test]
async fn every_operation_wants_a_good_token_before_anything_else() {
    const EMPTY: &str = "Access token is empty.";
    const MALFORMED: &str = "CompactToken parsing failed with error code: 80049217";
    const SIGNATURE: &str = "Access token validation failure. Invalid signature.";
    const ISSUER: &str = "Access token validation failure. Invalid issuer.";
    const AUDIENCE: &str = "Access token validation failure. Invalid audience.";
    const CLAIM: &str = "Access token validation failure. Invalid claim.";
    const EXPIRED: &str = "Lifetime validation failed, the token is expired.";
    const NOT_YET: &str = "Lifetime validation failed, the token is not yet valid.";

    let server = Server::start();
    let demo = server.caller(&["--tenant", "contoso", "--app", "app"]);
    demo.create_all([("contosohr", "Any")]).await;
    let before = demo.read(CONNECTIONS).await;
    let issuer = Issuer::of(&server).await;
    let good = issuer.token(json!({ "scp": null, "roles": PERMISSIONS }));
    let of_user = issuer.token(json!({ "scp": PERMISSIONS.join(" ") }));
    let bearer = |token: &str| vec![format!("Bearer {token}")];
    let (signed, signature) = good.rsplit_once('.').expect("three parts");
    let other = issuer.token(json!({ "a": 1 }));
    let (other_signed, _) = other.rsplit_once('.').expect("three parts");
    let header = |alg: &str| json!({ "alg": alg, "typ": "JWT", "kid": issuer.key_id });
    let modulus = URL_SAFE_NO_PAD.decode(&issuer.modulus).expect("Base64url");
    let public = EncodingKey::from_secret(&modulus);
    let public_text = EncodingKey::from_secret(issuer.modulus.as_bytes());
    let elsewhere = tempfile::tempdir().expect("a directory");
    token(elsewhere.path(), &[]);
    let other_key = rsa_key(&issuer_file(elsewhere.path()).1);
    let now_s = now_s();
    let with = |changes: Value| bearer(&issuer.token(changes));

    let cases = [
        ("no header", vec![], EMPTY),
        ("an empty header", vec![String::new()], EMPTY),
        ("no token", vec!["Bearer".into()], EMPTY),
        ("an empty token", vec!["Bearer ".into()], EMPTY),
        ("another scheme", vec![format!("Basic {good}")], EMPTY),
        ("no scheme", vec![good.clone()], EMPTY),
        (
            "two headers",
            vec![format!("Bearer {good}"), format!("Bearer {good}")],
            EMPTY,
        ),
        (
            "two headers, one good",
            vec![format!("Bearer {good}"), "Basic x".into()],
            EMPTY,
        ),
        ("garbage", bearer("garbage"), MALFORMED),
        ("dots", bearer(".."), MALFORMED),
        ("two parts", bearer(signed), MALFORMED),
        ("four parts", bearer(&format!("{good}.x")), MALFORMED),
        ("two tokens", bearer(&format!("{good} {good}")), MALFORMED),
        ("9 KiB", bearer(&"a".repeat(9 << 10)), MALFORMED),
        ("no signature", bearer(&format!("{signed}.")), SIGNATURE),
        (
            "another signature",
            bearer(&format!("{signed}.{}", signature.to_lowercase())),
            SIGNATURE,
        ),
        (
            "other claims",
            bearer(&format!("{other_signed}.{signature}")),
            SIGNATURE,
        ),
        (
            "alg none",
            bearer(&issuer.forged(&header("none"), "")),
            SIGNATURE,
        ),
        (
            "alg NONE",
            bearer(&issuer.forged(&header("NONE"), signature)),
            SIGNATURE,
        ),
        (
            "HS256 with the public key",
            bearer(&issuer.sign(Algorithm::HS256, &public, json!({}))),
            SIGNATURE,
        ),
        (
            "HS256 with its text",
            bearer(&issuer.sign(Algorithm::HS256, &public_text, json!({}))),
            SIGNATURE,
        ),
        (
            "RS512",
            bearer(&issuer.sign(Algorithm::RS512, &issuer.key, json!({}))),
            SIGNATURE,
        ),
        (
            "PS256",
            bearer(&issuer.sign(Algorithm::PS256, &issuer.key, json!({}))),
            SIGNATURE,
        ),
        (
            "another key",
            bearer(&issuer.sign(Algorithm::RS256, &other_key, json!({}))),
            SIGNATURE,
        ),
        (
            "an unknown key",
            bearer(&issuer.forged(&json!({ "alg": "RS256", "kid": "x" }), signature)),
            SIGNATURE,
        ),
        (
            "a key of its own",
            bearer(&issuer.forged(
                &json!({ "alg": "RS256", "kid": issuer.key_id, "jwk": {} }),
                signature,
            )),
            SIGNATURE,
        ),
        (
            "another audience",
            with(json!({ "aud": "https://graph.example" })),
            AUDIENCE,
        ),
        (
            "audiences without ours",
            with(json!({ "aud": ["a", "b"] })),
            AUDIENCE,
        ),
        ("no audience", with(json!({ "aud": null })), CLAIM),
        (
            "another issuer",
            with(json!({ "iss": "https://login.microsoftonline.com/contoso/v2.0" })),
            ISSUER,
        ),
        (
            "the issuer of another tenant",
            with(json!({ "tid": "fabrikam" })),
            ISSUER,
        ),
        ("no issuer", with(json!({ "iss": null })), CLAIM),
        ("no tenant", with(json!({ "tid": null })), CLAIM),
        ("an empty tenant", with(json!({ "tid": "" })), CLAIM),
        (
            "a tenant that is no name",
            with(json!({ "tid": "../x" })),
            CLAIM,
        ),
        ("no app", with(json!({ "appid": null })), CLAIM),
        ("two apps", with(json!({ "azp": "other" })), CLAIM),
        ("no permissions", with(json!({ "scp": null })), CLAIM),
        (
            "both kinds",
            with(json!({ "idtyp": "app", "roles": [PERMISSIONS[0]] })),
            CLAIM,
        ),
        ("expired", with(json!({ "exp": now_s - 61 })), EXPIRED),
        ("long expired", with(json!({ "exp": 0 })), EXPIRED),
        ("no expiry", with(json!({ "exp": null })), CLAIM),
        (
            "an expiry as text",
            with(json!({ "exp": (now_s + 600).to_string() })),
            CLAIM,
        ),
        ("not yet", with(json!({ "nbf": now_s + 120 })), NOT_YET),
    ];
    for operation in operations(&server).await {
        for (case, headers, message) in &cases {
            let case = format!("{} {}: {case}", operation.method, operation.path);
            println!("{case}");
            let request = headers
                .iter()
                .fold(careless(&operation), |request, header| {
                    request.header("authorization", header)
                });
            assert_unauthorized(&case, &request.send(&server).await, message);
        }
        // The same request with a good token is told what is wrong with it.
        let good = match operation.kind.as_deref() {
            Some("delegated") => &of_user,
            _ => &good,
        };
        let answer = careless(&operation).bearer(good).send(&server).await;
        answer.error(400, "BadRequest");
        assert_eq!(answer.targets(), ["unknown"]);
    }
    assert_eq!(demo.read(CONNECTIONS).await, before);
}

#[tokio::test]
async fn tokens_are_taken_in_every_form_that_is_good() {
    let server = Server::start();
    let issuer = Issuer::of(&server).await;
    let now_s = now_s();
    for changes in [
        json!({}),
        json!({ "aud": "https://graph.microsoft.com/" }),
        json!({ "aud": "00000003-0000-0000-c000-000000000000" }),
        json!({ "aud": ["other", "https://graph.microsoft.com"] }),
        json!({ "appid": null, "azp": "app" }),
        json!({ "scp": null, "roles": PERMISSIONS }),
        json!({ "scp": null, "roles": PERMISSIONS, "idtyp": "app" }),
        json!({ "idtyp": "user" }),
        json!({ "exp": now_s - 30 }),
        json!({ "nbf": now_s + 30 }),
        json!({ "nbf": null }),
    ] {
        let request = Request::new(Method::GET, CONNECTIONS).bearer(&issuer.token(changes.clone()));
        let answer = request.send(&server).await;
        assert_eq!(answer.status, 200, "{changes}: {}", answer.text());
    }
    let good = issuer.token(json!({}));
    for header in [
        format!("bearer {good}"),
        format!("BEARER {good}"),
        format!("Bearer   {good}"),
    ] {
        let answer = Request::new(Method::GET, CONNECTIONS).header("authorization", &header);
        assert_eq!(answer.send(&server).await.status, 200, "{header}");
    }
}
