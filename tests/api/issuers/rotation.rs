//! Keys that come and go, and tokens that name keys which never were.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::{sync::watch, task::JoinSet};

use super::{
    assert_accepted, assert_not_known, assert_ready, assert_refused, list,
    local::{Key, LocalIssuer, Reply},
    server_for, until_accepted,
};

const ROTATIONS: usize = 10;
const CALLERS: usize = 8;

/// Each time the issuer makes a new key, signs with it at once, and drops the one before the last, which nobody uses then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_rotate_under_load() {
    let issuer = Arc::new(LocalIssuer::start("/realms/contoso"));
    let mut keys = vec![Key::ec("0")];
    issuer.publish(&[&keys[0]]);
    let server = Arc::new(server_for(&issuer.url, "contoso"));
    // The number of the current key, and of the one that each caller has last been accepted with.
    let (rotate, current) = watch::channel((0, keys[0].clone()));
    let accepted: Arc<Vec<AtomicUsize>> = Arc::new((0..CALLERS).map(|_| 0.into()).collect());
    let mut callers = JoinSet::new();
    for caller in 0..CALLERS {
        let (issuer, server, current) = (issuer.clone(), server.clone(), current.clone());
        let accepted = accepted.clone();
        callers.spawn(async move {
            loop {
                let (number, key) = current.borrow().clone();
                let token = issuer.token(&key, &json!({ "azp": format!("app{caller}") }));
                // Once to be verified, once to be remembered.
                for _ in 0..2 {
                    assert_accepted(&list(&server, &token).await);
                }
                accepted[caller].store(number, Ordering::Relaxed);
                if number == ROTATIONS {
                    return;
                }
            }
        });
    }
    for number in 1..=ROTATIONS {
        let before = &keys[number - 1];
        let old = issuer.token(before, &json!({}));
        assert_accepted(&list(&server, &old).await);
        let new = Key::ec(&number.to_string());
        issuer.publish(&[&new, before]);
        rotate.send_replace((number, new.clone()));
        while accepted.iter().any(|a| a.load(Ordering::Relaxed) < number) {
            assert_accepted(&list(&server, &old).await);
            let failed = callers.try_join_next().and_then(Result::err);
            assert!(failed.is_none(), "{failed:?}");
        }
        keys.push(new);
    }

    // One fetch for the start and one for each key, however many asked for it.
    let reads = issuer.key_set_reads();
    assert!(reads <= ROTATIONS + 1, "{reads}");
    for (age, key) in keys.iter().rev().enumerate() {
        let answer = list(&server, &issuer.token(key, &json!({}))).await;
        if age < 2 {
            assert_accepted(&answer);
        } else {
            assert_refused(&answer, "'kid'");
        }
    }
}

#[tokio::test]
async fn tokens_of_a_withdrawn_key_are_refused() {
    let issuer = LocalIssuer::start("/realms/contoso");
    let (old, new) = (Key::ec("old"), Key::ec("new"));
    issuer.publish(&[&old]);
    let server = server_for(&issuer.url, "contoso");
    let remembered = issuer.token(&old, &json!({}));
    assert_accepted(&list(&server, &remembered).await);

    // The server has no reason to look again until it meets a key that it does not know.
    issuer.publish(&[&new]);
    assert_accepted(&list(&server, &remembered).await);
    assert_accepted(&list(&server, &issuer.token(&new, &json!({}))).await);
    assert_refused(&list(&server, &remembered).await, "'kid'");
}

#[tokio::test]
async fn a_name_does_not_make_it_the_same_key() {
    let issuer = LocalIssuer::start("/realms/contoso");
    let (first, second, new) = (Key::ec("k"), Key::ec("k"), Key::ec("new"));
    issuer.publish(&[&first]);
    let server = server_for(&issuer.url, "contoso");
    let remembered = issuer.token(&first, &json!({}));
    assert_accepted(&list(&server, &remembered).await);

    issuer.publish(&[&second, &new]);
    assert_accepted(&list(&server, &issuer.token(&new, &json!({}))).await);
    assert_refused(&list(&server, &remembered).await, "signature");
    assert_accepted(&list(&server, &issuer.token(&second, &json!({}))).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_keys_cause_few_fetches() {
    const TOKENS: usize = 500;
    let issuer = Arc::new(LocalIssuer::start("/realms/contoso"));
    let good = Key::ec("good");
    issuer.publish(&[&good]);
    let server = Arc::new(server_for(&issuer.url, "contoso"));
    assert_accepted(&list(&server, &issuer.token(&good, &json!({}))).await);

    let started = Instant::now();
    let mut callers = JoinSet::new();
    for caller in 0..CALLERS {
        let (issuer, server) = (issuer.clone(), server.clone());
        callers.spawn(async move {
            let mut key = Key::ec("");
            for n in 0..TOKENS / CALLERS {
                key.id = format!("unknown-{caller}-{n}");
                let token = issuer.token(&key, &json!({}));
                assert_refused(&list(&server, &token).await, "'kid'");
            }
        });
    }
    while let Some(caller) = callers.join_next().await {
        caller.expect("every token is refused");
    }
    // The first, one for all unknown keys, and one more for every ten seconds that this takes.
    let spans = started.elapsed().as_secs() / 10;
    let allowed = 2 + usize::try_from(spans).expect("a small number");
    assert!(issuer.key_set_reads() <= allowed);
    let answer = list(&server, &issuer.token(&good, &json!({ "azp": "other" }))).await;
    assert_accepted(&answer);
}

#[tokio::test]
async fn issuer_that_is_down_is_survived() {
    let issuer = LocalIssuer::start("/realms/contoso");
    let (first, second) = (Key::ec("first"), Key::ec("second"));
    issuer.publish(&[&first]);
    issuer.goes_down();
    // The server starts, and says honestly what it does not know.
    let server = server_for(&issuer.url, "contoso");
    let remembered = issuer.token(&first, &json!({}));
    assert_not_known(&list(&server, &remembered).await);
    assert_ready(&server).await;

    issuer.comes_back();
    until_accepted(&server, &remembered).await;

    // Down again: what is known goes on being known.
    issuer.goes_down();
    let unknown = issuer.token(&second, &json!({}));
    for _ in 0..3 {
        assert_not_known(&list(&server, &unknown).await);
        assert_accepted(&list(&server, &remembered).await);
        let new = issuer.token(&first, &json!({ "azp": "other" }));
        assert_accepted(&list(&server, &new).await);
    }
    issuer.publish(&[&first, &second]);
    issuer.comes_back();
    until_accepted(&server, &unknown).await;
    assert_accepted(&list(&server, &remembered).await);
}

#[tokio::test]
async fn requests_do_not_wait_long_for_an_issuer() {
    let issuer = LocalIssuer::start("/realms/contoso");
    let (known, unknown) = (Key::ec("known"), Key::ec("unknown"));
    issuer.publish(&[&known]);
    let server = server_for(&issuer.url, "contoso");
    let token = issuer.token(&known, &json!({}));
    assert_accepted(&list(&server, &token).await);

    issuer.discovery(Reply::Silent);
    let unknown = issuer.token(&unknown, &json!({}));
    let waiting = list(&server, &unknown);
    let other = async {
        // While one waits, tokens with known keys do not.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let new = issuer.token(&known, &json!({ "azp": "other" }));
        for token in [&token, &new] {
            assert_accepted(&list(&server, token).await);
        }
        Instant::now()
    };
    let (waited, others_done) = tokio::join!(async { (waiting.await, Instant::now()) }, other);
    assert_not_known(&waited.0);
    assert!(others_done < waited.1);
}
