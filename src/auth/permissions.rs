//! The permissions that an operation requires, compared with those of a verified token.

use openapi_contract_runtime::TokenKind;

use super::{token::Token, token_error::TokenError};
use crate::domain::principal::{Principal, Reach};

/// Graph's permissions for external connections and their items. Source: Graph permissions reference.
pub(crate) const KNOWN_PERMISSIONS: [&str; 6] = [
    "ExternalConnection.Read.All",
    "ExternalConnection.ReadWrite.OwnedBy",
    "ExternalConnection.ReadWrite.All",
    "ExternalItem.Read.All",
    "ExternalItem.ReadWrite.OwnedBy",
    "ExternalItem.ReadWrite.All",
];

/// A permission with this ending covers what the calling app owns, any other covers the tenant.
/// Source: Graph permissions reference, `ExternalConnection.ReadWrite.OwnedBy`.
const OWNED: &str = ".OwnedBy";

/// Checks that the token is of the kind and has at least one of the permissions. An empty list admits nobody.
pub(crate) fn authorize(
    token: &Token,
    kind: Option<TokenKind>,
    any_of: &'static [&'static str],
) -> Result<Principal, TokenError> {
    if token.personal {
        return Err(TokenError::PersonalAccount);
    }
    if let Some(needed) = kind
        && needed != token.permissions.kind()
    {
        return Err(TokenError::Kind { needed });
    }
    let held = token.permissions.held();
    let fitting = any_of.iter().filter(|name| held.iter().any(|h| h == *name));
    let mut fitting = fitting.peekable();
    if fitting.peek().is_none() {
        let held = held.to_vec();
        return Err(TokenError::MissingPermission { any_of, held });
    }
    let reach = if fitting.all(|name| name.ends_with(OWNED)) {
        Reach::Owned
    } else {
        Reach::Tenant
    };
    Ok(Principal {
        tenant: token.tenant.clone(),
        app: token.app.clone(),
        user: token.user.clone(),
        groups: token.groups.clone(),
        is_guest: token.is_guest,
        reach,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        auth::token::Permissions,
        domain::principal::{AppId, TenantId},
    };

    const READ: &[&str] = &[
        "ExternalConnection.ReadWrite.OwnedBy",
        "ExternalConnection.Read.All",
        "ExternalConnection.ReadWrite.All",
    ];

    fn token(permissions: Permissions) -> Token {
        Token {
            tenant: TenantId::new("contoso"),
            app: AppId::new("app"),
            user: None,
            groups: None,
            is_guest: false,
            permissions,
            personal: false,
            expires_at_s: 0,
        }
    }

    fn held(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_widest_permission_held_gives_the_reach() {
        let cases: &[(&[&str], Option<Reach>)] = &[
            (&[], None),
            (&["ExternalItem.Read.All"], None),
            (&["externalconnection.read.all"], None),
            (&["ExternalConnection.Read.All"], Some(Reach::Tenant)),
            (
                &["ExternalConnection.ReadWrite.OwnedBy"],
                Some(Reach::Owned),
            ),
            (
                &[
                    "ExternalConnection.ReadWrite.OwnedBy",
                    "ExternalItem.Read.All",
                ],
                Some(Reach::Owned),
            ),
            (&KNOWN_PERMISSIONS, Some(Reach::Tenant)),
        ];
        for (names, expected) in cases {
            for permissions in [
                Permissions::AppOnly(held(names)),
                Permissions::Delegated(held(names)),
            ] {
                let reach =
                    authorize(&token(permissions), None, READ).map(|principal| principal.reach);
                assert_eq!(reach.ok(), *expected, "{names:?}");
            }
        }
    }

    #[test]
    fn an_operation_without_permissions_admits_nobody() {
        let token = token(Permissions::AppOnly(held(&KNOWN_PERMISSIONS)));
        let refusal = authorize(&token, None, &[]);
        assert!(matches!(refusal, Err(TokenError::MissingPermission { .. })));
    }

    #[test]
    fn a_principal_is_a_guest_if_its_token_is() {
        for is_guest in [false, true] {
            let token = Token {
                is_guest,
                ..token(Permissions::Delegated(held(&KNOWN_PERMISSIONS)))
            };
            let principal = authorize(&token, None, READ).expect("permitted");
            assert_eq!(principal.is_guest, is_guest);
        }
    }

    #[test]
    fn a_personal_account_is_refused_whatever_it_holds() {
        let mut token = token(Permissions::Delegated(held(&KNOWN_PERMISSIONS)));
        token.personal = true;
        assert_eq!(
            authorize(&token, None, READ),
            Err(TokenError::PersonalAccount)
        );
    }

    #[test]
    fn a_token_of_the_other_kind_is_refused_whatever_it_holds() {
        let held = || held(&KNOWN_PERMISSIONS);
        let app_only = token(Permissions::AppOnly(held()));
        let delegated = token(Permissions::Delegated(held()));
        for (token, kind, other) in [
            (app_only, TokenKind::Application, TokenKind::Delegated),
            (delegated, TokenKind::Delegated, TokenKind::Application),
        ] {
            assert!(authorize(&token, Some(kind), READ).is_ok());
            let refusal = authorize(&token, Some(other), READ);
            assert_eq!(refusal, Err(TokenError::Kind { needed: other }));
        }
    }
}
