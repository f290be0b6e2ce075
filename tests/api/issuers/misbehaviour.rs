//! Issuers that answer anything but what they should: their tokens are refused for the moment, and nobody else's are.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::task::JoinSet;

use super::{
    AUDIENCE, assert_accepted, assert_not_known, assert_ready, list,
    local::{Key, LocalIssuer, Reply},
    server_for,
};
use crate::harness::Server;

/// What an issuer does, and what the log says to that.
struct Misbehaviour {
    log: &'static str,
    behave: fn(&LocalIssuer),
}

const MISBEHAVIOURS: &[Misbehaviour] = &[
    Misbehaviour {
        log: "cannot read the discovery document",
        behave: |issuer| issuer.discovery(Reply::Closed),
    },
    Misbehaviour {
        log: "timed out",
        behave: |issuer| issuer.discovery(Reply::Silent),
    },
    Misbehaviour {
        log: "timed out",
        behave: |issuer| issuer.key_set(Reply::Silent),
    },
    Misbehaviour {
        log: "more than 262144 bytes",
        behave: |issuer| issuer.discovery(Reply::Endless),
    },
    Misbehaviour {
        log: "more than 262144 bytes",
        behave: |issuer| issuer.key_set(Reply::Endless),
    },
    Misbehaviour {
        log: "more than 262144 bytes",
        behave: |issuer| issuer.key_set(Reply::body(&" ".repeat(256 * 1024 + 1))),
    },
    Misbehaviour {
        log: "cannot read the key set",
        // Less than was announced.
        behave: |issuer| issuer.key_set(Reply::head("200 OK\r\nContent-Length: 99", "{}")),
    },
    Misbehaviour {
        log: "the answer has status 500",
        behave: |issuer| issuer.discovery(Reply::head("500 Error\r\nContent-Length: 0", "")),
    },
    Misbehaviour {
        log: "the answer has status 404",
        behave: |issuer| issuer.keys_are_at(&issuer.url.replace("/realms/contoso", "/missing")),
    },
    Misbehaviour {
        log: "no answer",
        behave: |issuer| issuer.discovery(Reply::Raw("SSH-2.0-OpenSSH_9.7\r\n".into())),
    },
    Misbehaviour {
        log: "the discovery document is not one",
        behave: |issuer| issuer.discovery(Reply::body("<html><body>Welcome</body></html>")),
    },
    Misbehaviour {
        log: "the discovery document is not one",
        behave: |issuer| issuer.discovery(Reply::json(&json!({ "issuer": issuer.url }))),
    },
    Misbehaviour {
        log: "the discovery document is not one",
        behave: |issuer| {
            let (twice, keys) = (&issuer.url, "https://h/keys");
            let body = format!(r#"{{"issuer":"{twice}","issuer":"{twice}","jwks_uri":"{keys}"}}"#);
            issuer.discovery(Reply::body(&body));
        },
    },
    Misbehaviour {
        log: "is of the issuer",
        behave: |issuer| issuer.call_itself(&format!("{}/", issuer.url)),
    },
    Misbehaviour {
        log: "is of the issuer",
        behave: |issuer| issuer.call_itself("https://login.microsoftonline.com/{tenantid}/v2.0"),
    },
    Misbehaviour {
        log: "which is not https",
        behave: |issuer| issuer.keys_are_at("http://keys.example/keys"),
    },
    Misbehaviour {
        log: "which is not https",
        behave: |issuer| issuer.keys_are_at("file:///etc/passwd"),
    },
    Misbehaviour {
        log: "which is not https",
        behave: |issuer| issuer.keys_are_at("/keys"),
    },
    Misbehaviour {
        log: "the key set is not one",
        behave: |issuer| issuer.key_set(Reply::body("\u{0}\u{1}")),
    },
    Misbehaviour {
        log: "the key set is not one",
        behave: |issuer| issuer.key_set(Reply::body(&"[".repeat(200_000))),
    },
    Misbehaviour {
        log: "none of the 0 keys in the set can be used",
        behave: |issuer| issuer.publish(&[]),
    },
    Misbehaviour {
        log: "none of the 1 keys in the set can be used",
        behave: |issuer| {
            let secret = json!({"kty": "oct", "alg": "HS256", "kid": "k", "k": "c2VjcmV0"});
            issuer.key_set(Reply::json(&json!({ "keys": [secret] })));
        },
    },
    Misbehaviour {
        log: "the key set has more than 100 keys",
        behave: |issuer| issuer.publish(&vec![&Key::ec("k"); 101]),
    },
];

#[tokio::test]
async fn issuers_that_misbehave_harm_only_themselves() {
    let key = Key::ec("k");
    let good = LocalIssuer::start("/realms/contoso");
    good.publish(&[&key]);
    let bad: Vec<LocalIssuer> = MISBEHAVIOURS
        .iter()
        .map(|misbehaviour| {
            let issuer = LocalIssuer::start("/realms/contoso");
            issuer.publish(&[&key]);
            (misbehaviour.behave)(&issuer);
            issuer
        })
        .collect();
    let mut arguments = Vec::new();
    for issuer in bad.iter().chain([&good]) {
        let terms = ["--audience", AUDIENCE, "--tenants", "contoso"];
        arguments.extend([&["--issuer", &issuer.url], &terms[..]].concat());
    }
    let server = Arc::new(Server::start_with(&arguments));

    assert_accepted(&list(&server, &good.token(&key, &json!({}))).await);
    let mut answers = JoinSet::new();
    for issuer in &bad {
        let (server, token) = (server.clone(), issuer.token(&key, &json!({})));
        answers.spawn(async move { list(&server, &token).await });
    }
    while let Some(answer) = answers.join_next().await {
        assert_not_known(&answer.expect("an answer"));
    }
    // Past the longest fetch, the log has said why.
    let deadline = Instant::now() + Duration::from_mins(1);
    for (misbehaviour, issuer) in MISBEHAVIOURS.iter().zip(&bad) {
        let said = |log: &str| {
            let mut lines = log.lines().filter(|line| line.contains(&issuer.url));
            lines.any(|line| line.contains(misbehaviour.log))
        };
        while !said(&server.log()) {
            let log = server.log();
            assert!(Instant::now() < deadline, "{}: {log}", misbehaviour.log);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    assert_ready(&server).await;
    assert_accepted(&list(&server, &good.token(&key, &json!({ "azp": "other" }))).await);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = LocalIssuer::start("/realms/contoso");
    for (status, of_discovery) in [(301, true), (302, false), (307, true), (308, false)] {
        let issuer = LocalIssuer::start("/realms/contoso");
        let key = Key::ec("k");
        issuer.publish(&[&key]);
        let location = format!("{}/elsewhere", elsewhere.url);
        let redirect = Reply::head(
            &format!("{status} Moved\r\nLocation: {location}\r\nContent-Length: 0"),
            "",
        );
        if of_discovery {
            issuer.discovery(redirect);
        } else {
            issuer.key_set(redirect);
        }
        let server = server_for(&issuer.url, "contoso");
        assert_not_known(&list(&server, &issuer.token(&key, &json!({}))).await);
        assert!(server.log().contains("is a redirect"), "{}", server.log());
    }
    assert_eq!(elsewhere.other_reads(), 0);
}

/// Whatever an issuer does later, what it has said once holds for a day.
#[tokio::test]
async fn good_keys_outlive_bad_answers() {
    let issuer = LocalIssuer::start("/realms/contoso");
    let (key, unknown) = (Key::ec("k"), Key::ec("unknown"));
    issuer.publish(&[&key]);
    let server = server_for(&issuer.url, "contoso");
    assert_accepted(&list(&server, &issuer.token(&key, &json!({}))).await);
    issuer.publish(&[]);
    let unknown = issuer.token(&unknown, &json!({}));
    assert_not_known(&list(&server, &unknown).await);
    let new = issuer.token(&key, &json!({ "azp": "other" }));
    assert_accepted(&list(&server, &new).await);
}
