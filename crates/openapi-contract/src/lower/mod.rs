//! From the document to the intermediate representation. Reads every key it meets, or refuses it.

mod about;
mod content;
mod lenient;
mod named;
mod object;
mod operation;
mod parameter;
mod pattern;
mod schema;
mod union;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    document::{Cursor, Diagnostic, Document, Reader},
    ir::{Security, Spec},
};

/// # Errors
/// Every problem of the document, in its order.
pub(crate) fn lower(document: &Document) -> Result<Spec, Vec<Diagnostic>> {
    let reader = Reader::new(document);
    let spec = spec(&reader.root());
    if reader.is_sound() {
        // Only a document that has been read to its end tells what is unused.
        unused(&reader.root(), &spec);
    }
    let problems = reader.into_problems();
    if problems.is_empty() {
        Ok(spec)
    } else {
        Err(problems)
    }
}

fn spec(root: &Cursor) -> Spec {
    root.only(
        "the document",
        &[
            "openapi",
            "info",
            "servers",
            "x-path-aliases",
            "security",
            "tags",
            "externalDocs",
            "paths",
            "components",
        ],
    );
    if let Some(version) = root.require("openapi")
        && version.str().is_some_and(|text| !text.starts_with("3.0."))
    {
        version.problem("only OpenAPI 3.0 is supported");
    }
    let mut spec = Spec {
        info: about::info(root).unwrap_or_default(),
        docs: about::docs(root),
        servers: about::servers(root),
        path_aliases: about::path_aliases(root),
        security: components(root),
        ..Spec::default()
    };
    about::tags(root, &mut spec);
    named::lower_all(root, &mut spec);
    operation::lower_all(root, &mut spec);
    named::complete(root, &mut spec);
    mark_requests(&mut spec);
    spec
}

/// The sections that references lead into.
const SECTIONS: [&str; 5] = [
    "schemas",
    "parameters",
    "responses",
    "headers",
    "requestBodies",
];

fn components(root: &Cursor) -> Option<Security> {
    let components = root.get("components")?;
    let known: Vec<&str> = SECTIONS.into_iter().chain(["securitySchemes"]).collect();
    components.only("`components`", &known);
    for section in SECTIONS {
        for (name, node) in components
            .get(section)
            .map(|section| section.entries())
            .unwrap_or_default()
        {
            // OpenAPI 3.0.3, components object.
            if !name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
            {
                node.problem("a component's name has letters, digits, `.`, `_` and `-` only");
            }
        }
    }
    let schemes = components.get("securitySchemes")?.entries();
    if let [_, (_, second), ..] = schemes.as_slice() {
        second.problem("only one security scheme is supported");
    }
    let (name, scheme) = schemes.first()?;
    scheme.only(
        "a security scheme",
        &["type", "scheme", "bearerFormat", "description"],
    );
    if scheme.text("type") != Some("http") || scheme.text("scheme") != Some("bearer") {
        scheme.problem("only `type: http` with `scheme: bearer` is supported");
    }
    Some(Security {
        name: (*name).to_owned(),
        description: about::optional(scheme, "description"),
        bearer_format: about::optional(scheme, "bearerFormat"),
    })
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
            if !scopes.items().is_empty() {
                scopes.problem(
                    "a bearer scheme has no scopes in OpenAPI 3.0; list the permissions of which one is enough as the operation's `x-required-scopes`",
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

/// Refuses what nothing uses: nobody would notice what is wrong with it.
fn unused(root: &Cursor, spec: &Spec) {
    let components = root.get("components");
    for section in SECTIONS {
        let section = components
            .as_ref()
            .and_then(|components| components.get(section));
        for (_, node) in section.map(|section| section.entries()).unwrap_or_default() {
            if !node.is_referenced() {
                node.problem("nothing refers to this");
            }
        }
    }
    let tags = root.get("tags").map(|tags| tags.items());
    for (index, node) in tags.iter().flatten().enumerate() {
        if !spec
            .operations
            .iter()
            .any(|operation| operation.tags.contains(&index))
        {
            node.problem("no operation has this tag");
        }
    }
}
