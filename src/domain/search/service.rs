//! The units of work of search: what handlers call.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    domain::{
        Error, Violation,
        acl::Viewer,
        external_connection::{ConnectionId, ConnectionState},
        item::{Content, Item, stored_members},
        principal::{GroupId, Principal, TenantId},
        schema::Property,
        settings::JsonText,
        store::{Scope, Source, Store, StoreFuture},
    },
    kql::{Node, Text},
};

use super::{
    Hit, Located, Matcher, Plan, SearchAnswer, SearchIndex, SearchRequest,
    aggregation::{self, facets},
    names, query,
    sorting::{collapses, sort_keys},
};

/// Words of a query and its filters.
const WORDS: usize = 500;
/// How often a search is begun whose user's groups change meanwhile.
const TRIES: usize = 3;
/// Bytes of items that are read at once.
const READ_BYTES: usize = 4 * 1_024 * 1_024;
/// The longest page, bytes.
pub(super) const PAGE_BYTES: usize = 8 * 1_024 * 1_024;
/// Sources that a request may name.
const SOURCES: usize = 1_000;

const QUERY: &str = "/query/queryString";
const CONTENT_SOURCES: &str = "/contentSources";
/// Every connection of the tenant. Source: Graph, searchRequest.
const ALL: &str = "Connectors";

pub(crate) struct Searching<'a> {
    pub(crate) store: &'a dyn Store,
    pub(crate) index: &'a dyn SearchIndex,
}

/// A search, with what its names mean.
#[derive(Clone, Copy)]
struct Asked<'a> {
    caller: &'a Principal,
    request: &'a SearchRequest,
    sources: &'a [Source],
    node: &'a Node,
    /// What is retrieved; `None`: everything that can be.
    fields: Option<&'a [String]>,
}

impl Searching<'_> {
    /// # Errors
    /// `Invalid` with pointers into the request, such as `/query/queryString`.
    pub(crate) async fn search(
        &self,
        caller: &Principal,
        request: &SearchRequest,
    ) -> Result<SearchAnswer, Error> {
        let sources = self.sources(caller, &request.content_sources).await?;
        let (node, matcher) = query::matcher(&sources, &request.query, QUERY).map_err(one)?;
        let mut broken = Vec::new();
        let sort = sort_keys(&sources, &request.sort, &mut broken);
        let facets = facets(&sources, &request.aggregations, &mut broken);
        let filters = aggregation::filters(&sources, &request.aggregation_filters, &mut broken);
        let collapse = collapses(&sources, &request.collapse, &mut broken);
        let fields = fields(&sources, &request.fields, "/fields", &mut broken);
        if !broken.is_empty() {
            return Err(Error::Invalid(broken));
        }
        let contents: Vec<i64> = sources.iter().map(|of| of.container.content).collect();
        self.check_words(filters.iter().chain([&matcher]), QUERY)?;
        let asked = Asked {
            caller,
            request,
            sources: &sources,
            node: &node,
            fields: fields.as_deref(),
        };
        let plan_for = |viewer| Plan {
            contents: contents.clone(),
            viewer,
            matcher: matcher.clone(),
            filters: filters.clone(),
            sort: sort.clone(),
            facets: facets.clone(),
            collapse: collapse.clone(),
            from: request.from as usize,
            size: request.size as usize,
        };
        self.for_viewer(caller, &contents, |viewer| {
            Box::pin(self.answer(&asked, plan_for(viewer)))
        })
        .await
    }

    async fn answer(&self, asked: &Asked<'_>, plan: Plan) -> Result<SearchAnswer, Error> {
        let Asked {
            caller,
            request,
            sources,
            node,
            fields,
        } = *asked;
        let terms = self.index.words(&plan.matcher);
        let found = self.index.search(&caller.tenant, plan.clone()).await?;
        let mut hits = Vec::new();
        let mut bytes = 0;
        let mut rank = plan.from as u64;
        let mut rest = found.hits.as_slice();
        while !rest.is_empty() {
            let mut items = self.items(&plan.viewer, rest).await?;
            let (now, later) = rest.split_at(items.len());
            rest = later;
            let contents = take_contents(&mut items);
            let summaries = self
                .index
                .summaries(&caller.tenant, &plan.matcher, contents);
            let summaries = summaries.await?;
            let of_items: Vec<_> = now
                .iter()
                .zip(items)
                .map(|(located, item)| Some((source_of(sources, located)?.clone(), item?)))
                .collect();
            let fields = fields.map(<[String]>::to_vec);
            let retrieve = move || {
                let of_item = |of: Option<(Source, Item)>| {
                    let retrieved = |(source, item): (Source, Item)| {
                        let properties = retrieved(&source, &item, fields.as_deref())?;
                        Ok((source.id, item.id, properties))
                    };
                    of.map(retrieved).transpose()
                };
                let retrieved = of_items.into_iter().map(of_item);
                retrieved.collect::<Result<Vec<_>, Error>>()
            };
            let retrieved = self.in_turn(&caller.tenant, retrieve).await??;
            for ((located, retrieved), summary) in now.iter().zip(retrieved).zip(summaries) {
                rank += 1;
                let Some((connection, item_id, properties)) = retrieved else {
                    continue;
                };
                bytes += properties.as_str().len();
                if bytes > PAGE_BYTES {
                    return Err(too_large_page());
                }
                hits.push(Hit {
                    connection,
                    item_id,
                    rank,
                    summary,
                    is_collapsed: located.is_collapsed,
                    properties,
                });
            }
        }
        let hint = if found.total == 0 {
            Some(self.hint(caller, sources, node, &plan).await?)
        } else {
            None
        };
        let seen = plan.from as u64 + found.hits.len() as u64;
        Ok(SearchAnswer {
            terms,
            has_more: seen < found.total,
            total: found.total,
            aggregations: aggregation::buckets(&request.aggregations, found.facets),
            hits,
            hint,
        })
    }

    /// The connections that are searched. One that is absent, another tenant's or not ready yet is not told from the others.
    pub(super) async fn sources(
        &self,
        caller: &Principal,
        asked: &[String],
    ) -> Result<Vec<Source>, Error> {
        if asked.is_empty() {
            // Source of the words: Graph, observed.
            let rule = "Content Source cannot be null or empty for entity type - ExternalItem";
            return Err(one(Violation::new(CONTENT_SOURCES, rule)));
        }
        if asked.len() > SOURCES {
            let rule = format!("must be at most {SOURCES}; '{ALL}' means every connection");
            return Err(one(Violation::new(CONTENT_SOURCES, rule)));
        }
        if asked.iter().any(|source| source.eq_ignore_ascii_case(ALL)) {
            return self.ready(caller, None).await;
        }
        let id = |source: &String| {
            let id = source.trim_matches('/');
            let id = id.strip_prefix("external/").unwrap_or(id);
            ConnectionId::existing(id.strip_prefix("connections/").unwrap_or(id).to_owned())
        };
        let mut ids: Vec<ConnectionId> = asked.iter().map(id).collect();
        self.named(caller, &mut ids, |at| format!("{CONTENT_SOURCES}/{at}"))
            .await
    }

    /// The connections of these identifiers, each once, in their order.
    pub(super) async fn named(
        &self,
        caller: &Principal,
        ids: &mut Vec<ConnectionId>,
        pointer: impl Fn(usize) -> String,
    ) -> Result<Vec<Source>, Error> {
        let asked = ids.clone();
        ids.sort_by(|one, other| one.as_str().cmp(other.as_str()));
        ids.dedup();
        let sources = self.ready(caller, Some(ids)).await?;
        let is_absent = |id: &ConnectionId| !sources.iter().any(|source| source.id == *id);
        if let Some(at) = asked.iter().position(is_absent) {
            let rule = format!(
                "there is no connection '{}' that is ready to be searched",
                asked[at]
            );
            return Err(one(Violation::new(pointer(at), rule)));
        }
        Ok(sources)
    }

    /// Connections of the tenant that have a schema by now.
    pub(super) async fn ready(
        &self,
        caller: &Principal,
        ids: Option<&[ConnectionId]>,
    ) -> Result<Vec<Source>, Error> {
        let scope = Scope::from(caller);
        let mut sources = self.store.sources(&scope, ids).await?;
        sources.retain(|source| is_ready(source.state));
        Ok(sources)
    }

    /// Does a search for a user, and again if he is in other groups at its end than at its beginning: what was written since he was taken
    /// out of a group is not for him.
    ///
    /// # Errors
    /// `NotYet` if his groups change all the time.
    pub(crate) async fn for_viewer<'a, T>(
        &'a self,
        user: &'a Principal,
        contents: &'a [i64],
        search: impl Fn(Arc<Viewer>) -> StoreFuture<'a, T>,
    ) -> Result<T, Error> {
        let mut viewer = Arc::new(self.viewer(user, contents).await?);
        for _ in 0..TRIES {
            let found = search(Arc::clone(&viewer)).await?;
            let now = Arc::new(self.viewer(user, contents).await?);
            if now == viewer {
                return Ok(found);
            }
            viewer = now;
        }
        Err(Error::NotYet("The user's groups change all the time."))
    }

    /// Does some work that takes the processor beside requests, once it is the tenant's turn.
    pub(super) async fn in_turn<T: Send + 'static>(
        &self,
        tenant: &TenantId,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let (send, receive) = std::sync::mpsc::channel();
        let work = Box::new(move || {
            // The receiver waits for it.
            let _ = send.send(work());
        });
        self.index.in_turn(tenant, work).await?;
        let done = receive.recv();
        done.map_err(|error| Error::Internal(Box::new(error)))
    }

    /// The user, with the external groups that he is in by now.
    pub(super) async fn viewer(&self, user: &Principal, contents: &[i64]) -> Result<Viewer, Error> {
        let mut viewer = Viewer::of(user);
        let groups: &[GroupId] = viewer.groups.as_deref().unwrap_or_default();
        let groups = self
            .store
            .external_groups(contents, viewer.user.as_ref(), groups);
        viewer.external_groups = groups.await?;
        Ok(viewer)
    }

    /// # Errors
    /// There are too many words.
    pub(super) fn check_words<'m>(
        &self,
        matchers: impl Iterator<Item = &'m Matcher>,
        pointer: &str,
    ) -> Result<(), Error> {
        let words: usize = matchers.map(|of| self.index.count_words(of)).sum();
        if words <= WORDS {
            return Ok(());
        }
        let rule = format!("must have at most {WORDS} words; it has {words}");
        Err(one(Violation::new(pointer, rule)))
    }

    /// The first of the items that were found, as they are by now; `None`: it was removed or hidden since. Only so many that memory bears
    /// them, at least one.
    pub(super) async fn items(
        &self,
        viewer: &Viewer,
        found: &[Located],
    ) -> Result<Vec<Option<Item>>, Error> {
        let mut items = Vec::new();
        let mut bytes = 0;
        while bytes < READ_BYTES
            && let rest = &found[items.len()..]
            && let Some(Located { content, .. }) = rest.first()
        {
            let of_content = rest.iter().take_while(|of| of.content == *content);
            let ids: Vec<String> = of_content.map(|of| of.id.clone()).collect();
            let read = self.store.read_items(*content, &ids, READ_BYTES - bytes);
            let (read, looked_at) = read.await?;
            bytes += read.iter().map(Item::stored_bytes).sum::<usize>();
            let mut read = read.into_iter().peekable();
            items.extend(rest[..looked_at].iter().map(|located| {
                let item = read.next_if(|item| item.id == located.id)?;
                viewer.may_see(&item.acl, *content).then_some(item)
            }));
        }
        Ok(items)
    }

    /// Why nothing was found, as far as the caller may know it.
    async fn hint(
        &self,
        caller: &Principal,
        sources: &[Source],
        node: &Node,
        plan: &Plan,
    ) -> Result<String, Error> {
        if sources.is_empty() {
            return Ok("the tenant has no connection that is ready to be searched".to_owned());
        }
        let parts: Vec<_> = query::conjuncts(node).into_iter().take(HINTS).collect();
        let matchers = parts
            .iter()
            .map(|part| query::of_node(sources, part, QUERY));
        let matchers: Vec<_> = matchers.collect::<Result<_, _>>().map_err(one)?;
        let all = [Matcher::All, plan.matcher.clone()];
        let matchers = all.into_iter().chain(matchers).collect();
        let viewer = Arc::clone(&plan.viewer);
        let counts = self
            .index
            .count(&caller.tenant, plan.contents.clone(), viewer, matchers);
        let counts = counts.await?;
        let (visible, matching, counts) = match counts.as_slice() {
            [visible, matching, counts @ ..] => (*visible, *matching, counts),
            _ => (0, 0, [].as_slice()),
        };
        if visible == 0 {
            return Ok("the user can see no item of the connections that were searched".to_owned());
        }
        if matching > 0 {
            return Ok(format!(
                "of the {matching} items that match and that the user can see, none passes the aggregation filters"
            ));
        }
        if let Some((part, _)) = parts.iter().zip(counts).find(|(_, count)| **count == 0) {
            let is_operator = |text: &Text| {
                let mut operators = OPERATORS.iter();
                !text.is_quoted && operators.any(|it| it.eq_ignore_ascii_case(&text.text))
            };
            let is_operator = matches!(part, Node::Term(text) if is_operator(text));
            let note = if is_operator {
                "; operators are in capitals: AND, OR, NOT"
            } else {
                ""
            };
            let part: String = part.to_string().chars().take(HINT_CHARACTERS).collect();
            return Ok(format!(
                "none of the {visible} items that the user can see matches {part}{note}"
            ));
        }
        Ok(format!(
            "none of the {visible} items that the user can see matches the whole query"
        ))
    }
}

/// The connection of a hit.
pub(super) fn source_of<'a>(sources: &'a [Source], located: &Located) -> Option<&'a Source> {
    let mut sources = sources.iter();
    sources.find(|source| source.container.content == located.content)
}

/// The contents of items, which nobody needs any more once something is made of them.
pub(super) fn take_contents(items: &mut [Option<Item>]) -> Vec<Option<Content>> {
    let contents = items.iter_mut().map(|item| item.as_mut()?.content.take());
    contents.collect()
}

/// Words that may have been meant as operators.
const OPERATORS: [&str; 3] = ["and", "or", "not"];
/// Parts of a query that are looked at for a hint.
const HINTS: usize = 10;
/// How much of a part a hint shows.
const HINT_CHARACTERS: usize = 60;

pub(super) fn is_ready(state: ConnectionState) -> bool {
    matches!(
        state,
        ConnectionState::Ready | ConnectionState::LimitExceeded
    )
}

pub(super) fn one(violation: Violation) -> Error {
    Error::Invalid(vec![violation])
}

/// The names of what is retrieved; `None`: everything that can be.
pub(super) fn fields(
    sources: &[Source],
    asked: &[String],
    pointer: &str,
    broken: &mut Vec<Violation>,
) -> Option<Vec<String>> {
    for (no, name) in asked.iter().enumerate() {
        let is_retrievable = |property: &Property| property.flags.is_retrievable;
        let found = names::properties(sources, name, is_retrievable);
        if found.is_empty() && !sources.is_empty() && !is_of_service(name) {
            let rule = names::meaningless(sources, name, "retrievable", is_retrievable);
            broken.push(Violation::new(format!("{pointer}/{no}"), rule));
        }
    }
    let mut fields: Vec<String> = Vec::new();
    for name in asked {
        if !fields.iter().any(|field| field.eq_ignore_ascii_case(name)) {
            fields.push(name.clone());
        }
    }
    (!fields.is_empty()).then_some(fields)
}

/// Members of a hit that no schema has. Source: PnP tools.
const SERVICE_FIELDS: [&str; 6] = [
    "documentId",
    "fileID",
    "id",
    "immutableEntryId",
    "substrateContentDomainId",
    "substrateLocationId",
];

fn is_of_service(name: &str) -> bool {
    let mut fields = SERVICE_FIELDS.iter();
    fields.any(|field| field.eq_ignore_ascii_case(name))
}

fn too_large_page() -> Error {
    let rule = format!(
        "the page is larger than {PAGE_BYTES} bytes: ask for fewer hits, or for some fields"
    );
    one(Violation::new("/size", rule))
}

/// About the bytes of a value.
pub(super) fn text_bytes(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(values) => values.iter().map(text_bytes).sum(),
        Value::Object(members) => members.values().map(text_bytes).sum(),
        Value::Number(_) => 8,
        Value::Null | Value::Bool(_) => 0,
    }
}

/// The properties of an item that can be retrieved, those of the names that were asked for.
///
/// # Errors
/// They are larger than a page may be.
pub(super) fn retrieved(
    source: &Source,
    item: &Item,
    fields: Option<&[String]>,
) -> Result<JsonText, Error> {
    let mut bytes = 0;
    let mut stored = stored_members(&item.properties);
    let mut object = Map::new();
    match fields {
        None => {
            for property in &source.container.schema.properties {
                if property.flags.is_retrievable
                    && let Some(value) = stored.remove(&property.name)
                {
                    object.insert(lowered(&property.name), value);
                }
            }
        }
        Some(names) => {
            for name in names {
                let property = names::property(source, name);
                let property = property.filter(|property| property.flags.is_retrievable);
                let Some((property, value)) =
                    property.and_then(|property| Some((property, stored.get(&property.name)?)))
                else {
                    continue;
                };
                // A property can have several names.
                bytes += text_bytes(value);
                if bytes > PAGE_BYTES {
                    return Err(too_large_page());
                }
                object.insert(named(name, &property.name), value.clone());
            }
        }
    }
    Ok(JsonText::new(Value::Object(object).to_string().into()))
}

/// What was asked for by a label keeps that name.
fn named(asked: &str, property: &str) -> String {
    if asked.contains('_') && !property.contains('_') {
        asked.to_owned()
    } else {
        lowered(property)
    }
}

/// The first letter in lower case. Source: Graph, "Search custom types": `BusinessEntityID` is answered as `businessEntityID`.
fn lowered(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}
