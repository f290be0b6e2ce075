//! The HTTP face of the service.
//!
//! ```text
//! front ── path of the document? ──▶ generated servers ──▶ connections (handlers) ──▶ domain
//!   │                └─ no ────────▶ site: documentation, health, development issuer; agents (mcp) ──▶ domain
//!   └── whatever fails on the way becomes an OData error (error), every answer gets its identifiers
//! ```

mod activities;
mod batch;
mod collection;
mod connections;
mod cors;
mod docs;
mod error;
mod explain;
mod front;
#[allow(
    clippy::all,
    clippy::pedantic,
    unreachable_pub,
    unused,
    reason = "generated"
)]
pub(crate) mod generated;
mod groups;
mod ignored;
mod items;
mod mcp;
mod operations;
mod preferences;
mod query;
mod quota;
mod refusals;
mod request;
mod retrieval;
mod routes;
mod schema;
mod search;
mod service;
mod site;
mod throttle;

pub(crate) use cors::Cors;
pub(crate) use front::{Front, body_memory, refused_head};
pub(crate) use mcp::Mcp;
pub(crate) use request::{Origin, Surface};
pub(crate) use service::Api;
pub(crate) use site::site;
pub(crate) use throttle::Throttle;

#[cfg(test)]
mod drift;
