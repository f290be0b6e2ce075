//! Schemas: `components.schemas`, and the types written in place.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    document::Cursor,
    ir::{Field, Kind, Presence, Schema, Spec, TextRules, Ty, TypeDef, Union},
    names,
};

/// Keys that say something about a schema without changing its type.
const NOTES: [&str; 7] = [
    "description",
    "nullable",
    "readOnly",
    "deprecated",
    "default",
    "example",
    "title",
];

pub(super) fn lower_all(root: &Cursor, spec: &mut Spec) {
    let Some(schemas) = root
        .get("components")
        .and_then(|components| components.get("schemas"))
    else {
        return;
    };
    for (name, node) in schemas.entries() {
        if let Some(kind) = named(&node) {
            spec.types.push(TypeDef {
                schema: name.to_owned(),
                ident: names::pascal(name),
                description: node.text("description").map(str::to_owned),
                kind,
                in_request: false,
            });
        }
    }
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
    for note in ["nullable", "readOnly", "default"] {
        if let Some(note) = node.get(note) {
            note.problem("belongs where the schema is used, not into the named schema");
        }
    }
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
            &[
                "type",
                "additionalProperties",
                "description",
                "example",
                "title",
            ],
        );
        return Some(Kind::Free);
    }
    let mut object = Object::default();
    object.add(node);
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
    fn add(&mut self, node: &Cursor<'a>) {
        if let Some(members) = node.get("allOf") {
            node.only(
                "a composition",
                &["allOf", "description", "example", "title"],
            );
            for member in members.items() {
                if let Some(member) = member.resolve() {
                    self.add(&member);
                }
            }
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
                "title",
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
            }
            self.properties.push((name, property));
        }
        for name in node
            .get("required")
            .map(|required| required.items())
            .unwrap_or_default()
        {
            self.required.extend(name.str());
        }
        if let Some(extra) = node.get("additionalProperties") {
            match extra.value() {
                Value::Bool(false) => self.closed = true,
                // Said or not said: members that the document does not know are ignored.
                Value::Bool(true) => {
                    extra.problem("is supported only for an object without `properties`")
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
        for (name, property) in &self.properties {
            let Some(field) = field(name, property, self.required.contains(name)) else {
                continue;
            };
            if let Some(other) = fields.iter().find(|other| other.ident == field.ident) {
                property.problem(format!(
                    "`{name}` and `{}` would both be called `{}` in Rust",
                    other.name, field.ident
                ));
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
    let presence = match (required, node.flag("nullable")) {
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

/// A schema where it is used: a type, or a reference, with its notes.
pub(super) fn in_place(node: &Cursor) -> Option<Schema> {
    let ty = ty(node)?;
    let default = match node.get("default") {
        Some(default) if !fits(default.value(), &ty) => {
            return default.refuse("does not fit the schema");
        }
        default => default.map(|default| default.value().clone()),
    };
    Some(Schema {
        ty,
        description: node.text("description").map(str::to_owned),
        deprecated: node.flag("deprecated"),
        default,
    })
}

fn fits(value: &Value, ty: &Ty) -> bool {
    match ty {
        Ty::Text(rules) => value.as_str().is_some_and(|text| {
            let length = text.chars().count();
            rules.min.is_none_or(|min| length >= min) && rules.max.is_none_or(|max| length <= max)
        }),
        Ty::Integer { min, max, .. } => value.as_i64().is_some_and(|number| {
            min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max)
        }),
        Ty::Double { .. } => value.is_number(),
        Ty::Boolean => value.is_boolean(),
        Ty::Array { .. } | Ty::Named(_) => false,
    }
}

fn only(node: &Cursor, what: &str, keys: &[&str]) {
    node.only(what, &[keys, &NOTES].concat());
}

fn ty(node: &Cursor) -> Option<Ty> {
    if let Some(reference) = node.get("$ref") {
        node.resolve()?;
        return named_by(&reference);
    }
    if let Some(members) = node.get("allOf") {
        only(node, "a reference with notes", &["allOf", "type"]);
        return match members.items().as_slice() {
            [member] if member.get("$ref").is_some() => {
                same_type(node, &member.resolve()?);
                ty(member)
            }
            _ => members.refuse("in place, `allOf` holds one `$ref` and nothing else; compose objects in `components.schemas`"),
        };
    }
    let kind = node.require("type")?;
    match kind.str()? {
        "string" => text(node).map(Ty::Text),
        "integer" => integer(node),
        "number" => number(node),
        "boolean" => {
            only(node, "a boolean", &["type"]);
            Some(Ty::Boolean)
        }
        "array" => array(node),
        "object" => node.refuse("an object must be a named schema of `components.schemas`"),
        other => kind.refuse(format!("`{other}` is not a type of OpenAPI 3.0")),
    }
}

/// OpenAPI 3.0.3 wants the type repeated beside `nullable`, for a schema that is only a reference too.
fn same_type(node: &Cursor, named: &Cursor) {
    if let Some(kind) = node.get("type")
        && kind.str() != Some(named.text("type").unwrap_or("object"))
    {
        kind.problem("is not the type of the schema that `$ref` names");
    }
}

/// The name behind `#/components/schemas/…`.
pub(super) fn named_by(reference: &Cursor) -> Option<Ty> {
    match reference.str()?.strip_prefix("#/components/schemas/") {
        Some(name) => Some(Ty::Named(name.replace("~1", "/").replace("~0", "~"))),
        None => reference.refuse("must refer to `#/components/schemas/…`"),
    }
}

fn text(node: &Cursor) -> Option<TextRules> {
    only(
        node,
        "a string",
        &["type", "minLength", "maxLength", "pattern"],
    );
    if let Some(values) = node.get("enum") {
        return values.refuse("an enumeration must be a named schema of `components.schemas`");
    }
    let rules = TextRules {
        min: node.get("minLength").and_then(|min| min.count()),
        max: node.get("maxLength").and_then(|max| max.count()),
        pattern: node.text("pattern").map(str::to_owned),
    };
    if let (Some(min), Some(max)) = (rules.min, rules.max)
        && min > max
    {
        node.problem("`minLength` is greater than `maxLength`");
    }
    if let (Some(pattern), Some(node)) = (&rules.pattern, node.get("pattern")) {
        check_pattern(&node, pattern);
    }
    Some(rules)
}

/// JSON Schema means ECMA-262, the server matches with `regex`: a pattern has to be both.
fn check_pattern(node: &Cursor, pattern: &str) {
    if let Err(error) = regress::Regex::new(pattern) {
        node.problem(format!("is not an ECMA-262 regular expression: {error}"));
    } else if let Err(error) = regex_syntax::Parser::new().parse(pattern) {
        node.problem(format!(
            "is not supported, since it does not match in linear time: {error}"
        ));
    }
}

fn integer(node: &Cursor) -> Option<Ty> {
    only(
        node,
        "an integer",
        &["type", "format", "minimum", "maximum"],
    );
    let bits = match node.require("format").and_then(|format| format.str())? {
        "int32" => 32,
        "int64" => 64,
        _ => return node.refuse("the `format` of an integer must be `int32` or `int64`"),
    };
    let min = node.get("minimum").and_then(|min| min.integer());
    let max = node.get("maximum").and_then(|max| max.integer());
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        node.problem("`minimum` is greater than `maximum`");
    }
    Some(Ty::Integer { bits, min, max })
}

fn number(node: &Cursor) -> Option<Ty> {
    only(node, "a number", &["type", "format", "minimum", "maximum"]);
    if node.require("format").and_then(|format| format.str())? != "double" {
        return node.refuse("the `format` of a number must be `double`");
    }
    Some(Ty::Double {
        min: node.get("minimum").and_then(|min| min.number()),
        max: node.get("maximum").and_then(|max| max.number()),
    })
}

fn array(node: &Cursor) -> Option<Ty> {
    only(
        node,
        "an array",
        &["type", "items", "minItems", "maxItems", "uniqueItems"],
    );
    let items = node.require("items")?;
    for note in ["nullable", "readOnly", "default"] {
        if let Some(note) = items.get(note) {
            note.problem("is not supported for items");
        }
    }
    Some(Ty::Array {
        item: Box::new(ty(&items)?),
        min: node.get("minItems").and_then(|min| min.count()),
        max: node.get("maxItems").and_then(|max| max.count()),
        unique: node.flag("uniqueItems"),
    })
}

fn enumeration(node: &Cursor) -> Option<Vec<(String, String)>> {
    node.only(
        "an enumeration",
        &["type", "enum", "description", "title", "example"],
    );
    if node.text("type") != Some("string") {
        return node.refuse("an enumeration must be `type: string`");
    }
    let mut values: Vec<(String, String)> = Vec::new();
    for item in node.get("enum")?.items() {
        let value = item.str()?;
        let variant = names::pascal(value);
        if let Some((other, _)) = values.iter().find(|(_, ident)| *ident == variant) {
            return item.refuse(format!(
                "`{other}` and `{value}` would both be called `{variant}` in Rust"
            ));
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
        &["oneOf", "discriminator", "description", "title", "example"],
    );
    let mut variants = Vec::new();
    for member in node.get("oneOf")?.items() {
        let target = member.resolve()?;
        let reference = member.require("$ref")?;
        if target.text("type") != Some("object") || target.get("properties").is_none() {
            reference.problem("a variant must be an object with `properties`");
        }
        if let Some(Ty::Named(name)) = named_by(&reference) {
            variants.push(name);
        }
    }
    let discriminator = node.require("discriminator")?;
    discriminator.only("a discriminator", &["propertyName", "mapping"]);
    let property = discriminator.require("propertyName")?.str()?;
    let mut mapping = Vec::new();
    for (value, target) in discriminator.require("mapping")?.entries() {
        let Some(Ty::Named(name)) = named_by(&target) else {
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
    check_discriminated(node, property);
    Some(Union {
        discriminator: property.to_owned(),
        variants,
        mapping,
    })
}

fn check_discriminated(node: &Cursor, property: &str) {
    for member in node
        .get("oneOf")
        .map(|members| members.items())
        .unwrap_or_default()
    {
        let Some(target) = member.resolve() else {
            continue;
        };
        let required = target
            .get("required")
            .map(|required| required.items())
            .unwrap_or_default();
        if !required.iter().any(|name| name.value() == property) {
            member.problem(format!(
                "a variant must require the discriminator `{property}`"
            ));
        }
    }
}
