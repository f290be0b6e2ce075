//! The kinds of forgery, each made many times over.
//!
//! Source: RFC 8725 sections 2 and 3. The edges of the times, to the second, are in `src/auth/jwt_tests.rs`, where the
//! clock stands still.

mod claims;
mod keys;
mod shape;

use jsonwebtoken::EncodingKey;
use serde_json::json;

use super::forge::{Forge, Forgery};
use crate::minting::Issuer;

const KINDS: [fn(&mut Forge); 17] = [
    keys::algorithm_none,
    keys::shared_secret,
    keys::other_algorithms,
    keys::another_key,
    keys::unknown_kid,
    keys::key_of_its_own,
    keys::other_types,
    shape::swapped,
    shape::truncated,
    shape::flipped,
    shape::oversize,
    shape::repeated_members,
    shape::garbage,
    claims::missing_claims,
    claims::ill_typed_claims,
    claims::times,
    claims::other_parties,
];

/// All of them, the same for the same issuer but for times and signatures.
pub fn forgeries(issuer: &Issuer, stranger: EncodingKey) -> Vec<Forgery> {
    let mut forge = Forge::new(issuer, stranger);
    for kind in KINDS {
        kind(&mut forge);
    }
    forge.forgeries()
}

/// What is signed of a good token, and its signature.
fn good(forge: &mut Forge) -> (String, String) {
    let token = forge.signed(&json!({}), json!({}));
    let (message, signature) = token.rsplit_once('.').expect("three parts");
    (message.to_owned(), signature.to_owned())
}
