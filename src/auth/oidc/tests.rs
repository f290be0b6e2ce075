//! What depends on time: how long keys count, and when they are fetched. What depends on HTTP is in
//! [`super::fetch_tests`], and in `tests/api/issuers`.

use std::{sync::Arc, time::Duration};

use futures_util::FutureExt;
use jsonwebtoken::jwk::Jwk;
use tokio::sync::{mpsc, watch};

use super::{
    fetch::{Document, FetchError},
    refresher::{Ask, Refresher, publish},
    *,
};
use crate::{
    auth::{
        Authenticator, TokenError, TrustedIssuer,
        keys::{KeySet, VerificationKey},
        testing::{changed, claims, issuer},
        trust::GRAPH_AUDIENCES,
    },
    domain::clock::testing::{NOW_S, TestClock},
};

const DAY_S: i64 = 24 * 3600;

/// The issuer of the tests, as if it were an external one.
fn external() -> ExternalIssuer {
    let url = "http://127.0.0.1:8080/common/v2.0".parse().expect("a URL");
    let audiences = vec![GRAPH_AUDIENCES[0].to_owned()];
    ExternalIssuer::new(url, audiences, vec!["any".into()]).expect("complete")
}

fn its_key() -> Jwk {
    issuer().key_set().keys[0].clone()
}

pub(super) fn named(kid: &str) -> Jwk {
    let mut key = its_key();
    key.common.key_id = Some(kid.to_owned());
    key
}

fn its_kid() -> String {
    its_key().common.key_id.expect("a kid")
}

/// The outcome of a fetch at this time.
fn fetched(keys: &[Jwk], at_s: i64) -> (Document<Vec<VerificationKey>>, i64) {
    let until_s = at_s + DAY_S;
    let keys = keys.iter().cloned();
    let keys = keys.filter_map(|jwk| VerificationKey::new(jwk, None, until_s));
    let fetched = Document {
        content: keys.collect(),
        max_age: None,
    };
    (fetched, until_s)
}

struct Setting {
    clock: Arc<TestClock>,
    refresher: Refresher,
    authenticator: Authenticator,
    asks: mpsc::Receiver<Ask>,
}

/// Everything but the HTTP: the test says what was fetched, and what is answered to those who ask.
fn setting() -> Setting {
    let clock = TestClock::new();
    let (published, keys) = watch::channel(KeySet::default());
    let (asks, asked) = mpsc::channel(1_000);
    let http = reqwest::Client::builder().tls_certs_only([]);
    let http = http.build().expect("a client");
    let trusted = TrustedIssuer::fetched(
        external(),
        IssuerKeys {
            keys,
            asks: Some(asks),
        },
    );
    Setting {
        refresher: Refresher::new(external().url, http, clock.clone(), published),
        authenticator: Authenticator::new(vec![trusted], clock.clone()),
        clock,
        asks: asked,
    }
}

impl Setting {
    fn fetch(&mut self, keys: &[Jwk], at_s: i64) -> Duration {
        self.clock.set(at_s);
        let (fetched, until_s) = fetched(keys, at_s);
        self.refresher.succeeded(fetched, until_s)
    }

    fn fail(&mut self) -> Duration {
        self.refresher.failed(&FetchError::new("no answer"))
    }

    /// Answers everyone who asks from now on.
    fn answer(&mut self, healthy: bool) {
        let (_, none) = mpsc::channel(1);
        let mut asks = std::mem::replace(&mut self.asks, none);
        tokio::spawn(async move {
            while let Some(ask) = asks.recv().await {
                ask.answer.send(healthy).expect("someone waits");
            }
        });
    }
}

fn token(days: i64) -> String {
    let expiry = serde_json::json!({ "exp": NOW_S + days * DAY_S });
    issuer().token(&changed(claims(), &expiry))
}

#[test]
fn publishing_says_what_has_changed() {
    let (published, _keys) = watch::channel(KeySet::default());
    let publish = |names: &[&str]| {
        let keys: Vec<_> = names.iter().map(|name| named(name)).collect();
        let (fetched, until_s) = fetched(&keys, NOW_S);
        publish(&published, fetched.content, until_s)
    };
    assert_eq!(publish(&[]), (0, 0));
    assert_eq!(publish(&["a", "b"]), (2, 0));
    assert_eq!(publish(&["b", "a"]), (0, 0));
    assert_eq!(publish(&["b", "c"]), (1, 1));
    assert_eq!(publish(&[]), (0, 2));
}

#[test]
fn tenants_are_written_as_they_are_set() {
    for names in [vec!["any"], vec!["contoso"], vec!["contoso", "fabrikam"]] {
        let given = names.iter().map(|&name| name.to_owned()).collect();
        let external = external();
        let issuer = ExternalIssuer::new(external.url, external.audiences, given);
        assert_eq!(issuer.expect("right").tenants.to_string(), names.join(", "));
    }
}

#[tokio::test]
async fn keys_count_for_a_day_after_the_last_fetch() {
    let mut setting = setting();
    setting.fetch(&[its_key()], NOW_S);
    setting.answer(false);
    let (remembered, new) = (token(3), token(4));
    let check = async |bearer: &str| setting.authenticator.authenticate(bearer).await;
    assert!(check(&remembered).await.is_ok());
    setting.clock.set(NOW_S + DAY_S - 1);
    assert!(check(&remembered).await.is_ok());
    assert!(check(&new).await.is_ok());
    setting.clock.set(NOW_S + DAY_S);
    for bearer in [&remembered, &new, &token(5)] {
        assert_eq!(check(bearer).await, Err(TokenError::KeysUnavailable));
    }

    // The issuer is back.
    setting.fetch(&[its_key()], NOW_S + DAY_S);
    setting.clock.set(NOW_S + 2 * DAY_S - 1);
    for bearer in [&remembered, &new] {
        assert!(setting.authenticator.authenticate(bearer).await.is_ok());
    }
}

#[tokio::test]
async fn remembered_tokens_go_with_their_key() {
    let mut setting = setting();
    let bearer = token(3);
    setting.fetch(&[its_key()], NOW_S);
    setting.answer(true);
    let first = setting.authenticator.authenticate(&bearer).await;
    let first = first.expect("verified");

    // The same key again, beside another: nothing to verify anew.
    setting.fetch(&[named("new"), its_key()], NOW_S + 60);
    let second = setting.authenticator.authenticate(&bearer).await;
    assert!(Arc::ptr_eq(&first, &second.expect("remembered")));

    setting.fetch(&[named("new")], NOW_S + 120);
    let refused = setting.authenticator.authenticate(&bearer).await;
    assert!(
        matches!(refused, Err(TokenError::Signature(_))),
        "{refused:?}"
    );

    setting.fetch(&[its_key()], NOW_S + 180);
    assert!(setting.authenticator.authenticate(&bearer).await.is_ok());
}

#[tokio::test]
async fn keys_that_were_never_there_cannot_be_known() {
    let mut setting = setting();
    let bearer = token(1);
    let waiting = setting.authenticator.authenticate(&bearer);
    assert!(waiting.now_or_never().is_none(), "for the first fetch");
    setting.asks.close();
    let refused = setting.authenticator.authenticate(&bearer).await;
    assert_eq!(refused, Err(TokenError::KeysUnavailable));
}

#[test]
fn fetches_for_key_ids_are_few() {
    let mut setting = setting();
    setting.fetch(&[its_key()], NOW_S);
    let Setting {
        clock, refresher, ..
    } = &mut setting;
    assert!(!refresher.is_worth_a_fetch(&its_kid()));
    assert!(refresher.is_worth_a_fetch("unknown"));

    refresher.not_found_at_s = Some(NOW_S);
    for (now_s, worth) in [
        (NOW_S, false),
        (NOW_S + 9, false),
        (NOW_S + 10, true),
        // A clock that was set back.
        (NOW_S - 9, false),
        (NOW_S - 10, true),
    ] {
        clock.set(now_s);
        assert_eq!(refresher.is_worth_a_fetch("unknown"), worth, "{now_s}");
    }

    // A key that has run out while nobody fetched: the machine slept.
    clock.set(NOW_S + DAY_S);
    assert!(refresher.is_worth_a_fetch(&its_kid()));
    setting.fail();
    assert!(!setting.refresher.is_worth_a_fetch(&its_kid()));
}

#[test]
fn fetches_follow_one_another_at_the_issuers_wish_within_bounds() {
    let mut setting = setting();
    for (max_age_s, pause_s) in [
        (None, 3600),
        (Some(0), 300),
        (Some(600), 600),
        (Some(86_400), 3600),
        (Some(u64::MAX), 3600),
    ] {
        let (mut fetched, until_s) = fetched(&[its_key()], NOW_S);
        fetched.max_age = max_age_s.map(Duration::from_secs);
        let pause = setting.refresher.succeeded(fetched, until_s);
        assert_eq!(pause.as_secs(), pause_s, "{max_age_s:?}");
    }
    let pauses: Vec<u64> = (0..8).map(|_| setting.fail().as_secs()).collect();
    assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
    setting.fetch(&[its_key()], NOW_S);
    assert_eq!(setting.fail().as_secs(), 1);
}
