//! Thousands of forgeries at three routes: 401 with the right text, and nothing else. And hundreds of good tokens, which
//! are not mistaken for forgeries.

use std::collections::BTreeMap;

use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{
    forge::{Forgery, Random},
    forgeries::forgeries,
};
use crate::{
    caller::CONNECTIONS,
    harness::{Answer, Server, token},
    minting::{Issuer, PERMISSIONS, issuer_file, now_s, rsa_key},
};

/// Each with what it answers to a good token: a list, a write, in another version and spelling, and text.
const ROUTES: [(Method, &str, u16); 3] = [
    (Method::GET, "/v1.0/external/connections", 200),
    (Method::PATCH, "/beta/connections/contosohr", 204),
    (Method::GET, "/v1.0/external/connections/%24count", 200),
];

/// Requests at once.
const CLIENTS: usize = 8;

/// One request with a connection that is kept.
async fn send(http: &Client, url: &str, method: &Method, token: &str) -> Answer {
    let request = http.request(method.clone(), url).bearer_auth(token);
    let request = match *method {
        Method::PATCH => request
            .header("content-type", "application/json")
            .body("{}"),
        _ => request,
    };
    let response = request.send().await.expect("an answer");
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        body: response.bytes().await.expect("a body").to_vec(),
    }
}

fn check(forgery: &Forgery, answer: &Answer) {
    let Forgery { kind, token, whys } = forgery;
    let error = answer.error(401, "InvalidAuthenticationToken");
    assert_eq!(
        answer.header("www-authenticate"),
        "Bearer realm=\"graph-connections\", error=\"invalid_token\"",
        "{kind}: {token}"
    );
    let detail = error["details"][0]["message"].as_str().expect("a text");
    let known = whys
        .iter()
        .any(|why| error["message"] == why.message && detail.starts_with(&*why.detail));
    assert!(known, "{kind}: {token}: {detail} {whys:?}");
}

#[tokio::test]
async fn thousands_of_forged_tokens_are_refused_for_what_is_wrong_with_them() {
    let server = Server::start();
    let owner = server.caller(&["--tenant", "contoso", "--app", "app"]);
    owner.create_all([("contosohr", "Any")]).await;
    let before = owner.read(CONNECTIONS).await;
    let elsewhere = tempfile::tempdir().expect("a directory");
    token(elsewhere.path(), &[]);
    let stranger = rsa_key(&issuer_file(elsewhere.path()).1);

    let forgeries = forgeries(&Issuer::of(&server).await, stranger);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for forgery in &forgeries {
        *kinds.entry(forgery.kind).or_default() += 1;
    }
    println!("{} forgeries: {kinds:#?}", forgeries.len());
    assert!(forgeries.len() >= 5_000);

    let mut clients = JoinSet::new();
    let share = forgeries.len().div_ceil(CLIENTS);
    let mut rest = forgeries;
    while !rest.is_empty() {
        let mine: Vec<Forgery> = rest.drain(..share.min(rest.len())).collect();
        let origin = server.origin.clone();
        clients.spawn(async move {
            let http = Client::new();
            for forgery in &mine {
                for (method, path, _) in &ROUTES {
                    let url = format!("{origin}{path}");
                    check(forgery, &send(&http, &url, method, &forgery.token).await);
                }
            }
        });
    }
    clients.join_all().await;
    assert_eq!(owner.read(CONNECTIONS).await, before);
}

#[tokio::test]
async fn hundreds_of_good_tokens_are_accepted() {
    let server = Server::start();
    let owner = server.caller(&["--tenant", "contoso", "--app", "app"]);
    owner.create_all([("contosohr", "Any")]).await;
    let issuer = Issuer::of(&server).await;
    let (http, mut random) = (Client::new(), Random::new(500));
    for _ in 0..500 {
        let (header, claims) = good(&issuer, &mut random);
        let token = issuer.signed(&header.to_string(), &claims.to_string());
        for (method, path, status) in &ROUTES {
            let url = format!("{}{path}", server.origin);
            let answer = send(&http, &url, method, &token).await;
            assert_eq!(
                answer.status,
                *status,
                "{header} {claims} {}",
                answer.text()
            );
        }
    }
}

/// One of the many forms of a good token, by chance. Times are on the sure side of the leeway for half a minute.
fn good(issuer: &Issuer, random: &mut Random) -> (Value, Value) {
    let now_s = now_s();
    let mut header = json!({ "alg": "RS256", "kid": issuer.key_id });
    let mut claims = json!({ "uti": random.text(), "appid": null, "scp": null, "nbf": null });
    let mut set = |forms: &[Value]| {
        let form = random.one_of(forms).as_object().expect("an object").clone();
        claims.as_object_mut().expect("an object").extend(form);
    };
    let all = PERMISSIONS.join(" ");
    set(&[
        json!({ "aud": "https://graph.microsoft.com" }),
        json!({ "aud": "https://graph.microsoft.com/" }),
        json!({ "aud": "00000003-0000-0000-c000-000000000000" }),
        json!({ "aud": ["other", "https://graph.microsoft.com"] }),
    ]);
    set(&[
        json!({ "appid": "app" }),
        json!({ "appid": "APP" }),
        json!({ "azp": "app" }),
        json!({ "appid": "app", "azp": "app" }),
        json!({ "client_id": "app" }),
    ]);
    set(&[
        json!({ "scp": all }),
        json!({ "scope": all, "idtyp": "user" }),
        json!({ "roles": PERMISSIONS }),
        json!({ "roles": PERMISSIONS, "idtyp": "app", "scope": "openid" }),
    ]);
    set(&[-30, 0, 1, 59, 60, 61, 3_600].map(|s| json!({ "exp": now_s.saturating_add_signed(s) })));
    set(&[-3_600, -61, -60, -59, 0, 59, 60]
        .map(|s| json!({ "nbf": now_s.saturating_add_signed(s) })));
    set(&[
        json!({}),
        json!({ "oid": "o", "wids": [1], "ver": "2.0", "iat": "any" }),
    ]);
    let types = [
        json!({}),
        json!({ "typ": "JWT" }),
        json!({ "typ": "at+jwt" }),
        json!({ "typ": "jwt", "x5t": "t" }),
    ];
    let typ = random
        .one_of(&types)
        .as_object()
        .expect("an object")
        .clone();
    header.as_object_mut().expect("an object").extend(typ);
    (header, issuer.claims(claims))
}
