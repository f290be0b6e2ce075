//! Build-time generator: from an OpenAPI 3.0 document to a poem-openapi server interface and a progenitor client.
//!
//! ```text
//! YAML ── document ──▶ Document ── lower ──▶ Spec ── emit ──▶ server interface (Rust)
//!                         │
//!                         └── progenitor_dialect ── client ──▶ client (Rust)
//! ```
//!
//! README.md says how to use it. [`Document::parse`] keeps the place of every node. Lowering decides everything and refuses what it does not
//! understand: no key of the document is silently ignored, `x-*` aside. Emitting only prints.
//!
//! Extensions that are its own are refused where they mean nothing:
//!
//! - `x-required-scopes` of an operation: the permissions of which one is enough;
//! - `x-token-kind` of an operation: the only kind of token that it takes, `application` or `delegated`;
//! - `x-path-aliases` of the document: other spellings of path prefixes;
//! - `x-pattern-rule` beside a `pattern`: in words, `must …`, what a value that does not match is refused for;
//! - `x-default-variant` of a union with a discriminator, a reference to one of its schemas: the one that an object without the
//!   discriminator has, and, if the mapping does not lead to it, one with any other value too;
//! - `x-also-json` of a request body: media types that are read as JSON too, as in `x-also-json: [text/plain]`, for clients that
//!   cannot be changed. The generated description and client have `application/json`;
//! - `x-lenient` of a schema in a body: other forms in which it is read. What is written, described and generated for the client is
//!   the declared one.
//!
//! | word in `x-lenient` | beside | reads |
//! |---|---|---|
//! | `text` | a boolean, a number | `"true"`, `"5"` |
//! | `case` | an enumeration | its values without regard to ASCII case |
//! | `case` | a string with a `pattern` | what matches it without regard to case |
//! | `single` | an array | one item without the array |
//! | `comma` | an array of strings | `"a, b"`: the items in one string |
//! | `comma` | a string | `["a", "b"]`: what the string joins by commas |
//! | `'null'` | an optional member | `null` as an absent member |
//!
//! Objects, enumerations and choices may be written in place: their types are named by the way to them (`OwnerProperty`,
//! `OwnerListItem`, `operationIdBody`). A choice without a discriminator is told by the JSON type, of which each variant has
//! another. Members that an object does not declare are ignored, refused (`additionalProperties: false`) or kept with their text
//! (`additionalProperties: true`, or a schema).
//!
//! What the server then describes at run time is compared with the document by `normalise`, in tests.
//! This crate knows nothing of the API that it generates.

#[cfg(feature = "client")]
mod client;
mod document;
#[cfg(feature = "server")]
mod emit;
#[cfg(all(feature = "server", any(test, fuzzing)))]
#[doc(hidden)]
pub mod fuzzing;
#[cfg_attr(
    not(feature = "server"),
    expect(dead_code, reason = "only the server is emitted from it")
)]
mod ir;
mod lower;
mod names;
#[cfg(feature = "normalise")]
pub mod normalise;
mod or_null;
#[cfg(feature = "client")]
mod progenitor_dialect;

pub use document::{Diagnostic, Document};

/// A document that the generator understands from its first key to its last, in both halves.
pub struct Contract {
    document: Document,
    #[cfg(feature = "server")]
    spec: ir::Spec,
    #[cfg(feature = "client")]
    client: String,
}

/// How the server interface is written.
#[cfg(feature = "server")]
#[derive(Debug, Clone)]
pub struct Settings {
    /// The path of the runtime crate.
    runtime: String,
    /// Who may use what is generated.
    visibility: Visibility,
    /// Properties that are held as text: (schema, property).
    json_text: Vec<(String, String)>,
}

/// Who may use what is generated.
#[cfg(feature = "server")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// The crate that it is generated into: its items are `pub(crate)`.
    Crate,
    /// Everybody: its items are `pub`.
    Public,
}

/// The runtime is `::openapi_contract_runtime`, and the items are `pub(crate)`.
#[cfg(feature = "server")]
impl Default for Settings {
    fn default() -> Self {
        Self {
            runtime: "::openapi_contract_runtime".into(),
            visibility: Visibility::Crate,
            json_text: Vec::new(),
        }
    }
}

#[cfg(feature = "server")]
impl Settings {
    /// Names the runtime crate by another path, such as `crate::runtime` for a re-export.
    ///
    /// # Panics
    /// If it is no path.
    #[must_use]
    pub fn runtime(mut self, path: &str) -> Self {
        syn::parse_str::<syn::Path>(path).expect("the path of a crate or module");
        path.clone_into(&mut self.runtime);
        self
    }

    /// Holds a property, whose schema is a named one, as JSON text: what is written from the type, and read by its rules, is
    /// a `JsonText` of the named type. For values that the server keeps and does not look into.
    #[must_use]
    pub fn json_text(mut self, schema: &str, property: &str) -> Self {
        self.json_text
            .push((schema.to_owned(), property.to_owned()));
        self
    }

    /// Sets who may use what is generated.
    #[must_use]
    pub fn visibility(mut self, visibility: Visibility) -> Self {
        self.visibility = visibility;
        self
    }
}

impl Contract {
    /// Reads a document; `file` is its name in diagnostics.
    ///
    /// # Errors
    /// Every problem of the document, in its order.
    pub fn read(file: &str, yaml: &str) -> Result<Self, Vec<Diagnostic>> {
        let document = Document::parse(file, yaml).map_err(|diagnostic| vec![diagnostic])?;
        let spec = lower::lower(&document)?;
        #[cfg(feature = "client")]
        let client = client::generate(document.value(), &spec).map_err(|problem| {
            let pointer = client::culprit(document.value());
            vec![document.problem(&pointer, &format!("no client can be made: {problem}"))]
        })?;
        #[cfg(not(feature = "server"))]
        drop(spec);
        Ok(Self {
            document,
            #[cfg(feature = "server")]
            spec,
            #[cfg(feature = "client")]
            client,
        })
    }

    /// The document as compact JSON.
    pub fn json(&self) -> String {
        self.document.value().to_string()
    }

    /// The poem-openapi server interface, as Rust source for one module.
    ///
    /// # Panics
    /// If the settings name a property of no schema, or one whose schema is not a named one.
    #[cfg(feature = "server")]
    pub fn server(&self, settings: &Settings) -> String {
        emit::server(&self.spec, settings)
    }

    /// The progenitor client, as Rust source for one module.
    ///
    /// `facade` is the path, from anywhere in the crate, of a module that is written by hand: `crate::client`. The client leans on what
    /// it has:
    ///
    /// - `Inner`, what the client carries for its calls: credentials, a policy for retries;
    /// - `Error`, what an operation's `send` fails with;
    /// - `Patch`, that of the runtime crate;
    /// - a method of the generated `Client` that stands between a request and its answer:
    ///   `async fn call<T, E, R>(&self, request: Result<(reqwest::Request, OperationInfo), progenitor_client::Error>, read: impl
    ///   FnOnce(reqwest::Response) -> R) -> Result<ResponseValue<T>, Error>`, where `R` is a future of
    ///   `Result<ResponseValue<T>, progenitor_client::Error<E>>`.
    #[cfg(feature = "client")]
    pub fn client(&self, facade: &str) -> String {
        client::print(&self.client, facade)
    }
}
