//! A verified token: what is left of a JWT once its signature and claims have been checked.
//!
//! The token itself is not kept, so nothing here can print it.

use crate::domain::principal::{AppId, TenantId};

/// What a verified token says about its bearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) tenant: TenantId,
    /// The client application: `appid` or `azp`.
    pub(crate) app: AppId,
    pub(crate) permissions: Permissions,
    /// Issued for a personal Microsoft account.
    pub(crate) personal: bool,
    /// The claim `exp`, in *seconds* since the Unix epoch.
    pub(super) expires_at_s: i64,
}

/// What the token allows. `roles` of a user's token are roles of the user, not permissions of the app, so
/// the two claims are never added up.
/// Source: Entra, access token claims reference, `roles` and `scp`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Permissions {
    /// An application without a user: the claim `roles`.
    AppOnly(Vec<String>),
    /// An application on behalf of a user: the claim `scp`.
    Delegated(Vec<String>),
}

impl Permissions {
    pub(crate) fn held(&self) -> &[String] {
        match self {
            Self::AppOnly(permissions) | Self::Delegated(permissions) => permissions,
        }
    }
}
