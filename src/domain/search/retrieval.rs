//! Retrieval: extracts of items that answer a question. Source: Graph, retrieval API.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::domain::{
    Error, Violation,
    external_connection::ConnectionId,
    item::{Content, Item, stored_members},
    principal::{Principal, TenantId},
    settings::JsonText,
    store::Source,
};

use super::{
    Matcher, Plan, names, query,
    service::{PAGE_BYTES, Searching, fields, one, source_of, take_contents, text_bytes},
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
        let matcher = self.any_word(&request.query);
        self.check_words(filters.iter(), "/filterExpression")?;
        let size = request.size as usize;
        let metadata = metadata.unwrap_or_default();
        let plan_for = |viewer| Plan {
            filters: filters.clone(),
            ..Plan::by_relevance(contents.clone(), viewer, matcher.clone(), size)
        };
        self.for_viewer(caller, &contents, |viewer| {
            Box::pin(self.extracts(&caller.tenant, &sources, &metadata, plan_for(viewer)))
        })
        .await
    }

    async fn extracts(
        &self,
        tenant: &TenantId,
        sources: &[Source],
        metadata: &[String],
        plan: Plan,
    ) -> Result<Vec<RetrievalHit>, Error> {
        let viewer = Arc::clone(&plan.viewer);
        let found = self.index.search(tenant, plan).await?;
        let all: f64 = found.words.iter().map(|(_, weight)| weight).sum();
        let mut hits = Vec::new();
        let mut bytes = 0;
        let mut rest = found.hits.as_slice();
        while !rest.is_empty() {
            let mut items = self.items(&viewer, rest).await?;
            let (now, later) = rest.split_at(items.len());
            rest = later;
            let contents = take_contents(&mut items);
            let of_items: Vec<(Source, Item, Option<Content>)> = now
                .iter()
                .zip(items)
                .zip(contents)
                .filter_map(|((located, item), content)| {
                    Some((source_of(sources, located)?.clone(), item?, content))
                })
                .collect();
            let metadata = metadata.to_vec();
            let show = move || {
                let shown = of_items.into_iter().map(|(source, item, content)| {
                    let (title, hit) = shown(source, item, &metadata)?;
                    Ok((hit, (title, content)))
                });
                shown.collect::<Result<Vec<_>, Error>>()
            };
            let with_titles = self.in_turn(tenant, show).await??;
            let (without_extracts, titled): (Vec<_>, Vec<_>) = with_titles.into_iter().unzip();
            let extracts = self.index.extracts(tenant, &found.words, titled).await?;
            for (hit, extracts) in without_extracts.into_iter().zip(extracts) {
                bytes += hit.metadata.as_str().len() + hit.web_url.as_ref().map_or(0, String::len);
                if bytes > PAGE_BYTES {
                    return Err(too_large());
                }
                let extracts = extracts.into_iter().map(|extract| RetrievalExtract {
                    relevance: if all > 0.0 {
                        (extract.weight / all).clamp(0.0, 1.0)
                    } else {
                        0.0
                    },
                    text: extract.text,
                });
                hits.push(RetrievalHit {
                    extracts: extracts.collect(),
                    ..hit
                });
            }
        }
        Ok(hits)
    }

    /// The words of a question as alternatives.
    fn any_word(&self, question: &str) -> Matcher {
        let text = |text: &str| Matcher::Text {
            text: text.to_owned(),
            is_prefix: false,
        };
        let together = question.split_whitespace();
        let together: Vec<Vec<String>> = together.map(|it| self.index.words(&text(it))).collect();
        let alternatives = alternatives(&together);
        Matcher::Or(alternatives.iter().map(|word| text(word)).collect())
    }
}

/// Words that count at most.
const WORDS: usize = 64;

/// Each word once, of what is written together. In scripts without spaces words are single characters, which say little, and nobody
/// knows where a word ends: there, each two neighbours are a phrase.
fn alternatives(together: &[Vec<String>]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for words in together {
        for (at, word) in words.iter().enumerate() {
            let is_character = |word: &&String| is_character(word);
            let next = words.get(at + 1).filter(is_character);
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            let alternative = match (is_character(&word), next) {
                (true, Some(next)) => format!("{word} {next}"),
                // The last of several is in the pair before.
                (true, None) if before.as_ref().is_some_and(is_character) => continue,
                _ => word.clone(),
            };
            if !all.contains(&alternative) {
                all.push(alternative);
            }
            if all.len() == WORDS {
                return all;
            }
        }
    }
    all
}

/// Whether a word is a character of a script that the index splits into characters: they are all behind Thai. The words of others
/// there, such as Georgian, have spaces between them and so no neighbours.
fn is_character(word: &str) -> bool {
    word.starts_with(|first| first >= '\u{e00}')
}

/// A value as retrieval answers it: those of a collection with `; ` between them.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(as_text).collect::<Vec<_>>().join("; "),
        value => value.to_string(),
    }
}

/// The title of an item, and what is answered of it but for its extracts: values of properties under the names by which they were asked
/// for.
///
/// # Errors
/// It is larger than an answer may be.
fn shown(source: Source, item: Item, names: &[String]) -> Result<(String, RetrievalHit), Error> {
    let stored = stored_members(&item.properties);
    let mut bytes = 0;
    let mut metadata = Map::new();
    for name in names {
        let property = names::property(&source, name);
        let property = property.filter(|property| property.flags.is_retrievable);
        if let Some(value) = property.and_then(|property| stored.get(&property.name)) {
            bytes += text_bytes(value);
            if bytes > PAGE_BYTES {
                return Err(too_large());
            }
            metadata.insert(name.clone(), Value::from(as_text(value)));
        }
    }
    let text_of = |label| {
        let property = names::labelled(&source, label)?;
        stored.get(&property.name).map(as_text)
    };
    let (title, web_url) = (text_of("title"), text_of("url"));
    let hit = RetrievalHit {
        item_id: item.id,
        web_url,
        extracts: Vec::new(),
        metadata: JsonText::new(Value::Object(metadata).to_string().into()),
        sensitivity_label: item.sensitivity_label,
        connection: source.id,
    };
    Ok((title.unwrap_or_default(), hit))
}

fn too_large() -> Error {
    let rule = format!(
        "the answer is larger than {PAGE_BYTES} bytes: ask for fewer results, or for less metadata"
    );
    one(Violation::new("/maximumNumberOfResults", rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_question_are_alternatives_in_every_script() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect();
        for (together, expected) in [
            (
                vec!["how", "large", "is", "how"],
                &["how", "large", "is"][..],
            ),
            (vec!["gateway proxy", "s"], &["gateway", "proxy", "s"]),
            (vec!["休 暇 は", "何"], &["休 暇", "暇 は", "何"]),
            (vec!["vpn 接 続 vpn", "休"], &["vpn", "接 続", "休"]),
        ] {
            let together: Vec<Vec<String>> = together.into_iter().map(words).collect();
            assert_eq!(alternatives(&together), expected, "{together:?}");
        }
        let many: Vec<Vec<String>> = vec![(0..100).map(|n: u8| n.to_string()).collect()];
        assert_eq!(alternatives(&many).len(), WORDS);
    }
}
