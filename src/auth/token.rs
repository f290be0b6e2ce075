//! A verified token: what its claims say, read strictly.
//!
//! The token itself is not kept, so nothing here can print it.

use std::sync::Arc;

use openapi_contract_runtime::TokenKind;
use serde_json::Value;

use super::{
    claims::{Claims, required},
    token_error::TokenError,
};
use crate::domain::principal::{AppId, GroupId, Groups, TenantId, UserId};

/// How far clocks may disagree, in *seconds*. RFC 7519 sections 4.1.4 and 4.1.5: "no more than a few minutes".
const LEEWAY_S: i64 = 60;

/// Tenant of all personal Microsoft accounts. Source: Entra, access token claims reference, `tid`.
pub(super) const PERSONAL_TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// In the user principal name of a guest, in any case.
const GUEST_MARK: &str = "#EXT#";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) tenant: TenantId,
    /// The client application: `appid` or `azp`.
    pub(crate) app: AppId,
    /// For whom the app acts.
    pub(crate) user: Option<UserId>,
    pub(crate) groups: Groups,
    /// The user is a guest of the tenant. `false` for an application, and if the token does not say.
    pub(crate) is_guest: bool,
    pub(crate) permissions: Permissions,
    /// Issued for a personal Microsoft account.
    pub(crate) personal: bool,
    /// The claim `exp`, in *seconds* since the Unix epoch.
    pub(super) expires_at_s: i64,
}

impl Token {
    /// The token that these claims make, which an issuer of the tenant has signed.
    pub(super) fn new(
        claims: &Claims,
        tenant: &str,
        audiences: &Arc<[String]>,
        now_s: i64,
    ) -> Result<Self, TokenError> {
        check_audience(claims, audiences)?;
        let expires_at_s = required("exp", claims.numeric_date("exp")?)?;
        check_expiry(expires_at_s, now_s)?;
        // RFC 7519 section 4.1.5: not accepted "before" this time.
        if let Some(nbf) = claims.numeric_date("nbf")?
            && now_s < nbf.saturating_sub(LEEWAY_S)
        {
            let in_s = nbf.abs_diff(now_s);
            return Err(TokenError::NotYetValid { in_s });
        }
        let app = AppId::new(app(claims)?);
        let permissions = permissions(claims)?;
        let oid = claims.identifier("oid")?;
        // Of an application alone, `oid` is its own object.
        let is_user = matches!(permissions, Permissions::Delegated(_));
        Ok(Self {
            user: oid.filter(|_| is_user).map(UserId::new),
            groups: groups(claims, tenant, &app)?,
            is_guest: is_guest(claims)? && is_user,
            tenant: TenantId::new(tenant),
            app,
            permissions,
            personal: tenant.eq_ignore_ascii_case(PERSONAL_TENANT),
            expires_at_s,
        })
    }

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

    pub(super) fn kind(&self) -> TokenKind {
        match self {
            Self::AppOnly(_) => TokenKind::Application,
            Self::Delegated(_) => TokenKind::Delegated,
        }
    }
}

/// RFC 7519 section 4.1.3: one string, or an array in which one must fit.
fn check_audience(claims: &Claims, wanted: &Arc<[String]>) -> Result<(), TokenError> {
    let audiences = match claims.get("aud") {
        Some(Value::String(audience)) => vec![audience.clone()],
        _ => required("aud", claims.strings("aud")?)?,
    };
    if audiences.iter().any(|audience| wanted.contains(audience)) {
        Ok(())
    } else {
        let any_of = wanted.clone();
        Err(TokenError::Audience { any_of })
    }
}

/// RFC 7519 section 4.1.4: not accepted "on or after" the expiration time.
pub(super) fn check_expiry(exp: i64, now_s: i64) -> Result<(), TokenError> {
    if now_s < exp.saturating_add(LEEWAY_S) {
        return Ok(());
    }
    Err(TokenError::Expired {
        ago_s: now_s.abs_diff(exp),
    })
}

/// `appid` in version 1.0 tokens, `azp` in version 2.0; Keycloak has `azp` too, and the standard `client_id`.
/// Source: Entra, access token claims reference; RFC 9068 section 2.2.
fn app(claims: &Claims) -> Result<&str, TokenError> {
    match (claims.identifier("appid")?, claims.identifier("azp")?) {
        (Some(appid), Some(azp)) if appid != azp => Err(TokenError::Claim {
            name: "azp",
            rule: "must be equal to 'appid'",
        }),
        (None, None) => required("appid", claims.identifier("client_id")?),
        (appid, azp) => required("appid", appid.or(azp)),
    }
}

/// Tells an application alone from one on behalf of a user. Source: Entra, access token claims reference,
/// `idtyp`: "app" marks a token without user; where the claim is left out, only `scp` marks one with a user.
///
/// The standard name is `scope` (RFC 9068 section 2.2.3). It is what the client was granted, user or not, and it is in
/// every token of Keycloak: it counts like `scp`, unless `idtyp` says that the permissions are in `roles`.
fn permissions(claims: &Claims) -> Result<Permissions, TokenError> {
    let refuse = |name, rule| Err(TokenError::Claim { name, rule });
    let roles = claims.strings("roles")?;
    let (scp, scope) = (claims.string("scp")?, claims.string("scope")?);
    match (claims.string("idtyp")?, scp.or(scope)) {
        (Some("app"), _) if scp.is_some() => {
            refuse("scp", "must not be in a token with 'idtyp' 'app'")
        }
        (Some("app"), _) => Ok(Permissions::AppOnly(roles.unwrap_or_default())),
        (_, Some(granted)) => Ok(Permissions::Delegated(
            granted
                .split_ascii_whitespace()
                .map(str::to_owned)
                .collect(),
        )),
        (Some(_), None) => refuse("scp", "is missing, and 'idtyp' is not 'app'"),
        (None, None) => match roles {
            Some(roles) => Ok(Permissions::AppOnly(roles)),
            None => refuse("scp", "is missing, and so is 'roles'"),
        },
    }
}

/// The claim `groups`. The length of the token is the bound of their number.
///
/// A user with more groups than Entra puts into a token (200) has a token that says where to ask instead, which is not done here:
/// that would be a request to an address of the token's choice. Source: Entra, "Configure group claims", on overage: `_claim_names`
/// and, in the implicit flow, `hasgroups`.
fn groups(claims: &Claims, tenant: &str, app: &AppId) -> Result<Groups, TokenError> {
    let names = claims.get("_claim_names");
    let elsewhere = names.is_some_and(|names| names.get("groups").is_some());
    if elsewhere || claims.has("hasgroups") {
        tracing::warn!(
            tenant.id = tenant,
            app.id = app.as_str(),
            "a token leaves out the groups of its user, because they are too many"
        );
        return Ok(None);
    }
    let groups = claims.strings("groups")?;
    Ok(groups.map(|groups| groups.iter().map(|group| GroupId::new(group)).collect()))
}

/// The claim `acct`: 0 is a member, 1 a guest. Where it is left out, as it is unless the API asks for it, the user principal name
/// of a guest has `#EXT#` in it. So has that of a member with an account in another tenant, so `acct` goes before the name.
/// A token with neither is a member's.
/// Sources: Entra, optional claims reference, `acct` and `upn`; "Properties of a B2B collaboration user".
fn is_guest(claims: &Claims) -> Result<bool, TokenError> {
    let acct = claims.zero_or_one("acct")?;
    let name = |claim| {
        let name = claims.string(claim)?;
        Ok(name.filter(|name| !name.is_empty()))
    };
    let (upn, preferred) = (name("upn")?, name("preferred_username")?);
    let unique = name("unique_name")?;
    let name = upn.or(preferred).or(unique).unwrap_or_default();
    Ok(acct.unwrap_or_else(|| name.to_ascii_uppercase().contains(GUEST_MARK)))
}
