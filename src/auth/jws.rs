//! A token taken apart, and not yet believed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{claims::Claims, token_error::TokenError};

/// Headers by which a token would bring or fetch its own key, or demand rules that are not known here.
/// Source: RFC 8725 sections 3.10 and 3.1; RFC 7515 section 4.1.11 for `crit`.
const REFUSED_HEADERS: [&str; 5] = ["jku", "jwk", "x5u", "x5c", "crit"];

/// A JWS in compact form. Source: RFC 7515 section 7.1.
pub(super) struct CompactJws<'a> {
    /// What was signed: header and claims as they were sent.
    pub(super) message: &'a str,
    pub(super) signature: &'a str,
    header: Claims,
    pub(super) claims: Claims,
}

impl<'a> CompactJws<'a> {
    pub(super) fn parse(bearer: &'a str) -> Result<Self, TokenError> {
        let parts: Vec<&str> = bearer.split('.').collect();
        let [header, claims, signature] = parts[..] else {
            return Err(TokenError::Malformed(
                "The token is not three parts divided by dots.",
            ));
        };
        let message = &bearer[..header.len() + 1 + claims.len()];
        let header = object(header).ok_or(TokenError::Malformed(
            "The header of the token is not a Base64url JSON object without repeated members.",
        ))?;
        let claims = object(claims).ok_or(TokenError::Malformed(
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

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }
}

fn object(base64url: &str) -> Option<Claims> {
    Claims::parse(&URL_SAFE_NO_PAD.decode(base64url).ok()?)
}

fn check_header(header: &Claims) -> Result<(), TokenError> {
    if REFUSED_HEADERS.iter().any(|name| header.has(name)) {
        return Err(TokenError::Signature(
            "The headers 'jku', 'jwk', 'x5u', 'x5c' and 'crit' are not accepted: \
             keys come from the issuer, never from the token.",
        ));
    }
    // RFC 7519 section 5.1 and RFC 9068 section 2.1; media types ignore case.
    let is_jwt = |typ: &str| matches!(&*typ.to_ascii_lowercase(), "jwt" | "at+jwt");
    match header.get("typ") {
        Some(typ) if !typ.as_str().is_some_and(is_jwt) => {
            Err(TokenError::Malformed("The header 'typ' must be 'JWT'."))
        }
        _ => Ok(()),
    }
}
