//! `activitySettings`, `searchSettings` and `complianceSettings`: what a connection carries for its consumers. The document has their types and rules; this file has the rules that it cannot express.
//! Source: Graph, resources activitySettings, itemIdResolver, urlMatchInfo, searchSettings, displayTemplate, propertyRule.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Violation, limits};

/// JSON that is stored and answered as text and not looked into: a tree takes many times the memory.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct JsonText(Box<RawValue>);

impl JsonText {
    /// Of a text that is JSON.
    pub(crate) fn new(text: Box<str>) -> Self {
        Self(RawValue::from_string(text.into()).expect("it is JSON"))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.get()
    }

    pub(crate) fn into_text(self) -> Box<str> {
        self.0.into()
    }
}

impl PartialEq for JsonText {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

/// The part of `activitySettings` that is checked.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActivitySettings<'a> {
    #[serde(borrow)]
    url_to_item_resolvers: Option<Vec<UrlToItemResolver<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UrlToItemResolver<'a> {
    #[serde(borrow)]
    url_match_info: Option<UrlMatchInfo<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UrlMatchInfo<'a> {
    #[serde(borrow)]
    url_pattern: Option<Cow<'a, str>>,
}

/// Each `urlPattern` of `activitySettings` that is no ECMAScript regular expression.
pub(crate) fn broken_patterns(activity_settings: &JsonText) -> Vec<Violation> {
    let settings: ActivitySettings = serde_json::from_str(activity_settings.as_str())
        .expect("the document's rules have passed it");
    let resolvers = settings.url_to_item_resolvers.into_iter().flatten();
    let broken = resolvers.enumerate().filter_map(|(index, resolver)| {
        let rule = check_pattern(&resolver.url_match_info?.url_pattern?).err()?;
        let resolver = format!("/activitySettings/urlToItemResolvers/{index}");
        Some(Violation::new(resolver + "/urlMatchInfo/urlPattern", rule))
    });
    broken.collect()
}

/// A display template for hits. Source: Graph, displayTemplate.
#[derive(Debug, Deserialize)]
pub(crate) struct SearchResultTemplate {
    pub(crate) id: String,
    #[serde(default)]
    priority: i64,
    /// An Adaptive Card.
    pub(crate) layout: JsonText,
}

/// The template of `searchSettings` with the lowest priority, the first of several.
pub(crate) fn first_template(search_settings: &JsonText) -> Option<SearchResultTemplate> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct SearchSettings {
        search_result_templates: Option<Vec<SearchResultTemplate>>,
    }
    let settings: SearchSettings = serde_json::from_str(search_settings.as_str())
        .expect("the document's rules have passed it");
    let templates = settings.search_result_templates.into_iter().flatten();
    templates.min_by_key(|template| template.priority)
}

fn check_pattern(pattern: &str) -> Result<(), String> {
    // Counted before the pattern is parsed, whether they open a group or not.
    let parentheses = pattern.matches('(').count();
    if parentheses > limits::PATTERN_PARENTHESES {
        return Err(format!(
            "must have at most {} opening parentheses; it has {parentheses}",
            limits::PATTERN_PARENTHESES
        ));
    }
    // Without regard to case, a class costs time by its characters, not by its ranges: a few of them keep a thread busy
    // for seconds.
    let mut flags = ["(?i", "(?m", "(?s", "(?-"].into_iter();
    if flags.any(|flag| pattern.contains(flag)) {
        return Err("must have no flags within groups, such as `(?i:`".into());
    }
    regress::Regex::new(pattern)
        .map(drop)
        .map_err(|error| format!("must be an ECMAScript regular expression: {error}"))
}
