//! An item as a document of the index, by the schema of its connection.

use std::collections::BTreeMap;

use serde_json::Value;
use tantivy::{TantivyDocument, schema::OwnedValue};

use crate::domain::{
    acl,
    item::{Content, Item, stored_members},
    schema::{Property, PropertyType, Schema},
    search::ticks,
};

use super::{
    fields::{Fields, Runs, key, presence, property_prefix, tenant_prefix, unsigned, whole},
    html, text,
};

/// The longest text of a column, bytes: of a longer one, its beginning.
const COLUMN_BYTES: usize = 1_024;

pub(super) fn document(
    fields: &Fields,
    tenant: i64,
    content: i64,
    schema: &Schema,
    item: &Item,
) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.key, key(content, &item.id));
    document.add_u64(fields.tenant, unsigned(tenant));
    document.add_u64(fields.content, unsigned(content));
    document.add_text(fields.id, &item.id);
    let (grants, denies) = acl::terms(&item.acl, content);
    for grant in grants {
        document.add_text(fields.grant, grant);
    }
    for deny in denies {
        document.add_text(fields.deny, deny);
    }
    let mut parts = Parts {
        content,
        body_prefix: tenant_prefix(tenant),
        body: Runs::default(),
        property: Runs::default(),
        whole: Vec::new(),
        columns: BTreeMap::new(),
    };
    for (property, value) in values(schema, item) {
        parts.add(property, &value);
    }
    if let Some(text) = item.content.as_ref().and_then(content_text) {
        parts.add_body(&text, 1);
    }
    if let Some(body) = parts.body.into_text() {
        document.add_text(fields.body, body);
    }
    if let Some(words) = parts.property.into_text() {
        document.add_text(fields.property, words);
    }
    for whole in parts.whole {
        document.add_text(fields.whole, whole);
    }
    if !parts.columns.is_empty() {
        let columns = parts.columns.into_iter();
        let columns = columns.map(|(name, values)| (name, OwnedValue::Array(values)));
        let object = OwnedValue::Object(columns.collect());
        let of_content = BTreeMap::from([(content.to_string(), object)]);
        document.add_object(fields.column, of_content);
    }
    document
}

/// The text of an item's content, without the markup of HTML.
pub(super) fn content_text(content: &Content) -> Option<String> {
    let value = content.value.as_deref()?;
    Some(if content.html {
        html::text(value)
    } else {
        value.to_owned()
    })
}

/// The properties of an item that its schema has.
fn values<'a>(schema: &'a Schema, item: &Item) -> Vec<(&'a Property, Value)> {
    let members = stored_members(&item.properties).into_iter();
    let known = members.filter_map(|(name, value)| Some((schema.property(&name)?, value)));
    known.collect()
}

/// What a document has of properties.
struct Parts {
    content: i64,
    body_prefix: String,
    body: Runs,
    property: Runs,
    whole: Vec<String>,
    columns: BTreeMap<String, Vec<OwnedValue>>,
}

impl Parts {
    fn add(&mut self, property: &Property, value: &Value) {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            Value::Null => return,
            value => std::slice::from_ref(value),
        };
        if values.is_empty() {
            return;
        }
        if property.flags.is_queryable {
            self.whole.push(presence(self.content, &property.name));
        }
        for value in values {
            self.add_value(property, value);
        }
    }

    fn add_value(&mut self, property: &Property, value: &Value) {
        let flags = property.flags;
        match property.r#type.item() {
            PropertyType::String => {
                let text = value.as_str().unwrap_or_default();
                self.add_text(property, text);
                if flags.is_refinable {
                    let text = &text[..text.floor_char_boundary(COLUMN_BYTES)];
                    self.add_column(property, OwnedValue::Str(text.to_owned()));
                }
            }
            PropertyType::Principal => {
                let members = value.as_object().into_iter().flatten();
                let texts = members.filter(|(name, _)| !name.starts_with('@'));
                for text in texts.filter_map(|(_, value)| value.as_str()) {
                    self.add_text(property, text);
                }
            }
            PropertyType::Boolean if flags.is_queryable => {
                let text = value.as_bool().unwrap_or_default().to_string();
                self.whole.push(whole(self.content, &property.name, &text));
            }
            PropertyType::Int64 => {
                if let Some(number) = value.as_i64() {
                    self.add_column(property, OwnedValue::I64(number));
                }
            }
            PropertyType::Double => {
                if let Some(number) = value.as_f64() {
                    // Of the two zeros, one.
                    self.add_column(property, OwnedValue::F64(number + 0.0));
                }
            }
            PropertyType::DateTime => {
                if let Some(ticks) = value.as_str().and_then(ticks) {
                    self.add_column(property, OwnedValue::I64(ticks));
                }
            }
            _ => {}
        }
    }

    /// A text is searched, and queried by its words and as a whole.
    fn add_text(&mut self, property: &Property, value: &str) {
        let flags = property.flags;
        if flags.is_searchable {
            self.add_body(value, weight(property));
        }
        if flags.is_queryable {
            if !flags.is_exact_match_required {
                let prefix = property_prefix(self.content, &property.name);
                push(&mut self.property, &prefix, value);
            }
            let folded = text::fold(value);
            self.whole
                .push(whole(self.content, &property.name, &folded));
        }
    }

    /// Each run has a place of its own, so that a text of weight 2 counts as if the item had it twice.
    fn add_body(&mut self, value: &str, weight: usize) {
        for _ in 0..weight {
            push(&mut self.body, &self.body_prefix, value);
        }
    }

    fn add_column(&mut self, property: &Property, value: OwnedValue) {
        let name = property.name.to_ascii_lowercase();
        self.columns.entry(name).or_default().push(value);
    }
}

fn push(runs: &mut Runs, prefix: &str, value: &str) {
    let mut run = runs.begin(prefix);
    let mut tokens = text::tokens(value);
    let mut token = text::Token::default();
    while tokens.advance(&mut token) {
        run.push(&token.text);
    }
}

/// How many times a word in a property counts. Source: Graph, rankingHint.importanceScore.
fn weight(property: &Property) -> usize {
    match property.importance.as_deref() {
        Some("veryHigh") => 4,
        Some("high") => 3,
        Some("medium") => 2,
        _ => 1,
    }
}
