//! Whose tokens are accepted: issuers, each with its audiences, tenants and keys.

use std::sync::Arc;

use jsonwebtoken::jwk::JwkSet;

use super::{
    issuer_name::IssuerName,
    keys::VerificationKey,
    oidc::{ExternalIssuer, IssuerKeys, Tenants},
};
use crate::domain::clock::Clock;

/// What Graph is called in the claim `aud`: its URI, written with or without the slash, or its app id.
/// Source: Entra, access token claims reference, `aud`; Graph's first-party app id.
pub(super) const GRAPH_AUDIENCES: [&str; 3] = [
    "https://graph.microsoft.com",
    "https://graph.microsoft.com/",
    "00000003-0000-0000-c000-000000000000",
];

#[derive(Debug)]
pub(crate) struct TrustedIssuer {
    name: IssuerName,
    /// One of these must be in the claim `aud`.
    pub(super) audiences: Arc<[String]>,
    tenants: Tenants,
    pub(super) keys: IssuerKeys,
}

impl TrustedIssuer {
    /// An issuer of tokens for Graph, for any tenant, whose keys do not change. `name`: its claim `iss`, with
    /// [`TENANT_PLACEHOLDER`](super::TENANT_PLACEHOLDER) for the tenant.
    pub(crate) fn fixed(name: String, keys: &JwkSet) -> Self {
        let keys = keys.keys.iter().cloned();
        let keys = keys.filter_map(|jwk| VerificationKey::new(jwk, None, i64::MAX));
        Self {
            name: IssuerName::new(name),
            audiences: GRAPH_AUDIENCES.map(str::to_owned).into(),
            tenants: Tenants::Any,
            keys: IssuerKeys::fixed(keys.map(Arc::new).collect()),
        }
    }

    /// An issuer whose keys are fetched, see [`IssuerKeys::start`].
    pub(crate) fn external(
        issuer: ExternalIssuer,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, reqwest::Error> {
        let keys = IssuerKeys::start(&issuer, clock)?;
        Ok(Self::fetched(issuer, keys))
    }

    pub(super) fn fetched(issuer: ExternalIssuer, keys: IssuerKeys) -> Self {
        Self {
            name: issuer.url.name(),
            audiences: issuer.audiences.into(),
            tenants: issuer.tenants,
            keys,
        }
    }

    /// The tenant of a token with this `iss` and perhaps `tid`; `None` if it is not of this issuer, or not of a tenant
    /// that the issuer may speak for. Where that is a single tenant, the token need not name it: only Entra's do.
    pub(super) fn tenant<'a>(&'a self, iss: &str, tid: Option<&'a str>) -> Option<&'a str> {
        let tenant = match (tid, &self.tenants) {
            (Some(tid), Tenants::Any) => tid,
            (Some(tid), Tenants::Only(tenants)) => {
                let listed = |tenant: &String| tenant.eq_ignore_ascii_case(tid);
                tenants.iter().any(listed).then_some(tid)?
            }
            (None, Tenants::Only(tenants)) if tenants.len() == 1 => &tenants[0],
            (None, _) => return None,
        };
        self.name.is(iss, tenant).then_some(tenant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issuer(name: &str, tenants: Tenants) -> TrustedIssuer {
        TrustedIssuer {
            tenants,
            ..TrustedIssuer::fixed(name.to_owned(), &JwkSet::default())
        }
    }

    #[test]
    fn tenants_are_those_that_the_issuer_may_speak_for() {
        let only = |names: &[&str]| Tenants::Only(names.iter().map(|&n| n.to_owned()).collect());
        let every = "https://h/{tenantid}/v2.0";
        for (name, tenants, iss, tid, expected) in [
            (
                every,
                Tenants::Any,
                "https://h/a/v2.0",
                Some("a"),
                Some("a"),
            ),
            (every, Tenants::Any, "https://h/a/v2.0", Some("b"), None),
            (every, Tenants::Any, "https://h/a/v2.0", None, None),
            (
                every,
                only(&["A", "b"]),
                "https://h/a/v2.0",
                Some("a"),
                Some("a"),
            ),
            (
                every,
                only(&["A", "b"]),
                "https://h/c/v2.0",
                Some("c"),
                None,
            ),
            (every, only(&["a"]), "https://h/a/v2.0", None, Some("a")),
            (every, only(&["a"]), "https://h/b/v2.0", None, None),
            ("https://kc", only(&["a"]), "https://kc", None, Some("a")),
            (
                "https://kc",
                only(&["a"]),
                "https://kc",
                Some("a"),
                Some("a"),
            ),
            ("https://kc", only(&["a"]), "https://kc", Some("b"), None),
            ("https://kc", only(&["a"]), "https://other", None, None),
            ("https://kc", only(&["a", "b"]), "https://kc", None, None),
            (
                "https://kc",
                only(&["a", "b"]),
                "https://kc",
                Some("b"),
                Some("b"),
            ),
            (
                "https://kc",
                Tenants::Any,
                "https://kc",
                Some("c"),
                Some("c"),
            ),
            ("https://kc", Tenants::Any, "https://kc", None, None),
        ] {
            let issuer = issuer(name, tenants);
            assert_eq!(
                issuer.tenant(iss, tid),
                expected,
                "{issuer:?} {iss} {tid:?}"
            );
        }
    }
}
