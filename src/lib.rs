//! Code map: written last.

#[cfg(feature = "server")]
mod auth;
#[cfg(feature = "server")]
pub mod cli;
#[cfg(feature = "server")]
mod config;
#[cfg(feature = "server")]
mod domain;
#[cfg(feature = "server")]
mod logging;
#[cfg(feature = "server")]
mod odata;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod store;

#[cfg(feature = "server")]
pub use config::{Config, DevelopmentIssuerMode, LogFilter, LogFormat, LogSettings, PublicUrl};
#[cfg(feature = "server")]
pub use server::serve;
