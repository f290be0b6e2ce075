//! Why a token is refused, in the words of the answers.

use std::borrow::Cow;

/// The text of the error, and how the sentence for the developer begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    pub message: &'static str,
    pub detail: Cow<'static, str>,
}

const fn why(message: &'static str, detail: &'static str) -> Why {
    let detail = Cow::Borrowed(detail);
    Why { message, detail }
}

const MALFORMED: &str = "CompactToken parsing failed with error code: 80049217";
const BAD_SIGNATURE: &str = "Access token validation failure. Invalid signature.";

pub const PARTS: Why = why(MALFORMED, "The token is not three parts divided by dots.");
pub const TOO_LONG: Why = why(MALFORMED, "The token is longer than 65,536 bytes.");
pub const TYP: Why = why(MALFORMED, "The header 'typ' must be 'JWT'.");
pub const HEADER: Why = why(
    MALFORMED,
    "The header of the token is not a Base64url JSON object without repeated members.",
);
pub const CLAIMS: Why = why(
    MALFORMED,
    "The claims of the token are not a Base64url JSON object without repeated members.",
);

pub const OWN_KEY: Why = why(
    BAD_SIGNATURE,
    "The headers 'jku', 'jwk', 'x5u', 'x5c' and 'crit' are not accepted: keys come from the issuer, never from the token.",
);
pub const NO_KEY: Why = why(
    BAD_SIGNATURE,
    "The header 'kid' names no key of the issuer.",
);
pub const ALGORITHM: Why = why(
    BAD_SIGNATURE,
    "The header 'alg' is not the algorithm of the issuer's key.",
);
pub const SIGNATURE: Why = why(
    BAD_SIGNATURE,
    "The signature does not verify with the issuer's key.",
);

pub const ISSUER: Why = why(
    "Access token validation failure. Invalid issuer.",
    "The claim 'iss' names no issuer that is trusted here, or not with the tenant of the claim 'tid'.",
);
pub const AUDIENCE: Why = why(
    "Access token validation failure. Invalid audience.",
    "The claim 'aud' must be 'https://graph.microsoft.com' or ",
);
pub const EXPIRED: Why = why(
    "Lifetime validation failed, the token is expired.",
    "The token expired ",
);
pub const NOT_YET: Why = why(
    "Lifetime validation failed, the token is not yet valid.",
    "The token will be valid in ",
);

/// A claim that is missing or cannot be used.
pub fn claim(name: &str, rule: &str) -> Why {
    Why {
        message: "Access token validation failure. Invalid claim.",
        detail: format!("The claim '{name}' {rule}").into(),
    }
}
