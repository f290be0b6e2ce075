//! The typed client of the external connections API, for this server and for Microsoft Graph.
//!
//! Every operation of `openapi.yaml` is a method of [`Client`], with a builder for its parameters and body; [`types`] has the schemas. Six
//! things are done with it.
//!
//! **Connect**: a base URL and a [`Credential`], such as an app's [`ClientCredentials`]. Nothing else tells this server from Graph.
//!
//! ```no_run
//! # use graph_connections::client::Error;
//! use graph_connections::client::{Client, ClientCredentials};
//!
//! # fn connect(secret: String) -> Result<Client, Error> {
//! let token_url = "https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token";
//! let app = ClientCredentials::new(token_url, "31359c7f-bd7e-475c-86db-fdb8c937548e", secret)?;
//! let client = Client::builder("https://graph.microsoft.com/v1.0")
//!     .credential(app)
//!     .build()?;
//!
//! // Here: a server of one's own, and a token from `graph-connections token`.
//! let client = Client::builder("http://127.0.0.1:8080/v1.0").bearer("eyJ0…").build()?;
//! # Ok(client)
//! # }
//! ```
//!
//! **Write**: what is not set is not sent; an update clears a member by [`Patch::Null`].
//!
//! ```no_run
//! # use graph_connections::client::{Client, Error};
//! use graph_connections::client::Patch;
//!
//! # async fn write(client: Client) -> Result<(), Error> {
//! let created = client
//!     .create_connection()
//!     .body_map(|body| body.id("contosohr".to_owned()).name("Contoso HR"))
//!     .send()
//!     .await?;
//! println!("{:?} is {:?}", created.id, created.state);
//!
//! client
//!     .update_connection()
//!     .connection_id("contosohr")
//!     .body_map(|body| body.name("Contoso people".to_owned()).description(Patch::Null))
//!     .send()
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! **Index**: [`Client::register_schema`] begins the registration of a schema, [`PendingOperation::wait`] waits until it is done and the
//! connection takes items, [`Client::put_items`] puts as many of them as there are.
//!
//! **Read**: one by [`Client::get_connection`] and its like, or all that there are, page after page, by [`Client::connections`],
//! [`Client::items`], [`Client::groups`], [`Client::members`] and [`Client::operations`].
//!
//! **Search**: [`Client::search_hits`] reads all hits of a search, page after page; [`Client::search`] sends several searches at once,
//! [`Client::retrieve`] asks a question. They want the token of a user.
//!
//! **Handle what goes wrong**: one [`Error`], with Graph's error code if the service gave one.
//!
//! ```no_run
//! # use graph_connections::client::{Client, Error};
//! # async fn handle(client: Client) -> Result<(), Error> {
//! match client.get_connection().connection_id("contosohr").send().await {
//!     Ok(connection) => println!("{:?}", connection.description),
//!     Err(error) if error.code() == Some("ItemNotFound") => println!("there is none"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What a call does by itself
//!
//! | | | set by |
//! |---|---|---|
//! | tokens | asked for once for all requests, before they expire; replaced once if the service no longer accepts them | [`ClientBuilder::credential`] |
//! | retries | where that is safe, as `Retry-After` says, within a budget; of the items of a batch, each on its own | [`ClientBuilder::retry`], [`RetryPolicy`] |
//! | time | 10 seconds to connect, 100 for an attempt | [`ClientBuilder::connect_timeout`], [`ClientBuilder::timeout`] |
//! | name | one `client-request-id` for all attempts | found at [`Error::client_request_id`] |
//! | traces | a `tracing` span `call` (`operation.id`, `client_request_id`) with a span `attempt` (`number`, `status`) for each; no token, no body | the caller's subscriber |
//!
//! Tokens go to the origin of the base URL and to no other: redirects are not followed, and a next link that leads elsewhere is
//! an error, as is one that was followed before. No proxy of the environment (`HTTP_PROXY`) is asked for this machine. Responses are
//! read up to 64 MiB. TLS is rustls, with the certificates that the system trusts.
//!
//! Values of enumerations that the document does not know, a future Graph's, are read as `UnknownFutureValue`. The client needs a tokio
//! runtime with time and I/O, and knows nothing of the server half: `--no-default-features --features client` builds it alone.

mod call;
mod client_builder;
mod client_credentials;
mod credential;
mod error;
#[allow(
    clippy::all,
    clippy::pedantic,
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "written by progenitor"
)]
mod generated;
mod http;
mod paging;
mod printable;
mod put_items;
mod random;
mod register_schema;
mod response;
mod retry;
mod retry_after;
mod search_hits;
mod service_error;
mod token_cache;

pub(crate) use call::Inner;
pub use client_builder::ClientBuilder;
pub use client_credentials::ClientCredentials;
pub use credential::{AccessToken, Credential, CredentialError};
pub use error::Error;
pub use generated::{Client, ResponseValue, builder, types};
#[cfg(feature = "server")]
pub(crate) use http::is_loopback;
pub use openapi_contract_runtime::Patch;
#[cfg(feature = "server")]
pub(crate) use printable::printable;
pub use put_items::PutItems;
pub use register_schema::PendingOperation;
pub use retry::RetryPolicy;
pub use service_error::ServiceError;

/// What a [`Credential`] returns.
pub use futures_util::future::BoxFuture;
/// What a caller needs to make and to read the streams of this module.
pub use futures_util::{
    Stream, StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
/// The status of a [`ServiceError`] and of a [`ResponseValue`].
pub use reqwest::StatusCode;
/// The `client-request-id` of an [`Error`].
pub use uuid::Uuid;
