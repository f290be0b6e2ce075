//! `activitySettings`, `searchSettings`, `complianceSettings` and `contentCategory`: what a connection carries for
//! its consumers. Their lengths, counts and allowed values are in the document; what it cannot say is checked here.
//! Source: Graph, resources activitySettings, itemIdResolver, urlMatchInfo, searchSettings, displayTemplate, propertyRule.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Violation, limits};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ActivitySettings {
    /// `None` is a member that was `null` or absent.
    pub(crate) url_to_item_resolvers: Option<Vec<ItemIdResolver>>,
}

/// The only kind of `urlToItemResolverBase`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ItemIdResolver {
    pub(crate) priority: Option<i32>,
    /// A pattern over the named groups of `url_pattern`.
    pub(crate) item_id: String,
    pub(crate) url_match_info: Option<UrlMatchInfo>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UrlMatchInfo {
    pub(crate) base_urls: Option<Vec<String>>,
    /// An ECMAScript regular expression with named groups.
    pub(crate) url_pattern: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SearchSettings {
    pub(crate) search_result_templates: Option<Vec<DisplayTemplate>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ComplianceSettings {
    #[serde(rename = "eDiscoveryResultTemplates")]
    pub(crate) e_discovery_result_templates: Option<Vec<DisplayTemplate>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DisplayTemplate {
    pub(crate) id: String,
    pub(crate) layout: AdaptiveCard,
    pub(crate) priority: i32,
    pub(crate) rules: Option<Vec<PropertyRule>>,
}

/// An Adaptive Card, kept as sent: as text, since a tree of it takes many times the memory, and change waits in a queue.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct AdaptiveCard(Box<RawValue>);

impl AdaptiveCard {
    /// Of the text of a JSON object.
    pub(crate) fn from_text(text: Box<str>) -> Self {
        Self(RawValue::from_string(text.into()).expect("it is JSON"))
    }

    pub(crate) fn into_text(self) -> Box<str> {
        self.0.into()
    }
}

impl PartialEq for AdaptiveCard {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PropertyRule {
    pub(crate) property: String,
    /// A member of `ruleOperation`, checked by the document.
    pub(crate) operation: String,
    pub(crate) values: Vec<String>,
    /// A member of `binaryOperator`, checked by the document.
    pub(crate) values_joined_by: String,
}

/// A member of Graph's `contentCategory`, checked by the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct ContentCategory(pub(crate) String);

impl Default for ContentCategory {
    fn default() -> Self {
        Self(Self::DEFAULT.into())
    }
}

impl ContentCategory {
    const DEFAULT: &str = "uncategorized";

    pub(crate) fn is_default(&self) -> bool {
        self.0 == Self::DEFAULT
    }
}

impl ActivitySettings {
    /// Checks what the document cannot say: each `urlPattern` is an ECMAScript regular expression.
    pub(crate) fn check(&self, pointer: &str, broken: &mut Vec<Violation>) {
        for (index, resolver) in self.url_to_item_resolvers.iter().flatten().enumerate() {
            let Some(pattern) = resolver
                .url_match_info
                .as_ref()
                .and_then(|info| info.url_pattern.as_ref())
            else {
                continue;
            };
            if let Err(rule) = check_pattern(pattern) {
                let pointer =
                    format!("{pointer}/urlToItemResolvers/{index}/urlMatchInfo/urlPattern");
                broken.push(Violation::new(pointer, rule));
            }
        }
    }
}

fn check_pattern(pattern: &str) -> Result<(), String> {
    // Counted before they are read, and so whether they open a group or not.
    let parentheses = pattern.matches('(').count();
    if parentheses > limits::PATTERN_PARENTHESES {
        return Err(format!(
            "must have at most {} opening parentheses; it has {parentheses}",
            limits::PATTERN_PARENTHESES
        ));
    }
    regress::Regex::new(pattern)
        .map(drop)
        .map_err(|error| format!("must be an ECMAScript regular expression: {error}"))
}
