//! Keys that verify signatures: which are accepted, for which algorithm, and until when.
//!
//! A key belongs to one issuer and one algorithm. A key shared between issuers would let one speak for another; an
//! algorithm taken from the token would let its bearer choose the check. Source: RFC 8725 sections 3.1, 3.2, 3.5, 3.8.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, crypto,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyOperations, PublicKeyUse, RSAKeyParameters},
};

use super::issuer_name::IssuerName;

/// Sizes of an RSA modulus, *bits*: at least what RFC 7518 section 3.3 asks for, at most what the library verifies with.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// Longest RSA exponent, *bytes*; the usual 65,537 takes three.
const MAX_EXPONENT_BYTES: usize = 4;

pub(super) type KeySet = Arc<[Arc<VerificationKey>]>;

/// A public key, bound to its issuer by the set that it is in, and to one algorithm.
#[derive(Debug)]
pub(super) struct VerificationKey {
    /// As it was published.
    jwk: Jwk,
    /// Entra names the issuer beside a key: its key set for every tenant has keys that sign for one tenant alone.
    issuer: Option<IssuerName>,
    id: String,
    pub(super) algorithm: Algorithm,
    key: DecodingKey,
    /// *Seconds* since the Unix epoch. Changed by the task that fetches keys, while cached tokens refer to this key: they are
    /// valid as long as it is.
    good_until_s: AtomicI64,
}

impl VerificationKey {
    /// `None` if the key is not for signatures, cannot be bound to an algorithm, is weak, or has no `kid` by which a
    /// token could name it. RFC 7517 section 5: keys that are not understood are ignored.
    pub(super) fn new(jwk: Jwk, issuer: Option<IssuerName>, good_until_s: i64) -> Option<Self> {
        let id = jwk.common.key_id.clone().filter(|id| !id.is_empty())?;
        let for_signatures = match (&jwk.common.public_key_use, &jwk.common.key_operations) {
            (Some(public_key_use), _) => *public_key_use == PublicKeyUse::Signature,
            (None, Some(operations)) => operations.contains(&KeyOperations::Verify),
            (None, None) => true,
        };
        let algorithm = algorithm(&jwk).filter(|_| for_signatures)?;
        let key = DecodingKey::from_jwk(&jwk).ok()?;
        Some(Self {
            jwk,
            issuer,
            id,
            algorithm,
            key,
            good_until_s: AtomicI64::new(good_until_s),
        })
    }

    /// Whether a token with this `kid`, `iss` and tenant may be verified with this key.
    pub(super) fn is_for(&self, kid: &str, iss: &str, tenant: &str) -> bool {
        self.id == kid && self.issuer.as_ref().is_none_or(|i| i.is(iss, tenant))
    }

    pub(super) fn is_named(&self, kid: &str) -> bool {
        self.id == kid
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.jwk == other.jwk && self.issuer == other.issuer
    }

    pub(super) fn is_good(&self, now_s: i64) -> bool {
        // Relaxed: no other memory is read depending on this value.
        now_s < self.good_until_s.load(Ordering::Relaxed)
    }

    pub(super) fn set_good_until(&self, until_s: i64) {
        self.good_until_s.store(until_s, Ordering::Relaxed);
    }

    /// Invalidates everything that this key has signed.
    pub(super) fn withdraw(&self) {
        self.set_good_until(i64::MIN);
    }

    /// `signature` in Base64url, as it stands in the token.
    pub(super) fn verifies(&self, message: &str, signature: &str) -> bool {
        crypto::verify(signature, message.as_bytes(), &self.key, self.algorithm).unwrap_or(false)
    }
}

/// The one algorithm of a key. Where the key does not say, as at Entra, it is the one that goes with its kind: RS256 for
/// RSA, which RFC 9068 section 2.1 has every issuer support, and what RFC 7518 section 3.4 and RFC 8037 section 3.1 couple
/// with a curve. Never one with a shared secret.
fn algorithm(jwk: &Jwk) -> Option<Algorithm> {
    use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};

    let fitting: &[Algorithm] = match &jwk.algorithm {
        AlgorithmParameters::RSA(rsa) if is_strong(rsa) => {
            &[RS256, RS384, RS512, PS256, PS384, PS512]
        }
        AlgorithmParameters::EllipticCurve(ec) => match ec.curve {
            EllipticCurve::P256 => &[ES256],
            EllipticCurve::P384 => &[ES384],
            _ => &[],
        },
        AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => &[EdDSA],
        _ => &[],
    };
    match jwk.common.key_algorithm {
        None => fitting.first().copied(),
        Some(named) => {
            let named = Algorithm::try_from(named).ok()?;
            fitting.contains(&named).then_some(named)
        }
    }
}

fn is_strong(rsa: &RSAKeyParameters) -> bool {
    let (Ok(modulus), Ok(exponent)) = (
        URL_SAFE_NO_PAD.decode(&rsa.n),
        URL_SAFE_NO_PAD.decode(&rsa.e),
    ) else {
        return false;
    };
    let odd = exponent.last().is_some_and(|last| last % 2 == 1);
    let small = exponent.len() <= MAX_EXPONENT_BYTES;
    // An exponent of one makes every message its own signature.
    RSA_BITS.contains(&bits(&modulus)) && odd && small && bits(&exponent) > 1
}

/// Bits of a big-endian number, without zeros in front.
fn bits(number: &[u8]) -> usize {
    let zeros = number.iter().take_while(|&&byte| byte == 0).count();
    let first = number.get(zeros).map_or(0, |byte| byte.leading_zeros());
    (number.len() - zeros) * 8 - first as usize
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn number(bits: usize) -> String {
        let mut bytes = vec![0xff; bits.div_ceil(8)];
        bytes[0] >>= (8 - bits % 8) % 8;
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn key(jwk: &Value) -> Option<VerificationKey> {
        let jwk = serde_json::from_value(jwk.clone()).ok()?;
        VerificationKey::new(jwk, None, i64::MAX)
    }

    fn rsa(changes: &Value) -> Value {
        let mut jwk = json!({"kty": "RSA", "kid": "k", "n": number(2048), "e": "AQAB"});
        let (members, changes) = (jwk.as_object_mut(), changes.as_object());
        let changes = changes.expect("an object").clone();
        members.expect("an object").extend(changes);
        jwk
    }

    #[test]
    fn keys_are_bound_to_one_algorithm() {
        let (x, y) = (number(256), number(256));
        for (jwk, algorithm) in [
            (rsa(&json!({})), Algorithm::RS256),
            (rsa(&json!({"use": "sig"})), Algorithm::RS256),
            (rsa(&json!({"alg": "RS512"})), Algorithm::RS512),
            (rsa(&json!({"alg": "PS256"})), Algorithm::PS256),
            (rsa(&json!({"key_ops": ["verify"]})), Algorithm::RS256),
            (rsa(&json!({"n": number(8192)})), Algorithm::RS256),
            (rsa(&json!({"e": "Aw"})), Algorithm::RS256),
            (
                json!({"kty": "EC", "kid": "k", "crv": "P-256", "x": x, "y": y}),
                Algorithm::ES256,
            ),
            (
                json!({"kty": "EC", "kid": "k", "crv": "P-384", "x": x, "y": y, "alg": "ES384"}),
                Algorithm::ES384,
            ),
            (
                json!({"kty": "OKP", "kid": "k", "crv": "Ed25519", "x": x}),
                Algorithm::EdDSA,
            ),
        ] {
            let bound = key(&jwk).unwrap_or_else(|| panic!("{jwk}"));
            assert_eq!(bound.algorithm, algorithm, "{jwk}");
        }
    }

    #[test]
    fn keys_that_cannot_be_bound_are_left_out() {
        let (x, y) = (number(256), number(256));
        for jwk in [
            json!({"kty": "oct", "alg": "HS256", "kid": "k", "k": "c2VjcmV0"}),
            json!({"kty": "oct", "kid": "k", "k": "c2VjcmV0"}),
            json!({"kty": "AKP", "alg": "ML-DSA-44", "kid": "k", "pub": "AA"}),
            rsa(&json!({"alg": "HS256"})),
            rsa(&json!({"alg": "ES256"})),
            rsa(&json!({"alg": "RSA-OAEP"})),
            rsa(&json!({"alg": "none"})),
            rsa(&json!({"use": "enc"})),
            rsa(&json!({"use": "enc", "key_ops": ["verify"]})),
            rsa(&json!({"key_ops": ["encrypt"]})),
            rsa(&json!({"kid": null})),
            rsa(&json!({"kid": ""})),
            json!({"kty": "EC", "kid": "k", "crv": "P-521", "x": x, "y": y}),
            json!({"kty": "EC", "kid": "k", "crv": "P-256", "x": x, "y": y, "alg": "ES384"}),
            json!({"kty": "EC", "kid": "k", "crv": "secp256k1", "x": x, "y": y}),
            json!({"kty": "EC", "kid": "k", "crv": "P-256", "x": "!", "y": y}),
            json!({"kty": "OKP", "kid": "k", "crv": "P-256", "x": x}),
        ] {
            assert!(key(&jwk).is_none(), "{jwk}");
        }
    }

    #[test]
    fn weak_rsa_keys_are_left_out() {
        for changes in [
            json!({"n": number(2047)}),
            json!({"n": number(8193)}),
            json!({"n": URL_SAFE_NO_PAD.encode([vec![0; 128], vec![0xff; 128]].concat())}),
            json!({"n": ""}),
            json!({"n": "AQAB="}),
            json!({"e": ""}),
            json!({"e": "AQ"}), // 1
            json!({"e": "AAAAAQ"}),
            json!({"e": "Ag"}), // 2
            json!({"e": "AQAAAAAB"}),
        ] {
            assert!(key(&rsa(&changes)).is_none(), "{changes}");
        }
    }

    #[test]
    fn keys_are_good_until_they_are_withdrawn() {
        let key = key(&rsa(&json!({}))).expect("a key");
        key.set_good_until(10);
        assert!(key.is_good(9) && !key.is_good(10));
        key.withdraw();
        assert!(!key.is_good(0));
    }
}
