//! The HTTP face.

/// Everything that `openapi.yaml` says, as Rust.
#[allow(
    clippy::all,
    clippy::pedantic,
    unreachable_pub,
    dead_code,
    reason = "generated"
)]
pub(crate) mod generated {
    include!(concat!(env!("OUT_DIR"), "/server.rs"));
}
