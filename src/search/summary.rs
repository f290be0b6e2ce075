//! The `summary` of a search hit: up to three fragments of the content with the query's words marked.
//!
//! The form is Microsoft Search's, as observed for a connector (pnp/cli-microsoft365, `connection-doctor.spec.ts`) and in
//! other published answers:
//!
//! - each matched word has its own mark, `<c0>Microsoft</c0> <c0>Graph</c0>`. Characters that touch, such as those of a
//!   Japanese word, share one;
//! - fragments are separated by ` <ddd/> `. A summary that does not begin with the content begins with `<ddd/>`; one
//!   that does not end with it ends with ` <ddd/>`;
//! - it is `<ddd/>` when nothing in the content matches, which includes a query without words;
//! - the text is not escaped: `<` and `&` stay. The marks themselves, where the content has them, are left out, so that a
//!   client that replaces `<c0>` by a tag is not misled. Such a client has to escape the rest.
//!
//! Runs of white space become one space. The result is a function of content and query; its time is linear in the content.

use std::borrow::Cow;
use std::ops::Range;

use super::terms::{Match, Terms};
use super::text::continues;

/// Length of a summary without its marks, characters.
pub(crate) const MAX_CHARACTERS: usize = 300;

const MAX_FRAGMENTS: usize = 3;

/// Matches that may share a fragment lie within so many characters.
const WINDOW_CHARACTERS: usize = MAX_CHARACTERS / MAX_FRAGMENTS;

/// Matches considered of each term. A frequent word then does not hide a rare one that comes late.
const MAX_MATCHES_OF_TERM: usize = 16;

/// How far a cut moves to avoid the middle of a word, characters.
const MAX_CUT_SHIFT: usize = 20;

const MARKS: [&str; 3] = ["<c0>", "</c0>", "<ddd/>"];
const GAP: &str = "<ddd/>";

/// The summary of `content`, which is plain text, for the terms of a query.
pub(crate) fn summary(content: &str, terms: &Terms) -> String {
    let content = without_marks(content);
    let content = content.trim();
    let matches = matches(content, terms);
    if matches.is_empty() {
        return GAP.to_owned();
    }
    let fragments = fragments(content, &matches);
    let mut summary = String::with_capacity(2 * MAX_CHARACTERS);
    for (index, fragment) in fragments.iter().enumerate() {
        match (index, fragment.start) {
            (0, 0) => {}
            (0, _) => summary.push_str(GAP),
            _ => {
                summary.push(' ');
                summary.push_str(GAP);
                summary.push(' ');
            }
        }
        // A match that the fragment shows in part is marked too.
        let touching = matches.iter().map(|place| &place.bytes);
        let touching =
            touching.filter(|match_| match_.start < fragment.end && fragment.start < match_.end);
        let read = touching.fold(fragment.clone(), |read, match_| {
            read.start.min(match_.start)..read.end.max(match_.end)
        });
        let marked = marked(content, read, terms);
        push_fragment(content, fragment, &marked, &mut summary);
    }
    if fragments
        .last()
        .is_some_and(|last| last.end < content.len())
    {
        summary.push(' ');
        summary.push_str(GAP);
    }
    summary
}

/// Each literal mark becomes a space: were it removed, its neighbours could form another one.
fn without_marks(content: &str) -> Cow<'_, str> {
    let mut clean = String::new();
    let mut kept = 0;
    for (at, _) in content.match_indices('<') {
        if let Some(mark) = MARKS.iter().find(|mark| content[at..].starts_with(**mark)) {
            clean.push_str(&content[kept..at]);
            clean.push(' ');
            kept = at + mark.len();
        }
    }
    if kept == 0 {
        return Cow::Borrowed(content);
    }
    clean.push_str(&content[kept..]);
    Cow::Owned(clean)
}

/// A match in the content.
struct Place {
    term: usize,
    bytes: Range<usize>,
    /// Characters before its start.
    start: usize,
    /// Characters before its end.
    end: usize,
}

/// The first matches of each term.
fn matches(content: &str, terms: &Terms) -> Vec<Place> {
    let mut seen = vec![0; terms.count()];
    let mut open = terms.count();
    let mut places: Vec<Place> = Vec::new();
    // Characters counted so far, and up to which byte.
    let (mut counted, mut characters) = (0, 0);
    terms.find(
        content,
        |Match {
             term,
             places: words,
         }| {
            seen[term] += 1;
            if seen[term] > MAX_MATCHES_OF_TERM {
                return true;
            }
            open -= usize::from(seen[term] == MAX_MATCHES_OF_TERM);
            let bytes = words[0].start..words[words.len() - 1].end;
            let length = content[bytes.clone()].chars().count();
            // A phrase may begin before the end of the match before.
            let start = match content.get(counted..bytes.start) {
                Some(between) => characters + between.chars().count(),
                None => characters.saturating_sub(content[bytes.start..counted].chars().count()),
            };
            (counted, characters) = (bytes.end, start + length);
            places.push(Place {
                term,
                bytes,
                start,
                end: start + length,
            });
            open > 0
        },
    );
    places
}

/// The parts of the content to show, in order and apart.
fn fragments(content: &str, matches: &[Place]) -> Vec<Range<usize>> {
    if content.chars().nth(MAX_CHARACTERS).is_none() {
        return vec![0..content.len(); 1];
    }
    let windows = windows(matches);
    let length = MAX_CHARACTERS / windows.len().max(1);
    let mut fragments: Vec<Range<usize>> = windows
        .iter()
        .map(|window| widen(content, window, length))
        .collect();
    fragments.sort_unstable_by_key(|fragment| fragment.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for fragment in fragments {
        match merged.last_mut() {
            // With nothing but white space between them there is no gap to show.
            Some(last)
                if content[last.end.min(fragment.start)..fragment.start]
                    .trim()
                    .is_empty() =>
            {
                last.end = last.end.max(fragment.end);
            }
            _ => merged.push(fragment),
        }
    }
    merged
}

/// Up to three groups of matches, the ones with most terms not yet shown first. Each is given by its bytes.
fn windows(matches: &[Place]) -> Vec<Range<usize>> {
    let mut shown: Vec<usize> = Vec::new();
    let mut chosen: Vec<Range<usize>> = Vec::new();
    while chosen.len() < MAX_FRAGMENTS {
        let mut best: Option<(_, Vec<usize>, Range<usize>)> = None;
        for (first, place) in matches.iter().enumerate() {
            if chosen
                .iter()
                .any(|other| place.bytes.start < other.end && other.start < place.bytes.end)
            {
                continue;
            }
            let window = matches[first..].iter().take_while(|other| {
                other.start >= place.start
                    && other.end.saturating_sub(place.start) <= WINDOW_CHARACTERS
            });
            let mut terms: Vec<usize> = window.clone().map(|other| other.term).collect();
            let count = terms.len();
            terms.sort_unstable();
            terms.dedup();
            let new = terms.iter().filter(|term| !shown.contains(term)).count();
            let score = (new, terms.len(), count);
            if best.as_ref().is_none_or(|(other, ..)| score > *other) {
                let end = window
                    .map(|other| other.bytes.end)
                    .max()
                    .unwrap_or(place.bytes.end);
                best = Some((score, terms, place.bytes.start..end));
            }
        }
        let Some((_, terms, window)) = best else {
            break;
        };
        shown.extend(terms);
        chosen.push(window);
    }
    chosen
}

/// The text around `window`: `length` characters or a little less, cut between words.
fn widen(content: &str, window: &Range<usize>, length: usize) -> Range<usize> {
    let inside = content[window.clone()].chars().count();
    let Some(around) = length.checked_sub(inside) else {
        // One long phrase.
        let end = content[window.start..]
            .char_indices()
            .nth(length)
            .map_or(window.end, |(at, _)| window.start + at);
        return window.start..cut_before(content, end, window.start);
    };
    let behind = content[window.end..].chars().take(around).count();
    let before = around - behind.min(around.div_ceil(2));
    let mut start = content[..window.start]
        .char_indices()
        .rev()
        .take(before)
        .last()
        .map_or(window.start, |(at, _)| at);
    let used = content[start..window.start].chars().count();
    let mut end = content[window.end..]
        .char_indices()
        .nth(around - used)
        .map_or(content.len(), |(at, _)| window.end + at);
    if start > 0 {
        start = cut_after(content, start, window.start);
    }
    if end < content.len() {
        end = cut_before(content, end, window.end);
    }
    start..end
}

/// The first good place to begin at or after `at`, at most `limit`.
fn cut_after(content: &str, at: usize, limit: usize) -> usize {
    let starts_word = content[..at].ends_with(char::is_whitespace);
    if starts_word {
        return at;
    }
    let space = content[at..limit]
        .char_indices()
        .take(MAX_CUT_SHIFT)
        .find(|(_, c)| c.is_whitespace());
    if let Some((shift, c)) = space {
        return at + shift + c.len_utf8();
    }
    content[at..limit]
        .char_indices()
        .find(|(_, c)| !continues(*c))
        .map_or(limit, |(shift, _)| at + shift)
}

/// The last good place to end at or before `at`, at least `limit`.
fn cut_before(content: &str, at: usize, limit: usize) -> usize {
    if content[at..].starts_with(char::is_whitespace) {
        return at;
    }
    let mut last = content[limit..at].char_indices().rev().take(MAX_CUT_SHIFT);
    if let Some((shift, _)) = last.find(|(_, c)| c.is_whitespace()) {
        return limit + shift;
    }
    let next = content[at..].chars().next();
    let mut boundary = at;
    if next.is_some_and(continues) {
        boundary = content[limit..at]
            .char_indices()
            .rev()
            .find(|(_, c)| !continues(*c))
            .map_or(limit, |(at, _)| limit + at);
    }
    boundary
}

/// What to mark in a part of the content: in order and apart.
fn marked(content: &str, read: Range<usize>, terms: &Terms) -> Vec<Range<usize>> {
    let mut marked: Vec<Range<usize>> = Vec::new();
    terms.find(&content[read.clone()], |found| {
        marked.extend(
            found
                .places
                .iter()
                .map(|place| read.start + place.start..read.start + place.end),
        );
        true
    });
    // Matches come by their ends, so a phrase may repeat words that are there already.
    marked.sort_unstable_by_key(|place| (place.start, place.end));
    marked.dedup_by(|later, kept| {
        let touches = later.start <= kept.end;
        if touches {
            kept.end = kept.end.max(later.end);
        }
        touches
    });
    marked
}

fn push_fragment(
    content: &str,
    fragment: &Range<usize>,
    marked: &[Range<usize>],
    summary: &mut String,
) {
    let fragment_start = summary.len();
    let mut written = fragment.start;
    for mark in marked {
        let (start, end) = (mark.start.max(fragment.start), mark.end.min(fragment.end));
        if start >= end {
            continue;
        }
        push_plain(&content[written..start], fragment_start, summary);
        summary.push_str("<c0>");
        summary.push_str(&content[start..end]);
        summary.push_str("</c0>");
        written = end;
    }
    push_plain(
        content[written..fragment.end].trim_end(),
        fragment_start,
        summary,
    );
}

/// Appends text with its white space collapsed; none at the beginning of a fragment.
fn push_plain(text: &str, fragment_start: usize, summary: &mut String) {
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if space && summary.len() > fragment_start {
            summary.push(' ');
        }
        space = false;
        summary.push(c);
    }
    if space && summary.len() > fragment_start {
        summary.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_CHARACTERS, summary};
    use crate::search::terms::{Terms, Wanted};
    use crate::search::text::tests::{Random, random_text};
    use crate::search::text::tokens;

    /// Terms separated by `|`; `*` at the end of a term makes a prefix.
    fn terms(query: &str) -> Terms {
        let mut wanted = Wanted::default();
        for term in query.split('|') {
            let folded = tokens(term).map(|token| token.text).collect();
            if term.ends_with('*') {
                wanted.prefixes.push(folded);
            } else {
                wanted.words.push(folded);
            }
        }
        Terms::new(&wanted)
    }

    /// The text of a summary, as a client without marks would show it.
    fn plain(summary: &str) -> String {
        summary
            .replace("<c0>", "")
            .replace("</c0>", "")
            .replace("<ddd/>", "")
    }

    #[test]
    fn short_content_is_shown_whole() {
        let cases = [
            ("Set up the VPN.", "vpn", "Set up the <c0>VPN</c0>."),
            (
                "Microsoft Graph client",
                "microsoft graph",
                "<c0>Microsoft</c0> <c0>Graph</c0> client",
            ),
            ("graph of Microsoft", "microsoft graph", "<ddd/>"),
            (
                "STS_View, view",
                "sts view|view",
                "<c0>STS</c0>_<c0>View</c0>, <c0>view</c0>",
            ),
            (
                "Access accounts",
                "acc*",
                "<c0>Access</c0> <c0>accounts</c0>",
            ),
            ("  one\n\n two\tthree ", "two", "one <c0>two</c0> three"),
            (
                "Straße, ÜBER",
                "STRASSE|uber",
                "<c0>Straße</c0>, <c0>ÜBER</c0>",
            ),
            (
                "İstanbul ve ISPARTA",
                "istanbul|ısparta",
                "<c0>İstanbul</c0> ve <c0>ISPARTA</c0>",
            ),
            ("Ο Σίσυφος", "ΣΊΣΥΦΟΣ", "Ο <c0>Σίσυφος</c0>"),
            ("我住在东京都。", "东京", "我住在<c0>东京</c0>都。"),
            (
                "ネットワークの設定",
                "設定|ネット",
                "<c0>ネット</c0>ワークの<c0>設定</c0>",
            ),
            (
                "회사 네트워크를 설정",
                "네트워크",
                "회사 <c0>네트워크</c0>를 설정",
            ),
            ("วิธีตั้งค่าเครือข่าย", "เครือ", "วิธีตั้งค่า<c0>เครือ</c0>ข่าย"),
            ("शाखा का नेटवर्क", "नेटवर्क", "शाखा का <c0>नेटवर्क</c0>"),
            ("إعداد الشبكة الآن", "الشبكة", "إعداد <c0>الشبكة</c0> الآن"),
            ("party 🎉 time", "time", "party 🎉 <c0>time</c0>"),
            ("㍿東京", "株式会社", "<c0>㍿</c0>東京"),
            // Not escaped; the marks themselves are left out.
            (
                "a < b && <b>x</b> &amp;",
                "x",
                "a < b && <b><c0>x</c0></b> &amp;",
            ),
            ("a <c0>x</c0><ddd/> b", "x|c0|ddd", "a <c0>x</c0> b"),
            ("<c<c0>0>x</<ddd/>c0>", "x", "<c 0><c0>x</c0></ c0>"),
            ("</c0> c0", "c0", "<c0>c0</c0>"),
            // Nothing to mark.
            ("text", "absent", "<ddd/>"),
            ("text", "", "<ddd/>"),
            ("text", "*", "<ddd/>"),
            ("", "text", "<ddd/>"),
        ];
        for (content, query, expected) in cases {
            assert_eq!(
                summary(content, &terms(query)),
                expected,
                "{content}: {query}"
            );
        }
    }

    #[test]
    fn long_content_is_cut_around_the_matches() {
        let filler = |count: usize| "filler ".repeat(count);
        let one = format!("{}the VPN here {}", filler(100), filler(100));
        let found = summary(&one, &terms("vpn"));
        assert!(
            found.starts_with("<ddd/>filler ") && found.ends_with(" filler <ddd/>"),
            "{found}"
        );
        assert!(
            found.contains("filler the <c0>VPN</c0> here filler"),
            "{found}"
        );
        assert!(
            (250..=MAX_CHARACTERS).contains(&plain(&found).trim().chars().count()),
            "{found}"
        );

        let first = format!("VPN {}", filler(100));
        let found = summary(&first, &terms("vpn"));
        assert!(
            found.starts_with("<c0>VPN</c0> filler") && found.ends_with("filler <ddd/>"),
            "{found}"
        );

        let last = format!("{}VPN", filler(100));
        let found = summary(&last, &terms("vpn"));
        assert!(
            found.starts_with("<ddd/>filler") && found.ends_with("filler <c0>VPN</c0>"),
            "{found}"
        );
        assert!(plain(&found).chars().count() > 250, "{found}");
    }

    #[test]
    fn fragments_show_as_many_terms_as_they_can() {
        let filler = "filler ".repeat(100);
        let content = format!(
            "the {filler} the {filler} the {filler} vpn {filler} setup {filler} the vpn {filler}"
        );
        let found = summary(&content, &terms("the|vpn|setup"));
        assert!(
            found.contains("<c0>the</c0> <c0>vpn</c0>") && found.contains("<c0>setup</c0>"),
            "{found}"
        );
        assert_eq!(found.matches(" <ddd/> ").count(), 2, "{found}");
        let frequent = format!("{}needle", "the cat ".repeat(1_000));
        assert!(summary(&frequent, &terms("the|needle")).contains("<c0>needle</c0>"));
    }

    #[test]
    fn neighbouring_fragments_become_one() {
        let content = format!(
            "{} vpn {} vpn {}",
            "a ".repeat(200),
            "b ".repeat(55),
            "c ".repeat(200)
        );
        let found = summary(&content, &terms("vpn"));
        assert_eq!(found.matches("<c0>vpn</c0>").count(), 2);
        assert_eq!(found.matches("<ddd/>").count(), 2, "{found}");
    }

    #[test]
    fn a_phrase_longer_than_a_summary_is_marked() {
        let phrase = "word ".repeat(100);
        let content = format!("before {phrase}after {}", "x ".repeat(500));
        let found = summary(&content, &terms(&phrase));
        assert!(
            found.starts_with("<ddd/><c0>word</c0> <c0>word</c0>")
                && found.ends_with("<c0>word</c0> <ddd/>"),
            "{found}"
        );
    }

    #[test]
    fn text_without_spaces_is_cut_between_characters() {
        let content = format!("{}東京{}", "か\u{3099}".repeat(400), "น้ำ".repeat(400));
        let found = summary(&content, &terms("東京"));
        assert!(
            found.contains("<c0>東京</c0>") && found.starts_with("<ddd/>か"),
            "{found}"
        );
        assert!(found.ends_with("น้ำ <ddd/>"), "{found}");
    }

    #[test]
    fn hostile_content_takes_linear_time() {
        for part in [
            "a ", "<c0>", "<", "</c0>a", "\u{301}", "a\u{301}", " ", "東", "a", "<c",
        ] {
            let content = part.repeat(500_000 / part.len());
            let found = summary(&content, &terms("a|a a a a b|東 東|a*|a a*"));
            assert!(
                plain(&found).chars().count() <= MAX_CHARACTERS + 8,
                "{part:?}"
            );
        }
    }

    #[test]
    fn random_content_gives_well_formed_summaries() {
        let mut random = Random::new(5);
        for _ in 0..1_000 {
            let content = random_text(&mut random, 3_000);
            let query = random_text(&mut random, 30).replace(' ', "|");
            let terms = terms(&query);
            let found = summary(&content, &terms);
            assert_eq!(found, summary(&content, &terms));
            // 300, and a space for each gap.
            assert!(
                plain(&found).chars().count() <= MAX_CHARACTERS + 5,
                "{found}"
            );
            // Marks open and close in turn, around text.
            let mut open = false;
            for (at, _) in found.match_indices('<') {
                let rest = &found[at..];
                if rest.starts_with("<c0>") {
                    assert!(!open && !rest.starts_with("<c0></c0>"), "{found}");
                    open = true;
                } else if rest.starts_with("</c0>") {
                    assert!(open, "{found}");
                    open = false;
                } else {
                    assert!(!rest.starts_with("<ddd/>") || !open, "{found}");
                }
            }
            assert!(!open);
            assert_eq!(found == "<ddd/>", !found.contains("<c0>"), "{found}");
        }
    }
}
