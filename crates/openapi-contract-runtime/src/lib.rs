//! What the code that `openapi-contract` generates leans on. Knows no API in particular.
//!
//! The client needs [`Patch`] alone. All else is for the server interface (feature `server`, the default).

#![warn(missing_docs)]

mod patch;
#[cfg(feature = "server")]
mod server;

pub use patch::Patch;
#[cfg(feature = "server")]
pub use server::*;
