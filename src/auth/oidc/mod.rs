//! External issuers, known by OpenID Connect: from the URL of an issuer to the keys that verify its tokens.
//!
//! ```text
//! settings, issuer_url   what the operator says
//! refresher              a task per issuer: when to fetch ──▶ discovery ──▶ fetch (HTTP within bounds)
//!     │ publishes                                          └▶ key_set
//! issuer_keys            what verification sees: the keys of now, and a way to ask for more
//! ```
//!
//! Requests never fetch: they read what the task has published, and a request that needs an unknown key asks the task
//! and waits. So there is one fetch at a time, however many ask, and a client that disconnects interrupts none.
//!
//! | the issuer | then |
//! |---|---|
//! | is slow, endless, redirects, answers nonsense | the fetch fails within `FETCH_TIMEOUT` and `MAX_DOCUMENT_BYTES`; it is retried after `FIRST_RETRY`, then twice as long each time up to `LAST_RETRY` |
//! | is down | its keys are valid for `KEYS_LAST` after the last successful fetch; after that, and for unknown keys, the answer is that the token cannot be verified now |
//! | adds a key | the first token that names it causes a fetch |
//! | removes a key | the key and every token it signed are refused after the next fetch, at most `LONGEST_REFRESH` later |
//!
//! Tokens that name keys which do not exist cause one fetch in `COOL_DOWN` at most. Until then they are refused by the
//! last fetch: if the issuer adds a key just then, its tokens are refused that long too.

mod discovery;
mod fetch;
#[cfg(test)]
mod fetch_tests;
mod issuer_keys;
mod issuer_url;
mod key_set;
mod refresher;
mod settings;
#[cfg(test)]
mod tests;

pub(super) use issuer_keys::IssuerKeys;
pub(crate) use issuer_url::IssuerUrl;
pub(crate) use settings::{ExternalIssuer, Tenants};
