//! The workshop of forgeries: good tokens to spoil, keys that nobody trusts, and chance that is the same in every run.

use std::collections::HashSet;

use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};

use super::refusals::Why;
use crate::minting::{Issuer, encoded};

/// A token that must not be accepted.
#[derive(Debug)]
pub struct Forgery {
    pub kind: &'static str,
    pub token: String,
    /// One of these is what is wrong with it.
    pub whys: Vec<Why>,
}

pub struct Forge<'i> {
    pub issuer: &'i Issuer,
    /// An RSA key as good as the issuer's, and not the issuer's.
    pub stranger: EncodingKey,
    pub random: Random,
    forgeries: Vec<Forgery>,
    tokens: HashSet<String>,
}

impl<'i> Forge<'i> {
    pub fn new(issuer: &'i Issuer, stranger: EncodingKey) -> Self {
        Self {
            issuer,
            stranger,
            random: Random::new(4),
            forgeries: Vec::new(),
            tokens: HashSet::new(),
        }
    }

    /// Every forgery so far, each token once.
    pub fn forgeries(self) -> Vec<Forgery> {
        self.forgeries
    }

    /// Keeps a forgery, unless there is one of the same token.
    pub fn add(&mut self, kind: &'static str, token: String, whys: &[Why]) {
        if self.tokens.insert(token.clone()) {
            let whys = whys.to_vec();
            self.forgeries.push(Forgery { kind, token, whys });
        }
    }

    /// Good claims with some changed, or removed where the change is `null`; no two are the same.
    pub fn claims(&mut self, changes: Value) -> Value {
        let mut claims = self.issuer.claims(changes);
        claims["uti"] = json!(self.random.text());
        claims
    }

    /// A good header with some members changed, or removed where the change is `null`.
    pub fn header(&self, changes: &Value) -> Value {
        let mut header = json!({ "typ": "JWT", "alg": "RS256", "kid": self.issuer.key_id });
        for (name, value) in changes.as_object().expect("an object") {
            match value {
                Value::Null => drop(header.as_object_mut().expect("an object").remove(name)),
                value => header[name] = value.clone(),
            }
        }
        header
    }

    /// Signed by the issuer, with these changes of the header and of the claims.
    pub fn signed(&mut self, header: &Value, claims: Value) -> String {
        let (header, claims) = (self.header(header), self.claims(claims));
        self.issuer.signed(&header.to_string(), &claims.to_string())
    }

    /// Signed with this key and algorithm, whatever the header says.
    pub fn signed_with(
        &mut self,
        header: &Value,
        algorithm: Algorithm,
        key: &EncodingKey,
    ) -> String {
        let message = self.message(header);
        let signature = crypto::sign(message.as_bytes(), key, algorithm).expect("a signature");
        format!("{message}.{signature}")
    }

    /// With this in the place of a signature.
    pub fn unsigned(&mut self, header: &Value, signature: &str) -> String {
        format!("{}.{signature}", self.message(header))
    }

    fn message(&mut self, header: &Value) -> String {
        let (header, claims) = (self.header(header), self.claims(json!({})));
        format!(
            "{}.{}",
            encoded(header.to_string()),
            encoded(claims.to_string())
        )
    }
}

/// SplitMix64: chance enough for a test, and no dependency.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn one_of<'t, T>(&mut self, choices: &'t [T]) -> &'t T {
        let count = u64::try_from(choices.len()).expect("a count");
        let chosen = usize::try_from(self.next() % count).expect("less than the count");
        &choices[chosen]
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = || self.next().to_le_bytes();
        (0..count.div_ceil(8))
            .flat_map(|_| bytes())
            .take(count)
            .collect()
    }

    /// Sixteen hexadecimal digits.
    pub fn text(&mut self) -> String {
        format!("{:016x}", self.next())
    }
}
