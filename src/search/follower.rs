//! The thread that keeps the index up with the store.
//!
//! It applies changes in the order of each tenant's log, reading each item as it is by now, and commits when a search waits, or once a
//! second. A commit has the numbers of the changes that it reached, so whatever ends the process, the log goes on from there. Where the
//! log does not reach back, or the index is missing, damaged or of another store, items are read anew, some at a time, so that
//! tenants take turns.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use tantivy::{
    Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument,
    indexer::IndexWriterOptions,
};
use tokio::{runtime::Handle, sync::watch};

use crate::domain::{
    Error,
    item::Item,
    schema::Schema,
    store::{Change, Head, Store, StoreFuture},
};

use super::{
    View,
    directory::UnsyncedDirectory,
    document::document,
    fields::{self, FORMAT, Fields},
    merges::Merges,
};

/// Memory of the writer, bytes.
const WRITER_BYTES: usize = 48 * 1_024 * 1_024;
/// Between commits, if nobody waits.
const COMMIT_EVERY: Duration = Duration::from_secs(1);
/// Between looks at the log while there is something to commit: a search finds little left to do.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Changes, and bytes of items, that are applied before another tenant has its turn; changes that are read at once.
const CHANGES: usize = 500;
const AT_ONCE: usize = 5;
const STEP_BYTES: usize = 1_024 * 1_024;
/// After a failure, before another attempt: twice as long after each that follows, up to a bound.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
const AFTER_FAILURES: Duration = Duration::from_secs(30);
/// Between two lines of progress in the log.
const PROGRESS_EVERY: Duration = Duration::from_secs(10);

pub(super) struct Follower {
    pub(super) dir: PathBuf,
    pub(super) store: Arc<dyn Store>,
    pub(super) runtime: Handle,
    /// Searches wait for the changes of a tenant up to these. Once nobody can send any more, the thread ends.
    pub(super) waits: mpsc::Receiver<Head>,
    pub(super) publish: watch::Sender<Option<Arc<View>>>,
}

/// Why the index does not follow.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the index cannot be written")]
    Index(#[from] tantivy::TantivyError),
    #[error("the directory of the index cannot be written")]
    Directory(#[from] std::io::Error),
    #[error("the store cannot be read")]
    Store(#[source] Error),
    #[error("the index panicked")]
    Panicked,
}

type Result<T> = std::result::Result<T, Failure>;

/// What a commit says of itself.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Payload {
    format: (u32, [u8; 4]),
    /// How far each tenant is; `None` if items are missing.
    reached: BTreeMap<i64, Option<Reached>>,
}

/// A change in the log of a tenant.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Reached {
    change: i64,
    mark: i64,
}

/// Whether the thread goes on.
enum Next {
    GoOn,
    Stop,
}

impl Follower {
    pub(super) fn run(self) {
        let mut pause = AFTER_FAILURE;
        loop {
            let began = Instant::now();
            // Reading a damaged file may panic: it is opened again, which finds the damage.
            let failure = match catch_unwind(AssertUnwindSafe(|| self.follow())) {
                Ok(Ok(())) => return,
                Ok(Err(failure)) => failure,
                Err(_) => Failure::Panicked,
            };
            let source = std::error::Error::source(&failure).map(ToString::to_string);
            tracing::warn!(error = %failure, source, "the index stopped following; searches wait");
            self.publish.send_replace(None);
            pause = if began.elapsed() > AFTER_FAILURES {
                AFTER_FAILURE
            } else {
                (pause * 2).min(AFTER_FAILURES)
            };
            if let Next::Stop = self.pause(pause) {
                return;
            }
        }
    }

    /// Waits for a while, whoever searches.
    fn pause(&self, time: Duration) -> Next {
        let end = Instant::now() + time;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.waits.recv_timeout(left) {
                Ok(_) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return Next::Stop,
                Err(mpsc::RecvTimeoutError::Timeout) => return Next::GoOn,
            }
        }
    }

    /// Opens the index and follows until it is told to stop.
    fn follow(&self) -> Result<()> {
        let mut replica = Replica::open(self)?;
        replica.publish(self)?;
        // The tenants that somebody waits for, and the earliest change.
        let mut waiting = BTreeMap::new();
        loop {
            if let Next::Stop = self.rest(&replica, &mut waiting) {
                return replica.commit();
            }
            replica.learn_heads(self)?;
            for tenant in waiting.keys() {
                replica.step(self, *tenant)?;
            }
            let is_served = |(tenant, change): (&i64, &i64)| replica.has(*tenant, *change);
            if waiting.iter().any(is_served) || replica.is_due() {
                replica.commit()?;
                replica.publish(self)?;
            }
            waiting.retain(|tenant, change| !replica.has(*tenant, *change));
            // Of the others one, so that they come up as well.
            if let Some(tenant) = replica.another(&waiting) {
                replica.step(self, tenant)?;
            }
        }
    }

    /// Waits until there is something to do.
    fn rest(&self, replica: &Replica, waiting: &mut BTreeMap<i64, i64>) -> Next {
        let time = match replica {
            replica if replica.has_work() => Duration::ZERO,
            replica if replica.is_dirty => LOOK_EVERY,
            _ => COMMIT_EVERY,
        };
        let mut wait = self.waits.recv_timeout(time);
        loop {
            match wait {
                Ok(Head { tenant, change, .. }) => {
                    let earliest = waiting.entry(tenant).or_insert(change);
                    *earliest = change.min(*earliest);
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => return Next::Stop,
                Err(mpsc::RecvTimeoutError::Timeout) => return Next::GoOn,
            }
            wait = self.waits.recv_timeout(Duration::ZERO);
        }
    }

    fn read<T>(&self, read: StoreFuture<'_, T>) -> Result<T> {
        self.runtime.block_on(read).map_err(Failure::Store)
    }
}

/// The index, and how far it is.
struct Replica {
    fields: Fields,
    reader: IndexReader,
    writer: IndexWriter,
    tenants: BTreeMap<i64, Tenant>,
    /// Whether anything was written since the last commit.
    is_dirty: bool,
    committed: Instant,
    /// Which tenant had the last turn.
    turn: i64,
}

/// How far the index is with a tenant.
#[derive(Debug, Default)]
struct Tenant {
    head: Reached,
    /// The last change that was applied; `None`: its items must be read anew.
    reached: Option<Reached>,
    pass: Option<Pass>,
}

/// Contents that are read anew, item by item.
#[derive(Debug)]
struct Pass {
    /// The change that is reached in the end.
    to: Reached,
    contents: VecDeque<i64>,
    /// The last item of the first content.
    after: String,
    items: u64,
    said: Instant,
}

impl Tenant {
    fn is_behind(&self) -> bool {
        self.pass.is_some() || self.reached != Some(self.head)
    }
}

impl Replica {
    fn open(follower: &Follower) -> Result<Self> {
        let dir = &follower.dir;
        let (index, payload) = match open(dir) {
            Ok(opened) => opened,
            Err(failure) => {
                if dir.exists() {
                    let source = std::error::Error::source(&failure).map(ToString::to_string);
                    tracing::warn!(error = %failure, source, "the index cannot be used and is built anew");
                    remove(dir)?;
                }
                (create(dir)?, Payload::default())
            }
        };
        let (_, fields) = fields::schema();
        let writer = index.writer_with_options(
            IndexWriterOptions::builder()
                .num_worker_threads(1)
                .memory_budget_per_thread(WRITER_BYTES)
                // Segments are merged beside requests, which want the processors.
                .num_merge_threads(1)
                .build(),
        )?;
        writer.set_merge_policy(Box::new(Merges::new()));
        let mut tenants = BTreeMap::new();
        let mut is_of_log = true;
        let heads = follower.read(follower.store.heads())?;
        for (no, reached) in payload.reached {
            let Some(Reached { change, mark }) = reached else {
                // The tenant may be gone.
                writer.delete_term(fields.tenant_of(no));
                continue;
            };
            let known = follower.read(follower.store.mark(no, change))?;
            let is_behind = |head: &Head| head.tenant == no && head.change > change;
            if known.is_none() && heads.iter().any(is_behind) {
                // The log does not reach back that far.
                writer.delete_term(fields.tenant_of(no));
                continue;
            }
            is_of_log &= known == Some(mark);
            let tenant = Tenant {
                reached,
                ..Tenant::default()
            };
            tenants.insert(no, tenant);
        }
        if !is_of_log {
            tracing::warn!(
                "the index is of another store, or of a later time than it was put back to, and is built anew"
            );
            writer.delete_all_documents()?;
            tenants.clear();
        }
        let reader = index.reader_builder();
        let reader = reader.reload_policy(ReloadPolicy::Manual).try_into()?;
        let mut replica = Self {
            fields,
            reader,
            writer,
            tenants,
            is_dirty: true,
            committed: Instant::now(),
            turn: 0,
        };
        replica.set_heads(heads);
        replica.commit()?;
        Ok(replica)
    }

    fn learn_heads(&mut self, follower: &Follower) -> Result<()> {
        self.set_heads(follower.read(follower.store.heads())?);
        Ok(())
    }

    fn set_heads(&mut self, heads: Vec<Head>) {
        for Head {
            tenant,
            change,
            mark,
        } in heads
        {
            self.tenants.entry(tenant).or_default().head = Reached { change, mark };
        }
    }

    /// Whether a tenant's changes up to this one are applied; those of a tenant that is gone are.
    fn has(&self, tenant: i64, change: i64) -> bool {
        let tenant = self.tenants.get(&tenant);
        let has = |reached: Reached| reached.change >= change;
        tenant.is_none_or(|tenant| tenant.pass.is_none() && tenant.reached.is_some_and(has))
    }

    fn has_work(&self) -> bool {
        self.tenants.values().any(Tenant::is_behind)
    }

    fn is_due(&self) -> bool {
        self.is_dirty && self.committed.elapsed() >= COMMIT_EVERY
    }

    /// The next tenant that is behind, besides those.
    fn another(&mut self, besides: &BTreeMap<i64, i64>) -> Option<i64> {
        let is_next =
            |(no, tenant): &(&i64, &Tenant)| tenant.is_behind() && !besides.contains_key(no);
        let after = self.tenants.range(self.turn + 1..).find(is_next);
        let next = after.or_else(|| self.tenants.iter().find(is_next));
        self.turn = *next?.0;
        Some(self.turn)
    }

    /// Applies some of what a tenant changed.
    fn step(&mut self, follower: &Follower, no: i64) -> Result<()> {
        let (mut applied, mut bytes) = (0, 0);
        while applied < CHANGES && bytes < STEP_BYTES {
            let Some(tenant) = self.tenants.get(&no).filter(|tenant| tenant.is_behind()) else {
                break;
            };
            self.is_dirty = true;
            if tenant.pass.is_some() {
                return self.go_on(follower, no);
            }
            let changes = match tenant.reached {
                Some(after) => follower.read(follower.store.changes(no, after.change, AT_ONCE))?,
                None => None,
            };
            let Some(changes) = changes else {
                return self.begin_anew(follower, no);
            };
            // It may be ahead of the head that it knows of.
            if changes.is_empty() {
                break;
            }
            applied += changes.len();
            bytes += self.apply(follower, no, changes)?;
        }
        Ok(())
    }

    /// Everything that a tenant has is read anew.
    fn begin_anew(&mut self, follower: &Follower, no: i64) -> Result<()> {
        let contents = follower.read(follower.store.contents(no))?;
        self.writer.delete_term(self.fields.tenant_of(no));
        self.begin(no, None, contents);
        Ok(())
    }

    fn begin(&mut self, no: i64, to: Option<Reached>, contents: Vec<i64>) {
        let tenant = self.tenants.entry(no).or_default();
        tracing::info!(
            tenant = no,
            contents = contents.len(),
            "reading items into the index"
        );
        tenant.pass = Some(Pass {
            to: to.unwrap_or(tenant.head),
            contents: contents.into(),
            after: String::new(),
            items: 0,
            said: Instant::now(),
        });
    }

    /// Reads some items more.
    fn go_on(&mut self, follower: &Follower, no: i64) -> Result<()> {
        let Some(tenant) = self.tenants.get_mut(&no) else {
            return Ok(());
        };
        let Some(mut pass) = tenant.pass.take() else {
            return Ok(());
        };
        let Some(content) = pass.contents.front().copied() else {
            tracing::info!(tenant = no, items = pass.items, "items are in the index");
            tenant.reached = Some(pass.to);
            return Ok(());
        };
        let schema = follower.read(follower.store.content_schema(content))?;
        let items = match &schema {
            Some(_) => {
                let read = follower
                    .store
                    .read_items_after(content, &pass.after, STEP_BYTES);
                follower.read(read)?
            }
            None => Vec::new(),
        };
        pass.items += items.len() as u64;
        if let (Some(last), Some(schema)) = (items.last(), &schema) {
            pass.after.clone_from(&last.id);
            self.put(no, content, schema, &items)?;
        } else {
            pass.contents.pop_front();
            pass.after.clear();
        }
        if pass.said.elapsed() >= PROGRESS_EVERY {
            pass.said = Instant::now();
            tracing::info!(
                tenant = no,
                items = pass.items,
                "reading items into the index"
            );
        }
        self.tenants.entry(no).or_default().pass = Some(pass);
        Ok(())
    }

    /// Returns the bytes of the items that it read.
    fn apply(&mut self, follower: &Follower, no: i64, changes: Vec<Change>) -> Result<usize> {
        let mut reached = None;
        // By content, so that each schema is read once.
        let mut items: HashMap<i64, BTreeSet<String>> = HashMap::new();
        for Change {
            no: change,
            mark,
            content,
            item,
        } in changes
        {
            let change = Reached { change, mark };
            if let Some(item) = item {
                items.entry(content).or_default().insert(item);
                reached = Some(change);
                continue;
            }
            if follower
                .read(follower.store.content_schema(content))?
                .is_some()
            {
                if reached.is_none() {
                    self.writer.delete_term(self.fields.content_of(content));
                    self.begin(no, Some(change), vec![content]);
                    return Ok(0);
                }
                // It comes first in the next step.
                break;
            }
            items.remove(&content);
            self.writer.delete_term(self.fields.content_of(content));
            reached = Some(change);
        }
        let mut bytes = 0;
        for (content, ids) in items {
            bytes += self.apply_items(follower, no, content, ids)?;
        }
        let tenant = self.tenants.entry(no).or_default();
        tenant.reached = reached.or(tenant.reached);
        Ok(bytes)
    }

    /// Puts items in as they are by now, or takes them out.
    fn apply_items(
        &mut self,
        follower: &Follower,
        no: i64,
        content: i64,
        ids: BTreeSet<String>,
    ) -> Result<usize> {
        let Some(schema) = follower.read(follower.store.content_schema(content))? else {
            // Removed since: its change comes.
            return Ok(0);
        };
        for id in &ids {
            self.writer.delete_term(self.fields.key_of(content, id));
        }
        let ids: Vec<String> = ids.into_iter().collect();
        let mut rest = ids.as_slice();
        let mut bytes = 0;
        while !rest.is_empty() {
            let read = follower.store.read_items(content, rest, STEP_BYTES);
            let (items, read) = follower.read(read)?;
            bytes += items.iter().map(Item::stored_bytes).sum::<usize>();
            self.put(no, content, &schema, &items)?;
            rest = &rest[read..];
        }
        Ok(bytes)
    }

    fn put(&mut self, no: i64, content: i64, schema: &Schema, items: &[Item]) -> Result<()> {
        for item in items {
            let document = document(&self.fields, no, content, schema, item);
            self.writer.add_document(document)?;
        }
        Ok(())
    }

    /// Items that were read so far of tenants that are read anew, if there are any.
    fn building(&self) -> Option<u64> {
        let passes = self
            .tenants
            .values()
            .filter_map(|tenant| tenant.pass.as_ref());
        passes.map(|pass| pass.items).reduce(u64::saturating_add)
    }

    /// How far the tenants are of which it has all.
    fn reached(&self) -> impl Iterator<Item = (i64, Option<Reached>)> {
        let tenants = self.tenants.iter();
        tenants.map(|(no, tenant)| match tenant.pass {
            None => (*no, tenant.reached),
            Some(_) => (*no, None),
        })
    }

    fn commit(&mut self) -> Result<()> {
        if !self.is_dirty {
            return Ok(());
        }
        let payload = Payload {
            format: FORMAT,
            reached: self.reached().collect(),
        };
        commit(&mut self.writer, &payload)?;
        self.is_dirty = false;
        self.committed = Instant::now();
        Ok(())
    }

    /// Searches find what was committed.
    fn publish(&self, follower: &Follower) -> Result<()> {
        self.reader.reload()?;
        let reached = self.reached();
        let reached = reached.filter_map(|(no, reached)| Some((no, reached?.change)));
        let view = View {
            searcher: self.reader.searcher(),
            fields: self.fields,
            reached: reached.collect(),
            building: self.building(),
        };
        follower.publish.send_replace(Some(Arc::new(view)));
        Ok(())
    }
}

fn commit(writer: &mut IndexWriter<TantivyDocument>, payload: &Payload) -> Result<()> {
    let mut commit = writer.prepare_commit()?;
    let payload = serde_json::to_string(payload).map_err(std::io::Error::from)?;
    commit.set_payload(&payload);
    commit.commit()?;
    Ok(())
}

/// Whatever is where the index should be.
fn remove(dir: &Path) -> std::io::Result<()> {
    if dir.is_dir() {
        fs::remove_dir_all(dir)
    } else {
        fs::remove_file(dir)
    }
}

/// The index in a directory, if it is whole and of this format.
fn open(dir: &Path) -> Result<(Index, Payload)> {
    // A file that is too short makes its reader panic.
    catch_unwind(|| open_whole(dir)).unwrap_or(Err(Failure::Panicked))
}

fn open_whole(dir: &Path) -> Result<(Index, Payload)> {
    let index = Index::open(UnsyncedDirectory::open(dir)?)?;
    let (schema, _) = fields::schema();
    let payload = index.load_metas()?.payload.unwrap_or_default();
    let payload: Payload = serde_json::from_str(&payload).map_err(std::io::Error::from)?;
    let damaged = index.validate_checksum()?;
    if index.schema() != schema || payload.format != FORMAT || !damaged.is_empty() {
        let of_another = std::io::Error::other("it is damaged, or of another format");
        return Err(of_another.into());
    }
    fields::register(&index);
    Ok((index, payload))
}

fn create(dir: &Path) -> Result<Index> {
    fs::create_dir_all(dir)?;
    let (schema, _) = fields::schema();
    let directory = UnsyncedDirectory::open(dir)?;
    let index = Index::create(directory, schema, IndexSettings::default())?;
    fields::register(&index);
    Ok(index)
}
