//! One search over all segments: match within what is visible, count, order, collapse, page.

use std::{cell::RefCell, cmp::Ordering, collections::HashMap, sync::Arc, time::Instant};

use fixedbitset::FixedBitSet;
use tantivy::{
    Searcher,
    columnar::{Column, StrColumn},
};

use uuid::Uuid;

use crate::domain::{
    acl::Viewer,
    search::{Burden, Collapse, Facet, Found, Interval, Located, Matcher, Plan, SortKey},
};

use super::{
    Failure, Result,
    fields::{CONTENT, Fields, ID, document, unsigned},
    matching::Segment,
    ranking::{
        AnyColumn, Columns, Value, Wanted, by_values, frequencies, scores, sort_values, wanted,
        weight,
    },
    visible::{Visible, remove_deleted},
};

/// What a search runs on.
pub(super) struct Engine<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
    pub(super) visible: &'a Visible,
    pub(super) tenant: i64,
    pub(super) deadline: Instant,
}

/// The documents of a segment that match, and what tells their items.
struct Matched<'a> {
    segment: Segment<'a>,
    docs: FixedBitSet,
    contents: Column<u64>,
    ids: Option<StrColumn>,
}

/// A document in the order of hits.
struct Ranked {
    segment: usize,
    doc: u32,
    score: f32,
    values: Vec<Option<Value>>,
    /// The place of its content among those that are searched.
    source: usize,
    /// The place of its identifier among those of the segment.
    id_ord: u64,
}

impl Engine<'_> {
    pub(super) fn search(&self, plan: &Plan) -> Result<Found> {
        let sight = self.visible.sight(&plan.viewer, &plan.contents);
        let is_by_score = plan.sort.is_empty();
        let wanted = if is_by_score {
            wanted(&plan.matcher)
        } else {
            Vec::new()
        };
        let (mut all, mut with) = (0, vec![0; wanted.len()]);
        let mut matched = Vec::new();
        for segment in self.segments(&plan.contents) {
            let visible = self.visible.of(&sight, segment.reader, self.fields)?;
            if visible.is_clear() {
                continue;
            }
            all += visible.count_ones(..) as u64;
            for (with, more) in with
                .iter_mut()
                .zip(frequencies(&segment, &visible, &wanted)?)
            {
                *with += more;
            }
            let mut docs = segment.matches(&plan.matcher, &visible)?;
            for filter in &plan.filters {
                docs = segment.matches(filter, &docs)?;
            }
            segment.known.take();
            if !docs.is_clear() {
                let columns = segment.reader.fast_fields();
                let (contents, ids) = (columns.u64(CONTENT)?, columns.str(ID)?);
                matched.push(Matched {
                    segment,
                    docs,
                    contents,
                    ids,
                });
            }
        }
        let weights: Vec<f32> = with.iter().map(|with| weight(all, *with)).collect();
        let total: usize = matched.iter().map(|of| of.docs.count_ones(..)).sum();
        let mut held = Held::new(KEYS_BYTES, Burden::Aggregations);
        let mut facets = Vec::new();
        for facet in &plan.facets {
            let found = count(&matched, facet)?;
            held.add(found.iter().map(|(key, _)| key.len()).sum())?;
            facets.push(found);
        }
        let end = plan.from.saturating_add(plan.size);
        let kept = if plan.collapse.is_empty() {
            end.min(total)
        } else {
            total
        };
        let mut ranked = Vec::new();
        for (no, of) in matched.iter().enumerate() {
            of.rank(no, plan, &wanted, &weights, kept, &mut ranked)?;
        }
        let mut ordered = order(&matched, plan, ranked)?;
        let (total, is_collapsed) = if plan.collapse.is_empty() {
            ordered.truncate(kept);
            (total, vec![false; ordered.len()])
        } else {
            collapse(&matched, &plan.collapse, &mut ordered)?
        };
        let page = ordered.into_iter().zip(is_collapsed);
        let page = page.skip(plan.from).take(plan.size);
        let hits = page.map(|((hit, id), is_collapsed)| Located {
            content: plan.contents[hit.source],
            id,
            is_collapsed,
        });
        let words = wanted.iter().zip(weights);
        let words = words.map(|(wanted, weight)| (wanted.text().to_owned(), weight.into()));
        Ok(Found {
            hits: hits.collect(),
            total: total as u64,
            facets,
            words: words.collect(),
        })
    }

    /// How many documents that a viewer may see match each of some matchers.
    pub(super) fn count(
        &self,
        contents: &[i64],
        viewer: &Arc<Viewer>,
        matchers: &[Matcher],
    ) -> Result<Vec<u64>> {
        let sight = self.visible.sight(viewer, contents);
        let mut counts = vec![0; matchers.len()];
        for segment in self.segments(contents) {
            let visible = self.visible.of(&sight, segment.reader, self.fields)?;
            for (matcher, count) in matchers.iter().zip(&mut counts) {
                *count += segment.matches(matcher, &visible)?.count_ones(..) as u64;
            }
        }
        Ok(counts)
    }

    /// Which matchers one item matches, whoever asks.
    pub(super) fn matches(
        &self,
        content: i64,
        item: &str,
        matchers: &[Matcher],
    ) -> Result<Vec<bool>> {
        let key = Matcher::Item(item.to_owned());
        let contents = [content];
        for segment in self.segments(&contents) {
            let mut there = segment.none();
            there.insert_range(..);
            remove_deleted(segment.reader, &mut there);
            let item = segment.matches(&key, &there)?;
            if !item.is_clear() {
                let matches = |matcher| Ok(!segment.matches(matcher, &item)?.is_clear());
                return matchers.iter().map(matches).collect();
            }
        }
        Ok(vec![false; matchers.len()])
    }

    fn segments<'a>(&'a self, contents: &'a [i64]) -> impl Iterator<Item = Segment<'a>> {
        let readers = self.searcher.segment_readers().iter();
        readers.map(move |reader| Segment {
            reader,
            fields: self.fields,
            tenant: self.tenant,
            contents,
            deadline: self.deadline,
            known: RefCell::default(),
        })
    }
}

impl Matched<'_> {
    fn content(&self, doc: u32) -> u64 {
        self.contents.first(doc).unwrap_or_default()
    }

    fn id(&self, ord: u64) -> Result<String> {
        let mut id = String::new();
        if let Some(ids) = &self.ids {
            ids.ord_to_str(ord, &mut id)?;
        }
        Ok(id)
    }

    /// Adds these documents to others, and keeps the first so many of all, with those that are level with the last of them.
    fn rank(
        &self,
        segment: usize,
        plan: &Plan,
        wanted: &[Wanted],
        weights: &[f32],
        kept: usize,
        ranked: &mut Vec<Ranked>,
    ) -> Result<()> {
        if kept == 0 {
            return Ok(());
        }
        let keys = plan.sort.iter().map(|key| {
            let columns = Columns::open(&self.segment, &key.targets)?;
            Ok((key.clone(), columns))
        });
        let keys: Vec<_> = keys.collect::<Result<_>>()?;
        let sources: HashMap<u64, usize> = plan
            .contents
            .iter()
            .enumerate()
            .map(|(no, content)| (unsigned(*content), no))
            .collect();
        let of_segment = |one: &Ranked, other: &Ranked| {
            one.order(&plan.sort, other)
                .then(one.id_ord.cmp(&other.id_ord))
        };
        let mut first: Vec<Ranked> = Vec::new();
        // Whatever is behind the last of the first is not looked at closer.
        let mut least = match ranked.len() {
            len if len < kept => f32::NEG_INFINITY,
            _ => ranked
                .iter()
                .map(|ranked| ranked.score)
                .fold(f32::INFINITY, f32::min),
        };
        let bytes = |ranked: &[Ranked]| ranked.iter().map(Ranked::bytes).sum();
        let mut held = Held::new(HELD_BYTES, Burden::Sort);
        held.add(bytes(ranked))?;
        let of_others = held.bytes;
        let mut add = |doc: u32, score: f32| {
            if score < least {
                return Ok(());
            }
            if !keys.is_empty() {
                self.segment.check_time()?;
            }
            let content = self.content(doc);
            let ids = self.ids.as_ref();
            first.push(Ranked {
                segment,
                doc,
                score,
                values: sort_values(&keys, content, doc)?,
                source: sources.get(&content).copied().unwrap_or_default(),
                id_ord: ids
                    .and_then(|ids| ids.term_ords(doc).next())
                    .unwrap_or_default(),
            });
            held.add(first.last().map_or(0, Ranked::bytes))?;
            if first.len() >= kept.saturating_mul(2).max(1_024) {
                let (_, last, _) = first.select_nth_unstable_by(kept - 1, of_segment);
                least = least.max(last.score);
                first.truncate(kept);
                held.bytes = of_others + bytes(&first);
            }
            Ok(())
        };
        if wanted.is_empty() {
            for doc in self.docs.ones() {
                add(document(doc), 0.0)?;
            }
        } else {
            scores(&self.segment, &self.docs, wanted, weights, add)?;
        }
        if first.len() > kept {
            first.select_nth_unstable_by(kept - 1, of_segment);
            first.truncate(kept);
        }
        ranked.append(&mut first);
        if ranked.len() > kept {
            let by = |one: &Ranked, other: &Ranked| one.order(&plan.sort, other);
            ranked.sort_unstable_by(by);
            let is_level = |other: &&Ranked| by(other, &ranked[kept - 1]).is_eq();
            let level = ranked[kept..].iter().take_while(is_level).count();
            ranked.truncate(kept + level);
        }
        Ok(())
    }
}

impl Ranked {
    /// Bytes of the values.
    fn bytes(&self) -> usize {
        let values = self.values.iter().flatten();
        values.map(Value::bytes).sum()
    }

    /// Without regard to identifiers.
    fn order(&self, sort: &[SortKey], other: &Self) -> Ordering {
        by_values(sort, &self.values, &other.values)
            .then(other.score.total_cmp(&self.score))
            .then(self.source.cmp(&other.source))
    }
}

/// In the order of hits, with their identifiers.
fn order(
    matched: &[Matched<'_>],
    plan: &Plan,
    ranked: Vec<Ranked>,
) -> Result<Vec<(Ranked, String)>> {
    let with_id = |hit: Ranked| {
        let of = &matched[hit.segment];
        of.segment.check_time()?;
        let id = of.id(hit.id_ord)?;
        Ok((hit, id))
    };
    let mut ordered: Vec<_> = ranked.into_iter().map(with_id).collect::<Result<_>>()?;
    ordered.sort_unstable_by(|(one, one_id), (other, other_id)| {
        one.order(&plan.sort, other)
            .then_with(|| one_id.cmp(other_id))
    });
    Ok(ordered)
}

/// Leaves out whatever comes behind so many of its like, and says how many are left, and which of them had others like it. What has no
/// value is like nothing.
fn collapse(
    matched: &[Matched<'_>],
    levels: &[Collapse],
    ordered: &mut Vec<(Ranked, String)>,
) -> Result<(usize, Vec<bool>)> {
    let mut columns: Vec<Vec<Vec<Columns>>> = Vec::new();
    for of in matched {
        let open = |level: &Collapse| {
            let fields = level.fields.iter();
            fields
                .map(|targets| Columns::open(&of.segment, targets))
                .collect()
        };
        columns.push(levels.iter().map(open).collect::<Result<_>>()?);
    }
    // For each level, how many of a key are kept, and the places of those that others are like.
    let mut seen: Vec<HashMap<Uuid, (usize, usize)>> = vec![HashMap::new(); levels.len()];
    let mut kept: Vec<(Ranked, String)> = Vec::new();
    let mut is_collapsed = Vec::new();
    for hit in ordered.drain(..) {
        let (ranked, _) = &hit;
        let of = &matched[ranked.segment];
        of.segment.check_time()?;
        let content = of.content(ranked.doc);
        // Of each level, a digest of the values of its fields and of those around it.
        let mut key = Some(Uuid::nil());
        let mut keys = Vec::new();
        for level in &columns[ranked.segment] {
            for field in level {
                let values = field.values(content, ranked.doc)?;
                let around = key.filter(|_| !values.is_empty());
                key = around.map(|around| Uuid::new_v5(&around, &set_of(&values)));
            }
            keys.push(key);
        }
        let mut first_like = None;
        for ((key, seen), level) in keys.iter().zip(&seen).zip(levels) {
            let of = key.as_ref().and_then(|key| seen.get(key));
            if let Some((_, first)) = of.filter(|(count, _)| *count >= level.limit) {
                first_like = Some(*first);
                break;
            }
        }
        if let Some(first) = first_like {
            is_collapsed[first] = true;
            continue;
        }
        for (key, seen) in keys.into_iter().zip(&mut seen) {
            if let Some(key) = key {
                seen.entry(key).or_insert((0, kept.len())).0 += 1;
            }
        }
        kept.push(hit);
        is_collapsed.push(false);
    }
    *ordered = kept;
    Ok((ordered.len(), is_collapsed))
}

/// Different sets of values have different bytes.
fn set_of(values: &[Value]) -> Vec<u8> {
    let mut values: Vec<String> = values.iter().map(text_of).collect();
    values.sort_unstable();
    values.dedup();
    let mut bytes = Vec::new();
    for value in values {
        bytes.extend_from_slice(&value.len().to_le_bytes());
        bytes.extend_from_slice(value.as_bytes());
    }
    bytes
}

/// What a search holds of values, beyond a place for each document.
struct Held {
    bytes: usize,
    limit: usize,
    /// What of a request it is held for.
    of: Burden,
}

impl Held {
    fn new(limit: usize, of: Burden) -> Self {
        let bytes = 0;
        Self { bytes, limit, of }
    }

    /// # Errors
    /// It is too much.
    fn add(&mut self, bytes: usize) -> Result<()> {
        self.bytes += bytes;
        if self.bytes <= self.limit {
            Ok(())
        } else {
            Err(Failure::TooMuch(self.of))
        }
    }
}

/// The values that a search counts at once, or sorts by, bytes.
const HELD_BYTES: usize = 64 * 1_024 * 1_024;
/// The keys of all buckets, bytes. No answer can have more.
const KEYS_BYTES: usize = 8 * 1_024 * 1_024;

/// How many documents have each value of a property, or a value in each interval.
fn count(matched: &[Matched<'_>], facet: &Facet) -> Result<Vec<(String, u64)>> {
    if facet.intervals.is_empty() {
        return count_values(matched, facet);
    }
    let mut counts: Vec<u64> = vec![0; facet.intervals.len()];
    for of in matched {
        let columns = Columns::open(&of.segment, &facet.targets)?;
        for doc in of.docs.ones() {
            of.segment.check_time()?;
            let doc = document(doc);
            let values = columns.values(of.content(doc), doc)?;
            for (interval, count) in facet.intervals.iter().zip(&mut counts) {
                if values.iter().any(|value| is_within(value, interval)) {
                    *count += 1;
                }
            }
        }
    }
    let counts = counts.into_iter().map(|count| (String::new(), count));
    Ok(counts.collect())
}

/// Counted by number within a segment: values are read once each.
fn count_values(matched: &[Matched<'_>], facet: &Facet) -> Result<Vec<(String, u64)>> {
    let mut held = Held::new(HELD_BYTES, Burden::Aggregations);
    let mut counts: HashMap<String, u64> = HashMap::new();
    let mut add = |text: &str, count| -> Result<()> {
        if let Some(known) = counts.get_mut(text) {
            *known += count;
            return Ok(());
        }
        held.add(text.len() + size_of::<(String, u64)>())?;
        counts.insert(text.to_owned(), count);
        Ok(())
    };
    for of in matched {
        for column in Columns::open(&of.segment, &facet.targets)?.iter() {
            match column {
                AnyColumn::Int64(column) => {
                    for (value, count) in counted(of, column)? {
                        add(&value.to_string(), count)?;
                    }
                }
                AnyColumn::Double(column) => {
                    for (value, count) in counted(of, column)? {
                        add(&text_of(&Value::Double(value)), count)?;
                    }
                }
                AnyColumn::Text(column) => {
                    let mut text = String::new();
                    for (ord, count) in counted(of, column.ords())? {
                        of.segment.check_time()?;
                        text.clear();
                        column.ord_to_str(ord, &mut text)?;
                        add(&text, count)?;
                    }
                }
            }
        }
    }
    Ok(facet.wanted(counts.into_iter().collect()))
}

/// Values of documents, sorted before they are counted, that are held at once.
const COUNTED: usize = 65_536;

/// How many documents have each value, however often.
fn counted<T>(of: &Matched<'_>, column: &Column<T>) -> Result<Vec<(T, u64)>>
where
    T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static,
{
    let order = |one: &T, other: &T| one.partial_cmp(other).unwrap_or(Ordering::Equal);
    let mut counts: Vec<(T, u64)> = Vec::new();
    let mut count = |values: &mut Vec<T>| {
        values.sort_unstable_by(order);
        let like = values.chunk_by(|one, other| order(one, other).is_eq());
        counts.extend(like.map(|like| (like[0], like.len() as u64)));
        values.clear();
        // Runs that are in order already: the sort merges them.
        counts.sort_by(|(one, _), (other, _)| order(one, other));
        counts.dedup_by(|(other, more), (one, count)| {
            let is_same = order(one, other).is_eq();
            *count += if is_same { *more } else { 0 };
            is_same
        });
    };
    let mut values = Vec::new();
    for doc in of.docs.ones() {
        let of_doc = column.values_for_doc(document(doc));
        let from = values.len();
        values.extend(of_doc);
        if values.len() > from + 1 {
            // Each value of a document counts once.
            values[from..].sort_unstable_by(order);
            let mut end = from + 1;
            for at in from + 1..values.len() {
                if order(&values[at], &values[end - 1]).is_ne() {
                    values[end] = values[at];
                    end += 1;
                }
            }
            values.truncate(end);
        }
        if values.len() >= COUNTED {
            of.segment.check_time()?;
            count(&mut values);
        }
    }
    count(&mut values);
    Ok(counts)
}

fn is_within(value: &Value, interval: &Interval) -> bool {
    fn within<T: PartialOrd>(value: &T, from: Option<&T>, to: Option<&T>) -> bool {
        from.is_none_or(|from| value >= from) && to.is_none_or(|to| value < to)
    }
    match (value, interval) {
        (Value::Int64(value), Interval::Int64(from, to) | Interval::DateTime(from, to)) => {
            within(value, from.as_ref(), to.as_ref())
        }
        (Value::Double(value), Interval::Double(from, to)) => {
            within(value, from.as_ref(), to.as_ref())
        }
        (Value::Text(value), Interval::Text(from, to)) => {
            within(&value.1, from.as_ref(), to.as_ref())
        }
        _ => false,
    }
}

/// The text of a value, as the key of a bucket.
fn text_of(value: &Value) -> String {
    match value {
        Value::Int64(number) => number.to_string(),
        Value::Double(number) => serde_json::Value::from(*number).to_string(),
        Value::Text(text) => text.1.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_held_up_to_a_limit() {
        let mut held = Held::new(10, Burden::Sort);
        assert!(held.add(4).is_ok());
        assert!(held.add(6).is_ok());
        assert!(matches!(held.add(1), Err(Failure::TooMuch(Burden::Sort))));
    }

    #[test]
    fn different_sets_have_different_bytes() {
        let set = |texts: &[&str]| {
            let text = |text: &&str| Value::Text(Arc::new((String::new(), (*text).to_owned())));
            set_of(&texts.iter().map(text).collect::<Vec<_>>())
        };
        assert_eq!(set(&["b", "a", "b"]), set(&["a", "b"]));
        assert_ne!(set(&["ab"]), set(&["a", "b"]));
        assert_ne!(set(&["a"]), set(&[]));
    }
}
