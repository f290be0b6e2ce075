//! Everything that `openapi.yaml` says, as Rust.

include!(concat!(env!("OUT_DIR"), "/server.rs"));
