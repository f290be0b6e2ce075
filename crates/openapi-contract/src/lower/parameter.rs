//! Parameters of operations; those that operations share become one.

use crate::{
    document::Cursor,
    ir::{Parameter, Place, Spec, Ty},
    names::{self, Scope},
};

use super::schema;

/// Indices of the operation's parameters; those of the path item count unless the operation overrides them.
pub(super) fn parameters(
    spec: &mut Spec,
    path: &str,
    item: &Cursor,
    node: &Cursor,
    id: &str,
) -> Vec<usize> {
    let own = node
        .get("parameters")
        .map(|own| own.items())
        .unwrap_or_default();
    let shared = item
        .get("parameters")
        .map(|shared| shared.items())
        .unwrap_or_default();
    let mut indices: Vec<usize> = Vec::new();
    // Those that are refused: they are described all the same.
    let mut refused: Vec<&str> = Vec::new();
    for (from_item, cursor) in own
        .iter()
        .map(|cursor| (false, cursor))
        .chain(shared.iter().map(|cursor| (true, cursor)))
    {
        let Some(parameter) = parameter(cursor, id) else {
            let name = cursor.peek("parameters").and_then(|node| node.get("name"));
            refused.extend(name.and_then(|name| name.value().as_str()));
            continue;
        };
        let twin = indices.iter().any(|&index| {
            let other = &spec.parameters[index];
            (&other.name, other.place) == (&parameter.name, parameter.place)
        });
        match (twin, from_item) {
            (true, true) => {}
            (true, false) => {
                cursor.problem(format!("the parameter `{}` appears twice", parameter.name));
            }
            (false, _) => indices.push(intern(spec, cursor, parameter)),
        }
    }
    let order: Vec<&str> = path.split('/').filter_map(parameter_of).collect();
    for (index, name) in order.iter().enumerate() {
        if order[..index].contains(name) {
            node.problem(format!("the path has `{{{name}}}` twice"));
        }
        let described = indices.iter().any(|&index| {
            spec.parameters[index].place == Place::Path && spec.parameters[index].name == *name
        });
        if !described && !refused.contains(name) {
            node.problem(format!("the path parameter `{name}` is not described"));
        }
    }
    for &index in &indices {
        let parameter = &spec.parameters[index];
        // A part of a segment is refused as such.
        if parameter.place == Place::Path && !path.contains(&format!("{{{}}}", parameter.name)) {
            node.problem(format!("the path has no `{{{}}}`", parameter.name));
        }
    }
    let mut names = Scope::new(names::Kind::Parameter);
    for &index in &indices {
        if let Err(problem) = names.add(&spec.parameters[index].name) {
            node.problem(problem);
        }
    }
    indices.sort_by_key(|&index| {
        let parameter = &spec.parameters[index];
        order
            .iter()
            .position(|name| parameter.place == Place::Path && *name == parameter.name)
            .unwrap_or(usize::MAX)
    });
    indices
}

/// The name of the parameter that a segment of a path is.
pub(super) fn parameter_of(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    (!name.is_empty() && !name.contains(['{', '}'])).then_some(name)
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
            "another parameter is called `{}` in Rust: rename one",
            parameter.ident
        ));
    }
    spec.parameters.push(parameter);
    spec.parameters.len() - 1
}

fn parameter(cursor: &Cursor, operation_id: &str) -> Option<Parameter> {
    let node = cursor.resolve("parameters")?;
    node.only(
        "a parameter",
        &[
            "name",
            "in",
            "required",
            "deprecated",
            "description",
            "schema",
            "style",
            "explode",
            "example",
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
    if place == Place::Header {
        check_header(&node, name, &["accept", "authorization", "content-type"]);
    }
    let schema = schema::parameter(&node.require("schema")?)?;
    check_style(&node, place, &schema.ty);
    if required && schema.default.is_some() {
        node.problem("a required parameter has no use for a `default`");
    }
    if name.is_empty() {
        node.problem("a parameter has a name");
    }
    // Shared parameters are named by their component, the others by their operation.
    let ident = match cursor
        .text("$ref")
        .and_then(|reference| reference.rsplit('/').next())
    {
        Some(component) => names::type_name(component),
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

/// A list is one text, its items separated by commas: `style: form` with `explode: false`, in the query.
fn check_style(node: &Cursor, place: Place, ty: &Ty) {
    let is_list = matches!(ty, Ty::Array { .. });
    if is_list && place != Place::Query {
        node.problem("a list is supported in the query only");
    } else if is_list
        && node
            .get("explode")
            .is_none_or(|explode| *explode.value() != false)
    {
        node.problem("a list needs `explode: false`: one value, its items separated by commas");
    }
    if let Some(explode) = node.get("explode")
        && !is_list
    {
        explode.problem("is for lists");
    }
    if let Some(style) = node.get("style")
        && !(is_list && style.value() == "form")
    {
        style.problem("only a list has a style, and it must be `form`");
    }
}

/// A name that HTTP allows (RFC 9110, section 5.1) and that the document may describe (OpenAPI 3.0.3, header and
/// parameter objects).
pub(super) fn check_header(node: &Cursor, name: &str, ignored: &[&str]) {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(token) {
        node.problem(format!("`{name}` is not the name of a header"));
    }
    if ignored.contains(&name.to_ascii_lowercase().as_str()) {
        node.problem(format!("`{name}` is ignored here by OpenAPI 3.0"));
    }
}
