//! What the tests of `tests/` are made of: a server, those who write to it and remember what they were told, and a disk
//! that fails as disks do. The server is the program itself; nothing here knows its code.
//!
//! | module | job |
//! |---|---|
//! | `knob` | how much a run does, from the environment |
//! | `server` | the program on a data directory: started, killed, stopped |
//! | `http`, `caller` | one connection on which every outcome of a request is told apart; the API over it |
//! | `lives`, `versions` | which writes a connection goes through, and what it says and holds after each, so that a half one shows |
//! | `journal` | what writers sent and heard, and what may therefore be there after a crash |
//! | `writers` | many who lead such lives at once |
//! | `ballast` | large writes, for a log that becomes long |
//! | `inspection` | everything that a server answers about its connections, and the rows of the database, compared with the journal |
//! | `holdings` | all that a server answers about one connection and what it holds |
//! | `rows` | the rows of the database, whether they agree and what connections hold by them |
//! | `disk` | a file system in memory that loses what was not synced and fails on demand |
//! | `revival` | the server on what a power cut has left |
//! | `searches` | what a search finds, compared with what is there |
//! | `linear` | whether a history of concurrent calls has an order that explains it |
//!
//! `.ci/storage` builds the program and runs the tests one after the other. They need Linux, and most of them root.
#![cfg(target_os = "linux")]
#![allow(
    clippy::missing_panics_doc,
    reason = "tests end in a panic where something is wrong"
)]

pub mod ballast;
pub mod caller;
pub mod disk;
pub mod holdings;
pub mod http;
pub mod inspection;
pub mod journal;
pub mod knob;
pub mod linear;
pub mod lives;
pub mod revival;
pub mod rows;
pub mod searches;
pub mod server;
pub mod versions;
pub mod writers;
