//! `Prefer` (RFC 7240): what a client would like and can do without.

/// The preferences that have an effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Preferences {
    /// Answer before the work is done.
    pub(super) respond_async: bool,
    /// Names of enumerations that the client may not know. Source: Graph, best practices, "Evolvable enumerations".
    pub(super) include_unknown_enum_members: bool,
}

impl Preferences {
    /// Those of a header; others in it are ignored, as are parameters.
    pub(super) fn new(header: Option<&str>) -> Self {
        let names = header.into_iter().flat_map(|header| header.split(','));
        let mut preferences = Self::default();
        for name in names {
            let name = name.split([';', '=']).next().unwrap_or_default().trim();
            preferences.respond_async |= name.eq_ignore_ascii_case("respond-async");
            preferences.include_unknown_enum_members |=
                name.eq_ignore_ascii_case("include-unknown-enum-members");
        }
        preferences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_found_among_others() {
        let both = Preferences {
            respond_async: true,
            include_unknown_enum_members: true,
        };
        for (header, expected) in [
            (None, Preferences::default()),
            (
                Some("return=minimal, respond-asynchronously"),
                Preferences::default(),
            ),
            (
                Some("return=minimal,Respond-Async; wait=10 , include-unknown-enum-members"),
                both,
            ),
        ] {
            assert_eq!(Preferences::new(header), expected, "{header:?}");
        }
    }
}
