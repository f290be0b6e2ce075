//! Code map: written last.
// The generated client names the types that are written by hand by this crate's name.
#[cfg(feature = "client")]
extern crate self as graph_connections;

#[cfg(feature = "server")]
mod auth;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "server")]
mod domain;
#[cfg(feature = "server")]
mod odata;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod store;
