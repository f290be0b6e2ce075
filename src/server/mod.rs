//! Composition root and the HTTP listener.

mod addresses;
mod banner;
mod canned;
mod connection;
mod exchange;
mod limits;
mod listener;
mod paced_body;
mod rejection;
mod run;
mod signal;
mod socket;
#[cfg(test)]
mod tests;
mod tls;
mod unsent;

pub(crate) use rejection::Rejection;
pub use run::serve;
