//! Paths and their operations.

use crate::{
    document::Cursor,
    ir::{Operation, Spec},
    names,
};

use super::{
    content::{request_body, responses},
    docs_url,
    parameter::parameters,
    secured,
};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

pub(super) fn lower_all(root: &Cursor, spec: &mut Spec) {
    let secured_by_default = secured(root, spec).unwrap_or(false);
    let Some(paths) = root.require("paths") else {
        return;
    };
    for (path, item) in paths.entries() {
        let mut keys = vec!["parameters"];
        keys.extend(METHODS);
        item.only("a path", &keys);
        check_path(&item, path);
        for method in METHODS {
            if let Some(node) = item.get(method)
                && let Some(operation) =
                    operation(spec, path, method, &item, &node, secured_by_default)
            {
                check_unique(spec, &node, &operation);
                spec.operations.push(operation);
            }
        }
    }
    for (index, tag) in spec.tags.iter().enumerate() {
        if !spec
            .operations
            .iter()
            .any(|operation| operation.tag == index)
        {
            root.problem(format!("the tag `{}` has no operation", tag.name));
        }
    }
}

fn check_unique(spec: &Spec, node: &Cursor, operation: &Operation) {
    if let Some(other) = spec
        .operations
        .iter()
        .find(|other| other.ident == operation.ident)
    {
        node.problem(format!(
            "`operationId: {}` and `{}` would both be called `{}` in Rust",
            operation.id, other.id, operation.ident
        ));
    }
}

/// Parameters of a path are whole segments.
fn check_path(node: &Cursor, path: &str) {
    if !path.starts_with('/') || (path.len() > 1 && path.ends_with('/')) {
        node.problem("a path begins with `/` and does not end with it");
    }
    for segment in path
        .split('/')
        .filter(|segment| parameter_of(segment).is_none())
    {
        if segment.contains(['{', '}', ':', '*', '<', '>']) {
            node.problem(format!("path segment `{segment}`: a parameter must be a whole segment, and a literal has none of `{{}}:*<>`"));
        }
    }
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
            "parameters",
            "requestBody",
            "responses",
            "deprecated",
            "security",
        ],
    );
    let id = node.require("operationId").and_then(|id| id.str())?;
    let summary = node.require("summary").and_then(|summary| summary.str());
    let tag = tag(spec, node);
    let parameters = parameters(spec, path, item, node, id);
    let body = node.get("requestBody").map(|body| request_body(&body));
    if body.is_some() && matches!(method, "get" | "head" | "delete" | "options") {
        node.problem(format!(
            "a body has no meaning in {}",
            method.to_uppercase()
        ));
    }
    let (successes, failures) = responses(node)?;
    let secured = secured(node, spec).unwrap_or(secured_by_default);
    if !secured {
        node.problem(
            "an operation without `security` is not supported: every handler knows its caller",
        );
    }
    let scopes = scopes(node);
    Some(Operation {
        id: id.to_owned(),
        ident: names::snake(id),
        pascal: names::pascal(id),
        tag: tag?,
        method: method.to_owned(),
        path: path.to_owned(),
        summary: summary?.to_owned(),
        description: node.text("description").map(str::to_owned),
        docs_url: docs_url(node),
        deprecated: node.flag("deprecated"),
        scopes,
        parameters: parameters?,
        body: match body {
            Some(body) => Some(body?),
            None => None,
        },
        successes,
        failures,
    })
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
        .filter_map(|scope| scope.str())
        .map(str::to_owned)
        .collect();
    if names.is_empty() {
        scopes.problem("must name a permission");
    }
    names
}
