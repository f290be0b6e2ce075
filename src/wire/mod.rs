//! The runtime that generated server code leans on: reading parameters and JSON bodies by rules, writing answers,
//! describing both to poem-openapi. Knows nothing of Graph.

#![allow(
    dead_code,
    unused_imports,
    reason = "serves every construct that the generator can emit, of which a document uses some"
)]

mod answer;
mod body;
mod describe;
mod json;
mod member;
mod memory;
mod operation;
mod parameter;
pub(crate) mod percent;
mod read;
mod rules;
#[cfg(test)]
mod tests;
mod upload;
mod write;

pub(crate) use answer::{Answer, Answered, json, text, with_header};
pub(crate) use body::JsonBody;
pub(crate) use describe::{Described, Scheme, Security, inline, reference, register};
pub(crate) use json::Node;
#[cfg(any(test, fuzzing))]
pub(crate) use json::parse as parse_json;
pub(crate) use member::Member;
pub(crate) use memory::{BodyMemory, BodyShare, ConnectionMemory};
pub(crate) use operation::{Operation, Place, Rejection, Service, Target, finish};
pub(crate) use parameter::{Header, Parameter, Path, Query, unknown_options};
#[cfg(any(test, fuzzing))]
pub(crate) use read::read as read_json;
pub(crate) use read::{ArrayRules, FromJson, Reader};
pub(crate) use rules::{
    Broken, Kind, Pattern, TextRules, boolean, double, int32, int64, text as text_value,
};
pub(crate) use upload::UNDERSTOOD_CODINGS;
pub(crate) use write::{FreeObject, ObjectWriter, ToJson};
