//! Which documents of a segment a viewer may see.
//!
//! The entries of a document never change (it is replaced), so the set of a segment is kept, by everything that names the viewer: who is
//! in other groups by now is another viewer.

use std::{
    cell::OnceCell,
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use fixedbitset::FixedBitSet;
use quick_cache::{Weighter, sync::Cache};
use tantivy::{
    BitSet, SegmentReader, Term,
    index::SegmentId,
    postings::BlockSegmentPostings,
    schema::{Field, IndexRecordOption},
};

use crate::domain::acl::Viewer;

use super::fields::Fields;

/// Memory for kept sets, bytes.
const KEPT_BYTES: u64 = 64 * 1_024 * 1_024;
/// Memory for viewers whose sets are kept, bytes.
const VIEWERS_BYTES: u64 = 16 * 1_024 * 1_024;
/// What is kept of each besides its set.
const ENTRY_BYTES: usize = 100;

/// A viewer of some contents.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    viewer: Arc<Viewer>,
    contents: Vec<i64>,
}

impl Key {
    fn bytes(&self) -> usize {
        let groups = self.viewer.groups.iter().map(|groups| groups.len() * 64);
        let external = self.viewer.external_groups.values();
        let external = external.flat_map(|groups| groups.iter());
        let external = external.map(|group| group.len() + 32);
        self.contents.len() * 8 + groups.sum::<usize>() + external.sum::<usize>()
    }
}

/// How a viewer sees documents of some contents.
pub(super) struct Sight {
    /// No other has it, whatever is kept or forgotten.
    no: u64,
    key: Arc<Key>,
    grants: OnceCell<BTreeSet<String>>,
}

impl Sight {
    /// Whoever is named by one of these terms is granted.
    fn grants(&self) -> &BTreeSet<String> {
        self.grants.get_or_init(|| {
            let contents = self.key.contents.iter();
            contents
                .flat_map(|content| self.key.viewer.terms(*content))
                .collect()
        })
    }

    /// The documents of the segment, deleted ones too.
    fn of(&self, reader: &SegmentReader, fields: &Fields) -> tantivy::Result<FixedBitSet> {
        let docs = reader.max_doc() as usize;
        let mut visible = FixedBitSet::with_capacity(docs);
        insert_all(reader, fields.grant, self.grants(), &mut visible)?;
        let mut asked = FixedBitSet::with_capacity(docs);
        for content in &self.key.contents {
            insert(reader, &fields.content_of(*content), &mut asked)?;
        }
        visible.intersect_with(&asked);
        let mut denied = FixedBitSet::with_capacity(docs);
        insert_all(reader, fields.deny, self.grants(), &mut denied)?;
        for besides in self.key.viewer.denied_terms() {
            let besides = Term::from_field_text(fields.deny, besides);
            insert(reader, &besides, &mut denied)?;
        }
        visible.difference_with(&denied);
        Ok(visible)
    }
}

/// Adds the documents that have one of the terms. A segment may have fewer terms than a viewer.
fn insert_all(
    reader: &SegmentReader,
    field: Field,
    terms: &BTreeSet<String>,
    into: &mut FixedBitSet,
) -> tantivy::Result<()> {
    let index = reader.inverted_index(field)?;
    if index.terms().num_terms() > terms.len() {
        for term in terms {
            insert(reader, &Term::from_field_text(field, term), into)?;
        }
        return Ok(());
    }
    let mut there = index.terms().stream()?;
    while there.advance() {
        let is_asked = str::from_utf8(there.key()).is_ok_and(|term| terms.contains(term));
        if is_asked {
            let info = there.value();
            let postings =
                index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            insert_postings(postings, into);
        }
    }
    Ok(())
}

/// Adds the documents that have a term.
pub(super) fn insert(
    reader: &SegmentReader,
    term: &Term,
    into: &mut FixedBitSet,
) -> tantivy::Result<()> {
    let index = reader.inverted_index(term.field())?;
    if let Some(postings) = index.read_block_postings(term, IndexRecordOption::Basic)? {
        insert_postings(postings, into);
    }
    Ok(())
}

pub(super) fn insert_postings(mut postings: BlockSegmentPostings, into: &mut FixedBitSet) {
    while postings.block_len() > 0 {
        for doc in postings.docs() {
            into.insert(*doc as usize);
        }
        postings.advance();
    }
}

/// Kept sets.
pub(super) struct Visible {
    /// The number of each viewer by which his sets are found.
    viewers: Cache<Arc<Key>, u64, Bytes>,
    next: AtomicU64,
    sets: Cache<(SegmentId, u64), Arc<FixedBitSet>, Bytes>,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Arc<Key>, u64> for Bytes {
    fn weight(&self, key: &Arc<Key>, _: &u64) -> u64 {
        (key.bytes() + ENTRY_BYTES) as u64
    }
}

impl Weighter<(SegmentId, u64), Arc<FixedBitSet>> for Bytes {
    fn weight(&self, _: &(SegmentId, u64), set: &Arc<FixedBitSet>) -> u64 {
        (set.len() / 8 + ENTRY_BYTES) as u64
    }
}

impl Visible {
    pub(super) fn new() -> Self {
        Self {
            viewers: Cache::with_weighter(1_000, VIEWERS_BYTES, Bytes),
            next: AtomicU64::new(0),
            sets: Cache::with_weighter(10_000, KEPT_BYTES, Bytes),
        }
    }

    pub(super) fn sight(&self, viewer: &Arc<Viewer>, contents: &[i64]) -> Sight {
        let mut contents = contents.to_vec();
        contents.sort_unstable();
        let key = Arc::new(Key {
            viewer: Arc::clone(viewer),
            contents,
        });
        let no = self.viewers.get(&key).unwrap_or_else(|| {
            let no = self.next.fetch_add(1, Ordering::Relaxed);
            self.viewers.insert(Arc::clone(&key), no);
            no
        });
        Sight {
            no,
            key,
            grants: OnceCell::new(),
        }
    }

    /// The documents of a segment that are there and may be seen.
    pub(super) fn of(
        &self,
        sight: &Sight,
        reader: &SegmentReader,
        fields: &Fields,
    ) -> tantivy::Result<FixedBitSet> {
        let key = (reader.segment_id(), sight.no);
        let kept = if let Some(kept) = self.sets.get(&key) {
            kept
        } else {
            let visible = Arc::new(sight.of(reader, fields)?);
            self.sets.insert(key, Arc::clone(&visible));
            visible
        };
        let mut visible = (*kept).clone();
        remove_deleted(reader, &mut visible);
        Ok(visible)
    }
}

/// Takes out the documents that were deleted.
pub(super) fn remove_deleted(reader: &SegmentReader, docs: &mut FixedBitSet) {
    let Some(alive) = reader.alive_bitset() else {
        return;
    };
    let mut there = BitSet::with_max_value_and_full(reader.max_doc());
    there.intersect_update(alive.bitset());
    // Both are bits in words, of 64 there and of the machine's size here.
    let words = 0..there.max_value().div_ceil(64);
    let bytes: Vec<u8> = words
        .flat_map(|word| there.tinyset(word).into_bytes())
        .collect();
    let blocks = bytes.chunks_exact(size_of::<usize>());
    let blocks =
        blocks.map(|block| usize::from_le_bytes(block.try_into().expect("it has this size")));
    docs.intersect_with(&FixedBitSet::with_capacity_and_blocks(docs.len(), blocks));
}
