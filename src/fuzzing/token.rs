//! Bearer tokens.

use std::sync::LazyLock;

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::Value;

use crate::{
    auth::{
        Authenticator,
        testing::{TestIssuer, issuer, name},
    },
    domain::clock::testing::{NOW_S, TestClock},
};

/// In a header, stands for the name of the issuer's key, which is another one in each run.
const KEY_NAME: &str = "KID";

/// The input is a token; or a header and claims, divided by a line end, to which the issuer puts its signature. What is
/// accepted, another reader of tokens accepts too, and its times and names are as they must be.
///
/// # Panics
/// If that does not hold.
pub fn token(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    let reference = &*REFERENCE;
    let token = match text.split_once('\n') {
        None => text.to_owned(),
        Some((header, claims)) => {
            let header = header.replace(KEY_NAME, &reference.kid);
            reference.issuer.sign(&header, claims)
        }
    };
    let authenticator = Authenticator::new(vec![reference.issuer.trusted()], TestClock::new());
    if authenticator.authenticate_now(&token).is_ok() {
        reference.check(&token);
    }
}

static REFERENCE: LazyLock<Reference> = LazyLock::new(Reference::new);

/// `jsonwebtoken` as other services use it, and the rules of Entra's tokens on top.
struct Reference {
    issuer: &'static TestIssuer,
    kid: String,
    key: DecodingKey,
    validation: Validation,
}

impl Reference {
    fn new() -> Self {
        let issuer = issuer();
        let keys = issuer.key_set();
        let jwk = keys.keys.first().expect("a key");
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_audience(&[
            "https://graph.microsoft.com",
            "https://graph.microsoft.com/",
            "00000003-0000-0000-c000-000000000000",
        ]);
        validation.set_required_spec_claims(&["exp", "aud", "iss"]);
        // It would ask the machine for the time.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        Self {
            kid: jwk.common.key_id.clone().expect("a name"),
            key: DecodingKey::from_jwk(jwk).expect("a key"),
            issuer,
            validation,
        }
    }

    fn check(&self, token: &str) {
        let header = decode_header(token).expect("a header");
        assert_eq!(header.kid.as_ref(), Some(&self.kid));
        let claims = decode::<Value>(token, &self.key, &self.validation)
            .expect("a token that others accept")
            .claims;
        let exp = claims["exp"].as_i64().expect("a time");
        assert!(exp.saturating_add(60) > NOW_S, "{claims}");
        if let Some(nbf) = claims.get("nbf") {
            let nbf = nbf.as_i64().expect("a time");
            assert!(nbf.saturating_sub(60) <= NOW_S, "{claims}");
        }
        let tenant = claims["tid"].as_str().expect("a tenant");
        assert_eq!(claims["iss"], name(tenant));
    }
}
