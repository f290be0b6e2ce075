//! Headers and signatures: which key, which algorithm, and who says so.

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    rsa::KeyPair,
    signature::KeyPair as _,
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use super::good;
use crate::{
    identity::{
        forge::Forge,
        refusals::{ALGORITHM, NO_KEY, OWN_KEY, SIGNATURE, TYP},
    },
    minting::{Issuer, encoded},
};

/// RFC 8725 section 2.1.
pub fn algorithm_none(forge: &mut Forge) {
    let (_, good) = good(forge);
    for case in 0..16 {
        let letters = "none"
            .char_indices()
            .map(|(at, letter)| match case >> at & 1 {
                1 => letter.to_ascii_uppercase(),
                _ => letter,
            });
        let header = json!({ "alg": letters.collect::<String>() });
        for signature in ["", "AA", &good, &encoded(forge.random.bytes(256))] {
            for _ in 0..4 {
                let token = forge.unsigned(&header, signature);
                forge.add("algorithm none", token, &[ALGORITHM]);
            }
        }
    }
}

/// RFC 8725 section 2.1: a public key is no secret.
pub fn shared_secret(forge: &mut Forge) {
    let secrets = forms_of_the_public_key(forge.issuer);
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        for secret in &secrets {
            let key = EncodingKey::from_secret(secret);
            for _ in 0..6 {
                let token = forge.signed_with(&json!({ "alg": algorithm }), algorithm, &key);
                forge.add("a shared secret", token, &[ALGORITHM]);
                let token = forge.signed_with(&json!({}), algorithm, &key);
                forge.add("a shared secret called RS256", token, &[SIGNATURE]);
            }
        }
    }
}

fn forms_of_the_public_key(issuer: &Issuer) -> Vec<Vec<u8>> {
    let base64: String = issuer
        .key_pem
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let pair = KeyPair::from_pkcs8(&STANDARD.decode(base64).expect("PEM")).expect("PKCS #8");
    let der: PublicKeyX509Der = pair.public_key().as_der().expect("a public key");
    let lines: Vec<String> = STANDARD
        .encode(der.as_ref())
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----",
        lines.join("\n")
    );
    let jwk = json!({ "kty": "RSA", "n": issuer.modulus, "e": "AQAB" }).to_string();
    let modulus = URL_SAFE_NO_PAD.decode(&issuer.modulus).expect("a number");
    vec![
        format!("{pem}\n").into_bytes(),
        pem.into_bytes(),
        der.as_ref().to_vec(),
        modulus,
        issuer.modulus.clone().into_bytes(),
        jwk.into_bytes(),
        issuer.key_id.clone().into_bytes(),
        Vec::new(),
    ]
}

/// RFC 8725 section 3.1: the key decides on the algorithm, not the token.
pub fn other_algorithms(forge: &mut Forge) {
    let key = forge.issuer.key.clone();
    for algorithm in [
        Algorithm::RS384,
        Algorithm::RS512,
        Algorithm::PS256,
        Algorithm::PS384,
        Algorithm::PS512,
    ] {
        for _ in 0..10 {
            let token = forge.signed_with(&json!({ "alg": algorithm }), algorithm, &key);
            forge.add("another algorithm", token, &[ALGORITHM]);
            let token = forge.signed_with(&json!({}), algorithm, &key);
            forge.add("another algorithm called RS256", token, &[SIGNATURE]);
        }
    }
    for alg in [
        json!("rs256"),
        json!("RS256 "),
        json!(""),
        json!(256),
        json!(["RS256"]),
        json!("ES256"),
        json!("EdDSA"),
        Value::Null,
    ] {
        for _ in 0..5 {
            let token = forge.signed(&json!({ "alg": alg }), json!({}));
            forge.add("an unknown algorithm", token, &[ALGORITHM]);
        }
    }
}

/// Key swap: the name of the issuer's key, the signature of another.
pub fn another_key(forge: &mut Forge) {
    let key = forge.stranger.clone();
    for _ in 0..200 {
        let token = forge.signed_with(&json!({}), Algorithm::RS256, &key);
        forge.add("another key", token, &[SIGNATURE]);
    }
}

pub fn unknown_kid(forge: &mut Forge) {
    let kid = forge.issuer.key_id.clone();
    let mut kids = vec![
        Value::Null,
        json!(""),
        json!(1),
        json!([kid]),
        json!({ "kid": kid }),
        json!(format!("{kid} ")),
        json!(format!("{kid}\u{0}")),
        json!(&kid[1..]),
        json!("../../../../dev/null"),
        json!("' OR 1=1 --"),
        json!("https://evil.example/keys"),
        json!("k".repeat(4_000)),
    ];
    kids.extend((0..200).map(|_| json!(forge.random.text())));
    for kid in kids {
        let token = forge.signed(&json!({ "kid": kid }), json!({}));
        forge.add("an unknown kid", token, &[NO_KEY]);
    }
}

/// RFC 8725 section 3.10, RFC 7515 section 4.1.11.
pub fn key_of_its_own(forge: &mut Forge) {
    let stranger = forge.stranger.clone();
    let jwk = json!({ "kty": "RSA", "n": forge.issuer.modulus, "e": "AQAB" });
    for header in [
        json!({ "jwk": jwk }),
        json!({ "jwk": {} }),
        json!({ "jku": "https://evil.example/keys" }),
        json!({ "jku": "http://127.0.0.1:1/keys" }),
        json!({ "x5u": "https://evil.example/certificate" }),
        json!({ "x5c": ["MIIB"] }),
        json!({ "x5c": [] }),
        json!({ "crit": ["exp"] }),
        json!({ "crit": [], "jku": "" }),
        json!({ "kid": "other", "jwk": jwk }),
    ] {
        for _ in 0..10 {
            let token = forge.signed(&header, json!({}));
            forge.add("a key of its own", token, &[OWN_KEY]);
            let token = forge.signed_with(&header, Algorithm::RS256, &stranger);
            forge.add("a key of its own, used", token, &[OWN_KEY]);
        }
    }
}

pub fn other_types(forge: &mut Forge) {
    for typ in ["JWE", "dpop+jwt", "at+jwt2", "logout+jwt", "JWT ", ""] {
        for _ in 0..5 {
            let token = forge.signed(&json!({ "typ": typ }), json!({}));
            forge.add("another type", token, &[TYP]);
        }
    }
}
