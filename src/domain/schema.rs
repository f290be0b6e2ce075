//! `schema`: what the items of a connection look like, and how it may change once items depend on it.

use std::collections::HashMap;

use super::{Resource, Violation};

pub(crate) const RESOURCE: Resource = Resource("Schema");

/// The only base type. Source: Graph, schema resource.
pub(crate) const BASE_TYPE: &str = "microsoft.graph.externalItem";

/// The schema of a connection as it is stored, 1 to 128 properties.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Schema {
    pub(crate) properties: Vec<Property>,
}

/// One property. Source: Graph, property resource.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) r#type: PropertyType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(flatten)]
    pub(crate) flags: Flags,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) labels: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) aliases: Vec<String>,
    /// `rankingHint.importanceScore`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) importance: Option<String>,
}

/// What search does with a property.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "Graph has five")]
pub(crate) struct Flags {
    pub(crate) is_searchable: bool,
    pub(crate) is_queryable: bool,
    pub(crate) is_retrievable: bool,
    pub(crate) is_refinable: bool,
    pub(crate) is_exact_match_required: bool,
}

/// Source: Graph, propertyType.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PropertyType {
    String,
    Int64,
    Double,
    DateTime,
    Boolean,
    StringCollection,
    Int64Collection,
    DoubleCollection,
    DateTimeCollection,
    Principal,
    PrincipalCollection,
}

impl PropertyType {
    /// As Graph spells it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Int64 => "int64",
            Self::Double => "double",
            Self::DateTime => "dateTime",
            Self::Boolean => "boolean",
            Self::StringCollection => "stringCollection",
            Self::Int64Collection => "int64Collection",
            Self::DoubleCollection => "doubleCollection",
            Self::DateTimeCollection => "dateTimeCollection",
            Self::Principal => "principal",
            Self::PrincipalCollection => "principalCollection",
        }
    }

    /// As messages of the original spell it: the first letter is a capital.
    fn clr_name(self) -> String {
        let (first, rest) = self.name().split_at(1);
        first.to_ascii_uppercase() + rest
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        use serde::{
            Deserialize,
            de::value::{Error, StrDeserializer},
        };
        Self::deserialize(StrDeserializer::<Error>::new(name)).ok()
    }

    /// The type of one value: of a collection, that of its items.
    pub(crate) fn item(self) -> Self {
        match self {
            Self::StringCollection => Self::String,
            Self::Int64Collection => Self::Int64,
            Self::DoubleCollection => Self::Double,
            Self::DateTimeCollection => Self::DateTime,
            Self::PrincipalCollection => Self::Principal,
            single => single,
        }
    }

    pub(crate) fn is_collection(self) -> bool {
        self.item() != self
    }

    /// Texts, and people: connectors of Microsoft's own have searchable principals.
    fn can_be_searched(self) -> bool {
        matches!(self.item(), Self::String | Self::Principal)
    }

    /// Source: Graph, "Refiner property cannot be of type Boolean". Many connectors refine by date.
    fn can_be_refined(self) -> bool {
        !matches!(self.item(), Self::Boolean | Self::Principal)
    }
}

/// The types that a property with a label may have. Source: Graph, "Semantic labels"; people labels: "Build connectors with
/// people data". Labels that are not listed may be on any type.
fn types_of(label: &str) -> Option<&'static [PropertyType]> {
    use PropertyType::{DateTime, Int64, Principal, PrincipalCollection, String, StringCollection};
    Some(match label {
        "title"
        | "url"
        | "iconUrl"
        | "fileName"
        | "fileExtension"
        | "containerName"
        | "containerUrl"
        | "parentUrl"
        | "personAccount"
        | "personName"
        | "personNote"
        | "personCurrentPosition"
        | "personWebSite" => &[String],
        "createdBy" | "lastModifiedBy" => &[String, Principal],
        "authors" => &[String, StringCollection, Principal, PrincipalCollection],
        "createdDateTime" | "lastModifiedDateTime" | "closedDate" | "dueDate" => &[DateTime],
        "numberOfReactions" => &[Int64],
        person if person.starts_with("person") => &[StringCollection],
        _ => return None,
    })
}

impl Schema {
    /// The property of this name, in any case of its letters.
    pub(crate) fn property(&self, name: &str) -> Option<&Property> {
        let mut properties = self.properties.iter();
        properties.find(|property| property.name.eq_ignore_ascii_case(name))
    }

    /// The length of its texts, bytes.
    pub(crate) fn stored_bytes(&self) -> usize {
        let texts = |property: &Property| {
            let lists = property.labels.iter().chain(&property.aliases);
            lists.map(String::len).sum::<usize>()
                + property.name.len()
                + property.description.as_ref().map_or(0, String::len)
        };
        self.properties.iter().map(texts).sum()
    }

    /// Every rule that the schema breaks by itself, in a connection whose items are people or not; pointers lead into the
    /// request's body.
    pub(crate) fn violations(&self, people: bool) -> Vec<Violation> {
        let mut broken = Vec::new();
        let has_account = || {
            self.properties
                .iter()
                .any(|property| property.labels.iter().any(|it| it == "personAccount"))
        };
        if people && !has_account() {
            broken.push(Violation::new(
                "/properties",
                "a connection of the content category 'people' needs a property with the label 'personAccount'",
            ));
        }
        let mut names = HashMap::new();
        let mut labels: HashMap<&str, &str> = HashMap::new();
        for (index, property) in self.properties.iter().enumerate() {
            let at = |member: &str| format!("/properties/{index}/{member}");
            property.check(&at, &mut broken);
            let own = std::iter::once((&property.name, at("name")));
            let aliases = property.aliases.iter().enumerate();
            let aliases = aliases.map(|(n, alias)| (alias, at(&format!("aliases/{n}"))));
            for (name, pointer) in own.chain(aliases) {
                let other = names.insert(name.to_ascii_lowercase(), &property.name);
                if let Some(other) =
                    other.filter(|other| *other != &property.name || *name == property.name)
                {
                    let rule = format!(
                        "'{name}' is a name of the property '{other}' already; names and aliases are unique without regard to case"
                    );
                    broken.push(Violation::new(pointer, rule));
                }
            }
            for (n, label) in property.labels.iter().enumerate() {
                if let Some(other) = labels.insert(label, &property.name) {
                    let rule = format!("the property '{other}' has the label '{label}' already");
                    broken.push(Violation::new(at(&format!("labels/{n}")), rule));
                }
            }
        }
        broken
    }

    /// The schema that an update makes of this one, or every rule that the change breaks: properties are added and never
    /// removed, and keep the spelling of their names. Source: Graph, "Schema update capabilities".
    pub(crate) fn updated(&self, mut to: Self) -> Result<Self, Vec<Violation>> {
        let mut broken = Vec::new();
        let find = |properties: &[Property], name: &str| {
            properties
                .iter()
                .position(|property| property.name.eq_ignore_ascii_case(name))
        };
        for (index, property) in to.properties.iter().enumerate() {
            let at = |member: &str| format!("/properties/{index}/{member}");
            let Some(before) = find(&self.properties, &property.name) else {
                continue;
            };
            let before = &self.properties[before];
            if before.r#type != property.r#type {
                let rule = format!(
                    "the type of '{}' is '{}' and cannot be changed; add a property of another name, or delete the connection",
                    property.name,
                    before.r#type.name()
                );
                broken.push(Violation::new(at("type"), rule));
            }
            if property.flags.is_refinable && !before.flags.is_refinable {
                let rule = format!(
                    "'{}' is not refinable, and an update cannot make it so; only a property that is added can be refinable",
                    property.name
                );
                broken.push(Violation::new(at("isRefinable"), rule));
            }
        }
        for before in &self.properties {
            if find(&to.properties, &before.name).is_none() {
                let rule = format!(
                    "lacks the property '{}': an update has all properties that the schema has, for none can be removed or renamed",
                    before.name
                );
                broken.push(Violation::new("/properties", rule));
            }
        }
        if !broken.is_empty() {
            return Err(broken);
        }
        for property in &mut to.properties {
            if let Some(before) = find(&self.properties, &property.name) {
                property.name.clone_from(&self.properties[before].name);
            }
        }
        Ok(to)
    }
}

impl Property {
    fn check(&self, at: &dyn Fn(&str) -> String, broken: &mut Vec<Violation>) {
        let Flags {
            is_searchable,
            is_retrievable,
            is_refinable,
            is_exact_match_required,
            ..
        } = self.flags;
        let kind = self.r#type.name();
        if is_refinable && !self.r#type.can_be_refined() {
            // Source of code and text: Graph, observed.
            let (name, kind) = (&self.name, self.r#type.clr_name());
            let rule = format!("Refiner property '{name}' cannot be of type '{kind}'.");
            let broken_rule = Violation::new(at("isRefinable"), rule);
            broken.push(broken_rule.with_code("RefinerShouldNotBeOfType"));
        }
        let mut refuse = |member: &str, rule: String| broken.push(Violation::new(at(member), rule));
        if is_searchable && !self.r#type.can_be_searched() {
            refuse(
                "isSearchable",
                format!(
                    "only a string, a principal or a collection of them can be searchable; the type is '{kind}'"
                ),
            );
        }
        if is_refinable && is_searchable {
            refuse(
                "isRefinable",
                "a searchable property cannot be refinable".into(),
            );
        }
        if is_exact_match_required && (is_searchable || self.r#type.item() != PropertyType::String)
        {
            refuse(
                "isExactMatchRequired",
                "only a string or stringCollection that is not searchable can require exact matches".into(),
            );
        }
        for (n, label) in self.labels.iter().enumerate() {
            let member = format!("labels/{n}");
            if !is_retrievable && !label.starts_with("person") {
                refuse(
                    &member,
                    format!("a property with the label '{label}' must be retrievable"),
                );
            }
            if let Some(types) = types_of(label).filter(|types| !types.contains(&self.r#type)) {
                let types: Vec<_> = types.iter().map(|it| it.name()).collect();
                refuse(
                    &member,
                    format!(
                        "the label '{label}' is for the type {}; the type is '{kind}'",
                        types.join(" or ")
                    ),
                );
            }
        }
    }
}
