//! An issuer on loopback: its keys, its two documents, and its moods. One thread a connection, one request each.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use aws_lc_rs::{
    encoding::AsDer,
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use serde_json::{Value, json};

use super::AUDIENCE;

pub(super) struct LocalIssuer {
    /// What `--issuer` must say.
    pub(super) url: String,
    shared: Arc<Shared>,
}

pub(super) struct Shared {
    origin: String,
    path: String,
    /// What the issuer calls itself.
    name: Mutex<String>,
    keys: Mutex<Vec<Key>>,
    discovery: Mutex<Reply>,
    key_set: Mutex<Reply>,
    key_set_reads: AtomicUsize,
    other_reads: AtomicUsize,
}

/// What is answered to a request for a document.
#[derive(Clone)]
pub(super) enum Reply {
    /// What it should be.
    Good,
    /// These bytes.
    Raw(String),
    /// 200 and a body without end.
    Endless,
    /// Nothing, until the other side gives up.
    Silent,
    /// The connection is closed: as good as down.
    Closed,
}

impl Reply {
    pub(super) fn json(value: &Value) -> Self {
        Self::body(&value.to_string())
    }

    pub(super) fn body(body: &str) -> Self {
        let length = body.len();
        Self::head(&format!("200 OK\r\nContent-Length: {length}"), body)
    }

    pub(super) fn head(head: &str, body: &str) -> Self {
        Self::Raw(format!(
            "HTTP/1.1 {head}\r\nConnection: close\r\n\r\n{body}"
        ))
    }
}

impl LocalIssuer {
    /// Over plain HTTP, with no keys yet. `path` follows the port in its URL.
    pub(super) fn start(path: &str) -> Self {
        Self::start_over("http", path, answer)
    }

    pub(super) fn start_over(
        scheme: &str,
        path: &str,
        serve: impl Fn(TcpStream, &Shared) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let origin = format!("{scheme}://{address}");
        let url = format!("{origin}{path}");
        let shared = Arc::new(Shared {
            name: Mutex::new(url.replace("/organizations", "/{tenantid}")),
            origin,
            path: path.trim_end_matches('/').to_owned(),
            keys: Mutex::default(),
            discovery: Mutex::new(Reply::Good),
            key_set: Mutex::new(Reply::Good),
            key_set_reads: AtomicUsize::new(0),
            other_reads: AtomicUsize::new(0),
        });
        let issuer = Self {
            url,
            shared: shared.clone(),
        };
        // Lives as long as the tests: nobody need stop it.
        std::thread::spawn(move || {
            let serve = Arc::new(serve);
            for stream in listener.incoming().flatten() {
                let (serve, shared) = (serve.clone(), shared.clone());
                std::thread::spawn(move || serve(stream, &shared));
            }
        });
        issuer
    }

    /// Publishes these keys and no others.
    pub(super) fn publish(&self, keys: &[&Key]) {
        let keys = keys.iter().copied().cloned().collect();
        *self.shared.keys.lock().expect("no panic") = keys;
    }

    pub(super) fn call_itself(&self, name: &str) {
        name.clone_into(&mut self.shared.name.lock().expect("no panic"));
    }

    pub(super) fn discovery(&self, reply: Reply) {
        *self.shared.discovery.lock().expect("no panic") = reply;
    }

    pub(super) fn key_set(&self, reply: Reply) {
        *self.shared.key_set.lock().expect("no panic") = reply;
    }

    /// The discovery document with other keys.
    pub(super) fn keys_are_at(&self, url: &str) {
        let name = self.shared.name.lock().expect("no panic").clone();
        self.discovery(Reply::json(&json!({ "issuer": name, "jwks_uri": url })));
    }

    pub(super) fn goes_down(&self) {
        self.discovery(Reply::Closed);
        self.key_set(Reply::Closed);
    }

    pub(super) fn comes_back(&self) {
        self.discovery(Reply::Good);
        self.key_set(Reply::Good);
    }

    /// How often the key set was asked for.
    pub(super) fn key_set_reads(&self) -> usize {
        self.shared.key_set_reads.load(Ordering::Relaxed)
    }

    /// How often anything beside the two documents was asked for.
    pub(super) fn other_reads(&self) -> usize {
        self.shared.other_reads.load(Ordering::Relaxed)
    }

    /// Good claims for [`AUDIENCE`], of an app with every permission, with some members replaced, or removed where the
    /// change is `null`; signed with this key, of this issuer or not.
    pub(super) fn token(&self, key: &Key, changes: &Value) -> String {
        let now_s = now_s();
        let mut claims = json!({
            "iss": self.url,
            "aud": AUDIENCE,
            "tid": "contoso",
            "azp": "app",
            "nbf": now_s - 10,
            "exp": now_s + 3600,
            "roles": ["ExternalConnection.ReadWrite.All"],
        });
        let members = claims.as_object_mut().expect("an object");
        for (name, value) in changes.as_object().expect("an object") {
            if value.is_null() {
                members.remove(name);
            } else {
                members.insert(name.clone(), value.clone());
            }
        }
        let header = Header {
            kid: Some(key.id.clone()),
            ..Header::new(key.algorithm)
        };
        encode(&header, &claims, &key.private).expect("a token")
    }
}

impl Shared {
    fn reply(&self, path: &str) -> Reply {
        let discovery = format!("{}/.well-known/openid-configuration", self.path);
        if path == discovery {
            match self.discovery.lock().expect("no panic").clone() {
                Reply::Good => Reply::json(&json!({
                    "issuer": *self.name.lock().expect("no panic"),
                    "jwks_uri": format!("{}/keys", self.origin),
                    "response_types_supported": ["code"],
                })),
                other => other,
            }
        } else if path == "/keys" {
            self.key_set_reads.fetch_add(1, Ordering::Relaxed);
            match self.key_set.lock().expect("no panic").clone() {
                Reply::Good => {
                    let keys = self.keys.lock().expect("no panic");
                    let keys: Vec<&Value> = keys.iter().map(|key| &key.published).collect();
                    Reply::json(&json!({ "keys": keys }))
                }
                other => other,
            }
        } else {
            self.other_reads.fetch_add(1, Ordering::Relaxed);
            Reply::head("404 Not Found\r\nContent-Length: 0", "")
        }
    }
}

/// Reads a request, and answers it as the issuer feels like.
pub(super) fn answer(mut stream: impl Read + Write, shared: &Shared) {
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(read @ 1..) => head.extend_from_slice(&buffer[..read]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default();
    // Whoever asked may have gone: that is theirs to notice.
    let _ = match shared.reply(path) {
        Reply::Good => unreachable!("a document"),
        Reply::Raw(text) => stream
            .write_all(text.as_bytes())
            .and_then(|()| stream.flush()),
        Reply::Endless => endless(&mut stream),
        Reply::Silent => stream.read(&mut buffer).map(drop),
        Reply::Closed => Ok(()),
    };
}

fn endless(stream: &mut impl Write) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n{\"keys\":[")?;
    loop {
        stream.write_all(&[b' '; 16 * 1024])?;
    }
}

/// A private key, and how its public half is published.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) id: String,
    algorithm: Algorithm,
    private: EncodingKey,
    pub(super) published: Value,
}

impl Key {
    /// Made in no time.
    pub(super) fn ec(id: &str) -> Self {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random);
        let private = EncodingKey::from_ec_der(key.expect("a key").as_ref());
        Self::new(id, Algorithm::ES256, private)
    }

    /// As Entra has them.
    pub(super) fn rsa(id: &str) -> Self {
        let key = KeyPair::generate(KeySize::Rsa2048).expect("a key");
        let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = key.as_der().expect("DER");
        let pem = pem("PRIVATE KEY", der.as_ref());
        let private = EncodingKey::from_rsa_pem(pem.as_bytes()).expect("a key");
        Self::new(id, Algorithm::RS256, private)
    }

    fn new(id: &str, algorithm: Algorithm, private: EncodingKey) -> Self {
        let mut jwk = Jwk::from_encoding_key(&private, algorithm).expect("a public key");
        jwk.common.key_id = Some(id.to_owned());
        Self {
            id: id.to_owned(),
            algorithm,
            private,
            published: json!(jwk),
        }
    }

    /// Published with some members changed, or left out where the change is `null`.
    pub(super) fn published_with(mut self, changes: &Value) -> Self {
        let members = self.published.as_object_mut().expect("an object");
        for (name, value) in changes.as_object().expect("an object") {
            if value.is_null() {
                members.remove(name);
            } else {
                members.insert(name.clone(), value.clone());
            }
        }
        self
    }
}

fn now_s() -> u64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "the server's clock is the machine's"
    )]
    let now = SystemTime::now();
    now.duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .as_secs()
}

/// RFC 7468 section 2: lines of 64 characters.
pub(super) fn pem(label: &str, der: &[u8]) -> String {
    let base64 = STANDARD.encode(der);
    let lines = base64.as_bytes().chunks(64).map(String::from_utf8_lossy);
    let lines = lines.collect::<Vec<_>>().join("\n");
    format!("-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n")
}
