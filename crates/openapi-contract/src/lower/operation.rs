//! Paths and their operations.

use std::collections::BTreeMap;

use crate::{
    document::Cursor,
    ir::{Operation, Spec},
    names::{self, Scope},
};

use super::{
    about::{docs, optional},
    content::{request_body, responses},
    parameter::parameters,
    secured,
};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

pub(super) fn lower_all(root: &Cursor, spec: &mut Spec) {
    let secured_by_default = secured(root, spec).unwrap_or(false);
    let Some(paths) = root.require("paths") else {
        return;
    };
    if paths.entries().is_empty() {
        paths.problem("must have an operation");
    }
    let mut shapes = BTreeMap::new();
    let mut names = Scope::new(names::Kind::Operation);
    for (path, item) in paths.entries() {
        let mut keys = vec!["parameters"];
        keys.extend(METHODS);
        item.only("a path", &keys);
        check_path(&item, path);
        if let Some(other) = shapes.insert(shape(path), path) {
            item.problem(format!(
                "is the same as `{other}`: the names of parameters do not tell paths apart"
            ));
        }
        let first = spec.operations.len();
        for (method, node) in item.entries() {
            if !METHODS.contains(&method) {
                continue;
            }
            if let Some(id) = node.get("operationId")
                && let Some(Err(problem)) = id.value().as_str().map(|name| names.add(name))
            {
                id.problem(problem);
            }
            let operation = operation(spec, path, method, &item, &node, secured_by_default);
            spec.operations.extend(operation);
        }
        if spec.operations[first..]
            .windows(2)
            .any(|pair| pair[0].tag != pair[1].tag)
        {
            item.problem("the operations of a path must share their tag: a tag's server describes its paths alone");
        }
    }
}

/// Parameters of a path are whole segments, and the others are as they stand in a URL: the router compares them with it.
fn check_path(node: &Cursor, path: &str) {
    if !path.starts_with('/') || (path.len() > 1 && path.ends_with('/')) || path.contains("//") {
        node.problem("a path begins with `/`, does not end with it and has no empty segment");
    }
    for segment in path
        .split('/')
        .filter(|segment| parameter_of(segment).is_none())
    {
        if segment.contains(['{', '}', ':', '*', '<', '>', '?', '#']) {
            node.problem(format!("path segment `{segment}`: a parameter must be a whole segment, and a literal has none of `{{}}:*<>?#`"));
        } else if !is_segment(segment) {
            node.problem(format!("path segment `{segment}`: write what a URL cannot hold percent-encoded, such as `%20` for a space"));
        }
    }
}

/// A segment of a URL's path (RFC 3986, section 3.3).
fn is_segment(segment: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(c);
    let mut parts = segment.split('%');
    let hexadecimal = |part: &str| {
        part.get(..2)
            .is_some_and(|code| code.chars().all(|c| c.is_ascii_hexdigit()))
    };
    parts.next().is_none_or(|first| first.chars().all(plain))
        && parts.all(|part| hexadecimal(part) && part.chars().all(plain))
}

/// A path without the names of its parameters.
fn shape(path: &str) -> String {
    let segments = path
        .split('/')
        .map(|segment| parameter_of(segment).map_or(segment, |_| "{}"));
    segments.collect::<Vec<_>>().join("/")
}

pub(super) fn parameter_of(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    (!name.is_empty() && !name.contains(['{', '}'])).then_some(name)
}

fn operation(
    spec: &mut Spec,
    path: &str,
    method: &str,
    item: &Cursor,
    node: &Cursor,
    secured_by_default: bool,
) -> Option<Operation> {
    node.only(
        "an operation",
        &[
            "tags",
            "summary",
            "description",
            "externalDocs",
            "operationId",
            "x-required-scopes",
            "parameters",
            "requestBody",
            "responses",
            "deprecated",
            "security",
        ],
    );
    let id = node.require("operationId").and_then(|id| id.str());
    let summary = summary(node);
    let tag = tag(spec, node);
    let docs = docs(node);
    if docs.as_ref().is_some_and(|docs| docs.description.is_some()) {
        node.problem("poem-openapi has no `description` for the `externalDocs` of an operation");
    }
    let parameters = parameters(spec, path, item, node, id.unwrap_or_default());
    let body = node.get("requestBody").map(|body| request_body(&body));
    if body.is_some() && matches!(method, "get" | "head" | "delete" | "options") {
        node.problem(format!(
            "a body has no meaning in {}",
            method.to_uppercase()
        ));
    }
    let responses = responses(node);
    if !secured(node, spec).unwrap_or(secured_by_default) {
        node.problem(
            "an operation without `security` is not supported: every handler knows its caller",
        );
    }
    let scopes = scopes(node);
    let (id, (successes, failures)) = (id?, responses?);
    Some(Operation {
        id: id.to_owned(),
        ident: names::snake(id),
        pascal: names::pascal(id),
        tag: tag?,
        method: method.to_owned(),
        path: path.to_owned(),
        summary: summary?,
        description: optional(node, "description"),
        docs_url: docs.map(|docs| docs.url),
        deprecated: node.flag("deprecated"),
        scopes,
        parameters,
        body: match body {
            Some(body) => Some(body?),
            None => None,
        },
        successes,
        failures,
    })
}

/// The summary, which a blank line would end.
fn summary(node: &Cursor) -> Option<String> {
    let summary = node.require("summary")?;
    let text = summary.str()?.trim();
    if text.is_empty() || text.contains('\n') {
        return summary.refuse("a summary is one line");
    }
    Some(text.to_owned())
}

fn tag(spec: &Spec, node: &Cursor) -> Option<usize> {
    let tags = node.require("tags")?;
    let [tag] = tags
        .items()
        .try_into()
        .ok()
        .or_else(|| tags.refuse("an operation has exactly one tag"))?;
    let name = tag.str()?;
    let index = spec.tags.iter().position(|tag| tag.name == name);
    index.or_else(|| tag.refuse(format!("`{name}` is not among the document's `tags`")))
}

/// `x-required-scopes`: any one of them is enough.
fn scopes(node: &Cursor) -> Vec<String> {
    let Some(scopes) = node.require("x-required-scopes") else {
        return Vec::new();
    };
    let names: Vec<String> = scopes
        .items()
        .iter()
        .filter_map(Cursor::str)
        .map(str::to_owned)
        .collect();
    if names.is_empty() {
        scopes.problem("must name a permission");
    }
    names
}
