//! The port of the index.

use std::sync::Arc;

use crate::domain::{acl::Viewer, item::Content, principal::TenantId, store::StoreFuture};

use super::{Matcher, Plan};

/// An item that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Located {
    pub(crate) content: i64,
    pub(crate) id: String,
    /// Whether others like it were left out.
    pub(crate) is_collapsed: bool,
}

/// What was found of a plan.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// The page.
    pub(crate) hits: Vec<Located>,
    /// Hits on all pages.
    pub(crate) total: u64,
    /// The keys of each facet with their counts: of values those that are wanted, in their order; of intervals each, in theirs.
    pub(crate) facets: Vec<Vec<(String, u64)>>,
    /// The words that hits were ranked by, with what each weighs: the rarer among what the viewer may see, the more.
    pub(crate) words: Vec<(String, f64)>,
}

/// Some sentences.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Extract {
    pub(crate) text: String,
    /// The weights of the words in it and in the title, each word once, summed up.
    pub(crate) weight: f64,
}

/// What of a request makes a search hold many values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Burden {
    Aggregations,
    Sort,
}

/// How far an index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexState {
    /// It is being opened, or cannot be written: searches wait.
    Unavailable,
    /// So many items were read into it again: searches of their tenants wait.
    Building { items: u64 },
    /// It follows the store.
    Following,
}

/// An index of all items, which follows the store.
pub(crate) trait SearchIndex: Send + Sync {
    fn state(&self) -> IndexState;

    /// Everything that was acknowledged before the call counts.
    ///
    /// # Errors
    /// [`Error::NotYet`](crate::domain::Error::NotYet) if the index has not caught up with the store in time;
    /// [`TooCostly`](crate::domain::Error::TooCostly).
    fn search<'a>(&'a self, tenant: &'a TenantId, plan: Plan) -> StoreFuture<'a, Found>;

    /// How many of the items that a viewer may see match each of some matchers.
    ///
    /// # Errors
    /// As [`Self::search`].
    fn count<'a>(
        &'a self,
        tenant: &'a TenantId,
        contents: Vec<i64>,
        viewer: Arc<Viewer>,
        matchers: Vec<Matcher>,
    ) -> StoreFuture<'a, Vec<u64>>;

    /// Which of some matchers one item matches, whoever asks.
    ///
    /// # Errors
    /// As [`Self::search`].
    fn matches<'a>(
        &'a self,
        tenant: &'a TenantId,
        content: i64,
        item: &'a str,
        matchers: Vec<Matcher>,
    ) -> StoreFuture<'a, Vec<bool>>;

    /// Which words and phrases occur in each of some groups of texts: for each group, those of the matchers that do. Of long texts, only
    /// the beginning is looked at.
    ///
    /// # Errors
    /// [`TooCostly`](crate::domain::Error::TooCostly)
    fn occurring<'a>(
        &'a self,
        tenant: &'a TenantId,
        matchers: Vec<Matcher>,
        texts: Vec<Vec<String>>,
    ) -> StoreFuture<'a, Vec<Vec<bool>>>;

    /// Does some work that takes the processor beside requests, once it is the tenant's turn.
    ///
    /// # Errors
    /// [`Overloaded`](crate::domain::Error::Overloaded) if that does not come in time.
    fn in_turn<'a>(
        &'a self,
        tenant: &'a TenantId,
        work: Box<dyn FnOnce() + Send>,
    ) -> StoreFuture<'a, ()>;

    /// The words of a query as they are searched.
    fn words(&self, matcher: &Matcher) -> Vec<String>;

    /// How many words are asked for, those of restrictions too: a phrase is one part of a query, and may be thousands of words.
    fn count_words(&self, matcher: &Matcher) -> usize;

    /// An item's content without markup; empty if there is none.
    fn text(&self, content: Option<&Content>) -> String;

    /// The parts of each content around what matched. Of a long one, only the beginning is looked at.
    fn summaries<'a>(
        &'a self,
        tenant: &'a TenantId,
        matcher: &'a Matcher,
        contents: Vec<Option<Content>>,
    ) -> StoreFuture<'a, Vec<String>>;

    /// The sentences of each content that have some words, the best first, each with its weight and that of the words in the title
    /// beside it. Of a long content or title, only the beginning is looked at.
    fn extracts<'a>(
        &'a self,
        tenant: &'a TenantId,
        words: &'a [(String, f64)],
        titled: Vec<(String, Option<Content>)>,
    ) -> StoreFuture<'a, Vec<Vec<Extract>>>;
}
