//! Composition root and the HTTP listener.

mod addresses;
mod canned;
mod connection;
mod exchange;
mod limits;
mod listener;
mod paced_body;
mod rejection;
mod signal;
mod socket;
#[cfg(test)]
mod tests;
