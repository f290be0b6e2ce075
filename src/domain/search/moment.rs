//! Moments as numbers: ticks of 100 ns since 1970, the resolution of Edm.DateTimeOffset.

use chrono::DateTime;

const TICKS: i64 = 10_000_000;

/// A moment as it is stored, in UTC.
pub(crate) fn ticks(text: &str) -> Option<i64> {
    let moment = DateTime::parse_from_rfc3339(text).ok()?;
    let nanos = i64::from(moment.timestamp_subsec_nanos());
    Some(moment.timestamp() * TICKS + nanos / 100)
}

/// The moment of ticks, as it is stored; empty if no calendar has it.
pub(crate) fn moment(ticks: i64) -> String {
    let (seconds, rest) = (ticks.div_euclid(TICKS), ticks.rem_euclid(TICKS));
    let nanos = u32::try_from(rest * 100).unwrap_or_default();
    let Some(moment) = DateTime::from_timestamp(seconds, nanos) else {
        return String::new();
    };
    let text = moment.format("%Y-%m-%dT%H:%M:%S%.9f").to_string();
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_have_ticks_over_all_years() {
        for text in [
            "0001-01-01T00:00:00Z",
            "1969-12-31T23:59:59.9999999Z",
            "1970-01-01T00:00:00Z",
            "2026-01-31T09:30:00.5Z",
            "9999-12-31T23:59:59Z",
        ] {
            let read = ticks(text).expect(text);
            assert_eq!(moment(read), text);
        }
        assert!(ticks("0001-01-01T00:00:00Z") < ticks("1969-12-31T23:59:59Z"));
    }
}
