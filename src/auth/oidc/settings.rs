//! What an operator says of an external issuer.

use std::fmt;

use super::issuer_url::IssuerUrl;
use crate::domain::principal::{IDENTIFIER_RULE, is_identifier};

const ANY: &str = "any";

/// An issuer whose tokens are accepted, on which terms.
#[derive(Debug, Clone)]
pub(crate) struct ExternalIssuer {
    pub(crate) url: IssuerUrl,
    /// What this service is called in tokens. Never empty.
    pub(crate) audiences: Vec<String>,
    pub(crate) tenants: Tenants,
}

/// The tenants that an issuer may speak for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tenants {
    Any,
    /// Never empty.
    Only(Vec<String>),
}

impl ExternalIssuer {
    /// `tenants`: none to take the tenant that the URL names. An error is a sentence that names the URL and what is missing.
    pub(crate) fn new(
        url: IssuerUrl,
        audiences: Vec<String>,
        tenants: Vec<String>,
    ) -> Result<Self, String> {
        if audiences.is_empty() || audiences.iter().any(String::is_empty) {
            return Err(format!(
                "{url} needs --audience: what its tokens for this service have in the claim 'aud'"
            ));
        }
        let wrong = tenants.iter().find(|name| !is_identifier(name));
        let tenants = match (tenants.as_slice(), url.tenant()) {
            ([], Some(tenant)) => Tenants::Only(vec![tenant.to_owned()]),
            // Nothing is open to every tenant unless someone says so.
            ([], None) => {
                return Err(format!(
                    "{url} names no tenant, so it needs --tenants: a list, or '{ANY}'"
                ));
            }
            ([any], _) if any == ANY => Tenants::Any,
            (names, _) if names.iter().any(|name| name == ANY) => {
                return Err(format!("--tenants is '{ANY}' or a list, not both"));
            }
            _ => match wrong {
                Some(name) => return Err(format!("--tenants: '{name}' {IDENTIFIER_RULE}")),
                None => Tenants::Only(tenants),
            },
        };
        Ok(Self {
            url,
            audiences,
            tenants,
        })
    }
}

impl fmt::Display for Tenants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str(ANY),
            Self::Only(tenants) => f.write_str(&tenants.join(", ")),
        }
    }
}
