//! Which documents of a segment a viewer may see.
//!
//! The entries of a document never change (it is replaced), so the set of a segment is kept, by everything that names the viewer: who is
//! in other groups by now is asked for by other terms.

use std::{collections::BTreeSet, sync::Arc};

use fixedbitset::FixedBitSet;
use quick_cache::{Weighter, sync::Cache};
use tantivy::{
    SegmentReader, Term,
    index::SegmentId,
    postings::BlockSegmentPostings,
    schema::{Field, IndexRecordOption},
};

use crate::domain::acl::Viewer;

use super::fields::Fields;

/// Memory for kept sets, bytes.
const KEPT_BYTES: u64 = 64 * 1_024 * 1_024;
/// What is kept of each besides its set.
const ENTRY_BYTES: usize = 200;

/// The terms by which a viewer sees documents of some contents.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Sight {
    contents: Vec<i64>,
    /// Whoever is named by one of these is granted.
    grants: BTreeSet<String>,
    /// What denies him: those, and one more if his groups are not known.
    denied_besides: Option<&'static str>,
}

impl Sight {
    pub(super) fn new(viewer: &Viewer, contents: &[i64]) -> Self {
        let mut contents = contents.to_vec();
        contents.sort_unstable();
        let terms = contents.iter().flat_map(|content| viewer.terms(*content));
        Self {
            grants: terms.collect(),
            denied_besides: viewer.denied_term(),
            contents,
        }
    }

    fn bytes(&self) -> usize {
        let terms = self.grants.iter().map(|term| term.len() + 40);
        self.contents.len() * 8 + terms.sum::<usize>()
    }

    /// The documents of the segment, deleted ones too.
    fn of(&self, reader: &SegmentReader, fields: &Fields) -> tantivy::Result<FixedBitSet> {
        let docs = reader.max_doc() as usize;
        let mut visible = FixedBitSet::with_capacity(docs);
        for grant in &self.grants {
            insert_text(reader, fields.grant, grant, &mut visible)?;
        }
        let mut asked = FixedBitSet::with_capacity(docs);
        for content in &self.contents {
            insert(reader, &fields.content_of(*content), &mut asked)?;
        }
        visible.intersect_with(&asked);
        let mut denied = FixedBitSet::with_capacity(docs);
        let besides = self.denied_besides;
        for deny in self.grants.iter().map(String::as_str).chain(besides) {
            insert_text(reader, fields.deny, deny, &mut denied)?;
        }
        visible.difference_with(&denied);
        Ok(visible)
    }
}

fn insert_text(
    reader: &SegmentReader,
    field: Field,
    text: &str,
    into: &mut FixedBitSet,
) -> tantivy::Result<()> {
    insert(reader, &Term::from_field_text(field, text), into)
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
pub(super) struct Visible(Cache<(SegmentId, Arc<Sight>), Arc<FixedBitSet>, Bytes>);

#[derive(Clone)]
struct Bytes;

impl Weighter<(SegmentId, Arc<Sight>), Arc<FixedBitSet>> for Bytes {
    fn weight(&self, key: &(SegmentId, Arc<Sight>), set: &Arc<FixedBitSet>) -> u64 {
        (key.1.bytes() + set.len() / 8 + ENTRY_BYTES) as u64
    }
}

impl Visible {
    pub(super) fn new() -> Self {
        Self(Cache::with_weighter(1_000, KEPT_BYTES, Bytes))
    }

    /// The documents of a segment that are there and may be seen.
    pub(super) fn of(
        &self,
        sight: &Arc<Sight>,
        reader: &SegmentReader,
        fields: &Fields,
    ) -> tantivy::Result<FixedBitSet> {
        let key = (reader.segment_id(), Arc::clone(sight));
        let kept = if let Some(kept) = self.0.get(&key) {
            kept
        } else {
            let visible = Arc::new(sight.of(reader, fields)?);
            self.0.insert(key, Arc::clone(&visible));
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
    let mut there = FixedBitSet::with_capacity(reader.max_doc() as usize);
    for doc in alive.iter_alive() {
        there.insert(doc as usize);
    }
    docs.intersect_with(&there);
}
