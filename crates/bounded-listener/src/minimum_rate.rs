//! A minimum rate of transfer, for bodies that clients send and for responses that they take.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};

/// Requires a number of bytes in each span of waiting for the client.
///
/// Only time spent waiting counts: a client is not blamed for a server that is busy elsewhere. A fast start does not
/// make up for a slow rest.
pub(crate) struct MinimumRate {
    span: Duration,
    bytes_per_span: u64,
    /// Bytes transferred and time waited in the present span.
    bytes: u64,
    waited: Duration,
    /// While waiting: since when, and the timer that ends the span.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl MinimumRate {
    pub(crate) fn new(span: Duration, bytes_per_span: u64) -> Self {
        Self {
            span,
            bytes_per_span,
            bytes: 0,
            waited: Duration::ZERO,
            waiting: None,
        }
    }

    pub(crate) fn transferred(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
        if let Some((since, _)) = self.waiting.take() {
            self.waited += since.elapsed();
        }
        if self.bytes >= self.bytes_per_span {
            (self.bytes, self.waited) = (0, Duration::ZERO);
        }
    }

    /// To be polled while there is nothing to transfer. Ready once the span is over and its bytes are missing.
    pub(crate) fn poll_too_slow(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let left = self.span.saturating_sub(self.waited);
        let (_, timer) = self
            .waiting
            .get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
        timer.as_mut().poll(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::time::timeout;

    use super::*;

    fn rate() -> MinimumRate {
        MinimumRate::new(Duration::from_secs(10), 1_000)
    }

    /// Seconds until the client is too slow, if nothing more is transferred.
    async fn left(rate: &mut MinimumRate) -> u64 {
        let start = Instant::now();
        poll_fn(|cx| rate.poll_too_slow(cx)).await;
        start.elapsed().as_secs()
    }

    #[tokio::test(start_paused = true)]
    async fn a_span_with_its_bytes_begins_another() {
        assert_eq!(left(&mut rate()).await, 10);
        // Bytes that do not fill the span leave what is left of its time, however often the client tries.
        let mut rate = rate();
        for _ in 0..3 {
            let wait = poll_fn(|cx| rate.poll_too_slow(cx));
            assert!(timeout(Duration::from_secs(2), wait).await.is_err());
            rate.transferred(1);
        }
        assert_eq!(left(&mut rate).await, 4);
        // Bytes that fill it give it all of its time again, and no more for being many.
        rate.transferred(1_000_000);
        assert_eq!(left(&mut rate).await, 10);
    }

    #[tokio::test(start_paused = true)]
    async fn time_in_which_nobody_waited_is_not_counted() {
        let mut rate = rate();
        rate.transferred(1);
        sleep(Duration::from_mins(1)).await;
        assert_eq!(left(&mut rate).await, 10);
    }
}
