//! The service as its clients see it: the program itself on a free port, with a data directory of its own.
#![cfg(feature = "server")]
#![allow(unreachable_pub, reason = "a test binary has no outside")]

mod differences;
mod harness;
mod seed;
