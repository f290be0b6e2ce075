//! A verified token: what is left of a JWT once its signature and claims have been checked.
//!
//! The token itself is not kept, so nothing here can print it.

use crate::domain::principal::{AppId, GroupId, Groups, TenantId, UserId};

/// What a verified token says about its bearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) tenant: TenantId,
    /// The client application: `appid` or `azp`.
    pub(crate) app: AppId,
    /// For whom the app acts.
    pub(crate) user: Option<UserId>,
    pub(crate) groups: Groups,
    pub(crate) permissions: Permissions,
    /// Issued for a personal Microsoft account.
    pub(crate) personal: bool,
    /// The claim `exp`, in *seconds* since the Unix epoch.
    pub(super) expires_at_s: i64,
}

impl Token {
    /// Memory of the texts of which there can be many, *bytes*.
    pub(super) fn list_bytes(&self) -> usize {
        let permissions = self.permissions.held().iter().map(String::as_str);
        let groups = self.groups.iter().flat_map(|groups| groups.iter());
        let texts = permissions.chain(groups.map(GroupId::as_str));
        texts.map(|text| size_of::<String>() + text.len()).sum()
    }
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
