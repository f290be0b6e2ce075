//! The program held against its document: what `openapi.yaml` says is walked, so that an operation that is added later is
//! covered without a line here.
//!
//! ```text
//! document ── operations ──▶ requests: examples · full, null and minimal bodies (bodies) · what is to be refused (provoke)
//!     ├────── schemas ─────▶ answers: what the document declares of them (declared, schema)
//!     └── permissions ─────▶ every kind of caller, and what each may reach (isolation)
//! ```
//!
//! Knows no operation of the API, and one rule of its domain: who owns what.
#![cfg(feature = "server")]
#![allow(unreachable_pub, reason = "a test binary has no outside")]

mod architecture;
mod bodies;
mod coverage;
mod declared;
mod document;
mod examples;
#[allow(dead_code, reason = "shared with `tests/api`, which uses the rest")]
#[path = "../api/harness.rs"]
mod harness;
mod isolation;
#[allow(dead_code, reason = "shared with `tests/api`, which uses the rest")]
#[path = "../api/minting.rs"]
mod minting;
mod provoke;
mod responses;
mod schema;
mod secrets;
mod sources;
mod walk;
