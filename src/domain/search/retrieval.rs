//! Retrieval: extracts of items that answer a question. Source: Graph, retrieval API.

use serde_json::{Map, Value};

use crate::domain::{
    Error, external_connection::ConnectionId, item::Item, principal::Principal, settings::JsonText,
    store::Source,
};

use super::{
    Matcher, Plan, names, query,
    service::{Searching, fields, one},
};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RetrievalRequest {
    /// In natural language, at most 1,500 characters.
    pub(crate) query: String,
    /// `None`: every connection of the tenant.
    pub(crate) connections: Option<Vec<String>>,
    /// KQL.
    pub(crate) filter: Option<String>,
    /// Names of properties whose values are wanted.
    pub(crate) metadata: Vec<String>,
    /// 1 to 25.
    pub(crate) size: u32,
}

/// An item with the parts of it that answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RetrievalHit {
    pub(crate) connection: ConnectionId,
    pub(crate) item_id: String,
    /// The value of the property with the label `url`.
    pub(crate) web_url: Option<String>,
    /// The best first.
    pub(crate) extracts: Vec<RetrievalExtract>,
    /// Values as texts, of the properties that were asked for and are there: an object.
    pub(crate) metadata: JsonText,
    pub(crate) sensitivity_label: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RetrievalExtract {
    pub(crate) text: String,
    /// 0 to 1.
    pub(crate) relevance: f64,
}

impl Searching<'_> {
    /// Items that have any of the words of a question, by relevance, each with the sentences that have them.
    ///
    /// # Errors
    /// `Invalid` with pointers into the request.
    pub(crate) async fn retrieve(
        &self,
        caller: &Principal,
        request: &RetrievalRequest,
    ) -> Result<Vec<RetrievalHit>, Error> {
        const CONNECTIONS: &str = "/dataSourceConfiguration/externalItem/connections";
        const METADATA: &str = "/resourceMetadata";
        let sources = match &request.connections {
            None => self.ready(caller, None).await?,
            Some(ids) => {
                let ids = ids.iter().cloned().map(ConnectionId::existing);
                let pointer = |at| format!("{CONNECTIONS}/{at}/connectionId");
                self.named(caller, &mut ids.collect(), pointer).await?
            }
        };
        let mut filters = Vec::new();
        if let Some(filter) = &request.filter {
            let matcher = query::matcher(&sources, filter, "/filterExpression");
            filters.push(matcher.map_err(one)?.1);
        }
        let mut broken = Vec::new();
        let metadata = fields(&sources, &request.metadata, METADATA, &mut broken);
        if !broken.is_empty() {
            return Err(Error::Invalid(broken));
        }
        let contents: Vec<i64> = sources.iter().map(|of| of.container.content).collect();
        let viewer = self.viewer(caller, &contents).await?;
        let plan = Plan {
            contents,
            viewer: viewer.clone(),
            matcher: any_word(&request.query),
            filters,
            sort: Vec::new(),
            facets: Vec::new(),
            collapse: Vec::new(),
            from: 0,
            size: request.size as usize,
        };
        let found = self.index.search(&caller.tenant, plan).await?;
        let all: f64 = found.words.iter().map(|(_, weight)| weight).sum();
        let items = self.items(&viewer, &found.hits).await?;
        let mut hits = Vec::new();
        for located in &found.hits {
            let of = |source: &&Source| source.container.content == located.content;
            let source = sources.iter().find(of);
            let item = items.get(&(located.content, located.id.as_str()));
            let (Some(source), Some(item)) = (source, item) else {
                continue;
            };
            let text_of = |label| {
                let property = names::labelled(source, label)?;
                text(item, &property.name)
            };
            let title = text_of("title").unwrap_or_default();
            let extracts = self.index.extracts(&found.words, item.content.as_ref());
            let extracts = extracts.into_iter().map(|extract| {
                let with_title = format!("{title}\n{}", extract.text);
                let weight = self.index.weight_in(&found.words, &with_title);
                RetrievalExtract {
                    relevance: if all > 0.0 {
                        (weight / all).clamp(0.0, 1.0)
                    } else {
                        0.0
                    },
                    text: extract.text,
                }
            });
            hits.push(RetrievalHit {
                connection: source.id.clone(),
                item_id: item.id.clone(),
                web_url: text_of("url"),
                extracts: extracts.collect(),
                metadata: texts(source, item, metadata.as_deref().unwrap_or_default()),
                sensitivity_label: item.sensitivity_label.clone(),
            });
        }
        Ok(hits)
    }
}

/// Words that count at most.
const WORDS: usize = 64;

/// Each word once, as an alternative of the others.
fn any_word(question: &str) -> Matcher {
    let mut words: Vec<&str> = Vec::new();
    for word in question.split_whitespace() {
        if words.len() < WORDS && !words.contains(&word) {
            words.push(word);
        }
    }
    let words = words.into_iter().map(|word| Matcher::Text {
        text: word.to_owned(),
        is_prefix: false,
    });
    Matcher::Or(words.collect())
}

pub(super) fn text(item: &Item, property: &str) -> Option<String> {
    let stored: Map<String, Value> = serde_json::from_str(item.properties.as_str()).ok()?;
    stored.get(property).map(as_text)
}

/// A value as retrieval answers it: those of a collection with `; ` between them.
fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(as_text).collect::<Vec<_>>().join("; "),
        value => value.to_string(),
    }
}

/// The values of properties, under the names by which they were asked for.
fn texts(source: &Source, item: &Item, names: &[&str]) -> JsonText {
    let stored: Option<Map<String, Value>> = serde_json::from_str(item.properties.as_str()).ok();
    let stored = stored.unwrap_or_default();
    let values = names.iter().filter_map(|name| {
        let property = names::property(source, name)?;
        let value = property
            .flags
            .is_retrievable
            .then(|| stored.get(&property.name))??;
        Some(((*name).to_owned(), Value::from(as_text(value))))
    });
    let object: Map<String, Value> = values.collect();
    JsonText::new(Value::Object(object).to_string().into())
}
