//! Authentication: a bearer token in, a verified [`Token`] out.
//!
//! A verified token is cached together with the key that verified it, and is accepted as long as both are valid: most
//! requests cost a digest and a look-up, and nothing signed with a withdrawn key is accepted.
//!
//! `jsonwebtoken` checks the signature. Header and claims are checked here, for two reasons: its validation reads the
//! system clock, where ours must come from [`Clock`]; and it accepts repeated members, text in place of numbers and headers that bring
//! their own key.

use std::sync::Arc;

use aws_lc_rs::digest;
use quick_cache::{Weighter, sync::Cache};

use super::{
    claims::required,
    jws::CompactJws,
    keys::VerificationKey,
    token::{Token, check_expiry},
    token_error::TokenError,
    trust::TrustedIssuer,
};
use crate::domain::clock::Clock;

/// Longer tokens are not read. One that names 1,200 groups of a user by their object ids has 62 KiB.
const MAX_TOKEN_BYTES: usize = 64 * 1024;

/// Memory for verified tokens.
const REMEMBERED_BYTES: u64 = 16 * 1024 * 1024;
/// As many as fit, with a few permissions each.
const REMEMBERED_TOKENS: usize = 20_000;
/// What each of them takes at least, with its entry in the cache.
const REMEMBERED_TOKEN_BYTES: usize = 512;

pub(crate) struct Authenticator {
    issuers: Vec<TrustedIssuer>,
    clock: Arc<dyn Clock>,
    /// By SHA-256 of the token: the token itself is a secret that need not stay in memory.
    verified: Cache<TokenDigest, Verified, Memory>,
}

type TokenDigest = [u8; digest::SHA256_OUTPUT_LEN];

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
    pub(crate) async fn authenticate(&self, bearer: &str) -> Result<Arc<Token>, TokenError> {
        if bearer.is_empty() {
            return Err(TokenError::Empty);
        }
        if bearer.len() > MAX_TOKEN_BYTES {
            return Err(TokenError::Malformed(
                "The token is longer than 65,536 bytes.",
            ));
        }
        let id = sha256(bearer);
        if let Some(Verified { token, key }) = self.verified.get(&id) {
            // Of all that was verified, only these two can have changed.
            check_expiry(token.expires_at_s, self.clock.now_s())?;
            if key.is_good(self.clock.now_s()) {
                return Ok(token);
            }
        }
        let jws = CompactJws::parse(bearer)?;
        let signer = self.signer(&jws)?;
        let mut key = signer.key(&jws, self.clock.now_s())?;
        if key.is_none() {
            signer.issuer.keys.look_for(signer.kid).await?;
            key = signer.key(&jws, self.clock.now_s())?;
        }
        let key = key.ok_or(NO_SUCH_KEY)?;
        let audiences = &signer.issuer.audiences;
        let token = Token::new(&jws.claims, signer.tenant, audiences, self.clock.now_s())?;
        let token = Arc::new(token);
        let verified = Verified {
            token: Arc::clone(&token),
            key,
        };
        self.verified.insert(id, verified);
        Ok(token)
    }

    /// Before the signature is verified, `iss` and `tid` only say whose key to verify it with.
    fn signer<'a>(&'a self, jws: &'a CompactJws<'_>) -> Result<Signer<'a>, TokenError> {
        let tid = jws.claims.identifier("tid")?;
        let iss = required("iss", jws.claims.string("iss")?)?;
        let mut issuers = self.issuers.iter();
        let found = issuers.find_map(|issuer| Some((issuer, issuer.tenant(iss, tid)?)));
        let Some((issuer, tenant)) = found else {
            required("tid", tid)?;
            return Err(TokenError::Issuer);
        };
        let kid = jws.header("kid").filter(|kid| !kid.is_empty());
        Ok(Signer {
            issuer,
            iss,
            tenant,
            kid: kid.ok_or(NO_SUCH_KEY)?,
        })
    }
}

const NO_SUCH_KEY: TokenError =
    TokenError::Signature("The header 'kid' names no key of the issuer.");

/// Who has signed a token, as the token says.
struct Signer<'a> {
    issuer: &'a TrustedIssuer,
    iss: &'a str,
    tenant: &'a str,
    kid: &'a str,
}

impl Signer<'_> {
    /// The key that has signed the token; `None` if the issuer has no key of this id, as far as is known here.
    fn key(
        &self,
        jws: &CompactJws<'_>,
        now_s: i64,
    ) -> Result<Option<Arc<VerificationKey>>, TokenError> {
        let keys = self.issuer.keys.now();
        // More than one only if the issuer gave two of its keys the same id.
        let named = keys
            .iter()
            .filter(|key| key.is_for(self.kid, self.iss, self.tenant) && key.is_good(now_s));
        let mut named = named.peekable();
        if named.peek().is_none() {
            return Ok(None);
        }
        let alg = jws.header("alg").and_then(|alg| alg.parse().ok());
        let mut of_algorithm = named.filter(|key| Some(key.algorithm) == alg).peekable();
        if of_algorithm.peek().is_none() {
            return Err(TokenError::Signature(
                "The header 'alg' is not the algorithm of the issuer's key.",
            ));
        }
        let signed_with = of_algorithm.find(|key| key.verifies(jws.message, jws.signature));
        let error = TokenError::Signature("The signature does not verify with the issuer's key.");
        signed_with.map(|key| Some(Arc::clone(key))).ok_or(error)
    }
}

fn sha256(text: &str) -> TokenDigest {
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    hash.as_ref().try_into().expect("SHA-256 has 32 bytes")
}

#[cfg(test)]
#[path = "jwt_tests.rs"]
mod tests;
