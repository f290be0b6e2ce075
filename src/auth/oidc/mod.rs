//! External issuers, known by OpenID Connect: from the URL of an issuer to the keys that verify its tokens.
//!
//! ```text
//! settings, issuer_url   what the operator says
//! refresher              a task per issuer: when to fetch ──▶ discovery ──▶ fetch (HTTP within bounds)
//!     │ publishes                                          └▶ key_set
//! fetched_keys           what verification sees: the keys of now, and a way to ask for more
//! ```
//!
//! Requests never fetch: they read what the task has published, and one that needs a key which is not there asks the task
//! and waits. So there is one fetch at a time, however many ask, and a client that goes away interrupts none.
//!
//! What an issuer does cannot be helped, only bounded:
//!
//! | the issuer | then |
//! |---|---|
//! | is slow, endless, redirects, answers nonsense | the fetch fails within [`FETCH_TIMEOUT`] and [`MAX_DOCUMENT_BYTES`]; the next is tried after [`FIRST_RETRY`], then twice as long each time up to [`LAST_RETRY`] |
//! | is down | its keys count for [`KEYS_LAST`] after the last fetch that succeeded; after that, and for keys never seen, the answer is that the token cannot be verified now |
//! | adds a key | the first token that names it brings it in |
//! | removes a key | the key is withdrawn with the next fetch, at most [`LONGEST_REFRESH`] later; so is every token it signed |
//!
//! Tokens that name keys which do not exist cause one fetch in [`COOL_DOWN`] at most. Meanwhile they are refused on the
//! strength of the last fetch: if the issuer brings a new key in just then, its tokens are refused that long too.

mod discovery;
mod fetch;
#[cfg(test)]
mod fetch_tests;
mod fetched_keys;
mod issuer_url;
mod key_set;
mod refresher;
mod settings;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub(super) use fetched_keys::FetchedKeys;
pub(crate) use issuer_url::IssuerUrl;
pub(crate) use settings::{ExternalIssuer, Tenants};

/// Until an issuer has accepted a connection, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// Until a document is there, from the first packet to the last.
const FETCH_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest document, *bytes*. Entra's key sets have about 20,000.
const MAX_DOCUMENT_BYTES: usize = 256 * 1024;
/// Most keys in a set. Entra has about ten.
const MAX_KEYS: usize = 100;

/// Bounds of what the issuer asks for by `Cache-Control: max-age`; the longest holds where it asks for nothing. Entra
/// asks for a day, but an hour is how long a key that was withdrawn may still be believed.
const SHORTEST_REFRESH: Duration = Duration::from_mins(5);
const LONGEST_REFRESH: Duration = Duration::from_hours(1);
/// After one failed fetch.
const FIRST_RETRY: Duration = Duration::from_secs(1);
/// After many.
const LAST_RETRY: Duration = Duration::from_mins(1);
/// How long keys count after they were fetched.
const KEYS_LAST: Duration = Duration::from_hours(24);

/// Between two fetches for the sake of key ids that do not exist.
const COOL_DOWN: Duration = Duration::from_secs(10);
/// How long a request waits for a fetch.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How many requests may wait.
const MAX_WAITING: usize = 1_000;
