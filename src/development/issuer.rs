//! The development issuer: makes tokens shaped like those of Entra, signed with its own key.
//!
//! It asks nobody who they are, so it belongs on a developer's own machine.

use std::{path::Path, sync::Arc, time::Duration};

use aws_lc_rs::digest;
use jsonwebtoken::{
    Algorithm, EncodingKey, Header, encode,
    jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::key_file::KeyFile;
use crate::{domain::clock::Clock, private_file::PrivateFileError};

/// What Graph is called in the claim `aud`.
pub(super) const GRAPH: &str = "https://graph.microsoft.com";

/// As Entra signs.
const ALGORITHM: Algorithm = Algorithm::RS256;

/// A token to make. The names have been checked by the functions of [`names`](super::names).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TokenRequest {
    pub(crate) tenant: String,
    pub(crate) app: String,
    pub(crate) subject: Subject,
    /// Groups of the directory that the subject is a member of; without any, there is no claim.
    pub(crate) groups: Vec<String>,
    pub(crate) permissions: Vec<String>,
    pub(crate) lifetime: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The application itself: permissions become `roles`.
    App,
    /// A user, by user principal name or object id: permissions become `scp`.
    User(String),
    /// A user likewise, with an account in another tenant.
    Guest(String),
}

pub(crate) struct DevelopmentIssuer {
    origin: String,
    key: EncodingKey,
    /// The public half, with its id.
    jwk: Jwk,
    pub(super) clock: Arc<dyn Clock>,
}

impl DevelopmentIssuer {
    /// Opens the issuer of a data directory; the first time, makes it with a new key and this origin.
    pub(crate) fn open(
        dir: &Path,
        origin: &str,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, PrivateFileError> {
        let file = KeyFile::open(dir, origin)?;
        let unreadable = |_| KeyFile::unreadable(dir);
        let key = EncodingKey::from_rsa_pem(file.private_key.as_bytes()).map_err(unreadable)?;
        let mut jwk = Jwk::from_encoding_key(&key, ALGORITHM).map_err(unreadable)?;
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        // RFC 7638: the same key has the same id everywhere, so none need be stored.
        jwk.common.key_id = Some(jwk.thumbprint(ThumbprintHash::SHA256).map_err(unreadable)?);
        Ok(Self {
            origin: file.origin,
            key,
            jwk,
            clock,
        })
    }

    /// The claim `iss` of a tenant's tokens.
    pub(crate) fn name(&self, tenant: &str) -> String {
        format!("{}/{tenant}/v2.0", self.origin)
    }

    /// The JSON Web Key Set (RFC 7517) that verifies this issuer's tokens.
    pub(crate) fn key_set(&self) -> JwkSet {
        JwkSet {
            keys: vec![self.jwk.clone()],
        }
    }

    /// A signed token. The only error is one of the cryptographic library.
    pub(crate) fn mint(
        &self,
        request: &TokenRequest,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let header = Header {
            kid: self.jwk.common.key_id.clone(),
            ..Header::new(ALGORITHM)
        };
        encode(&header, &self.claims(request), &self.key)
    }

    /// Source: Entra, access token claims reference. Both `appid` (version 1.0) and `azp` (version 2.0) are there:
    /// programs that look into their token expect one or the other. Some want a name, too.
    fn claims(&self, request: &TokenRequest) -> Value {
        let (tenant, app) = (&request.tenant, &request.app);
        let now_s = self.clock.now_s();
        let mut claims = json!({
            "aud": GRAPH,
            "iss": self.name(tenant),
            "iat": now_s,
            "nbf": now_s,
            "exp": now_s.saturating_add_unsigned(request.lifetime.as_secs()),
            "appid": app,
            "app_displayname": app,
            "azp": app,
            "tid": tenant,
            "uti": self.clock.uuid(),
            "ver": "2.0",
        });
        if !request.groups.is_empty() {
            claims["groups"] = request.groups.clone().into();
        }
        match &request.subject {
            Subject::App => {
                let oid = object_id(tenant, "app", app);
                claims["idtyp"] = "app".into();
                claims["oid"] = oid.as_str().into();
                claims["sub"] = oid.into();
                claims["roles"] = request.permissions.clone().into();
            }
            Subject::User(user) | Subject::Guest(user) => {
                let oid = user_id(tenant, user);
                claims["idtyp"] = "user".into();
                // Pairwise: the same user is another subject to another app.
                claims["sub"] = object_id(&oid, "subject", app).into();
                claims["oid"] = oid.into();
                claims["upn"] = user.as_str().into();
                claims["name"] = user.as_str().into();
                claims["scp"] = request.permissions.join(" ").into();
                if matches!(request.subject, Subject::Guest(_)) {
                    claims["acct"] = 1.into();
                    claims["upn"] = guest_name(user, tenant).into();
                }
            }
        }
        claims
    }
}

/// The object id of a user, who is given by it or by name.
pub(crate) fn user_id(tenant: &str, user: &str) -> String {
    match Uuid::try_parse(user) {
        Ok(uuid) => uuid.hyphenated().to_string(),
        Err(_) => object_id(tenant, "user", user),
    }
}

/// The user principal name of a guest: `bob@fabrikam.com` is `bob_fabrikam.com#EXT#@contoso.onmicrosoft.com` in the tenant
/// `contoso`. A name that is of this form already stays as it is.
/// Source: Entra, "Properties of a B2B collaboration user".
fn guest_name(user: &str, tenant: &str) -> String {
    if user.to_ascii_uppercase().contains("#EXT#") {
        return user.to_owned();
    }
    format!("{}#EXT#@{tenant}.onmicrosoft.com", user.replace('@', "_"))
}

/// The same name has the same object id in every run: a version 8 UUID (RFC 9562 section 5.8) of its digest.
fn object_id(scope: &str, kind: &str, name: &str) -> String {
    let text = format!("{scope}\n{kind}\n{}", name.to_ascii_lowercase());
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    let bytes = hash.as_ref()[..16].try_into().expect("16 bytes");
    let uuid = uuid::Builder::from_custom_bytes(bytes).into_uuid();
    uuid.hyphenated().to_string()
}

#[cfg(test)]
#[path = "issuer_tests.rs"]
pub(super) mod tests;
