//! The formats of strings.

/// What a string holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A date and time with a zone (RFC 3339).
    DateTime,
    /// A URI with a scheme (RFC 3986).
    Uri,
    /// A UUID (RFC 9562).
    Uuid,
    /// A mailbox (RFC 5321): one `@`, no spaces, a domain of labels.
    Email,
    /// Base64 (RFC 4648).
    Byte,
}

impl Format {
    /// # Errors
    /// What is asked for, in words.
    pub(crate) fn check(self, text: &str) -> Result<(), String> {
        let (is_met, rule) = match self {
            Self::DateTime => (
                is_date_time(text),
                "must be a date and time with a zone, such as 2026-01-31T12:00:00Z",
            ),
            Self::Uri => (is_uri(text), "must be a URI with a scheme"),
            Self::Uuid => (is_uuid(text), "must be a UUID"),
            Self::Email => (is_mailbox(text), "must be an e-mail address"),
            Self::Byte => (is_base64(text), "must be Base64"),
        };
        if is_met { Ok(()) } else { Err(rule.to_owned()) }
    }
}

/// Whether a text has a letter of `shape` at each place: `0` for a digit, `x` for a hexadecimal one, anything else for itself.
fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(byte, shape)| match shape {
                b'0' => byte.is_ascii_digit(),
                b'x' => byte.is_ascii_hexdigit(),
                shape => byte.eq_ignore_ascii_case(&shape),
            })
}

fn is_uuid(text: &str) -> bool {
    has_shape(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
}

fn is_date_time(text: &str) -> bool {
    let Some((moment, zone)) = text.split_at_checked("0000-00-00T00:00:00".len()) else {
        return false;
    };
    if !has_shape(moment, "0000-00-00T00:00:00") {
        return false;
    }
    let number = |text: &str| text.parse().unwrap_or(u16::MAX);
    let [year, month, day] = [&moment[..4], &moment[5..7], &moment[8..10]].map(number);
    let [hour, minute, second] = [&moment[11..13], &moment[14..16], &moment[17..19]].map(number);
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    // A leap second is the 61st.
    let is_moment = (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 61;
    let zone = match zone.strip_prefix('.') {
        None => zone,
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == fraction.len() {
                return false;
            }
            zone
        }
    };
    let is_offset = |sign: &str| {
        has_shape(zone, &format!("{sign}00:00"))
            && number(&zone[1..3]) < 24
            && number(&zone[4..6]) < 60
    };
    is_moment && (zone.eq_ignore_ascii_case("Z") || is_offset("+") || is_offset("-"))
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=".contains(c);
    let mut parts = rest.split('%');
    let first = parts.next().unwrap_or_default();
    is_scheme
        && first.chars().all(is_plain)
        && parts.all(|part| {
            part.split_at_checked(2)
                .is_some_and(|(code, rest)| has_shape(code, "xx") && rest.chars().all(is_plain))
        })
}

fn is_mailbox(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii())
    };
    let is_local = |c: char| !c.is_whitespace() && !c.is_control();
    !local.is_empty() && local.chars().all(is_local) && domain.split('.').all(is_label)
}

fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - digits.len() < 3
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/')
}

#[cfg(test)]
mod tests {
    use super::Format::{self, Byte, DateTime, Email, Uri, Uuid};

    fn met(format: Format, text: &str) -> bool {
        format.check(text).is_ok()
    }

    #[test]
    fn formats_are_met() {
        for (format, text) in [
            (DateTime, "2026-01-31T12:00:00Z"),
            (DateTime, "2024-02-29t23:59:60.1234567+05:30"),
            (DateTime, "0000-12-31T00:00:00-00:00"),
            (Uri, "https://example.org/a%20b?c=d#e"),
            (Uri, "urn:isbn:0451450523"),
            (Uri, "x:"),
            (Uuid, "7f1c0a52-3a53-4c0e-9d0e-5a1f0c2b9e11"),
            (Uuid, "7F1C0A52-3A53-4C0E-9D0E-5A1F0C2B9E11"),
            (Email, "a.b+c@example.org"),
            (Email, "ü@münchen.example"),
            (Email, "a@localhost"),
            (Byte, ""),
            (Byte, "YQ=="),
            (Byte, "YWI="),
            (Byte, "YW+/"),
        ] {
            assert!(met(format, text), "{format:?} {text}");
        }
    }

    #[test]
    fn formats_are_not_met() {
        for (format, text) in [
            (DateTime, ""),
            (DateTime, "2026-01-31T12:00:00"),
            (DateTime, "2026-01-31 12:00:00Z"),
            (DateTime, "2026-01-31T12:00Z"),
            (DateTime, "2026-02-29T12:00:00Z"),
            (DateTime, "1900-02-29T12:00:00Z"),
            (DateTime, "2026-13-01T12:00:00Z"),
            (DateTime, "2026-00-01T12:00:00Z"),
            (DateTime, "2026-01-00T12:00:00Z"),
            (DateTime, "2026-01-31T24:00:00Z"),
            (DateTime, "2026-01-31T12:60:00Z"),
            (DateTime, "2026-01-31T12:00:00.Z"),
            (DateTime, "2026-01-31T12:00:00+24:00"),
            (DateTime, "2026-01-31T12:00:00+0100"),
            (DateTime, "2026-01-31T12:00:0üZ"),
            (Uri, "example.org/a"),
            (Uri, "/a"),
            (Uri, ":a"),
            (Uri, "1x:a"),
            (Uri, "https://example.org/a b"),
            (Uri, "https://example.org/%2"),
            (Uri, "https://example.org/%2ü"),
            (Uri, "https://example.org/ü"),
            (Uuid, "7f1c0a523a534c0e9d0e5a1f0c2b9e11"),
            (Uuid, "7f1c0a52-3a53-4c0e-9d0e-5a1f0c2b9e1g"),
            (Uuid, "{7f1c0a52-3a53-4c0e-9d0e-5a1f0c2b9e11}"),
            (Email, "a"),
            (Email, "@example.org"),
            (Email, "a@"),
            (Email, "a@b@example.org"),
            (Email, "a b@example.org"),
            (Email, "a@example..org"),
            (Email, "a@-example.org"),
            (Byte, "YQ"),
            (Byte, "YQ="),
            (Byte, "Y==="),
            (Byte, "YQ=a"),
            (Byte, "Y-_="),
        ] {
            assert!(!met(format, text), "{format:?} {text}");
        }
    }
}
