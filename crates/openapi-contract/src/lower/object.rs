//! Objects: their members, also of several composed by `allOf`, and what becomes of members that they do not declare.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    document::Cursor,
    ir::{Count, Field, Others, Presence, Schema, Struct},
    names::{self, Scope},
};

use super::{lenient, schema};

/// What the server and the client call the members that are kept without being declared.
const OTHERS: [&str; 2] = ["additional", "extra"];

/// An object, or several composed by `allOf`. What stands beside `allOf` is one more of them.
pub(super) struct Object<'a> {
    pub(super) properties: Vec<(&'a str, Cursor<'a>)>,
    pub(super) required: BTreeSet<&'a str>,
    others: Others,
    count: Count,
}

impl<'a> Object<'a> {
    /// `notes` are the keys that may stand beside it.
    pub(super) fn read(node: &Cursor<'a>, notes: &[&str]) -> Self {
        let mut object = Self {
            properties: Vec::new(),
            required: BTreeSet::new(),
            others: Others::Ignored,
            count: Count::default(),
        };
        object.add(node, notes, &mut Vec::new());
        object
    }

    /// `within` holds the values of the compositions that lead here.
    fn add(&mut self, node: &Cursor<'a>, notes: &[&str], within: &mut Vec<*const Value>) {
        const KEYS: [&str; 6] = [
            "type",
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ];
        let parts = node.get("allOf");
        match &parts {
            Some(parts) => {
                node.only("a composition", &[&["allOf"], &KEYS[..], notes].concat());
                if within.contains(&std::ptr::from_ref(node.value())) {
                    return node.problem("is composed of itself");
                }
                within.push(node.value());
                for part in parts.items() {
                    let Some(target) = part.resolve("schemas") else {
                        continue;
                    };
                    if target.get("allOf").is_some() || target.value()["type"] == "object" {
                        self.add(&target, &["description", "example"], within);
                    } else {
                        part.problem(
                            "is not `type: object`: objects are composed, and nothing else",
                        );
                    }
                }
                within.pop();
            }
            None => node.only("an object", &[&KEYS[..], notes].concat()),
        }
        match node.get("type") {
            None if parts.is_some() => {}
            Some(kind) if kind.value() == "object" => {}
            _ => node.problem("must be `type: object`"),
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
        let count = schema::count(node, "minProperties", "maxProperties");
        self.count = Count {
            min: count.min.or(self.count.min),
            max: count.max.or(self.count.max),
        };
        if let Some(extra) = node.get("additionalProperties") {
            self.additional(&extra, parts.is_some() || !within.is_empty());
        }
    }

    fn additional(&mut self, extra: &Cursor, is_composed: bool) {
        match extra.value() {
            Value::Bool(false) if is_composed => extra.problem(
                "closes this member of a composition against the properties of the others",
            ),
            Value::Bool(false) => self.others = Others::Refused,
            _ => {
                if let Some(value) = schema::others(extra) {
                    self.others = Others::Kept(Box::new(value));
                }
            }
        }
    }

    pub(super) fn lower(self, node: &Cursor) -> Struct {
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
            if OTHERS.contains(&field.ident.as_str()) && matches!(self.others, Others::Kept(_)) {
                property.problem(format!(
                    "`{}` is what generated code calls the members that are not declared: rename it",
                    field.ident
                ));
            }
            fields.push(field);
        }
        Struct {
            fields,
            others: self.others,
            count: self.count,
        }
    }
}

fn field(name: &str, node: &Cursor, required: bool) -> Option<Field> {
    let schema = schema::in_place(node)?;
    let presence = match (required, schema.nullable, schema.default.is_some()) {
        (true, false, _) => Presence::Required,
        (true, true, _) => Presence::RequiredNullable,
        (false, false, false) => Presence::Optional,
        (false, true, false) => Presence::OptionalNullable,
        (false, false, true) => Presence::Defaulted,
        (false, true, true) => Presence::DefaultedNullable,
    };
    let read_only = node.flag("readOnly");
    if read_only && required {
        node.problem("`readOnly` and required: a request could not leave it out; make it optional");
    }
    refuse_default(node, &schema, required || read_only);
    if required || schema.nullable {
        lenient::refuse_null(node, &schema);
    }
    Some(Field {
        name: name.to_owned(),
        ident: names::snake(name),
        presence,
        read_only,
        schema,
    })
}

fn refuse_default(node: &Cursor, schema: &Schema, never_absent: bool) {
    if schema.default.is_some()
        && never_absent
        && let Some(default) = node.get("default")
    {
        default.problem("is for an optional member that a request may leave out");
    }
}
