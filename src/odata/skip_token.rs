//! Skip tokens: where the next page begins, signed so that only a place this server gave out is accepted, and
//! only for the request it was given for.
//!
//! A token is base64url without padding of
//!
//! ```text
//! version (1 byte) | position | HMAC-SHA256 of version | binding | position (32 bytes)
//! ```
//!
//! where position and binding are JSON arrays of strings. Where the one ends and the other begins is plain, so a signature
//! for one pair says nothing about another. The binding (who asks, and for what) is not in the token: the next
//! request states it again. The position is in it, readable: clients have just seen it in the page.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

const VERSION: u8 = 2;
const SIGNATURE_BYTES: usize = 32;
/// Length of a token, characters.
const MAX_CHARS: usize = 4096;

/// Signs skip tokens and verifies them, under one key.
pub(crate) struct Signer {
    key: hmac::Key,
}

impl Signer {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, key),
        }
    }

    /// The token for a position, which must be shorter than about 3,000 bytes of JSON to be accepted later.
    pub(crate) fn sign(&self, binding: &[&str], position: &[&str]) -> String {
        let position = json(position);
        let signature = hmac::sign(&self.key, &message(binding, &position));
        let token = [&[VERSION], position.as_slice(), signature.as_ref()].concat();
        URL_SAFE_NO_PAD.encode(token)
    }

    /// The position in a token that was signed under this key for the same binding.
    pub(crate) fn verify(&self, binding: &[&str], token: &str) -> Option<Vec<String>> {
        if token.len() > MAX_CHARS {
            return None;
        }
        let token = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (&version, rest) = token.split_first()?;
        if version != VERSION {
            return None;
        }
        let (position, signature) = rest.split_at(rest.len().checked_sub(SIGNATURE_BYTES)?);
        hmac::verify(&self.key, &message(binding, position), signature).ok()?;
        serde_json::from_slice(position).ok()
    }
}

fn message(binding: &[&str], position: &[u8]) -> Vec<u8> {
    [&[VERSION], json(binding).as_slice(), position].concat()
}

fn json(strings: &[&str]) -> Vec<u8> {
    serde_json::to_vec(strings).expect("strings can be written as JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BINDING: &[&str] = &["tenant", "app", "name eq 'x'", "name desc"];
    const POSITION: &[&str] = &["Contoso HR", "contosohr"];

    fn signer() -> Signer {
        Signer::new(&[7; 32])
    }

    fn owned(strings: &[&str]) -> Vec<String> {
        strings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn gives_back_the_position_for_the_same_binding() {
        let long = "€".repeat(900);
        let positions: [&[&str]; 6] = [&[], &[""], &["", ""], POSITION, &["\0'&+/=\n"], &[&long]];
        for position in positions {
            let token = signer().sign(BINDING, position);
            assert_eq!(signer().verify(BINDING, &token), Some(owned(position)));
        }
    }

    /// Links given out before an update of the server go on after it. The token was computed from the description
    /// above with another HMAC.
    #[test]
    fn keeps_its_form() {
        let token = Signer::new(&[0; 32]).sign(&["t"], &["id"]);
        assert_eq!(
            token,
            "AlsiaWQiXbUh33wkFixS1yoLz-yNBwPiB-qfGdDNyR_ncjwR4jpe"
        );
    }

    #[test]
    fn is_safe_in_a_url() {
        for first in 0..=255_u8 {
            let token = Signer::new(&[first; 32]).sign(BINDING, &["\u{3ff}\u{fffff}~~~???"]);
            assert!(
                token
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'),
                "{token}"
            );
        }
    }

    #[test]
    fn refuses_another_binding_or_key() {
        let token = signer().sign(BINDING, POSITION);
        let others: [&[&str]; 8] = [
            &[],
            &["tenant", "app", "name eq 'x'"],
            &["tenant", "app", "name eq 'x'", "name desc", ""],
            &["other", "app", "name eq 'x'", "name desc"],
            &["tenant", "", "name eq 'x'", "name desc"],
            &["tenant", "app", "name eq 'y'", "name desc"],
            &["tenant", "app", "name eq 'x'", "name"],
            // The same characters, cut elsewhere.
            &["tenanta", "pp", "name eq 'x'", "name desc"],
        ];
        for other in others {
            assert_eq!(signer().verify(other, &token), None, "{other:?}");
        }
        assert_eq!(Signer::new(&[8; 32]).verify(BINDING, &token), None);
        // A string does not move from the binding into the position.
        let moved = signer().sign(&["a", "b"], &["c"]);
        assert_eq!(signer().verify(&["a"], &moved), None);
    }

    #[test]
    fn refuses_every_change_of_a_character() {
        let token = signer().sign(BINDING, POSITION);
        for at in 0..token.len() {
            for other in (0..128_u8).map(char::from) {
                let mut changed = token.clone();
                changed.replace_range(at..=at, other.encode_utf8(&mut [0; 4]));
                if changed != token {
                    assert_eq!(signer().verify(BINDING, &changed), None, "{at} {other:?}");
                }
            }
        }
    }

    #[test]
    fn refuses_every_change_of_a_bit() {
        let token = URL_SAFE_NO_PAD
            .decode(signer().sign(BINDING, POSITION))
            .expect("base64url");
        for bit in 0..token.len() * 8 {
            let mut changed = token.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let changed = URL_SAFE_NO_PAD.encode(changed);
            assert_eq!(signer().verify(BINDING, &changed), None, "{bit}");
        }
    }

    #[test]
    fn refuses_what_is_cut_extended_or_too_long() {
        let token = signer().sign(BINDING, POSITION);
        for end in 0..token.len() {
            assert_eq!(signer().verify(BINDING, &token[..end]), None, "{end}");
        }
        for extra in ["A", "AA", "AAAA", "=", "%3D", " ", "\0", "€"] {
            assert_eq!(signer().verify(BINDING, &(token.clone() + extra)), None);
            assert_eq!(signer().verify(BINDING, &(extra.to_owned() + &token)), None);
        }
        assert_eq!(signer().verify(BINDING, &"A".repeat(10_000_000)), None);
    }

    #[test]
    fn bounds_the_length() {
        // Version, brackets, quotes and signature take 37 of the 3,072 bytes that 4,096 characters hold.
        let longest = "a".repeat(3072 - 37);
        let token = signer().sign(BINDING, &[&longest]);
        assert_eq!(token.len(), MAX_CHARS);
        assert!(signer().verify(BINDING, &token).is_some());
        let token = signer().sign(BINDING, &[&(longest + "a")]);
        assert_eq!(signer().verify(BINDING, &token), None);
    }

    #[test]
    fn round_trips_arbitrary_lists() {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        // Xorshift: the same lists in every run.
        let mut random = move |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed % below as u64).expect("below a usize")
        };
        let alphabet = ['a', '\'', '\0', ' ', 'é', '€', '\u{10ffff}', '/', '='];
        let mut list = || -> Vec<String> {
            let length = random(5);
            (0..length)
                .map(|_| {
                    let length = random(40);
                    (0..length)
                        .map(|_| alphabet[random(alphabet.len())])
                        .collect()
                })
                .collect()
        };
        for _ in 0..500 {
            let (binding, position) = (list(), list());
            let binding: Vec<&str> = binding.iter().map(String::as_str).collect();
            let parts: Vec<&str> = position.iter().map(String::as_str).collect();
            let token = signer().sign(&binding, &parts);
            assert_eq!(signer().verify(&binding, &token), Some(position));
        }
    }
}
