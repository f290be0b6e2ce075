//! Choices: among objects by a discriminator, among JSON types by the type.

use crate::{
    document::Cursor,
    ir::{Choice, JsonType, Union},
    or_null,
};

use super::{object::Object, schema};

/// The variant of a value that has no discriminator, or, if the mapping does not lead there, any other value.
const DEFAULT: &str = "x-default-variant";

/// A union of objects: `oneOf` with a discriminator.
pub(super) fn union(node: &Cursor, notes: &[&str]) -> Option<Union> {
    node.only(
        "a union",
        &[&["oneOf", "discriminator", DEFAULT], notes].concat(),
    );
    let discriminator = node.require("discriminator")?;
    discriminator.only("a discriminator", &["propertyName", "mapping"]);
    let property = discriminator.require("propertyName")?.str()?;
    let default = match node.get(DEFAULT) {
        Some(default) => Some((default.component("schemas")?, default)),
        None => None,
    };
    let mut variants = Vec::new();
    for member in node.require("oneOf")?.items() {
        let reference = member.require("$ref")?;
        let target = member.resolve("schemas")?;
        let name = reference.component("schemas")?;
        let is_default = default
            .as_ref()
            .is_some_and(|(default, _)| *default == name);
        check_variant(&reference, &target, property, is_default);
        if variants.contains(&name) {
            reference.problem("appears twice");
        }
        variants.push(name);
    }
    if let Some((name, default)) = &default
        && !variants.contains(name)
    {
        default.problem("is not a variant of this union");
    }
    let default = default.map(|(name, _)| name);
    let mut mapping = Vec::new();
    for (value, target) in discriminator.require("mapping")?.entries() {
        let Some(name) = target.component("schemas") else {
            continue;
        };
        if !variants.contains(&name) {
            target.problem("is not a variant of this union");
        }
        mapping.push((value.to_owned(), name));
    }
    for variant in &variants {
        if !mapping.iter().any(|(_, name)| name == variant) && default.as_ref() != Some(variant) {
            discriminator.problem(format!("no value of the mapping leads to `{variant}`"));
        }
    }
    Some(Union {
        discriminator: property.to_owned(),
        variants,
        mapping,
        default,
    })
}

/// A variant is an object that has the discriminator, a string without further rules; all but the default one always have it.
fn check_variant(reference: &Cursor, variant: &Cursor, property: &str, is_default: bool) {
    let is_object = variant.get("allOf").is_some() || variant.get("properties").is_some();
    let object = is_object.then(|| Object::read(variant, &["description", "example"]));
    let discriminator = object.as_ref().and_then(|object| {
        let mut properties = object.properties.iter();
        properties.find(|(name, _)| *name == property)
    });
    let (Some(object), Some((_, discriminator))) = (&object, discriminator) else {
        return reference.problem(format!(
            "a variant must be an object whose `properties` have the discriminator `{property}`"
        ));
    };
    if !is_default && !object.required.contains(property) {
        reference.problem(format!(
            "a variant must require the discriminator `{property}`, unless it is the `{DEFAULT}` of the union"
        ));
    }
    let rules = ["minLength", "maxLength", "pattern", "format", "nullable"];
    if discriminator.text("type") != Some("string")
        || rules.iter().any(|rule| discriminator.get(rule).is_some())
        || discriminator.get("enum").is_some()
    {
        discriminator.problem(
            "a discriminator must be a string without rules: the mapping lists its values",
        );
    }
}

/// A choice without a discriminator: each variant has another JSON type.
pub(super) fn choice(node: &Cursor, notes: &[&str]) -> Option<Choice> {
    let key = if node.get("anyOf").is_some() {
        "anyOf"
    } else {
        "oneOf"
    };
    node.only("a choice", &[&[key], notes].concat());
    let mut variants: Vec<(JsonType, _)> = Vec::new();
    for member in node.get(key)?.items() {
        let Some(json_type) = json_type(&member) else {
            member.problem(
                "without a `discriminator` a variant is told by its JSON type: this one has none of its own",
            );
            continue;
        };
        if variants.iter().any(|(other, _)| *other == json_type) {
            member.problem(format!(
                "another variant has this JSON type too: a choice among objects needs a `discriminator`, and for `null` write `{}`",
                or_null::NULL
            ));
        }
        if let Some(schema) = schema::repeated(&member) {
            variants.push((json_type, schema));
        }
    }
    if variants.is_empty() {
        return node.refuse("a choice needs a variant");
    }
    Some(Choice {
        any_of: key == "anyOf",
        variants,
    })
}

/// The one JSON type that the values of a schema have.
fn json_type(node: &Cursor) -> Option<JsonType> {
    let node = node.resolve("schemas")?;
    if node.get("discriminator").is_some() || node.get("allOf").is_some() {
        return Some(JsonType::Object);
    }
    Some(match node.get("type")?.value().as_str()? {
        "string" => JsonType::Text,
        "integer" | "number" => JsonType::Number,
        "boolean" => JsonType::Boolean,
        "array" => JsonType::Array,
        "object" => JsonType::Object,
        _ => return None,
    })
}
