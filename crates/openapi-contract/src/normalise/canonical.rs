//! The canonical form of a description. Each rule names what makes it necessary; a member that no rule speaks of stays
//! as it is.

use serde_json::{Map, Value, json};

use crate::or_null;

type Object = Map<String, Value>;

/// The canonical form of a whole description.
pub(super) fn canonical(description: &Value) -> Value {
    let root = description;
    let mut out = object(description);
    // poem-openapi says 3.0.0 whatever the document says; the generator refuses all but 3.0.
    out.remove("openapi");
    // An extension is for the generator, which turns it into behaviour; poem-openapi cannot say it.
    out.remove("x-path-aliases");
    // Kept by poem-openapi as a set sorted by name.
    if !out.contains_key("tags") {
        out.insert("tags".into(), named_tags(description).into());
    }
    by(&mut out, "tags", |tag| text(tag, "name"));
    // OpenAPI 3.0.3, OpenAPI object: no server is as good as none said.
    if out.get("servers") == Some(&json!([])) {
        out.remove("servers");
    }
    let default_security = out.remove("security");
    if let Some(Value::Object(paths)) = out.get_mut("paths") {
        for item in paths.values_mut() {
            *item = path_item(root, item, default_security.as_ref());
        }
    }
    let mut components = object(&description["components"]);
    // What they hold stands where it is referred to: poem-openapi knows no shared parts but schemas.
    for section in ["parameters", "responses", "headers", "requestBodies"] {
        components.remove(section);
    }
    components.insert("schemas".into(), schemas(root, out.get("paths")));
    out.insert("components".into(), components.into());
    out.into()
}

/// The tags of operations: poem-openapi describes those too that the document does not list.
fn named_tags(description: &Value) -> Vec<Value> {
    let paths = description["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    let names = operations.filter_map(|(_, operation)| operation["tags"].as_array());
    names
        .flatten()
        .map(|name| json!({ "name": name }))
        .collect()
}

fn object(value: &Value) -> Object {
    value.as_object().cloned().unwrap_or_default()
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// Turns a list whose order says nothing into an object by the items' names.
fn by(parent: &mut Object, key: &str, name: impl Fn(&Value) -> String) {
    if let Some(Value::Array(items)) = parent.remove(key) {
        let items: Object = items.into_iter().map(|item| (name(&item), item)).collect();
        // poem-openapi leaves some empty lists out and writes others.
        if !items.is_empty() {
            parent.insert(key.into(), items.into());
        }
    }
}

/// OpenAPI 3.0.3 gives these members a default; to say it is to say nothing.
fn drop_false(node: &mut Object, keys: &[&str]) {
    for key in keys {
        if node.get(*key) == Some(&Value::Bool(false)) {
            node.remove(*key);
        }
    }
}

/// Documentation comments, through which poem-openapi takes them, have no blank ends and no carriage returns.
fn trim(node: &mut Object, keys: &[&str]) {
    for key in keys {
        if let Some(Value::String(text)) = node.get_mut(*key) {
            text.replace('\r', "").trim().clone_into(text);
        }
    }
}

/// The component behind a `$ref`, or the node itself.
fn resolve<'a>(root: &'a Value, node: &'a Value) -> &'a Value {
    node["$ref"]
        .as_str()
        .and_then(|target| root.pointer(target.strip_prefix('#')?))
        .unwrap_or(node)
}

fn path_item(root: &Value, item: &Value, default_security: Option<&Value>) -> Value {
    let mut out = object(item);
    // poem-openapi repeats them in each operation.
    let shared = out.remove("parameters").unwrap_or_else(|| json!([]));
    for operation in out.values_mut() {
        *operation = self::operation(root, operation, &shared, default_security);
    }
    out.into()
}

fn operation(
    root: &Value,
    operation: &Value,
    shared: &Value,
    default_security: Option<&Value>,
) -> Value {
    let mut out = object(operation);
    // As `x-path-aliases` above.
    out.remove("x-required-scopes");
    out.remove("x-token-kind");
    trim(&mut out, &["summary", "description"]);
    // Without a summary, the first paragraph is one to poem-openapi.
    if let (None, Some(Value::String(text))) = (out.get("summary"), out.get("description")) {
        let text = text.clone();
        let (summary, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
        out.insert("summary".into(), summary.into());
        out.insert("description".into(), rest.into());
        if rest.is_empty() {
            out.remove("description");
        }
    }
    drop_false(&mut out, &["deprecated"]);
    // poem-openapi says it at each operation, never at the root.
    if let (None, Some(security)) = (out.get("security"), default_security) {
        out.insert("security".into(), security.clone());
    }
    // Anybody may call it; poem-openapi says so by saying nothing.
    if [json!([]), json!([{}])]
        .iter()
        .any(|nobody| out.get("security") == Some(nobody))
    {
        out.remove("security");
    }
    let own = out.remove("parameters").unwrap_or_else(|| json!([]));
    // By place and name, which is what makes them the same; the operation's own override the path's.
    let parameters: Object = [shared, &own]
        .into_iter()
        .filter_map(Value::as_array)
        .flatten()
        .map(|node| parameter(root, resolve(root, node)))
        .collect();
    if !parameters.is_empty() {
        out.insert("parameters".into(), parameters.into());
    }
    if let Some(body) = out.get_mut("requestBody") {
        let mut inner = with_content(root, resolve(root, body));
        trim(&mut inner, &["description"]);
        drop_false(&mut inner, &["required"]);
        inner.remove("x-also-json");
        *body = inner.into();
    }
    if let Some(Value::Object(responses)) = out.get_mut("responses") {
        for response in responses.values_mut() {
            *response = self::response(root, resolve(root, response));
        }
    }
    out.into()
}

fn parameter(root: &Value, node: &Value) -> (String, Value) {
    let name = format!("{} {}", text(node, "in"), text(node, "name"));
    let mut out = object(node);
    trim(&mut out, &["description"]);
    // poem-openapi writes all three, and has no place for an example.
    drop_false(&mut out, &["required", "deprecated"]);
    drop_example(&mut out);
    with_schema(root, &mut out);
    // The generator refuses objects; for anything but a list it says nothing (OpenAPI 3.0.3, parameter object).
    if text(&node["schema"], "type") != "array" && node["explode"] == Value::Bool(true) {
        out.remove("explode");
    }
    // The default in the query, where alone the generator takes lists.
    if node["style"] == "form" {
        out.remove("style");
    }
    (name, out.into())
}

fn response(root: &Value, node: &Value) -> Value {
    let mut out = with_content(root, node);
    if let Some(Value::Object(headers)) = out.get_mut("headers") {
        let named = headers.iter().map(|(name, header)| {
            let mut header = object(resolve(root, header));
            drop_false(&mut header, &["required", "deprecated"]);
            drop_example(&mut header);
            with_schema(root, &mut header);
            (name.clone(), header.into())
        });
        *headers = named.collect();
    }
    out.into()
}

fn with_content(root: &Value, node: &Value) -> Object {
    let mut out = object(node);
    if let Some(Value::Object(content)) = out.get_mut("content") {
        for media in content.values_mut() {
            if let Value::Object(media) = media {
                drop_example(media);
                with_schema(root, media);
            }
        }
    }
    out
}

fn with_schema(root: &Value, node: &mut Object) {
    if let Some(schema) = node.get_mut("schema") {
        *schema = self::schema(root, schema);
    }
}

/// An illustration, which no server acts on. poem-openapi has no place for those of parameters and media types.
fn drop_example(node: &mut Object) {
    node.remove("example");
}

/// A schema where it is used or, composed already, a named one.
fn schema(root: &Value, node: &Value) -> Value {
    // poem-openapi says it with a flag.
    let mut node = node.clone();
    or_null::flag(&mut node);
    let mut out = object(&composed_in_place(root, node));
    // OpenAPI 3.0.3, reference object: what stands beside it is ignored.
    if out.contains_key("$ref") {
        out.retain(|key, _| key == "$ref");
    }
    drop_example(&mut out);
    // Extensions are for other generators: `x-enum-varnames` for openapi-generator's.
    out.retain(|key, _| !key.starts_with("x-"));
    drop_false(
        &mut out,
        &["nullable", "readOnly", "deprecated", "uniqueItems"],
    );
    // poem-openapi keeps bounds as doubles: `1` is `1.0`.
    for bound in ["minimum", "maximum"] {
        if let Some(number) = out.get_mut(bound) {
            *number = json!(number.as_f64());
        }
    }
    // A set: poem-openapi's order is that of the properties.
    by(&mut out, "required", |name| {
        name.as_str().unwrap_or_default().to_owned()
    });
    match out.get("additionalProperties") {
        // poem-openapi cannot say that an object is closed: it is tested that it behaves so.
        Some(Value::Bool(false)) => drop(out.remove("additionalProperties")),
        // JSON Schema: `true` is the schema that allows everything, and so is the empty one.
        Some(Value::Bool(true)) => drop(out.insert("additionalProperties".into(), json!({}))),
        _ => {}
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = out.get_mut(key) {
            *inner = schema(root, inner);
        }
    }
    for key in ["oneOf", "anyOf"] {
        for variant in out
            .get_mut(key)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            *variant = schema(root, variant);
        }
    }
    if let Some(Value::Object(properties)) = out.get_mut("properties") {
        for property in properties.values_mut() {
            *property = schema(root, property);
        }
    }
    // poem-openapi leaves empty lists out.
    if out
        .get("properties")
        .and_then(Value::as_object)
        .is_some_and(Map::is_empty)
    {
        out.remove("properties");
    }
    match out.get("allOf") {
        // Alone, it says what its one member says.
        Some(Value::Array(members)) if members.len() == 1 && out.len() == 1 => members[0].clone(),
        _ => out.into(),
    }
}

/// The named schemas that the paths lead to. Those that only other schemas are composed of are parts of these.
fn schemas(root: &Value, paths: Option<&Value>) -> Value {
    let mut found = Object::new();
    let mut waiting = Vec::new();
    references(paths.unwrap_or(&Value::Null), &mut waiting);
    while let Some(name) = waiting.pop() {
        if found.contains_key(&name) {
            continue;
        }
        let node = &root["components"]["schemas"][&name];
        if node.is_null() {
            continue;
        }
        let schema = schema(root, &composed(root, node));
        references(&schema, &mut waiting);
        found.insert(name, schema);
    }
    found.into()
}

/// As [`composed`], but a reference with notes beside it stays one.
fn composed_in_place(root: &Value, node: Value) -> Value {
    let is_note = |part: &Value| part.get("$ref").is_some();
    match node["allOf"].as_array().map(Vec::as_slice) {
        Some([part]) if is_note(part) && node.get("properties").is_none() => node,
        Some(_) => composed(root, &node),
        None => node,
    }
}

/// One object of all the members of an `allOf` and of what stands beside it, as the generator makes one type of it. Its description
/// is the composition's own.
fn composed(root: &Value, node: &Value) -> Value {
    let mut out = object(node);
    let Some(Value::Array(members)) = out.remove("allOf") else {
        return out.into();
    };
    out.insert("type".into(), "object".into());
    let (mut properties, mut required) = (Object::new(), Vec::new());
    let parts = members
        .iter()
        .map(|part| composed(root, resolve(root, part)));
    for part in parts.chain([Value::Object(out.clone())]) {
        properties.extend(object(&part["properties"]));
        required.extend(part["required"].as_array().cloned().unwrap_or_default());
        for key in ["additionalProperties", "minProperties", "maxProperties"] {
            if let Some(value) = part.get(key) {
                out.insert(key.into(), value.clone());
            }
        }
    }
    out.insert("properties".into(), properties.into());
    out.insert("required".into(), required.into());
    out.into()
}

/// The names of the schemas that a canonical node refers to.
fn references(node: &Value, names: &mut Vec<String>) {
    match node {
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str);
            names.extend(
                target
                    .and_then(|target| target.strip_prefix("#/components/schemas/"))
                    .map(str::to_owned),
            );
            members
                .values()
                .for_each(|member| references(member, names));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        _ => {}
    }
}
