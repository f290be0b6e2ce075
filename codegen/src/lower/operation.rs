//! Paths: operations with their parameters, bodies and responses.

use std::collections::BTreeSet;

use crate::{
    document::Cursor,
    ir::{Body, Content, Header, Operation, Parameter, Place, Response, Spec, Ty},
    names,
};

use super::{docs_url, schema, secured};

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

fn parameter_of(segment: &str) -> Option<&str> {
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

/// Indices of the operation's parameters; those of the path item count unless the operation overrides them.
fn parameters(
    spec: &mut Spec,
    path: &str,
    item: &Cursor,
    node: &Cursor,
    id: &str,
) -> Option<Vec<usize>> {
    let own = node
        .get("parameters")
        .map(|own| own.items())
        .unwrap_or_default();
    let shared = item
        .get("parameters")
        .map(|shared| shared.items())
        .unwrap_or_default();
    let mut indices: Vec<usize> = Vec::new();
    for (from_item, cursor) in own
        .iter()
        .map(|cursor| (false, cursor))
        .chain(shared.iter().map(|cursor| (true, cursor)))
    {
        let Some(parameter) = parameter(cursor, id) else {
            continue;
        };
        let twin = indices.iter().any(|&index| {
            let other = &spec.parameters[index];
            (&other.name, other.place) == (&parameter.name, parameter.place)
        });
        match (twin, from_item) {
            (true, true) => {}
            (true, false) => {
                cursor.problem(format!("the parameter `{}` appears twice", parameter.name))
            }
            (false, _) => indices.push(intern(spec, cursor, parameter)),
        }
    }
    let order: Vec<&str> = path.split('/').filter_map(parameter_of).collect();
    for name in &order {
        if !indices.iter().any(|&index| {
            spec.parameters[index].place == Place::Path && spec.parameters[index].name == *name
        }) {
            node.problem(format!("the path parameter `{name}` is not described"));
        }
    }
    for &index in &indices {
        let parameter = &spec.parameters[index];
        if parameter.place == Place::Path && !order.contains(&parameter.name.as_str()) {
            node.problem(format!("the path has no `{{{}}}`", parameter.name));
        }
    }
    let mut idents = BTreeSet::from(["body".to_owned()]);
    for &index in &indices {
        if !idents.insert(names::snake(&spec.parameters[index].name)) {
            node.problem(format!(
                "two parameters would be called `{}` in Rust",
                names::snake(&spec.parameters[index].name)
            ));
        }
    }
    indices.sort_by_key(|&index| {
        let parameter = &spec.parameters[index];
        order
            .iter()
            .position(|name| parameter.place == Place::Path && *name == parameter.name)
            .unwrap_or(usize::MAX)
    });
    Some(indices)
}

/// Keeps a parameter that several operations share only once.
fn intern(spec: &mut Spec, cursor: &Cursor, parameter: Parameter) -> usize {
    if let Some(index) = spec.parameters.iter().position(|known| *known == parameter) {
        return index;
    }
    if spec
        .parameters
        .iter()
        .any(|known| known.ident == parameter.ident)
    {
        cursor.problem(format!(
            "two different parameters would be called `{}` in Rust",
            parameter.ident
        ));
    }
    spec.parameters.push(parameter);
    spec.parameters.len() - 1
}

fn parameter(cursor: &Cursor, operation_id: &str) -> Option<Parameter> {
    let node = cursor.resolve()?;
    node.only(
        "a parameter",
        &[
            "name",
            "in",
            "required",
            "deprecated",
            "description",
            "schema",
            "example",
            "examples",
        ],
    );
    let name = node.require("name")?.str()?;
    let place = match node.require("in")?.str()? {
        "path" => Place::Path,
        "query" => Place::Query,
        "header" => Place::Header,
        other => return node.refuse(format!("parameters in `{other}` are not supported")),
    };
    let required = node.flag("required");
    if place == Place::Path && !required {
        node.problem("a path parameter must be `required: true`");
    }
    let schema = schema::in_place(&node.require("schema")?)?;
    if matches!(schema.ty, Ty::Array { .. } | Ty::Named(_)) {
        return node.refuse("a parameter must be a string, a number or a boolean");
    }
    if required && schema.default.is_some() {
        node.problem("a required parameter has no use for a `default`");
    }
    // Shared parameters are named by their component, the others by their operation.
    let ident = match cursor
        .text("$ref")
        .and_then(|reference| reference.rsplit('/').next())
    {
        Some(component) => names::pascal(component),
        None => names::pascal(operation_id) + &names::pascal(name),
    };
    Some(Parameter {
        name: name.to_owned(),
        place,
        ident,
        required,
        deprecated: node.flag("deprecated"),
        description: node.text("description").map(str::to_owned),
        schema,
    })
}

fn request_body(cursor: &Cursor) -> Option<Body> {
    let node = cursor.resolve()?;
    node.only("a request body", &["required", "content", "description"]);
    if !node.flag("required") {
        node.problem("a request body must be `required: true`");
    }
    let content = node.require("content")?;
    content.only("a request body's `content`", &["application/json"]);
    let media = content.require("application/json")?;
    Some(Body {
        schema: json(&media)?,
        description: node.text("description").map(str::to_owned),
    })
}

/// The named schema of a JSON media type.
fn json(media: &Cursor) -> Option<String> {
    media.only("a media type", &["schema", "example", "examples"]);
    let node = media.require("schema")?;
    let reference = node.require("$ref")?;
    node.resolve()?;
    match schema::named_by(&reference)? {
        Ty::Named(name) => Some(name),
        _ => None,
    }
}

fn responses(node: &Cursor) -> Option<(Vec<Response>, Vec<Response>)> {
    let mut successes = Vec::new();
    let mut failures = Vec::new();
    for (status, cursor) in node.require("responses")?.entries() {
        match status.parse::<u16>() {
            Ok(code @ 200..=299) => successes.extend(response(&cursor, code)),
            Ok(code @ 400..=599) => failures.extend(response(&cursor, code)),
            _ => cursor
                .problem("a status must be an explicit code from 200 to 299 or from 400 to 599"),
        }
    }
    if successes.is_empty() {
        node.problem("an operation needs a success");
    }
    if failures
        .iter()
        .any(|failure| failure.content == Content::Empty)
    {
        node.problem("an error response must have content");
    }
    if failures
        .windows(2)
        .any(|pair| pair[0].content != pair[1].content)
    {
        node.problem("the error responses of an operation must share one schema");
    }
    Some((successes, failures))
}

fn response(cursor: &Cursor, status: u16) -> Option<Response> {
    let node = cursor.resolve()?;
    node.only("a response", &["description", "headers", "content"]);
    let content = match node.get("content") {
        None => Content::Empty,
        Some(content) => {
            content.only(
                "a response's `content`",
                &["application/json", "text/plain"],
            );
            match content.entries().as_slice() {
                [("application/json", media)] => Content::Json(json(media)?),
                [("text/plain", media)] => {
                    media.only("a media type", &["schema", "example", "examples"]);
                    let schema = schema::in_place(&media.require("schema")?)?;
                    if matches!(schema.ty, Ty::Array { .. } | Ty::Named(_)) {
                        return media.refuse("plain text must be a string, a number or a boolean");
                    }
                    Content::Text(schema)
                }
                _ => return content.refuse("exactly one media type is supported"),
            }
        }
    };
    if matches!(status, 204 | 205) && content != Content::Empty {
        node.problem(format!("{status} has no content (RFC 9110, section 15.3)"));
    }
    let headers = node
        .get("headers")
        .map(|headers| headers.entries())
        .unwrap_or_default();
    Some(Response {
        status,
        ident: variant(&node, status)?.to_owned(),
        description: node.require("description")?.str()?.to_owned(),
        content,
        headers: headers
            .iter()
            .filter_map(|(name, header)| lower_header(name, header))
            .collect(),
    })
}

/// The name of a status (RFC 9110, section 15).
fn variant(node: &Cursor, status: u16) -> Option<&'static str> {
    Some(match status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        204 => "NoContent",
        207 => "MultiStatus",
        400..=599 => "Failure",
        _ => return node.refuse(format!("the status {status} is not supported")),
    })
}

fn lower_header(name: &str, cursor: &Cursor) -> Option<Header> {
    let node = cursor.resolve()?;
    node.only(
        "a header",
        &["description", "required", "schema", "example"],
    );
    let schema = schema::in_place(&node.require("schema")?)?;
    if matches!(schema.ty, Ty::Array { .. } | Ty::Named(_)) {
        return node.refuse("a header must be a string, a number or a boolean");
    }
    Some(Header {
        name: name.to_owned(),
        ident: names::snake(name),
        required: node.flag("required"),
        description: node.text("description").map(str::to_owned),
        schema,
    })
}
