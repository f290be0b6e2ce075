//! A self-hosted server for the Microsoft Graph external connections API, and its typed client.
//!
//! The feature `server`, on by default, has [`Server`] with its [`Config`], and `cli`, the program. The feature
//! `client` has `client`. A test of a connector starts a server in its own process, with a temporary store:
//!
//! ```
//! # #[cfg(all(feature = "server", feature = "client"))]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use graph_connections::{Config, Server, client::Client};
//!
//! let server = Server::builder(Config::temporary()?).bind().await?;
//! let client = Client::builder(server.api_url()).bearer(server.development_token()?).build()?;
//! tokio::spawn(server.serve(std::future::pending()));
//!
//! let new = client.create_connection().body_map(|body| body.name("Contoso HR")).send().await?;
//! assert_eq!(new.name.as_deref(), Some("Contoso HR"));
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "server", feature = "client")))]
//! # fn main() {}
//! ```
//!
//! README.md and `docs/` say how to run and call it. What follows is the code map.
//!
//! ```text
//!             openapi.yaml ──── build.rs ─────────────┐ traits, types, routes; the client
//!                                                     ▼
//! socket ──▶ listener ──▶ api ──▶ domain ──▶ Store ◀── store ──▶ disk
//!                          │ ▲       ▲
//!                         auth    odata, kql            client ──▶ any server of the API
//!
//! search ──▶ api ──▶ domain ──▶ SearchIndex ◀── search ◀── log of changes of the store
//! ```
//!
//! | module | job | imports of ours |
//! |---|---|---|
//! | `server` | the composition: the one place that names an engine, an authenticator, the API and the listener together | all but `cli` and `client` |
//! | `api` | HTTP: implements the generated traits, a file per tag of the document; paths, statuses, error codes, headers; documentation and health; `mcp`, the same for agents | `auth`, `domain`, `odata`; `Causes` of `logging` |
//! | `auth` | from a bearer token to the principal and its permissions; keys of external issuers | of `domain` the principal and the clock; `Causes` of `logging` |
//! | `development` | for development only: the built-in issuer and certificates. Knows nothing of verification | of `domain` the rule of identifiers and the clock; `private_file` |
//! | `domain` | external connections: rules, limits, and the port `domain::store`, a trait per resource whose methods are units of work; who may see an item (`acl`); what a search asks an index for (`search`). No HTTP, no SQL, no clock of its own | `odata`, `kql` |
//! | `odata` | query options, context URLs, next links and skip tokens as pure functions. Knows no type of Graph | nothing |
//! | `kql` | queries of searches: text to tree. Knows no property and no type | nothing |
//! | `store` | engines behind the port, a folder each, and the conformance cases that every engine passes | `domain`, `odata` |
//! | `search` | the index behind the port `domain::search::SearchIndex`, a replica of the store's log of changes; text analysis, ranking, summaries | `domain` |
//! | `config` | settings: flags, environment variables, defaults | of `auth` the settings of issuers; `logging` |
//! | `logging` | the log on standard error | nothing |
//! | `cli` | the program: commands, signals, what is printed | what it runs; `client` |
//! | `private_file` | files that only their owner can read, written as a whole or not at all | nothing |
//! | `client` | the generated client, with credentials, retries, errors, paging, waiting for operations and putting many items. Knows nothing of the server | nothing |
//!
//! Crates that know nothing of Graph:
//!
//! | crate | job |
//! |---|---|
//! | `crates/openapi-contract` | the generator, at build time: from the document to the server interface and the client |
//! | `crates/openapi-contract-runtime` | what generated code calls: bodies, parameters, rules of schemas, answers |
//! | `crates/bounded-listener` | sockets, TLS, the limits of clients, stopping |
//! | `crates/sqlite-group-commit` | SQLite with one writer that shares syncs; readers, fair scans, checkpoints |
//!
//! `docs/development.md` lists the tests. The module `fuzzing`, built for tests and fuzzers only, states promises about
//! any input.
//!
//! Two requests: a create, `POST /v1.0/external/connections`, and an update, `PATCH /v1.0/external/connections/contosohr`:
//!
//! 1. `bounded_listener` accepts the socket and reads the head, within limits of size and time. `server::handler`
//!    passes the request to `api`.
//! 2. `api::front` assigns the request its identifiers and turns every error behind it into an answer. `api::routes`
//!    maps the path, however it is spelt, to a path of the document.
//! 3. The generated server asks `auth` for the caller, or answers 401 or 403. Then it reads parameters and body by the
//!    rules of the document, or answers 400, 413 or 415 and names every broken rule.
//! 4. `api::connections` has the handlers, `create_connection` and `update_connection`. Its `convert` makes the domain's type
//!    of the generated one: a `NewExternalConnection`, or an `ExternalConnectionUpdate`.
//! 5. `domain::connections` checks what the document cannot express. Of the create it makes an `ExternalConnection`
//!    (`into_connection`), of the update a `Decision` on the stored one (`into_decision`).
//! 6. The handler calls the port, `create_connection` or `update_connection` of `ConnectionStore`: one unit of work, in which
//!    the engine applies the decision. `store::sqlite` queues it for the writer of `sqlite_group_commit`, which commits many
//!    at a time. The answer waits until the commit is on disk.
//! 7. The handler's value becomes a response, of the create with what `convert::entity` makes of the connection. Or
//!    `api::error` writes the OData error; its `table` is where statuses and codes are chosen.
//!
//! A search, `POST /v1.0/search/query`, comes as far as `api::search` in the same way. `domain::search` reads its KQL and names by the
//! schemas of the connections, and asks the store which external groups the user is in. `search` waits until the index has
//! every change that the store had acknowledged, matches within what the user may see, counts, orders and cuts the page. The hits are
//! read from the store, where their lists are checked again.
//!
//! To read the generated code that calls the handlers:
//! `cargo run -p openapi-contract --all-features --example print -- server openapi.yaml`.

#![warn(missing_docs)]

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
mod development;
#[cfg(feature = "server")]
mod domain;
#[cfg(all(feature = "server", any(test, fuzzing)))]
#[doc(hidden)]
pub mod fuzzing;
#[cfg(feature = "server")]
mod kql;
#[cfg(feature = "server")]
mod logging;
#[cfg(feature = "server")]
mod odata;
#[cfg(feature = "server")]
mod private_file;
#[cfg(feature = "server")]
mod search;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod store;

#[cfg(feature = "server")]
pub use config::{
    Config, DataDirError, DevelopmentIssuerMode, IssuerError, LogFilter, LogFormat, LogSettings,
    PublicUrl, SettingError,
};
#[cfg(feature = "server")]
pub use server::{Server, ServerBuilder, ServerError, Tls, TlsError};

/// The Rust of `docs/clients.md`, compiled.
#[cfg(all(doctest, feature = "client"))]
#[doc = include_str!("../docs/clients.md")]
struct Clients;
