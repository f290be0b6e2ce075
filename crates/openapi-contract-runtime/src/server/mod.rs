//! What the server interface leans on: reading parameters and JSON bodies by the rules of the document, writing answers, and
//! describing both to poem-openapi.

mod answer;
mod body;
mod describe;
mod failure;
mod format;
mod json;
mod json_text;
mod member;
mod memory;
mod open;
mod operation;
mod parameter;
pub mod percent;
mod read;
mod rejection;
mod rules;
mod upload;
mod write;

pub use answer::{Answer, Answered, json, text, with_header};
pub use body::{ApplicationJson, JsonBody, MediaTypes};
pub use describe::{
    Described, Scheme, Security, described, header, inline, media, noted, reference, register,
    response,
};
pub use failure::Failure;
pub use format::Format;
pub use json::{JsonType, Malformed, Node, parse};
pub use json_text::JsonText;
pub use member::Member;
pub use memory::{BodyLimits, ConnectionMemory, MemoryBudget, RequestMemory, SMALL_BYTES};
pub use open::{FreeObject, Json, Map};
pub use operation::{Operation, Service, TokenKind, finish};
pub use parameter::{Header, Parameter, Path, Query, QueryNames, unknown_options};
pub use read::{FromJson, Ignored, Object, Read, Reader, Variants, read};
pub use rejection::{Kind, Rejection, Target, Violation};
pub use rules::{
    ArrayRules, Count, Enumeration, Pattern, TextRules, boolean, double, int32, int64, list,
    one_of, text as text_value,
};
pub use upload::UNDERSTOOD_CODINGS;
pub use write::{ObjectWriter, ToJson};

/// The crates that generated code fills types of, in the versions that fit.
pub use {poem, poem_openapi, serde_json};
