//! Which segments become one.

use tantivy::{
    index::SegmentMeta,
    indexer::{LogMergePolicy, MergeCandidate, MergePolicy},
};

/// Segments of fewer documents are small: each commit that a search waits for makes one.
const SMALL_DOCUMENTS: u32 = 1_000;
/// So many small ones are merged at once. Fewer would be written again more often, and a search meets each of them.
const SMALL_SEGMENTS: usize = 8;
/// Of others so many of like size, and sizes that differ by less than this are like.
const SEGMENTS: u8 = 8;

/// Segments of like size are merged, so that each document is written a few times in all, and a search meets some dozens of segments. One
/// of which most documents were deleted is written anew without them.
#[derive(Debug)]
pub(super) struct Merges {
    of_others: LogMergePolicy,
}

impl Merges {
    pub(super) fn new() -> Self {
        let mut of_others = LogMergePolicy::default();
        of_others.set_min_num_segments(SEGMENTS.into());
        of_others.set_level_log_size(f64::from(SEGMENTS).log2());
        of_others.set_min_layer_size(SMALL_DOCUMENTS);
        Self { of_others }
    }
}

impl MergePolicy for Merges {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let is_mostly_deleted = |of: &SegmentMeta| of.num_deleted_docs() > of.num_docs();
        let segments = segments.iter().cloned();
        let (small, others): (Vec<_>, Vec<_>) =
            segments.partition(|of| of.max_doc() < SMALL_DOCUMENTS);
        let (alone, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_mostly_deleted);
        let mut candidates = self.of_others.compute_merge_candidates(&others);
        candidates.extend(alone.iter().map(|of| MergeCandidate(vec![of.id()])));
        if small.len() >= SMALL_SEGMENTS {
            let small = small.iter().map(SegmentMeta::id);
            candidates.push(MergeCandidate(small.collect()));
        }
        candidates
    }
}
