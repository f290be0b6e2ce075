//! `externalItem`: what a connection holds. Its properties follow the schema; this file reads them by it.

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize, de};
use serde_json::{Map, Value, value::RawValue};

use super::{
    Error, Resource, Violation,
    error::DESERIALIZATION_ERROR,
    external_connection::ConnectionState,
    schema::{Property, PropertyType, Schema},
    settings::JsonText,
};

pub(crate) const RESOURCE: Resource = Resource("Item");

/// An item as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) acl: Vec<AccessControlEntry>,
    /// An object, as [`Properties`] has written it.
    pub(crate) properties: JsonText,
    pub(crate) content: Option<Content>,
    /// `informationProtectionLabel.sensitivityLabelId`.
    pub(crate) sensitivity_label: Option<String>,
}

/// One entry of the access control list. Source: Graph, acl.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AccessControlEntry {
    pub(crate) r#type: PrincipalKind,
    pub(crate) value: String,
    pub(crate) deny: bool,
}

/// Source: Graph, aclType.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PrincipalKind {
    User,
    Group,
    Everyone,
    EveryoneExceptGuests,
    ExternalGroup,
}

/// What is searched besides the properties. Source: Graph, externalItemContent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) html: bool,
    /// `None`: `null`, as connectors send it for what has no text.
    pub(crate) value: Option<String>,
}

/// Properties that queries can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemProperty {
    Id,
}

impl ItemProperty {
    pub(crate) const NAMES: &[(&str, Self)] = &[("id", Self::Id)];
}

/// Whether an identifier can be given to an item. Source: Graph documents letters and digits; connectors have `_`, `-` and `.`, too.
///
/// # Errors
/// The rule.
pub(crate) fn check_id(id: &str) -> Result<(), Violation> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    if (1..=128).contains(&id.len()) && id.bytes().all(is_allowed) && id != "." && id != ".." {
        return Ok(());
    }
    let rule = "must be 1 to 128 ASCII letters, digits, '_', '-' and '.'";
    Err(Violation::new("item-id", rule))
}

/// How many items a connection takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Capacity(pub(crate) Option<u64>);

impl Capacity {
    /// Whether an item may be written, as a new one or in place of one that is there, in a connection that is in a state and holds
    /// a number of items. Source: Graph, "Manage connections", table of states and operations.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn may_write(
        self,
        state: ConnectionState,
        items: u64,
        is_new: bool,
    ) -> Result<(), Error> {
        let rule = match state {
            ConnectionState::Ready | ConnectionState::LimitExceeded => {
                return match self.0.filter(|most| is_new && items >= *most) {
                    None => Ok(()),
                    Some(most) => Err(Error::QuotaReached {
                        rule: format!("a connection has at most {most} items; DELETE some first"),
                    }),
                };
            }
            ConnectionState::Draft => {
                "the connection takes no items yet: its state is 'draft' until its schema is registered"
            }
            ConnectionState::Obsolete => "the connection is obsolete, and can only be deleted",
        };
        Err(Error::Invalid(vec![Violation::new("connection-id", rule)]))
    }

    /// The state of a connection once it holds a number of items.
    pub(crate) fn state(self, before: ConnectionState, items: u64) -> ConnectionState {
        match before {
            ConnectionState::Draft | ConnectionState::Obsolete => before,
            _ if self.0.is_some_and(|most| items >= most) => ConnectionState::LimitExceeded,
            _ => ConnectionState::Ready,
        }
    }
}

impl Item {
    /// The length of its texts, bytes.
    pub(crate) fn stored_bytes(&self) -> usize {
        let content = self
            .content
            .as_ref()
            .and_then(|content| content.value.as_ref());
        let acl = self.acl.iter().map(|entry| entry.value.len());
        self.properties.as_str().len() + content.map_or(0, String::len) + acl.sum::<usize>()
    }
}

/// The suffix of the name of an annotation that says the type of a property. Source: OData JSON format 4.01, section 4.6.3.
const TYPE_ANNOTATION: &str = "@odata.type";

/// Broken rules that are told at once.
const MOST_BROKEN: usize = 20;

/// The properties of an item, as a client sends them: an object.
pub(crate) struct Properties<'a>(pub(crate) &'a str);

impl Properties<'_> {
    /// The properties by the rules of the schema, in its spelling and types: an object, the members in their order, each behind
    /// its annotation. A member that is `null` is left out.
    ///
    /// # Errors
    /// Every member that the schema does not have, or whose value is not of its type; pointers lead into the request's body.
    pub(crate) fn checked(&self, schema: &Schema) -> Result<JsonText, Error> {
        let given: Members<'_> =
            serde_json::from_str(self.0).map_err(|error| Error::Internal(Box::new(error)))?;
        let mut broken = Vec::new();
        let mut members: Vec<(&str, Value)> = Vec::new();
        let mut annotations: Vec<(&str, &str)> = Vec::new();
        for (name, value) in &given.0 {
            let (property, is_annotation) = match name.strip_suffix(TYPE_ANNOTATION) {
                Some("") => continue, // the type of the object itself
                Some(property) => (property, true),
                None => (name.as_str(), false),
            };
            let pointer = || format!("/properties/{}", escaped(&shown(name)));
            let Some(property) = schema.property(property) else {
                // An annotation of what is not there says nothing.
                if !is_annotation {
                    broken.push(Violation::new(pointer(), unknown(name, schema)));
                }
                continue;
            };
            let read = if is_annotation && annotations.iter().any(|(of, _)| *of == property.name) {
                Err(format!(
                    "the item has the type of '{}' twice",
                    property.name
                ))
            } else if is_annotation {
                annotation(property, value.get())
                    .map(|kept| annotations.push((&property.name, kept)))
            } else if members.iter().any(|(other, _)| *other == property.name) {
                Err(format!("the item has '{}' twice", property.name))
            } else {
                of_type(property, value.get()).map(|value| {
                    members.extend(value.map(|value| (property.name.as_str(), value)));
                })
            };
            if let Err(rule) = read {
                broken.push(Violation::new(pointer(), rule).with_code(DESERIALIZATION_ERROR));
            }
            if broken.len() == MOST_BROKEN {
                break;
            }
        }
        if !broken.is_empty() {
            return Err(Error::Invalid(broken));
        }
        let mut object = Map::new();
        for (name, value) in members {
            let mut annotations = annotations.iter();
            if let Some((_, kind)) = annotations.find(|(other, _)| *other == name) {
                object.insert(format!("{name}{TYPE_ANNOTATION}"), Value::from(*kind));
            }
            object.insert(name.to_owned(), value);
        }
        Ok(JsonText::new(Value::Object(object).to_string().into()))
    }
}

/// The members of stored properties.
pub(crate) fn stored_members(properties: &JsonText) -> Map<String, Value> {
    serde_json::from_str(properties.as_str()).unwrap_or_default()
}

/// Stored properties without the annotations of their types.
pub(crate) fn without_annotations(properties: &JsonText) -> JsonText {
    let mut members = stored_members(properties);
    members.retain(|name, _| !name.ends_with(TYPE_ANNOTATION));
    JsonText::new(Value::Object(members).to_string().into())
}

/// The members of an object with the text of each.
pub(crate) struct Members<'a>(pub(crate) Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Visitor).map(Self)
    }
}

fn unknown(name: &str, schema: &Schema) -> String {
    let names: Vec<_> = schema
        .properties
        .iter()
        .map(|property| format!("'{}'", property.name))
        .collect();
    let shown = names[..names.len().min(20)].join(", ");
    let more = if names.len() > 20 { ", …" } else { "" };
    let name = self::shown(name);
    format!("the schema has no property '{name}'; it has {shown}{more}")
}

/// Characters of a text of the client that are repeated to it.
const SHOWN: usize = 64;

/// What is shown of a text: its beginning, if it is long.
fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// A name as a token of a JSON pointer (RFC 6901).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// An annotation that names a type which the property can have: kept as it was sent.
fn annotation<'a>(property: &Property, json: &'a str) -> Result<&'a str, String> {
    let text = json
        .strip_prefix('"')
        .and_then(|json| json.strip_suffix('"'))
        .unwrap_or(json);
    let bare = text.strip_prefix('#').unwrap_or(text);
    let (collection, item) = match bare
        .strip_prefix("Collection(")
        .and_then(|it| it.strip_suffix(')'))
    {
        Some(item) => (true, item),
        None => (false, bare),
    };
    let item = item.strip_prefix("Edm.").unwrap_or(item);
    let known = match item {
        "String" => PropertyType::String,
        "Int64" | "Int32" => PropertyType::Int64,
        "Double" => PropertyType::Double,
        "DateTimeOffset" => PropertyType::DateTime,
        "Boolean" => PropertyType::Boolean,
        "microsoft.graph.externalConnectors.principal" => PropertyType::Principal,
        _ => {
            // Source of the first two sentences: Graph, observed.
            return Err(format!(
                "A type named '{}' could not be resolved by the model. When a model is available, each type name must resolve to a \
                 valid type. '{}' is {}.",
                shown(text),
                property.name,
                annotation_of(property.r#type)
            ));
        }
    };
    if known == property.r#type.item() && collection == property.r#type.is_collection() {
        return Ok(text);
    }
    Err(format!(
        "the schema says that '{}' is of type '{}', which is {}, and not '{}'",
        property.name,
        property.r#type.name(),
        annotation_of(property.r#type),
        shown(text)
    ))
}

/// The name of a type in an annotation.
fn annotation_of(kind: PropertyType) -> String {
    let item = match kind.item() {
        PropertyType::Int64 => "Int64",
        PropertyType::Double => "Double",
        PropertyType::DateTime => "DateTimeOffset",
        PropertyType::Boolean => "Boolean",
        PropertyType::Principal => "microsoft.graph.externalConnectors.principal",
        _ => "String",
    };
    if kind.is_collection() {
        format!("'Collection({item})'")
    } else {
        format!("'{item}'")
    }
}

/// The value in the type of its property; `None` if it is `null`.
fn of_type(property: &Property, json: &str) -> Result<Option<Value>, String> {
    let value: Value = serde_json::from_str(json).map_err(|_| "must be JSON".to_owned())?;
    let kind = property.r#type;
    let refused = |value: &Value| {
        format!(
            "must be {}, as the schema says of '{}'; it is {}",
            expected(kind),
            property.name,
            described(value)
        )
    };
    if value.is_null() {
        return Ok(None);
    }
    if !kind.is_collection() {
        let single = one(kind, value).map_err(|value| refused(&value))?;
        return Ok(Some(single));
    }
    let Value::Array(items) = value else {
        return Err(refused(&value));
    };
    let items = items.into_iter().enumerate().map(|(index, item)| {
        one(kind.item(), item).map_err(|item| format!("{} at index {index}", refused(&item)))
    });
    items.collect::<Result<_, _>>().map(Value::Array).map(Some)
}

/// One value in a type, also read from the text that some clients write for every scalar; the value itself if it is none.
fn one(kind: PropertyType, value: Value) -> Result<Value, Value> {
    let read = match (kind, &value) {
        (PropertyType::String, Value::String(_)) | (PropertyType::Boolean, Value::Bool(_)) => {
            return Ok(value);
        }
        (PropertyType::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("true") => {
            Some(true.into())
        }
        (PropertyType::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("false") => {
            Some(false.into())
        }
        (PropertyType::Int64, Value::Number(number)) => whole(number).map(Value::from),
        (PropertyType::Int64, Value::String(text)) => text.parse::<i64>().ok().map(Value::from),
        (PropertyType::Double, Value::Number(number)) => number.as_f64().map(Value::from),
        (PropertyType::Double, Value::String(text)) => {
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            number.map(Value::from)
        }
        (PropertyType::DateTime, Value::String(text)) => instant(text).map(Value::from),
        (PropertyType::Principal, Value::Object(members)) => {
            principal(members).then(|| value.clone())
        }
        _ => None,
    };
    read.ok_or(value)
}

/// A number without a fraction.
fn whole(number: &serde_json::Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let double = number.as_f64()?;
        // Up to here every whole number has a double of its own.
        let is_exact = double.fract() == 0.0 && double.abs() <= 9_007_199_254_740_992.0;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it is whole, and within 2^53"
        )]
        is_exact.then_some(double as i64)
    })
}

/// A moment in UTC, written with as many digits of the second as it has. Without an offset it is taken to be UTC.
pub(crate) fn instant(text: &str) -> Option<String> {
    let text = text.trim();
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?),
        None => (text, "00:00Z"),
    };
    let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone);
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    let formats = ["%H:%M:%S%.f", "%H:%M"];
    let time = formats
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(time, format).ok())?;
    let offset = match zone {
        "" | "Z" | "z" => FixedOffset::east_opt(0),
        zone => zone.parse().ok(),
    }?;
    let moment: DateTime<Utc> = date
        .and_time(time)
        .and_local_timezone(offset)
        .single()?
        .to_utc();
    let text = moment.format("%Y-%m-%dT%H:%M:%S%.9f").to_string();
    let text = text.trim_end_matches('0').trim_end_matches('.');
    Some(format!("{text}Z"))
}

/// Whether an object is a principal: texts under known names. Source: Graph, principal.
fn principal(members: &Map<String, Value>) -> bool {
    const NAMES: [&str; 8] = [
        TYPE_ANNOTATION,
        "email",
        "entraDisplayName",
        "entraId",
        "externalId",
        "externalName",
        "tenantId",
        "upn",
    ];
    members.iter().all(|(name, value)| {
        NAMES.contains(&name.as_str()) && (value.is_string() || value.is_null())
    })
}

fn expected(kind: PropertyType) -> &'static str {
    match kind {
        PropertyType::String => "a string",
        PropertyType::Int64 => "a whole number of 64 bits",
        PropertyType::Double => "a number",
        PropertyType::DateTime => "a date in ISO 8601, such as 2026-01-31T09:30:00Z",
        PropertyType::Boolean => "true or false",
        PropertyType::Principal => "a principal, an object of upn, email, entraId and so on",
        PropertyType::StringCollection => "a list of strings",
        PropertyType::Int64Collection => "a list of whole numbers of 64 bits",
        PropertyType::DoubleCollection => "a list of numbers",
        PropertyType::DateTimeCollection => {
            "a list of dates in ISO 8601, such as 2026-01-31T09:30:00Z"
        }
        PropertyType::PrincipalCollection => {
            "a list of principals, objects of upn, email, entraId and so on"
        }
    }
}

/// A value in words, without what it says: errors are short.
fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "a boolean".into(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.is_empty() => "an empty string".into(),
        Value::String(text) if text.chars().count() <= 40 => format!("the string '{text}'"),
        Value::String(_) => "a string".into(),
        Value::Array(_) => "an array".into(),
        Value::Object(_) => "an object".into(),
    }
}
