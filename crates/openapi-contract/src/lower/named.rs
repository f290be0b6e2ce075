//! Schemas that become a type: those of `components.schemas`, and objects, enumerations and choices where they are used.

use std::collections::BTreeSet;

use crate::{
    document::Cursor,
    ir::{Enum, Kind, Others, Schema, Spec, Ty, TypeDef},
    names::{self, Scope},
};

use super::{lenient, object::Object, schema, union};

pub(super) fn lower_all(root: &Cursor, spec: &mut Spec) {
    for (name, node) in entries(root) {
        if let Some(kind) = component(&node) {
            spec.types.push(TypeDef {
                schema: name.to_owned(),
                ident: names::type_name(name),
                description: node.text("description").map(str::to_owned),
                kind,
                in_request: false,
                in_place: false,
            });
        }
    }
}

fn entries<'a>(root: &Cursor<'a>) -> Vec<(&'a str, Cursor<'a>)> {
    let schemas = root
        .get("components")
        .and_then(|components| components.get("schemas"));
    schemas.map(|schemas| schemas.entries()).unwrap_or_default()
}

/// Makes types of the schemas that were met in place, and refuses names that meet and types without an end. To be called when all is lowered.
pub(super) fn complete(root: &Cursor, spec: &mut Spec) {
    let mut names = Scope::new(names::Kind::Schema);
    for (name, node) in entries(root) {
        if let Err(problem) = names.add(name) {
            node.problem(problem);
        }
    }
    while let Some(node) = root.next_type() {
        if let Some(kind) = typed(&node, &schema::NOTES) {
            add(&node, kind);
        }
    }
    let mut in_place = Vec::new();
    for (node, def) in root.take_types() {
        if names.add(&def.schema).is_err() {
            node.problem(format!(
                "would be called `{}` in Rust, as another schema is: make this one a named schema of `components.schemas`",
                def.ident
            ));
        }
        in_place.push((def.schema.clone(), node));
        spec.types.push(def);
    }
    refuse_defaults_of_updates(root, spec);
    let components = entries(root).into_iter();
    let components = components.map(|(name, node)| (name.to_owned(), node));
    for (name, node) in components.chain(in_place) {
        if contains_itself(spec, &name) {
            node.problem(
                "contains itself: only an array or a map may lead back, or no value would ever end",
            );
        }
    }
}

fn add(node: &Cursor, kind: Kind) {
    let schema = node.name_in_place();
    node.add_type(TypeDef {
        ident: names::type_name(&schema),
        schema,
        description: node.text("description").map(str::to_owned),
        kind,
        in_request: false,
        in_place: true,
    });
}

/// The schema of a whole body.
pub(super) fn whole(node: &Cursor) -> Option<String> {
    refuse_notes(node, "has no meaning for a whole body");
    let schema = schema::in_place(node)?;
    lenient::refuse_null(node, &schema);
    if schema.nullable {
        return node.refuse("a whole body is not `null`");
    }
    if let Ty::Named(name) = schema.ty {
        return Some(name);
    }
    if !node.has_type() {
        add(node, Kind::Value(schema));
    }
    Some(node.name_in_place())
}

fn refuse_notes(node: &Cursor, message: &str) {
    for note in ["nullable", "readOnly", "deprecated", "default"] {
        if let Some(note) = node.get(note) {
            note.problem(message);
        }
    }
}

/// In the body of PATCH an absent member stays as it is.
fn refuse_defaults_of_updates(root: &Cursor, spec: &Spec) {
    for operation in spec.operations.iter().filter(|it| it.method == "patch") {
        let body = operation.body.as_ref().map(|body| &body.schema);
        let def = spec.types.iter().find(|def| Some(&def.schema) == body);
        let Some(Kind::Struct(object)) = def.map(|def| &def.kind) else {
            continue;
        };
        let defaults = object
            .fields
            .iter()
            .filter(|field| field.schema.default.is_some());
        for field in defaults {
            let place = root
                .get("paths")
                .and_then(|paths| paths.get(&operation.path)?.get("patch")?.get("requestBody"));
            if let Some(place) = place {
                place.problem(format!(
                    "`{}` has a `default`: in the body of PATCH, what is absent stays as it is",
                    field.name
                ));
            }
        }
    }
}

/// A schema of `components.schemas`.
fn component(node: &Cursor) -> Option<Kind> {
    let is_typed = ["oneOf", "anyOf", "enum", "allOf"]
        .iter()
        .any(|key| node.get(key).is_some());
    let is_object = node.value()["type"] == "object"
        && (node.get("properties").is_some()
            || node
                .get("additionalProperties")
                .is_none_or(|extra| *extra.value() == false));
    if is_typed || is_object {
        return typed(node, &["description", "example"]);
    }
    if node.get("$ref").is_some() {
        return node.refuse(
            "a named schema that only refers to another is not supported; refer to that one",
        );
    }
    refuse_notes(node, "is said where a named schema is used");
    let schema = schema::in_place(node)?;
    lenient::refuse_null(node, &schema);
    Some(Kind::Value(schema))
}

/// What becomes a type wherever it is written; `notes` are the keys that may stand beside it.
fn typed(node: &Cursor, notes: &[&str]) -> Option<Kind> {
    if node.get("discriminator").is_some() {
        return union::union(node, notes).map(Kind::Union);
    }
    if node.get("oneOf").is_some() || node.get("anyOf").is_some() {
        return union::choice(node, notes).map(Kind::Choice);
    }
    if node.get("enum").is_some() {
        return enumeration(node, notes).map(Kind::Enum);
    }
    Some(Kind::Struct(Object::read(node, notes).lower(node)))
}

fn enumeration(node: &Cursor, notes: &[&str]) -> Option<Enum> {
    node.only(
        "an enumeration",
        &[&["type", "enum", lenient::EXTENSION], notes].concat(),
    );
    if node.text("type") != Some("string") {
        return node.refuse("an enumeration must be `type: string`");
    }
    // Among the notes of a named schema, `nullable` has just been refused.
    let nullable = node.flag("nullable");
    let mut values: Vec<(String, String)> = Vec::new();
    let mut null = None;
    let mut names = Scope::new(names::Kind::Value);
    for item in node.get("enum")?.items() {
        if nullable && item.value().is_null() {
            null = Some(values.len());
            continue;
        }
        let Some(value) = item.str() else { continue };
        let variant = names::pascal(value);
        let twin = values
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(value));
        match (twin, names.add(value)) {
            (Some((other, _)), _) => item.problem(format!(
                "is `{other}` in another case: leave it out, and to read any case write `{}: [case]`",
                lenient::EXTENSION
            )),
            (None, Err(problem)) => item.problem(problem),
            (None, Ok(())) => {}
        }
        values.push((value.to_owned(), variant));
    }
    if nullable && null.is_none() {
        node.problem("`nullable` beside `enum` allows `null` only if that is one of the values");
    }
    if values.is_empty() {
        return node.refuse("an enumeration needs a value");
    }
    Some(Enum {
        values,
        null,
        any_case: lenient::any_case(node),
    })
}

/// Whether a value of the schema holds another one in place, as Rust would have it, however deep.
fn contains_itself(spec: &Spec, name: &str) -> bool {
    fn of(schema: &Schema) -> Option<String> {
        match &schema.ty {
            Ty::Named(name) => Some(name.clone()),
            _ => None,
        }
    }
    let held = |name: &str| -> Vec<String> {
        let def = spec.types.iter().find(|def| def.schema == name);
        match def.map(|def| &def.kind) {
            Some(Kind::Struct(object)) => object
                .fields
                .iter()
                .filter_map(|field| of(&field.schema))
                .collect(),
            Some(Kind::Union(union)) => union.variants.clone(),
            Some(Kind::Choice(choice)) => choice
                .variants
                .iter()
                .filter_map(|(_, schema)| of(schema))
                .collect(),
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
    fn of(schema: &Schema) -> Option<String> {
        match &schema.ty {
            Ty::Named(name) => Some(name.clone()),
            Ty::Array { item, .. } => of(item),
            Ty::Map { value, .. } => of(value),
            _ => None,
        }
    }
    match kind {
        Kind::Struct(object) => {
            let others = match &object.others {
                Others::Kept(value) => of(value),
                Others::Ignored | Others::Refused => None,
            };
            let fields = object.fields.iter().filter_map(|field| of(&field.schema));
            fields.chain(others).collect()
        }
        Kind::Union(union) => union.variants.clone(),
        Kind::Choice(choice) => choice
            .variants
            .iter()
            .filter_map(|(_, schema)| of(schema))
            .collect(),
        Kind::Value(schema) => of(schema).into_iter().collect(),
        Kind::Enum(_) => Vec::new(),
    }
}
