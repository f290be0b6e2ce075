//! Requests with marks wherever a secret could be.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread::{self, JoinHandle},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use super::{
    super::{
        document::{Operation, operations as all, servers},
        harness::Server,
        minting::{Issuer, PERMISSIONS, encoded},
    },
    MARK,
};

/// More than the server reads of a body. Source: the document, `PayloadTooLarge`.
const TOO_LARGE: usize = 4_000_001;

/// Calls every operation over both versions of HTTP, with tokens of every kind and bodies of every kind. Returns the
/// signatures of the tokens.
pub async fn operations(server: &Server, issuer: &Issuer) -> Vec<String> {
    let (good, bad) = tokens(issuer);
    let versions = [
        Client::builder().http1_only(),
        Client::builder().http2_prior_knowledge(),
    ];
    for http in versions.map(|http| http.build().expect("a client")) {
        for operation in all() {
            let url = format!(
                "{}{}{}",
                server.origin,
                servers()[0],
                operation.example_path()
            );
            let call = |url: &str| http.request(operation.method.clone(), url);
            for token in &bad {
                send(call(&url).bearer_auth(token)).await;
            }
            for query in [
                "access_token=",
                "$skiptoken=",
                "$filter=name%20eq%20'",
                "$filter=",
            ] {
                let url = format!("{url}?{query}{MARK}");
                send(call(&url).bearer_auth(&good)).await;
            }
            let header = |name: &str| call(&url).bearer_auth(&good).header(name, MARK);
            for name in [
                "client-request-id",
                "cookie",
                "graphconnectors-ticket",
                "prefer",
                "accept",
                "x-secret",
            ] {
                send(header(name)).await;
            }
            send((0..101).fold(header("x-0"), |call, field| {
                call.header(format!("x-{field}"), MARK)
            }))
            .await;
            for body in bodies(&operation) {
                send(body(call(&url).bearer_auth(&good))).await;
            }
        }
    }
    let signature = |token: &String| Some(token.rsplit_once('.')?.1.to_owned());
    bad.iter()
        .chain([&good])
        .filter_map(signature)
        .filter(|text| text.len() > 20)
        .collect()
}

/// Whatever the answer is, even none.
async fn send(request: RequestBuilder) {
    if let Ok(answer) = request.send().await {
        drop(answer.bytes().await);
    }
}

/// One that counts, and some that do not.
fn tokens(issuer: &Issuer) -> (String, Vec<String>) {
    let token = |changes: Value| {
        let mut claims = issuer.claims(changes);
        claims["name"] = json!(MARK);
        claims["upn"] = json!(format!("{MARK}@contoso.com"));
        let header = json!({ "typ": "JWT", "alg": "RS256", "kid": issuer.key_id });
        issuer.signed(&header.to_string(), &claims.to_string())
    };
    let good = token(json!({ "scp": null, "roles": PERMISSIONS }));
    let (message, _) = good.rsplit_once('.').expect("three parts");
    let bad = vec![
        token(json!({ "exp": 0 })),
        token(json!({ "nbf": i64::MAX })),
        token(json!({ "aud": MARK })),
        token(json!({ "iss": MARK })),
        token(json!({ "tid": format!("{MARK}/") })),
        token(json!({ "exp": MARK })),
        token(json!({ "scp": MARK })),
        token(json!({ "scp": null, "roles": [MARK] })),
        format!("{message}.{}", encoded(MARK)),
        issuer.forged(&json!({ "alg": "none", "kid": MARK }), ""),
        issuer.forged(&json!({ "alg": "RS256", "kid": MARK }), &encoded(MARK)),
        issuer.forged(&json!({ "alg": "RS256", "jku": MARK }), &encoded(MARK)),
        MARK.to_owned(),
        MARK.repeat(2_000),
    ];
    (good, bad)
}

type Body = Box<dyn Fn(RequestBuilder) -> RequestBuilder>;

/// Ways to send a body, with marks in names, texts and in what is not read to its end.
fn bodies(operation: &Operation) -> Vec<Body> {
    let mut bodies: Vec<Body> = vec![Box::new(|call| call)];
    let mut json = |text: String| -> () {
        bodies.push(Box::new(move |call| {
            let call = call.header("content-type", "application/json");
            call.body(text.clone())
        }));
    };
    let example = operation
        .body()
        .map_or(json!({}), |media| media["example"].clone());
    for (name, _) in example.as_object().into_iter().flatten() {
        for value in [json!(MARK), json!([MARK]), json!({ MARK: MARK })] {
            let mut body = example.clone();
            body[name] = value;
            json(body.to_string());
        }
    }
    let mut unknown = example;
    unknown[MARK] = json!(MARK);
    json(unknown.to_string());
    json(format!("{{\"{MARK}"));
    json(format!("{{\"{MARK}\":1,\"{MARK}\":2}}"));
    json(format!("\"{MARK}\""));
    json(format!("\"{}\"", MARK.repeat(TOO_LARGE / MARK.len() + 1)));

    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(unknown.to_string().as_bytes())
        .expect("memory");
    let gzip = gzip.finish().expect("memory");
    for (media, coding, body) in [
        ("application/json", "gzip", gzip.clone()),
        ("application/json", "gzip", gzip[..gzip.len() - 9].to_vec()),
        ("application/json", "gzip", MARK.into()),
        ("application/json", MARK, MARK.into()),
        ("text/plain", "identity", MARK.into()),
        (MARK, "identity", MARK.into()),
    ] {
        bodies.push(Box::new(move |call| {
            let call = call
                .header("content-type", media)
                .header("content-encoding", coding);
            call.body(body.clone())
        }));
    }
    bodies
}

/// Heads that are no head, or too large; and bodies that end before their time.
pub fn heads(server: &Server) {
    let path = format!("{}{}", servers()[0], all()[0].example_path());
    let authorization = format!("authorization: Bearer {MARK}");
    let large = "x".repeat(40_000);
    for head in [
        format!("GET {path} HTTP/1.1\r\nhost: x\r\n{authorization}\r\nno field\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\n{authorization}\r\n{authorization}\r\n\r\n"),
        format!("GET {path} HTTP/9.9\r\nhost: x\r\n{authorization}\r\n\r\n"),
        format!("GET {path}?{MARK}={large} HTTP/1.1\r\nhost: x\r\n{authorization}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nhost: x\r\n{authorization}{large}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {MARK}\u{1}\r\n\r\n"),
        format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{authorization}\r\ncontent-length: 1x\r\n\r\n{MARK}"
        ),
        format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{authorization}\r\ntransfer-encoding: chunked\r\n\r\n{MARK}\r\n"
        ),
        format!("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{MARK}{authorization}"),
        format!("{MARK}\r\n\r\n"),
    ] {
        server.raw(head.as_bytes());
    }
}

/// Messages of agents, with marks in what they ask and in what they are answered. Returns the signature of their token.
pub async fn agents(server: &Server) -> String {
    let http = Client::new();
    let token = server.token(&[]);
    let request = |method: &str, params: Value| json!({ "jsonrpc": "2.0", "id": MARK, "method": method, "params": params });
    let tool = |name: &str, arguments: Value| {
        request(
            "tools/call",
            json!({ "name": name, "arguments": arguments }),
        )
    };
    for message in [
        request(
            "initialize",
            json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": MARK, "version": MARK } }),
        ),
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized", "params": { MARK: MARK } }),
        json!({ "jsonrpc": "2.0", "method": MARK, "params": { MARK: MARK } }),
        request(MARK, json!({ MARK: MARK })),
        tool(MARK, json!({ MARK: MARK })),
        tool("search", json!({ "query": MARK })),
        tool(
            "search",
            json!({ "query": format!("{MARK} ("), MARK: MARK }),
        ),
        tool("search", json!({ "query": "a", "connections": [MARK] })),
        tool("fetch", json!({ "id": format!("{MARK}/{MARK}") })),
        tool(
            "retrieve",
            json!({ "queryString": MARK, "resourceMetadata": [MARK] }),
        ),
        tool(
            "explain",
            json!({ "id": format!("{MARK}/{MARK}"), "user": MARK, "query": MARK }),
        ),
        json!([{ MARK: MARK }]),
        json!(MARK),
    ] {
        for token in [&*token, MARK] {
            let call = http.post(format!("{}/mcp?access_token={MARK}", server.origin));
            let call = call.bearer_auth(token).header("mcp-session-id", MARK);
            let call = call.header("accept", "application/json, text/event-stream");
            let call = call.header("content-type", "application/json");
            send(call.body(message.to_string())).await;
        }
    }
    token.rsplit('.').next().unwrap_or_default().to_owned()
}

/// OAuth 2.0 clients with their secrets, right and wrong. Source: RFC 6749 sections 2.3.1 and 4.4.
pub async fn token_endpoint(server: &Server) {
    let http = Client::new();
    let url = format!("{}/contoso/oauth2/v2.0/token", server.origin);
    let scope = "scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";
    let secret = format!("client_id=app&client_secret={MARK}");
    for form in [
        format!("grant_type=client_credentials&{secret}&{scope}"),
        format!("grant_type=client_credentials&{secret}&scope={MARK}"),
        format!("grant_type=client_credentials&{secret}&client_secret={MARK}&{scope}"),
        format!("grant_type=client_credentials&client_id={MARK}%20&client_secret={MARK}&{scope}"),
        format!("grant_type=password&username=x&password={MARK}"),
        format!("grant_type={MARK}"),
        format!("grant_type=client_credentials&client_assertion={MARK}"),
        format!("{secret}&{}", MARK.repeat(4_000)),
        format!("{MARK}=%zz"),
    ] {
        let form = |media: &str| {
            http.post(&url)
                .header("content-type", media)
                .body(form.clone())
        };
        send(form("application/x-www-form-urlencoded")).await;
        send(form("application/x-www-form-urlencoded").basic_auth("app", Some(MARK))).await;
        send(form("text/plain")).await;
    }
    let grant = format!("grant_type=client_credentials&{scope}");
    for authorization in [
        format!("Basic {}", STANDARD.encode(format!("app:{MARK}"))),
        format!("Basic {}", STANDARD.encode(MARK)),
        format!("Basic {MARK}"),
        format!("Bearer {MARK}"),
    ] {
        let request = http
            .post(format!("{url}?client_secret={MARK}"))
            .body(grant.clone());
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        send(request.header("authorization", authorization)).await;
    }
}

/// A head and a body that do not come to an end: the answers, once the server has lost its patience.
pub fn slow(server: &Server) -> [JoinHandle<String>; 2] {
    let path = format!("{}{}", servers()[0], all()[0].example_path());
    let token = server.token(&[]);
    [
        format!("POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {MARK}\r\n"),
        format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: 100\r\n\r\n{{\"name\":\"{MARK}"
        ),
    ]
    .map(|beginning| {
        let address = server.origin.strip_prefix("http://").expect("an http origin");
        let mut stream = TcpStream::connect(address).expect("a connection");
        thread::spawn(move || {
            stream.write_all(beginning.as_bytes()).expect("sent");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("an answer");
            answer
        })
    })
}
