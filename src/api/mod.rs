//! The HTTP face.

#[cfg(test)]
mod drift;

/// Everything that `openapi.yaml` says, as Rust.
#[allow(
    clippy::all,
    clippy::pedantic,
    unreachable_pub,
    unused,
    reason = "generated"
)]
pub(crate) mod generated {
    include!(concat!(env!("OUT_DIR"), "/server.rs"));
}
