//! The service as its clients see it: the program itself on a free port, with a data directory of its own.
#![cfg(feature = "server")]
#![allow(unreachable_pub, reason = "a test binary has no outside")]

mod access;
mod auth;
mod bad_input;
mod batch;
mod caller;
mod client;
mod concurrency;
mod connections;
mod corpus;
mod cors;
mod create;
mod differences;
#[allow(
    dead_code,
    reason = "shared with `tests/contract`, which uses the rest"
)]
#[path = "../contract/document.rs"]
mod document;
mod durability;
mod errors;
mod explain_command;
mod groups;
mod harness;
mod identity;
mod import;
mod issuer;
mod issuers;
mod items;
mod limits;
mod list;
mod mcp;
mod memory;
mod minting;
mod paging;
mod schema;
mod search;
mod seed;
mod settings;
mod site;
mod skip_tokens;
mod startup;
mod tls;
mod urls;
