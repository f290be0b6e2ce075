//! When a request is sent again, and after how long.

use std::time::Duration;

use reqwest::{Method, Response, StatusCode};
use tokio::time::Instant;

use super::{error::Error, random, retry_after::retry_after};

/// The longest wait that the client chooses itself.
const LONGEST_BACKOFF: Duration = Duration::from_secs(30);

/// How often, and for how long, a call is retried.
///
/// A call is retried when
///
/// | what happened | which calls |
/// |---|---|
/// | no connection | all: nothing was sent |
/// | 429; 503 with `Retry-After` | all: the service has refused the request |
/// | other 503, 504; no complete response in time | all but `POST`, which may have created something |
///
/// It waits as long as `Retry-After` says, seconds or a date. Without it the waits double from [`first_wait`](Self::first_wait), each
/// with a random jitter of up to a half. The call fails when its [`attempts`](Self::attempts) are used up, and at once when the next
/// wait would exceed its [`time`](Self::time).
///
/// All but `POST` includes `PATCH`, which sets members to values and is idempotent, and `DELETE`: if the response to a delete is
/// lost, the retry finds nothing, and the call ends with `ItemNotFound`.
///
/// ```
/// # use std::time::Duration;
/// # use graph_connections::client::{Client, Error, RetryPolicy};
/// # fn example() -> Result<Client, Error> {
/// Client::builder("https://graph.microsoft.com/v1.0")
///     .retry(RetryPolicy::default().attempts(8).time(Duration::from_mins(10)))
///     .build()
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct RetryPolicy {
    attempts: u32,
    time: Duration,
    first_wait: Duration,
}

/// Four attempts within three minutes, as Microsoft's SDKs have it, with waits from one second.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 4,
            time: Duration::from_mins(3),
            first_wait: Duration::from_secs(1),
        }
    }
}

impl RetryPolicy {
    /// Each call is sent once.
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// How often a call is sent at most, the first time included. 0 means 1.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// How long after it began a call may be retried.
    pub fn time(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }

    /// The first wait without `Retry-After`; further ones double, up to 30 seconds.
    pub fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait;
        self
    }
}

/// The attempts of one call.
pub(super) struct Attempts {
    policy: RetryPolicy,
    may_repeat: bool,
    begun: Instant,
    /// Of the present attempt, from 1.
    pub(super) number: u32,
}

impl Attempts {
    /// The attempts of a call of the API.
    pub(super) fn of_call(policy: RetryPolicy, method: &Method) -> Self {
        Self::new(policy, method != Method::POST)
    }

    /// `may_repeat`: whether the request is idempotent.
    pub(super) fn new(policy: RetryPolicy, may_repeat: bool) -> Self {
        Self {
            policy,
            may_repeat,
            begun: Instant::now(),
            number: 1,
        }
    }

    /// Whether to make another attempt after this outcome. Waits until it is time.
    pub(super) async fn again(&mut self, outcome: &Result<Response, Error>) -> bool {
        let Some(wait) = self.wait(outcome.as_ref()) else {
            return false;
        };
        self.pause(wait).await;
        true
    }

    /// Begins another attempt after this time.
    pub(super) async fn pause(&mut self, wait: Duration) {
        tracing::debug!(
            attempt = self.number,
            wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
            "retrying"
        );
        self.number += 1;
        tokio::time::sleep(wait).await;
    }

    /// How long to wait before another attempt after this outcome; `None` if there is none to make.
    pub(super) fn wait(&self, outcome: Result<&Response, &Error>) -> Option<Duration> {
        if self.number >= self.policy.attempts || !self.repeatable(outcome) {
            return None;
        }
        let told = outcome
            .ok()
            .and_then(|answer| retry_after(answer.headers()));
        let wait = told.unwrap_or_else(|| self.backoff());
        let spent = self.begun.elapsed().saturating_add(wait);
        (spent <= self.policy.time).then_some(wait)
    }

    fn repeatable(&self, outcome: Result<&Response, &Error>) -> bool {
        match outcome {
            Ok(answer) => match answer.status() {
                StatusCode::TOO_MANY_REQUESTS => true,
                // Graph has answered 503 to a create that it had carried out. With a time it is throttling, which comes first.
                StatusCode::SERVICE_UNAVAILABLE => {
                    self.may_repeat || retry_after(answer.headers()).is_some()
                }
                StatusCode::GATEWAY_TIMEOUT => self.may_repeat,
                _ => false,
            },
            Err(Error::Transport { cause, .. }) => {
                cause.is_connect() || (self.may_repeat && !cause.is_builder())
            }
            Err(_) => false,
        }
    }

    fn backoff(&self) -> Duration {
        let doubled = 2_u32.saturating_pow(self.number - 1);
        let whole = self.policy.first_wait.saturating_mul(doubled);
        whole
            .min(LONGEST_BACKOFF)
            .mul_f64(1.0 - random::fraction() / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)]) -> Response {
        let mut answer = http::Response::builder().status(status);
        for (name, value) in headers {
            answer = answer.header(*name, *value);
        }
        answer.body("").unwrap().into()
    }

    const IN_SEVEN_SECONDS: (&str, &str) = ("retry-after", "7");

    #[tokio::test(start_paused = true)]
    async fn only_what_did_not_happen_is_repeated_for_every_call() {
        let seven = [IN_SEVEN_SECONDS];
        let table: [(u16, &[_], _, _); 11] = [
            // status, headers, whether POST is repeated, whether the others are
            (429, &seven, true, true),
            (429, &[], true, true),
            (503, &seven, true, true),
            (503, &[], false, true),
            (504, &seven, false, true),
            (504, &[], false, true),
            (500, &seven, false, false),
            (502, &[], false, false),
            (404, &[], false, false),
            (200, &seven, false, false),
            (202, &seven, false, false),
        ];
        for (status, headers, post, others) in table {
            for (method, expected) in [
                (Method::POST, post),
                (Method::GET, others),
                (Method::PATCH, others),
                (Method::DELETE, others),
            ] {
                let mut attempts = Attempts::of_call(RetryPolicy::default(), &method);
                let again = attempts.again(&Ok(answer(status, headers))).await;
                assert_eq!(again, expected, "{method} {status} {headers:?}");
                assert_eq!(attempts.number, if again { 2 } else { 1 });
            }
        }
        let too_long = Error::decode("longer than 1 bytes", None);
        assert!(!Attempts::new(RetryPolicy::default(), true).repeatable(Err(&too_long)));
    }

    #[tokio::test(start_paused = true)]
    async fn waits_are_what_the_answer_says() {
        let dated = [
            ("date", "Sun, 06 Nov 1994 09:00:00 GMT"),
            ("retry-after", "Sun, 06 Nov 1994 09:01:10 GMT"),
        ];
        for (headers, seconds) in [(&[IN_SEVEN_SECONDS][..], 7), (&dated, 70)] {
            let begun = Instant::now();
            let mut attempts = Attempts::of_call(RetryPolicy::default(), &Method::GET);
            assert!(attempts.again(&Ok(answer(429, headers))).await);
            assert_eq!(begun.elapsed().as_secs(), seconds);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn attempts_end_when_their_number_or_time_is_used_up() {
        let mut attempts = Attempts::of_call(RetryPolicy::default(), &Method::GET);
        for _ in 0..3 {
            assert!(
                attempts
                    .again(&Ok(answer(429, &[("retry-after", "0")])))
                    .await
            );
        }
        assert!(
            !attempts
                .again(&Ok(answer(429, &[("retry-after", "0")])))
                .await
        );
        for attempts in [0, 1] {
            let policy = RetryPolicy::default().attempts(attempts);
            let mut attempts = Attempts::of_call(policy, &Method::GET);
            assert!(!attempts.again(&Ok(answer(429, &[]))).await);
        }

        let minute = RetryPolicy::default().time(Duration::from_mins(1));
        let begun = Instant::now();
        let mut attempts = Attempts::of_call(minute, &Method::GET);
        let half = Ok(answer(429, &[("retry-after", "30")]));
        assert!(attempts.again(&half).await);
        assert!(attempts.again(&half).await);
        assert!(!attempts.again(&half).await);
        assert_eq!(begun.elapsed().as_secs(), 60);

        for beyond in ["61", "18446744073709551615"] {
            let mut attempts = Attempts::of_call(minute, &Method::GET);
            let begun = Instant::now();
            assert!(
                !attempts
                    .again(&Ok(answer(429, &[("retry-after", beyond)])))
                    .await
            );
            assert_eq!(begun.elapsed(), Duration::ZERO, "it ends at once");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn waits_of_our_own_double_and_differ() {
        let policy = RetryPolicy::default()
            .attempts(100)
            .time(Duration::MAX)
            .first_wait(Duration::from_secs(2));
        let mut attempts = Attempts::of_call(policy, &Method::GET);
        let mut waits = Vec::new();
        for whole in [2, 4, 8, 16, 30, 30, 30] {
            let begun = Instant::now();
            assert!(attempts.again(&Ok(answer(503, &[]))).await);
            let waited = begun.elapsed().as_secs_f64();
            let whole = f64::from(whole);
            assert!(waited >= whole / 2.0 && waited <= whole + 0.01, "{waited}");
            waits.push(waited / whole);
        }
        waits.dedup();
        assert!(waits.len() > 1, "{waits:?}");
        attempts.number = 99;
        assert!(attempts.backoff() <= LONGEST_BACKOFF);
    }
}
