#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod activity;
mod address_limit;
mod client_stream;
mod connection;
mod exchange;
mod handler;
mod head;
mod listener;
mod minimum_rate;
mod request_body;
mod response_deadlines;
mod settings;
#[cfg(test)]
mod tests;
mod tls;

pub use handler::{Connection, Handler, RequestBody, ResponseBody};
pub use head::HeadError;
pub use listener::Listener;
pub use settings::Settings;
pub use tls::{Tls, TlsError};
