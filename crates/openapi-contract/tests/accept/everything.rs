use ::openapi_contract_runtime as runtime;
use runtime::{poem, poem_openapi};
/// `info.title`.
pub(crate) const TITLE: &str = "Everything";
/// `info.version`.
pub(crate) const VERSION: &str = "2.1.0";
/// `servers`: the paths under which every operation is served; empty is the root.
pub(crate) static SERVERS: &[&str] = &["/v1", "/api/v2"];
/// `x-path-aliases`: another spelling of a path prefix, and the prefix.
pub(crate) static PATH_ALIASES: &[(&str, &str)] = &[("/others", "/things/other")];
/// Every permission that some operation asks for.
pub(crate) static PERMISSIONS: &[&str] = &["Things.Read", "Things.Write"];
/// The schemas of the document: those that it names, and objects, enumerations and choices in place.
pub(crate) mod types {
    use super::{
        poem_openapi::registry::{MetaDiscriminatorObject, MetaSchema, Registry},
        runtime::{self, ToJson as _},
        types,
    };
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Failure {
        pub(crate) message: String,
    }
    impl Failure {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["message"];
    }
    impl runtime::ToJson for Failure {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"message\":", &self.message);
            object_.end();
        }
    }
    impl runtime::Described for Failure {
        const NAME: &'static str = "Failure";
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
    pub(crate) struct Things {
        pub(crate) odata_count: Option<i64>,
        pub(crate) value: Vec<types::Thing>,
    }
    impl Things {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["@odata.count", "value"];
    }
    impl runtime::ToJson for Things {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.optional("\"@odata.count\":", self.odata_count.as_ref());
            object_.member("\"value\":", &self.value);
            object_.end();
        }
    }
    impl runtime::Described for Things {
        const NAME: &'static str = "Things";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["value"]);
            schema.properties = Vec::from([
                (
                    "@odata.count",
                    runtime::inline(MetaSchema {
                        ty: "integer",
                        format: Some("int64"),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "value",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(runtime::described::<types::Thing>(registry)),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    ///What only others are composed of.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Base {
        ///A keyword of Rust.
        pub(crate) r#type: String,
        ///A name that generated code has too.
        pub(crate) at: Option<String>,
    }
    impl Base {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["type", "at"];
    }
    impl runtime::ToJson for Base {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"type\":", &self.r#type);
            object_.optional("\"at\":", self.at.as_ref());
            object_.end();
        }
    }
    impl runtime::Described for Base {
        const NAME: &'static str = "Base";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("What only others are composed of."),
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["type"]);
            schema.properties = Vec::from([
                (
                    "type",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        description: Some("A keyword of Rust."),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "at",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        description: Some("A name that generated code has too."),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    ///A thing, composed.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Thing {
        ///A keyword of Rust.
        pub(crate) r#type: String,
        ///A name that generated code has too.
        pub(crate) at: Option<String>,
        pub(crate) kind: types::KindOf,
        pub(crate) maybe: Option<String>,
        ///With notes beside a reference.
        pub(crate) object: runtime::Member<types::Rules>,
        pub(crate) computed: Option<types::Rules>,
        pub(crate) computed_too: runtime::Member<i64>,
        pub(crate) free: Option<types::Free>,
        pub(crate) shape: Option<types::Shape>,
        pub(crate) old: Option<bool>,
        pub(crate) _3d: Option<bool>,
        pub(crate) parts: Option<Vec<types::Thing>>,
    }
    impl Thing {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &[
            "type",
            "at",
            "kind",
            "maybe",
            "object",
            "computed",
            "computedToo",
            "free",
            "shape",
            "old",
            "3d",
            "parts",
        ];
    }
    impl runtime::FromJson for Thing {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let r#type = object_
                .required(
                    "type",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let at = object_
                .optional(
                    "at",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let kind = object_
                .required(
                    "kind",
                    at_,
                    |node, at| <types::KindOf as runtime::FromJson>::from_json(node, at),
                );
            let maybe = object_
                .required_nullable(
                    "maybe",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let object = object_
                .optional_nullable(
                    "object",
                    at_,
                    |node, at| <types::Rules as runtime::FromJson>::from_json(node, at),
                );
            object_.ignore("computed");
            object_.ignore("computedToo");
            let free = object_
                .optional(
                    "free",
                    at_,
                    |node, at| <types::Free as runtime::FromJson>::from_json(node, at),
                );
            let shape = object_
                .optional(
                    "shape",
                    at_,
                    |node, at| <types::Shape as runtime::FromJson>::from_json(node, at),
                );
            let old = object_.optional("old", at_, |node, at| at.boolean(&node));
            let _3d = object_.optional("3d", at_, |node, at| at.boolean(&node));
            let parts = object_
                .optional(
                    "parts",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| <types::Thing as runtime::FromJson>::from_json(
                                    node,
                                    at,
                                ),
                            )
                    },
                );
            object_.open(Self::MEMBERS, at_);
            Some(Self {
                r#type: r#type?,
                at: at?,
                kind: kind?,
                maybe: maybe?,
                object: object?,
                computed: None,
                computed_too: runtime::Member::Absent,
                free: free?,
                shape: shape?,
                old: old?,
                _3d: _3d?,
                parts: parts?,
            })
        }
    }
    impl runtime::ToJson for Thing {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"type\":", &self.r#type);
            object_.optional("\"at\":", self.at.as_ref());
            object_.member("\"kind\":", &self.kind);
            object_.member("\"maybe\":", &self.maybe);
            object_.optional_nullable("\"object\":", &self.object);
            object_.optional("\"computed\":", self.computed.as_ref());
            object_.optional_nullable("\"computedToo\":", &self.computed_too);
            object_.optional("\"free\":", self.free.as_ref());
            object_.optional("\"shape\":", self.shape.as_ref());
            object_.optional("\"old\":", self.old.as_ref());
            object_.optional("\"3d\":", self._3d.as_ref());
            object_.optional("\"parts\":", self.parts.as_ref());
            object_.end();
        }
    }
    impl runtime::Described for Thing {
        const NAME: &'static str = "Thing";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("A thing, composed."),
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["type", "kind", "maybe"]);
            schema.properties = Vec::from([
                (
                    "type",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        description: Some("A keyword of Rust."),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "at",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        description: Some("A name that generated code has too."),
                        ..MetaSchema::ANY
                    }),
                ),
                ("kind", runtime::described::<types::KindOf>(registry)),
                (
                    "maybe",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "object",
                    runtime::noted::<
                        types::Rules,
                    >(
                        registry,
                        MetaSchema {
                            description: Some("With notes beside a reference."),
                            nullable: true,
                            ..MetaSchema::ANY
                        },
                    ),
                ),
                (
                    "computed",
                    runtime::noted::<
                        types::Rules,
                    >(
                        registry,
                        MetaSchema {
                            read_only: true,
                            ..MetaSchema::ANY
                        },
                    ),
                ),
                (
                    "computedToo",
                    runtime::inline(MetaSchema {
                        ty: "integer",
                        format: Some("int64"),
                        nullable: true,
                        read_only: true,
                        ..MetaSchema::ANY
                    }),
                ),
                ("free", runtime::described::<types::Free>(registry)),
                ("shape", runtime::described::<types::Shape>(registry)),
                (
                    "old",
                    runtime::inline(MetaSchema {
                        ty: "boolean",
                        deprecated: true,
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "3d",
                    runtime::inline(MetaSchema {
                        ty: "boolean",
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "parts",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(runtime::described::<types::Thing>(registry)),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    ///Closed, with every rule.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Rules {
        ///Short.
        pub(crate) text: Option<String>,
        pub(crate) clearable: runtime::Member<String>,
        pub(crate) int32: Option<i32>,
        pub(crate) small: Option<i32>,
        pub(crate) int64: Option<i64>,
        pub(crate) double: Option<f64>,
        pub(crate) share: Option<f64>,
        pub(crate) flag: Option<bool>,
        pub(crate) list: Option<Vec<String>>,
        pub(crate) table: Option<Vec<Vec<i32>>>,
        pub(crate) kinds: runtime::Member<Vec<types::KindOf>>,
    }
    impl Rules {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &[
            "text",
            "clearable",
            "int32",
            "small",
            "int64",
            "double",
            "share",
            "flag",
            "list",
            "table",
            "kinds",
        ];
    }
    impl runtime::FromJson for Rules {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let text = object_
                .optional(
                    "text",
                    at_,
                    |node, at| {
                        at
                            .text(
                                &node,
                                &runtime::TextRules {
                                    min: Some(1),
                                    max: Some(3),
                                    pattern: Some(&super::patterns::PATTERN_0),
                                    ..runtime::TextRules::NONE
                                },
                            )
                    },
                );
            let clearable = object_
                .optional_nullable(
                    "clearable",
                    at_,
                    |node, at| {
                        at
                            .text(
                                &node,
                                &runtime::TextRules {
                                    max: Some(3),
                                    ..runtime::TextRules::NONE
                                },
                            )
                    },
                );
            let int32 = object_
                .optional("int32", at_, |node, at| at.int32(&node, None, None));
            let small = object_
                .optional("small", at_, |node, at| at.int32(&node, Some(1), Some(3)));
            let int64 = object_
                .optional("int64", at_, |node, at| at.int64(&node, None, None));
            let double = object_
                .optional("double", at_, |node, at| at.double(&node, None, None));
            let share = object_
                .optional(
                    "share",
                    at_,
                    |node, at| at.double(&node, Some(0f64), Some(1f64)),
                );
            let flag = object_.optional("flag", at_, |node, at| at.boolean(&node));
            let list = object_
                .optional(
                    "list",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules {
                                    count: runtime::Count {
                                        min: Some(1),
                                        max: Some(3),
                                    },
                                    unique: true,
                                    ..runtime::ArrayRules::NONE
                                },
                                |node, at| {
                                    at
                                        .text(
                                            &node,
                                            &runtime::TextRules {
                                                max: Some(2),
                                                ..runtime::TextRules::NONE
                                            },
                                        )
                                },
                            )
                    },
                );
            let table = object_
                .optional(
                    "table",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| {
                                    at
                                        .array(
                                            node,
                                            &runtime::ArrayRules {
                                                count: runtime::Count {
                                                    min: None,
                                                    max: Some(2),
                                                },
                                                ..runtime::ArrayRules::NONE
                                            },
                                            |node, at| at.int32(&node, None, None),
                                        )
                                },
                            )
                    },
                );
            let kinds = object_
                .optional_nullable(
                    "kinds",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| <types::KindOf as runtime::FromJson>::from_json(
                                    node,
                                    at,
                                ),
                            )
                    },
                );
            object_.closed(at_)?;
            Some(Self {
                text: text?,
                clearable: clearable?,
                int32: int32?,
                small: small?,
                int64: int64?,
                double: double?,
                share: share?,
                flag: flag?,
                list: list?,
                table: table?,
                kinds: kinds?,
            })
        }
    }
    impl runtime::ToJson for Rules {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.optional("\"text\":", self.text.as_ref());
            object_.optional_nullable("\"clearable\":", &self.clearable);
            object_.optional("\"int32\":", self.int32.as_ref());
            object_.optional("\"small\":", self.small.as_ref());
            object_.optional("\"int64\":", self.int64.as_ref());
            object_.optional("\"double\":", self.double.as_ref());
            object_.optional("\"share\":", self.share.as_ref());
            object_.optional("\"flag\":", self.flag.as_ref());
            object_.optional("\"list\":", self.list.as_ref());
            object_.optional("\"table\":", self.table.as_ref());
            object_.optional_nullable("\"kinds\":", &self.kinds);
            object_.end();
        }
    }
    impl runtime::Described for Rules {
        const NAME: &'static str = "Rules";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("Closed, with every rule."),
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from([]);
            schema.properties = Vec::from([
                (
                    "text",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        min_length: Some(1),
                        max_length: Some(3),
                        pattern: Some("^[^\\x00-\\x1f]*$".to_owned()),
                        description: Some("Short."),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "clearable",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        max_length: Some(3),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "int32",
                    runtime::inline(MetaSchema {
                        ty: "integer",
                        format: Some("int32"),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "small",
                    runtime::inline(MetaSchema {
                        ty: "integer",
                        format: Some("int32"),
                        minimum: Some(1f64),
                        maximum: Some(3f64),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "int64",
                    runtime::inline(MetaSchema {
                        ty: "integer",
                        format: Some("int64"),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "double",
                    runtime::inline(MetaSchema {
                        ty: "number",
                        format: Some("double"),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "share",
                    runtime::inline(MetaSchema {
                        ty: "number",
                        format: Some("double"),
                        minimum: Some(0f64),
                        maximum: Some(1f64),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "flag",
                    runtime::inline(MetaSchema {
                        ty: "boolean",
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "list",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(
                                runtime::inline(MetaSchema {
                                    ty: "string",
                                    max_length: Some(2),
                                    ..MetaSchema::ANY
                                }),
                            ),
                        ),
                        min_items: Some(1),
                        max_items: Some(3),
                        unique_items: Some(true),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "table",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(
                                runtime::inline(MetaSchema {
                                    ty: "array",
                                    items: Some(
                                        Box::new(
                                            runtime::inline(MetaSchema {
                                                ty: "integer",
                                                format: Some("int32"),
                                                ..MetaSchema::ANY
                                            }),
                                        ),
                                    ),
                                    max_items: Some(2),
                                    ..MetaSchema::ANY
                                }),
                            ),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "kinds",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(runtime::described::<types::KindOf>(registry)),
                        ),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    ///An enumeration.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum KindOf {
        Big,
        Null,
        _3d,
        WithSpace,
        Type,
    }
    impl KindOf {
        /// Every value with its name. No value of a document is called so in Rust.
        pub(crate) const ALL_VALUES: &'static [(&'static str, Self)] = &[
            ("big", Self::Big),
            ("null", Self::Null),
            ("3d", Self::_3d),
            ("with space", Self::WithSpace),
            ("type", Self::Type),
        ];
        /// The name in the document.
        pub(crate) fn name(self) -> &'static str {
            match self {
                Self::Big => "big",
                Self::Null => "null",
                Self::_3d => "3d",
                Self::WithSpace => "with space",
                Self::Type => "type",
            }
        }
        /// The value of a name.
        pub(crate) fn from_name(name: &str) -> Option<Self> {
            match name {
                "big" => Some(Self::Big),
                "null" => Some(Self::Null),
                "3d" => Some(Self::_3d),
                "with space" => Some(Self::WithSpace),
                "type" => Some(Self::Type),
                _ => None,
            }
        }
    }
    impl runtime::Enumeration for KindOf {
        const VALUES: &'static [(&'static str, Self)] = Self::ALL_VALUES;
        const ANY_CASE: bool = false;
    }
    impl runtime::FromJson for KindOf {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            at_.one_of(&node)
        }
    }
    impl runtime::ToJson for KindOf {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let value: &str = match self {
                Self::Big => "\"big\"",
                Self::Null => "\"null\"",
                Self::_3d => "\"3d\"",
                Self::WithSpace => "\"with space\"",
                Self::Type => "\"type\"",
            };
            text_.extend_from_slice(value.as_bytes());
        }
    }
    impl runtime::Described for KindOf {
        const NAME: &'static str = "Kind-of";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("An enumeration."),
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
    ///Kept as sent.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Free(pub(crate) runtime::FreeObject);
    impl runtime::FromJson for Free {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            at_.read(node, |node, at| at.free(&node)).map(Self)
        }
    }
    impl runtime::ToJson for Free {
        fn to_json(&self, text_: &mut Vec<u8>) {
            self.0.to_json(text_);
        }
    }
    impl runtime::Described for Free {
        const NAME: &'static str = "Free";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("Kept as sent."),
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
    ///One of several.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) enum Shape {
        Circle(Circle),
        Square(Square),
    }
    impl runtime::FromJson for Shape {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            const VARIANTS: runtime::Variants = runtime::Variants {
                property: "@type",
                mapping: &[("circle", 0), ("round", 0), ("square", 1)],
                default: None,
                takes_others: false,
            };
            match at_.variant(node, &VARIANTS)? {
                (0, node) => {
                    <Circle as runtime::FromJson>::from_json(node, at_).map(Self::Circle)
                }
                (1, node) => {
                    <Square as runtime::FromJson>::from_json(node, at_).map(Self::Square)
                }
                _ => None,
            }
        }
    }
    impl runtime::ToJson for Shape {
        fn to_json(&self, text_: &mut Vec<u8>) {
            match self {
                Self::Circle(value) => value.to_json(text_),
                Self::Square(value) => value.to_json(text_),
            }
        }
    }
    impl runtime::Described for Shape {
        const NAME: &'static str = "Shape";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("One of several."),
                ..MetaSchema::ANY
            };
            schema.one_of = Vec::from([
                runtime::described::<Circle>(registry),
                runtime::described::<Square>(registry),
            ]);
            schema.discriminator = Some(MetaDiscriminatorObject {
                property_name: "@type",
                mapping: Vec::from([
                    ("circle".to_owned(), "#/components/schemas/Circle".to_owned()),
                    ("round".to_owned(), "#/components/schemas/Circle".to_owned()),
                    ("square".to_owned(), "#/components/schemas/Square".to_owned()),
                ]),
            });
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Circle {
        pub(crate) r#type: String,
        pub(crate) radius: f64,
    }
    impl Circle {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["@type", "radius"];
    }
    impl runtime::FromJson for Circle {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let r#type = object_
                .required(
                    "@type",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let radius = object_
                .required("radius", at_, |node, at| at.double(&node, None, None));
            object_.open(Self::MEMBERS, at_);
            Some(Self {
                r#type: r#type?,
                radius: radius?,
            })
        }
    }
    impl runtime::ToJson for Circle {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"@type\":", &self.r#type);
            object_.member("\"radius\":", &self.radius);
            object_.end();
        }
    }
    impl runtime::Described for Circle {
        const NAME: &'static str = "Circle";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["@type", "radius"]);
            schema.properties = Vec::from([
                (
                    "@type",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "radius",
                    runtime::inline(MetaSchema {
                        ty: "number",
                        format: Some("double"),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Square {
        ///Always `square`.
        pub(crate) r#type: String,
        pub(crate) sides: Option<Vec<types::Shape>>,
    }
    impl Square {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["@type", "sides"];
    }
    impl runtime::FromJson for Square {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let r#type = object_
                .required(
                    "@type",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let sides = object_
                .optional(
                    "sides",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| <types::Shape as runtime::FromJson>::from_json(
                                    node,
                                    at,
                                ),
                            )
                    },
                );
            object_.closed(at_)?;
            Some(Self {
                r#type: r#type?,
                sides: sides?,
            })
        }
    }
    impl runtime::ToJson for Square {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"@type\":", &self.r#type);
            object_.optional("\"sides\":", self.sides.as_ref());
            object_.end();
        }
    }
    impl runtime::Described for Square {
        const NAME: &'static str = "Square";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["@type"]);
            schema.properties = Vec::from([
                (
                    "@type",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        description: Some("Always `square`."),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "sides",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(runtime::described::<types::Shape>(registry)),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    ///Declared members, and whatever else.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Open {
        pub(crate) code: String,
        pub(crate) computed: Option<String>,
        pub(crate) any: Option<runtime::Json>,
        ///Any JSON.
        pub(crate) anything: Option<runtime::Json>,
        pub(crate) labels: Option<types::Labels>,
        pub(crate) counts: runtime::Member<runtime::Map<Option<i32>>>,
        ///Kept as sent.
        pub(crate) free: Option<runtime::FreeObject>,
        pub(crate) inner: Option<types::Inner>,
        pub(crate) formats: Option<types::Formats>,
        /// The members that the document does not declare.
        pub(crate) additional: runtime::Map<runtime::Json>,
    }
    impl Open {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &[
            "code",
            "computed",
            "any",
            "anything",
            "labels",
            "counts",
            "free",
            "inner",
            "formats",
        ];
    }
    impl runtime::FromJson for Open {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            object_
                .count(
                    runtime::Count {
                        min: Some(2),
                        max: Some(8),
                    },
                    at_,
                )?;
            let code = object_
                .required(
                    "code",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            object_.ignore("computed");
            let any = object_.optional("any", at_, |node, at| at.any(&node));
            let anything = object_.optional("anything", at_, |node, at| at.any(&node));
            let labels = object_
                .optional(
                    "labels",
                    at_,
                    |node, at| <types::Labels as runtime::FromJson>::from_json(node, at),
                );
            let counts = object_
                .optional_nullable(
                    "counts",
                    at_,
                    |node, at| {
                        at
                            .map(
                                node,
                                runtime::Count {
                                    min: None,
                                    max: None,
                                },
                                |node, at| {
                                    at.nullable(node, |node, at| at.int32(&node, None, None))
                                },
                            )
                    },
                );
            let free = object_.optional("free", at_, |node, at| at.free(&node));
            let inner = object_
                .optional(
                    "inner",
                    at_,
                    |node, at| <types::Inner as runtime::FromJson>::from_json(node, at),
                );
            let formats = object_
                .optional(
                    "formats",
                    at_,
                    |node, at| <types::Formats as runtime::FromJson>::from_json(node, at),
                );
            let additional = object_.others(at_, |node, at| at.any(&node));
            Some(Self {
                code: code?,
                computed: None,
                any: any?,
                anything: anything?,
                labels: labels?,
                counts: counts?,
                free: free?,
                inner: inner?,
                formats: formats?,
                additional: additional?,
            })
        }
    }
    impl runtime::ToJson for Open {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"code\":", &self.code);
            object_.optional("\"computed\":", self.computed.as_ref());
            object_.optional("\"any\":", self.any.as_ref());
            object_.optional("\"anything\":", self.anything.as_ref());
            object_.optional("\"labels\":", self.labels.as_ref());
            object_.optional_nullable("\"counts\":", &self.counts);
            object_.optional("\"free\":", self.free.as_ref());
            object_.optional("\"inner\":", self.inner.as_ref());
            object_.optional("\"formats\":", self.formats.as_ref());
            object_.others(Self::MEMBERS, &self.additional);
            object_.end();
        }
    }
    impl runtime::Described for Open {
        const NAME: &'static str = "Open";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("Declared members, and whatever else."),
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["code"]);
            schema.properties = Vec::from([
                (
                    "code",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "computed",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        read_only: true,
                        ..MetaSchema::ANY
                    }),
                ),
                ("any", runtime::inline(MetaSchema::ANY)),
                (
                    "anything",
                    runtime::inline(MetaSchema {
                        description: Some("Any JSON."),
                        deprecated: true,
                        ..MetaSchema::ANY
                    }),
                ),
                ("labels", runtime::described::<types::Labels>(registry)),
                (
                    "counts",
                    runtime::inline(MetaSchema {
                        ty: "object",
                        additional_properties: Some(
                            Box::new(
                                runtime::inline(MetaSchema {
                                    ty: "integer",
                                    format: Some("int32"),
                                    nullable: true,
                                    ..MetaSchema::ANY
                                }),
                            ),
                        ),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "free",
                    runtime::inline(MetaSchema {
                        ty: "object",
                        additional_properties: Some(
                            Box::new(runtime::inline(MetaSchema::ANY)),
                        ),
                        description: Some("Kept as sent."),
                        ..MetaSchema::ANY
                    }),
                ),
                ("inner", runtime::described::<types::Inner>(registry)),
                ("formats", runtime::described::<types::Formats>(registry)),
            ]);
            schema.additional_properties = Some(
                Box::new(runtime::inline(MetaSchema::ANY)),
            );
            schema.min_properties = Some(2);
            schema.max_properties = Some(8);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Inner {
        pub(crate) id: Option<String>,
        /// The members that the document does not declare.
        pub(crate) additional: runtime::Map<Vec<f64>>,
    }
    impl Inner {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["id"];
    }
    impl runtime::FromJson for Inner {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let id = object_
                .optional(
                    "id",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let additional = object_
                .others(
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| at.double(&node, None, None),
                            )
                    },
                );
            Some(Self {
                id: id?,
                additional: additional?,
            })
        }
    }
    impl runtime::ToJson for Inner {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.optional("\"id\":", self.id.as_ref());
            object_.others(Self::MEMBERS, &self.additional);
            object_.end();
        }
    }
    impl runtime::Described for Inner {
        const NAME: &'static str = "Inner";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from([]);
            schema.properties = Vec::from([
                (
                    "id",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema.additional_properties = Some(
                Box::new(
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(
                                runtime::inline(MetaSchema {
                                    ty: "number",
                                    ..MetaSchema::ANY
                                }),
                            ),
                        ),
                        description: Some("Lists only."),
                        ..MetaSchema::ANY
                    }),
                ),
            );
            schema
        }
    }
    ///A map.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Labels(pub(crate) runtime::Map<String>);
    impl runtime::FromJson for Labels {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            at_.read(
                    node,
                    |node, at| {
                        at
                            .map(
                                node,
                                runtime::Count {
                                    min: Some(1),
                                    max: Some(2),
                                },
                                |node, at| {
                                    at
                                        .text(
                                            &node,
                                            &runtime::TextRules {
                                                max: Some(3),
                                                ..runtime::TextRules::NONE
                                            },
                                        )
                                },
                            )
                    },
                )
                .map(Self)
        }
    }
    impl runtime::ToJson for Labels {
        fn to_json(&self, text_: &mut Vec<u8>) {
            self.0.to_json(text_);
        }
    }
    impl runtime::Described for Labels {
        const NAME: &'static str = "Labels";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("A map."),
                ..MetaSchema::ANY
            };
            schema = MetaSchema {
                ty: "object",
                additional_properties: Some(
                    Box::new(
                        runtime::inline(MetaSchema {
                            ty: "string",
                            max_length: Some(3),
                            ..MetaSchema::ANY
                        }),
                    ),
                ),
                min_properties: Some(1),
                max_properties: Some(2),
                ..schema
            };
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Formats {
        pub(crate) at: Option<String>,
        pub(crate) uri: Option<String>,
        pub(crate) uuid: Option<types::Uuid>,
        pub(crate) email: runtime::Member<String>,
        pub(crate) byte: Option<String>,
        pub(crate) integer: Option<i64>,
        pub(crate) number: Option<f64>,
    }
    impl Formats {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &[
            "at",
            "uri",
            "uuid",
            "email",
            "byte",
            "integer",
            "number",
        ];
    }
    impl runtime::FromJson for Formats {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let at = object_
                .optional(
                    "at",
                    at_,
                    |node, at| {
                        at
                            .text(
                                &node,
                                &runtime::TextRules {
                                    format: Some(runtime::Format::DateTime),
                                    ..runtime::TextRules::NONE
                                },
                            )
                    },
                );
            let uri = object_
                .optional(
                    "uri",
                    at_,
                    |node, at| {
                        at
                            .text(
                                &node,
                                &runtime::TextRules {
                                    max: Some(32),
                                    format: Some(runtime::Format::Uri),
                                    ..runtime::TextRules::NONE
                                },
                            )
                    },
                );
            let uuid = object_
                .optional(
                    "uuid",
                    at_,
                    |node, at| <types::Uuid as runtime::FromJson>::from_json(node, at),
                );
            let email = object_
                .optional_nullable(
                    "email",
                    at_,
                    |node, at| {
                        at
                            .text(
                                &node,
                                &runtime::TextRules {
                                    format: Some(runtime::Format::Email),
                                    ..runtime::TextRules::NONE
                                },
                            )
                    },
                );
            let byte = object_
                .optional(
                    "byte",
                    at_,
                    |node, at| {
                        at
                            .text(
                                &node,
                                &runtime::TextRules {
                                    format: Some(runtime::Format::Byte),
                                    ..runtime::TextRules::NONE
                                },
                            )
                    },
                );
            let integer = object_
                .optional("integer", at_, |node, at| at.int64(&node, Some(0), None));
            let number = object_
                .optional("number", at_, |node, at| at.double(&node, None, Some(1f64)));
            object_.open(Self::MEMBERS, at_);
            Some(Self {
                at: at?,
                uri: uri?,
                uuid: uuid?,
                email: email?,
                byte: byte?,
                integer: integer?,
                number: number?,
            })
        }
    }
    impl runtime::ToJson for Formats {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.optional("\"at\":", self.at.as_ref());
            object_.optional("\"uri\":", self.uri.as_ref());
            object_.optional("\"uuid\":", self.uuid.as_ref());
            object_.optional_nullable("\"email\":", &self.email);
            object_.optional("\"byte\":", self.byte.as_ref());
            object_.optional("\"integer\":", self.integer.as_ref());
            object_.optional("\"number\":", self.number.as_ref());
            object_.end();
        }
    }
    impl runtime::Described for Formats {
        const NAME: &'static str = "Formats";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from([]);
            schema.properties = Vec::from([
                (
                    "at",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        format: Some("date-time"),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "uri",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        format: Some("uri"),
                        max_length: Some(32),
                        ..MetaSchema::ANY
                    }),
                ),
                ("uuid", runtime::described::<types::Uuid>(registry)),
                (
                    "email",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        format: Some("email"),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "byte",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        format: Some("byte"),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "integer",
                    runtime::inline(MetaSchema {
                        ty: "integer",
                        minimum: Some(0f64),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "number",
                    runtime::inline(MetaSchema {
                        ty: "number",
                        maximum: Some(1f64),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    ///A named string.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Uuid(pub(crate) String);
    impl runtime::FromJson for Uuid {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            at_.read(
                    node,
                    |node, at| {
                        at
                            .text(
                                &node,
                                &runtime::TextRules {
                                    format: Some(runtime::Format::Uuid),
                                    ..runtime::TextRules::NONE
                                },
                            )
                    },
                )
                .map(Self)
        }
    }
    impl runtime::ToJson for Uuid {
        fn to_json(&self, text_: &mut Vec<u8>) {
            self.0.to_json(text_);
        }
    }
    impl runtime::Described for Uuid {
        const NAME: &'static str = "Uuid";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("A named string."),
                ..MetaSchema::ANY
            };
            schema = MetaSchema {
                ty: "string",
                format: Some("uuid"),
                ..schema
            };
            schema
        }
    }
    ///Read in other forms too.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Lenient {
        pub(crate) flag: Option<bool>,
        pub(crate) count: Option<i32>,
        pub(crate) share: runtime::Member<f64>,
        pub(crate) kind: Option<types::LenientKind>,
        pub(crate) names: Option<Vec<String>>,
        pub(crate) flags: Option<Vec<types::AnyCase>>,
        pub(crate) joined: runtime::Member<String>,
        pub(crate) inner: Option<types::Inner>,
        pub(crate) size: i32,
        pub(crate) order: types::LenientOrder,
        pub(crate) kinds: Vec<types::AnyCase>,
        pub(crate) none: Vec<String>,
        pub(crate) note: Option<String>,
        pub(crate) nothing: Option<bool>,
        pub(crate) chosen: types::AnyCase,
    }
    impl Lenient {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &[
            "flag",
            "count",
            "share",
            "kind",
            "names",
            "flags",
            "joined",
            "inner",
            "size",
            "order",
            "kinds",
            "none",
            "note",
            "nothing",
            "chosen",
        ];
    }
    impl runtime::FromJson for Lenient {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let flag = object_
                .optional_or_null("flag", at_, |node, at| at.boolean(&node.unquoted()));
            let count = object_
                .optional(
                    "count",
                    at_,
                    |node, at| at.int32(&node.unquoted(), None, Some(9)),
                );
            let share = object_
                .optional_nullable(
                    "share",
                    at_,
                    |node, at| at.double(&node.unquoted(), None, None),
                );
            let kind = object_
                .optional_or_null(
                    "kind",
                    at_,
                    |node, at| <types::LenientKind as runtime::FromJson>::from_json(
                        node,
                        at,
                    ),
                );
            let names = object_
                .optional_or_null(
                    "names",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules {
                                    count: runtime::Count {
                                        min: None,
                                        max: Some(2),
                                    },
                                    single: true,
                                    ..runtime::ArrayRules::NONE
                                },
                                |node, at| {
                                    at
                                        .text(
                                            &node,
                                            &runtime::TextRules {
                                                max: Some(3),
                                                ..runtime::TextRules::NONE
                                            },
                                        )
                                },
                            )
                    },
                );
            let flags = object_
                .optional(
                    "flags",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules {
                                    comma: true,
                                    ..runtime::ArrayRules::NONE
                                },
                                |node, at| <types::AnyCase as runtime::FromJson>::from_json(
                                    node,
                                    at,
                                ),
                            )
                    },
                );
            let joined = object_
                .optional_nullable(
                    "joined",
                    at_,
                    |node, at| {
                        at
                            .joined(
                                &node,
                                &runtime::TextRules {
                                    pattern: Some(&super::patterns::PATTERN_1),
                                    ..runtime::TextRules::NONE
                                },
                            )
                    },
                );
            let inner = object_
                .optional_or_null(
                    "inner",
                    at_,
                    |node, at| <types::Inner as runtime::FromJson>::from_json(node, at),
                );
            let size = object_
                .optional("size", at_, |node, at| at.int32(&node, Some(1), None))
                .map(|read| read.unwrap_or_else(|| 25));
            let order = object_
                .optional_or_null(
                    "order",
                    at_,
                    |node, at| <types::LenientOrder as runtime::FromJson>::from_json(
                        node,
                        at,
                    ),
                )
                .map(|read| {
                    read
                        .unwrap_or_else(|| {
                            types::LenientOrder::from_name("up")
                                .expect("the generator has looked it up")
                        })
                });
            let kinds = object_
                .optional(
                    "kinds",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| <types::AnyCase as runtime::FromJson>::from_json(
                                    node,
                                    at,
                                ),
                            )
                    },
                )
                .map(|read| {
                    read
                        .unwrap_or_else(|| Vec::from([
                            types::AnyCase::from_name("read")
                                .expect("the generator has looked it up"),
                        ]))
                });
            let none = object_
                .optional(
                    "none",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| at.text(&node, &runtime::TextRules::NONE),
                            )
                    },
                )
                .map(|read| read.unwrap_or_else(|| Vec::from([])));
            let note = object_
                .optional_nullable(
                    "note",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                )
                .map(|read| read.or_if_absent(|| Some("a note".to_owned())));
            let nothing = object_
                .optional_nullable("nothing", at_, |node, at| at.boolean(&node))
                .map(|read| read.or_if_absent(|| None));
            let chosen = object_
                .optional(
                    "chosen",
                    at_,
                    |node, at| <types::AnyCase as runtime::FromJson>::from_json(node, at),
                )
                .map(|read| {
                    read
                        .unwrap_or_else(|| {
                            types::AnyCase::from_name("write")
                                .expect("the generator has looked it up")
                        })
                });
            object_.open(Self::MEMBERS, at_);
            Some(Self {
                flag: flag?,
                count: count?,
                share: share?,
                kind: kind?,
                names: names?,
                flags: flags?,
                joined: joined?,
                inner: inner?,
                size: size?,
                order: order?,
                kinds: kinds?,
                none: none?,
                note: note?,
                nothing: nothing?,
                chosen: chosen?,
            })
        }
    }
    impl runtime::ToJson for Lenient {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.optional("\"flag\":", self.flag.as_ref());
            object_.optional("\"count\":", self.count.as_ref());
            object_.optional_nullable("\"share\":", &self.share);
            object_.optional("\"kind\":", self.kind.as_ref());
            object_.optional("\"names\":", self.names.as_ref());
            object_.optional("\"flags\":", self.flags.as_ref());
            object_.optional_nullable("\"joined\":", &self.joined);
            object_.optional("\"inner\":", self.inner.as_ref());
            object_.member("\"size\":", &self.size);
            object_.member("\"order\":", &self.order);
            object_.member("\"kinds\":", &self.kinds);
            object_.member("\"none\":", &self.none);
            object_.member("\"note\":", &self.note);
            object_.member("\"nothing\":", &self.nothing);
            object_.member("\"chosen\":", &self.chosen);
            object_.end();
        }
    }
    impl runtime::Described for Lenient {
        const NAME: &'static str = "Lenient";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("Read in other forms too."),
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from([]);
            schema.properties = Vec::from([
                (
                    "flag",
                    runtime::inline(MetaSchema {
                        ty: "boolean",
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "count",
                    runtime::inline(MetaSchema {
                        ty: "integer",
                        format: Some("int32"),
                        maximum: Some(9f64),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "share",
                    runtime::inline(MetaSchema {
                        ty: "number",
                        format: Some("double"),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
                ("kind", runtime::described::<types::LenientKind>(registry)),
                (
                    "names",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(
                                runtime::inline(MetaSchema {
                                    ty: "string",
                                    max_length: Some(3),
                                    ..MetaSchema::ANY
                                }),
                            ),
                        ),
                        max_items: Some(2),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "flags",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(runtime::described::<types::AnyCase>(registry)),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "joined",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        pattern: Some("^(a|b)(, ?(a|b))*$".to_owned()),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
                ("inner", runtime::described::<types::Inner>(registry)),
                (
                    "size",
                    runtime::inline(MetaSchema {
                        ty: "integer",
                        format: Some("int32"),
                        minimum: Some(1f64),
                        default: runtime::serde_json::from_str("25").ok(),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "order",
                    runtime::noted::<
                        types::LenientOrder,
                    >(
                        registry,
                        MetaSchema {
                            default: runtime::serde_json::from_str("\"up\"").ok(),
                            ..MetaSchema::ANY
                        },
                    ),
                ),
                (
                    "kinds",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(runtime::described::<types::AnyCase>(registry)),
                        ),
                        default: runtime::serde_json::from_str("[\"read\"]").ok(),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "none",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(
                                runtime::inline(MetaSchema {
                                    ty: "string",
                                    ..MetaSchema::ANY
                                }),
                            ),
                        ),
                        default: runtime::serde_json::from_str("[]").ok(),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "note",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        default: runtime::serde_json::from_str("\"a note\"").ok(),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "nothing",
                    runtime::inline(MetaSchema {
                        ty: "boolean",
                        default: runtime::serde_json::from_str("null").ok(),
                        nullable: true,
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "chosen",
                    runtime::noted::<
                        types::AnyCase,
                    >(
                        registry,
                        MetaSchema {
                            default: runtime::serde_json::from_str("\"write\"").ok(),
                            ..MetaSchema::ANY
                        },
                    ),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum AnyCase {
        Read,
        Write,
    }
    impl AnyCase {
        /// Every value with its name. No value of a document is called so in Rust.
        pub(crate) const ALL_VALUES: &'static [(&'static str, Self)] = &[
            ("read", Self::Read),
            ("write", Self::Write),
        ];
        /// The name in the document.
        pub(crate) fn name(self) -> &'static str {
            match self {
                Self::Read => "read",
                Self::Write => "write",
            }
        }
        /// The value of a name.
        pub(crate) fn from_name(name: &str) -> Option<Self> {
            match name {
                "read" => Some(Self::Read),
                "write" => Some(Self::Write),
                _ => None,
            }
        }
    }
    impl runtime::Enumeration for AnyCase {
        const VALUES: &'static [(&'static str, Self)] = Self::ALL_VALUES;
        const ANY_CASE: bool = true;
    }
    impl runtime::FromJson for AnyCase {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            at_.one_of(&node)
        }
    }
    impl runtime::ToJson for AnyCase {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let value: &str = match self {
                Self::Read => "\"read\"",
                Self::Write => "\"write\"",
            };
            text_.extend_from_slice(value.as_bytes());
        }
    }
    impl runtime::Described for AnyCase {
        const NAME: &'static str = "Any-case";
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
    ///Types in place; composed, with more beside it.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Places {
        ///A keyword of Rust.
        pub(crate) r#type: String,
        ///A name that generated code has too.
        pub(crate) at: Option<String>,
        ///An object in place.
        pub(crate) object: Option<types::PlacesObject>,
        pub(crate) maybe: runtime::Member<types::PlacesMaybe>,
        pub(crate) composed: Option<types::PlacesComposed>,
        pub(crate) value: Option<types::PlacesValue>,
        pub(crate) member: types::Member,
        pub(crate) members: Option<Vec<types::Member>>,
        pub(crate) resources: Option<Vec<types::PlacesResourcesItem>>,
        pub(crate) or_null: Option<Vec<Option<types::Member>>>,
    }
    impl Places {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &[
            "type",
            "at",
            "object",
            "maybe",
            "composed",
            "value",
            "member",
            "members",
            "resources",
            "orNull",
        ];
    }
    impl runtime::FromJson for Places {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let r#type = object_
                .required(
                    "type",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let at = object_
                .optional(
                    "at",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let object = object_
                .required_nullable(
                    "object",
                    at_,
                    |node, at| <types::PlacesObject as runtime::FromJson>::from_json(
                        node,
                        at,
                    ),
                );
            let maybe = object_
                .optional_nullable(
                    "maybe",
                    at_,
                    |node, at| <types::PlacesMaybe as runtime::FromJson>::from_json(
                        node,
                        at,
                    ),
                );
            let composed = object_
                .optional(
                    "composed",
                    at_,
                    |node, at| <types::PlacesComposed as runtime::FromJson>::from_json(
                        node,
                        at,
                    ),
                );
            let value = object_
                .optional(
                    "value",
                    at_,
                    |node, at| <types::PlacesValue as runtime::FromJson>::from_json(
                        node,
                        at,
                    ),
                );
            let member = object_
                .required(
                    "member",
                    at_,
                    |node, at| <types::Member as runtime::FromJson>::from_json(node, at),
                );
            let members = object_
                .optional(
                    "members",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| <types::Member as runtime::FromJson>::from_json(
                                    node,
                                    at,
                                ),
                            )
                    },
                );
            let resources = object_
                .optional(
                    "resources",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| <types::PlacesResourcesItem as runtime::FromJson>::from_json(
                                    node,
                                    at,
                                ),
                            )
                    },
                );
            let or_null = object_
                .optional(
                    "orNull",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| {
                                    at
                                        .nullable(
                                            node,
                                            |node, at| <types::Member as runtime::FromJson>::from_json(
                                                node,
                                                at,
                                            ),
                                        )
                                },
                            )
                    },
                );
            object_.open(Self::MEMBERS, at_);
            Some(Self {
                r#type: r#type?,
                at: at?,
                object: object?,
                maybe: maybe?,
                composed: composed?,
                value: value?,
                member: member?,
                members: members?,
                resources: resources?,
                or_null: or_null?,
            })
        }
    }
    impl runtime::ToJson for Places {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"type\":", &self.r#type);
            object_.optional("\"at\":", self.at.as_ref());
            object_.member("\"object\":", &self.object);
            object_.optional_nullable("\"maybe\":", &self.maybe);
            object_.optional("\"composed\":", self.composed.as_ref());
            object_.optional("\"value\":", self.value.as_ref());
            object_.member("\"member\":", &self.member);
            object_.optional("\"members\":", self.members.as_ref());
            object_.optional("\"resources\":", self.resources.as_ref());
            object_.optional("\"orNull\":", self.or_null.as_ref());
            object_.end();
        }
    }
    impl runtime::Described for Places {
        const NAME: &'static str = "Places";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("Types in place; composed, with more beside it."),
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["type", "object", "member"]);
            schema.properties = Vec::from([
                (
                    "type",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        description: Some("A keyword of Rust."),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "at",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        description: Some("A name that generated code has too."),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "object",
                    runtime::noted::<
                        types::PlacesObject,
                    >(
                        registry,
                        MetaSchema {
                            description: Some("An object in place."),
                            nullable: true,
                            ..MetaSchema::ANY
                        },
                    ),
                ),
                (
                    "maybe",
                    runtime::noted::<
                        types::PlacesMaybe,
                    >(
                        registry,
                        MetaSchema {
                            nullable: true,
                            ..MetaSchema::ANY
                        },
                    ),
                ),
                ("composed", runtime::described::<types::PlacesComposed>(registry)),
                ("value", runtime::described::<types::PlacesValue>(registry)),
                ("member", runtime::described::<types::Member>(registry)),
                (
                    "members",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(runtime::described::<types::Member>(registry)),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "resources",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(
                                runtime::described::<types::PlacesResourcesItem>(registry),
                            ),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "orNull",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(
                                runtime::noted::<
                                    types::Member,
                                >(
                                    registry,
                                    MetaSchema {
                                        nullable: true,
                                        ..MetaSchema::ANY
                                    },
                                ),
                            ),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    ///A person unless it says otherwise.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) enum Member {
        Person(Person),
        Group(Group),
    }
    impl runtime::FromJson for Member {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            const VARIANTS: runtime::Variants = runtime::Variants {
                property: "@type",
                mapping: &[("person", 0), ("group", 1)],
                default: Some(0),
                takes_others: false,
            };
            match at_.variant(node, &VARIANTS)? {
                (0, node) => {
                    <Person as runtime::FromJson>::from_json(node, at_).map(Self::Person)
                }
                (1, node) => {
                    <Group as runtime::FromJson>::from_json(node, at_).map(Self::Group)
                }
                _ => None,
            }
        }
    }
    impl runtime::ToJson for Member {
        fn to_json(&self, text_: &mut Vec<u8>) {
            match self {
                Self::Person(value) => value.to_json(text_),
                Self::Group(value) => value.to_json(text_),
            }
        }
    }
    impl runtime::Described for Member {
        const NAME: &'static str = "Member";
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("A person unless it says otherwise."),
                ..MetaSchema::ANY
            };
            schema.one_of = Vec::from([
                runtime::described::<Person>(registry),
                runtime::described::<Group>(registry),
            ]);
            schema.discriminator = Some(MetaDiscriminatorObject {
                property_name: "@type",
                mapping: Vec::from([
                    ("person".to_owned(), "#/components/schemas/Person".to_owned()),
                    ("group".to_owned(), "#/components/schemas/Group".to_owned()),
                ]),
            });
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Person {
        pub(crate) r#type: Option<String>,
        pub(crate) id: String,
    }
    impl Person {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["@type", "id"];
    }
    impl runtime::FromJson for Person {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let r#type = object_
                .optional(
                    "@type",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let id = object_
                .required(
                    "id",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            object_.open(Self::MEMBERS, at_);
            Some(Self { r#type: r#type?, id: id? })
        }
    }
    impl runtime::ToJson for Person {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.optional("\"@type\":", self.r#type.as_ref());
            object_.member("\"id\":", &self.id);
            object_.end();
        }
    }
    impl runtime::Described for Person {
        const NAME: &'static str = "Person";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["id"]);
            schema.properties = Vec::from([
                (
                    "@type",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "id",
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
    pub(crate) struct Group {
        pub(crate) r#type: String,
        pub(crate) id: String,
        pub(crate) size: Option<i32>,
    }
    impl Group {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["@type", "id", "size"];
    }
    impl runtime::FromJson for Group {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let r#type = object_
                .required(
                    "@type",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let id = object_
                .required(
                    "id",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let size = object_
                .optional("size", at_, |node, at| at.int32(&node, None, None));
            object_.open(Self::MEMBERS, at_);
            Some(Self {
                r#type: r#type?,
                id: id?,
                size: size?,
            })
        }
    }
    impl runtime::ToJson for Group {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"@type\":", &self.r#type);
            object_.member("\"id\":", &self.id);
            object_.optional("\"size\":", self.size.as_ref());
            object_.end();
        }
    }
    impl runtime::Described for Group {
        const NAME: &'static str = "Group";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["@type", "id"]);
            schema.properties = Vec::from([
                (
                    "@type",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "id",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "size",
                    runtime::inline(MetaSchema {
                        ty: "integer",
                        format: Some("int32"),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Entity {
        pub(crate) r#type: Option<String>,
        /// The members that the document does not declare.
        pub(crate) additional: runtime::Map<runtime::Json>,
    }
    impl Entity {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["@type"];
    }
    impl runtime::FromJson for Entity {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let r#type = object_
                .optional(
                    "@type",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let additional = object_.others(at_, |node, at| at.any(&node));
            Some(Self {
                r#type: r#type?,
                additional: additional?,
            })
        }
    }
    impl runtime::ToJson for Entity {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.optional("\"@type\":", self.r#type.as_ref());
            object_.others(Self::MEMBERS, &self.additional);
            object_.end();
        }
    }
    impl runtime::Described for Entity {
        const NAME: &'static str = "Entity";
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from([]);
            schema.properties = Vec::from([
                (
                    "@type",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema.additional_properties = Some(
                Box::new(runtime::inline(MetaSchema::ANY)),
            );
            schema
        }
    }
    ///Written in place.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct SendListsBody(pub(crate) Vec<types::Lenient>);
    impl runtime::FromJson for SendListsBody {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            at_.read(
                    node,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules {
                                    count: runtime::Count {
                                        min: Some(1),
                                        max: None,
                                    },
                                    ..runtime::ArrayRules::NONE
                                },
                                |node, at| <types::Lenient as runtime::FromJson>::from_json(
                                    node,
                                    at,
                                ),
                            )
                    },
                )
                .map(Self)
        }
    }
    impl runtime::ToJson for SendListsBody {
        fn to_json(&self, text_: &mut Vec<u8>) {
            self.0.to_json(text_);
        }
    }
    impl runtime::Described for SendListsBody {
        const NAME: &'static str = "SendListsBody";
        const IN_PLACE: bool = true;
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("Written in place."),
                ..MetaSchema::ANY
            };
            schema = MetaSchema {
                ty: "array",
                items: Some(Box::new(runtime::described::<types::Lenient>(registry))),
                min_items: Some(1),
                ..schema
            };
            schema
        }
    }
    ///As it was read.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct SendPlacesResponse200(pub(crate) runtime::Json);
    impl runtime::ToJson for SendPlacesResponse200 {
        fn to_json(&self, text_: &mut Vec<u8>) {
            self.0.to_json(text_);
        }
    }
    impl runtime::Described for SendPlacesResponse200 {
        const NAME: &'static str = "SendPlacesResponse200";
        const IN_PLACE: bool = true;
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("As it was read."),
                ..MetaSchema::ANY
            };
            schema
        }
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum LenientKind {
        One,
        TwoThree,
    }
    impl LenientKind {
        /// Every value with its name. No value of a document is called so in Rust.
        pub(crate) const ALL_VALUES: &'static [(&'static str, Self)] = &[
            ("one", Self::One),
            ("twoThree", Self::TwoThree),
        ];
        /// The name in the document.
        pub(crate) fn name(self) -> &'static str {
            match self {
                Self::One => "one",
                Self::TwoThree => "twoThree",
            }
        }
        /// The value of a name.
        pub(crate) fn from_name(name: &str) -> Option<Self> {
            match name {
                "one" => Some(Self::One),
                "twoThree" => Some(Self::TwoThree),
                _ => None,
            }
        }
    }
    impl runtime::Enumeration for LenientKind {
        const VALUES: &'static [(&'static str, Self)] = Self::ALL_VALUES;
        const ANY_CASE: bool = true;
    }
    impl runtime::FromJson for LenientKind {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            at_.one_of(&node)
        }
    }
    impl runtime::ToJson for LenientKind {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let value: &str = match self {
                Self::One => "\"one\"",
                Self::TwoThree => "\"twoThree\"",
            };
            text_.extend_from_slice(value.as_bytes());
        }
    }
    impl runtime::Described for LenientKind {
        const NAME: &'static str = "LenientKind";
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
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum LenientOrder {
        Up,
        Down,
    }
    impl LenientOrder {
        /// Every value with its name. No value of a document is called so in Rust.
        pub(crate) const ALL_VALUES: &'static [(&'static str, Self)] = &[
            ("up", Self::Up),
            ("down", Self::Down),
        ];
        /// The name in the document.
        pub(crate) fn name(self) -> &'static str {
            match self {
                Self::Up => "up",
                Self::Down => "down",
            }
        }
        /// The value of a name.
        pub(crate) fn from_name(name: &str) -> Option<Self> {
            match name {
                "up" => Some(Self::Up),
                "down" => Some(Self::Down),
                _ => None,
            }
        }
    }
    impl runtime::Enumeration for LenientOrder {
        const VALUES: &'static [(&'static str, Self)] = Self::ALL_VALUES;
        const ANY_CASE: bool = false;
    }
    impl runtime::FromJson for LenientOrder {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            at_.one_of(&node)
        }
    }
    impl runtime::ToJson for LenientOrder {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let value: &str = match self {
                Self::Up => "\"up\"",
                Self::Down => "\"down\"",
            };
            text_.extend_from_slice(value.as_bytes());
        }
    }
    impl runtime::Described for LenientOrder {
        const NAME: &'static str = "LenientOrder";
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
    ///An object in place.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct PlacesObject {
        pub(crate) a: String,
        pub(crate) deeper: Option<Vec<types::PlacesObjectDeeperItem>>,
    }
    impl PlacesObject {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["a", "deeper"];
    }
    impl runtime::FromJson for PlacesObject {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let a = object_
                .required(
                    "a",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let deeper = object_
                .optional(
                    "deeper",
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| <types::PlacesObjectDeeperItem as runtime::FromJson>::from_json(
                                    node,
                                    at,
                                ),
                            )
                    },
                );
            object_.closed(at_)?;
            Some(Self { a: a?, deeper: deeper? })
        }
    }
    impl runtime::ToJson for PlacesObject {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"a\":", &self.a);
            object_.optional("\"deeper\":", self.deeper.as_ref());
            object_.end();
        }
    }
    impl runtime::Described for PlacesObject {
        const NAME: &'static str = "PlacesObject";
        const IN_PLACE: bool = true;
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: Some("An object in place."),
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from(["a"]);
            schema.properties = Vec::from([
                (
                    "a",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "deeper",
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(
                                runtime::described::<
                                    types::PlacesObjectDeeperItem,
                                >(registry),
                            ),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum PlacesMaybe {
        One,
        Two,
    }
    impl PlacesMaybe {
        /// Every value with its name. No value of a document is called so in Rust.
        pub(crate) const ALL_VALUES: &'static [(&'static str, Self)] = &[
            ("one", Self::One),
            ("two", Self::Two),
        ];
        /// The name in the document.
        pub(crate) fn name(self) -> &'static str {
            match self {
                Self::One => "one",
                Self::Two => "two",
            }
        }
        /// The value of a name.
        pub(crate) fn from_name(name: &str) -> Option<Self> {
            match name {
                "one" => Some(Self::One),
                "two" => Some(Self::Two),
                _ => None,
            }
        }
    }
    impl runtime::Enumeration for PlacesMaybe {
        const VALUES: &'static [(&'static str, Self)] = Self::ALL_VALUES;
        const ANY_CASE: bool = false;
    }
    impl runtime::FromJson for PlacesMaybe {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            at_.one_of(&node)
        }
    }
    impl runtime::ToJson for PlacesMaybe {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let value: &str = match self {
                Self::One => "\"one\"",
                Self::Two => "\"two\"",
            };
            text_.extend_from_slice(value.as_bytes());
        }
    }
    impl runtime::Described for PlacesMaybe {
        const NAME: &'static str = "PlacesMaybe";
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
            schema.enum_items.insert(1, runtime::serde_json::Value::Null);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct PlacesComposed {
        pub(crate) id: Option<String>,
        pub(crate) c: Option<String>,
        /// The members that the document does not declare.
        pub(crate) additional: runtime::Map<Vec<f64>>,
    }
    impl PlacesComposed {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["id", "c"];
    }
    impl runtime::FromJson for PlacesComposed {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let id = object_
                .optional(
                    "id",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let c = object_
                .optional(
                    "c",
                    at_,
                    |node, at| at.text(&node, &runtime::TextRules::NONE),
                );
            let additional = object_
                .others(
                    at_,
                    |node, at| {
                        at
                            .array(
                                node,
                                &runtime::ArrayRules::NONE,
                                |node, at| at.double(&node, None, None),
                            )
                    },
                );
            Some(Self {
                id: id?,
                c: c?,
                additional: additional?,
            })
        }
    }
    impl runtime::ToJson for PlacesComposed {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.optional("\"id\":", self.id.as_ref());
            object_.optional("\"c\":", self.c.as_ref());
            object_.others(Self::MEMBERS, &self.additional);
            object_.end();
        }
    }
    impl runtime::Described for PlacesComposed {
        const NAME: &'static str = "PlacesComposed";
        const IN_PLACE: bool = true;
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from([]);
            schema.properties = Vec::from([
                (
                    "id",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
                (
                    "c",
                    runtime::inline(MetaSchema {
                        ty: "string",
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema.additional_properties = Some(
                Box::new(
                    runtime::inline(MetaSchema {
                        ty: "array",
                        items: Some(
                            Box::new(
                                runtime::inline(MetaSchema {
                                    ty: "number",
                                    ..MetaSchema::ANY
                                }),
                            ),
                        ),
                        description: Some("Lists only."),
                        ..MetaSchema::ANY
                    }),
                ),
            );
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) enum PlacesValue {
        Null,
        Text(String),
        Number(f64),
        Boolean(bool),
        Array(Vec<types::PlacesValueVariant4Item>),
        Object(types::Inner),
    }
    impl runtime::FromJson for PlacesValue {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            match node.json_type() {
                runtime::JsonType::Null => Some(Self::Null),
                runtime::JsonType::Text => {
                    at_.read(
                            node,
                            |node, at| {
                                at
                                    .text(
                                        &node,
                                        &runtime::TextRules {
                                            max: Some(3),
                                            ..runtime::TextRules::NONE
                                        },
                                    )
                            },
                        )
                        .map(Self::Text)
                }
                runtime::JsonType::Number => {
                    at_.read(node, |node, at| at.double(&node, None, None))
                        .map(Self::Number)
                }
                runtime::JsonType::Boolean => {
                    at_.read(node, |node, at| at.boolean(&node)).map(Self::Boolean)
                }
                runtime::JsonType::Array => {
                    at_.read(
                            node,
                            |node, at| {
                                at
                                    .array(
                                        node,
                                        &runtime::ArrayRules::NONE,
                                        |node, at| <types::PlacesValueVariant4Item as runtime::FromJson>::from_json(
                                            node,
                                            at,
                                        ),
                                    )
                            },
                        )
                        .map(Self::Array)
                }
                runtime::JsonType::Object => {
                    at_.read(
                            node,
                            |node, at| <types::Inner as runtime::FromJson>::from_json(
                                node,
                                at,
                            ),
                        )
                        .map(Self::Object)
                }
                _ => {
                    at_.wrong_type(
                        "a string or a number or true or false or an array or an object",
                        &node,
                    )
                }
            }
        }
    }
    impl runtime::ToJson for PlacesValue {
        fn to_json(&self, text_: &mut Vec<u8>) {
            match self {
                Self::Null => None::<bool>.to_json(text_),
                Self::Text(value) => value.to_json(text_),
                Self::Number(value) => value.to_json(text_),
                Self::Boolean(value) => value.to_json(text_),
                Self::Array(value) => value.to_json(text_),
                Self::Object(value) => value.to_json(text_),
            }
        }
    }
    impl runtime::Described for PlacesValue {
        const NAME: &'static str = "PlacesValue";
        const IN_PLACE: bool = true;
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.any_of = Vec::from([
                runtime::inline(MetaSchema {
                    ty: "string",
                    max_length: Some(3),
                    nullable: true,
                    ..MetaSchema::ANY
                }),
                runtime::inline(MetaSchema {
                    ty: "number",
                    format: Some("double"),
                    ..MetaSchema::ANY
                }),
                runtime::inline(MetaSchema {
                    ty: "boolean",
                    ..MetaSchema::ANY
                }),
                runtime::inline(MetaSchema {
                    ty: "array",
                    items: Some(
                        Box::new(
                            runtime::described::<
                                types::PlacesValueVariant4Item,
                            >(registry),
                        ),
                    ),
                    ..MetaSchema::ANY
                }),
                runtime::described::<types::Inner>(registry),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) enum PlacesResourcesItem {
        Circle(Circle),
        Entity(Entity),
    }
    impl runtime::FromJson for PlacesResourcesItem {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            const VARIANTS: runtime::Variants = runtime::Variants {
                property: "@type",
                mapping: &[("circle", 0)],
                default: Some(1),
                takes_others: true,
            };
            match at_.variant(node, &VARIANTS)? {
                (0, node) => {
                    <Circle as runtime::FromJson>::from_json(node, at_).map(Self::Circle)
                }
                (1, node) => {
                    <Entity as runtime::FromJson>::from_json(node, at_).map(Self::Entity)
                }
                _ => None,
            }
        }
    }
    impl runtime::ToJson for PlacesResourcesItem {
        fn to_json(&self, text_: &mut Vec<u8>) {
            match self {
                Self::Circle(value) => value.to_json(text_),
                Self::Entity(value) => value.to_json(text_),
            }
        }
    }
    impl runtime::Described for PlacesResourcesItem {
        const NAME: &'static str = "PlacesResourcesItem";
        const IN_PLACE: bool = true;
        fn describe(registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.one_of = Vec::from([
                runtime::described::<Circle>(registry),
                runtime::described::<Entity>(registry),
            ]);
            schema.discriminator = Some(MetaDiscriminatorObject {
                property_name: "@type",
                mapping: Vec::from([
                    ("circle".to_owned(), "#/components/schemas/Circle".to_owned()),
                ]),
            });
            schema
        }
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum SendListsOrder {
        Up,
        Down,
    }
    impl SendListsOrder {
        /// Every value with its name. No value of a document is called so in Rust.
        pub(crate) const ALL_VALUES: &'static [(&'static str, Self)] = &[
            ("up", Self::Up),
            ("down", Self::Down),
        ];
        /// The name in the document.
        pub(crate) fn name(self) -> &'static str {
            match self {
                Self::Up => "up",
                Self::Down => "down",
            }
        }
        /// The value of a name.
        pub(crate) fn from_name(name: &str) -> Option<Self> {
            match name {
                "up" => Some(Self::Up),
                "down" => Some(Self::Down),
                _ => None,
            }
        }
    }
    impl runtime::Enumeration for SendListsOrder {
        const VALUES: &'static [(&'static str, Self)] = Self::ALL_VALUES;
        const ANY_CASE: bool = true;
    }
    impl runtime::ToJson for SendListsOrder {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let value: &str = match self {
                Self::Up => "\"up\"",
                Self::Down => "\"down\"",
            };
            text_.extend_from_slice(value.as_bytes());
        }
    }
    impl runtime::Described for SendListsOrder {
        const NAME: &'static str = "SendListsOrder";
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
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct SendListsResponse200 {
        pub(crate) value: Vec<types::Lenient>,
    }
    impl SendListsResponse200 {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["value"];
    }
    impl runtime::ToJson for SendListsResponse200 {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.member("\"value\":", &self.value);
            object_.end();
        }
    }
    impl runtime::Described for SendListsResponse200 {
        const NAME: &'static str = "SendListsResponse200";
        const IN_PLACE: bool = true;
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
                            Box::new(runtime::described::<types::Lenient>(registry)),
                        ),
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct PlacesObjectDeeperItem {
        pub(crate) b: Option<bool>,
    }
    impl PlacesObjectDeeperItem {
        /// Its members, in the order of the document.
        pub(crate) const MEMBERS: &'static [&'static str] = &["b"];
    }
    impl runtime::FromJson for PlacesObjectDeeperItem {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            let mut object_ = at_.object(node)?;
            let b = object_.optional("b", at_, |node, at| at.boolean(&node));
            object_.open(Self::MEMBERS, at_);
            Some(Self { b: b? })
        }
    }
    impl runtime::ToJson for PlacesObjectDeeperItem {
        fn to_json(&self, text_: &mut Vec<u8>) {
            let mut object_ = runtime::ObjectWriter::new(text_);
            object_.optional("\"b\":", self.b.as_ref());
            object_.end();
        }
    }
    impl runtime::Described for PlacesObjectDeeperItem {
        const NAME: &'static str = "PlacesObjectDeeperItem";
        const IN_PLACE: bool = true;
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.ty = "object";
            schema.required = Vec::from([]);
            schema.properties = Vec::from([
                (
                    "b",
                    runtime::inline(MetaSchema {
                        ty: "boolean",
                        ..MetaSchema::ANY
                    }),
                ),
            ]);
            schema
        }
    }
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) enum PlacesValueVariant4Item {
        Text(String),
        Number(i64),
    }
    impl runtime::FromJson for PlacesValueVariant4Item {
        fn from_json(
            node: runtime::Node<'_>,
            at_: &mut runtime::Reader,
        ) -> Option<Self> {
            match node.json_type() {
                runtime::JsonType::Text => {
                    at_.read(node, |node, at| at.text(&node, &runtime::TextRules::NONE))
                        .map(Self::Text)
                }
                runtime::JsonType::Number => {
                    at_.read(node, |node, at| at.int64(&node, None, None))
                        .map(Self::Number)
                }
                _ => at_.wrong_type("a string or a number", &node),
            }
        }
    }
    impl runtime::ToJson for PlacesValueVariant4Item {
        fn to_json(&self, text_: &mut Vec<u8>) {
            match self {
                Self::Text(value) => value.to_json(text_),
                Self::Number(value) => value.to_json(text_),
            }
        }
    }
    impl runtime::Described for PlacesValueVariant4Item {
        const NAME: &'static str = "PlacesValueVariant4Item";
        const IN_PLACE: bool = true;
        fn describe(_registry: &mut Registry) -> MetaSchema {
            let mut schema = MetaSchema {
                description: None,
                ..MetaSchema::ANY
            };
            schema.one_of = Vec::from([
                runtime::inline(MetaSchema {
                    ty: "string",
                    ..MetaSchema::ANY
                }),
                runtime::inline(MetaSchema {
                    ty: "integer",
                    format: Some("int64"),
                    ..MetaSchema::ANY
                }),
            ]);
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
    pub(super) struct Top;
    impl runtime::Parameter for Top {
        const NAME: &'static str = "$top";
        const REQUIRED: bool = false;
        type Value = i32;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "integer",
                format: Some("int32"),
                minimum: Some(1f64),
                maximum: Some(999f64),
                default: runtime::serde_json::from_str("100").ok(),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(100) };
            runtime::int32(raw, Some(1), Some(999))
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct ListThingsFilter;
    impl runtime::Parameter for ListThingsFilter {
        const NAME: &'static str = "$filter";
        const REQUIRED: bool = false;
        type Value = String;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "string",
                min_length: Some(1),
                max_length: Some(8),
                pattern: Some("^[a-z ]*$".to_owned()),
                default: runtime::serde_json::from_str("\"a b\"").ok(),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok("a b".to_owned()) };
            runtime::text_value(
                    raw,
                    &runtime::TextRules {
                        min: Some(1),
                        max: Some(8),
                        pattern: Some(&super::patterns::PATTERN_2),
                        ..runtime::TextRules::NONE
                    },
                )
                .map(|()| raw.to_owned())
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct ListThingsExact;
    impl runtime::Parameter for ListThingsExact {
        const NAME: &'static str = "exact";
        const REQUIRED: bool = false;
        type Value = bool;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "boolean",
                default: runtime::serde_json::from_str("false").ok(),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(false) };
            runtime::boolean(raw)
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct ListThingsRatio;
    impl runtime::Parameter for ListThingsRatio {
        const NAME: &'static str = "ratio";
        const REQUIRED: bool = false;
        type Value = Option<f64>;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "number",
                format: Some("double"),
                minimum: Some(-0.5f64),
                maximum: Some(1f64),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(None) };
            runtime::double(raw, Some(-0.5f64), Some(1f64))
                .map(|value| Some(value))
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct ListThingsSince;
    impl runtime::Parameter for ListThingsSince {
        const NAME: &'static str = "since";
        const REQUIRED: bool = true;
        type Value = i64;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "integer",
                format: Some("int64"),
                minimum: Some(0f64),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Err((runtime::Kind::Missing, "is required".to_owned()))
            };
            runtime::int64(raw, Some(0), None)
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct ListThingsXTrace;
    impl runtime::Parameter for ListThingsXTrace {
        const NAME: &'static str = "X-Trace";
        const REQUIRED: bool = false;
        type Value = Option<String>;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "string",
                max_length: Some(4),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(None) };
            runtime::text_value(
                    raw,
                    &runtime::TextRules {
                        max: Some(4),
                        ..runtime::TextRules::NONE
                    },
                )
                .map(|()| raw.to_owned())
                .map(|value| Some(value))
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct ListThingsXDepth;
    impl runtime::Parameter for ListThingsXDepth {
        const NAME: &'static str = "x-depth";
        const REQUIRED: bool = true;
        type Value = i32;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "integer",
                format: Some("int32"),
                minimum: Some(1f64),
                maximum: Some(3f64),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Err((runtime::Kind::Missing, "is required".to_owned()))
            };
            runtime::int32(raw, Some(1), Some(3))
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct ThingId;
    impl runtime::Parameter for ThingId {
        const NAME: &'static str = "thing-id";
        const REQUIRED: bool = true;
        type Value = String;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "string",
                min_length: Some(1),
                max_length: Some(8),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Err((runtime::Kind::Missing, "is required".to_owned()))
            };
            runtime::text_value(
                    raw,
                    &runtime::TextRules {
                        min: Some(1),
                        max: Some(8),
                        ..runtime::TextRules::NONE
                    },
                )
                .map(|()| raw.to_owned())
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct UpdatePartPart;
    impl runtime::Parameter for UpdatePartPart {
        const NAME: &'static str = "part";
        const REQUIRED: bool = true;
        type Value = i32;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "integer",
                format: Some("int32"),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Err((runtime::Kind::Missing, "is required".to_owned()))
            };
            runtime::int32(raw, None, None)
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct PutPartPart;
    impl runtime::Parameter for PutPartPart {
        const NAME: &'static str = "part";
        const REQUIRED: bool = true;
        type Value = i32;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "integer",
                format: Some("int32"),
                minimum: Some(1f64),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Err((runtime::Kind::Missing, "is required".to_owned()))
            };
            runtime::int32(raw, Some(1), None)
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct DeletePartPart;
    impl runtime::Parameter for DeletePartPart {
        const NAME: &'static str = "part";
        const REQUIRED: bool = true;
        type Value = i32;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "integer",
                format: Some("int32"),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Err((runtime::Kind::Missing, "is required".to_owned()))
            };
            runtime::int32(raw, None, None)
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct SendListsKinds;
    impl runtime::Parameter for SendListsKinds {
        const NAME: &'static str = "kinds";
        const REQUIRED: bool = false;
        type Value = Option<Vec<types::KindOf>>;
        fn schema(registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "array",
                items: Some(Box::new(runtime::described::<types::KindOf>(registry))),
                max_items: Some(2),
                unique_items: Some(true),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(None) };
            runtime::list(
                    raw,
                    &runtime::ArrayRules {
                        count: runtime::Count {
                            min: None,
                            max: Some(2),
                        },
                        unique: true,
                        ..runtime::ArrayRules::NONE
                    },
                    |raw| runtime::one_of::<types::KindOf>(raw),
                )
                .map(|value| Some(value))
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct SendListsSizes;
    impl runtime::Parameter for SendListsSizes {
        const NAME: &'static str = "sizes";
        const REQUIRED: bool = true;
        type Value = Vec<i32>;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "array",
                items: Some(
                    Box::new(
                        runtime::inline(MetaSchema {
                            ty: "integer",
                            format: Some("int32"),
                            minimum: Some(1f64),
                            ..MetaSchema::ANY
                        }),
                    ),
                ),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Err((runtime::Kind::Missing, "is required".to_owned()))
            };
            runtime::list(
                    raw,
                    &runtime::ArrayRules::NONE,
                    |raw| runtime::int32(raw, Some(1), None),
                )
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct SendListsWords;
    impl runtime::Parameter for SendListsWords {
        const NAME: &'static str = "words";
        const REQUIRED: bool = false;
        type Value = Vec<String>;
        fn schema(_registry: &mut Registry) -> MetaSchemaRef {
            runtime::inline(MetaSchema {
                ty: "array",
                items: Some(
                    Box::new(
                        runtime::inline(MetaSchema {
                            ty: "string",
                            ..MetaSchema::ANY
                        }),
                    ),
                ),
                default: runtime::serde_json::from_str("[\"a\",\"b\"]").ok(),
                ..MetaSchema::ANY
            })
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Ok(Vec::from(["a".to_owned(), "b".to_owned()]))
            };
            runtime::list(
                    raw,
                    &runtime::ArrayRules::NONE,
                    |raw| {
                        runtime::text_value(raw, &runtime::TextRules::NONE)
                            .map(|()| raw.to_owned())
                    },
                )
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct SendListsKind;
    impl runtime::Parameter for SendListsKind {
        const NAME: &'static str = "kind";
        const REQUIRED: bool = false;
        type Value = Option<types::KindOf>;
        fn schema(registry: &mut Registry) -> MetaSchemaRef {
            runtime::described::<types::KindOf>(registry)
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else { return Ok(None) };
            runtime::one_of::<types::KindOf>(raw)
                .map(|value| Some(value))
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
    pub(super) struct SendListsOrder;
    impl runtime::Parameter for SendListsOrder {
        const NAME: &'static str = "order";
        const REQUIRED: bool = false;
        type Value = types::SendListsOrder;
        fn schema(registry: &mut Registry) -> MetaSchemaRef {
            runtime::noted::<
                types::SendListsOrder,
            >(
                registry,
                MetaSchema {
                    default: runtime::serde_json::from_str("\"up\"").ok(),
                    ..MetaSchema::ANY
                },
            )
        }
        fn read(raw: Option<&str>) -> Result<Self::Value, (runtime::Kind, String)> {
            let Some(raw) = raw else {
                return Ok(
                    types::SendListsOrder::from_name("up")
                        .expect("the generator has looked it up"),
                )
            };
            runtime::one_of::<types::SendListsOrder>(raw)
                .map(|value| value)
                .map_err(|rule| (runtime::Kind::Value, rule))
        }
    }
}
/// The operations of the document, as data.
pub(crate) mod operations {
    use super::runtime::Operation;
    pub(crate) static LIST_THINGS: Operation = Operation {
        id: "listThings",
        method: "GET",
        path: "/things",
        scopes: &["Things.Read", "Things.Write"],
        token_kind: None,
        query: &["$top", "$filter", "exact", "ratio", "since"],
        statuses: &[200, 400, 401, 403, 500],
        other_errors: false,
    };
    pub(crate) static CREATE_THING: Operation = Operation {
        id: "createThing",
        method: "POST",
        path: "/things",
        scopes: &["Things.Write"],
        token_kind: None,
        query: &[],
        statuses: &[201, 202, 400, 401, 403, 408, 413, 415, 503, 500],
        other_errors: false,
    };
    pub(crate) static UPDATE_PART: Operation = Operation {
        id: "updatePart",
        method: "PATCH",
        path: "/things/other/{thing-id}/parts/{part}",
        scopes: &["Things.Write"],
        token_kind: None,
        query: &[],
        statuses: &[204, 400, 401, 403, 408, 413, 415, 503],
        other_errors: false,
    };
    pub(crate) static PUT_PART: Operation = Operation {
        id: "putPart",
        method: "PUT",
        path: "/things/other/{thing-id}/parts/{part}",
        scopes: &["Things.Write"],
        token_kind: None,
        query: &[],
        statuses: &[207, 400, 401, 403, 408, 413, 415, 503],
        other_errors: false,
    };
    pub(crate) static DELETE_PART: Operation = Operation {
        id: "deletePart",
        method: "DELETE",
        path: "/things/other/{thing-id}/parts/{part}",
        scopes: &["Things.Write"],
        token_kind: None,
        query: &[],
        statuses: &[204, 400, 401, 403],
        other_errors: false,
    };
    pub(crate) static ODD_COUNT_THINGS: Operation = Operation {
        id: "odd.count-things",
        method: "GET",
        path: "/things/$count",
        scopes: &["Things.Read"],
        token_kind: None,
        query: &[],
        statuses: &[200, 400, 401, 403],
        other_errors: false,
    };
    pub(crate) static HEAD_COUNT: Operation = Operation {
        id: "headCount",
        method: "HEAD",
        path: "/things/$count",
        scopes: &["Things.Read"],
        token_kind: None,
        query: &[],
        statuses: &[200, 400, 401, 403],
        other_errors: false,
    };
    pub(crate) static COUNT_OPTIONS: Operation = Operation {
        id: "countOptions",
        method: "OPTIONS",
        path: "/things/$count",
        scopes: &["Things.Read"],
        token_kind: None,
        query: &[],
        statuses: &[200, 400, 401, 403],
        other_errors: false,
    };
    pub(crate) static SEND_OPEN: Operation = Operation {
        id: "sendOpen",
        method: "POST",
        path: "/odd/open",
        scopes: &["Things.Write"],
        token_kind: None,
        query: &[],
        statuses: &[200, 400, 401, 403, 408, 413, 415, 503],
        other_errors: false,
    };
    pub(crate) static SEND_LISTS: Operation = Operation {
        id: "sendLists",
        method: "POST",
        path: "/odd/lists",
        scopes: &["Things.Write"],
        token_kind: None,
        query: &["kinds", "sizes", "words", "kind", "order"],
        statuses: &[200, 400, 401, 403, 408, 413, 415, 503],
        other_errors: false,
    };
    pub(crate) static SEND_PLACES: Operation = Operation {
        id: "sendPlaces",
        method: "POST",
        path: "/odd/places",
        scopes: &["Things.Write"],
        token_kind: None,
        query: &[],
        statuses: &[200, 400, 401, 403, 408, 413, 415, 503],
        other_errors: false,
    };
    /// Every operation, in the order of the document.
    pub(crate) static ALL: &[&Operation] = &[
        &LIST_THINGS,
        &CREATE_THING,
        &UPDATE_PART,
        &PUT_PART,
        &DELETE_PART,
        &ODD_COUNT_THINGS,
        &HEAD_COUNT,
        &COUNT_OPTIONS,
        &SEND_OPEN,
        &SEND_LISTS,
        &SEND_PLACES,
    ];
}
use poem::{Request, http::StatusCode};
use poem_openapi::registry::{MetaResponse, MetaResponses, MetaSchema, Registry};
///What `listThings` is called with.
#[derive(Debug)]
pub(crate) struct ListThingsParams {
    ///How many.
    pub(crate) top: i32,
    /**A condition.

- one
  - two
*/
    pub(crate) filter: String,
    pub(crate) exact: bool,
    pub(crate) ratio: Option<f64>,
    pub(crate) since: i64,
    pub(crate) x_trace: Option<String>,
    pub(crate) x_depth: i32,
}
///What `createThing` is called with.
#[derive(Debug)]
pub(crate) struct CreateThingParams {
    pub(crate) body: types::Thing,
}
///What `updatePart` is called with.
#[derive(Debug)]
pub(crate) struct UpdatePartParams {
    ///Which thing.
    pub(crate) thing_id: String,
    ///Which part.
    pub(crate) part: i32,
    pub(crate) body: types::Rules,
}
///What `putPart` is called with.
#[derive(Debug)]
pub(crate) struct PutPartParams {
    ///Which thing.
    pub(crate) thing_id: String,
    ///Which part, other than the path says.
    pub(crate) part: i32,
    pub(crate) body: types::Shape,
}
///What `deletePart` is called with.
#[derive(Debug)]
pub(crate) struct DeletePartParams {
    ///Which thing.
    pub(crate) thing_id: String,
    ///Which part.
    pub(crate) part: i32,
}
///What `odd.count-things` is called with.
#[derive(Debug)]
pub(crate) struct OddCountThingsParams {}
///What `headCount` is called with.
#[derive(Debug)]
pub(crate) struct HeadCountParams {}
///What `countOptions` is called with.
#[derive(Debug)]
pub(crate) struct CountOptionsParams {}
///What `sendOpen` is called with.
#[derive(Debug)]
pub(crate) struct SendOpenParams {
    pub(crate) body: types::Open,
}
///What `sendLists` is called with.
#[derive(Debug)]
pub(crate) struct SendListsParams {
    pub(crate) kinds: Option<Vec<types::KindOf>>,
    pub(crate) sizes: Vec<i32>,
    pub(crate) words: Vec<String>,
    pub(crate) kind: Option<types::KindOf>,
    pub(crate) order: types::SendListsOrder,
    pub(crate) body: types::SendListsBody,
}
///What `sendPlaces` is called with.
#[derive(Debug)]
pub(crate) struct SendPlacesParams {
    pub(crate) body: types::Places,
}
///The successes of `listThings`.
#[derive(Debug)]
pub(crate) enum ListThingsResponse {
    ///200: The things.
    Ok { body: types::Things, x_total: i64, x_next: Option<String> },
}
impl runtime::Answer for ListThingsResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(200),
                    "The things.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::Things>(),
                        ),
                    ),
                    Vec::from([
                        runtime::header(
                            "X-Total",
                            Some("How many."),
                            true,
                            runtime::inline(MetaSchema {
                                ty: "integer",
                                format: Some("int64"),
                                minimum: Some(0f64),
                                ..MetaSchema::ANY
                            }),
                        ),
                        runtime::header(
                            "x-next",
                            Some("Where to go on."),
                            false,
                            runtime::inline(MetaSchema {
                                ty: "string",
                                ..MetaSchema::ANY
                            }),
                        ),
                    ]),
                ),
                response_1(),
                response_2(),
                response_3(),
                response_4(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Things>(registry);
        runtime::register::<types::Failure>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok { body, x_total, x_next } => {
                let mut response: poem::Response = runtime::json(StatusCode::OK, &body);
                response = runtime::with_header(response, "x-total", &x_total)?;
                if let Some(value) = x_next {
                    response = runtime::with_header(response, "x-next", &value)?;
                }
                Ok(response)
            }
        }
    }
}
///The successes of `createThing`.
#[derive(Debug)]
pub(crate) enum CreateThingResponse {
    ///201: Created.
    Created { body: types::Thing, location: String },
    ///202: Will be created.
    Accepted,
}
impl runtime::Answer for CreateThingResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(201),
                    "Created.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::Thing>(),
                        ),
                    ),
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
                runtime::response(Some(202), "Will be created.", None, Vec::from([])),
                response_1(),
                response_2(),
                response_3(),
                response_7(),
                response_8(),
                response_9(),
                response_10(),
                response_4(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Thing>(registry);
        runtime::register::<types::Failure>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Created { body, location } => {
                let mut response: poem::Response = runtime::json(
                    StatusCode::CREATED,
                    &body,
                );
                response = runtime::with_header(response, "location", &location)?;
                Ok(response)
            }
            Self::Accepted => Ok(StatusCode::ACCEPTED.into()),
        }
    }
}
///The successes of `updatePart`.
#[derive(Debug)]
pub(crate) enum UpdatePartResponse {
    ///204: Updated.
    NoContent,
}
impl runtime::Answer for UpdatePartResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(Some(204), "Updated.", None, Vec::from([])),
                response_1(),
                response_2(),
                response_3(),
                response_7(),
                response_8(),
                response_9(),
                response_10(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Failure>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::NoContent => Ok(StatusCode::NO_CONTENT.into()),
        }
    }
}
///The successes of `putPart`.
#[derive(Debug)]
pub(crate) enum PutPartResponse {
    ///207: In part.
    MultiStatus,
}
impl runtime::Answer for PutPartResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(Some(207), "In part.", None, Vec::from([])),
                response_1(),
                response_2(),
                response_3(),
                response_7(),
                response_8(),
                response_9(),
                response_10(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Failure>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::MultiStatus => Ok(StatusCode::MULTI_STATUS.into()),
        }
    }
}
///The successes of `deletePart`.
#[derive(Debug)]
pub(crate) enum DeletePartResponse {
    ///204: Deleted.
    NoContent,
}
impl runtime::Answer for DeletePartResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(Some(204), "Deleted.", None, Vec::from([])),
                response_1(),
                response_2(),
                response_3(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Failure>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::NoContent => Ok(StatusCode::NO_CONTENT.into()),
        }
    }
}
///The successes of `odd.count-things`.
#[derive(Debug)]
pub(crate) enum OddCountThingsResponse {
    ///200: How many.
    Ok(i64),
}
impl runtime::Answer for OddCountThingsResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(200),
                    "How many.",
                    Some(
                        runtime::media(
                            "text/plain",
                            runtime::inline(MetaSchema {
                                ty: "integer",
                                format: Some("int64"),
                                minimum: Some(0f64),
                                ..MetaSchema::ANY
                            }),
                        ),
                    ),
                    Vec::from([]),
                ),
                response_1(),
                response_2(),
                response_3(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Failure>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok(body) => Ok(runtime::text(StatusCode::OK, &body)),
        }
    }
}
///The successes of `headCount`.
#[derive(Debug)]
pub(crate) enum HeadCountResponse {
    ///200: Fine.
    Ok { x_total: Option<i64> },
}
impl runtime::Answer for HeadCountResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(200),
                    "Fine.",
                    None,
                    Vec::from([
                        runtime::header(
                            "X-Total",
                            None,
                            false,
                            runtime::inline(MetaSchema {
                                ty: "integer",
                                format: Some("int64"),
                                ..MetaSchema::ANY
                            }),
                        ),
                    ]),
                ),
                response_1(),
                response_2(),
                response_3(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Failure>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok { x_total } => {
                let mut response: poem::Response = StatusCode::OK.into();
                if let Some(value) = x_total {
                    response = runtime::with_header(response, "x-total", &value)?;
                }
                Ok(response)
            }
        }
    }
}
///The successes of `countOptions`.
#[derive(Debug)]
pub(crate) enum CountOptionsResponse {
    ///200: Fine.
    Ok(String),
}
impl runtime::Answer for CountOptionsResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(200),
                    "Fine.",
                    Some(
                        runtime::media(
                            "text/plain",
                            runtime::inline(MetaSchema {
                                ty: "string",
                                ..MetaSchema::ANY
                            }),
                        ),
                    ),
                    Vec::from([]),
                ),
                response_1(),
                response_2(),
                response_3(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Failure>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok(body) => Ok(runtime::text(StatusCode::OK, &body)),
        }
    }
}
///The successes of `sendOpen`.
#[derive(Debug)]
pub(crate) enum SendOpenResponse {
    ///200: As it was read.
    Ok(types::Open),
}
impl runtime::Answer for SendOpenResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(200),
                    "As it was read.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::Open>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                response_1(),
                response_2(),
                response_3(),
                response_7(),
                response_8(),
                response_9(),
                response_10(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::Open>(registry);
        runtime::register::<types::Failure>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok(body) => Ok(runtime::json(StatusCode::OK, &body)),
        }
    }
}
///The successes of `sendLists`.
#[derive(Debug)]
pub(crate) enum SendListsResponse {
    ///200: Written in place too.
    Ok(types::SendListsResponse200),
}
impl runtime::Answer for SendListsResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(200),
                    "Written in place too.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::SendListsResponse200>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                response_1(),
                response_2(),
                response_3(),
                response_7(),
                response_8(),
                response_9(),
                response_10(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::SendListsResponse200>(registry);
        runtime::register::<types::Failure>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok(body) => Ok(runtime::json(StatusCode::OK, &body)),
        }
    }
}
///The successes of `sendPlaces`.
#[derive(Debug)]
pub(crate) enum SendPlacesResponse {
    ///200: Any JSON.
    Ok(types::SendPlacesResponse200),
}
impl runtime::Answer for SendPlacesResponse {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: Vec::from([
                runtime::response(
                    Some(200),
                    "Any JSON.",
                    Some(
                        runtime::media(
                            "application/json",
                            runtime::reference::<types::SendPlacesResponse200>(),
                        ),
                    ),
                    Vec::from([]),
                ),
                response_1(),
                response_2(),
                response_3(),
                response_7(),
                response_8(),
                response_9(),
                response_10(),
            ]),
        }
    }
    fn register(registry: &mut Registry) {
        runtime::register::<types::SendPlacesResponse200>(registry);
        runtime::register::<types::Failure>(registry);
    }
    fn answer(self) -> Result<poem::Response, runtime::Rejection> {
        match self {
            Self::Ok(body) => Ok(runtime::json(StatusCode::OK, &body)),
        }
    }
}
fn response_1() -> MetaResponse {
    runtime::response(
        Some(400),
        "A failure.",
        Some(runtime::media("application/json", runtime::reference::<types::Failure>())),
        Vec::from([]),
    )
}
fn response_2() -> MetaResponse {
    runtime::response(
        Some(401),
        "A failure.",
        Some(runtime::media("application/json", runtime::reference::<types::Failure>())),
        Vec::from([]),
    )
}
fn response_3() -> MetaResponse {
    runtime::response(
        Some(403),
        "A failure.",
        Some(runtime::media("application/json", runtime::reference::<types::Failure>())),
        Vec::from([]),
    )
}
fn response_4() -> MetaResponse {
    runtime::response(
        Some(500),
        "A failure.",
        Some(runtime::media("application/json", runtime::reference::<types::Failure>())),
        Vec::from([]),
    )
}
fn response_7() -> MetaResponse {
    runtime::response(
        Some(408),
        "A failure.",
        Some(runtime::media("application/json", runtime::reference::<types::Failure>())),
        Vec::from([]),
    )
}
fn response_8() -> MetaResponse {
    runtime::response(
        Some(413),
        "A failure.",
        Some(runtime::media("application/json", runtime::reference::<types::Failure>())),
        Vec::from([]),
    )
}
fn response_9() -> MetaResponse {
    runtime::response(
        Some(415),
        "A failure.",
        Some(runtime::media("application/json", runtime::reference::<types::Failure>())),
        Vec::from([]),
    )
}
fn response_10() -> MetaResponse {
    runtime::response(
        Some(503),
        "A failure.",
        Some(runtime::media("application/json", runtime::reference::<types::Failure>())),
        Vec::from([]),
    )
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
///The operations tagged `things`: one method each, to be written by hand.
pub(crate) trait ThingsApi: runtime::Service {
    ///`GET /things`: List things
    fn list_things(
        &self,
        caller: Self::Caller,
        params: ListThingsParams,
    ) -> impl std::future::Future<
        Output = Result<ListThingsResponse, Self::Error>,
    > + Send;
    ///`POST /things`: Create a thing
    fn create_thing(
        &self,
        caller: Self::Caller,
        params: CreateThingParams,
    ) -> impl std::future::Future<
        Output = Result<CreateThingResponse, Self::Error>,
    > + Send;
    ///`PATCH /things/other/{thing-id}/parts/{part}`: Update a part
    fn update_part(
        &self,
        caller: Self::Caller,
        params: UpdatePartParams,
    ) -> impl std::future::Future<
        Output = Result<UpdatePartResponse, Self::Error>,
    > + Send;
    ///`PUT /things/other/{thing-id}/parts/{part}`: Put a part
    fn put_part(
        &self,
        caller: Self::Caller,
        params: PutPartParams,
    ) -> impl std::future::Future<Output = Result<PutPartResponse, Self::Error>> + Send;
    ///`DELETE /things/other/{thing-id}/parts/{part}`: Delete a part
    fn delete_part(
        &self,
        caller: Self::Caller,
        params: DeletePartParams,
    ) -> impl std::future::Future<
        Output = Result<DeletePartResponse, Self::Error>,
    > + Send;
}
#[cfg(test)]
impl<S: runtime::Service> ThingsApi for Unimplemented<S> {
    async fn list_things(
        &self,
        _: S::Caller,
        _: ListThingsParams,
    ) -> Result<ListThingsResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "listThings",
            }
                .into(),
        )
    }
    async fn create_thing(
        &self,
        _: S::Caller,
        _: CreateThingParams,
    ) -> Result<CreateThingResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "createThing",
            }
                .into(),
        )
    }
    async fn update_part(
        &self,
        _: S::Caller,
        _: UpdatePartParams,
    ) -> Result<UpdatePartResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "updatePart",
            }
                .into(),
        )
    }
    async fn put_part(
        &self,
        _: S::Caller,
        _: PutPartParams,
    ) -> Result<PutPartResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "putPart",
            }
                .into(),
        )
    }
    async fn delete_part(
        &self,
        _: S::Caller,
        _: DeletePartParams,
    ) -> Result<DeletePartResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "deletePart",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct ThingsServer<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: ThingsApi> ThingsServer<A> {
    ///List things
    #[oai(
        path = "/things",
        method = "get",
        operation_id = "listThings",
        tag = "Tag::Things",
        external_docs = "https://example.org/list"
    )]
    async fn list_things(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
        ///How many.
        #[oai(name = "$top")]
        top: runtime::Query<parameters::Top>,
        /**A condition.

- one
  - two
*/
        #[oai(name = "$filter", deprecated)]
        filter: runtime::Query<parameters::ListThingsFilter>,
        #[oai(name = "exact")]
        exact: runtime::Query<parameters::ListThingsExact>,
        #[oai(name = "ratio")]
        ratio: runtime::Query<parameters::ListThingsRatio>,
        #[oai(name = "since")]
        since: runtime::Query<parameters::ListThingsSince>,
        #[oai(name = "X-Trace")]
        x_trace: runtime::Header<parameters::ListThingsXTrace>,
        #[oai(name = "x-depth")]
        x_depth: runtime::Header<parameters::ListThingsXDepth>,
    ) -> poem::Result<runtime::Answered<ListThingsResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::LIST_THINGS, request).await?;
            let mut broken = runtime::unknown_options(&operations::LIST_THINGS, request);
            let top = top.read(&mut broken);
            let filter = filter.read(&mut broken);
            let exact = exact.read(&mut broken);
            let ratio = ratio.read(&mut broken);
            let since = since.read(&mut broken);
            let x_trace = x_trace.read(&mut broken);
            let x_depth = x_depth.read(&mut broken);
            let (
                true,
                Some(top),
                Some(filter),
                Some(exact),
                Some(ratio),
                Some(since),
                Some(x_trace),
                Some(x_depth),
            ) = (broken.is_empty(), top, filter, exact, ratio, since, x_trace, x_depth)
            else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0
                .list_things(
                    caller,
                    ListThingsParams {
                        top,
                        filter,
                        exact,
                        ratio,
                        since,
                        x_trace,
                        x_depth,
                    },
                )
                .await
        };
        runtime::finish::<A, _>(&operations::LIST_THINGS, outcome.await)
    }
    #[doc = "Create a thing\n\nCreates it.\n\nSays */ and /* and `///`, and \"quotes\"."]
    #[oai(
        path = "/things",
        method = "post",
        operation_id = "createThing",
        tag = "Tag::Things"
    )]
    async fn create_thing(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
        ///The thing.
        body: runtime::JsonBody<types::Thing>,
    ) -> poem::Result<runtime::Answered<CreateThingResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::CREATE_THING, request).await?;
            let mut broken = runtime::unknown_options(
                &operations::CREATE_THING,
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
            self.0.create_thing(caller, CreateThingParams { body }).await
        };
        runtime::finish::<A, _>(&operations::CREATE_THING, outcome.await)
    }
    ///Update a part
    #[oai(
        path = "/things/other/:thing-id/parts/:part",
        method = "patch",
        operation_id = "updatePart",
        tag = "Tag::Things"
    )]
    async fn update_part(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
        ///Which thing.
        #[oai(name = "thing-id")]
        thing_id: runtime::Path<parameters::ThingId>,
        ///Which part.
        #[oai(name = "part")]
        part: runtime::Path<parameters::UpdatePartPart>,
        ///What changes.
        body: runtime::JsonBody<types::Rules>,
    ) -> poem::Result<runtime::Answered<UpdatePartResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::UPDATE_PART, request).await?;
            let mut broken = runtime::unknown_options(&operations::UPDATE_PART, request);
            let thing_id = thing_id.read(&mut broken);
            let part = part.read(&mut broken);
            let (true, Some(thing_id), Some(part)) = (broken.is_empty(), thing_id, part)
            else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            let runtime::Read { value: body, ignored } = body.read().await?;
            if !ignored.is_empty() {
                self.0.ignored(request, ignored);
            }
            let body = body.map_err(runtime::Rejection::Invalid)?;
            self.0
                .update_part(
                    caller,
                    UpdatePartParams {
                        thing_id,
                        part,
                        body,
                    },
                )
                .await
        };
        runtime::finish::<A, _>(&operations::UPDATE_PART, outcome.await)
    }
    ///Put a part
    #[oai(
        path = "/things/other/:thing-id/parts/:part",
        method = "put",
        operation_id = "putPart",
        tag = "Tag::Things",
        deprecated
    )]
    async fn put_part(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
        ///Which thing.
        #[oai(name = "thing-id")]
        thing_id: runtime::Path<parameters::ThingId>,
        ///Which part, other than the path says.
        #[oai(name = "part")]
        part: runtime::Path<parameters::PutPartPart>,
        body: runtime::JsonBody<types::Shape>,
    ) -> poem::Result<runtime::Answered<PutPartResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::PUT_PART, request).await?;
            let mut broken = runtime::unknown_options(&operations::PUT_PART, request);
            let thing_id = thing_id.read(&mut broken);
            let part = part.read(&mut broken);
            let (true, Some(thing_id), Some(part)) = (broken.is_empty(), thing_id, part)
            else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            let runtime::Read { value: body, ignored } = body.read().await?;
            if !ignored.is_empty() {
                self.0.ignored(request, ignored);
            }
            let body = body.map_err(runtime::Rejection::Invalid)?;
            self.0
                .put_part(
                    caller,
                    PutPartParams {
                        thing_id,
                        part,
                        body,
                    },
                )
                .await
        };
        runtime::finish::<A, _>(&operations::PUT_PART, outcome.await)
    }
    ///Delete a part
    #[oai(
        path = "/things/other/:thing-id/parts/:part",
        method = "delete",
        operation_id = "deletePart",
        tag = "Tag::Things"
    )]
    async fn delete_part(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
        ///Which thing.
        #[oai(name = "thing-id")]
        thing_id: runtime::Path<parameters::ThingId>,
        ///Which part.
        #[oai(name = "part")]
        part: runtime::Path<parameters::DeletePartPart>,
    ) -> poem::Result<runtime::Answered<DeletePartResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::DELETE_PART, request).await?;
            let mut broken = runtime::unknown_options(&operations::DELETE_PART, request);
            let thing_id = thing_id.read(&mut broken);
            let part = part.read(&mut broken);
            let (true, Some(thing_id), Some(part)) = (broken.is_empty(), thing_id, part)
            else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.delete_part(caller, DeletePartParams { thing_id, part }).await
        };
        runtime::finish::<A, _>(&operations::DELETE_PART, outcome.await)
    }
}
///The operations tagged `odd ones`: one method each, to be written by hand.
pub(crate) trait OddOnesApi: runtime::Service {
    ///`GET /things/$count`: Count things
    fn odd_count_things(
        &self,
        caller: Self::Caller,
        params: OddCountThingsParams,
    ) -> impl std::future::Future<
        Output = Result<OddCountThingsResponse, Self::Error>,
    > + Send;
    ///`HEAD /things/$count`: Ask for headers alone
    fn head_count(
        &self,
        caller: Self::Caller,
        params: HeadCountParams,
    ) -> impl std::future::Future<
        Output = Result<HeadCountResponse, Self::Error>,
    > + Send;
    ///`OPTIONS /things/$count`: Ask for options
    fn count_options(
        &self,
        caller: Self::Caller,
        params: CountOptionsParams,
    ) -> impl std::future::Future<
        Output = Result<CountOptionsResponse, Self::Error>,
    > + Send;
    ///`POST /odd/open`: Send what the document leaves open
    fn send_open(
        &self,
        caller: Self::Caller,
        params: SendOpenParams,
    ) -> impl std::future::Future<Output = Result<SendOpenResponse, Self::Error>> + Send;
    ///`POST /odd/lists`: Send lists
    fn send_lists(
        &self,
        caller: Self::Caller,
        params: SendListsParams,
    ) -> impl std::future::Future<
        Output = Result<SendListsResponse, Self::Error>,
    > + Send;
    ///`POST /odd/places`: Send what is written in place
    fn send_places(
        &self,
        caller: Self::Caller,
        params: SendPlacesParams,
    ) -> impl std::future::Future<
        Output = Result<SendPlacesResponse, Self::Error>,
    > + Send;
}
#[cfg(test)]
impl<S: runtime::Service> OddOnesApi for Unimplemented<S> {
    async fn odd_count_things(
        &self,
        _: S::Caller,
        _: OddCountThingsParams,
    ) -> Result<OddCountThingsResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "odd.count-things",
            }
                .into(),
        )
    }
    async fn head_count(
        &self,
        _: S::Caller,
        _: HeadCountParams,
    ) -> Result<HeadCountResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "headCount",
            }
                .into(),
        )
    }
    async fn count_options(
        &self,
        _: S::Caller,
        _: CountOptionsParams,
    ) -> Result<CountOptionsResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "countOptions",
            }
                .into(),
        )
    }
    async fn send_open(
        &self,
        _: S::Caller,
        _: SendOpenParams,
    ) -> Result<SendOpenResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "sendOpen",
            }
                .into(),
        )
    }
    async fn send_lists(
        &self,
        _: S::Caller,
        _: SendListsParams,
    ) -> Result<SendListsResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "sendLists",
            }
                .into(),
        )
    }
    async fn send_places(
        &self,
        _: S::Caller,
        _: SendPlacesParams,
    ) -> Result<SendPlacesResponse, S::Error> {
        Err(
            runtime::Rejection::Unimplemented {
                operation: "sendPlaces",
            }
                .into(),
        )
    }
}
/// Calls the handlers.
pub(crate) struct OddOnesServer<A>(std::sync::Arc<A>);
#[poem_openapi::OpenApi]
impl<A: OddOnesApi> OddOnesServer<A> {
    /**Count things

As plain text.*/
    #[oai(
        path = "/things/$count",
        method = "get",
        operation_id = "odd.count-things",
        tag = "Tag::OddOnes"
    )]
    async fn odd_count_things(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
    ) -> poem::Result<runtime::Answered<OddCountThingsResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::ODD_COUNT_THINGS, request).await?;
            let mut broken = runtime::unknown_options(
                &operations::ODD_COUNT_THINGS,
                request,
            );
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.odd_count_things(caller, OddCountThingsParams {}).await
        };
        runtime::finish::<A, _>(&operations::ODD_COUNT_THINGS, outcome.await)
    }
    ///Ask for headers alone
    #[oai(
        path = "/things/$count",
        method = "head",
        operation_id = "headCount",
        tag = "Tag::OddOnes"
    )]
    async fn head_count(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
    ) -> poem::Result<runtime::Answered<HeadCountResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::HEAD_COUNT, request).await?;
            let mut broken = runtime::unknown_options(&operations::HEAD_COUNT, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.head_count(caller, HeadCountParams {}).await
        };
        runtime::finish::<A, _>(&operations::HEAD_COUNT, outcome.await)
    }
    ///Ask for options
    #[oai(
        path = "/things/$count",
        method = "options",
        operation_id = "countOptions",
        tag = "Tag::OddOnes"
    )]
    async fn count_options(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
    ) -> poem::Result<runtime::Answered<CountOptionsResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::COUNT_OPTIONS, request).await?;
            let mut broken = runtime::unknown_options(
                &operations::COUNT_OPTIONS,
                request,
            );
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            self.0.count_options(caller, CountOptionsParams {}).await
        };
        runtime::finish::<A, _>(&operations::COUNT_OPTIONS, outcome.await)
    }
    ///Send what the document leaves open
    #[oai(
        path = "/odd/open",
        method = "post",
        operation_id = "sendOpen",
        tag = "Tag::OddOnes"
    )]
    async fn send_open(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
        body: runtime::JsonBody<types::Open>,
    ) -> poem::Result<runtime::Answered<SendOpenResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::SEND_OPEN, request).await?;
            let mut broken = runtime::unknown_options(&operations::SEND_OPEN, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            let runtime::Read { value: body, ignored } = body.read().await?;
            if !ignored.is_empty() {
                self.0.ignored(request, ignored);
            }
            let body = body.map_err(runtime::Rejection::Invalid)?;
            self.0.send_open(caller, SendOpenParams { body }).await
        };
        runtime::finish::<A, _>(&operations::SEND_OPEN, outcome.await)
    }
    ///Send lists
    #[oai(
        path = "/odd/lists",
        method = "post",
        operation_id = "sendLists",
        tag = "Tag::OddOnes"
    )]
    async fn send_lists(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
        #[oai(name = "kinds", explode = false)]
        kinds: runtime::Query<parameters::SendListsKinds>,
        #[oai(name = "sizes", explode = false)]
        sizes: runtime::Query<parameters::SendListsSizes>,
        #[oai(name = "words", explode = false)]
        words: runtime::Query<parameters::SendListsWords>,
        #[oai(name = "kind")]
        kind: runtime::Query<parameters::SendListsKind>,
        #[oai(name = "order")]
        order: runtime::Query<parameters::SendListsOrder>,
        body: runtime::JsonBody<types::SendListsBody>,
    ) -> poem::Result<runtime::Answered<SendListsResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::SEND_LISTS, request).await?;
            let mut broken = runtime::unknown_options(&operations::SEND_LISTS, request);
            let kinds = kinds.read(&mut broken);
            let sizes = sizes.read(&mut broken);
            let words = words.read(&mut broken);
            let kind = kind.read(&mut broken);
            let order = order.read(&mut broken);
            let (true, Some(kinds), Some(sizes), Some(words), Some(kind), Some(order)) = (
                broken.is_empty(),
                kinds,
                sizes,
                words,
                kind,
                order,
            ) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            let runtime::Read { value: body, ignored } = body.read().await?;
            if !ignored.is_empty() {
                self.0.ignored(request, ignored);
            }
            let body = body.map_err(runtime::Rejection::Invalid)?;
            self.0
                .send_lists(
                    caller,
                    SendListsParams {
                        kinds,
                        sizes,
                        words,
                        kind,
                        order,
                        body,
                    },
                )
                .await
        };
        runtime::finish::<A, _>(&operations::SEND_LISTS, outcome.await)
    }
    ///Send what is written in place
    #[oai(
        path = "/odd/places",
        method = "post",
        operation_id = "sendPlaces",
        tag = "Tag::OddOnes"
    )]
    async fn send_places(
        &self,
        request: &Request,
        _security: runtime::Security<Bearer>,
        body: runtime::JsonBody<types::Places>,
    ) -> poem::Result<runtime::Answered<SendPlacesResponse>> {
        let outcome = async {
            let caller = self.0.authorize(&operations::SEND_PLACES, request).await?;
            let mut broken = runtime::unknown_options(&operations::SEND_PLACES, request);
            let (true,) = (broken.is_empty(),) else {
                return Err(runtime::Rejection::Invalid(broken).into());
            };
            let runtime::Read { value: body, ignored } = body.read().await?;
            if !ignored.is_empty() {
                self.0.ignored(request, ignored);
            }
            let body = body.map_err(runtime::Rejection::Invalid)?;
            self.0.send_places(caller, SendPlacesParams { body }).await
        };
        runtime::finish::<A, _>(&operations::SEND_PLACES, outcome.await)
    }
}
/// The security scheme of the document.
struct Bearer;
impl runtime::Scheme for Bearer {
    const NAME: &'static str = "bearer";
    fn describe() -> poem_openapi::registry::MetaSecurityScheme {
        poem_openapi::registry::MetaSecurityScheme {
            ty: "http",
            description: Some("A token."),
            name: None,
            key_in: None,
            scheme: Some("bearer"),
            bearer_format: Some("JWT"),
            flows: None,
            openid_connect_url: None,
        }
    }
}
/// The tags of the document.
enum Tag {
    Things,
    OddOnes,
}
impl poem_openapi::Tags for Tag {
    fn register(&self, registry: &mut Registry) {
        registry
            .create_tag(
                match self {
                    Self::Things => {
                        poem_openapi::registry::MetaTag {
                            name: "things",
                            description: Some("Things, \"quoted\" and \\escaped."),
                            external_docs: Some(poem_openapi::registry::MetaExternalDocument {
                                url: "https://example.org/things".to_owned(),
                                description: Some("On things".to_owned()),
                            }),
                        }
                    }
                    Self::OddOnes => {
                        poem_openapi::registry::MetaTag {
                            name: "odd ones",
                            description: None,
                            external_docs: None,
                        }
                    }
                },
            );
    }
    fn name(&self) -> &'static str {
        match self {
            Self::Things => "things",
            Self::OddOnes => "odd ones",
        }
    }
}
/// Every operation of the document, for [`poem_openapi::OpenApiService`].
pub(crate) fn servers<A: ThingsApi + OddOnesApi>(
    api: &std::sync::Arc<A>,
) -> impl poem_openapi::OpenApi + use<A> {
    (ThingsServer(api.clone()), OddOnesServer(api.clone()))
}
/// Every operation, with what the document says of itself.
pub(crate) fn service<A: ThingsApi + OddOnesApi>(
    api: &std::sync::Arc<A>,
) -> poem_openapi::OpenApiService<impl poem_openapi::OpenApi + use<A>, ()> {
    poem_openapi::OpenApiService::new(servers(api), TITLE, VERSION)
        .description("Every construct, once.\n\n- a list\n  - with an inner one\n")
        .terms_of_service("https://example.org/terms")
        .contact(
            poem_openapi::ContactObject::new()
                .name("Maintainers")
                .url("https://example.org")
                .email("maintainers@example.org"),
        )
        .license(
            poem_openapi::LicenseObject::new("MIT").url("https://example.org/licence"),
        )
        .server(poem_openapi::ServerObject::new("/v1").description("The first version"))
        .server(poem_openapi::ServerObject::new("/api/v2"))
        .external_document(
            poem_openapi::ExternalDocumentObject::new("https://example.org/docs")
                .description("More"),
        )
}
/// Every operation, served under each of the document's `servers`.
pub(crate) fn routes<A: ThingsApi + OddOnesApi>(api: &std::sync::Arc<A>) -> poem::Route {
    let mount = |route: poem::Route, prefix: &&str| route.nest(*prefix, service(api));
    SERVERS.iter().fold(poem::Route::new(), mount)
}
/// Regular expressions of the document.
mod patterns {
    use super::runtime::Pattern;
    pub(super) static PATTERN_0: Pattern = Pattern::new(
        "^[^\\x00-\\x1f]*$",
        Some("must have no control characters"),
    );
    pub(super) static PATTERN_1: Pattern = Pattern::new("(?i)^(a|b)(, ?(a|b))*$", None);
    pub(super) static PATTERN_2: Pattern = Pattern::new("^[a-z ]*$", None);
}
