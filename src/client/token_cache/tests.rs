//! The cache by a clock of its own: no request is sent here.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::future::{BoxFuture, join, join_all};
use tokio::time::{advance, sleep};

use super::{CachedToken, TokenCache};
use crate::client::{AccessToken, Credential, CredentialError};

/// What the credential answers, each after a second: a token and its life in seconds, or a failure.
type Answers = Arc<Mutex<VecDeque<Result<(&'static str, u64), &'static str>>>>;

struct Scripted(Answers);

impl Credential for Scripted {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(async {
            sleep(Duration::from_secs(1)).await;
            let answer = self.0.lock().unwrap().pop_front();
            let (token, life) = answer
                .expect("nobody asks that often")
                .map_err(CredentialError::new)?;
            AccessToken::new(token, Some(Duration::from_secs(life)))
        })
    }
}

fn cache(answers: &[Result<(&'static str, u64), &'static str>]) -> (TokenCache, Answers) {
    let answers: Answers = Arc::new(Mutex::new(answers.iter().copied().collect()));
    (TokenCache::new(Scripted(Arc::clone(&answers))), answers)
}

fn shown(token: Result<Arc<CachedToken>, CredentialError>) -> Result<String, String> {
    let token = token.map_err(|error| error.to_string())?;
    let header = token.authorization.to_str().unwrap();
    Ok(header.trim_start_matches("Bearer ").to_owned())
}

async fn after(seconds: u64) {
    advance(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn token_is_replaced_ahead_of_its_end() {
    let (cache, _) = cache(&[Ok(("a", 3600)), Ok(("b", 100)), Ok(("c", 3600))]);
    assert_eq!(shown(cache.token().await).unwrap(), "a");
    // It was asked for a second ago.
    after(3600 - 300 - 2).await;
    assert_eq!(shown(cache.token().await).unwrap(), "a");
    after(1).await;
    assert_eq!(shown(cache.token().await).unwrap(), "b");
    // A short one when a fifth of its life is left.
    after(78).await;
    assert_eq!(shown(cache.token().await).unwrap(), "b");
    after(1).await;
    assert_eq!(shown(cache.token().await).unwrap(), "c");
}

#[tokio::test(start_paused = true)]
async fn all_who_wait_share_one_answer() {
    let (cache, answers) = cache(&[Err("down"), Ok(("a", 3600)), Ok(("never", 0))]);
    let waiting = join_all((0..50).map(|_| cache.token())).await;
    assert!(
        waiting
            .into_iter()
            .all(|token| shown(token) == Err("down".to_owned()))
    );
    let waiting = join_all((0..50).map(|_| cache.token())).await;
    assert!(
        waiting
            .into_iter()
            .all(|token| shown(token) == Ok("a".to_owned()))
    );
    assert_eq!(answers.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn who_asks_may_go_away() {
    let (cache, _) = cache(&[Ok(("a", 3600))]);
    let impatient = async {
        tokio::time::timeout(Duration::from_millis(500), cache.token())
            .await
            .unwrap_err();
    };
    let ((), token) = join(impatient, cache.token()).await;
    assert_eq!(shown(token).unwrap(), "a");
}

#[tokio::test(start_paused = true)]
async fn old_token_serves_while_the_new_one_is_asked_for() {
    let (cache, _) = cache(&[Ok(("a", 3600)), Ok(("b", 3600))]);
    cache.token().await.unwrap();
    after(3400).await;
    let (asks, goes_on) = join(cache.token(), cache.token()).await;
    assert_eq!(shown(asks).unwrap(), "b");
    assert_eq!(shown(goes_on).unwrap(), "a");
    assert_eq!(shown(cache.token().await).unwrap(), "b");
}

#[tokio::test(start_paused = true)]
async fn old_token_serves_to_its_end_while_there_is_no_new_one() {
    let (cache, answers) = cache(&[Ok(("a", 3600)), Err("down"), Err("down"), Err("still down")]);
    cache.token().await.unwrap();
    after(3400).await;
    for _ in 0..10 {
        assert_eq!(shown(cache.token().await).unwrap(), "a");
    }
    assert_eq!(
        answers.lock().unwrap().len(),
        2,
        "one attempt, then a pause"
    );
    after(30).await;
    assert_eq!(shown(cache.token().await).unwrap(), "a");
    assert_eq!(answers.lock().unwrap().len(), 1);
    after(170).await;
    assert_eq!(shown(cache.token().await).unwrap_err(), "still down");
}

#[tokio::test(start_paused = true)]
async fn refused_token_is_replaced_if_it_was_ever_taken() {
    let (cache, answers) = cache(&[Ok(("a", 3600)), Ok(("b", 3600)), Ok(("b", 3600))]);
    let a = cache.token().await.unwrap();
    assert!(
        cache.instead_of(&a).await.unwrap().is_none(),
        "it never was"
    );
    a.accept();
    let (one, other) = join(cache.instead_of(&a), cache.instead_of(&a)).await;
    for token in [one, other] {
        assert_eq!(shown(Ok(token.unwrap().unwrap())).unwrap(), "b");
    }
    assert_eq!(answers.lock().unwrap().len(), 1);

    let b = cache.token().await.unwrap();
    b.accept();
    assert!(
        cache.instead_of(&b).await.unwrap().is_none(),
        "it is the same"
    );
    assert!(answers.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn life_beyond_all_clocks_has_no_end() {
    let (cache, _) = cache(&[Ok(("a", u64::MAX))]);
    cache.token().await.unwrap();
    after(1_000_000_000).await;
    assert_eq!(shown(cache.token().await).unwrap(), "a");
}

#[test]
fn debug_does_not_show_the_token() {
    let token = AccessToken::new("eyJsecret", None).unwrap();
    let held = CachedToken::new(token.clone(), tokio::time::Instant::now());
    for shown in [
        format!("{token:?}"),
        format!("{held:?}"),
        format!("{:?}", TokenCache::new(token)),
    ] {
        assert!(!shown.contains("eyJsecret"), "{shown}");
    }
}
