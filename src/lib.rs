//! A self-hosted server for the Microsoft Graph external connections API, and its typed client.
//!
//! Public are [`Server`] with its [`Config`], and `cli`, the program (feature `server`, the default), and `client` (feature `client`). A test of a
//! connector starts a server in its own process, with a store that is removed afterwards:
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
//!                         auth     odata                client ──▶ any server of the API
//! ```
//!
//! | module | in charge of | of ours, imports |
//! |---|---|---|
//! | `server` | the composition: the one place that names an engine, an authenticator, the API and the listener together | everything but `cli` |
//! | `api` | the HTTP face: implements the generated traits, one file per tag of the document; paths, statuses, error codes, headers; documentation and health | `auth`, `domain`, `odata`; of `logging` how causes are written |
//! | `auth` | a bearer token to who is calling and how far that reaches; the keys of external issuers | of `domain` the principal and the clock; of `logging` how causes are written |
//! | `development` | what exists for development alone: the built-in issuer and certificates; knows nothing of verification | of `domain` the rule of identifiers and the clock; `private_file` |
//! | `domain` | what connections are: rules, bounds, and the port `domain::store`, a trait per resource whose methods are units of work; no HTTP, no SQL, no clock of its own | `odata` |
//! | `odata` | query options, context URLs, next links and skip tokens as pure functions; knows no type of Graph | nothing |
//! | `store` | engines behind the port, a folder each, and the cases that every engine passes | `domain`, `odata` |
//! | `config`, `logging` | settings; logs | of `auth` the settings of issuers |
//! | `cli` | the program: commands, signals, what is printed | what it runs |
//! | `private_file` | files that appear whole and for their owner alone | nothing |
//! | `client` | the generated client, with credentials, retries, errors and paging; knows nothing of the server half | nothing |
//!
//! Beside the crate, and without a word of Graph: `crates/openapi-contract/`, the generator (build time only);
//! `crates/openapi-contract-runtime/`, what generated code leans on: bodies, parameters, the rules of schemas, answers;
//! `crates/bounded-listener/`, sockets, TLS and the limits of clients. `fuzz/`, which looks for what breaks the
//! promises in `fuzzing`, a module of tests alone; `tests/api`, the service through HTTP, started
//! as the program; `tests/client`, the client against canned and recorded answers; `tests/downstream`, a
//! crate that uses the client alone; `tests/readme.rs`, the promises of README.md and `docs/`.
//!
//! One request, `PATCH /v1.0/external/connections/contosohr`:
//!
//! 1. `bounded_listener` accepts the socket and reads the head, within limits of size and time; `server` hands the request to `api`.
//! 2. `api::front` gives the request its identifiers and catches whatever goes wrong behind it; `api::routes` turns the path,
//!    however it is spelt, into a path of the document.
//! 3. The generated server asks `auth` for the caller, or answers 401 or 403, then reads parameters and body by the rules of the
//!    document with the runtime crate, or answers 400, 413 or 415 with every rule that was broken.
//! 4. `api::connections` turns the generated type into the domain's.
//! 5. `domain::connections` checks what the document cannot say and makes a decision of it, which the store carries out on the
//!    stored connection as one unit of work.
//! 6. `store::sqlite` puts it in the queue of the writer, which commits many at a time; the answer waits for the disk.
//! 7. The handler's value becomes a response, or the error the OData envelope in `api::error`, the one file that knows statuses.

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
mod logging;
#[cfg(feature = "server")]
mod odata;
#[cfg(feature = "server")]
mod private_file;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod store;

#[cfg(feature = "server")]
pub use config::{
    Config, CorsOrigin, DataDirError, DevelopmentIssuerMode, LogFilter, LogFormat, LogSettings,
    PublicUrl,
};
#[cfg(feature = "server")]
pub use server::{Server, ServerBuilder, ServerError, Tls, TlsError};

/// The Rust of `docs/clients.md`, compiled.
#[cfg(all(doctest, feature = "client"))]
#[doc = include_str!("../docs/clients.md")]
struct Clients;
