//! The index of items: a replica of the store's log of changes, which every search waits for.
//!
//! ```text
//! store ── log of changes ──▶ follower (one thread) ──▶ index in the data directory
//!                                                           │ commit, view
//! search ── head of the tenant's log, then wait for it ─────▶ engine: match within what is visible ▶ count ▶ order ▶ page
//! ```
//!
//! Knows neither HTTP nor an engine of the store. What a user may see is decided by `domain::acl`; here its terms are looked up.

mod directory;
mod document;
mod engine;
mod extracts;
mod fields;
mod follower;
mod html;
mod matching;
mod merges;
mod ranking;
mod summary;
mod terms;
mod text;
mod visible;

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::{Arc, mpsc},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use tantivy::{Searcher, TantivyError};
use tokio::{
    runtime::Handle,
    sync::{AcquireError, Semaphore, watch},
    task::spawn_blocking,
    time::timeout,
};

use crate::domain::{
    Error,
    acl::Viewer,
    item::Content,
    principal::TenantId,
    search::{Burden, Extract, Facet, Found, IndexState, Matcher, Plan, SearchIndex},
    store::{Head, Store, StoreFuture},
};

use self::{engine::Engine, fields::Fields, follower::Follower, ranking::wanted, visible::Visible};

/// How long a search waits for the index, and then for its turn.
const WAIT: Duration = Duration::from_secs(10);
/// How long a search may take.
const SEARCH_TIME: Duration = Duration::from_secs(5);

/// Why a search came to nothing.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the index failed")]
    Index(#[from] TantivyError),
    #[error("the search takes too long")]
    TooLong,
    #[error("the search takes too much memory")]
    TooMuch(Burden),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Index(error.into())
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Index(error) => Self::Unavailable(error.into()),
            Failure::TooLong => Self::TooCostly,
            Failure::TooMuch(of) => Self::TooManyValues(of),
        }
    }
}

type Result<T> = std::result::Result<T, Failure>;

/// The index at one moment.
struct View {
    searcher: Searcher,
    fields: Fields,
    /// How far each tenant's changes are in it. A tenant of which it has a part is not here.
    reached: HashMap<i64, i64>,
    /// Items that were read again so far of tenants that are not here; `None` if all are.
    building: Option<u64>,
}

impl View {
    fn has(&self, head: Head) -> bool {
        let reached = self.reached.get(&head.tenant);
        reached.is_some_and(|reached| *reached >= head.change)
    }
}

/// The index in a data directory. Dropping it ends its thread.
pub(crate) struct Index {
    store: Arc<dyn Store>,
    view: watch::Receiver<Option<Arc<View>>>,
    visible: Arc<Visible>,
    /// Tells the thread what searches wait for. It ends when this is gone.
    waits: Option<mpsc::Sender<Head>>,
    follower: Option<JoinHandle<()>>,
    /// Searches at once: of each tenant one per processor, and of all one more, so that one tenant leaves a place to others.
    all: Arc<Semaphore>,
    of_tenants: Turns,
}

/// Searches of each tenant at once.
struct Turns {
    each: usize,
    tenants: std::sync::Mutex<HashMap<TenantId, Arc<Semaphore>>>,
}

impl Turns {
    fn of(&self, tenant: &TenantId) -> Arc<Semaphore> {
        let mut tenants = self
            .tenants
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        // Nobody else holds those of tenants that search nothing.
        tenants.retain(|_, turns| Arc::strong_count(turns) > 1);
        let turns = tenants
            .entry(tenant.clone())
            .or_insert_with(|| Arc::new(Semaphore::new(self.each)));
        Arc::clone(turns)
    }
}

impl Index {
    /// Opens the index in `dir`, or makes it, on a thread of its own: searches wait for it, and nothing else does. Needs a tokio runtime.
    pub(crate) fn open(dir: &Path, store: Arc<dyn Store>) -> Self {
        let (publish, view) = watch::channel(None);
        let (wait, waits) = mpsc::channel();
        let follower = Follower {
            dir: dir.join("index"),
            store: Arc::clone(&store),
            runtime: Handle::current(),
            waits,
            publish,
        };
        let thread = std::thread::Builder::new().name("index".to_owned());
        let thread = thread.spawn(move || follower.run());
        let thread = thread.inspect_err(|error| tracing::error!(%error, "no thread for the index"));
        let processors = std::thread::available_parallelism().map_or(1, Into::into);
        Self {
            store,
            view,
            visible: Arc::new(Visible::new()),
            waits: Some(wait),
            follower: thread.ok(),
            all: Arc::new(Semaphore::new(processors + 1)),
            of_tenants: Turns {
                each: processors,
                tenants: std::sync::Mutex::default(),
            },
        }
    }

    /// The index once it has everything of a tenant.
    async fn reach(&self, head: Head) -> std::result::Result<Arc<View>, Error> {
        let has = |view: &Option<Arc<View>>| view.as_ref().is_some_and(|view| view.has(head));
        let mut views = self.view.clone();
        let view = views.borrow().clone();
        if let Some(view) = view.filter(|view| view.has(head)) {
            return Ok(view);
        }
        // If the thread is gone, nothing comes.
        let _ = self.waits.as_ref().map(|waits| waits.send(head));
        let behind = || Error::NotYet("The index has not caught up with the store yet.");
        let reached = timeout(WAIT, views.wait_for(has)).await;
        let reached = reached.map_err(|_| behind())?.map_err(|_| behind())?;
        (*reached).clone().ok_or_else(behind)
    }

    /// Does some work on the index once it has everything of the tenant; `None` if the tenant has nothing.
    async fn run<T: Send + 'static>(
        &self,
        tenant: &TenantId,
        work: impl FnOnce(&Engine<'_>) -> Result<T> + Send + 'static,
    ) -> std::result::Result<Option<T>, Error> {
        let Some(head) = self.store.head(tenant).await? else {
            return Ok(None);
        };
        let view = self.reach(head).await?;
        let visible = Arc::clone(&self.visible);
        let work = move || {
            work(&Engine {
                searcher: &view.searcher,
                fields: &view.fields,
                visible: &visible,
                tenant: head.tenant,
                deadline: Instant::now() + SEARCH_TIME,
            })
        };
        let done = self.take_turn(tenant, work).await?;
        Ok(Some(done?))
    }

    /// Does some work beside requests, once it is a tenant's turn.
    async fn take_turn<T: Send + 'static>(
        &self,
        tenant: &TenantId,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> std::result::Result<T, Error> {
        let turns = self.of_tenants.of(tenant);
        let all = Arc::clone(&self.all);
        let turn = async { Ok((turns.acquire_owned().await?, all.acquire_owned().await?)) };
        let retry_after = Duration::from_secs(1);
        let turn = timeout(WAIT, turn).await;
        let turn = turn.map_err(|_| Error::Overloaded { retry_after })?;
        let turn: (_, _) = turn.map_err(|error: AcquireError| Error::Internal(error.into()))?;
        let done = spawn_blocking(move || {
            let _held = turn;
            work()
        });
        let done = done.await;
        done.map_err(|error| Error::Internal(Box::new(error)))
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        self.waits = None;
        if let Some(follower) = self.follower.take() {
            // It has logged why, if it panicked.
            let _ = follower.join();
        }
    }
}

impl SearchIndex for Index {
    fn state(&self) -> IndexState {
        match &*self.view.borrow() {
            None => IndexState::Unavailable,
            Some(view) => match view.building {
                Some(items) => IndexState::Building { items },
                None => IndexState::Following,
            },
        }
    }

    fn search<'a>(&'a self, tenant: &'a TenantId, plan: Plan) -> StoreFuture<'a, Found> {
        Box::pin(async move {
            // Of a tenant that never had an item, the same as of one whose items the user cannot see.
            let nothing = |facet: &Facet| vec![(String::new(), 0); facet.intervals.len()];
            let facets = plan.facets.iter().map(nothing).collect();
            let found = self.run(tenant, move |engine| engine.search(&plan)).await?;
            Ok(found.unwrap_or_else(|| Found {
                hits: Vec::new(),
                total: 0,
                facets,
                words: Vec::new(),
            }))
        })
    }

    fn count<'a>(
        &'a self,
        tenant: &'a TenantId,
        contents: Vec<i64>,
        viewer: Arc<Viewer>,
        matchers: Vec<Matcher>,
    ) -> StoreFuture<'a, Vec<u64>> {
        Box::pin(async move {
            let nothing = vec![0; matchers.len()];
            let count = move |engine: &Engine<'_>| engine.count(&contents, &viewer, &matchers);
            Ok(self.run(tenant, count).await?.unwrap_or(nothing))
        })
    }

    fn matches<'a>(
        &'a self,
        tenant: &'a TenantId,
        content: i64,
        item: &'a str,
        matchers: Vec<Matcher>,
    ) -> StoreFuture<'a, Vec<bool>> {
        Box::pin(async move {
            let item = item.to_owned();
            let nothing = vec![false; matchers.len()];
            let matches = move |engine: &Engine<'_>| engine.matches(content, &item, &matchers);
            Ok(self.run(tenant, matches).await?.unwrap_or(nothing))
        })
    }

    fn words(&self, matcher: &Matcher) -> Vec<String> {
        let words = wanted(matcher);
        words
            .iter()
            .map(|wanted| wanted.text().to_owned())
            .collect()
    }

    fn occurring<'a>(
        &'a self,
        tenant: &'a TenantId,
        matchers: Vec<Matcher>,
        texts: Vec<Vec<String>>,
    ) -> StoreFuture<'a, Vec<Vec<bool>>> {
        let work = move || {
            let deadline = Instant::now() + SEARCH_TIME;
            let mut left = LOOKED_AT_BYTES;
            let of_group = |mut texts: Vec<String>| {
                for text in &mut texts {
                    text.truncate(text.floor_char_boundary(left));
                    left -= text.len();
                }
                matching::occurring(&matchers, &texts, deadline)
            };
            texts.into_iter().map(of_group).collect::<Result<_>>()
        };
        Box::pin(async move { Ok(self.take_turn(tenant, work).await??) })
    }

    fn in_turn<'a>(
        &'a self,
        tenant: &'a TenantId,
        work: Box<dyn FnOnce() + Send>,
    ) -> StoreFuture<'a, ()> {
        Box::pin(self.take_turn(tenant, work))
    }

    fn text(&self, content: Option<&Content>) -> String {
        let content = content.and_then(document::content_text);
        content.unwrap_or_default()
    }

    fn count_words(&self, matcher: &Matcher) -> usize {
        matching::count_words(matcher)
    }

    fn summaries<'a>(
        &'a self,
        tenant: &'a TenantId,
        matcher: &'a Matcher,
        contents: Vec<Option<Content>>,
    ) -> StoreFuture<'a, Vec<String>> {
        let terms = matching::terms(matcher);
        let summary = move |content| summary::summary(&beginning(content), &terms);
        let work = move || contents.into_iter().map(summary).collect();
        Box::pin(self.take_turn(tenant, work))
    }

    fn extracts<'a>(
        &'a self,
        tenant: &'a TenantId,
        words: &'a [(String, f64)],
        titled: Vec<(String, Option<Content>)>,
    ) -> StoreFuture<'a, Vec<Vec<Extract>>> {
        let words = words.to_vec();
        let of_item = move |(mut title, content): (String, _)| {
            title.truncate(title.floor_char_boundary(LOOKED_AT_BYTES));
            let in_title: HashSet<String> = text::tokens(&title).map(|token| token.text).collect();
            let content = beginning(content);
            let extracts = extracts::extracts(&content, &words, EXTRACTS).into_iter();
            let extracts = extracts.map(|extract| Extract {
                text: extract.text.to_owned(),
                weight: weight_in(&words, &in_title, extract.text),
            });
            extracts.collect()
        };
        let work = move || titled.into_iter().map(of_item).collect();
        Box::pin(self.take_turn(tenant, work))
    }
}

/// The weights of those words that a text or its title has, summed up.
fn weight_in(words: &[(String, f64)], title: &HashSet<String>, text: &str) -> f64 {
    let in_text: HashSet<String> = text::tokens(text).map(|token| token.text).collect();
    let there = words.iter();
    let there = there.filter(|(word, _)| title.contains(word) || in_text.contains(word));
    there.map(|(_, weight)| weight).sum()
}

/// Extracts of an item at most.
const EXTRACTS: usize = 3;
/// What is looked at of a content for its summary and its extracts, of a title, and of what is not searched, bytes.
const LOOKED_AT_BYTES: usize = 512 * 1_024;

/// The text of a content, as far as it is looked at.
fn beginning(content: Option<Content>) -> String {
    let Some(mut content) = content else {
        return String::new();
    };
    if let Some(value) = &mut content.value {
        value.truncate(value.floor_char_boundary(LOOKED_AT_BYTES));
    }
    document::content_text(&content).unwrap_or_default()
}

#[cfg(test)]
mod tests;
