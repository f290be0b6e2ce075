//! From the document to the intermediate representation. Reads every key it meets, or refuses it.

mod content;
mod named;
mod operation;
mod parameter;
mod pattern;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    document::{Cursor, Diagnostic, Document, Reader},
    ir::{Security, Spec, Tag},
};

/// # Errors
/// Every problem of the document, in its order.
pub(crate) fn lower(document: &Document) -> Result<Spec, Vec<Diagnostic>> {
    let reader = Reader::new(document);
    let spec = spec(&reader.root());
    match (spec, reader.into_problems()) {
        (Some(spec), problems) if problems.is_empty() => Ok(spec),
        (_, problems) => Err(problems),
    }
}

fn spec(root: &Cursor) -> Option<Spec> {
    root.only(
        "the document",
        &[
            "openapi",
            "info",
            "servers",
            "security",
            "tags",
            "externalDocs",
            "paths",
            "components",
        ],
    );
    let mut spec = Spec::default();
    let version = root.require("openapi")?;
    if !version.str()?.starts_with("3.0.") {
        version.problem("only OpenAPI 3.0 is supported");
    }
    if let Some(info) = root.require("info") {
        info.only(
            "`info`",
            &[
                "title",
                "version",
                "description",
                "termsOfService",
                "contact",
                "license",
            ],
        );
        spec.title = info.require("title")?.str()?.to_owned();
        spec.version = info.require("version")?.str()?.to_owned();
        spec.description = info.text("description").map(str::to_owned);
    }
    spec.servers = root
        .get("servers")
        .map(|servers| servers.items())
        .unwrap_or_default()
        .iter()
        .filter_map(server)
        .collect();
    if let Some(aliases) = root.get("x-path-aliases") {
        spec.path_aliases = aliases
            .entries()
            .iter()
            .filter_map(|alias| path_alias(root, alias))
            .collect();
    }
    spec.tags = root
        .get("tags")
        .map(|tags| tags.items())
        .unwrap_or_default()
        .iter()
        .filter_map(tag)
        .collect();
    components(root, &mut spec);
    named::lower_all(root, &mut spec);
    operation::lower_all(root, &mut spec);
    mark_requests(&mut spec);
    unique_types(root, &spec);
    Some(spec)
}

fn server(node: &Cursor) -> Option<String> {
    node.only("a server", &["url", "description"]);
    let url = node.require("url")?;
    let path = url.str()?;
    if path.starts_with('/') && !path.ends_with('/') && !path.contains('{') {
        Some(path.to_owned())
    } else {
        url.refuse("must be a path such as `/v1.0`: the server answers at any host")
    }
}

fn path_alias(root: &Cursor, (alias, prefix): &(&str, Cursor)) -> Option<(String, String)> {
    let target = prefix.str()?;
    let paths = root.get("paths")?;
    if !alias.starts_with('/') || alias.ends_with('/') {
        prefix.problem("an alias must be a path prefix such as `/items`");
    }
    if !paths
        .entries()
        .iter()
        .any(|(path, _)| path.starts_with(target))
    {
        prefix.problem("no path begins with this");
    }
    Some(((*alias).to_owned(), target.to_owned()))
}

fn tag(node: &Cursor) -> Option<Tag> {
    node.only("a tag", &["name", "description", "externalDocs"]);
    Some(Tag {
        name: node.require("name")?.str()?.to_owned(),
        description: node.text("description").map(str::to_owned),
        docs_url: docs_url(node),
    })
}

/// The address of `externalDocs`.
fn docs_url(node: &Cursor) -> Option<String> {
    let docs = node.get("externalDocs")?;
    docs.only("`externalDocs`", &["url", "description"]);
    Some(docs.require("url")?.str()?.to_owned())
}

fn components(root: &Cursor, spec: &mut Spec) {
    let Some(components) = root.get("components") else {
        return;
    };
    components.only(
        "`components`",
        &[
            "schemas",
            "parameters",
            "responses",
            "headers",
            "requestBodies",
            "examples",
            "securitySchemes",
        ],
    );
    let schemes = components
        .get("securitySchemes")
        .map(|schemes| schemes.entries())
        .unwrap_or_default();
    if let [_, (_, second), ..] = schemes.as_slice() {
        second.problem("only one security scheme is supported");
    }
    for (name, scheme) in schemes {
        scheme.only(
            "a security scheme",
            &["type", "scheme", "bearerFormat", "description"],
        );
        if scheme.text("type") != Some("http") || scheme.text("scheme") != Some("bearer") {
            scheme.problem("only `type: http` with `scheme: bearer` is supported");
        }
        spec.security = Some(Security {
            name: name.to_owned(),
            description: scheme.text("description").map(str::to_owned),
            bearer_format: scheme.text("bearerFormat").map(str::to_owned),
        });
    }
}

/// Whether `security` (of the document or an operation) asks for the one scheme there is.
fn secured(node: &Cursor, spec: &Spec) -> Option<bool> {
    let requirements = node.get("security")?;
    let mut secured = false;
    for requirement in requirements.items() {
        for (name, scopes) in requirement.entries() {
            secured = true;
            if spec
                .security
                .as_ref()
                .is_none_or(|scheme| scheme.name != name)
            {
                scopes.problem(format!("`{name}` is not a security scheme of `components`"));
            }
            if scopes.items().first().is_some() {
                scopes.problem(
                    "a bearer scheme has no scopes in OpenAPI 3.0; use `x-required-scopes`",
                );
            }
        }
    }
    if requirements.items().len() > 1 {
        requirements.problem("alternatives are not supported");
    }
    Some(secured)
}

/// Marks each type that a request body contains, directly or not.
fn mark_requests(spec: &mut Spec) {
    let parts: BTreeMap<String, Vec<String>> = spec
        .types
        .iter()
        .map(|def| (def.schema.clone(), named::parts(&def.kind)))
        .collect();
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<String> = spec
        .operations
        .iter()
        .filter_map(|op| op.body.as_ref())
        .map(|body| body.schema.clone())
        .collect();
    while let Some(name) = waiting.pop() {
        if reached.insert(name.clone()) {
            waiting.extend(parts.get(&name).into_iter().flatten().cloned());
        }
    }
    for def in &mut spec.types {
        def.in_request = reached.contains(&def.schema);
    }
}

/// Refuses names that differ in the document and not in Rust.
fn unique_types(root: &Cursor, spec: &Spec) {
    let mut seen = BTreeMap::new();
    let names = spec
        .types
        .iter()
        .map(|def| (def.ident.clone(), def.schema.clone()));
    let params = spec.operations.iter().flat_map(|op| {
        [
            format!("{}Params", op.pascal),
            format!("{}Response", op.pascal),
        ]
        .map(|ident| (ident, op.id.clone()))
    });
    for (ident, name) in names.chain(params) {
        if let Some(other) = seen.insert(ident.clone(), name.clone()) {
            root.problem(format!(
                "`{other}` and `{name}` would both be called `{ident}` in Rust"
            ));
        }
    }
}
