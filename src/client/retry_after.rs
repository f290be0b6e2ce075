//! The header `Retry-After` (RFC 9110, section 10.2.3).

use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// How long an answer asks to wait before the next try.
///
/// A date is a wait only as seen from the answer's own `Date`: the clock here may be ahead or behind. Without that header it says nothing.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = httpdate::parse_http_date(value).ok()?;
    let now = httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()?;
    Some(then.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(retry_after: &'static str, date: Option<&'static str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        super::retry_after(&headers).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_read() {
        const NINE: &str = "Sun, 06 Nov 1994 09:00:00 GMT";
        const PAST_NINE: &str = "Sun, 06 Nov 1994 09:00:07 GMT";
        let table = [
            ("0", None, Some(0)),
            (" 7 ", Some(NINE), Some(7)),
            ("18446744073709551615", None, Some(u64::MAX)),
            // The clock here is decades ahead of the service's; only the service's counts.
            (PAST_NINE, Some(NINE), Some(7)),
            (NINE, Some(PAST_NINE), Some(0)),
            ("Sunday, 06-Nov-94 09:00:07 GMT", Some(NINE), Some(7)),
            (PAST_NINE, None, None),
            (PAST_NINE, Some("today"), None),
            ("18446744073709551616", None, None),
            ("-1", None, None),
            ("1.5", None, None),
            ("soon", Some(NINE), None),
            ("", None, None),
        ];
        for (retry_after, date, seconds) in table {
            assert_eq!(read(retry_after, date), seconds, "{retry_after} {date:?}");
        }
        assert_eq!(super::retry_after(&HeaderMap::new()), None);
    }
}
