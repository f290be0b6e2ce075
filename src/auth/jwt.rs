//! Authentication: a bearer token in, a verified [`Token`] out.
//!
//! A token that was verified is remembered together with the key that verified it, and counts as long as both are good:
//! most requests cost a digest and a look-up, and nothing that is signed with a withdrawn key is accepted.
//!
//! `jsonwebtoken` checks the signature. Header and claims are checked here, for two reasons: its validation asks
//! the machine for the time, where ours must come from [`Clock`]; and it is more forgiving than we want to be about
//! repeated members, text in place of numbers and headers that bring their own key.

use std::{sync::Arc, time::UNIX_EPOCH};

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use quick_cache::{Weighter, sync::Cache};

use super::{
    claims::{Claims, required},
    keys::VerificationKey,
    refusal::Refusal,
    token::{Permissions, Token},
    trust::TrustedIssuer,
};
use crate::domain::{
    clock::Clock,
    principal::{AppId, GroupId, Groups, TenantId, UserId},
};

/// Longer tokens are not read. Headers of 8 KiB are what common servers take.
const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// How far clocks may disagree, in *seconds*. RFC 7519 sections 4.1.4 and 4.1.5: "no more than a few minutes".
const LEEWAY_S: i64 = 60;

/// Memory for verified tokens that are remembered.
const REMEMBERED_BYTES: u64 = 16 * 1024 * 1024;
/// As many as that is enough for, with a few permissions each.
const REMEMBERED_TOKENS: usize = 20_000;
/// What each of them takes at least, with its place in the cache.
const REMEMBERED_TOKEN_BYTES: usize = 512;

/// Tenant of all personal Microsoft accounts. Source: Entra, access token claims reference, `tid`.
const PERSONAL_TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Headers by which a token would bring or fetch its own key, or ask for rules that we do not know.
/// Source: RFC 8725 sections 3.10 and 3.1; RFC 7515 section 4.1.11 for `crit`.
const REFUSED_HEADERS: [&str; 5] = ["jku", "jwk", "x5u", "x5c", "crit"];

/// Checks tokens of the trusted issuers.
pub(crate) struct Authenticator {
    issuers: Vec<TrustedIssuer>,
    clock: Arc<dyn Clock>,
    /// By SHA-256 of the token: the token itself is a secret that need not stay in memory.
    verified: Cache<TokenDigest, Verified, Memory>,
}

type TokenDigest = [u8; digest::SHA256_OUTPUT_LEN];

/// Weighs remembered tokens in bytes.
#[derive(Clone)]
struct Memory;

impl Weighter<TokenDigest, Verified> for Memory {
    fn weight(&self, _: &TokenDigest, verified: &Verified) -> u64 {
        (REMEMBERED_TOKEN_BYTES + verified.token.list_bytes()) as u64
    }
}

/// A token, and the key that its signature was verified with.
#[derive(Clone)]
struct Verified {
    token: Arc<Token>,
    key: Arc<VerificationKey>,
}

/// Why a token was not verified.
enum Failure<'a> {
    Refused(Refusal),
    /// Its issuer has no such key, as far as is known here.
    UnknownKey {
        issuer: &'a TrustedIssuer,
        kid: String,
    },
}

impl From<Refusal> for Failure<'_> {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Authenticator {
    pub(crate) fn new(issuers: Vec<TrustedIssuer>, clock: Arc<dyn Clock>) -> Self {
        Self {
            issuers,
            clock,
            verified: Cache::with_weighter(REMEMBERED_TOKENS, REMEMBERED_BYTES, Memory),
        }
    }

    /// `bearer`: what follows `Bearer ` in the header, empty if there is no such header. Waits only for the keys of an
    /// external issuer, and only if the token names one that is not known here.
    ///
    /// # Errors
    /// Every [`Refusal`] that is not about permissions.
    pub(crate) async fn authenticate(&self, bearer: &str) -> Result<Arc<Token>, Refusal> {
        if bearer.is_empty() {
            return Err(Refusal::Empty);
        }
        if bearer.len() > MAX_TOKEN_BYTES {
            return Err(Refusal::Malformed("The token is longer than 8,192 bytes."));
        }
        let id = sha256(bearer);
        if let Some(Verified { token, key }) = self.verified.get(&id) {
            // Of all that was verified, only these two can have changed.
            let now_s = self.now_s();
            check_expiry(token.expires_at_s, now_s)?;
            if key.is_good(now_s) {
                return Ok(token);
            }
        }
        let verified = match self.verify(bearer) {
            Err(Failure::UnknownKey { issuer, kid }) => {
                issuer.look_for(&kid).await?;
                self.verify(bearer)
            }
            first => first,
        };
        match verified {
            Ok(verified) => {
                self.verified.insert(id, verified.clone());
                Ok(verified.token)
            }
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(Failure::UnknownKey { .. }) => Err(NO_SUCH_KEY),
        }
    }

    fn verify(&self, bearer: &str) -> Result<Verified, Failure<'_>> {
        let now_s = self.now_s();
        let jws = CompactJws::parse(bearer)?;
        let claims = &jws.claims;

        // Before the signature is checked, `iss` and `tid` only say whose key to check it with.
        let tid = claims.identifier("tid")?;
        let iss = required("iss", claims.string("iss")?)?;
        let issuer = self
            .issuers
            .iter()
            .find_map(|issuer| Some((issuer, issuer.tenant(iss, tid)?)));
        let Some((issuer, tenant)) = issuer else {
            required("tid", tid)?;
            return Err(Refusal::Issuer.into());
        };
        let key = signing_key(issuer, &jws, iss, tenant, now_s)?;

        check_audience(claims, issuer)?;
        let expires_at_s = required("exp", claims.numeric_date("exp")?)?;
        check_expiry(expires_at_s, now_s)?;
        if let Some(nbf) = claims.numeric_date("nbf")? {
            check_not_before(nbf, now_s)?;
        }
        let (tenant_id, app) = (TenantId::new(tenant), AppId::new(app(claims)?));
        let permissions = permissions(claims)?;
        let oid = claims.identifier("oid")?;
        let token = Token {
            // Of an application alone, `oid` is its own object.
            user: oid
                .filter(|_| matches!(permissions, Permissions::Delegated(_)))
                .map(UserId::new),
            groups: groups(claims, &tenant_id, &app)?,
            tenant: tenant_id,
            app,
            permissions,
            personal: tenant.eq_ignore_ascii_case(PERSONAL_TENANT),
            expires_at_s,
        };
        Ok(Verified {
            token: Arc::new(token),
            key,
        })
    }

    fn now_s(&self) -> i64 {
        let since_epoch = self.clock.now().duration_since(UNIX_EPOCH);
        since_epoch.map_or(0, |t| i64::try_from(t.as_secs()).unwrap_or(i64::MAX))
    }
}

const NO_SUCH_KEY: Refusal = Refusal::Signature("The header 'kid' names no key of the issuer.");

/// The key of the issuer that has signed the token.
fn signing_key<'a>(
    issuer: &'a TrustedIssuer,
    jws: &CompactJws<'_>,
    iss: &str,
    tenant: &str,
    now_s: i64,
) -> Result<Arc<VerificationKey>, Failure<'a>> {
    let kid = jws.header("kid").filter(|kid| !kid.is_empty());
    let kid = kid.ok_or(NO_SUCH_KEY)?;
    let keys = issuer.keys();
    // More than one only if the issuer gave two of its keys the same name.
    let named = || {
        let of_token = keys.iter().filter(|key| key.is_for(kid, iss, tenant));
        of_token.filter(|key| key.is_good(now_s))
    };
    if named().next().is_none() {
        let kid = kid.to_owned();
        return Err(Failure::UnknownKey { issuer, kid });
    }
    let alg = jws.header("alg").and_then(|alg| alg.parse().ok());
    let mut of_algorithm = named().filter(|key| Some(key.algorithm) == alg).peekable();
    if of_algorithm.peek().is_none() {
        return Err(Failure::Refused(Refusal::Signature(
            "The header 'alg' is not the algorithm of the issuer's key.",
        )));
    }
    let signed_with = of_algorithm.find(|key| key.verifies(jws.message, jws.signature));
    signed_with
        .cloned()
        .ok_or(Failure::Refused(Refusal::Signature(
            "The signature does not verify with the issuer's key.",
        )))
}

/// A JWS in compact form, taken apart and not yet believed. Source: RFC 7515 section 7.1.
struct CompactJws<'a> {
    /// What was signed: header and claims as they were sent.
    message: &'a str,
    signature: &'a str,
    header: Claims,
    claims: Claims,
}

impl<'a> CompactJws<'a> {
    fn parse(bearer: &'a str) -> Result<Self, Refusal> {
        let not_compact = || Refusal::Malformed("The token is not three parts divided by dots.");
        let (message, signature) = bearer.rsplit_once('.').ok_or_else(not_compact)?;
        let (header, claims) = message.split_once('.').ok_or_else(not_compact)?;
        if claims.contains('.') {
            return Err(not_compact());
        }
        let header = object(header).ok_or(Refusal::Malformed(
            "The header of the token is not a Base64url JSON object without repeated members.",
        ))?;
        let claims = object(claims).ok_or(Refusal::Malformed(
            "The claims of the token are not a Base64url JSON object without repeated members.",
        ))?;
        check_header(&header)?;
        Ok(Self {
            message,
            signature,
            header,
            claims,
        })
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }
}

fn object(base64url: &str) -> Option<Claims> {
    Claims::parse(&URL_SAFE_NO_PAD.decode(base64url).ok()?)
}

fn check_header(header: &Claims) -> Result<(), Refusal> {
    if REFUSED_HEADERS.iter().any(|name| header.has(name)) {
        return Err(Refusal::Signature(
            "The headers 'jku', 'jwk', 'x5u', 'x5c' and 'crit' are not accepted: \
             keys come from the issuer, never from the token.",
        ));
    }
    let typ_is_known = header.get("typ").is_none_or(|typ| {
        typ.as_str().is_some_and(|typ| {
            // RFC 7519 section 5.1 and RFC 9068 section 2.1; media types ignore case.
            typ.eq_ignore_ascii_case("JWT") || typ.eq_ignore_ascii_case("at+jwt")
        })
    });
    if !typ_is_known {
        return Err(Refusal::Malformed("The header 'typ' must be 'JWT'."));
    }
    Ok(())
}

/// RFC 7519 section 4.1.3: one string, or an array in which one must fit.
fn check_audience(claims: &Claims, issuer: &TrustedIssuer) -> Result<(), Refusal> {
    let audiences = match claims.get("aud") {
        Some(serde_json::Value::String(audience)) => vec![audience.clone()],
        _ => required("aud", claims.strings("aud")?)?,
    };
    let wanted = &issuer.audiences;
    if audiences.iter().any(|audience| wanted.contains(audience)) {
        Ok(())
    } else {
        let any_of = wanted.clone();
        Err(Refusal::Audience { any_of })
    }
}

/// RFC 7519 section 4.1.4: not accepted "on or after" the expiration time.
fn check_expiry(exp: i64, now_s: i64) -> Result<(), Refusal> {
    if now_s < exp.saturating_add(LEEWAY_S) {
        return Ok(());
    }
    Err(Refusal::Expired {
        ago_s: now_s.abs_diff(exp),
    })
}

/// RFC 7519 section 4.1.5: not accepted "before" this time.
fn check_not_before(nbf: i64, now_s: i64) -> Result<(), Refusal> {
    if now_s >= nbf.saturating_sub(LEEWAY_S) {
        return Ok(());
    }
    Err(Refusal::NotYetValid {
        in_s: nbf.abs_diff(now_s),
    })
}

/// `appid` in version 1.0 tokens, `azp` in version 2.0; Keycloak has `azp` too, and the standard `client_id`.
/// Source: Entra, access token claims reference; RFC 9068 section 2.2.
fn app(claims: &Claims) -> Result<&str, Refusal> {
    match (claims.identifier("appid")?, claims.identifier("azp")?) {
        (Some(appid), Some(azp)) if appid != azp => Err(Refusal::Claim {
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
fn permissions(claims: &Claims) -> Result<Permissions, Refusal> {
    let refuse = |name, rule| Err(Refusal::Claim { name, rule });
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
fn groups(claims: &Claims, tenant: &TenantId, app: &AppId) -> Result<Groups, Refusal> {
    let names = claims.get("_claim_names");
    let elsewhere = names.is_some_and(|names| names.get("groups").is_some());
    if elsewhere || claims.has("hasgroups") {
        tracing::warn!(
            tenant.id = tenant.as_str(),
            app.id = app.as_str(),
            "a token leaves out the groups of its user, because they are too many"
        );
        return Ok(None);
    }
    let groups = claims.strings("groups")?;
    Ok(groups.map(|groups| groups.iter().map(|group| GroupId::new(group)).collect()))
}

fn sha256(text: &str) -> [u8; digest::SHA256_OUTPUT_LEN] {
    let mut hash = [0; digest::SHA256_OUTPUT_LEN];
    hash.copy_from_slice(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
    hash
}

#[cfg(test)]
#[path = "jwt_tests.rs"]
mod tests;
