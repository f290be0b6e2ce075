//! Why a user sees an item or not, and why a query finds it or not.

use std::{
    collections::{BTreeSet, HashMap, HashSet, VecDeque},
    sync::Arc,
};

use serde_json::Value;
use uuid::Uuid;

use crate::{
    domain::{
        Error, Violation,
        acl::{Verdict, Viewer},
        external_connection::ConnectionId,
        external_group::MemberKind,
        item::{self, AccessControlEntry, Item, PrincipalKind},
        principal::{GroupId, Principal, TenantId},
        store::{Membership, Scope, Source},
    },
    kql,
};

use super::{
    Matcher, Plan, query,
    service::{Searching, is_ready, one},
};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ExplainRequest {
    /// Of an item that the caller does not see, nothing is told.
    pub(crate) is_trimmed: bool,
    pub(crate) connection: ConnectionId,
    pub(crate) item_id: String,
    /// KQL; `None`: only who may see the item.
    pub(crate) query: Option<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Explanation {
    pub(crate) is_visible: bool,
    /// The rule that decided.
    pub(crate) verdict: Verdict,
    /// Every entry of the item's list, in its order.
    pub(crate) entries: Vec<ExplainedEntry>,
    /// `None` if no query was asked for.
    pub(crate) query: Option<ExplainedQuery>,
}

/// One entry, and whether it names the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExplainedEntry {
    pub(crate) entry: AccessControlEntry,
    pub(crate) is_match: bool,
    /// Why it names him, or why not, in words.
    pub(crate) reason: String,
    /// If it names an external group that he is in: from the group that he or a group of his is a direct member of, to the one that the entry names.
    pub(crate) group_path: Vec<String>,
}

/// Why a query finds the item or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExplainedQuery {
    /// Whether the user's search finds it.
    pub(crate) is_found: bool,
    pub(crate) outcome: QueryOutcome,
    /// In words, with the parts of the query that do not match.
    pub(crate) reason: String,
    /// Each word, phrase and restriction of the query in its order.
    pub(crate) parts: Vec<ExplainedPart>,
}

/// One word, phrase or restriction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExplainedPart {
    /// As KQL.
    pub(crate) text: String,
    /// Whether the item matches it.
    pub(crate) is_match: bool,
    /// What is to know besides, such as that the word is in a property that cannot be searched.
    pub(crate) note: Option<String>,
}

/// Why a query finds an item, or not: the first of these that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QueryOutcome {
    Found,
    /// The connection is not ready: its items are not searched.
    ConnectionNotReady,
    /// The item matches, and the user may not see it.
    Trimmed,
    /// The words that miss are only in properties that cannot be searched.
    NotSearchable,
    /// A restriction names a property that cannot be queried, or that the schema does not have.
    NotQueryable,
    NotMatched,
}

/// What is wrong with the items of a connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Coverage {
    pub(crate) items: u64,
    /// Items that nobody can see; identifiers of the first.
    pub(crate) invisible_items: u64,
    pub(crate) invisible_item_ids: Vec<String>,
    /// External groups that entries name and in which nobody is: they do not exist, or neither they nor groups in them have a user or a
    /// group of the directory; the first.
    pub(crate) unknown_groups: Vec<String>,
    /// Properties of the schema that no item has.
    pub(crate) empty_properties: Vec<String>,
}

impl Searching<'_> {
    /// Why a user sees an item or not, and why a query finds it or not. The caller's permission must reach the connection.
    ///
    /// # Errors
    /// `NotFound` if there is no such connection or item; `Invalid` for a query that is no KQL.
    pub(crate) async fn explain(
        &self,
        caller: &Principal,
        user: &Principal,
        request: &ExplainRequest,
    ) -> Result<Explanation, Error> {
        let scope = Scope::from(caller);
        let source = self.source(&scope, &request.connection).await?;
        let source = source.filter(|source| !request.is_trimmed || is_ready(source.state));
        let source = item::RESOURCE.found(source)?;
        let content = source.container.content;
        let id = std::slice::from_ref(&request.item_id);
        let (mut items, _) = self.store.read_items(content, id, 1).await?;
        let item = item::RESOURCE.found(items.pop())?;
        let viewer = self.viewer(user, &[content]).await?;
        let groups: &[GroupId] = viewer.groups.as_deref().unwrap_or_default();
        let memberships = self
            .store
            .memberships(content, viewer.user.as_ref(), groups);
        let memberships = memberships.await?;
        if request.is_trimmed {
            let viewer = self.viewer(caller, &[content]).await?;
            if !viewer.may_see(&item.acl, content) {
                return Err(Error::NotFound(item::RESOURCE));
            }
        }
        let (acl, of) = (item.acl.clone(), viewer.clone());
        let explain = move || explain_entries(&acl, &of, content, &memberships);
        let entries = self.in_turn(&caller.tenant, explain).await?;
        let verdict = Verdict::of(&viewer, &item.acl, content);
        let query = match &request.query {
            Some(query) => Some(
                self.explain_query(user, &source, &item, viewer, query)
                    .await?,
            ),
            None => None,
        };
        Ok(Explanation {
            is_visible: verdict == Verdict::Granted,
            verdict,
            entries,
            query,
        })
    }

    async fn explain_query(
        &self,
        user: &Principal,
        source: &Source,
        item: &Item,
        viewer: Viewer,
        query: &str,
    ) -> Result<ExplainedQuery, Error> {
        const QUERY: &str = "/query";
        let node =
            kql::parse(query).map_err(|error| one(Violation::new(QUERY, error.to_string())))?;
        let sources = std::slice::from_ref(source);
        let content = source.container.content;
        let leaves: Vec<_> = query::leaves(&node)
            .into_iter()
            .map(|leaf| (leaf.to_string(), query::of_node(sources, leaf, QUERY)))
            .collect();
        let whole = query::of_node(sources, &node, QUERY);
        self.check_words(whole.iter(), QUERY)?;
        let conjuncts: Vec<_> = query::conjuncts(&node)
            .into_iter()
            .map(|part| (part.to_string(), query::of_node(sources, part, QUERY)))
            .collect();
        let of_leaves = leaves.iter().map(|(_, matcher)| matcher);
        let of_conjuncts = conjuncts.iter().map(|(_, matcher)| matcher);
        let matchers = of_leaves.chain([&whole]).chain(of_conjuncts);
        let matchers = matchers.filter_map(|matcher| matcher.as_ref().ok().cloned());
        let matches = self
            .index
            .matches(&user.tenant, content, &item.id, matchers.collect());
        // In the order of the matchers.
        let mut matches = matches.await?.into_iter();
        let mut explained = Vec::new();
        let mut missed = Vec::new();
        for (text, matcher) in leaves {
            let is_match = matcher.is_ok() && matches.next().unwrap_or_default();
            match &matcher {
                Ok(matcher) if !is_match => missed.push((text.clone(), matcher.clone())),
                _ => {}
            }
            explained.push((text, matcher.err(), is_match));
        }
        let hidden = self.hidden(&user.tenant, source, item, missed).await?;
        let part = |(text, refused, is_match): (String, Option<Violation>, bool)| {
            let hidden = hidden.get(&text).map(|properties| {
                let properties = properties.join(", ");
                format!("it is only in what is not searchable: {properties}")
            });
            ExplainedPart {
                text,
                is_match,
                note: refused.map(|refused| refused.rule).or(hidden),
            }
        };
        let parts: Vec<_> = explained.into_iter().map(part).collect();
        let found = |outcome, reason: String| ExplainedQuery {
            is_found: outcome == QueryOutcome::Found,
            outcome,
            reason,
            parts: parts.clone(),
        };
        if !is_ready(source.state) {
            let reason = format!(
                "the connection is in state '{}': its items are not searched",
                source.state.name()
            );
            return Ok(found(QueryOutcome::ConnectionNotReady, reason));
        }
        let matcher = match whole {
            Ok(matcher) => matcher,
            Err(refused) => return Ok(found(QueryOutcome::NotQueryable, refused.rule)),
        };
        // The same search as the user's, of which only this item is wanted.
        let plan = Plan {
            filters: vec![Matcher::Item(item.id.clone())],
            ..Plan::by_relevance(vec![content], Arc::new(viewer), matcher, 1)
        };
        if self.index.search(&user.tenant, plan).await?.total > 0 {
            return Ok(found(
                QueryOutcome::Found,
                "the item matches, and the user may see it".to_owned(),
            ));
        }
        if matches.next().unwrap_or_default() {
            let reason = "the item matches, and the user may not see it".to_owned();
            return Ok(found(QueryOutcome::Trimmed, reason));
        }
        let of_conjuncts = conjuncts.iter().zip(matches);
        let missing = of_conjuncts.filter(|(_, is_match)| !is_match);
        let missing: Vec<&str> = missing.map(|((text, _), _)| text.as_str()).collect();
        let are_hidden =
            !missing.is_empty() && missing.iter().all(|text| hidden.contains_key(*text));
        let missing = if missing.is_empty() {
            "each part matches, but not all of the query".to_owned()
        } else {
            format!("the item does not match {}", missing.join(", "))
        };
        Ok(if are_hidden {
            found(
                QueryOutcome::NotSearchable,
                format!("{missing}, which is only in what is not searchable"),
            )
        } else {
            found(QueryOutcome::NotMatched, missing)
        })
    }

    /// Of words and phrases that an item does not match, those that are in its properties all the same, since these are not searchable;
    /// with the properties.
    async fn hidden(
        &self,
        tenant: &TenantId,
        source: &Source,
        item: &Item,
        missed: Vec<(String, Matcher)>,
    ) -> Result<HashMap<String, Vec<String>>, Error> {
        let stored = item::stored_members(&item.properties);
        let properties = source.container.schema.properties.iter();
        let properties = properties.filter(|property| !property.flags.is_searchable);
        let (names, texts): (Vec<_>, Vec<_>) = properties
            .filter_map(|property| Some((&property.name, texts(stored.get(&property.name)?))))
            .unzip();
        let (missed, matchers): (Vec<_>, Vec<_>) = missed.into_iter().unzip();
        let occurring = self.index.occurring(tenant, matchers, texts).await?;
        let mut hidden: HashMap<String, Vec<String>> = HashMap::new();
        for (name, occurs) in names.into_iter().zip(occurring) {
            for (text, _) in missed.iter().zip(occurs).filter(|(_, occurs)| *occurs) {
                let properties = hidden.entry(text.clone()).or_default();
                properties.push(format!("property '{name}'"));
            }
        }
        Ok(hidden)
    }

    /// A connection with its schema, whatever its state; `None` if it has none, and so no items.
    ///
    /// # Errors
    /// `NotFound`
    async fn source(
        &self,
        scope: &Scope,
        connection: &ConnectionId,
    ) -> Result<Option<Source>, Error> {
        let ids = std::slice::from_ref(connection);
        let source = self.store.sources(scope, Some(ids)).await?.pop();
        if source.is_none() {
            self.store.get_container(scope, connection).await?;
        }
        Ok(source)
    }

    /// What is wrong with the items of a connection. It reads all of them.
    ///
    /// # Errors
    /// `NotFound`; `TooCostly` if there are too many.
    pub(crate) async fn coverage(
        &self,
        caller: &Principal,
        connection: &ConnectionId,
    ) -> Result<Coverage, Error> {
        let scope = Scope::from(caller);
        let Some(Source { container, .. }) = self.source(&scope, connection).await? else {
            return Ok(Coverage::default());
        };
        let mut coverage = Coverage::default();
        let filled_groups = self.store.filled_groups(container.content).await?;
        let filled_groups = Arc::new(filled_groups);
        let mut unknown: BTreeSet<String> = BTreeSet::new();
        let mut filled: HashSet<String> = HashSet::new();
        let mut after = String::new();
        loop {
            let items = self
                .store
                .read_items_after(container.content, &after, COVERAGE_BYTES)
                .await?;
            let Some(last) = items.last() else { break };
            after.clone_from(&last.id);
            coverage.items += items.len() as u64;
            if coverage.items > COVERAGE_ITEMS {
                return Err(Error::TooCostly);
            }
            let groups = Arc::clone(&filled_groups);
            let look = move || look_at(&items, &groups);
            let mut of_items = self.in_turn(&caller.tenant, look).await?;
            coverage.invisible_items += of_items.invisible_items;
            coverage
                .invisible_item_ids
                .append(&mut of_items.invisible_item_ids);
            coverage.invisible_item_ids.truncate(SHOWN);
            keep_first(&mut unknown, of_items.unknown);
            filled.extend(of_items.filled);
        }
        coverage.unknown_groups = unknown.into_iter().collect();
        let properties = container.schema.properties.iter();
        let empty = properties.filter(|property| !filled.contains(&property.name));
        coverage.empty_properties = empty.map(|property| property.name.clone()).collect();
        Ok(coverage)
    }
}

/// Items that coverage reads at most, and bytes of them at once.
const COVERAGE_ITEMS: u64 = 100_000;
const COVERAGE_BYTES: usize = 1_024 * 1_024;
/// Identifiers that it names.
const SHOWN: usize = 20;

/// What coverage finds in some items.
#[derive(Default)]
struct LookedAt {
    invisible_items: u64,
    /// The first.
    invisible_item_ids: Vec<String>,
    /// The first of the groups that are not known.
    unknown: BTreeSet<String>,
    /// Names of properties.
    filled: HashSet<String>,
}

fn look_at(items: &[Item], filled_groups: &BTreeSet<String>) -> LookedAt {
    let mut looked_at = LookedAt::default();
    for item in items {
        let groups = item.acl.iter();
        let groups = groups.filter(|entry| entry.r#type == PrincipalKind::ExternalGroup);
        let empty = groups.filter(|entry| !filled_groups.contains(&entry.value));
        keep_first(
            &mut looked_at.unknown,
            empty.map(|entry| entry.value.clone()),
        );
        if !can_be_seen(&item.acl, filled_groups) {
            looked_at.invisible_items += 1;
            if looked_at.invisible_item_ids.len() < SHOWN {
                looked_at.invisible_item_ids.push(item.id.clone());
            }
        }
        let stored = item::stored_members(&item.properties);
        looked_at
            .filled
            .extend(stored.into_iter().map(|(name, _)| name));
    }
    looked_at
}

/// Adds identifiers, and keeps the first.
fn keep_first(all: &mut BTreeSet<String>, more: impl IntoIterator<Item = String>) {
    for id in more {
        all.insert(id);
        if all.len() > SHOWN {
            all.pop_last();
        }
    }
}

/// Whether there can be a user who sees an item: one that an entry names and none denies, as far as groups of the content source tell.
fn can_be_seen(acl: &[AccessControlEntry], filled_groups: &BTreeSet<String>) -> bool {
    // External groups are compared as the content source spells them.
    let key = |entry: &AccessControlEntry| {
        let value = match entry.r#type {
            PrincipalKind::Everyone | PrincipalKind::EveryoneExceptGuests => String::new(),
            PrincipalKind::ExternalGroup => entry.value.clone(),
            PrincipalKind::User | PrincipalKind::Group => entry.value.to_ascii_lowercase(),
        };
        (entry.r#type, value)
    };
    let (denials, grants): (Vec<_>, Vec<_>) = acl.iter().partition(|entry| entry.deny);
    let denied: HashSet<_> = denials.into_iter().map(key).collect();
    if denied.contains(&(PrincipalKind::Everyone, String::new())) {
        return false;
    }
    grants.into_iter().any(|entry| {
        let has_members =
            entry.r#type != PrincipalKind::ExternalGroup || filled_groups.contains(&entry.value);
        has_members && !denied.contains(&key(entry))
    })
}

/// The texts of a value, however deep.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// All ways by groups that are shown in an explanation, bytes.
const PATHS_BYTES: usize = 1_024 * 1_024;

fn explain_entries(
    acl: &[AccessControlEntry],
    viewer: &Viewer,
    content: i64,
    memberships: &[Membership],
) -> Vec<ExplainedEntry> {
    let ways = Ways::new(memberships);
    let mut left = PATHS_BYTES;
    let explained = acl.iter().map(|entry| {
        let is_match = viewer.is_named_by(entry, content);
        let mut group_path = Vec::new();
        if entry.r#type == PrincipalKind::ExternalGroup && is_match {
            group_path = ways.to(&entry.value);
            left = left.saturating_sub(group_path.iter().map(String::len).sum());
            if left == 0 {
                // The group that he is in himself.
                group_path.truncate(1);
            }
        }
        explain_entry(entry, viewer, is_match, group_path)
    });
    explained.collect()
}

fn explain_entry(
    entry: &AccessControlEntry,
    viewer: &Viewer,
    is_match: bool,
    group_path: Vec<String>,
) -> ExplainedEntry {
    let value = &entry.value;
    let no_groups = "it is not known which groups of the directory the user is in";
    let no_user = "the token does not say who the user is";
    let is_object_id = |id: &str| Uuid::parse_str(id).is_ok();
    let is_named = !is_object_id(value)
        || !(viewer.user.as_ref()).is_none_or(|user| is_object_id(user.as_str()));
    let reason = match (entry.r#type, is_match) {
        (PrincipalKind::Everyone, _) => "everyone of the tenant".to_owned(),
        (PrincipalKind::EveryoneExceptGuests, true) => "the user is no guest".to_owned(),
        (PrincipalKind::EveryoneExceptGuests, false) => "the user is a guest".to_owned(),
        (PrincipalKind::User, true) if viewer.user.is_none() => {
            format!("{no_user}: a user who is denied is taken to be him")
        }
        (PrincipalKind::User, true) => "it is the user".to_owned(),
        (PrincipalKind::User, false) if is_named => {
            "it is another user, or one of the two is a name: both must be object ids, as tokens have them".to_owned()
        }
        (PrincipalKind::User, false) => "it is another user".to_owned(),
        (PrincipalKind::ExternalGroup, true) if viewer.user.is_none() && group_path.is_empty() => {
            format!("{no_user}: an external group that is denied is taken to be his")
        }
        (PrincipalKind::Group | PrincipalKind::ExternalGroup, true)
            if viewer.groups.is_none() && group_path.is_empty() =>
        {
            format!("{no_groups}: a group that is denied is taken to be his")
        }
        (PrincipalKind::Group, true) => "the user is in the group of the directory".to_owned(),
        (PrincipalKind::Group, false) if viewer.groups.is_none() => no_groups.to_owned(),
        (PrincipalKind::Group, false) => "the user is not in the group of the directory".to_owned(),
        (PrincipalKind::ExternalGroup, true) => format!(
            "the user is in the external group by {}",
            group_path.join(" in ")
        ),
        (PrincipalKind::ExternalGroup, false) if viewer.groups.is_none() => {
            format!("the user himself is not in the external group, and {no_groups}")
        }
        (PrincipalKind::ExternalGroup, false) => {
            "the user is not in the external group, or there is none of this identifier".to_owned()
        }
    };
    ExplainedEntry {
        entry: entry.clone(),
        is_match,
        reason,
        group_path,
    }
}

/// The shortest ways from what a user is, or a group of his, to external groups: the first by which memberships reach them.
struct Ways<'m> {
    /// Where each group was first reached from; `None`: the user or a group of his is a member himself.
    from: HashMap<&'m str, Option<&'m str>>,
}

impl<'m> Ways<'m> {
    fn new(memberships: &'m [Membership]) -> Self {
        let mut from: HashMap<&str, Option<&str>> = HashMap::new();
        let mut next: VecDeque<&str> = VecDeque::new();
        // The groups that a group is a member of.
        let mut around: HashMap<&str, Vec<&str>> = HashMap::new();
        for Membership { group, member } in memberships {
            if member.kind == MemberKind::ExternalGroup {
                around.entry(&member.id).or_default().push(group);
            } else if from.insert(group, None).is_none() {
                next.push_back(group);
            }
        }
        while let Some(reached) = next.pop_front() {
            for &group in around.get(reached).into_iter().flatten() {
                if !from.contains_key(group) {
                    from.insert(group, Some(reached));
                    next.push_back(group);
                }
            }
        }
        Self { from }
    }

    /// Empty if there is none.
    fn to(&self, group: &str) -> Vec<String> {
        let mut path = Vec::new();
        let mut at = self.from.get_key_value(group);
        while let Some((group, from)) = at {
            path.push((*group).to_owned());
            at = from.and_then(|from| self.from.get_key_value(from));
        }
        path.reverse();
        path
    }
}
