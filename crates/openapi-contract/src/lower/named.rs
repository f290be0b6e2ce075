//! Named schemas: `components.schemas`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    document::Cursor,
    ir::{Field, Kind, Presence, Spec, Ty, TypeDef, Union},
    names::{self, Scope},
};

use super::schema::{in_place, is_nullable};

pub(super) fn lower_all(root: &Cursor, spec: &mut Spec) {
    let schemas = root
        .get("components")
        .and_then(|components| components.get("schemas"));
    let entries = schemas.map(|schemas| schemas.entries()).unwrap_or_default();
    let mut names = Scope::new(names::Kind::Schema);
    for (name, node) in &entries {
        let ident = names::type_name(name);
        if let Err(problem) = names.add(name) {
            node.problem(problem);
        }
        if let Some(kind) = named(node) {
            spec.types.push(TypeDef {
                schema: (*name).to_owned(),
                ident,
                description: node.text("description").map(str::to_owned),
                kind,
                in_request: false,
            });
        }
    }
    for (name, node) in &entries {
        if contains_itself(spec, name) {
            node.problem(
                "contains itself: only an array may lead back, or no value would ever end",
            );
        }
    }
}

/// Whether a value of the schema holds another one in place, as Rust would have it, however deep.
fn contains_itself(spec: &Spec, name: &str) -> bool {
    let held = |name: &str| -> Vec<String> {
        let def = spec.types.iter().find(|def| def.schema == name);
        match def.map(|def| &def.kind) {
            Some(Kind::Struct { fields, .. }) => fields
                .iter()
                .filter_map(|field| match &field.schema.ty {
                    Ty::Named(name) => Some(name.clone()),
                    _ => None,
                })
                .collect(),
            Some(Kind::Union(union)) => union.variants.clone(),
            _ => Vec::new(),
        }
    };
    let mut seen = BTreeSet::new();
    let mut waiting = held(name);
    while let Some(next) = waiting.pop() {
        if next == name {
            return true;
        }
        if seen.insert(next.clone()) {
            waiting.extend(held(&next));
        }
    }
    false
}

/// The schemas that a kind refers to.
pub(super) fn parts(kind: &Kind) -> Vec<String> {
    fn of(ty: &Ty) -> Option<String> {
        match ty {
            Ty::Named(name) => Some(name.clone()),
            Ty::Array { item, .. } => of(item),
            _ => None,
        }
    }
    match kind {
        Kind::Struct { fields, .. } => fields
            .iter()
            .filter_map(|field| of(&field.schema.ty))
            .collect(),
        Kind::Union(union) => union.variants.clone(),
        Kind::Enum(_) | Kind::Free => Vec::new(),
    }
}

/// A schema of `components.schemas`: an object, an enumeration, a union or a free-form object.
fn named(node: &Cursor) -> Option<Kind> {
    if node.get("oneOf").is_some() {
        return union(node).map(Kind::Union);
    }
    if node.get("enum").is_some() {
        return enumeration(node).map(Kind::Enum);
    }
    if node.get("allOf").is_none() && node.text("type") != Some("object") {
        return node.refuse("a named schema must be an object, an enumeration of strings or a union; write other types in place");
    }
    let free = node
        .get("additionalProperties")
        .is_some_and(|extra| extra.value() == &Value::Bool(true));
    if free && node.get("properties").is_none() && node.get("allOf").is_none() {
        node.only(
            "a free-form object",
            &["type", "additionalProperties", "description", "example"],
        );
        return Some(Kind::Free);
    }
    let mut object = Object::default();
    object.add(node, &mut Vec::new());
    Some(object.into_kind(node))
}

/// An object, or several composed by `allOf`.
#[derive(Default)]
struct Object<'a> {
    properties: Vec<(&'a str, Cursor<'a>)>,
    required: BTreeSet<&'a str>,
    closed: bool,
}

impl<'a> Object<'a> {
    /// `within` holds the values of the compositions that lead here.
    fn add(&mut self, node: &Cursor<'a>, within: &mut Vec<*const Value>) {
        if let Some(members) = node.get("allOf") {
            node.only("a composition", &["allOf", "description", "example"]);
            if within.contains(&std::ptr::from_ref(node.value())) {
                return node.problem("is composed of itself");
            }
            within.push(node.value());
            for member in members.items() {
                if let Some(member) = member.resolve("schemas") {
                    self.add(&member, within);
                }
            }
            within.pop();
            return;
        }
        node.only(
            "an object",
            &[
                "type",
                "properties",
                "required",
                "additionalProperties",
                "description",
                "example",
            ],
        );
        if node.text("type") != Some("object") {
            node.problem("must be `type: object`");
        }
        for (name, property) in node
            .get("properties")
            .map(|properties| properties.entries())
            .unwrap_or_default()
        {
            if self.properties.iter().any(|(other, _)| *other == name) {
                property.problem("another member of the composition has this property too");
            } else {
                self.properties.push((name, property));
            }
        }
        for name in node
            .get("required")
            .map(|required| required.items())
            .unwrap_or_default()
        {
            if let Some(text) = name.str()
                && !self.required.insert(text)
            {
                name.problem("appears twice");
            }
        }
        if let Some(extra) = node.get("additionalProperties") {
            match extra.value() {
                Value::Bool(false) if within.is_empty() => self.closed = true,
                Value::Bool(false) => extra.problem(
                    "closes this member of a composition against the properties of the others",
                ),
                // Said or not said: members that the document does not know are ignored.
                Value::Bool(true) => {
                    extra.problem("is supported only for an object without `properties`");
                }
                _ => extra.problem("must be true or false"),
            }
        }
    }

    fn into_kind(self, node: &Cursor) -> Kind {
        for name in &self.required {
            if !self.properties.iter().any(|(property, _)| property == name) {
                node.problem(format!("`{name}` is required and not among the properties"));
            }
        }
        let mut fields: Vec<Field> = Vec::new();
        let mut names = Scope::new(names::Kind::Member);
        for (name, property) in &self.properties {
            let Some(field) = field(name, property, self.required.contains(name)) else {
                continue;
            };
            if let Err(problem) = names.add(name) {
                property.problem(problem);
            }
            fields.push(field);
        }
        Kind::Struct {
            fields,
            closed: self.closed,
        }
    }
}

fn field(name: &str, node: &Cursor, required: bool) -> Option<Field> {
    let schema = in_place(node)?;
    let presence = match (required, is_nullable(node)) {
        (true, false) => Presence::Required,
        (true, true) => Presence::RequiredNullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    };
    let read_only = node.flag("readOnly");
    if read_only && required {
        node.problem("`readOnly` and required: a request could not leave it out; make it optional");
    }
    if schema.default.is_some() {
        node.problem("`default` is supported for parameters only: in a body, absent is not the same as the default");
    }
    Some(Field {
        name: name.to_owned(),
        ident: names::snake(name),
        presence,
        read_only,
        schema,
    })
}

fn enumeration(node: &Cursor) -> Option<Vec<(String, String)>> {
    node.only(
        "an enumeration",
        &["type", "enum", "description", "example"],
    );
    if node.text("type") != Some("string") {
        return node.refuse("an enumeration must be `type: string`");
    }
    let mut values: Vec<(String, String)> = Vec::new();
    let mut names = Scope::new(names::Kind::Value);
    for item in node.get("enum")?.items() {
        let Some(value) = item.str() else { continue };
        let variant = names::pascal(value);
        if let Err(problem) = names.add(value) {
            item.problem(problem);
        }
        values.push((value.to_owned(), variant));
    }
    if values.is_empty() {
        return node.refuse("an enumeration needs a value");
    }
    Some(values)
}

fn union(node: &Cursor) -> Option<Union> {
    node.only(
        "a union",
        &["oneOf", "discriminator", "description", "example"],
    );
    let discriminator = node.require("discriminator")?;
    discriminator.only("a discriminator", &["propertyName", "mapping"]);
    let property = discriminator.require("propertyName")?.str()?;
    let mut variants = Vec::new();
    for member in node.get("oneOf")?.items() {
        let reference = member.require("$ref")?;
        let target = member.resolve("schemas")?;
        check_variant(&reference, &target, property);
        let name = reference.component("schemas")?;
        if variants.contains(&name) {
            reference.problem("appears twice");
        }
        variants.push(name);
    }
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
        if !mapping.iter().any(|(_, name)| name == variant) {
            discriminator.problem(format!("no value of the mapping leads to `{variant}`"));
        }
    }
    Some(Union {
        discriminator: property.to_owned(),
        variants,
        mapping,
    })
}

/// A variant is an object that always has the discriminator, a string without further rules.
fn check_variant(reference: &Cursor, variant: &Cursor, property: &str) {
    let Some(discriminator) = variant
        .get("properties")
        .and_then(|properties| properties.get(property))
    else {
        return reference.problem(format!(
            "a variant must be an object whose `properties` have the discriminator `{property}`"
        ));
    };
    let required = variant.get("required");
    if !required
        .is_some_and(|required| required.items().iter().any(|name| name.value() == property))
    {
        reference.problem(format!(
            "a variant must require the discriminator `{property}`"
        ));
    }
    let rules = ["minLength", "maxLength", "pattern", "nullable"];
    if discriminator.text("type") != Some("string")
        || rules.iter().any(|rule| discriminator.get(rule).is_some())
    {
        discriminator.problem(
            "a discriminator must be a string without rules: the mapping lists its values",
        );
    }
}
