//! Why a token is refused, without HTTP.

use std::sync::Arc;

use openapi_contract_runtime::TokenKind;

/// The most permissions that a message lists. A token of a large app has hundreds.
const LISTED_PERMISSIONS: usize = 16;

/// `PersonalAccount`, `Kind` and `MissingPermission` are about a valid token without the right to do this; `KeysUnavailable` is about a
/// token that cannot be verified now; all others say that there is no valid token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenError {
    Empty,
    /// Not a JWT in compact form; says what it is not.
    Malformed(&'static str),
    /// The signature does not verify, or names no known key; says which.
    Signature(&'static str),
    Issuer,
    Audience {
        any_of: Arc<[String]>,
    },
    Expired {
        ago_s: u64,
    },
    NotYetValid {
        in_s: u64,
    },
    /// A claim is missing or has a value that cannot be used.
    Claim {
        name: &'static str,
        rule: &'static str,
    },
    /// The keys of the issuer are unavailable, or the one that the token names is.
    KeysUnavailable,
    PersonalAccount,
    /// The token is of the other kind.
    Kind {
        needed: TokenKind,
    },
    MissingPermission {
        any_of: &'static [&'static str],
        held: Vec<String>,
    },
}

impl TokenError {
    /// The text of Microsoft Graph, as observed, apart from the endings of "Access token validation failure." and the text of
    /// [`TokenError::NotYetValid`], which follow the same pattern.
    pub(crate) fn message(&self) -> &'static str {
        match self {
            Self::Empty => "Access token is empty.",
            Self::Malformed(_) => "CompactToken parsing failed with error code: 80049217",
            Self::Signature(_) => "Access token validation failure. Invalid signature.",
            Self::Issuer => "Access token validation failure. Invalid issuer.",
            Self::Audience { .. } => "Access token validation failure. Invalid audience.",
            Self::Expired { .. } => "Lifetime validation failed, the token is expired.",
            Self::NotYetValid { .. } => "Lifetime validation failed, the token is not yet valid.",
            Self::Claim { .. } => "Access token validation failure. Invalid claim.",
            Self::KeysUnavailable => "The issuer's signing keys are unavailable.",
            Self::PersonalAccount | Self::Kind { .. } | Self::MissingPermission { .. } => {
                "Insufficient privileges to complete the operation."
            }
        }
    }

    /// One sentence for the developer who must correct it. Quotes permissions, never the token.
    pub(crate) fn detail(&self) -> String {
        match self {
            Self::Empty => "The request needs the header 'Authorization: Bearer {token}'.".into(),
            Self::Malformed(what) | Self::Signature(what) => (*what).into(),
            Self::Issuer => "The claim 'iss' names no issuer that is trusted here, \
                or not with the tenant of the claim 'tid'."
                .into(),
            Self::Audience { any_of } => {
                let names: Vec<String> = any_of.iter().map(|name| format!("'{name}'")).collect();
                format!("The claim 'aud' must be {}.", names.join(" or "))
            }
            Self::Expired { ago_s } => format!("The token expired {ago_s} s ago (claim 'exp')."),
            Self::NotYetValid { in_s } => {
                format!("The token will be valid in {in_s} s (claim 'nbf').")
            }
            Self::Claim { name, rule } => format!("The claim '{name}' {rule}."),
            Self::KeysUnavailable => "The token cannot be verified now. Retry later.".into(),
            Self::PersonalAccount => {
                "Personal Microsoft accounts are not supported: use a work or school account."
                    .into()
            }
            Self::Kind {
                needed: TokenKind::Application,
            } => "The operation takes tokens of an application alone, with their permissions in the claim 'roles'; \
                this one is a user's."
                .into(),
            Self::Kind {
                needed: TokenKind::Delegated,
            } => "The operation takes tokens of a user, with their permissions in the claim 'scp'; \
                this one is of an application alone."
                .into(),
            Self::MissingPermission { any_of, held } => format!(
                "The operation needs one of these permissions: {}. The token has {}.",
                any_of.join(", "),
                listed(held)
            ),
        }
    }
}

fn listed(held: &[String]) -> String {
    match held.split_at_checked(LISTED_PERMISSIONS) {
        _ if held.is_empty() => "none".into(),
        Some((first, rest)) if !rest.is_empty() => {
            format!("{} and {} more", first.join(", "), rest.len())
        }
        _ => held.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Clients read these texts.
    #[test]
    fn messages_are_those_of_graph() {
        let no_permission = || TokenError::MissingPermission {
            any_of: &[],
            held: vec![],
        };
        for (refusal, message) in [
            (TokenError::Empty, "Access token is empty."),
            (
                TokenError::Malformed("x"),
                "CompactToken parsing failed with error code: 80049217",
            ),
            (
                TokenError::Signature("x"),
                "Access token validation failure. Invalid signature.",
            ),
            (
                TokenError::Expired { ago_s: 60 },
                "Lifetime validation failed, the token is expired.",
            ),
            (
                no_permission(),
                "Insufficient privileges to complete the operation.",
            ),
        ] {
            assert_eq!(refusal.message(), message);
        }
        assert_eq!(
            TokenError::PersonalAccount.message(),
            no_permission().message()
        );
    }

    #[test]
    fn missing_permission_tells_what_is_needed_and_what_is_held() {
        let refusal = |held: Vec<String>| TokenError::MissingPermission {
            any_of: &["A.Read", "A.Write"],
            held,
        };
        assert_eq!(
            refusal(vec![]).detail(),
            "The operation needs one of these permissions: A.Read, A.Write. The token has none."
        );
        assert!(
            refusal(vec!["B".into(), "C".into()])
                .detail()
                .ends_with("The token has B, C.")
        );
        let many: Vec<String> = (0..20).map(|n| format!("P{n}")).collect();
        assert!(
            refusal(many.clone())
                .detail()
                .ends_with("P14, P15 and 4 more.")
        );
        assert!(refusal(many[..16].to_vec()).detail().ends_with("P14, P15."));
    }
}
