//! What the emitters print: every decision is already made here.

/// A whole document.
#[derive(Debug, Default)]
pub(crate) struct Spec {
    pub(crate) info: Info,
    pub(crate) docs: Option<Docs>,
    pub(crate) servers: Vec<Server>,
    /// `x-path-aliases`: (other spelling, path prefix of the document).
    pub(crate) path_aliases: Vec<(String, String)>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) security: Option<Security>,
    pub(crate) types: Vec<TypeDef>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) operations: Vec<Operation>,
}

#[derive(Debug, Default)]
pub(crate) struct Info {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) terms_of_service: Option<String>,
    pub(crate) contact: Option<Contact>,
    pub(crate) license: Option<License>,
}

#[derive(Debug)]
pub(crate) struct Contact {
    pub(crate) name: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) email: Option<String>,
}

#[derive(Debug)]
pub(crate) struct License {
    pub(crate) name: String,
    pub(crate) url: Option<String>,
}

/// `externalDocs`.
#[derive(Debug)]
pub(crate) struct Docs {
    pub(crate) url: String,
    pub(crate) description: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Server {
    /// As the document has it: a path, or the address of a host with one.
    pub(crate) url: String,
    /// Under which every operation is served, such as `/v1.0`; empty at the root.
    pub(crate) path: String,
    pub(crate) description: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    /// In the document's `tags`; otherwise only operations name it.
    pub(crate) listed: bool,
    pub(crate) description: Option<String>,
    pub(crate) docs: Option<Docs>,
}

/// An `http` security scheme.
#[derive(Debug)]
pub(crate) struct Security {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) bearer_format: Option<String>,
}

/// A named schema.
#[derive(Debug)]
pub(crate) struct TypeDef {
    /// Its name in the document.
    pub(crate) schema: String,
    pub(crate) ident: String,
    pub(crate) description: Option<String>,
    pub(crate) kind: Kind,
    /// Some request body contains it.
    pub(crate) in_request: bool,
    /// It is written where it is used, and described there; its name is the generator's.
    pub(crate) in_place: bool,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Struct(Struct),
    Enum(Enum),
    Union(Union),
    Choice(Choice),
    /// Any other type, under a name of its own.
    Value(Schema),
}

#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    pub(crate) others: Others,
    pub(crate) count: Count,
}

/// What becomes of the members that an object does not declare.
#[derive(Debug)]
pub(crate) enum Others {
    Ignored,
    Refused,
    /// Kept, each a value of this schema.
    Kept(Box<Schema>),
}

/// How many items an array, or members an object, may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) min: Option<usize>,
    pub(crate) max: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct Enum {
    /// (value, variant)
    pub(crate) values: Vec<(String, String)>,
    /// Where it is written in place: the position of `null` among the values.
    pub(crate) null: Option<usize>,
    /// Read without regard to ASCII case.
    pub(crate) any_case: bool,
}

/// A choice among objects, told apart by a member.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) discriminator: String,
    /// The schemas of the variants.
    pub(crate) variants: Vec<String>,
    /// (discriminator value, schema)
    pub(crate) mapping: Vec<(String, String)>,
    /// The schema of a value without the discriminator. If the mapping does not lead to it, other values lead here too.
    pub(crate) default: Option<String>,
}

/// A choice among JSON types: each variant has another one.
#[derive(Debug)]
pub(crate) struct Choice {
    /// Written as `anyOf`, which means the same.
    pub(crate) any_of: bool,
    pub(crate) variants: Vec<(JsonType, Schema)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonType {
    Text,
    Number,
    Boolean,
    Array,
    Object,
}

/// A property of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ident: String,
    pub(crate) presence: Presence,
    pub(crate) read_only: bool,
    pub(crate) schema: Schema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    RequiredNullable,
    Optional,
    OptionalNullable,
    /// Absent is the default.
    Defaulted,
    DefaultedNullable,
}

/// A type with the notes that stand beside it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Schema {
    pub(crate) ty: Ty,
    pub(crate) nullable: bool,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) default: Option<serde_json::Value>,
    /// `x-lenient`: other forms in which it is read.
    pub(crate) lenient: Vec<Leniency>,
}

/// A form that is read besides the declared one. What is written is the declared one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leniency {
    /// A boolean or a number as a string.
    Text,
    /// A single item for an array of it.
    Single,
    /// `null` for an absent member.
    Null,
    /// A string of items, separated by commas, for an array; an array of strings for such a string.
    Comma,
    /// A string that matches the pattern without regard to case.
    Case,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ty {
    Text(TextRules),
    /// Bounds are inclusive.
    Integer {
        bits: u8,
        /// Whether `format` says so; without it, 64.
        format: bool,
        min: Option<i64>,
        max: Option<i64>,
    },
    Double {
        format: bool,
        min: Option<f64>,
        max: Option<f64>,
    },
    Boolean,
    Array {
        item: Box<Schema>,
        count: Count,
        unique: bool,
    },
    /// An object of members that all have one schema.
    Map {
        value: Box<Schema>,
        count: Count,
    },
    /// An object of members that only the client knows, kept as one text.
    Free,
    /// Any JSON value, kept as text.
    Any,
    /// A named schema, by its name in the document.
    Named(String),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TextRules {
    /// Characters, not bytes (JSON Schema validation, section 6.3).
    pub(crate) min: Option<usize>,
    pub(crate) max: Option<usize>,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) format: Option<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    DateTime,
    Uri,
    Uuid,
    Email,
    Byte,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pattern {
    /// An ECMA-262 regular expression that Rust's `regex` reads too.
    pub(crate) source: String,
    /// What it asks for in words, `must …`; without it the expression is told.
    pub(crate) rule: Option<String>,
}

/// A parameter; shared ones appear once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: Place,
    /// The marker type's name.
    pub(crate) ident: String,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) description: Option<String>,
    pub(crate) schema: Schema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
}

#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    /// The handler's name.
    pub(crate) ident: String,
    /// The prefix of its parameter and response types.
    pub(crate) pascal: String,
    /// Indices into [`Spec::tags`]. The first one's trait has the handler.
    pub(crate) tags: Vec<usize>,
    /// Lower case.
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) docs_url: Option<String>,
    pub(crate) deprecated: bool,
    /// Only a caller with a token reaches its handler.
    pub(crate) secured: bool,
    /// Any one of them is enough; none, if any token will do.
    pub(crate) scopes: Vec<String>,
    /// The only kind of token that it takes, in Pascal case.
    pub(crate) token_kind: Option<&'static str>,
    /// Indices into [`Spec::parameters`]; path parameters first, in the order of the path.
    pub(crate) parameters: Vec<usize>,
    /// The schema of the JSON body.
    pub(crate) body: Option<Body>,
    pub(crate) successes: Vec<Response>,
    pub(crate) failures: Vec<Response>,
}

#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) schema: String,
    /// The media types that JSON may be sent as; `application/json` is one of them.
    pub(crate) media: Vec<String>,
    /// Others that are read as JSON, and not described.
    pub(crate) also: Vec<String>,
    pub(crate) description: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Response {
    /// `None` is `default`: every error that is not listed.
    pub(crate) status: Option<u16>,
    /// The variant's name.
    pub(crate) ident: String,
    pub(crate) description: String,
    pub(crate) content: Content,
    pub(crate) headers: Vec<Header>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    Empty,
    /// `application/json` of a named schema.
    Json(String),
    /// `text/plain` of a scalar.
    Text(Schema),
}

#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) ident: String,
    pub(crate) required: bool,
    pub(crate) description: Option<String>,
    pub(crate) schema: Schema,
}
