//! Whose tokens are accepted: issuers, and the keys of each.
//!
//! A key belongs to one issuer and to one algorithm. A key shared between issuers would let one speak for
//! another; an algorithm taken from the token would let its bearer choose the check.
//! Source: RFC 8725 sections 3.1, 3.8.

use jsonwebtoken::{
    Algorithm, DecodingKey, crypto,
    jwk::{Jwk, JwkSet},
};

/// Stands for the tenant in the name of an issuer, as in Entra's discovery document.
pub(super) const TENANT_PLACEHOLDER: &str = "{tenantid}";

/// What Graph is called in the claim `aud`: its URI, written with or without the slash, or its app id.
/// Source: Entra, access token claims reference, `aud`; Graph's first-party app id.
pub(super) const GRAPH_AUDIENCES: [&str; 3] = [
    "https://graph.microsoft.com",
    "https://graph.microsoft.com/",
    "00000003-0000-0000-c000-000000000000",
];

/// An issuer whose tokens are accepted.
#[derive(Debug)]
pub(crate) struct TrustedIssuer {
    name: String,
    keys: Vec<VerificationKey>,
}

#[derive(Debug)]
pub(super) struct VerificationKey {
    id: String,
    pub(super) algorithm: Algorithm,
    key: DecodingKey,
}

impl TrustedIssuer {
    /// `name`: the claim `iss`; `{tenantid}` in it stands for the claim `tid`. Keys without `kid`, without `alg` or
    /// with a shared secret cannot be bound and are left out.
    pub(crate) fn new(name: String, keys: &JwkSet) -> Self {
        Self {
            name,
            keys: keys.keys.iter().filter_map(VerificationKey::new).collect(),
        }
    }

    /// Whether the issuer may name itself so in a token of this tenant. One key set signs for every tenant, so
    /// the tenant must be part of the comparison.
    pub(super) fn is(&self, iss: &str, tid: &str) -> bool {
        match self.name.split_once(TENANT_PLACEHOLDER) {
            None => iss == self.name,
            Some((before, after)) => {
                iss.strip_prefix(before)
                    .and_then(|rest| rest.strip_suffix(after))
                    == Some(tid)
            }
        }
    }

    pub(super) fn key(&self, kid: &str) -> Option<&VerificationKey> {
        self.keys.iter().find(|key| key.id == kid)
    }
}

impl VerificationKey {
    fn new(jwk: &Jwk) -> Option<Self> {
        let algorithm = Algorithm::try_from(jwk.common.key_algorithm?).ok()?;
        let id = jwk.common.key_id.clone().filter(|id| !id.is_empty())?;
        let key = DecodingKey::from_jwk(jwk).ok()?;
        let public = !matches!(
            algorithm,
            Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512
        );
        (public && key.family() == algorithm.family()).then_some(Self { id, algorithm, key })
    }

    /// `signature` in Base64url, as it stands in the token.
    pub(super) fn verifies(&self, message: &str, signature: &str) -> bool {
        crypto::verify(signature, message.as_bytes(), &self.key, self.algorithm).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuer_name_is_compared_with_the_tenant_of_the_token() {
        let issuer = TrustedIssuer::new("http://h/{tenantid}/v2.0".into(), &JwkSet::default());
        for (iss, tid, expected) in [
            ("http://h/a/v2.0", "a", true),
            ("http://h/a/v2.0", "b", false),
            ("http://h/a/v2.0/", "a", false),
            ("http://h/A/v2.0", "a", false),
            ("http://h//v2.0", "", true), // the claim 'tid' is never empty
            ("http://h/{tenantid}/v2.0", "a", false),
            ("http://h/v2.0", "a", false),
        ] {
            assert_eq!(issuer.is(iss, tid), expected, "{iss} {tid}");
        }
        let fixed = TrustedIssuer::new("http://h".into(), &JwkSet::default());
        assert!(fixed.is("http://h", "a") && !fixed.is("http://h/", "a"));
    }

    #[test]
    fn keys_that_cannot_be_bound_are_left_out() {
        let set = |jwk: serde_json::Value| -> JwkSet {
            serde_json::from_value(serde_json::json!({ "keys": [jwk] })).expect("a key set")
        };
        for jwk in [
            serde_json::json!({"kty": "oct", "alg": "HS256", "kid": "k", "k": "c2VjcmV0"}),
            serde_json::json!({"kty": "RSA", "alg": "HS256", "kid": "k", "n": "AQAB", "e": "AQAB"}),
            serde_json::json!({"kty": "RSA", "kid": "k", "n": "AQAB", "e": "AQAB"}),
            serde_json::json!({"kty": "RSA", "alg": "RS256", "n": "AQAB", "e": "AQAB"}),
            serde_json::json!({"kty": "RSA", "alg": "RS256", "kid": "", "n": "AQAB", "e": "AQAB"}),
        ] {
            let issuer = TrustedIssuer::new("i".into(), &set(jwk.clone()));
            assert!(issuer.keys.is_empty(), "{jwk}");
        }
        let bound = set(
            serde_json::json!({"kty": "RSA", "alg": "RS256", "kid": "k", "n": "AQAB", "e": "AQAB"}),
        );
        assert!(TrustedIssuer::new("i".into(), &bound).key("k").is_some());
    }
}
