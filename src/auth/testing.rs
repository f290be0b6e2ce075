//! What the tests of this module share: one issuer, since a key takes a while, and claims of a good token.

#[cfg(test)]
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::FutureExt;
use jsonwebtoken::{
    Algorithm, EncodingKey, crypto,
    jwk::{Jwk, JwkSet, PublicKeyUse},
};
use rcgen::{KeyPair, PKCS_RSA_SHA256, RsaKeySize};
#[cfg(test)]
use serde_json::{Value, json};

use super::{
    Authenticator, TokenError, TrustedIssuer, issuer_name::TENANT_PLACEHOLDER, token::Token,
};
#[cfg(test)]
use crate::domain::clock::testing::NOW_S;

/// The origin that begins the names of the issuer.
const ORIGIN: &str = "http://127.0.0.1:8080";

/// Signs any header and claims: what an honest issuer never would, too.
pub(crate) struct TestIssuer {
    key: EncodingKey,
    pub(crate) jwk: Jwk,
}

/// The one issuer.
pub(crate) fn issuer() -> &'static TestIssuer {
    static ISSUER: LazyLock<TestIssuer> = LazyLock::new(|| {
        let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048);
        let pem = key.expect("a key").serialize_pem();
        let key = EncodingKey::from_rsa_pem(pem.as_bytes()).expect("an RSA key");
        let mut jwk = Jwk::from_encoding_key(&key, Algorithm::RS256).expect("its public half");
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        jwk.common.key_id = Some("its-key".to_owned());
        TestIssuer { key, jwk }
    });
    &ISSUER
}

/// The claim `iss` for a tenant.
pub(crate) fn name(tenant: &str) -> String {
    format!("{ORIGIN}/{tenant}/v2.0")
}

impl TestIssuer {
    pub(crate) fn key_set(&self) -> JwkSet {
        JwkSet {
            keys: vec![self.jwk.clone()],
        }
    }

    pub(crate) fn trusted(&self) -> TrustedIssuer {
        TrustedIssuer::fixed(name(TENANT_PLACEHOLDER), &self.key_set())
    }

    pub(crate) fn sign(&self, header: &str, claims: &str) -> String {
        let encode = |text| URL_SAFE_NO_PAD.encode(text);
        let message = format!("{}.{}", encode(header), encode(claims));
        let signature = crypto::sign(message.as_bytes(), &self.key, Algorithm::RS256);
        format!("{message}.{}", signature.expect("the key signs"))
    }

    /// A token with the right header.
    #[cfg(test)]
    pub(crate) fn token(&self, claims: &Value) -> String {
        self.sign(&header().to_string(), &claims.to_string())
    }
}

#[cfg(test)]
pub(crate) fn header() -> Value {
    json!({ "typ": "JWT", "alg": "RS256", "kid": issuer().jwk.common.key_id })
}

/// Of an application of tenant `contoso`, good for an hour.
#[cfg(test)]
pub(crate) fn claims() -> Value {
    json!({
        "aud": "https://graph.microsoft.com",
        "iss": name("contoso"),
        "tid": "contoso",
        "appid": "app",
        "nbf": NOW_S,
        "exp": NOW_S + 3600,
        "roles": ["P"],
    })
}

/// `base` with some members replaced, or removed where the change is `null`.
#[cfg(test)]
pub(crate) fn changed(base: Value, changes: &Value) -> Value {
    let mut members: BTreeMap<String, Value> = serde_json::from_value(base).expect("an object");
    for (name, value) in changes.as_object().expect("an object") {
        members.insert(name.clone(), value.clone());
    }
    members.retain(|_, value| !value.is_null());
    json!(members)
}

impl Authenticator {
    /// With issuers whose keys do not change there is nothing to wait for.
    pub(crate) fn authenticate_now(&self, bearer: &str) -> Result<Arc<Token>, TokenError> {
        let verified = self.authenticate(bearer).now_or_never();
        verified.expect("an answer at once")
    }
}
