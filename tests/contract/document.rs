//! `openapi.yaml` as data to walk: its operations in its order, references followed.

use std::sync::OnceLock;

use reqwest::Method;
use serde_json::{Map, Value};

/// The document as the build has read it, members in their order.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/openapi.json")))
            .expect("the build writes JSON")
    })
}

/// What a node says itself or by reference.
pub fn resolve(node: &'static Value) -> &'static Value {
    let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
        return node;
    };
    let pointer = reference.strip_prefix('#').expect("a local reference");
    let target = document().pointer(pointer);
    resolve(target.unwrap_or_else(|| panic!("{reference} leads nowhere")))
}

pub fn members(node: &'static Value, name: &str) -> &'static Map<String, Value> {
    static EMPTY: OnceLock<Map<String, Value>> = OnceLock::new();
    match node.get(name) {
        Some(Value::Object(members)) => members,
        _ => EMPTY.get_or_init(Map::new),
    }
}

/// The path of each server, such as `/v1.0`.
pub fn servers() -> Vec<&'static str> {
    let servers = document()["servers"].as_array().expect("servers");
    servers
        .iter()
        .map(|server| server["url"].as_str().expect("a path"))
        .collect()
}

/// Other spellings of a path: every alias of its prefix.
pub fn aliases(path: &str) -> Vec<String> {
    members(document(), "x-path-aliases")
        .iter()
        .filter_map(|(alias, prefix)| {
            let rest = path.strip_prefix(prefix.as_str()?)?;
            Some(format!("{alias}{rest}"))
        })
        .collect()
}

/// The paths of the document, with parameters in braces.
pub fn paths() -> impl Iterator<Item = &'static str> {
    members(document(), "paths").keys().map(String::as_str)
}

#[derive(Clone)]
pub struct Operation {
    pub method: Method,
    /// With parameters in braces.
    pub path: &'static str,
    pub node: &'static Value,
    pub parameters: Vec<&'static Value>,
}

/// Every operation, in the order of the document.
pub fn operations() -> Vec<Operation> {
    paths().flat_map(operations_of).collect()
}

pub fn operations_of(path: &'static str) -> Vec<Operation> {
    const METHODS: [&str; 8] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let item = &document()["paths"][path];
    let methods = members(document(), "paths")[path]
        .as_object()
        .expect("a path item")
        .iter()
        .filter(|(name, _)| METHODS.contains(&name.as_str()));
    methods
        .map(|(method, node)| Operation {
            method: method.to_uppercase().parse().expect("a method"),
            path,
            node,
            parameters: parameters(item).chain(parameters(node)).collect(),
        })
        .collect()
}

fn parameters(node: &'static Value) -> impl Iterator<Item = &'static Value> {
    let parameters = node.get("parameters").and_then(Value::as_array);
    parameters.into_iter().flatten().map(resolve)
}

/// The example of a parameter.
pub fn example(parameter: &'static Value) -> String {
    let example = parameter["example"].as_str();
    example.expect("an example").to_owned()
}

impl Operation {
    pub fn id(&self) -> &'static str {
        self.node["operationId"].as_str().unwrap_or(self.path)
    }

    pub fn scopes(&self) -> Vec<&'static str> {
        let scopes = self.node["x-required-scopes"].as_array();
        scopes
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    /// The only kind of token that it takes.
    pub fn token_kind(&self) -> Option<&'static str> {
        self.node["x-token-kind"].as_str()
    }

    pub fn parameters_in(&self, place: &str) -> impl Iterator<Item = &'static Value> {
        self.parameters
            .iter()
            .copied()
            .filter(move |parameter| parameter["in"] == place)
    }

    /// The path with the examples of its parameters.
    pub fn example_path(&self) -> String {
        self.path_with(example)
    }

    pub fn path_with(&self, value: impl Fn(&'static Value) -> String) -> String {
        self.parameters_in("path")
            .fold(self.path.to_owned(), |path, parameter| {
                let name = parameter["name"].as_str().expect("a name");
                path.replace(&format!("{{{name}}}"), &value(parameter))
            })
    }

    /// The media type object of the request body.
    pub fn body(&self) -> Option<&'static Value> {
        let body = resolve(self.node.get("requestBody")?);
        body["content"].get("application/json")
    }

    /// Declared statuses, in their order, and their response objects.
    pub fn responses(&self) -> impl Iterator<Item = (u16, &'static Value)> {
        members(self.node, "responses")
            .iter()
            .map(|(status, response)| (status.parse().expect("a status"), resolve(response)))
    }

    pub fn response(&self, status: u16) -> Option<&'static Value> {
        self.responses()
            .find_map(|(declared, response)| (declared == status).then_some(response))
    }

    /// The status that its responses declare first.
    pub fn success(&self) -> u16 {
        let (status, _) = self.responses().next().expect("a response");
        status
    }
}

/// A declared response's media type and what is said of it; `None` without a body.
pub fn content(response: &'static Value) -> Option<(&'static str, &'static Value)> {
    let mut content = members(response, "content").iter();
    let (media, node) = content.next()?;
    assert!(content.next().is_none(), "one media type per response");
    Some((media, node))
}

/// The members of an object's schema, those of all its parts.
pub fn properties(schema: &'static Value) -> Vec<(&'static str, &'static Value)> {
    let schema = resolve(schema);
    let own = members(schema, "properties").iter();
    parts(schema, "allOf")
        .flat_map(properties)
        .chain(own.map(|(name, schema)| (name.as_str(), schema)))
        .collect()
}

/// The items of a keyword that is a list.
pub fn parts(schema: &'static Value, keyword: &str) -> impl Iterator<Item = &'static Value> {
    let parts = schema.get(keyword).and_then(Value::as_array);
    parts.into_iter().flatten()
}
