//! Names that progenitor's code uses itself.

use serde_json::Value;

use crate::names::{pascal, type_name};

use super::walk::{SCHEMA_PREFIX, components, components_mut};

/// Gives a schema such as `Default` the name that its type has in the server: progenitor's code means its own by such a name.
pub(super) fn give_way(document: &mut Value) {
    let names = components(document).into_iter().flat_map(|it| it.keys());
    let renamed: Vec<(String, String)> = names
        .filter(|name| type_name(name) != pascal(name))
        .map(|name| (name.clone(), type_name(name)))
        .collect();
    if renamed.is_empty() {
        return;
    }
    if let Some(schemas) = components_mut(document) {
        *schemas = std::mem::take(schemas)
            .into_iter()
            .map(|(name, schema)| (renamed_to(&renamed, &name).unwrap_or(name), schema))
            .collect();
    }
    rename_references(document, &renamed);
}

fn renamed_to(renamed: &[(String, String)], name: &str) -> Option<String> {
    let found = renamed.iter().find(|(old, _)| old == name);
    found.map(|(_, new)| new.clone())
}

/// References of all kinds, those of discriminators too.
fn rename_references(node: &mut Value, renamed: &[(String, String)]) {
    match node {
        Value::String(text) => {
            let name = text.strip_prefix(SCHEMA_PREFIX);
            if let Some(new) = name.and_then(|name| renamed_to(renamed, name)) {
                *text = format!("{SCHEMA_PREFIX}{new}");
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| rename_references(item, renamed)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| rename_references(member, renamed)),
        _ => {}
    }
}
