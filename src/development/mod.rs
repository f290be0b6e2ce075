//! What exists for development alone: an issuer that gives a token to anyone who asks, and certificates.
//!
//! The issuer signs tokens shaped like those of Entra; whether they are accepted is decided by the configuration, and they are
//! verified like anybody else's. Nothing here knows how.
//!
//! ```text
//! endpoints ──▶ guard        who may ask
//!     │    └──▶ token_form   what is asked for
//!     ▼
//!  issuer ────▶ key_file     the key, in the data directory
//! ```

pub(crate) mod certificate;
mod endpoints;
mod guard;
mod issuer;
mod key_file;
mod names;
mod token_form;

pub(crate) use endpoints::{Endpoints, page_settings};
pub(crate) use guard::Guard;
#[cfg(feature = "client")]
pub(crate) use issuer::user_id;
pub(crate) use issuer::{DevelopmentIssuer, Subject, TokenRequest};
pub(crate) use names::{DEMO_APP, DEMO_TENANT, DEMO_USER, identifier, tenant_name, user_name};
