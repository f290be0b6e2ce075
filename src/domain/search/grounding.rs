//! What agents ask for: hits with their title and address, and one item in full.

use serde_json::Value;

use crate::domain::{
    Error,
    external_connection::ConnectionId,
    item::{self, Item},
    principal::Principal,
    settings::JsonText,
    store::Source,
};

use super::{
    SearchAnswer, SearchRequest, names,
    retrieval::as_text,
    service::{Searching, retrieved},
};

/// The labels of an item's title and address. Source: Graph, label.
const TITLE: &str = "title";
const URL: &str = "url";
/// The same as names of fields. Source: Graph, "Search custom types".
const TITLE_FIELD: &str = "label_title";
const URL_FIELD: &str = "label_url";
/// A field that every connection has, and no schema need have.
const ANY_FIELD: &str = "fileID";

/// The values of the properties with these labels; `None`: the schema has no such property, or the item no such value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
}

/// What a user may see of one item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FetchedItem {
    pub(crate) heading: Heading,
    /// Its content without markup.
    pub(crate) text: String,
    /// The properties that can be retrieved: an object.
    pub(crate) properties: JsonText,
}

impl Searching<'_> {
    /// A search of which only the heading of each hit is wanted. `fields` of the request do not count.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub(crate) async fn search_headings(
        &self,
        caller: &Principal,
        request: SearchRequest,
    ) -> Result<(SearchAnswer, Vec<Heading>), Error> {
        let sources = self.sources(caller, &request.content_sources).await?;
        let is_there = |field: &&str| {
            let there = names::properties(&sources, field, |it| it.flags.is_retrievable);
            !there.is_empty()
        };
        let labelled = [TITLE_FIELD, URL_FIELD].into_iter().filter(is_there);
        let request = SearchRequest {
            fields: labelled.chain([ANY_FIELD]).map(str::to_owned).collect(),
            ..request
        };
        let answer = self.search(caller, &request).await?;
        let heading = |properties: &JsonText| {
            let values = item::stored_members(properties);
            let text = |field| values.get(field).and_then(Value::as_str).map(str::to_owned);
            Heading {
                title: text(TITLE_FIELD),
                url: text(URL_FIELD),
            }
        };
        let headings = answer.hits.iter().map(|hit| heading(&hit.properties));
        let headings = headings.collect();
        Ok((answer, headings))
    }

    /// One item, if the user may see it.
    ///
    /// # Errors
    /// `NotFound` if it is absent, if the user may not see it, or if its connection is absent or not ready: they are not told apart.
    pub(crate) async fn fetch(
        &self,
        caller: &Principal,
        connection: &ConnectionId,
        item_id: &str,
    ) -> Result<FetchedItem, Error> {
        let (source, item) = self.seen(caller, connection, item_id).await?;
        let stored = item::stored_members(&item.properties);
        let text_of = |label| {
            let property = names::labelled(&source, label)?;
            let property = property.flags.is_retrievable.then_some(property)?;
            stored.get(&property.name).map(as_text)
        };
        Ok(FetchedItem {
            heading: Heading {
                title: text_of(TITLE),
                url: text_of(URL),
            },
            text: self.index.text(item.content.as_ref()),
            properties: retrieved(&source, &item, None)?,
        })
    }

    /// One item and its connection, if the user may see it.
    ///
    /// # Errors
    /// As [`Self::fetch`].
    async fn seen(
        &self,
        caller: &Principal,
        connection: &ConnectionId,
        item_id: &str,
    ) -> Result<(Source, Item), Error> {
        let ids = std::slice::from_ref(connection);
        let source = self.ready(caller, Some(ids)).await?.pop();
        let source = item::RESOURCE.found(source)?;
        let content = source.container.content;
        let ids = [item_id.to_owned()];
        let (mut items, _) = self.store.read_items(content, &ids, 1).await?;
        // After the item was read: it may have been written since he was taken out of a group.
        let viewer = self.viewer(caller, &[content]).await?;
        let item = items.pop();
        let item = item.filter(|item| viewer.may_see(&item.acl, content));
        Ok((source, item::RESOURCE.found(item)?))
    }
}
