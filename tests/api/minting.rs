//! Tokens that the development issuer would not make, signed with its key.

use std::path::Path;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, crypto, encode};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Request, Server};

/// What tokens can hold. Source: Graph permissions reference.
pub const PERMISSIONS: [&str; 6] = [
    "ExternalConnection.Read.All",
    "ExternalConnection.ReadWrite.OwnedBy",
    "ExternalConnection.ReadWrite.All",
    "ExternalItem.Read.All",
    "ExternalItem.ReadWrite.OwnedBy",
    "ExternalItem.ReadWrite.All",
];

/// Tenant of all personal Microsoft accounts. Source: Entra, access token claims reference, `tid`.
pub const PERSONAL_TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// The development issuer's own key, for tokens that it would not make.
pub struct Issuer {
    pub key: EncodingKey,
    /// The same, PKCS #8 in PEM.
    pub key_pem: String,
    pub key_id: String,
    /// Modulus, Base64url.
    pub modulus: String,
    pub name: String,
}

impl Issuer {
    pub async fn of(server: &Server) -> Self {
        let keys = Request::new(Method::GET, "/common/discovery/v2.0/keys");
        let keys = keys.send(server).await.json();
        let member = |name: &str| keys["keys"][0][name].as_str().expect("a string").to_owned();
        let (name, key_pem) = issuer_file(server.data());
        Self {
            key: rsa_key(&key_pem),
            key_pem,
            key_id: member("kid"),
            modulus: member("n"),
            name,
        }
    }

    /// Good claims of tenant `contoso`, app `app` and a user, with some members replaced, or removed where the change
    /// is `null`.
    pub fn claims(&self, changes: Value) -> Value {
        let now_s = now_s();
        let mut claims = json!({
            "aud": "https://graph.microsoft.com",
            "iss": format!("{}/contoso/v2.0", self.name),
            "tid": "contoso",
            "appid": "app",
            "nbf": now_s - 10,
            "exp": now_s + 600,
            "scp": PERMISSIONS.join(" "),
        });
        let Value::Object(changes) = changes else {
            panic!("not an object")
        };
        for (name, value) in changes {
            match value {
                Value::Null => drop(claims.as_object_mut().expect("an object").remove(&name)),
                value => claims[name] = value,
            }
        }
        claims
    }

    pub fn token(&self, changes: Value) -> String {
        self.sign(Algorithm::RS256, &self.key, changes)
    }

    pub fn sign(&self, algorithm: Algorithm, key: &EncodingKey, changes: Value) -> String {
        let kid = Some(self.key_id.clone());
        let header = Header {
            kid,
            ..Header::new(algorithm)
        };
        encode(&header, &self.claims(changes), key).expect("a token")
    }

    /// A token of this text, right or wrong, with a signature that holds.
    pub fn signed(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", encoded(header), encoded(claims));
        let signature = crypto::sign(message.as_bytes(), &self.key, Algorithm::RS256);
        format!("{message}.{}", signature.expect("a signature"))
    }

    /// A token with any header, and any signature.
    pub fn forged(&self, header: &Value, signature: &str) -> String {
        let claims = self.claims(json!({})).to_string();
        format!(
            "{}.{}.{signature}",
            encoded(header.to_string()),
            encoded(claims)
        )
    }
}

/// A part of a token. Source: RFC 7515 section 2, "Base64url Encoding".
pub fn encoded(part: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(part)
}

/// The name and the private key (PEM) of the development issuer of a data directory.
pub fn issuer_file(data: &Path) -> (String, String) {
    let file = std::fs::read(data.join("development-issuer.json")).expect("a file");
    let file: Value = serde_json::from_slice(&file).expect("JSON");
    let member = |name: &str| file[name].as_str().expect("a string").to_owned();
    (member("origin"), member("privateKey"))
}

pub fn rsa_key(pem: &str) -> EncodingKey {
    EncodingKey::from_rsa_pem(pem.as_bytes()).expect("an RSA key")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the server under test has the same clock"
)]
pub fn now_s() -> u64 {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since_epoch.expect("it is later than 1970").as_secs()
}
