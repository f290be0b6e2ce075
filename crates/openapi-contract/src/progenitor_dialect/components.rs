//! Rewrites of the named schemas, which look at more than one schema or at how a schema is used.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    FACADE_CRATE, PATCH_TYPE,
    schemas::{properties_mut, unwrap_reference},
    walk::{components, components_mut, each_schema, operations, reachable, reference, with_notes},
};

/// Writes each named schema that is composed of objects (`allOf`) as one object with all their members.
///
/// Otherwise what the later rewrites do to a part would show in everything composed of it: a create, composed of the members that an
/// update may write, would get the update's three states.
pub(super) fn flatten_compositions(document: &mut Value) {
    let original = document.clone();
    let Some(schemas) = components_mut(document) else {
        return;
    };
    for schema in schemas.values_mut() {
        if let Some(object) = whole_object(&original, schema, 0) {
            *schema = Value::Object(object);
        }
    }
}

/// The object that a composition describes, or nothing if `schema` is no composition of objects. A composition that contains
/// itself describes nothing; `depth` ends the search for it.
fn whole_object(document: &Value, schema: &Value, depth: usize) -> Option<Map<String, Value>> {
    const DEEPEST: usize = 32;
    let parts = schema.get("allOf")?.as_array()?;
    let mut whole = schema.as_object()?.clone();
    whole.shift_remove("allOf");
    whole.insert("type".to_owned(), json!("object"));
    for part in parts {
        let part = match reference(part) {
            Some(name) => components(document)?.get(name)?,
            None => part,
        };
        let part = match part.get("allOf") {
            Some(_) if depth < DEEPEST => &Value::Object(whole_object(document, part, depth + 1)?),
            _ => part,
        };
        if part["type"] != json!("object") {
            return None;
        }
        merge_object(&mut whole, part);
    }
    Some(whole)
}

fn merge_object(whole: &mut Map<String, Value>, part: &Value) {
    if let Some(properties) = part["properties"].as_object() {
        let all = whole.entry("properties").or_insert_with(|| json!({}));
        for (name, property) in properties {
            all[name] = property.clone();
        }
    }
    if let Some(required) = part["required"].as_array() {
        let all = whole.entry("required").or_insert_with(|| json!([]));
        all.as_array_mut()
            .expect("`required` is a list in every schema")
            .extend(required.iter().cloned());
    }
    if let Some(additional) = part.get("additionalProperties") {
        whole.insert("additionalProperties".to_owned(), additional.clone());
    }
}

/// Writes a choice as `oneOf`, of which typify makes an enum, and its `null` where the choice is used.
pub(super) fn let_references_be_null(document: &mut Value) {
    let mut nullable = BTreeSet::new();
    for (name, schema) in components_mut(document).into_iter().flatten() {
        if let Some(choice) = schema.as_object_mut()
            && let Some(variants) = choice.shift_remove("anyOf")
        {
            choice.insert("oneOf".to_owned(), variants);
        }
        let variants = schema.get_mut("oneOf").and_then(Value::as_array_mut);
        for variant in variants
            .into_iter()
            .flatten()
            .filter_map(Value::as_object_mut)
        {
            if variant.shift_remove("nullable") == Some(json!(true)) {
                nullable.insert(name.clone());
            }
        }
    }
    each_schema(document, &mut |schema| {
        let inner = ["items", "additionalProperties"];
        let (mut parts, mut properties) = (Vec::new(), Vec::new());
        for (key, member) in schema.as_object_mut().into_iter().flatten() {
            match key.as_str() {
                "properties" => properties.extend(member.as_object_mut()),
                key if inner.contains(&key) => parts.push(member),
                _ => {}
            }
        }
        parts.extend(properties.into_iter().flat_map(Map::values_mut));
        for part in parts {
            if reference(part).is_some_and(|name| nullable.contains(name)) {
                *part = with_notes(part, true, false);
            }
        }
    });
}

/// A union that says by a member which of its schemas a value is.
pub(super) struct Discriminator {
    property: String,
    pub(super) variants: Vec<Variant>,
    is_only: bool,
}

/// One schema of a union and the values that name it.
pub(super) struct Variant {
    schema: String,
    pub(super) values: Vec<String>,
}

pub(super) fn discriminators(document: &Value) -> Vec<Discriminator> {
    let schemas = components(document).into_iter().flat_map(Map::values);
    schemas.filter_map(discriminator).collect()
}

fn discriminator(schema: &Value) -> Option<Discriminator> {
    let described = schema.get("discriminator")?;
    let property = described.get("propertyName")?.as_str()?.to_owned();
    let mut variants: Vec<Variant> = Vec::new();
    for (value, target) in described.get("mapping")?.as_object()? {
        let schema = reference(&json!({ "$ref": target }))?.to_owned();
        match variants.iter_mut().find(|variant| variant.schema == schema) {
            Some(variant) => variant.values.push(value.clone()),
            None => variants.push(Variant {
                schema,
                values: vec![value.clone()],
            }),
        }
    }
    let is_only = schema["oneOf"].as_array().is_some_and(|all| all.len() == 1);
    Some(Discriminator {
        property,
        variants,
        is_only,
    })
}

/// Makes the discriminating member of each schema of a union an enum of the value that names it.
///
/// typify ignores `discriminator` and takes the first schema that fits, which may be one with fewer members: the others would be
/// lost. Of several values for one schema only the first is written here, the others are read as aliases (see
/// [`super::discriminator_aliases`]), because they tend to differ in a `#` only and would get unreadable variant names.
///
/// A union of one schema needs no telling apart: the member may then be absent, as in answers without metadata, and goes without saying in
/// requests.
///
/// The default variant comes last: it is the one that fits what says nothing of itself, or something else.
pub(super) fn tell_variants_apart(document: &mut Value) {
    for schema in components_mut(document)
        .into_iter()
        .flat_map(Map::values_mut)
    {
        let default = json!({ "$ref": schema["x-default-variant"] });
        if let Some(variants) = schema.get_mut("oneOf").and_then(Value::as_array_mut) {
            variants.sort_by_key(|variant| *variant == default);
        }
    }
    for Discriminator {
        property,
        variants,
        is_only,
    } in discriminators(document)
    {
        for variant in variants {
            let Some(schema) = components_mut(document)
                .and_then(|schemas| schemas.get_mut(&variant.schema))
                .filter(|schema| schema["properties"].get(&property).is_some())
            else {
                continue;
            };
            let member = &mut schema["properties"][&property];
            member["enum"] = json!([variant.values[0]]);
            if is_only {
                member["default"] = json!(variant.values[0]);
                if let Some(required) = schema["required"].as_array_mut() {
                    required.retain(|name| *name != *property);
                }
            }
        }
    }
}

/// Removes `readOnly` members from the schemas that only requests use: a client has nothing to write there.
pub(super) fn drop_read_only_members(document: &mut Value) {
    let sent = reachable(
        document,
        operations(document).filter_map(|(_, operation)| operation.get("requestBody")),
    );
    let read = reachable(
        document,
        operations(document).filter_map(|(_, operation)| operation.get("responses")),
    );
    for name in sent.difference(&read) {
        let properties = components_mut(document)
            .and_then(|schemas| schemas.get_mut(name)?.get_mut("properties"))
            .and_then(Value::as_object_mut);
        if let Some(properties) = properties {
            properties.retain(|_, property| property["readOnly"] != json!(true));
        }
    }
}

/// Gives the optional nullable members of PATCH bodies three states: absent, `null` and a value.
///
/// typify folds optional and nullable into one `Option`, whose `None` is left out: nothing could be cleared. With `x-rust-type` the
/// member becomes `Option<Patch<T>>`.
pub(super) fn let_updates_clear_members(document: &mut Value) {
    let updates: BTreeSet<String> = operations(document)
        .filter(|(method, _)| *method == "patch")
        .filter_map(|(_, operation)| operation["requestBody"]["content"].as_object())
        .flat_map(Map::values)
        .filter_map(|media| reference(media.get("schema")?).map(str::to_owned))
        .collect();
    for name in updates {
        let Some(schema) = components_mut(document).and_then(|schemas| schemas.get_mut(&name))
        else {
            continue;
        };
        for (_, property) in properties_mut(schema) {
            if property["nullable"] == json!(true) {
                *property = clearable(property);
            }
        }
    }
}

fn clearable(property: &Value) -> Value {
    let mut value = property.clone();
    if let Some(value) = value.as_object_mut() {
        value.shift_remove("nullable");
    }
    unwrap_reference(&mut value);
    let mut clearable = json!({
        "x-rust-type": {
            "crate": FACADE_CRATE,
            "version": "*",
            "path": PATCH_TYPE,
            "parameters": [value],
        },
    });
    if let Some(description) = property.get("description") {
        clearable["description"] = description.clone();
    }
    clearable
}
