//! Bounds of the domain, each with its unit and its reason. Those of single members are in the document.

/// Length of a client-given connection identifier, characters.
/// Source: Graph, externalConnection resource ("between 3 and 32 characters").
pub(crate) const CONNECTION_ID_CHARS: std::ops::RangeInclusive<usize> = 3..=32;

/// Size of a stored connection, bytes: name, description, authorized apps and settings. Every change rewrites
/// all of it while other writes wait.
pub(crate) const CONNECTION_BYTES: usize = 256 * 1024;

/// Opening parentheses in a `urlPattern`. Parsing a pattern recurses into nested groups; patterns for URLs have a few
/// groups.
pub(crate) const PATTERN_PARENTHESES: usize = 100;
