//! Which documents of a segment match.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    ops::Bound,
    rc::Rc,
    time::Instant,
};

use fixedbitset::FixedBitSet;
use tantivy::{
    DocSet, SegmentReader, Term,
    columnar::Column,
    postings::{BlockSegmentPostings, Postings, SegmentPostings},
    schema::{Field, IndexRecordOption},
};

use crate::domain::search::{Matcher, Target, Test};

use super::{
    Failure, Result,
    fields::{
        Fields, column, document, presence, property_prefix, tenant_prefix, whole, whole_prefix,
    },
    terms::{self, Terms},
    text,
    visible::{insert, insert_postings},
};

/// A segment, and whose words are asked for.
pub(super) struct Segment<'a> {
    pub(super) reader: &'a SegmentReader,
    pub(super) fields: &'a Fields,
    pub(super) tenant: i64,
    /// The contents that are searched.
    pub(super) contents: &'a [i64],
    /// When the search must have ended.
    pub(super) deadline: Instant,
    /// Documents that have words, or beginnings of words: of the first that were asked for.
    pub(super) known: RefCell<HashMap<(String, bool), Rc<FixedBitSet>>>,
}

/// Words whose documents are known at once: each set takes memory.
const KNOWN: usize = 16;

impl Segment<'_> {
    /// # Errors
    /// The search takes too long.
    pub(super) fn check_time(&self) -> Result<()> {
        if Instant::now() < self.deadline {
            Ok(())
        } else {
            Err(Failure::TooLong)
        }
    }

    pub(super) fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.reader.max_doc() as usize)
    }

    /// The documents among `within` that match. What says nothing, such as a word without letters, is passed over.
    pub(super) fn matches(&self, matcher: &Matcher, within: &FixedBitSet) -> Result<FixedBitSet> {
        let matches = self.evaluate(matcher, within)?;
        Ok(matches.unwrap_or_else(|| self.none()))
    }

    /// `None` if the matcher says nothing.
    fn evaluate(&self, matcher: &Matcher, within: &FixedBitSet) -> Result<Option<FixedBitSet>> {
        self.check_time()?;
        let mut found = match matcher {
            Matcher::All => return Ok(Some(within.clone())),
            Matcher::Text { text, is_prefix } => {
                let words = words(text);
                match words.as_slice() {
                    [] => return Ok(None),
                    [word] => (*self.body(word, *is_prefix)?).clone(),
                    words => {
                        let prefix = tenant_prefix(self.tenant);
                        self.words(self.fields.body, &prefix, words, *is_prefix, within)?
                    }
                }
            }
            Matcher::Item(id) => {
                let mut found = self.none();
                for content in self.contents {
                    insert(self.reader, &self.fields.key_of(*content, id), &mut found)?;
                }
                found
            }
            Matcher::In(contents) => {
                let mut found = self.none();
                for content in contents {
                    insert(self.reader, &self.fields.content_of(*content), &mut found)?;
                }
                found
            }
            Matcher::Property(tests) => {
                let mut found = self.none();
                for (target, test) in tests {
                    found.union_with(&self.test(target, test, within)?);
                }
                found
            }
            Matcher::And(all) => {
                let mut found: Option<FixedBitSet> = None;
                for matcher in all {
                    let within = found.as_ref().unwrap_or(within);
                    if let Some(more) = self.evaluate(matcher, within)? {
                        found = Some(more);
                    }
                }
                return Ok(found);
            }
            Matcher::Or(any) => {
                let mut found: Option<FixedBitSet> = None;
                for matcher in any {
                    match (&mut found, self.evaluate(matcher, within)?) {
                        (_, None) => {}
                        (Some(found), Some(more)) => found.union_with(&more),
                        (found, more) => *found = more,
                    }
                }
                return Ok(found);
            }
            Matcher::Not(matcher) => {
                let Some(matched) = self.evaluate(matcher, within)? else {
                    return Ok(None);
                };
                let mut others = within.clone();
                others.difference_with(&matched);
                return Ok(Some(others));
            }
        };
        found.intersect_with(within);
        Ok(Some(found))
    }

    fn test(&self, target: &Target, test: &Test, within: &FixedBitSet) -> Result<FixedBitSet> {
        self.check_time()?;
        let Target { content, property } = target;
        let prefix = || property_prefix(*content, property);
        let field = self.fields.property;
        let mut found = self.none();
        match test {
            Test::Any => {
                let term = presence(*content, property);
                let term = Term::from_field_text(self.fields.whole, &term);
                insert(self.reader, &term, &mut found)?;
            }
            Test::Words { text, is_prefix } => {
                let words = words(text);
                if !words.is_empty() {
                    found = self.words(field, &prefix(), &words, *is_prefix, within)?;
                }
            }
            Test::Is(text) => {
                let term = whole(*content, property, &text::fold(text));
                let term = Term::from_field_text(self.fields.whole, &term);
                insert(self.reader, &term, &mut found)?;
            }
            Test::Begins(text) => {
                let prefix = whole_prefix(*content, property, &text::fold(text));
                self.insert_prefix(self.fields.whole, &prefix, &mut found)?;
            }
            Test::Boolean(value) => {
                let term = whole(*content, property, &value.to_string());
                let term = Term::from_field_text(self.fields.whole, &term);
                insert(self.reader, &term, &mut found)?;
            }
            Test::Int64(from, to) | Test::DateTime(from, to) => {
                let range = (inclusive(*from, 1), inclusive(*to, -1));
                if let (Some(from), Some(to)) = range {
                    let column = self.column::<i64>(target)?;
                    insert_range(
                        column,
                        from.unwrap_or(i64::MIN),
                        to.unwrap_or(i64::MAX),
                        &mut found,
                    );
                }
            }
            Test::Double(from, to) => {
                let from = match from {
                    Bound::Unbounded => f64::NEG_INFINITY,
                    Bound::Included(from) => *from + 0.0,
                    Bound::Excluded(from) => (*from + 0.0).next_up(),
                };
                let to = match to {
                    Bound::Unbounded => f64::INFINITY,
                    Bound::Included(to) => *to + 0.0,
                    Bound::Excluded(to) => (*to + 0.0).next_down(),
                };
                insert_range(self.column::<f64>(target)?, from, to, &mut found);
            }
            Test::Key(text) => {
                if let Some(column) = self.reader.fast_fields().str(&column(*content, property))?
                    && let Some(ord) = column.dictionary().term_ord(text)?
                {
                    insert_range(Some(column.ords().clone()), ord, ord, &mut found);
                }
            }
            Test::Between(from, to) => {
                if let Some(column) = self.reader.fast_fields().str(&column(*content, property))? {
                    let from = from.as_ref().map_or(Bound::Unbounded, Bound::Included);
                    let to = to.as_ref().map_or(Bound::Unbounded, Bound::Excluded);
                    let (from, to) = column.dictionary().term_bounds_to_ord(from, to)?;
                    let least = match from {
                        Bound::Unbounded => Some(0),
                        Bound::Included(least) => Some(least),
                        Bound::Excluded(before) => before.checked_add(1),
                    };
                    let last = match to {
                        Bound::Unbounded => Some(u64::MAX),
                        Bound::Included(last) => Some(last),
                        Bound::Excluded(end) => end.checked_sub(1),
                    };
                    if let (Some(least), Some(last)) = (least, last) {
                        insert_range(Some(column.ords().clone()), least, last, &mut found);
                    }
                }
            }
        }
        Ok(found)
    }

    fn column<T>(&self, target: &Target) -> Result<Option<Column<T>>>
    where
        T: tantivy::columnar::HasAssociatedColumnType,
        tantivy::columnar::DynamicColumn: Into<Option<Column<T>>>,
    {
        let path = column(target.content, &target.property);
        Ok(self.reader.fast_fields().column_opt(&path)?)
    }

    /// Documents with a word, or the beginning of one, in what is searched.
    pub(super) fn body(&self, word: &str, is_prefix: bool) -> Result<Rc<FixedBitSet>> {
        let key = (word.to_owned(), is_prefix);
        if let Some(known) = self.known.borrow().get(&key) {
            return Ok(Rc::clone(known));
        }
        let prefix = tenant_prefix(self.tenant);
        let found = Rc::new(self.word(self.fields.body, &prefix, word, is_prefix)?);
        let mut known = self.known.borrow_mut();
        if known.len() < KNOWN {
            known.insert(key, Rc::clone(&found));
        }
        Ok(found)
    }

    /// Documents with a word, or the beginning of one, in a field.
    fn word(&self, field: Field, prefix: &str, word: &str, is_prefix: bool) -> Result<FixedBitSet> {
        self.check_time()?;
        let mut found = self.none();
        let term = format!("{prefix}{word}");
        if is_prefix {
            self.insert_prefix(field, &term, &mut found)?;
        } else {
            insert(
                self.reader,
                &Term::from_field_text(field, &term),
                &mut found,
            )?;
        }
        Ok(found)
    }

    /// Documents with words one after another in a field: of several words, those among `within`.
    fn words(
        &self,
        field: Field,
        prefix: &str,
        words: &[String],
        is_prefix: bool,
        within: &FixedBitSet,
    ) -> Result<FixedBitSet> {
        if let [word] = words {
            return self.word(field, prefix, word, is_prefix);
        }
        let mut found = self.none();
        if is_prefix {
            self.insert_phrase_prefix(field, prefix, words, within, &mut found)?;
        } else {
            let term = |word| Term::from_field_text(field, &format!("{prefix}{word}"));
            let terms: Vec<Term> = words.iter().map(term).collect();
            self.insert_phrase(&terms, within, &mut found)?;
        }
        Ok(found)
    }

    /// Documents among `within` that have all terms, one after another. Of others, no positions are read: so whoever sees few documents
    /// does not wait for those of others.
    fn insert_phrase(
        &self,
        terms: &[Term],
        within: &FixedBitSet,
        into: &mut FixedBitSet,
    ) -> Result<()> {
        let mut with_all = within.clone();
        let mut postings: Vec<SegmentPostings> = Vec::new();
        // The place of each term among those that differ.
        let mut places: HashMap<&Term, usize> = HashMap::new();
        for term in terms {
            if places.contains_key(term) {
                continue;
            }
            self.check_time()?;
            let mut with = self.none();
            insert(self.reader, term, &mut with)?;
            with_all.intersect_with(&with);
            let index = self.reader.inverted_index(term.field())?;
            let found = index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?;
            let (false, Some(found)) = (with_all.is_clear(), found) else {
                return Ok(());
            };
            places.insert(term, postings.len());
            postings.push(found);
        }
        let phrase: Vec<usize> = terms.iter().map(|term| places[term]).collect();
        let mut positions = vec![Vec::new(); postings.len()];
        for doc in with_all.ones() {
            self.check_time()?;
            for (postings, positions) in postings.iter_mut().zip(&mut positions) {
                postings.seek(document(doc));
                postings.positions(positions);
            }
            if is_phrase(&phrase, &positions) {
                into.insert(doc);
            }
        }
        Ok(())
    }

    /// Documents with a term that begins with a text.
    fn insert_prefix(&self, field: Field, prefix: &str, into: &mut FixedBitSet) -> Result<()> {
        self.for_terms(field, prefix, |_, postings| {
            insert_postings(postings, into);
            Ok(())
        })
    }

    /// Documents with words one after another, of which the last is the beginning of one. Term by term, since a
    /// [`PhrasePrefixQuery`](tantivy::query::PhrasePrefixQuery) takes memory for as many as it may find before it looks.
    fn insert_phrase_prefix(
        &self,
        field: Field,
        prefix: &str,
        words: &[String],
        within: &FixedBitSet,
        into: &mut FixedBitSet,
    ) -> Result<()> {
        let Some((last, before)) = words.split_last() else {
            return Ok(());
        };
        let mut with_others = self.words(field, prefix, before, false, within)?;
        with_others.intersect_with(within);
        if with_others.is_clear() {
            return Ok(());
        }
        let others = before.iter();
        let others = others.map(|word| Term::from_field_text(field, &format!("{prefix}{word}")));
        let mut phrase: Vec<Term> = others.collect();
        self.for_terms(field, &format!("{prefix}{last}"), |key, mut postings| {
            let mut is_with_others = false;
            while postings.block_len() > 0 && !is_with_others {
                let mut docs = postings.docs().iter();
                is_with_others = docs.any(|doc| with_others.contains(*doc as usize));
                postings.advance();
            }
            if is_with_others {
                phrase.push(Term::from_field_text(field, &String::from_utf8_lossy(key)));
                self.insert_phrase(&phrase, &with_others, into)?;
                phrase.pop();
            }
            Ok(())
        })
    }

    /// The terms that begin with a text.
    fn for_terms(
        &self,
        field: Field,
        prefix: &str,
        mut with: impl FnMut(&[u8], BlockSegmentPostings) -> Result<()>,
    ) -> Result<()> {
        let index = self.reader.inverted_index(field)?;
        let mut terms = index.terms().range().ge(prefix).into_stream()?;
        let mut count = 0_u32;
        while terms.advance() && terms.key().starts_with(prefix.as_bytes()) {
            count += 1;
            if count.is_multiple_of(1_000) {
                self.check_time()?;
            }
            let info = terms.value();
            let postings =
                index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            with(terms.key(), postings)?;
        }
        Ok(())
    }
}

/// Whether terms stand one after another, given the positions of each.
fn is_phrase(phrase: &[usize], positions: &[Vec<u32>]) -> bool {
    let Some((first, others)) = phrase.split_first() else {
        return false;
    };
    let mut ends = positions[*first].clone();
    for term in others {
        let mut next = positions[*term].iter().peekable();
        // Both are in order.
        ends.retain_mut(|end| {
            *end += 1;
            while next.next_if(|position| **position < *end).is_some() {}
            next.peek() == Some(&&*end)
        });
        if ends.is_empty() {
            return false;
        }
    }
    true
}

/// How many words are asked for.
pub(super) fn count_words(matcher: &Matcher) -> usize {
    match matcher {
        Matcher::Text { text, .. } => text::tokens(text).count(),
        Matcher::Property(tests) => {
            // Each content asks for the same.
            let mut words: HashMap<i64, usize> = HashMap::new();
            for (target, test) in tests {
                *words.entry(target.content).or_default() += match test {
                    Test::Words { text, .. } => text::tokens(text).count(),
                    _ => 1,
                };
            }
            words.into_values().max().unwrap_or_default()
        }
        Matcher::And(matchers) | Matcher::Or(matchers) => matchers.iter().map(count_words).sum(),
        Matcher::Not(matcher) => count_words(matcher),
        Matcher::All | Matcher::Item(_) | Matcher::In(_) => 1,
    }
}

/// Which matchers ask for words or phrases that occur in one of some texts.
pub(super) fn occurring(
    matchers: &[Matcher],
    texts: &[String],
    deadline: Instant,
) -> Result<Vec<bool>> {
    let runs: Vec<Vec<String>> = texts.iter().map(|text| words(text)).collect();
    let there: HashSet<&str> = runs.iter().flatten().map(String::as_str).collect();
    let occurs = |matcher: &Matcher| {
        if Instant::now() >= deadline {
            return Err(Failure::TooLong);
        }
        let Matcher::Text { text, is_prefix } = matcher else {
            return Ok(false);
        };
        let wanted = words(text);
        Ok(match (wanted.as_slice(), is_prefix) {
            ([], _) => false,
            ([word], false) => there.contains(word.as_str()),
            (wanted, _) => runs.iter().any(|run| has_phrase(run, wanted, *is_prefix)),
        })
    };
    matchers.iter().map(occurs).collect()
}

/// Whether words stand one after another; the last may be the beginning of one.
fn has_phrase(run: &[String], wanted: &[String], is_prefix: bool) -> bool {
    let Some((last, before)) = wanted.split_last() else {
        return false;
    };
    let mut windows = run.windows(wanted.len());
    windows.any(|window| {
        let (end, start) = (&window[before.len()], &window[..before.len()]);
        start == before && (end == last || (is_prefix && end.starts_with(last)))
    })
}

/// The words of a text of a query.
pub(super) fn words(text: &str) -> Vec<String> {
    text::tokens(text).map(|token| token.text).collect()
}

/// The last value that an end includes, `step` away from one that it does not: `Some(None)` if there is no end, `None` if nothing can
/// be within.
fn inclusive(end: Bound<i64>, step: i64) -> Option<Option<i64>> {
    match end {
        Bound::Unbounded => Some(None),
        Bound::Included(end) => Some(Some(end)),
        Bound::Excluded(end) => end.checked_add(step).map(Some),
    }
}

fn insert_range<T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static>(
    column: Option<Column<T>>,
    from: T,
    to: T,
    into: &mut FixedBitSet,
) {
    // Of a range below all values, tantivy takes the least value to be within it.
    let may_have =
        |column: &Column<T>| from <= to && from <= column.max_value() && to >= column.min_value();
    let Some(column) = column.filter(may_have) else {
        return;
    };
    let mut docs = Vec::new();
    column.get_docids_for_value_range(from..=to, 0..column.num_docs(), &mut docs);
    for doc in docs {
        into.insert(doc as usize);
    }
}

/// What is marked in the content of a hit: the words that are not excluded.
pub(super) fn terms(matcher: &Matcher) -> Terms {
    fn push(matcher: &Matcher, wanted: &mut terms::Wanted) {
        match matcher {
            Matcher::Text { text, is_prefix } => {
                let words = words(text);
                if *is_prefix {
                    wanted.prefixes.push(words);
                } else {
                    wanted.words.push(words);
                }
            }
            Matcher::And(matchers) | Matcher::Or(matchers) => {
                for matcher in matchers {
                    push(matcher, wanted);
                }
            }
            Matcher::All
            | Matcher::Item(_)
            | Matcher::In(_)
            | Matcher::Property(_)
            | Matcher::Not(_) => {}
        }
    }
    let mut wanted = terms::Wanted::default();
    push(matcher, &mut wanted);
    Terms::new(&wanted)
}
