//! A JSON Web Key Set as an issuer publishes it. Source: RFC 7517 section 5.

use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use serde_json::Value;

use super::fetch::FetchError;
use crate::auth::{issuer_name::IssuerName, keys::VerificationKey};

/// Most keys in a set. Entra has about ten.
const MAX_KEYS: usize = 100;

#[derive(Deserialize)]
pub(super) struct PublishedSet {
    keys: Vec<Value>,
}

/// The keys that can verify tokens; others are ignored.
pub(super) fn usable(
    published: PublishedSet,
    good_until_s: i64,
) -> Result<Vec<VerificationKey>, FetchError> {
    let count = published.keys.len();
    if count > MAX_KEYS {
        let what = format!("the key set has more than {MAX_KEYS} keys");
        return Err(FetchError::new(what));
    }
    let keys = published.keys.into_iter();
    let keys: Vec<_> = keys.filter_map(|it| key(it, good_until_s)).collect();
    // A set without usable keys would withdraw all keys. It is taken for a fault, like no answer: an issuer that has lost
    // its keys replaces them.
    if keys.is_empty() {
        let what = format!("none of the {count} keys in the set can be used");
        return Err(FetchError::new(what));
    }
    Ok(keys)
}

fn key(key: Value, good_until_s: i64) -> Option<VerificationKey> {
    // Not of the standard. Source: Entra, "Access tokens", on validating the issuer of the signing key.
    let issuer = match key.get("issuer") {
        None => None,
        Some(issuer) => Some(IssuerName::new(issuer.as_str()?.to_owned())),
    };
    let jwk: Jwk = serde_json::from_value(key).ok()?;
    VerificationKey::new(jwk, issuer, good_until_s)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::auth::testing::issuer;

    const TENANT: &str = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";

    /// A key that can be used, with some members changed.
    fn changed(changes: &Value) -> Value {
        let mut key = json!(issuer().key_set().keys[0]);
        let members = key.as_object_mut().expect("an object");
        members.extend(changes.as_object().expect("an object").clone());
        key
    }

    fn read_keys(keys: &[Value]) -> Result<Vec<VerificationKey>, String> {
        let keys = keys.to_vec();
        usable(PublishedSet { keys }, 1).map_err(|error| error.to_string())
    }

    #[test]
    fn keys_that_cannot_be_used_are_passed_over() {
        let keys = read_keys(&[
            json!({"kty": "oct", "alg": "HS256", "kid": "s", "k": "c2VjcmV0"}),
            json!({"kty": "new", "kid": "n"}),
            json!({}),
            json!(1),
            json!("key"),
            json!([["deep"]]),
            changed(&json!({"kid": "e", "use": "enc"})),
            changed(&json!({"kid": "i", "issuer": 1})),
            changed(&json!({"kid": "good", "unknown": {"member": []}})),
        ]);
        let keys = keys.expect("a set");
        assert_eq!(keys.len(), 1);
        assert!(keys[0].is_named("good"));
    }

    #[test]
    fn sets_that_say_nothing_are_errors() {
        let many = vec![changed(&json!({})); MAX_KEYS + 1];
        let error = read_keys(&many).expect_err("too many");
        assert_eq!(error, "the key set has more than 100 keys");
        assert_eq!(read_keys(&many[1..]).expect("a set").len(), MAX_KEYS);
        let secret = json!({"kty": "oct", "alg": "HS256", "kid": "s", "k": "c2VjcmV0"});
        for (keys, count) in [(&[][..], 0), (&[secret], 1)] {
            let error = read_keys(keys).expect_err("none");
            let expected = format!("none of the {count} keys in the set can be used");
            assert_eq!(error, expected);
        }
        let deep = format!("{{\"keys\":{}", "[".repeat(100_000));
        let twice = r#"{"keys":[],"keys":[]}"#;
        for text in ["", "{}", "[]", "<html>", "{\"keys\":{}}", &deep, twice] {
            let read = serde_json::from_str::<PublishedSet>(text);
            assert!(read.is_err(), "{text:.80}");
        }
    }

    /// Source: Entra, `https://login.microsoftonline.com/common/discovery/v2.0/keys`: keys have no `alg`; most are of every
    /// tenant, some of personal accounts alone.
    #[test]
    fn keys_of_entra_are_bound_to_the_issuer_beside_them() {
        let entra = |kid: &str, tenant: &str| {
            let issuer = format!("https://login.microsoftonline.com/{tenant}/v2.0");
            let changes =
                json!({"kid": kid, "use": "sig", "x5t": kid, "x5c": ["MIIC"], "issuer": issuer});
            let mut key = changed(&changes);
            key.as_object_mut().expect("an object").remove("alg");
            key
        };
        let personal = "9188040d-6c67-4c5b-b112-36a304b66dad";
        let keys = [entra("every", "{tenantid}"), entra("personal", personal)];
        let keys = read_keys(&keys).expect("a set");
        let is_for = |key: usize, kid: &str, tenant: &str| {
            let iss = format!("https://login.microsoftonline.com/{tenant}/v2.0");
            keys[key].is_for(kid, &iss, tenant)
        };
        assert!(is_for(0, "every", TENANT));
        assert!(is_for(0, "every", personal));
        assert!(!is_for(0, "personal", TENANT));
        assert!(is_for(1, "personal", personal));
        assert!(!is_for(1, "personal", TENANT));
        let v1 = format!("https://sts.windows.net/{TENANT}/");
        assert!(!keys[0].is_for("every", &v1, TENANT));
    }
}
