//! By what hits are ordered: relevance, or values of properties.
//!
//! Relevance is BM25 over what the viewer may see: how many documents there are, and how many have a word, count only his. Lengths are
//! compared with a constant instead of the average. So what he cannot see changes no score.

use std::{cmp::Ordering, ops::Range, rc::Rc, sync::Arc};

use fixedbitset::FixedBitSet;
use tantivy::{
    columnar::{Column, StrColumn},
    fieldnorm::FieldNormReader,
    postings::BlockSegmentPostings,
    schema::IndexRecordOption,
};

use crate::domain::search::{Matcher, SortKey, Target};

use super::{
    Result,
    fields::{self, document},
    matching::{Segment, words},
    text,
};

/// The usual constants of BM25.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// The length that others are compared with, in words.
const LENGTH: f32 = 100.0;

/// What a document is ranked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    Word(String),
    /// The beginning of words.
    Prefix(String),
}

impl Wanted {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Word(text) | Self::Prefix(text) => text,
        }
    }
}

/// The words of a query that are not excluded, in its order.
pub(super) fn wanted(matcher: &Matcher) -> Vec<Wanted> {
    let mut all = Vec::new();
    push_wanted(matcher, &mut all);
    all
}

fn push_wanted(matcher: &Matcher, all: &mut Vec<Wanted>) {
    match matcher {
        Matcher::Text { text, is_prefix } => {
            let mut words = words(text);
            let last = if *is_prefix { words.pop() } else { None };
            all.extend(words.into_iter().map(Wanted::Word));
            all.extend(last.map(Wanted::Prefix));
        }
        Matcher::And(matchers) | Matcher::Or(matchers) => {
            for matcher in matchers {
                push_wanted(matcher, all);
            }
        }
        Matcher::All
        | Matcher::Item(_)
        | Matcher::In(_)
        | Matcher::Property(_)
        | Matcher::Not(_) => {}
    }
}

/// How many documents the viewer may see have each word.
pub(super) fn frequencies(
    segment: &Segment<'_>,
    visible: &FixedBitSet,
    wanted: &[Wanted],
) -> Result<Vec<u64>> {
    let count = |wanted: &Wanted| {
        segment.check_time()?;
        Ok(docs_of(segment, wanted)?.intersection_count(visible) as u64)
    };
    wanted.iter().map(count).collect()
}

fn docs_of(segment: &Segment<'_>, wanted: &Wanted) -> Result<Rc<FixedBitSet>> {
    segment.body(wanted.text(), matches!(wanted, Wanted::Prefix(_)))
}

/// The weight of a word that `with` of `all` documents have.
pub(super) fn weight(all: u64, with: u64) -> f32 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "it is rounded the same each time"
    )]
    let (all, with) = (all as f32, with as f32);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln() * (K1 + 1.0)
}

/// Documents that are scored at once: their scores stay close to the processor.
const WINDOW: usize = 4_096;

/// Calls `found` with each document that matches, in their order, and its score.
pub(super) fn scores(
    segment: &Segment<'_>,
    matched: &FixedBitSet,
    wanted: &[Wanted],
    weights: &[f32],
    mut found: impl FnMut(u32, f32) -> Result<()>,
) -> Result<()> {
    let norms = Norms::open(segment)?;
    let occurrences = wanted
        .iter()
        .map(|wanted| Occurrences::open(segment, wanted));
    let mut occurrences: Vec<_> = occurrences.collect::<Result<_>>()?;
    let mut scores = [0.0_f32; WINDOW];
    let mut docs = matched.ones().peekable();
    while let Some(next) = docs.peek() {
        segment.check_time()?;
        let from = next - next % WINDOW;
        let window = from..matched.len().min(from + WINDOW);
        scores.fill(0.0);
        for (occurrences, weight) in occurrences.iter_mut().zip(weights) {
            occurrences.within(&window, |doc, times| {
                if matched.contains(doc) {
                    scores[doc - from] += weight * times / (times + norms.of(doc));
                }
            });
        }
        while let Some(doc) = docs.next_if(|doc| *doc < window.end) {
            found(document(doc), scores[doc - from])?;
        }
    }
    Ok(())
}

/// What the lengths of documents make of their words.
struct Norms {
    lengths: FieldNormReader,
    /// By the byte that stands for a length.
    norms: Vec<f32>,
}

impl Norms {
    fn open(segment: &Segment<'_>) -> Result<Self> {
        let norm = |id| {
            #[expect(
                clippy::cast_precision_loss,
                reason = "it is rounded the same each time"
            )]
            let length = FieldNormReader::id_to_fieldnorm(id) as f32;
            K1 * (1.0 - B + B * length / LENGTH)
        };
        Ok(Self {
            lengths: segment.reader.get_fieldnorms_reader(segment.fields.body)?,
            norms: (0..=u8::MAX).map(norm).collect(),
        })
    }

    fn of(&self, doc: usize) -> f32 {
        self.norms[usize::from(self.lengths.fieldnorm_id(document(doc)))]
    }
}

/// Where a word occurs in a segment, read from the first document to the last.
enum Occurrences {
    Nowhere,
    Word(Box<BlockSegmentPostings>),
    /// Words that begin alike count as one that occurs once.
    Prefix(Rc<FixedBitSet>),
}

impl Occurrences {
    fn open(segment: &Segment<'_>, wanted: &Wanted) -> Result<Self> {
        let Wanted::Word(word) = wanted else {
            return Ok(Self::Prefix(docs_of(segment, wanted)?));
        };
        let index = segment.reader.inverted_index(segment.fields.body)?;
        let term = segment.fields.body_of(segment.tenant, word);
        let postings = index.read_block_postings(&term, IndexRecordOption::WithFreqs)?;
        Ok(postings.map_or(Self::Nowhere, |postings| Self::Word(Box::new(postings))))
    }

    /// Calls `each` with the documents of a window that have it, and how often. Windows come in their order.
    fn within(&mut self, window: &Range<usize>, mut each: impl FnMut(usize, f32)) {
        match self {
            Self::Nowhere => {}
            Self::Word(postings) => {
                if postings.block_len() == 0 {
                    return;
                }
                let mut at = postings.seek(document(window.start));
                while postings.block_len() > 0 {
                    let times = postings.freqs().iter();
                    for (doc, times) in postings.docs().iter().zip(times).skip(at) {
                        let doc = *doc as usize;
                        if doc >= window.end {
                            return;
                        }
                        #[expect(
                            clippy::cast_precision_loss,
                            reason = "it is rounded the same each time"
                        )]
                        each(doc, *times as f32);
                    }
                    postings.advance();
                    at = 0;
                }
            }
            Self::Prefix(docs) => {
                for doc in window.clone().filter(|doc| docs.contains(*doc)) {
                    each(doc, 1.0);
                }
            }
        }
    }
}

/// A value that hits are sorted by. Values of different types, in connections whose properties of one name differ, are kept apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Int64(i64),
    Double(f64),
    /// Folded, and as it is.
    Text(Arc<(String, String)>),
}

impl Value {
    fn class(&self) -> u8 {
        match self {
            Self::Int64(_) => 0,
            Self::Double(_) => 1,
            Self::Text(_) => 2,
        }
    }

    /// Of its texts.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.0.len() + text.1.len(),
            Self::Int64(_) | Self::Double(_) => 0,
        }
    }

    pub(super) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Int64(one), Self::Int64(other)) => one.cmp(other),
            (Self::Double(one), Self::Double(other)) => one.total_cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (one, other) => one.class().cmp(&other.class()),
        }
    }
}

/// The columns of a property in the contents that have it.
pub(super) struct Columns(Vec<(u64, AnyColumn)>);

pub(super) enum AnyColumn {
    Int64(Column<i64>),
    Double(Column<f64>),
    Text(StrColumn),
}

impl Columns {
    pub(super) fn open(segment: &Segment<'_>, targets: &[Target]) -> Result<Self> {
        let fast = segment.reader.fast_fields();
        let mut columns = Vec::new();
        for Target { content, property } in targets {
            let path = fields::column(*content, property);
            let column = if let Some(column) = fast.column_opt::<i64>(&path)? {
                AnyColumn::Int64(column)
            } else if let Some(column) = fast.column_opt::<f64>(&path)? {
                AnyColumn::Double(column)
            } else if let Some(column) = fast.str(&path)? {
                AnyColumn::Text(column)
            } else {
                continue;
            };
            columns.push((fields::unsigned(*content), column));
        }
        Ok(Self(columns))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &AnyColumn> {
        self.0.iter().map(|(_, column)| column)
    }

    /// The values of a document, which is in a content.
    pub(super) fn values(&self, content: u64, doc: u32) -> Result<Vec<Value>> {
        let mut columns = self.0.iter();
        let Some((_, column)) = columns.find(|(of, _)| *of == content) else {
            return Ok(Vec::new());
        };
        Ok(match column {
            AnyColumn::Int64(column) => column.values_for_doc(doc).map(Value::Int64).collect(),
            AnyColumn::Double(column) => column.values_for_doc(doc).map(Value::Double).collect(),
            AnyColumn::Text(column) => {
                let mut values = Vec::new();
                for ord in column.term_ords(doc) {
                    let mut text = String::new();
                    column.ord_to_str(ord, &mut text)?;
                    values.push(Value::Text(Arc::new((text::fold(&text), text))));
                }
                values
            }
        })
    }
}

/// The values of a document by which it is sorted: of several values of a property the least, or the greatest if the order goes down.
pub(super) fn sort_values(
    keys: &[(SortKey, Columns)],
    content: u64,
    doc: u32,
) -> Result<Vec<Option<Value>>> {
    let value = |(key, columns): &(SortKey, Columns)| {
        let values = columns.values(content, doc)?.into_iter();
        Ok(if key.is_descending {
            values.max_by(Value::order)
        } else {
            values.min_by(Value::order)
        })
    };
    keys.iter().map(value).collect()
}

/// The order of two documents by their values; those without a value come last.
pub(super) fn by_values(
    keys: &[SortKey],
    one: &[Option<Value>],
    other: &[Option<Value>],
) -> Ordering {
    let orders = keys.iter().zip(one.iter().zip(other));
    let orders = orders.map(|(key, values)| match values {
        (Some(one), Some(other)) if key.is_descending => other.order(one),
        (Some(one), Some(other)) => one.order(other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    });
    orders.fold(Ordering::Equal, Ordering::then)
}
