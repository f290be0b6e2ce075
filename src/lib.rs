//! Code map: written last.

// The generated client names the types that are written by hand by this crate's name.
#[cfg(feature = "client")]
extern crate self as graph_connections;

#[cfg(feature = "server")]
mod api;
#[cfg(feature = "server")]
mod auth;
#[cfg(feature = "server")]
pub mod cli;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "server")]
mod config;
#[cfg(feature = "server")]
mod domain;
#[cfg(feature = "server")]
mod logging;
#[cfg(feature = "server")]
mod odata;
#[cfg(feature = "server")]
mod private_file;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod store;
#[cfg(feature = "server")]
mod wire;

#[cfg(feature = "server")]
pub use config::{Config, DevelopmentIssuerMode, LogFilter, LogFormat, LogSettings, PublicUrl};
#[cfg(feature = "server")]
pub use server::serve;
