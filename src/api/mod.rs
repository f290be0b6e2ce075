//! The HTTP face of the service.
//!
//! ```text
//! front ── path of the document? ──▶ generated servers ──▶ connections (handlers) ──▶ domain
//!   │                └─ no ────────▶ site: documentation, health, development issuer
//!   └── whatever fails on the way becomes an OData error (error), every answer gets its identifiers
//! ```

mod collection;
mod connections;
mod cors;
mod docs;
mod error;
mod front;
#[allow(
    clippy::all,
    clippy::pedantic,
    unreachable_pub,
    unused,
    reason = "generated"
)]
pub(crate) mod generated;
mod ignored;
mod query;
mod request;
mod routes;
mod service;
mod site;

pub(crate) use cors::Cors;
pub(crate) use front::{Front, body_memory, refused_head};
pub(crate) use request::Origin;
pub(crate) use service::Api;
pub(crate) use site::site;

#[cfg(test)]
mod drift;
