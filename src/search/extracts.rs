//! Extracts of an item's content for retrieval: the sentences that answer a question, best first.
//!
//! An extract is a slice of the content: whole sentences, at most [`MAX_CHARACTERS`]. First the run of sentences is
//! chosen in which the query's words have the greatest weight, each word counted once; then sentences after and before it
//! fill the space, because an answer often stands beside the sentence that has the question's words. Knows nothing of
//! ranking between items. The time is linear in the content, for each extract.
//!
//! Sentences end at `.`, `!`, `?`, `…` before white space, at their counterparts of other scripts, and at line feeds.
//! Abbreviations are told by a short list and by what follows; a wrong guess only moves the edge of an extract.

use std::collections::HashMap;
use std::ops::Range;

use super::text::{Token, continues, tokens};

/// Length of an extract, characters. A longer sentence counts as several, cut between words.
pub(crate) const MAX_CHARACTERS: usize = 600;

/// A part of a content.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Extract<'c> {
    /// Whole sentences, without white space at either end.
    pub(crate) text: &'c str,
    /// The sum of the weights of the query's words in it, each word once; 0 if there are none.
    pub(crate) weight: f64,
}

/// Up to `count` extracts of `content`, heaviest first; of equal ones, the first in the content. They do not overlap.
///
/// `words` are folded tokens with their weights; any of them may match. Weights that are not positive and finite count
/// as 0, and of a word that comes twice the first counts. If no word is in the content, the only extract is its
/// beginning. Without text there is none.
pub(crate) fn extracts<'c>(
    content: &'c str,
    words: &[(String, f64)],
    count: usize,
) -> Vec<Extract<'c>> {
    let sentences = Sentences::new(content, words);
    let mut taken = vec![false; sentences.places.len()];
    let mut runs: Vec<(Range<usize>, f64)> = Vec::new();
    while runs.len() < count {
        let Some(best) = sentences.heaviest(&taken) else {
            break;
        };
        let run = sentences.fill(best, &taken);
        taken[run.clone()].fill(true);
        let weight = sentences.weight(&run);
        runs.push((run, weight));
    }
    if runs.is_empty() && count > 0 && !sentences.places.is_empty() {
        runs.push((sentences.fill(0..1, &taken), 0.0));
    }
    let mut runs = sentences.merge(runs);
    runs.sort_by(|(left, left_weight), (right, right_weight)| {
        right_weight
            .total_cmp(left_weight)
            .then(left.start.cmp(&right.start))
    });
    runs.into_iter()
        .map(|(run, weight)| Extract {
            text: sentences.text(&run),
            weight,
        })
        .collect()
}

/// The sentences of a content with the words of a query that each has.
struct Sentences<'c> {
    content: &'c str,
    places: Vec<Sentence>,
    /// The words of all sentences, one after the other; the numbers of a sentence are sorted and distinct.
    words: Vec<usize>,
    /// Weights by the number of the word.
    weights: Vec<f64>,
}

struct Sentence {
    /// Without white space at either end; never empty.
    bytes: Range<usize>,
    /// Characters.
    length: usize,
    /// Its part of [`Sentences::words`].
    words: Range<usize>,
}

impl<'c> Sentences<'c> {
    fn new(content: &'c str, words: &[(String, f64)]) -> Self {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut weights = Vec::new();
        for (word, weight) in words {
            numbers.entry(word.as_str()).or_insert_with(|| {
                weights.push(if weight.is_finite() {
                    weight.max(0.0)
                } else {
                    0.0
                });
                weights.len() - 1
            });
        }
        numbers.retain(|_, number| weights[*number] > 0.0);
        let mut sentences = Self {
            content,
            places: split(content),
            words: Vec::new(),
            weights,
        };
        if !numbers.is_empty() {
            sentences.find_words(&numbers);
        }
        sentences
    }

    fn find_words(&mut self, numbers: &HashMap<&str, usize>) {
        let mut tokens = tokens(self.content);
        let mut token = Token::default();
        let mut more = tokens.advance(&mut token);
        let mut found = Vec::new();
        for sentence in &mut self.places {
            // A token that reaches over the end of a sentence belongs to the one in which it begins.
            while more && token.start < sentence.bytes.end {
                found.extend(numbers.get(token.text.as_str()));
                more = tokens.advance(&mut token);
            }
            found.sort_unstable();
            found.dedup();
            let first = self.words.len();
            self.words.append(&mut found);
            sentence.words = first..self.words.len();
        }
    }

    /// The shortest run of the greatest weight among the sentences not taken; `None` if they have none of the words.
    fn heaviest(&self, taken: &[bool]) -> Option<Range<usize>> {
        // A longer run must be heavier by more than what rounding makes.
        let margin = self.weights.iter().sum::<f64>() * 1e-9;
        let mut best: Option<(Range<usize>, f64)> = None;
        let mut window = Window::new(self);
        for (index, sentence) in self.places.iter().enumerate() {
            if taken[index] {
                window.clear(index + 1);
                continue;
            }
            if sentence.words.is_empty() {
                continue;
            }
            window.extend_to(index);
            let better = best.as_ref().is_none_or(|(run, weight)| {
                let difference = window.weight - weight;
                difference > margin || difference > -margin && window.run.len() < run.len()
            });
            if better {
                best = Some((window.run.clone(), window.weight));
            }
        }
        best.map(|(run, _)| run)
    }

    /// Adds sentences after and before `run` while there is space.
    fn fill(&self, run: Range<usize>, taken: &[bool]) -> Range<usize> {
        let Range { mut start, mut end } = run;
        while end < self.places.len()
            && !taken[end]
            && self.length(&(start..end + 1)) <= MAX_CHARACTERS
        {
            end += 1;
        }
        while start > 0 && !taken[start - 1] && self.length(&(start - 1..end)) <= MAX_CHARACTERS {
            start -= 1;
        }
        start..end
    }

    /// Joins runs that follow each other and fit into one extract.
    fn merge(&self, mut runs: Vec<(Range<usize>, f64)>) -> Vec<(Range<usize>, f64)> {
        runs.sort_unstable_by_key(|(run, _)| run.start);
        let mut merged: Vec<(Range<usize>, f64)> = Vec::new();
        for (run, weight) in runs {
            match merged.last_mut() {
                Some((last, last_weight))
                    if last.end == run.start
                        && self.length(&(last.start..run.end)) <= MAX_CHARACTERS =>
                {
                    last.end = run.end;
                    *last_weight = self.weight(last);
                }
                _ => merged.push((run, weight)),
            }
        }
        merged
    }

    /// Characters of a run. White space between its sentences counts as one each.
    fn length(&self, run: &Range<usize>) -> usize {
        self.places[run.clone()]
            .iter()
            .map(|sentence| sentence.length + 1)
            .sum::<usize>()
            .saturating_sub(1)
    }

    /// The weight of a run, summed in the order of the words: the same words give the same number.
    fn weight(&self, run: &Range<usize>) -> f64 {
        let mut has = vec![false; self.weights.len()];
        for sentence in &self.places[run.clone()] {
            for word in &self.words[sentence.words.clone()] {
                has[*word] = true;
            }
        }
        self.weights
            .iter()
            .zip(has)
            .filter(|(_, has)| *has)
            .map(|(weight, _)| weight)
            .sum()
    }

    fn text(&self, run: &Range<usize>) -> &'c str {
        &self.content[self.places[run.start].bytes.start..self.places[run.end - 1].bytes.end]
    }
}

/// A run of sentences that moves over the content, for [`Sentences::heaviest`].
struct Window<'s, 'c> {
    sentences: &'s Sentences<'c>,
    run: Range<usize>,
    /// Characters, as [`Sentences::length`].
    length: usize,
    /// Sentences of the run that have each word.
    counts: Vec<usize>,
    weight: f64,
}

impl<'s, 'c> Window<'s, 'c> {
    fn new(sentences: &'s Sentences<'c>) -> Self {
        Self {
            sentences,
            run: 0..0,
            length: 0,
            counts: vec![0; sentences.weights.len()],
            weight: 0.0,
        }
    }

    fn clear(&mut self, start: usize) {
        while !self.run.is_empty() {
            self.drop_first();
        }
        self.run = start..start;
        (self.length, self.weight) = (0, 0.0);
    }

    /// Makes sentence `last` the last one, and drops from the front what does not fit or adds nothing.
    fn extend_to(&mut self, last: usize) {
        while self.run.end <= last {
            let sentence = &self.sentences.places[self.run.end];
            self.length += sentence.length + 1;
            for word in &self.sentences.words[sentence.words.clone()] {
                self.counts[*word] += 1;
                if self.counts[*word] == 1 {
                    self.weight += self.sentences.weights[*word];
                }
            }
            self.run.end += 1;
        }
        while self.run.len() > 1 && (self.length > MAX_CHARACTERS + 1 || self.first_adds_nothing())
        {
            self.drop_first();
        }
    }

    fn first_adds_nothing(&self) -> bool {
        let first = &self.sentences.places[self.run.start];
        self.sentences.words[first.words.clone()]
            .iter()
            .all(|word| self.counts[*word] > 1)
    }

    fn drop_first(&mut self) {
        let first = &self.sentences.places[self.run.start];
        self.length -= first.length + 1;
        for word in &self.sentences.words[first.words.clone()] {
            self.counts[*word] -= 1;
            if self.counts[*word] == 0 {
                self.weight -= self.sentences.weights[*word];
            }
        }
        self.run.start += 1;
    }
}

/// The sentences of `content`, without their words.
fn split(content: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut characters = content.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let ends = match c {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => !line_continues(&content[at..]),
            // Full stops that need no space after them.
            '。' | '｡' | '．' | '！' | '？' | '।' | '॥' | '؟' | '۔' | '։' | '።' | '។' | '။'
            | '།' => true,
            '.' | '!' | '?' | '…' => {
                let next = characters.peek().map(|(_, next)| *next);
                !matches!(next, Some('.' | '!' | '?' | '…'))
                    && is_boundary(&content[at + c.len_utf8()..])
                    && (c != '.' || !is_abbreviation(&content[start..at], &content[at + 1..]))
            }
            _ => false,
        };
        if !ends {
            continue;
        }
        let mut end = at + c.len_utf8();
        // Closing quotes and further marks belong to the sentence.
        while let Some((at, c)) =
            characters.next_if(|(_, c)| is_closing(*c) || matches!(c, '！' | '？' | '。'))
        {
            end = at + c.len_utf8();
        }
        push(content, start..end, &mut sentences);
        start = end;
    }
    push(content, start..content.len(), &mut sentences);
    sentences
}

/// Whether a line that is broken here goes on in the next one: that begins with a small letter, without a blank line.
fn line_continues(from: &str) -> bool {
    let rest = from
        .strip_prefix("\r\n")
        .or_else(|| from.strip_prefix('\n'))
        .unwrap_or(from);
    rest.trim_start_matches([' ', '\t'])
        .starts_with(char::is_lowercase)
}

/// Whether white space or the end follows, after closing quotes and brackets.
fn is_boundary(after: &str) -> bool {
    after
        .chars()
        .find(|c| !is_closing(*c))
        .is_none_or(char::is_whitespace)
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '«'
            | '“'
            | ')'
            | ']'
            | '}'
            | '）'
            | '」'
            | '』'
            | '】'
            | '》'
    )
}

/// Words before a full stop that does not end a sentence. Single letters and ordinal numbers are not listed.
const ABBREVIATIONS: [&str; 24] = [
    "abs", "art", "bzw", "ca", "dr", "evtl", "fig", "ggf", "inkl", "jr", "mr", "mrs", "ms", "no",
    "nr", "prof", "sen", "sr", "st", "str", "usw", "vgl", "vol", "vs",
];

fn is_abbreviation(before: &str, after: &str) -> bool {
    if after.trim_start().starts_with(char::is_lowercase) {
        return true;
    }
    let is_part = |c: &char| c.is_alphanumeric();
    let word: String = before
        .chars()
        .rev()
        .take_while(is_part)
        .take(5)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    // As read: backwards.
    let mut letters = word.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(c), None, _) => c.is_alphabetic() || c.is_ascii_digit(),
        (Some(a), Some(b), None) if a.is_ascii_digit() && b.is_ascii_digit() => true,
        _ => ABBREVIATIONS
            .iter()
            .any(|known| known.chars().rev().eq(word.chars())),
    }
}

/// Adds a sentence, or several if it is too long for an extract. White space around it is left out.
fn push(content: &str, bytes: Range<usize>, sentences: &mut Vec<Sentence>) {
    let mut start = bytes.start;
    loop {
        let rest = content[start..bytes.end].trim_start();
        start = bytes.end - rest.len();
        let rest = rest.trim_end();
        if rest.is_empty() {
            return;
        }
        let length = rest
            .char_indices()
            .nth(MAX_CHARACTERS)
            .map_or(rest.len(), |(at, _)| cut(rest, at));
        let text = rest[..length].trim_end();
        sentences.push(Sentence {
            bytes: start..start + text.len(),
            length: text.chars().count(),
            words: 0..0,
        });
        start += length;
    }
}

/// Where to cut a long sentence: at white space in the second half of `text[..at]`, else between characters.
fn cut(text: &str, at: usize) -> usize {
    let half = text.floor_char_boundary(at / 2);
    if let Some(space) = text[half..at].rfind(char::is_whitespace) {
        return half + space;
    }
    text[half..at]
        .char_indices()
        .rev()
        .find(|(_, c)| !continues(*c))
        .map_or(at, |(last, c)| {
            let end = half + last + c.len_utf8();
            if text[end..].starts_with(continues) {
                half + last
            } else {
                end
            }
        })
}

#[cfg(test)]
mod tests;
