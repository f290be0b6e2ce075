//! The typed client of the external connections API, for this server and for Microsoft Graph.
//!
//! The requests, their builders and [`types`] are generated from `openapi.yaml`; every operation of the document is a method of
//! [`Client`]. Written by hand are the credential, one [`Error`] for everything that can go wrong, [`Patch`] and paging. The client
//! knows nothing of the server half: `--no-default-features --features client` builds it alone.
//!
//! ```no_run
//! use graph_connections::client::{Client, Error, TryStreamExt};
//!
//! # async fn example(token: &str) -> Result<(), Error> {
//! // Microsoft Graph itself: "https://graph.microsoft.com/v1.0".
//! let client = Client::builder("http://127.0.0.1:8080/v1.0").bearer(token).build()?;
//!
//! let created = client
//!     .create_connection()
//!     .body_map(|body| body.id("contosohr".to_owned()).name("Contoso HR"))
//!     .send()
//!     .await?;
//! println!("{:?} is {:?}", created.id, created.state);
//!
//! let mut all = client.connections();
//! while let Some(connection) = all.try_next().await? {
//!     println!("{:?}", connection.name);
//! }
//!
//! match client.get_connection().connection_id("nope").send().await {
//!     Ok(connection) => println!("{:?}", connection.description),
//!     Err(error) if error.code() == Some("ItemNotFound") => println!("there is no such connection"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
#![warn(missing_docs)]

mod answer;
mod call;
mod client_builder;
mod credential;
mod error;
mod failure;
mod paging;
mod patch;
mod random;
mod retry;
mod retry_after;

#[allow(
    clippy::all,
    clippy::pedantic,
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    reason = "written by progenitor"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

pub(crate) use call::Inner;
pub use client_builder::ClientBuilder;
pub use credential::{AccessToken, ClientCredentials, Credential, CredentialError};
pub use error::{Error, ServiceError};
pub use generated::{Client, ResponseValue, builder, types};
pub use patch::Patch;
pub use retry::RetryPolicy;

/// What a [`Credential`] returns.
pub use futures_util::future::BoxFuture;
/// What a caller needs to read the streams of this module.
pub use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
/// The status of a [`ServiceError`] and of a [`ResponseValue`].
pub use reqwest::StatusCode;
/// The `client-request-id` of an [`Error`].
pub use uuid::Uuid;

/// What requests say of who sends them.
const USER_AGENT: &str = concat!("graph-connections/", env!("CARGO_PKG_VERSION"));
