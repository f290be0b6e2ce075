//! Rust identifiers for names of the document: those that the server is printed with, and those that progenitor and typify make.

use std::collections::BTreeMap;

use heck::{ToPascalCase, ToSnakeCase};
use serde_json::Value;

/// A `snake_case` identifier; the caller checks for collisions.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut previous_lower = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && previous_lower {
                out.push('_');
            }
            previous_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
            out.push(c.to_ascii_lowercase());
        } else {
            previous_lower = false;
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
        }
    }
    identifier(out.trim_end_matches('_'))
}

/// A `PascalCase` identifier; the caller checks for collisions.
pub(crate) fn pascal(name: &str) -> String {
    let mut out = String::new();
    let mut start = true;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(if start { c.to_ascii_uppercase() } else { c });
            start = false;
        } else {
            start = true;
        }
    }
    identifier(&out)
}

/// A `SCREAMING_SNAKE_CASE` identifier.
#[cfg(any(feature = "server", test))]
pub(crate) fn screaming(name: &str) -> String {
    snake(name)
        .trim_start_matches("r#")
        .trim_end_matches('_')
        .to_uppercase()
}

/// The name of the Rust type of a named schema, the same in both halves but for progenitor's way with capitals.
pub(crate) fn type_name(schema: &str) -> String {
    let name = pascal(schema);
    if [name.as_str(), &client_pascal(schema)]
        .iter()
        .any(|name| PRELUDE.contains(name) || IMPORTED.contains(name))
    {
        return name + "Schema";
    }
    name
}

/// The name of the type of a schema that is written where it is used, made of the way to it: the named schema, parameter, response
/// or operation it is part of, and its members.
pub(crate) fn in_place(document: &Value, pointer: &str) -> String {
    let segments = pointer.split('/').skip(1);
    let segments: Vec<_> = segments
        .map(|segment| segment.replace("~1", "/").replace("~0", "~"))
        .collect();
    let mut node = document;
    let mut way = segments.iter().map(String::as_str);
    let mut step = || {
        let key = way.next()?;
        node = match node {
            Value::Array(items) => items.get(key.parse::<usize>().unwrap_or(usize::MAX)),
            other => other.get(key),
        }
        .unwrap_or(&Value::Null);
        Some((key, node))
    };
    let mut name = String::new();
    while let Some((key, _)) = step() {
        match key {
            "paths" => {
                let path = step().map_or("", |(path, _)| path);
                let (method, operation) = step().unwrap_or(("", &Value::Null));
                name = match operation["operationId"].as_str() {
                    Some(id) => pascal(id),
                    None if method == "parameters" => pascal(path),
                    None => pascal(&format!("{method} {path}")),
                };
                if method == "parameters" {
                    name += &pascal(
                        step()
                            .and_then(|(_, own)| own["name"].as_str())
                            .unwrap_or(""),
                    );
                }
            }
            "components" => {
                step();
                name = pascal(step().map_or("", |(component, _)| component));
            }
            "properties" => name += &pascal(step().map_or("", |(property, _)| property)),
            "parameters" => {
                name += &pascal(
                    step()
                        .and_then(|(_, own)| own["name"].as_str())
                        .unwrap_or(""),
                );
            }
            "items" => name += "Item",
            "additionalProperties" => name += "Value",
            "oneOf" | "anyOf" => {
                let index = step().and_then(|(index, _)| index.parse::<usize>().ok());
                name = format!("{name}Variant{}", index.unwrap_or_default() + 1);
            }
            "requestBody" => name += "Body",
            "responses" => name = name + "Response" + step().map_or("", |(status, _)| status),
            "content" | "allOf" => drop(step()),
            _ => {}
        }
    }
    name
}

/// Types that every module knows, and that generated code calls by these names.
const PRELUDE: [&str; 20] = [
    "AsRef", "Box", "Clone", "Copy", "Default", "Drop", "Err", "Fn", "From", "Into", "Iterator",
    "None", "Ok", "Option", "Result", "Self", "Send", "Some", "String", "Vec",
];

/// What the modules that hold types import.
const IMPORTED: [&str; 4] = [
    "MetaDiscriminatorObject",
    "MetaSchema",
    "MetaSchemaRef",
    "Registry",
];

/// What the modules around a client's operations import or define.
const CLIENT_IMPORTS: [&str; 8] = [
    "ByteStream",
    "Client",
    "ClientHooks",
    "ClientInfo",
    "Error",
    "OperationInfo",
    "RequestBuilderExt",
    "ResponseValue",
];

/// Methods of the client, or of its traits, that are no operations.
const CLIENT_METHODS: [&str; 7] = [
    "api_version",
    "baseurl",
    "call",
    "client",
    "inner",
    "new",
    "new_with_client",
];

/// Names in the server that are no operations: the list of all of them, what every service has, a function of poem-openapi.
const SERVER_METHODS: [&str; 3] = ["all", "authorize", "meta"];

/// What stands beside the parameters in the server's methods, and in the client's builders.
const BESIDE_PARAMETERS: [&str; 10] = [
    "body",
    "body_map",
    "broken",
    "caller",
    "header_map",
    "into_request",
    "new",
    "read_response",
    "request",
    "send",
];

/// progenitor's `PascalCase` (its `sanitize`): `HTTPServer` is `HttpServer`.
pub(crate) fn client_pascal(name: &str) -> String {
    progenitor_name(name, str::to_pascal_case, "_")
}

/// The name of the type of a named schema in the client, which is typify's: `404Error` is `X404error`.
pub(crate) fn client_type(schema: &str) -> String {
    progenitor_name(&type_name(schema), str::to_pascal_case, "X")
}

/// progenitor's `snake_case`.
pub(crate) fn client_snake(name: &str) -> String {
    progenitor_name(name, str::to_snake_case, "_")
}

/// The name of an operation's builder in the client, which progenitor makes of its method's name.
pub(crate) fn client_operation(id: &str) -> String {
    client_pascal(&client_snake(id))
}

fn progenitor_name(name: &str, case: fn(&str) -> String, before_digit: &str) -> String {
    let plain = match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => case(
            &name
                .replace('\'', "")
                .replace(|c: char| !(c == '_' || c.is_alphanumeric()), "-"),
        ),
    };
    match plain.chars().next() {
        None => case("x"),
        Some(first) if first.is_alphabetic() => plain,
        Some(_) => format!("{before_digit}{plain}"),
    }
}

/// What a name names.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Schema,
    /// A value of an enumeration.
    Value,
    /// A property of an object.
    Member,
    Parameter,
    Operation,
}

impl Kind {
    /// The identifiers that the halves make of a name. Those of different `u8`s never meet.
    fn identifiers(self, name: &str) -> Vec<(u8, String)> {
        match self {
            Self::Schema => vec![(0, type_name(name)), (1, client_type(name))],
            Self::Value => vec![
                (0, pascal(name)),
                (1, progenitor_name(name, str::to_pascal_case, "X")),
            ],
            Self::Member => vec![
                (0, snake(name)),
                (1, progenitor_name(name, str::to_snake_case, "x")),
            ],
            Self::Parameter => vec![(0, snake(name)), (1, client_snake(name))],
            Self::Operation => vec![
                (0, snake(name)),
                (1, client_snake(name)),
                (2, pascal(name)),
                (3, client_operation(name)),
            ],
        }
    }

    /// Those that generated code uses itself.
    fn reserved(self) -> Vec<(u8, &'static str)> {
        let of = |half, names: &[&'static str]| -> Vec<_> {
            names.iter().map(|name| (half, *name)).collect()
        };
        match self {
            Self::Schema | Self::Value | Self::Member => Vec::new(),
            Self::Parameter => [of(0, &BESIDE_PARAMETERS), of(1, &BESIDE_PARAMETERS)].concat(),
            Self::Operation => [
                of(0, &SERVER_METHODS),
                of(1, &CLIENT_METHODS),
                of(3, &PRELUDE),
                of(3, &CLIENT_IMPORTS),
            ]
            .concat(),
        }
    }
}

/// Names of one kind that must differ in Rust, in either half.
pub(crate) struct Scope {
    kind: Kind,
    /// Identifier to the name that it was made of.
    taken: BTreeMap<(u8, String), Option<String>>,
}

impl Scope {
    pub(crate) fn new(kind: Kind) -> Self {
        let reserved = kind.reserved().into_iter();
        let taken = reserved
            .map(|(half, name)| ((half, name.to_owned()), None))
            .collect();
        Self { kind, taken }
    }

    /// # Errors
    /// In words: the name cannot stand beside the others.
    pub(crate) fn add(&mut self, name: &str) -> Result<(), String> {
        let identifiers = self.kind.identifiers(name);
        for identifier in &identifiers {
            let known = self.taken.get(identifier);
            let identifier = &identifier.1;
            match known {
                Some(Some(other)) => {
                    return Err(format!(
                        "`{other}` and `{name}` would both be called `{identifier}` in Rust: rename one"
                    ));
                }
                Some(None) => {
                    return Err(format!(
                        "`{name}` would be called `{identifier}` in Rust, which generated code uses itself: rename it"
                    ));
                }
                None => {}
            }
        }
        for identifier in identifiers {
            self.taken.insert(identifier, Some(name.to_owned()));
        }
        Ok(())
    }
}

fn identifier(name: &str) -> String {
    let name = match name.chars().next() {
        None => return "_empty".into(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name.to_owned(),
    };
    // `gen` is a keyword since edition 2024, which syn takes for a name.
    if name != "gen" && syn::parse_str::<syn::Ident>(&name).is_ok() {
        return name;
    }
    // Not every keyword can be raw: `self`, `Self`, `super` and `crate` cannot.
    match name.as_str() {
        "self" | "Self" | "super" | "crate" => format!("{name}_"),
        _ => format!("r#{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        for (name, snake_case, pascal_case) in [
            ("listConnections", "list_connections", "ListConnections"),
            ("@odata.nextLink", "odata_next_link", "OdataNextLink"),
            ("$top", "top", "Top"),
            ("connection-id", "connection_id", "ConnectionId"),
            ("type", "r#type", "Type"),
            ("gen", "r#gen", "Gen"),
            ("self", "self_", "Self_"),
            ("3d", "_3d", "_3d"),
            ("$", "_empty", "_empty"),
            ("ODataError", "odata_error", "ODataError"),
        ] {
            assert_eq!(
                (snake(name).as_str(), pascal(name).as_str()),
                (snake_case, pascal_case),
                "{name}"
            );
        }
        assert_eq!(screaming("listConnections"), "LIST_CONNECTIONS");
    }

    #[test]
    fn schemas_in_place_are_named_by_the_way_to_them() {
        let document = serde_json::json!({
            "paths": { "/things/{id}": {
                "parameters": [{ "name": "$kind" }],
                "get": { "operationId": "get-thing", "parameters": [{ "name": "x-kind" }] },
                "put": {},
            } },
            "components": { "schemas": { "Thing": { "allOf": [{}, { "properties": { "parts": { "items": {} } } }] } } },
        });
        for (pointer, name) in [
            (
                "/components/schemas/Thing/allOf/1/properties/parts/items",
                "ThingPartsItem",
            ),
            (
                "/components/schemas/a-b/additionalProperties/oneOf/1",
                "ABValueVariant2",
            ),
            (
                "/components/schemas/T/properties/properties/properties/items",
                "TPropertiesItems",
            ),
            ("/components/parameters/Top/schema", "Top"),
            (
                "/components/requestBodies/Thing/content/application~1json/schema",
                "Thing",
            ),
            (
                "/paths/~1things~1{id}/get/parameters/0/schema/items",
                "GetThingXKindItem",
            ),
            ("/paths/~1things~1{id}/parameters/0/schema", "ThingsIdKind"),
            (
                "/paths/~1things~1{id}/get/requestBody/content/a/schema",
                "GetThingBody",
            ),
            (
                "/paths/~1things~1{id}/put/responses/200/content/a/schema",
                "PutThingsIdResponse200",
            ),
        ] {
            assert_eq!(in_place(&document, pointer), name, "{pointer}");
        }
    }

    #[test]
    fn schemas_give_way_to_what_generated_code_uses() {
        for (schema, name) in [
            ("Thing", "Thing"),
            ("Box", "BoxSchema"),
            ("default", "DefaultSchema"),
            ("DEFAULT", "DEFAULTSchema"),
            ("meta-schema", "MetaSchemaSchema"),
        ] {
            assert_eq!(type_name(schema), name);
        }
    }

    #[test]
    fn names_that_meet_in_either_half_are_told() {
        let told = |kind, names: &[&str]| {
            let mut scope = Scope::new(kind);
            names.iter().find_map(|name| scope.add(name).err())
        };
        for (kind, names, identifier) in [
            (Kind::Schema, ["a-b", "aB"], "AB"),
            (Kind::Schema, ["HTTPServer", "HttpServer"], "HttpServer"),
            (Kind::Schema, ["Box", "BoxSchema"], "BoxSchema"),
            (Kind::Schema, ["404Error", "X404error"], "X404error"),
            (Kind::Value, ["name", "NAME"], "Name"),
            (Kind::Member, ["FOOBar", "foo_bar"], "foo_bar"),
            (Kind::Member, ["3d", "x3d"], "x3d"),
            (Kind::Parameter, ["$top", "top"], "top"),
            (Kind::Operation, ["get-item", "getItem"], "get_item"),
        ] {
            let [one, other] = names;
            assert_eq!(
                told(kind, &names),
                Some(format!(
                    "`{one}` and `{other}` would both be called `{identifier}` in Rust: rename one"
                ))
            );
        }
        for (kind, name, identifier) in [
            (Kind::Parameter, "Body", "body"),
            (Kind::Parameter, "send", "send"),
            (Kind::Operation, "all", "all"),
            (Kind::Operation, "new", "new"),
            (Kind::Operation, "response-value", "ResponseValue"),
        ] {
            assert_eq!(
                told(kind, &[name]),
                Some(format!(
                    "`{name}` would be called `{identifier}` in Rust, which generated code uses itself: rename it"
                ))
            );
        }
        assert_eq!(told(Kind::Value, &["ALL", "none", "Self"]), None);
        assert_eq!(
            told(Kind::Parameter, &["client", "response", "result", "gen"]),
            None
        );
    }
}
