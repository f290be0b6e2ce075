//! Paths and their operations.

use std::collections::BTreeMap;

use crate::{
    document::Cursor,
    ir::{Operation, Response, Spec},
    names::{self, Scope},
};

use super::{
    about::{add_tag, docs, optional},
    content::{request_body, responses},
    parameter::{parameter_of, parameters},
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
            "x-token-kind",
            "parameters",
            "requestBody",
            "responses",
            "deprecated",
            "security",
        ],
    );
    let id = node.require("operationId").and_then(|id| id.str());
    let summary = summary(node);
    let tags = tags(spec, node);
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
    let secured = secured(node, spec).unwrap_or(secured_by_default);
    let scopes = scopes(node, secured);
    let token_kind = token_kind(node, secured);
    if let Some((_, failures)) = &responses {
        demand(node, secured, body.is_some(), failures);
    }
    let (id, (successes, failures)) = (id?, responses?);
    Some(Operation {
        id: id.to_owned(),
        ident: names::snake(id),
        pascal: names::pascal(id),
        tags: tags?,
        method: method.to_owned(),
        path: path.to_owned(),
        summary,
        description: optional(node, "description"),
        docs_url: docs.map(|docs| docs.url),
        deprecated: node.flag("deprecated"),
        secured,
        scopes,
        token_kind,
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
    let summary = node.get("summary")?;
    let text = summary.str()?.trim();
    if text.is_empty() || text.contains('\n') {
        return summary.refuse("a summary is one line");
    }
    Some(text.to_owned())
}

/// The tags; one that the document does not list is a mistake, unless it lists none.
fn tags(spec: &mut Spec, node: &Cursor) -> Option<Vec<usize>> {
    let listed = spec.tags.iter().any(|tag| tag.listed);
    let nodes = node
        .get("tags")
        .map(|tags| tags.items())
        .unwrap_or_default();
    let mut tags = Vec::new();
    for node in nodes {
        let name = node.str()?;
        let index = match spec.tags.iter().position(|tag| tag.name == name) {
            Some(index) => index,
            None if listed => {
                return node.refuse(format!("`{name}` is not among the document's `tags`"));
            }
            None => {
                add_tag(spec, &node, name)?;
                spec.tags.len() - 1
            }
        };
        tags.push(index);
    }
    Some(tags)
}

/// `x-required-scopes`: any one of them is enough.
fn scopes(node: &Cursor, secured: bool) -> Vec<String> {
    let Some(scopes) = node.get("x-required-scopes") else {
        return Vec::new();
    };
    if !secured {
        scopes.problem("says nothing of an operation without `security`, which anybody may call");
    }
    let names: Vec<String> = scopes
        .items()
        .iter()
        .filter_map(Cursor::str)
        .map(str::to_owned)
        .collect();
    if names.is_empty() {
        scopes.problem("must name a permission; leave it out if any token will do");
    }
    names
}

/// `x-token-kind`: the only kind of token that it takes.
fn token_kind(node: &Cursor, secured: bool) -> Option<&'static str> {
    let kind = node.get("x-token-kind")?;
    if !secured {
        kind.problem("says nothing of an operation without `security`, which anybody may call");
    }
    match kind.str()? {
        "application" => Some("Application"),
        "delegated" => Some("Delegated"),
        _ => kind.refuse("must be `application` or `delegated`; leave it out if both will do"),
    }
}

/// Demands the statuses that the server answers before any handler is asked.
fn demand(node: &Cursor, secured: bool, body: bool, failures: &[Response]) {
    let table = [
        (true, 400, "400 (a rule is broken)"),
        (secured, 401, "401 (no valid token)"),
        (secured, 403, "403 (not permitted)"),
        (body, 408, "408 (the body does not arrive in time)"),
        (body, 413, "413 (the body is too large)"),
        (body, 415, "415 (the body is of another media type)"),
        (body, 503, "503 (no memory for the body)"),
    ];
    let lacks = |status| {
        let declared = |it: &Response| it.status.is_none_or(|declared| declared == status);
        !failures.iter().any(declared)
    };
    let missing = table
        .iter()
        .filter(|(applies, status, _)| *applies && lacks(*status));
    let missing: Vec<&str> = missing.map(|(.., told)| *told).collect();
    if !missing.is_empty() {
        node.problem(format!(
            "`responses` lacks what the server answers by itself: add {}, or `default`",
            missing.join(", ")
        ));
    }
}
