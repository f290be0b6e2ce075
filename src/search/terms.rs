//! Finds the words, phrases and prefixes of a query in a text, in one pass over its tokens.
//!
//! An Aho-Corasick automaton whose symbols are tokens: the time does not depend on how many terms there are or how they
//! overlap. Knows how tokens look, and nothing of marks and fragments.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::text::{Token, tokens};

/// What a query looks for in the content of an item. The tokens are folded, as [`tokens`] gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Words; one of several tokens is a phrase.
    pub(crate) words: Vec<Vec<String>>,
    /// Like `words`, but the last token is a prefix: `vpn acc*`.
    pub(crate) prefixes: Vec<Vec<String>>,
}

/// The terms of a query, prepared once for all of its hits.
#[derive(Debug)]
pub(crate) struct Terms {
    vocabulary: HashMap<String, u32>,
    states: Vec<State>,
    /// The next state by state and token.
    next: HashMap<(usize, u32), usize>,
    /// Number of terms.
    count: usize,
    /// Tokens of the longest term.
    longest: usize,
}

/// A beginning of some terms: the tokens read last are these.
#[derive(Debug, Default)]
struct State {
    /// Number of tokens.
    length: usize,
    /// The longest proper end of these tokens that is a state too. The root's is the root.
    shorter: usize,
    /// The longest term that ends here: its number and its tokens.
    found: Option<(usize, usize)>,
    /// Prefixes that may follow, with the number of their terms: sorted, and none begins with another.
    prefixes: Vec<(String, usize)>,
    /// The first of this state and its `shorter` ones that has prefixes.
    with_prefixes: Option<usize>,
}

/// An occurrence of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Match<'m> {
    /// The number of the term, less than [`Terms::count`].
    pub(crate) term: usize,
    /// The places of its tokens in the text, bytes; at least one.
    pub(crate) places: &'m [Range<usize>],
}

impl Terms {
    pub(crate) fn new(wanted: &Wanted) -> Self {
        let mut terms = Self {
            vocabulary: HashMap::new(),
            states: vec![State::default()],
            next: HashMap::new(),
            count: 0,
            longest: 1,
        };
        for word in wanted.words.iter().filter(|word| !word.is_empty()) {
            let state = terms.insert(word);
            if terms.states[state].found.is_none() {
                terms.states[state].found = Some((terms.count, word.len()));
                terms.count += 1;
            }
            terms.longest = terms.longest.max(word.len());
        }
        for prefix in &wanted.prefixes {
            let Some((last, before)) = prefix.split_last().filter(|(last, _)| !last.is_empty())
            else {
                continue;
            };
            let state = terms.insert(before);
            terms.states[state]
                .prefixes
                .push((last.clone(), terms.count));
            terms.count += 1;
            terms.longest = terms.longest.max(prefix.len());
        }
        terms.link();
        terms
    }

    /// Number of terms.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Calls `found` for each match, in the order of their ends. Of the matches with one end, only the longest is given:
    /// it covers the others. Stops when `found` returns false.
    pub(crate) fn find(&self, text: &str, mut found: impl FnMut(Match<'_>) -> bool) {
        if self.count == 0 {
            return;
        }
        let mut places = VecDeque::with_capacity(self.longest);
        let mut state = 0;
        let mut tokens = tokens(text);
        let mut token = Token::default();
        while tokens.advance(&mut token) {
            if places.len() == self.longest {
                places.pop_front();
            }
            places.push_back(token.start..token.end);
            let by_prefix = self.prefix(state, &token.text);
            state = self
                .vocabulary
                .get(&token.text)
                .map_or(0, |id| self.follow(state, *id));
            let by_word = self.states[state].found;
            let Some((term, length)) = by_word
                .into_iter()
                .chain(by_prefix)
                .max_by_key(|(_, length)| *length)
            else {
                continue;
            };
            let places = places.make_contiguous();
            let places = &places[places.len().saturating_sub(length)..];
            if !found(Match { term, places }) {
                return;
            }
        }
    }

    /// The longest prefix term that `token` completes in `state`.
    fn prefix(&self, state: usize, token: &str) -> Option<(usize, usize)> {
        let mut state = self.states[state].with_prefixes;
        while let Some(current) = state {
            let State {
                prefixes, length, ..
            } = &self.states[current];
            // The only prefix that `token` may begin with is the last one that is not greater.
            let after = prefixes.partition_point(|(prefix, _)| prefix.as_str() <= token);
            if let Some((prefix, term)) = after.checked_sub(1).map(|at| &prefixes[at])
                && token.starts_with(prefix.as_str())
            {
                return Some((*term, length + 1));
            }
            state = (current != 0)
                .then(|| self.states[self.states[current].shorter].with_prefixes)
                .flatten();
        }
        None
    }

    fn follow(&self, mut state: usize, id: u32) -> usize {
        loop {
            if let Some(next) = self.next.get(&(state, id)) {
                return *next;
            }
            if state == 0 {
                return 0;
            }
            state = self.states[state].shorter;
        }
    }

    /// The state of these tokens, made if need be. States are made after those of fewer tokens on their way.
    fn insert(&mut self, tokens: &[String]) -> usize {
        let mut state = 0;
        for token in tokens {
            let new = u32::try_from(self.vocabulary.len()).unwrap_or(u32::MAX);
            let id = *self.vocabulary.entry(token.clone()).or_insert(new);
            let length = self.states[state].length + 1;
            state = *self.next.entry((state, id)).or_insert_with(|| {
                self.states.push(State {
                    length,
                    ..State::default()
                });
                self.states.len() - 1
            });
        }
        state
    }

    /// Computes what follows from the terms: the links between states.
    fn link(&mut self) {
        let mut edges: Vec<(usize, u32, usize)> = self
            .next
            .iter()
            .map(|((from, id), to)| (*from, *id, *to))
            .collect();
        // By length: the links of shorter states are needed for those of longer ones.
        edges.sort_unstable_by_key(|(_, _, to)| (self.states[*to].length, *to));
        for state in &mut self.states {
            state.prefixes.sort();
            state
                .prefixes
                .dedup_by(|later, kept| later.0.starts_with(kept.0.as_str()));
        }
        self.states[0].with_prefixes = (!self.states[0].prefixes.is_empty()).then_some(0);
        for (from, id, to) in edges {
            let shorter = if from == 0 {
                0
            } else {
                self.follow(self.states[from].shorter, id)
            };
            let found = self.states[to].found.or(self.states[shorter].found);
            let with_prefixes = if self.states[to].prefixes.is_empty() {
                self.states[shorter].with_prefixes
            } else {
                Some(to)
            };
            let state = &mut self.states[to];
            (state.shorter, state.found, state.with_prefixes) = (shorter, found, with_prefixes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Match, Terms, Wanted};
    use crate::search::text::tests::Random;
    use crate::search::text::tokens;

    fn folded(text: &str) -> Vec<String> {
        tokens(text).map(|token| token.text).collect()
    }

    /// The matched parts of `text`, in the order in which they are found. `*` at the end of a term makes a prefix.
    fn find(text: &str, terms: &[&str]) -> Vec<String> {
        let mut wanted = Wanted::default();
        for term in terms {
            match term.strip_suffix('*') {
                Some(prefix) => wanted.prefixes.push(folded(prefix)),
                None => wanted.words.push(folded(term)),
            }
        }
        let mut found = Vec::new();
        Terms::new(&wanted).find(text, |Match { places, .. }| {
            found.push(text[places[0].start..places[places.len() - 1].end].to_owned());
            true
        });
        found
    }

    #[test]
    fn finds_words_phrases_and_prefixes() {
        let cases: [(&str, &[&str], &[&str]); 14] = [
            ("a VPN b", &["vpn"], &["VPN"]),
            ("a VPN b", &[], &[]),
            ("a VPN b", &["", "*"], &[]),
            ("one two three", &["two three", "three"], &["two three"]),
            (
                "one two one three",
                &["one two three", "one three"],
                &["one three"],
            ),
            ("a a a b", &["a a b"], &["a a b"]),
            (
                "vpn access, vpn account, vpn",
                &["vpn acc*"],
                &["vpn access", "vpn account"],
            ),
            (
                "one vpn access",
                &["one vpn x", "vpn acc*"],
                &["vpn access"],
            ),
            ("abc abd ab b", &["ab*", "abc*", "a"], &["abc", "abd", "ab"]),
            ("zebra zoo", &["zo*", "z zo*"], &["zoo"]),
            (
                "café CAFÉ Cafeteria",
                &["café*"],
                &["café", "CAFÉ", "Cafeteria"],
            ),
            ("東京都に住む", &["京都"], &["京都"]),
            ("Die STRASSE", &["straße"], &["STRASSE"]),
            ("ab", &["ab", "ab", "ab*"], &["ab"]),
        ];
        for (text, terms, expected) in cases {
            assert_eq!(find(text, terms), expected, "{text}: {terms:?}");
        }
    }

    #[test]
    fn agrees_with_a_search_that_tries_each_term_everywhere() {
        let mut random = Random::new(3);
        let alphabet = ["a", "b", "ab", "ba", "abc"];
        for _ in 0..5_000 {
            let mut draw = |length: usize| -> Vec<String> {
                (0..length)
                    .map(|_| (*random.pick(&alphabet)).to_owned())
                    .collect()
            };
            let text = draw(12);
            let wanted = Wanted {
                words: (0..4).map(&mut draw).collect(),
                prefixes: (0..4).map(draw).collect(),
            };
            let joined = text.join(" ");
            let mut found = Vec::new();
            Terms::new(&wanted).find(&joined, |Match { term, places }| {
                assert!(term < 8);
                found.push((
                    joined[..places[places.len() - 1].end].split(' ').count(),
                    places.len(),
                ));
                true
            });
            let is_word = |part: &[String]| wanted.words.iter().any(|word| word == part);
            let is_prefix = |part: &[String]| {
                wanted.prefixes.iter().any(|prefix| {
                    prefix.len() == part.len()
                        && prefix[..prefix.len() - 1] == part[..part.len() - 1]
                        && part[part.len() - 1].starts_with(prefix[prefix.len() - 1].as_str())
                })
            };
            let expected: Vec<(usize, usize)> = (1..=text.len())
                .filter_map(|end| {
                    let start = (0..end).find(|start| {
                        is_word(&text[*start..end]) || is_prefix(&text[*start..end])
                    })?;
                    Some((end, end - start))
                })
                .collect();
            assert_eq!(found, expected, "{joined}: {wanted:?}");
        }
    }

    #[test]
    fn many_overlapping_terms_take_linear_time() {
        let text = "a ".repeat(100_000);
        let wanted = Wanted {
            words: (1..60)
                .map(|length| [vec!["a".to_owned(); length], vec!["b".to_owned()]].concat())
                .collect(),
            prefixes: (0..60)
                .map(|length| [vec!["a".to_owned(); length], vec!["b".to_owned()]].concat())
                .collect(),
        };
        Terms::new(&wanted).find(&text, |found| panic!("{found:?}"));
    }
}
