//! What progenitor wrote for `openapi.yaml`.

include!(concat!(env!("OUT_DIR"), "/client.rs"));
