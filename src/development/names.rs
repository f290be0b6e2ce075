//! Tenants, apps, users and groups as a developer names them. Nothing is looked up, and what is given is kept as it is.

use crate::domain::principal::{IDENTIFIER_RULE, is_identifier};

/// Tenant of a token for which none was asked.
pub(crate) const DEMO_TENANT: &str = "d3a7c0de-0000-4000-8000-000000000001";
/// Client application of a token for which none was asked.
pub(crate) const DEMO_APP: &str = "d3a7c0de-0000-4000-8000-000000000002";
/// User of a delegated token for which none was asked. In the demo tenant, this user's `oid` is
/// `84d7fb4c-f203-8397-863a-40a55c4f261c`.
pub(crate) const DEMO_USER: &str = "demo@contoso.example";

/// Names that Entra's clients put in place of a tenant they do not know.
const ANY_TENANT: [&str; 2] = ["common", "organizations"];

const MAX_USER_CHARS: usize = 128;

pub(crate) fn tenant_name(given: &str) -> Result<String, String> {
    if ANY_TENANT.contains(&given) {
        return Ok(DEMO_TENANT.to_owned());
    }
    identifier(given)
}

/// An app or a group.
pub(crate) fn identifier(given: &str) -> Result<String, String> {
    if is_identifier(given) {
        Ok(given.to_owned())
    } else {
        Err(IDENTIFIER_RULE.to_owned())
    }
}

/// A user principal name or object id.
pub(crate) fn user_name(given: &str) -> Result<String, String> {
    let fits = (1..=MAX_USER_CHARS).contains(&given.chars().count());
    if fits && !given.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Ok(given.to_owned())
    } else {
        Err(format!(
            "must be 1 to {MAX_USER_CHARS} characters without spaces"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked_and_kept_as_given() {
        assert_eq!(tenant_name("Contoso"), Ok("Contoso".into()));
        assert_eq!(tenant_name("common"), Ok(DEMO_TENANT.into()));
        assert_eq!(tenant_name("organizations"), Ok(DEMO_TENANT.into()));
        assert!(tenant_name("").is_err());
        assert!(tenant_name("a/b").is_err());
        assert!(identifier("{tenantid}").is_err());
        assert!(identifier("a,b").is_err());
        assert!(user_name("zoë@contoso.example").is_ok());
        assert!(user_name("a b").is_err());
        assert!(user_name(&"u".repeat(129)).is_err());
    }
}
