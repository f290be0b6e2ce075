//! What an issuer calls itself: the claim `iss`.

/// Stands for the tenant in the name of an issuer, as in Entra's discovery documents.
pub(crate) const TENANT_PLACEHOLDER: &str = "{tenantid}";

/// The claim `iss` of an issuer's tokens; [`TENANT_PLACEHOLDER`] in it stands for the claim `tid`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IssuerName(String);

impl IssuerName {
    pub(super) fn new(name: String) -> Self {
        Self(name)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the issuer may name itself so in a token of this tenant. One key set signs for every tenant, so
    /// the tenant must be part of the comparison.
    pub(super) fn is(&self, iss: &str, tenant: &str) -> bool {
        match self.0.split_once(TENANT_PLACEHOLDER) {
            None => iss == self.0,
            Some((before, after)) => {
                let between = iss.strip_prefix(before);
                between.and_then(|rest| rest.strip_suffix(after)) == Some(tenant)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_is_compared_with_the_tenant_of_the_token() {
        let every = IssuerName::new("http://h/{tenantid}/v2.0".into());
        for (iss, tid, expected) in [
            ("http://h/a/v2.0", "a", true),
            ("http://h/a/v2.0", "b", false),
            ("http://h/a/v2.0/", "a", false),
            ("http://h/A/v2.0", "a", false),
            ("http://h//v2.0", "", true), // the claim 'tid' is never empty
            ("http://h/{tenantid}/v2.0", "a", false),
            ("http://h/v2.0", "a", false),
        ] {
            assert_eq!(every.is(iss, tid), expected, "{iss} {tid}");
        }
        let fixed = IssuerName::new("http://h".into());
        assert!(fixed.is("http://h", "a") && !fixed.is("http://h/", "a"));
    }
}
