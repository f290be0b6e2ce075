//! The analysis of text: the words of a document or a query, folded, with their places in the original.
//!
//! Documents and queries go through the same functions, so what is written alike is found alike. Knows nothing of
//! the index, of KQL and of properties. No language is guessed: there is no stemming, there are no stop words and no
//! dictionaries, because one item may mix languages and a caller must be able to predict what is found.
//!
//! # Folding
//!
//! Each character is decomposed (NFKD), loses the combining marks U+0300..U+036F (those of Latin, Greek and Cyrillic)
//! and enclosing marks, and is folded to one case; the result is NFC. So `Café`, `CAFE` and `ＣＡＦＥ` are `cafe`,
//! `Straße` is `strasse`, `й` is `и`. Beyond case folding, `ı` is `i`: otherwise the capitals of a Turkish word would
//! not find its small letters. Marks of other scripts distinguish words and stay. Invisible characters (soft hyphen,
//! joiners, direction marks, variation selectors) and the Arabic tatweel are dropped.
//!
//! # Words
//!
//! A word is a run of letters, digits and marks. Everything else separates: punctuation, symbols, emoji, and also
//!
//! - the apostrophe (`don't` is `don` `t`, `l'avion` is `l` `avion`): `avion` and the `John` of `John's` are found
//!   without knowledge of French or English, and a query with the apostrophe is a phrase of the same two words;
//! - the underscore, as in Microsoft's summaries (`<c0>STS</c0>_<c0>View</c0>`);
//! - the zero-width space, which writes a word boundary;
//! - `™` and `℠`, which NFKD would make letters of the word before.
//!
//! In scripts that are written without spaces, and in Hangul, where particles adhere to words, each character with its
//! marks is a token of its own. Positions are consecutive, so any substring is found as a phrase.
//!
//! # Stability
//!
//! Tokens depend on the Unicode version of the standard library and of ICU4X. An index stores [`VERSION`] and is
//! rebuilt when it differs.

use std::iter;
use std::sync::OnceLock;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::props::{
    DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup, Script,
};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Identifies the analysis: the version of these rules, then that of Unicode in the standard library. The first number is
/// raised with each change of a rule, and with each version of ICU4X that brings another version of Unicode.
pub(crate) const VERSION: [u8; 4] = [
    1,
    char::UNICODE_VERSION.0,
    char::UNICODE_VERSION.1,
    char::UNICODE_VERSION.2,
];

/// Length of a token, bytes. A longer one is cut at a character boundary, in documents and queries alike.
pub(crate) const MAX_TOKEN_BYTES: usize = 255;

/// Folded bytes collected for one token before it is composed and cut. Composition shortens to a third at most.
const MAX_COLLECTED_BYTES: usize = 4 * MAX_TOKEN_BYTES;

/// One word of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Token {
    /// The folded word, at most [`MAX_TOKEN_BYTES`].
    pub(crate) text: String,
    /// First byte of the word in the original.
    pub(crate) start: usize,
    /// The byte after the word in the original.
    pub(crate) end: usize,
    /// Number of tokens before this one.
    pub(crate) position: u32,
}

/// The tokens of `text`, in order.
pub(crate) fn tokens(text: &str) -> Tokens<'_> {
    Tokens {
        text,
        at: 0,
        position: 0,
        expansion: None,
    }
}

/// A whole value folded: equal for values that differ only in case, accents and width. Spaces and punctuation stay.
///
/// For exact matches and for sort keys.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        match lookup(c) {
            Folded::One(_, Kind::Dropped) => {}
            Folded::One(c, _) => folded.push(c),
            Folded::Several(characters) => {
                folded.extend(
                    characters
                        .iter()
                        .map(|(c, _)| c)
                        .filter(|c| **c != BOUNDARY),
                );
            }
        }
    }
    compose(folded)
}

/// Whether `c` belongs to the character before it, so that a text is not cut between them.
pub(crate) fn continues(c: char) -> bool {
    // The two vowels are letters by category, but are drawn as marks.
    let is_vowel = matches!(c, '\u{e33}' | '\u{eb3}');
    !c.is_ascii()
        && (is_vowel
            || is_jamo_tail(c)
            || matches!(lookup(c), Folded::One(_, Kind::Mark | Kind::Dropped)))
}

/// Iterator over the tokens of a text; see [`tokens`].
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'t> {
    text: &'t str,
    /// The next byte to read.
    at: usize,
    position: u32,
    /// What is left of a character that folds to several.
    expansion: Option<Expansion>,
}

/// The folded characters of one original character that are not yet read; at least one.
#[derive(Debug, Clone)]
struct Expansion {
    characters: &'static [(char, Kind)],
    start: usize,
    end: usize,
}

/// A folded character with its place in the original.
#[derive(Clone, Copy)]
struct Piece {
    folded: char,
    kind: Kind,
    start: usize,
    end: usize,
}

impl Tokens<'_> {
    /// Reads the next token into `token`, whose buffer is reused. Returns false at the end of the text.
    pub(crate) fn advance(&mut self, token: &mut Token) -> bool {
        token.text.clear();
        let found = self.expansion.is_none() && self.ascii_word(token) || self.word(token);
        if found {
            token.position = self.position;
            self.position = self.position.saturating_add(1);
        }
        found
    }

    /// The fast path: a word of ASCII alone. Returns false at the end, or before a word with other characters; what it
    /// has read of that word is then in `token`.
    fn ascii_word(&mut self, token: &mut Token) -> bool {
        let bytes = self.text.as_bytes();
        let rest = &bytes[self.at..];
        let skipped = rest.iter().position(|byte| ASCII[usize::from(*byte)] != 0);
        let start = self.at + skipped.unwrap_or(rest.len());
        let rest = &bytes[start..];
        let length = rest
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        self.at = start + length;
        token.start = start;
        token.end = self.at;
        if length == 0 {
            return false;
        }
        let complete = bytes.get(self.at).is_none_or(u8::is_ascii);
        let kept = length.min(if complete {
            MAX_TOKEN_BYTES
        } else {
            MAX_COLLECTED_BYTES
        });
        token.text.push_str(&self.text[start..start + kept]);
        token.text.make_ascii_lowercase();
        complete
    }

    /// The general path: continues the word in `token`, if the fast path has read part of one.
    fn word(&mut self, token: &mut Token) -> bool {
        let mut open = (!token.text.is_empty()).then_some(Kind::Word);
        let mut last = 'x';
        let mut composes = false;
        while let Some(piece) = self.peek() {
            let joins = match (open, piece.kind) {
                (Some(_), Kind::Mark | Kind::Dropped) | (Some(Kind::Word), Kind::Word) => true,
                (Some(Kind::Single), Kind::Single) => jamo_join(last, piece.folded),
                (None, Kind::Word | Kind::Single) => {
                    open = Some(piece.kind);
                    token.start = piece.start;
                    true
                }
                // A mark without a word belongs to a symbol, such as the variation selector of an emoji.
                (None, _) => {
                    self.bump(piece);
                    if self.expansion.is_none() && self.ascii_word(token) {
                        return true;
                    }
                    if !token.text.is_empty() {
                        open = Some(Kind::Word);
                    }
                    continue;
                }
                (Some(_), _) => false,
            };
            if !joins {
                break;
            }
            if piece.kind != Kind::Dropped && token.text.len() < MAX_COLLECTED_BYTES {
                composes |= piece.kind == Kind::Mark
                    || self.expansion.is_some()
                    || may_compose(piece.folded);
                token.text.push(piece.folded);
                last = piece.folded;
            }
            token.end = piece.end;
            self.bump(piece);
        }
        if composes && !NFC.is_normalized(&token.text) {
            token.text = NFC.normalize(&token.text).into_owned();
        }
        token
            .text
            .truncate(token.text.floor_char_boundary(MAX_TOKEN_BYTES));
        open.is_some()
    }

    /// The next folded character, without reading it.
    fn peek(&mut self) -> Option<Piece> {
        if self.expansion.is_none() {
            let c = self.text[self.at..].chars().next()?;
            let (start, end) = (self.at, self.at + c.len_utf8());
            match lookup(c) {
                Folded::One(folded, kind) => {
                    return Some(Piece {
                        folded,
                        kind,
                        start,
                        end,
                    });
                }
                Folded::Several(characters) => {
                    self.expansion = Some(Expansion {
                        characters,
                        start,
                        end,
                    });
                }
            }
        }
        let expansion = self.expansion.as_ref()?;
        let (folded, kind) = *expansion.characters.first()?;
        Some(Piece {
            folded,
            kind,
            start: expansion.start,
            end: expansion.end,
        })
    }

    /// Reads the piece that [`Self::peek`] has shown.
    fn bump(&mut self, piece: Piece) {
        if let Some(expansion) = &mut self.expansion {
            expansion.characters = &expansion.characters[1..];
            if !expansion.characters.is_empty() {
                return;
            }
            self.expansion = None;
        }
        self.at = piece.end;
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let mut token = Token::default();
        self.advance(&mut token).then_some(token)
    }
}

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
const NFKD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfkd();

/// What a folded character does in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Separator,
    /// A letter or digit: part of the word around it.
    Word,
    /// A character of a script without spaces: a token of its own.
    Single,
    /// A combining mark that stays: part of the token before it.
    Mark,
    /// Invisible: no part of any token, and no separator.
    Dropped,
}

/// What one original character folds to.
#[derive(Debug, Clone, Copy)]
enum Folded<'b> {
    One(char, Kind),
    Several(&'b [(char, Kind)]),
}

/// The folding of 256 consecutive characters.
struct Block {
    entries: [Entry; 256],
    several: Vec<Box<[(char, Kind)]>>,
}

#[derive(Clone, Copy)]
enum Entry {
    One(char, Kind),
    /// The index in [`Block::several`].
    Several(u8),
}

/// All of Unicode, by blocks that are computed when first needed: a script costs a few kilobytes, all of it some 9 MB.
static BLOCKS: [OnceLock<Box<Block>>; 0x11_0000 / 256] =
    [const { OnceLock::new() }; 0x11_0000 / 256];

fn lookup(c: char) -> Folded<'static> {
    let code = c as usize;
    let block = BLOCKS[code / 256].get_or_init(|| Box::new(Block::new(c)));
    match block.entries[code % 256] {
        Entry::One(folded, kind) => Folded::One(folded, kind),
        Entry::Several(index) => Folded::Several(&block.several[usize::from(index)]),
    }
}

impl Block {
    /// The block that has `c`.
    #[cold]
    fn new(c: char) -> Self {
        let mut block = Self {
            entries: [Entry::One(c, Kind::Separator); 256],
            several: Vec::new(),
        };
        let codes = u32::from(c) & !0xff..;
        for (code, at) in codes.zip(0..256) {
            if let Some(c) = char::from_u32(code) {
                block.entries[at] = block.fold(c);
            }
        }
        block
    }

    fn fold(&mut self, c: char) -> Entry {
        if matches!(c, '™' | '℠') {
            return Entry::One(c, Kind::Separator);
        }
        let mut characters: Vec<(char, Kind)> = expand(c).collect();
        if characters.is_empty() {
            return Entry::One(c, Kind::Dropped);
        }
        // Composed where that is possible, because が is more frequent than its parts. It is canonically equivalent, and
        // marks do not begin a token, so words are the same either way.
        let folded: String = characters.iter().map(|(c, _)| c).collect();
        let composed = NFC.normalize(&folded);
        let mut composed = composed.chars();
        if let (Some(only), None) = (composed.next(), composed.next()) {
            return Entry::One(only, kind(only));
        }
        if characters.iter().any(|(c, _)| *c == FRACTION_SLASH) {
            characters.insert(0, (BOUNDARY, Kind::Separator));
            characters.push((BOUNDARY, Kind::Separator));
        }
        self.several.push(characters.into_boxed_slice());
        // At most 256 of them, one for each entry.
        Entry::Several(u8::try_from(self.several.len() - 1).unwrap_or(u8::MAX))
    }
}

/// In the decomposition of `½`. Such a character stands apart: `5½` is not `51` `2`.
const FRACTION_SLASH: char = '\u{2044}';

/// Separates and stands for nothing.
const BOUNDARY: char = '\0';

/// The folded characters of one character, decomposed, each with its kind.
fn expand(c: char) -> impl Iterator<Item = (char, Kind)> {
    NFKD.normalize_iter(iter::once(c))
        .filter(|c| !is_dropped(*c))
        // To capitals and back is full case folding on decomposed characters: ς and σ, ß and ss. A test compares.
        .flat_map(|c| {
            c.to_lowercase()
                .flat_map(char::to_uppercase)
                .flat_map(char::to_lowercase)
        })
        .map(|c| (c, kind(c)))
}

fn is_dropped(c: char) -> bool {
    match c {
        '\u{300}'..='\u{36f}' | '\u{640}' => true,
        '\u{200b}' => false,
        _ => {
            CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
                || CodePointMapData::<GeneralCategory>::new().get(c)
                    == GeneralCategory::EnclosingMark
        }
    }
}

/// The kind of a character that is folded already.
fn kind(c: char) -> Kind {
    // Modifier letters that are written as apostrophes: Ukrainian м'я, Hawaiian okina.
    if matches!(c, '\u{2bb}' | '\u{2bc}') {
        return Kind::Separator;
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    if GeneralCategoryGroup::Mark.contains(category) {
        Kind::Mark
    } else if !GeneralCategoryGroup::Letter.contains(category)
        && !GeneralCategoryGroup::Number.contains(category)
    {
        Kind::Separator
    } else if is_single(c) {
        Kind::Single
    } else {
        Kind::Word
    }
}

/// Letters and digits of the scripts without spaces (those of UAX #14's classes ID and SA in use today) and of Hangul.
fn is_single(c: char) -> bool {
    // Of several scripts: iteration marks, the prolonged sound mark.
    if matches!(c, '\u{3000}'..='\u{303f}' | '\u{30fc}') {
        return true;
    }
    matches!(
        CodePointMapData::<Script>::new().get(c),
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Bopomofo
            | Script::Hangul
            | Script::Yi
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
            | Script::Tibetan
            | Script::TaiLe
            | Script::NewTaiLue
            | Script::TaiTham
            | Script::TaiViet
    )
}

/// Vowels and final consonants of decomposed Hangul.
fn is_jamo_tail(c: char) -> bool {
    matches!(c, '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}')
}

/// Whether two characters of Hangul are one syllable: GB7 and GB8 of UAX #29.
fn jamo_join(last: char, c: char) -> bool {
    let vowel = matches!(c, '\u{1160}'..='\u{11a7}' | '\u{d7b0}'..='\u{d7c6}');
    match last {
        '\u{1100}'..='\u{115f}' | '\u{a960}'..='\u{a97c}' => vowel,
        '\u{1160}'..='\u{11a7}' | '\u{d7b0}'..='\u{d7c6}' => is_jamo_tail(c),
        // A syllable without a final consonant is the first of 28.
        '\u{ac00}'..='\u{d7a3}' if (u32::from(last) - 0xac00).is_multiple_of(28) => is_jamo_tail(c),
        '\u{ac00}'..='\u{d7a3}' | '\u{11a8}'..='\u{11ff}' | '\u{d7cb}'..='\u{d7fb}' => {
            is_jamo_tail(c) && !vowel
        }
        _ => false,
    }
}

/// Whether a letter may be composed with the one before it: decomposed Hangul, and letters beyond the basic plane.
fn may_compose(c: char) -> bool {
    is_jamo_tail(c) || c > '\u{ffff}'
}

fn compose(folded: String) -> String {
    if NFC.is_normalized(&folded) {
        folded
    } else {
        NFC.normalize(&folded).into_owned()
    }
}

/// 1 where the fast path stops to skip: letters, digits and all that is not ASCII.
const ASCII: [u8; 256] = {
    let mut table = [1; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        if !byte.is_ascii_alphanumeric() {
            table[byte as usize] = 0;
        }
        byte += 1;
    }
    table
};

#[cfg(test)]
pub(super) mod tests;
