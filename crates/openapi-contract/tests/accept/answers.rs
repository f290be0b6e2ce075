use ::openapi_contract_runtime as runtime;
use runtime::{poem, poem_openapi};
/// `info.title`.
pub(crate) const TITLE: &str = "Answers";
/// `info.version`.
pub(crate) const VERSION: &str = "1";
/// `servers`: the paths under which every operation is served; empty is the root.
pub(crate) static SERVERS: &[&str] = &[""];
/// `x-path-aliases`: another spelling of a path prefix, and the prefix.
pub(crate) static PATH_ALIASES: &[(&str, &str)] = &[];
/// Every permission that some operation asks for.
pub(crate) static PERMISSIONS: &[&str] = &["Activities.Write"];
/// The schemas of the document: those that it names, and objects, enumerations and choices in place.
pub(crate) mod types {
    use super::{
        poem_openapi::registry::{MetaDiscriminatorObject, MetaSchema, Registry},
        runtime::{self, ToJson as _},
        types,
    };
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct BoxSchema {
        pub(crate) r#gen: Option<String>,
        pub(crate) r#type: Option<types::OptionSchema>,
    }
    impl BoxSchema {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["gen", "type"];
    }
    impl runtime::FromJson for BoxSchema {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let r#gen = object_
                .optional(
                    "gen",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let r#type = object_
                .optional(
                    "type",
                    at_,
                    |node, at| <types::OptionSchema as runtime::FromJson>::from_json(
                        node,
                        at,
                    ),
                );
            object_.open(Self::MEMBERS, at_);
            Some(Self {
                r#gen: r#gen?,
                r#type: r#type?,
            })
        }
    }
    impl runtime::ToJson for BoxSchema {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.optional("\"gen\":", self.r#gen.as_ref());
            object_.optional("\"type\":", self.r#type.as_ref());
            object_.end();
        }
    }
    impl runtime::Described for BoxSchema {
        const NAME: &'static str = "Box";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from([]);
            schema.properties = Vec::from([
                (
                    "gen",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
                ("type", runtime::described::<types::OptionSchema>(registry)),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum OptionSchema {
        ALL,
        UnknownFutureValue,
        None,
        Self_,
        Some,
    }
    impl OptionSchema {
        /// Every value with its name. No value of a document is called so in Rust.
        pub(crate) const ALL_VALUES: &'static [(&'static str, Self)] = &[
            ("ALL", Self::ALL),
            ("unknownFutureValue", Self::UnknownFutureValue),
            ("none", Self::None),
            ("Self", Self::Self_),
            ("some", Self::Some),
        ];
        /// The name in the document.
        pub(crate) fn name(self) -> &'static str {
            match self {
                Self::ALL => "ALL",
                Self::UnknownFutureValue => "unknownFutureValue",
                Self::None => "none",
                Self::Self_ => "Self",
                Self::Some => "some",
            }
        }
        /// The value of a name.
        pub(crate) fn from_name(name: &str) -> Option<Self> {
            match name {
                "ALL" => Some(Self::ALL),
                "unknownFutureValue" => Some(Self::UnknownFutureValue),
                "none" => Some(Self::None),
                "Self" => Some(Self::Self_),
                "some" => Some(Self::Some),
                _ => None,
            }
        }
    }
    impl runtime::Enumeration for OptionSchema {
        const VALUES: &'static [(&'static str, Self)] = Self::ALL_VALUES;
        const ANY_CASE: bool = false;
    }
    impl runtime::FromJson for OptionSchema {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            at_.one_of(&node)
        }
    }
    impl runtime::ToJson for OptionSchema {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let value: &str = match self {
                Self::ALL => "\"ALL\"",
                Self::UnknownFutureValue => "\"unknownFutureValue\"",
                Self::None => "\"none\"",
                Self::Self_ => "\"Self\"",
                Self::Some => "\"some\"",
            };
            text_.extend_from_slice(value.as_bytes());
        }
    }
    impl runtime::Described for OptionSchema {
        const NAME: &'static str = "Option";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "string";
            schema.enum_items = Self::ALL_VALUES
                .iter()
                .map(|(name, _)| (*name).into())
                .collect();
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct DefaultSchema {
        pub(crate) value: Option<Vec<types::BoxSchema>>,
    }
    impl DefaultSchema {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["value"];
    }
    impl runtime::FromJson for DefaultSchema {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let value = object_
                .optional(
                    "value",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| <types::BoxSchema as runtime::FromJson>::from_json(
                                    node,
                                    at,
                                ),
                            )
                    },
                );
            object_.open(Self::MEMBERS, at_);
            Some(Self { value: value? })
        }
    }
    impl runtime::ToJson for DefaultSchema {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.optional("\"value\":", self.value.as_ref());
            object_.end();
        }
    }
    impl runtime::Described for DefaultSchema {
        const NAME: &'static str = "Default";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from([]);
            schema.properties = Vec::from([
                (
                    "value",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(runtime::described::<types::BoxSchema>(registry)),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Results {
        pub(crate) value: Vec<types::VecSchema>,
    }
    impl Results {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["value"];
    }
    impl runtime::ToJson for Results {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"value\":", &self.value);
            object_.end();
        }
    }
    impl runtime::Described for Results {
        const NAME: &'static str = "Results";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["value"]);
            schema.properties = Vec::from([
                (
                    "value",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(runtime::described::<types::VecSchema>(registry)),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct VecSchema(pub(crate) runtime::FreeObject);
    impl runtime::ToJson for VecSchema {
        fn to_json(&self, text_: &mut Vec<u8>) {
            self.0.to_json(text_);
        }
    }
    impl runtime::Described for VecSchema {
        const NAME: &'static str = "Vec";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema = MetaSchema {
                ty: "object",
                additional_properties: Some(Box::new(runtime::inline(MetaSchema::ANY))),
                ..schema
            };
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct ErrSchema {
        pub(crate) message: String,
    }
    impl ErrSchema {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["message"];
    }
    impl runtime::ToJson for ErrSchema {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"message\":", &self.message);
            object_.end();
        }
    }
    impl runtime::Described for ErrSchema {
        const NAME: &'static str = "Err";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["message"]);
            schema.properties = Vec::from([
                (
                    "message",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct _401Denied {
        pub(crate) reason: String,
    }
    impl _401Denied {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["reason"];
    }
    impl runtime::ToJson for _401Denied {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"reason\":", &self.reason);
            object_.end();
        }
    }
    impl runtime::Described for _401Denied {
        const NAME: &'static str = "401Denied";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["reason"]);
            schema.properties = Vec::from([
                (
                    "reason",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum CreateSchemaKind {
        One,
        Other,
    }
    impl CreateSchemaKind {
        /// Every value with its name. No value of a document is called so in Rust.
        pub(crate) const ALL_VALUES: &'static [(&'static str, Self)] = &[
            ("one", Self::One),
            ("other", Self::Other),
        ];
        /// The name in the document.
        pub(crate) fn name(self) -> &'static str {
            match self {
                Self::One => "one",
                Self::Other => "other",
            }
        }
        /// The value of a name.
        pub(crate) fn from_name(name: &str) -> Option<Self> {
            match name {
                "one" => Some(Self::One),
                "other" => Some(Self::Other),
                _ => None,
            }
        }
    }
    impl runtime::Enumeration for CreateSchemaKind {
        const VALUES: &'static [(&'static str, Self)] = Self::ALL_VALUES;
        const ANY_CASE: bool = false;
    }
    impl runtime::ToJson for CreateSchemaKind {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let value: &str = match self {
                Self::One => "\"one\"",
                Self::Other => "\"other\"",
            };
            text_.extend_from_slice(value.as_bytes());
        }
    }
    impl runtime::Described for CreateSchemaKind {
        const NAME: &'static str = "CreateSchemaKind";
        const IN_PLACE: bool = true;
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "string";
            schema.enum_items = Self::ALL_VALUES
                .iter()
                .map(|(name, _)| (*name).into())
                .collect();
            schema
        }
    }
}
/// The parameters of the document.
mod parameters {
    use super::{
        poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry},
        runtime, types,
    };
    pub(super) struct CreateSchemaClient;
    impl runtime::Parameter for CreateSchemaClient {
        const NAME: &'static str = "client";
        const REQUIRED: bool = false;
        type Value = Option<String>;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "string",
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(None) };
            runtime::text_value(raw, &runtime::TextRules::NONE)
                .map(|()| raw.to_owned())
                .map(|value| Some(value))
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct CreateSchemaKind;
    impl runtime::Parameter for CreateSchemaKind {
        const NAME: &'static str = "kind";
        const REQUIRED: bool = false;
        type Value = Option<types::CreateSchemaKind>;
        fn schema(registry: &mut Registry) -> MetaSchemaRef {
            runtime::described::<types::CreateSchemaKind>(registry)
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(None) };
            runtime::one_of::<types::CreateSchemaKind>(raw)
                .map(|value| Some(value))
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct CreateSchemaGen;
    impl runtime::Parameter for CreateSchemaGen {
        const NAME: &'static str = "gen";
        const REQUIRED: bool = false;
        type Value = Option<String>;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "string",
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(None) };
            runtime::text_value(raw, &runtime::TextRules::NONE)
                .map(|()| raw.to_owned())
                .map(|value| Some(value))
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct CreateSchemaResponse;
    impl runtime::Parameter for CreateSchemaResponse {
        const NAME: &'static str = "response";
        const REQUIRED: bool = false;
        type Value = Option<String>;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "string",
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(None) };
            runtime::text_value(raw, &runtime::TextRules::NONE)
                .map(|()| raw.to_owned())
                .map(|value| Some(value))
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct CreateSchemaResult;
    impl runtime::Parameter for CreateSchemaResult {
        const NAME: &'static str = "result";
        const REQUIRED: bool = false;
        type Value = Option<i32>;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "integer",
                format: Some("int32"),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(None) };
            runtime::int32(raw, None, None)
                .map(|value| Some(value))
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
}
/// The operations of the document, as data.
pub(crate) mod operations {
    use super::runtime::Operation;
    pub(crate) static CREATE_SCHEMA: Operation = Operation {
        id: "createSchema",
        method: "POST",
        path: "/schema",
        scopes: &[],
        token_kind: None,
        query: &["client", "kind", "gen"],
        statuses: &[201, 202, 400, 401, 403, 408, 413, 415, 503],
        other_errors: false,
    };
    pub(crate) static ADD_ACTIVITIES: Operation = Operation {
        id: "addActivities",
        method: "POST",
        path: "/activities",
        scopes: &["Activities.Write"],
        token_kind: Some(super::runtime::TokenKind::Application),
        query: &[],
        statuses: &[200, 207, 401],
        other_errors: true,
    };
    pub(crate) static GEN: Operation = Operation {
        id: "gen",
        method: "OPTIONS",
        path: "/activities",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T00: Operation = Operation {
        id: "t00",
        method: "GET",
        path: "/t00",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T01: Operation = Operation {
        id: "t01",
        method: "GET",
        path: "/t01",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T02: Operation = Operation {
        id: "t02",
        method: "GET",
        path: "/t02",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T03: Operation = Operation {
        id: "t03",
        method: "GET",
        path: "/t03",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T04: Operation = Operation {
        id: "t04",
        method: "GET",
        path: "/t04",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T05: Operation = Operation {
        id: "t05",
        method: "GET",
        path: "/t05",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T06: Operation = Operation {
        id: "t06",
        method: "GET",
        path: "/t06",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T07: Operation = Operation {
        id: "t07",
        method: "GET",
        path: "/t07",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T08: Operation = Operation {
        id: "t08",
        method: "GET",
        path: "/t08",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T09: Operation = Operation {
        id: "t09",
        method: "GET",
        path: "/t09",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T10: Operation = Operation {
        id: "t10",
        method: "GET",
        path: "/t10",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T11: Operation = Operation {
        id: "t11",
        method: "GET",
        path: "/t11",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T12: Operation = Operation {
        id: "t12",
        method: "GET",
        path: "/t12",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T13: Operation = Operation {
        id: "t13",
        method: "GET",
        path: "/t13",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T14: Operation = Operation {
        id: "t14",
        method: "GET",
        path: "/t14",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T15: Operation = Operation {
        id: "t15",
        method: "GET",
        path: "/t15",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T16: Operation = Operation {
        id: "t16",
        method: "GET",
        path: "/t16",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    pub(crate) static T17: Operation = Operation {
        id: "t17",
        method: "GET",
        path: "/t17",
        scopes: &[],
        token_kind: None,
        query: &[],
        statuses: &[200, 400],
        other_errors: false,
    };
    /// Every operation, in the order of the document.
    pub(crate) static ALL: &[&Operation] = &[
        &CREATE_SCHEMA,
        &ADD_ACTIVITIES,
        &GEN,
        &T00,
        &T01,
        &T02,
        &T03,
        &T04,
        &T05,
        &T06,
        &T07,
        &T08,
        &T09,
        &T10,
        &T11,
        &T12,
        &T13,
        &T14,
        &T15,
        &T16,
        &T17,
    ];
}
use poem::{Request, http::StatusCode};
use poem_openapi::registry::{MetaResponse, MetaResponses, MetaSchema, Registry};
///What `createSchema` is called with.
#[derive(Debug)]
pub(crate) struct CreateSchemaParams {
    /**Said

by JSON.*/
    pub(crate) client: Option<String>,
    pub(crate) kind: Option<types::CreateSchemaKind>,
    pub(crate) r#gen: Option<String>,
    pub(crate) response: Option<String>,
    pub(crate) result: Option<i32>,
    pub(crate) body: types::BoxSchema,
}
///What `addActivities` is called with.
#[derive(Debug)]
pub(crate) struct AddActivitiesParams {
    pub(crate) body: types::DefaultSchema,
}
///What `gen` is called with.
#[derive(Debug)]
pub(crate) struct GenParams {}
///What `t00` is called with.
#[derive(Debug)]
pub(crate) struct T00Params {}
///What `t01` is called with.
#[derive(Debug)]
pub(crate) struct T01Params {}
///What `t02` is called with.
#[derive(Debug)]
pub(crate) struct T02Params {}
///What `t03` is called with.
#[derive(Debug)]
pub(crate) struct T03Params {}
///What `t04` is called with.
#[derive(Debug)]
pub(crate) struct T04Params {}
///What `t05` is called with.
#[derive(Debug)]
pub(crate) struct T05Params {}
///What `t06` is called with.
#[derive(Debug)]
pub(crate) struct T06Params {}
///What `t07` is called with.
#[derive(Debug)]
pub(crate) struct T07Params {}
///What `t08` is called with.
#[derive(Debug)]
pub(crate) struct T08Params {}
///What `t09` is called with.
#[derive(Debug)]
pub(crate) struct T09Params {}
///What `t10` is called with.
#[derive(Debug)]
pub(crate) struct T10Params {}
///What `t11` is called with.
#[derive(Debug)]
pub(crate) struct T11Params {}
///What `t12` is called with.
#[derive(Debug)]
pub(crate) struct T12Params {}
///What `t13` is called with.
#[derive(Debug)]
pub(crate) struct T13Params {}
///What `t14` is called with.
#[derive(Debug)]
pub(crate) struct T14Params {}
///What `t15` is called with.
#[derive(Debug)]
pub(crate) struct T15Params {}
///What `t16` is called with.
#[derive(Debug)]
pub(crate) struct T16Params {}
///What `t17` is called with.
#[derive(Debug)]
pub(crate) struct T17Params {}
///The successes of `createSchema`.
#[derive(Debug)]
pub(crate) enum CreateSchemaResponse {
    ///201: Created at once.
    Created(types::BoxSchema),
    ///202: An operation works on it.
    Accepted { location: String },
}
impl runtime::Answer for CreateSchemaResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(201),
                    "Created at once.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::BoxSchema>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                runtime::response(
                    Some(202),
                    "An operation works on it.",
                    None,
                    Vec::from([
                        runtime::header(
                            "Location",
                            None,
                            true,
                            runtime::inline(MetaSchema {
                                ty: "string",
                                ..MetaSchema::ANY
                            }),
                        ),
                    ]),
                ),
                response_2(),
                response_3(),
                runtime::response(
                    Some(403),
                    "Not allowed.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::_401Denied>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                runtime::response(
                    Some(408),
                    "Wrong.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::ErrSchema>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                runtime::response(
                    Some(413),
                    "Wrong.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::ErrSchema>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                runtime::response(
                    Some(415),
                    "Wrong.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::ErrSchema>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                runtime::response(
                    Some(503),
                    "Wrong.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::ErrSchema>(),
                        ),
                    ),
                    Vec::from([]),
                ),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::BoxSchema>(registry);
        runtime::register::<types::ErrSchema>(registry);
        runtime::register::<types::_401Denied>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Created(body) => Ok(runtime::json(StatusCode::CREATED, &body)),
            Self::Accepted { location } => {
                let mut response: poem::Response = StatusCode::ACCEPTED.into();
                response = runtime::with_header(response, "location", &location)?;
                Ok(response)
            }
        }
    }
}
///The successes of `addActivities`.
#[derive(Debug)]
pub(crate) enum AddActivitiesResponse {
    ///200: All.
    Ok(types::DefaultSchema),
    ///207: Some.
    MultiStatus(types::Results),
}
impl runtime::Answer for AddActivitiesResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(200),
                    "All.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::DefaultSchema>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                runtime::response(
                    Some(207),
                    "Some.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::Results>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                response_3(),
                runtime::response(
                    None,
                    "Wrong.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::ErrSchema>(),
                        ),
                    ),
                    Vec::from([]),
                ),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::DefaultSchema>(registry);
        runtime::register::<types::Results>(registry);
        runtime::register::<types::_401Denied>(registry);
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok(body) => Ok(runtime::json(StatusCode::OK, &body)),
            Self::MultiStatus(body) => Ok(runtime::json(StatusCode::MULTI_STATUS, &body)),
        }
    }
}
///The successes of `gen`.
#[derive(Debug)]
pub(crate) enum GenResponse {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for GenResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t00`.
#[derive(Debug)]
pub(crate) enum T00Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T00Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t01`.
#[derive(Debug)]
pub(crate) enum T01Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T01Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t02`.
#[derive(Debug)]
pub(crate) enum T02Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T02Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t03`.
#[derive(Debug)]
pub(crate) enum T03Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T03Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t04`.
#[derive(Debug)]
pub(crate) enum T04Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T04Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t05`.
#[derive(Debug)]
pub(crate) enum T05Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T05Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t06`.
#[derive(Debug)]
pub(crate) enum T06Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T06Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t07`.
#[derive(Debug)]
pub(crate) enum T07Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T07Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t08`.
#[derive(Debug)]
pub(crate) enum T08Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T08Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t09`.
#[derive(Debug)]
pub(crate) enum T09Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T09Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t10`.
#[derive(Debug)]
pub(crate) enum T10Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T10Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t11`.
#[derive(Debug)]
pub(crate) enum T11Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T11Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t12`.
#[derive(Debug)]
pub(crate) enum T12Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T12Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t13`.
#[derive(Debug)]
pub(crate) enum T13Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T13Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t14`.
#[derive(Debug)]
pub(crate) enum T14Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T14Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t15`.
#[derive(Debug)]
pub(crate) enum T15Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T15Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t16`.
#[derive(Debug)]
pub(crate) enum T16Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T16Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
///The successes of `t17`.
#[derive(Debug)]
pub(crate) enum T17Response {
    ///200: Fine.
    Ok,
}
impl runtime::Answer for T17Response {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([response_12(), response_2()]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::ErrSchema>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok => Ok(StatusCode::OK.into()),
        }
    }
}
fn response_2() -> MetaResponse {
    runtime::response(
        Some(400),
        "Wrong.",
        Some(
            runtime::media("application/json", runtime::reference::<types::ErrSchema>()),
        ),
        Vec::from([]),
    )
}
fn response_3() -> MetaResponse {
    runtime::response(
        Some(401),
        "Not allowed.",
        Some(
            runtime::media("application/json", runtime::reference::<types::_401Denied>()),
        ),
        Vec::from([]),
    )
}
fn response_12() -> MetaResponse {
    runtime::response(Some(200), "Fine.", None, Vec::from([]))
}
/// Media types that JSON may be sent as.
struct ApplicationJsonOrTextPlainOrApplicationXWwwFormUrlencoded;
impl runtime::MediaTypes for ApplicationJsonOrTextPlainOrApplicationXWwwFormUrlencoded {
    const ALL: &'static [&'static str] = &["application/json"];
    const ALSO: &'static [&'static str] = &[
        "text/plain",
        "application/x-www-form-urlencoded",
    ];
}
/// Every operation, answered with 501 through the error of `S`, which says who may call.
#[cfg(test)]
pub(crate) struct Unimplemented<S>(pub(crate) S);
#[cfg(test)]
impl<S: runtime::Service> runtime::Service for Unimplemented<S> {
    type Caller = S::Caller;
    type Error = S::Error;
    async fn authorize(
        &self,
        operation: &'static runtime::Operation,
        request: &Request,
    ) -> Result<Self::Caller, Self::Error> {
        self.0.authorize(operation, request).await
    }
}
///The operations without a tag: one method each, to be written by hand.
pub(crate) trait Api: runtime::Service {
    ///`POST /schema`: Create it
    fn create_schema(
        &self,
        caller: Self::Caller,
        params: CreateSchemaParams,
    ) -> impl std::future::Future<
        Output = Result<CreateSchemaResponse, Self::Error>,
    > + Send;
    ///`POST /activities`
    fn add_activities(
        &self,
        caller: Self::Caller,
        params: AddActivitiesParams,
    ) -> impl std::future::Future<
        Output = Result<AddActivitiesResponse, Self::Error>,
    > + Send;
    ///`OPTIONS /activities`
    fn r#gen(
        &self,
        params: GenParams,
    ) -> impl std::future::Future<Output = Result<GenResponse, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> Api for Unimplemented<S> {
    async fn create_schema(
        &self,
        _: S::Caller,
        _: CreateSchemaParams,
    ) -> Result<CreateSchemaResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "createSchema",
            }
                .into(),
        )
    }
    async fn add_activities(
        &self,
        _: S::Caller,
        _: AddActivitiesParams,
    ) -> Result<AddActivitiesResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "addActivities",
            }
                .into(),
        )
    }
    async fn r#gen(&self, _: GenParams) -> Result<GenResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "gen",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: Api> Server<A> {
    /**Create it

A

B*/
    #[oai(path = "/schema", method = "post", operation_id = "createSchema")]
    async fn create_schema(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
        /**Said

by JSON.*/
        #[oai(name = "client")]
        client: runtime::Query<parameters::CreateSchemaClient>,
        #[oai(name = "kind")]
        kind: runtime::Query<parameters::CreateSchemaKind>,
        #[oai(name = "gen")]
        r#gen: runtime::Query<parameters::CreateSchemaGen>,
        #[oai(name = "response")]
        response: runtime::Header<parameters::CreateSchemaResponse>,
        #[oai(name = "result")]
        result: runtime::Header<parameters::CreateSchemaResult>,
        body: runtime::JsonBody<
            types::BoxSchema,
            ApplicationJsonOrTextPlainOrApplicationXWwwFormUrlencoded,
        >,
    ) -> poem::Result<runtime::Answered<CreateSchemaResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::CREATE_SCHEMA, request).await?;
            let mut broken = runtime::unknown_options(
                &operations::CREATE_SCHEMA,
                request,
            );
            let client = client.read(&mut broken);
            let kind = kind.read(&mut broken);
            let r#gen = r#gen.read(&mut broken);
            let response = response.read(&mut broken);
            let result = result.read(&mut broken);
            let (
                true,
                Some(client),
                Some(kind),
                Some(r#gen),
                Some(response),
                Some(result),
            ) = (broken.is_empty(), client, kind, r#gen, response, result) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            let runtime::Read { value: body, ignored } = body.read().await?;
            if !ignored.is_empty() {
                self.0.ignored(request, ignored);
            }
            let body = body.map_err(runtime::Rejection::Invalid)?;
            self.0
                .create_schema(
                    caller,
                    CreateSchemaParams {
                        client,
                        kind,
                        r#gen,
                        response,
                        result,
                        body,
                    },
                )
                .await
        };
        runtime::finish::<A, _>(&operations::CREATE_SCHEMA, outcome.await)
    }
    #[oai(path = "/activities", method = "post", operation_id = "addActivities")]
    async fn add_activities(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
        body: runtime::JsonBody<types::DefaultSchema>,
    ) -> poem::Result<runtime::Answered<AddActivitiesResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::ADD_ACTIVITIES, request).await?;
            let mut broken = runtime::unknown_options(
                &operations::ADD_ACTIVITIES,
                request,
            );
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            let runtime::Read { value: body, ignored } = body.read().await?;
            if !ignored.is_empty() {
                self.0.ignored(request, ignored);
            }
            let body = body.map_err(runtime::Rejection::Invalid)?;
            self.0.add_activities(caller, AddActivitiesParams { body }).await
        };
        runtime::finish::<A, _>(&operations::ADD_ACTIVITIES, outcome.await)
    }
    #[oai(path = "/activities", method = "options", operation_id = "gen")]
    async fn r#gen(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<GenResponse>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::GEN, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.r#gen(GenParams {}).await
        };
        runtime::finish::<A, _>(&operations::GEN, outcome.await)
    }
}
///The operations tagged `t00`: one method each, to be written by hand.
pub(crate) trait T00Api: runtime::Service {
    ///`GET /t00`
    fn t00(
        &self,
        params: T00Params,
    ) -> impl std::future::Future<Output = Result<T00Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T00Api for Unimplemented<S> {
    async fn t00(&self, _: T00Params) -> Result<T00Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t00",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T00Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T00Api> T00Server<A> {
    #[oai(path = "/t00", method = "get", operation_id = "t00", tag = "Tag::T00")]
    async fn t00(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T00Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T00, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t00(T00Params {}).await
        };
        runtime::finish::<A, _>(&operations::T00, outcome.await)
    }
}
///The operations tagged `t01`: one method each, to be written by hand.
pub(crate) trait T01Api: runtime::Service {
    ///`GET /t01`
    fn t01(
        &self,
        params: T01Params,
    ) -> impl std::future::Future<Output = Result<T01Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T01Api for Unimplemented<S> {
    async fn t01(&self, _: T01Params) -> Result<T01Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t01",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T01Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T01Api> T01Server<A> {
    #[oai(path = "/t01", method = "get", operation_id = "t01", tag = "Tag::T01")]
    async fn t01(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T01Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T01, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t01(T01Params {}).await
        };
        runtime::finish::<A, _>(&operations::T01, outcome.await)
    }
}
///The operations tagged `t02`: one method each, to be written by hand.
pub(crate) trait T02Api: runtime::Service {
    ///`GET /t02`
    fn t02(
        &self,
        params: T02Params,
    ) -> impl std::future::Future<Output = Result<T02Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T02Api for Unimplemented<S> {
    async fn t02(&self, _: T02Params) -> Result<T02Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t02",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T02Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T02Api> T02Server<A> {
    #[oai(path = "/t02", method = "get", operation_id = "t02", tag = "Tag::T02")]
    async fn t02(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T02Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T02, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t02(T02Params {}).await
        };
        runtime::finish::<A, _>(&operations::T02, outcome.await)
    }
}
///The operations tagged `t03`: one method each, to be written by hand.
pub(crate) trait T03Api: runtime::Service {
    ///`GET /t03`
    fn t03(
        &self,
        params: T03Params,
    ) -> impl std::future::Future<Output = Result<T03Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T03Api for Unimplemented<S> {
    async fn t03(&self, _: T03Params) -> Result<T03Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t03",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T03Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T03Api> T03Server<A> {
    #[oai(path = "/t03", method = "get", operation_id = "t03", tag = "Tag::T03")]
    async fn t03(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T03Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T03, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t03(T03Params {}).await
        };
        runtime::finish::<A, _>(&operations::T03, outcome.await)
    }
}
///The operations tagged `t04`: one method each, to be written by hand.
pub(crate) trait T04Api: runtime::Service {
    ///`GET /t04`
    fn t04(
        &self,
        params: T04Params,
    ) -> impl std::future::Future<Output = Result<T04Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T04Api for Unimplemented<S> {
    async fn t04(&self, _: T04Params) -> Result<T04Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t04",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T04Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T04Api> T04Server<A> {
    #[oai(path = "/t04", method = "get", operation_id = "t04", tag = "Tag::T04")]
    async fn t04(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T04Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T04, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t04(T04Params {}).await
        };
        runtime::finish::<A, _>(&operations::T04, outcome.await)
    }
}
///The operations tagged `t05`: one method each, to be written by hand.
pub(crate) trait T05Api: runtime::Service {
    ///`GET /t05`
    fn t05(
        &self,
        params: T05Params,
    ) -> impl std::future::Future<Output = Result<T05Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T05Api for Unimplemented<S> {
    async fn t05(&self, _: T05Params) -> Result<T05Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t05",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T05Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T05Api> T05Server<A> {
    #[oai(path = "/t05", method = "get", operation_id = "t05", tag = "Tag::T05")]
    async fn t05(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T05Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T05, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t05(T05Params {}).await
        };
        runtime::finish::<A, _>(&operations::T05, outcome.await)
    }
}
///The operations tagged `t06`: one method each, to be written by hand.
pub(crate) trait T06Api: runtime::Service {
    ///`GET /t06`
    fn t06(
        &self,
        params: T06Params,
    ) -> impl std::future::Future<Output = Result<T06Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T06Api for Unimplemented<S> {
    async fn t06(&self, _: T06Params) -> Result<T06Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t06",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T06Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T06Api> T06Server<A> {
    #[oai(path = "/t06", method = "get", operation_id = "t06", tag = "Tag::T06")]
    async fn t06(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T06Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T06, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t06(T06Params {}).await
        };
        runtime::finish::<A, _>(&operations::T06, outcome.await)
    }
}
///The operations tagged `t07`: one method each, to be written by hand.
pub(crate) trait T07Api: runtime::Service {
    ///`GET /t07`
    fn t07(
        &self,
        params: T07Params,
    ) -> impl std::future::Future<Output = Result<T07Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T07Api for Unimplemented<S> {
    async fn t07(&self, _: T07Params) -> Result<T07Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t07",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T07Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T07Api> T07Server<A> {
    #[oai(path = "/t07", method = "get", operation_id = "t07", tag = "Tag::T07")]
    async fn t07(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T07Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T07, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t07(T07Params {}).await
        };
        runtime::finish::<A, _>(&operations::T07, outcome.await)
    }
}
///The operations tagged `t08`: one method each, to be written by hand.
pub(crate) trait T08Api: runtime::Service {
    ///`GET /t08`
    fn t08(
        &self,
        params: T08Params,
    ) -> impl std::future::Future<Output = Result<T08Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T08Api for Unimplemented<S> {
    async fn t08(&self, _: T08Params) -> Result<T08Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t08",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T08Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T08Api> T08Server<A> {
    #[oai(path = "/t08", method = "get", operation_id = "t08", tag = "Tag::T08")]
    async fn t08(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T08Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T08, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t08(T08Params {}).await
        };
        runtime::finish::<A, _>(&operations::T08, outcome.await)
    }
}
///The operations tagged `t09`: one method each, to be written by hand.
pub(crate) trait T09Api: runtime::Service {
    ///`GET /t09`
    fn t09(
        &self,
        params: T09Params,
    ) -> impl std::future::Future<Output = Result<T09Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T09Api for Unimplemented<S> {
    async fn t09(&self, _: T09Params) -> Result<T09Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t09",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T09Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T09Api> T09Server<A> {
    #[oai(path = "/t09", method = "get", operation_id = "t09", tag = "Tag::T09")]
    async fn t09(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T09Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T09, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t09(T09Params {}).await
        };
        runtime::finish::<A, _>(&operations::T09, outcome.await)
    }
}
///The operations tagged `t10`: one method each, to be written by hand.
pub(crate) trait T10Api: runtime::Service {
    ///`GET /t10`
    fn t10(
        &self,
        params: T10Params,
    ) -> impl std::future::Future<Output = Result<T10Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T10Api for Unimplemented<S> {
    async fn t10(&self, _: T10Params) -> Result<T10Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t10",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T10Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T10Api> T10Server<A> {
    #[oai(path = "/t10", method = "get", operation_id = "t10", tag = "Tag::T10")]
    async fn t10(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T10Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T10, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t10(T10Params {}).await
        };
        runtime::finish::<A, _>(&operations::T10, outcome.await)
    }
}
///The operations tagged `t11`: one method each, to be written by hand.
pub(crate) trait T11Api: runtime::Service {
    ///`GET /t11`
    fn t11(
        &self,
        params: T11Params,
    ) -> impl std::future::Future<Output = Result<T11Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T11Api for Unimplemented<S> {
    async fn t11(&self, _: T11Params) -> Result<T11Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t11",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T11Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T11Api> T11Server<A> {
    #[oai(path = "/t11", method = "get", operation_id = "t11", tag = "Tag::T11")]
    async fn t11(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T11Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T11, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t11(T11Params {}).await
        };
        runtime::finish::<A, _>(&operations::T11, outcome.await)
    }
}
///The operations tagged `t12`: one method each, to be written by hand.
pub(crate) trait T12Api: runtime::Service {
    ///`GET /t12`
    fn t12(
        &self,
        params: T12Params,
    ) -> impl std::future::Future<Output = Result<T12Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T12Api for Unimplemented<S> {
    async fn t12(&self, _: T12Params) -> Result<T12Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t12",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T12Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T12Api> T12Server<A> {
    #[oai(path = "/t12", method = "get", operation_id = "t12", tag = "Tag::T12")]
    async fn t12(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T12Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T12, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t12(T12Params {}).await
        };
        runtime::finish::<A, _>(&operations::T12, outcome.await)
    }
}
///The operations tagged `t13`: one method each, to be written by hand.
pub(crate) trait T13Api: runtime::Service {
    ///`GET /t13`
    fn t13(
        &self,
        params: T13Params,
    ) -> impl std::future::Future<Output = Result<T13Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T13Api for Unimplemented<S> {
    async fn t13(&self, _: T13Params) -> Result<T13Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t13",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T13Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T13Api> T13Server<A> {
    #[oai(path = "/t13", method = "get", operation_id = "t13", tag = "Tag::T13")]
    async fn t13(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T13Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T13, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t13(T13Params {}).await
        };
        runtime::finish::<A, _>(&operations::T13, outcome.await)
    }
}
///The operations tagged `t14`: one method each, to be written by hand.
pub(crate) trait T14Api: runtime::Service {
    ///`GET /t14`
    fn t14(
        &self,
        params: T14Params,
    ) -> impl std::future::Future<Output = Result<T14Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T14Api for Unimplemented<S> {
    async fn t14(&self, _: T14Params) -> Result<T14Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t14",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T14Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T14Api> T14Server<A> {
    #[oai(path = "/t14", method = "get", operation_id = "t14", tag = "Tag::T14")]
    async fn t14(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T14Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T14, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t14(T14Params {}).await
        };
        runtime::finish::<A, _>(&operations::T14, outcome.await)
    }
}
///The operations tagged `t15`: one method each, to be written by hand.
pub(crate) trait T15Api: runtime::Service {
    ///`GET /t15`
    fn t15(
        &self,
        params: T15Params,
    ) -> impl std::future::Future<Output = Result<T15Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T15Api for Unimplemented<S> {
    async fn t15(&self, _: T15Params) -> Result<T15Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t15",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T15Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T15Api> T15Server<A> {
    #[oai(path = "/t15", method = "get", operation_id = "t15", tag = "Tag::T15")]
    async fn t15(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T15Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T15, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t15(T15Params {}).await
        };
        runtime::finish::<A, _>(&operations::T15, outcome.await)
    }
}
///The operations tagged `t16`: one method each, to be written by hand.
pub(crate) trait T16Api: runtime::Service {
    ///`GET /t16`
    fn t16(
        &self,
        params: T16Params,
    ) -> impl std::future::Future<Output = Result<T16Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T16Api for Unimplemented<S> {
    async fn t16(&self, _: T16Params) -> Result<T16Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t16",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T16Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T16Api> T16Server<A> {
    #[oai(path = "/t16", method = "get", operation_id = "t16", tag = "Tag::T16")]
    async fn t16(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T16Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T16, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t16(T16Params {}).await
        };
        runtime::finish::<A, _>(&operations::T16, outcome.await)
    }
}
///The operations tagged `t17`: one method each, to be written by hand.
pub(crate) trait T17Api: runtime::Service {
    ///`GET /t17`
    fn t17(
        &self,
        params: T17Params,
    ) -> impl std::future::Future<Output = Result<T17Response, Self::Error>> + Send;
}
#[cfg(test)]
impl<S: runtime::Service> T17Api for Unimplemented<S> {
    async fn t17(&self, _: T17Params) -> Result<T17Response, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "t17",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct T17Server<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: T17Api> T17Server<A> {
    #[oai(path = "/t17", method = "get", operation_id = "t17", tag = "Tag::T17")]
    async fn t17(
        &self,
        request: &Request,
    ) -> poem::Result<runtime::Answered<T17Response>> {
        let outcome = async {
            let mut broken = runtime::unknown_options(&operations::T17, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.t17(T17Params {}).await
        };
        runtime::finish::<A, _>(&operations::T17, outcome.await)
    }
}
/// The security scheme of the document.
struct Bearer;
impl runtime::Scheme for Bearer {
    const NAME: &'static str = "bearer";
    fn describe() -> poem_openapi::registry::MetaSecurityScheme {
        poem_openapi::registry::MetaSecurityScheme {
            ty: "http",
            description: None,
            name: None,
            key_in: None,
            scheme: Some("bearer"),
            bearer_format: None,
            flows: None,
            openid_connect_url: None,
        }
    }
}
/// The tags of the document.
enum Tag {
    T00,
    T01,
    T02,
    T03,
    T04,
    T05,
    T06,
    T07,
    T08,
    T09,
    T10,
    T11,
    T12,
    T13,
    T14,
    T15,
    T16,
    T17,
}
impl poem_openapi::Tags for Tag {
    fn register(&self, registry: &mut Registry) {
        registry
            .create_tag(
                match self {
                    Self::T00 => {
                        poem_openapi::registry::MetaTag {
                            name: "t00",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T01 => {
                        poem_openapi::registry::MetaTag {
                            name: "t01",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T02 => {
                        poem_openapi::registry::MetaTag {
                            name: "t02",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T03 => {
                        poem_openapi::registry::MetaTag {
                            name: "t03",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T04 => {
                        poem_openapi::registry::MetaTag {
                            name: "t04",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T05 => {
                        poem_openapi::registry::MetaTag {
                            name: "t05",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T06 => {
                        poem_openapi::registry::MetaTag {
                            name: "t06",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T07 => {
                        poem_openapi::registry::MetaTag {
                            name: "t07",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T08 => {
                        poem_openapi::registry::MetaTag {
                            name: "t08",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T09 => {
                        poem_openapi::registry::MetaTag {
                            name: "t09",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T10 => {
                        poem_openapi::registry::MetaTag {
                            name: "t10",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T11 => {
                        poem_openapi::registry::MetaTag {
                            name: "t11",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T12 => {
                        poem_openapi::registry::MetaTag {
                            name: "t12",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T13 => {
                        poem_openapi::registry::MetaTag {
                            name: "t13",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T14 => {
                        poem_openapi::registry::MetaTag {
                            name: "t14",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T15 => {
                        poem_openapi::registry::MetaTag {
                            name: "t15",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T16 => {
                        poem_openapi::registry::MetaTag {
                            name: "t16",
                            description: None,
                            external_docs: None,
                        }
                    }
                    Self::T17 => {
                        poem_openapi::registry::MetaTag {
                            name: "t17",
                            description: None,
                            external_docs: None,
                        }
                    }
                },
            );
    }
    fn name(&self) -> &'static str {
        match self {
            Self::T00 => "t00",
            Self::T01 => "t01",
            Self::T02 => "t02",
            Self::T03 => "t03",
            Self::T04 => "t04",
            Self::T05 => "t05",
            Self::T06 => "t06",
            Self::T07 => "t07",
            Self::T08 => "t08",
            Self::T09 => "t09",
            Self::T10 => "t10",
            Self::T11 => "t11",
            Self::T12 => "t12",
            Self::T13 => "t13",
            Self::T14 => "t14",
            Self::T15 => "t15",
            Self::T16 => "t16",
            Self::T17 => "t17",
        }
    }
}
/// Every operation of the document, for [`poem_openapi::OpenApiService`].
pub(crate) fn servers<
    A: Api + T00Api + T01Api + T02Api + T03Api + T04Api + T05Api + T06Api + T07Api
        + T08Api + T09Api + T10Api + T11Api + T12Api + T13Api + T14Api + T15Api + T16Api
        + T17Api,
>(api: &std::sync::Arc<A>) -> impl poem_openapi::OpenApi + use<A> {
    (
        (
            Server(api.clone()),
            T00Server(api.clone()),
            T01Server(api.clone()),
            T02Server(api.clone()),
            T03Server(api.clone()),
            T04Server(api.clone()),
            T05Server(api.clone()),
            T06Server(api.clone()),
            T07Server(api.clone()),
            T08Server(api.clone()),
            T09Server(api.clone()),
            T10Server(api.clone()),
            T11Server(api.clone()),
            T12Server(api.clone()),
            T13Server(api.clone()),
            T14Server(api.clone()),
        ),
        (T15Server(api.clone()), T16Server(api.clone()), T17Server(api.clone())),
    )
}
/// Every operation, with what the document says of itself.
pub(crate) fn service<
    A: Api + T00Api + T01Api + T02Api + T03Api + T04Api + T05Api + T06Api + T07Api
        + T08Api + T09Api + T10Api + T11Api + T12Api + T13Api + T14Api + T15Api + T16Api
        + T17Api,
>(
    api: &std::sync::Arc<A>,
) -> poem_openapi::OpenApiService<impl poem_openapi::OpenApi + use<A>, ()> {
    poem_openapi::OpenApiService::new(servers(api), TITLE, VERSION)
}
/// Every operation, served under each of the document's `servers`.
pub(crate) fn routes<
    A: Api + T00Api + T01Api + T02Api + T03Api + T04Api + T05Api + T06Api + T07Api
        + T08Api + T09Api + T10Api + T11Api + T12Api + T13Api + T14Api + T15Api + T16Api
        + T17Api,
>(api: &std::sync::Arc<A>) -> poem::Route {
    let mount = |route: poem::Route, prefix: &&str| route.nest(*prefix, service(api));
    SERVERS.iter().fold(poem::Route::new(), mount)
}
/// Regular expressions of the document.
mod patterns {
    use super::runtime::Pattern;
}
