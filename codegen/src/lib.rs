//! Build-time generator.

#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "client")]
mod progenitor_dialect;
