//! The fields of the index, and the words that are in them.
//!
//! | field | words |
//! |---|---|
//! | `key` | the item: `{content}/{id}` |
//! | `tenant` | whose it is |
//! | `content`, `id` | both as columns, to tell which item a document is |
//! | `grant`, `deny` | the entries of its list, as [`acl::terms`](crate::domain::acl::terms) writes them |
//! | `body` | what is searched: `{tenant}/{word}`, with positions, of the searchable properties and the content |
//! | `property` | what is queried: `{content}/{property}/{word}`, with positions |
//! | `whole` | whole values: `{content}/{property}={value}`; that there is one: `{content}/{property}` |
//! | `column` | values to compare, sort and count, an object of objects: `{content}.{property}` |
//!
//! Words of tenants and of contents are apart, so that none makes another's dictionary longer.

use tantivy::{
    Index, Term,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, JsonObjectOptions, STRING, Schema,
        TextFieldIndexing, TextOptions,
    },
    tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer},
};
use uuid::Uuid;

/// How items are indexed: an index of another format is built anew. The first number grows when that changes here,
/// or what `domain::acl` has an index know of entries.
pub(super) const FORMAT: (u32, [u8; 4]) = (4, super::text::VERSION);

/// The longest whole value, bytes: of a longer one, its beginning and a digest of all.
const WHOLE_BYTES: usize = 1_024;

#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) key: Field,
    pub(super) tenant: Field,
    pub(super) content: Field,
    pub(super) id: Field,
    pub(super) grant: Field,
    pub(super) deny: Field,
    pub(super) body: Field,
    pub(super) property: Field,
    pub(super) whole: Field,
    pub(super) column: Field,
}

/// Names of columns.
pub(super) const CONTENT: &str = "content";
pub(super) const ID: &str = "id";
const COLUMN: &str = "column";
const RUNS: &str = "runs";

/// The schema of the index.
pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let runs = TextFieldIndexing::default()
        .set_tokenizer(RUNS)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let with_length = TextOptions::default().set_indexing_options(runs.clone());
    let without = TextOptions::default().set_indexing_options(runs.set_fieldnorms(false));
    let fields = Fields {
        key: schema.add_text_field("key", STRING),
        tenant: schema.add_u64_field("tenant", INDEXED),
        content: schema.add_u64_field(CONTENT, INDEXED | FAST),
        id: schema.add_text_field(ID, TextOptions::default().set_fast("raw")),
        grant: schema.add_text_field("grant", STRING),
        deny: schema.add_text_field("deny", STRING),
        body: schema.add_text_field("body", with_length),
        property: schema.add_text_field("property", without),
        whole: schema.add_text_field("whole", STRING),
        column: schema.add_json_field(COLUMN, JsonObjectOptions::default().set_fast("raw")),
    };
    (schema.build(), fields)
}

/// Teaches an index to read [`Runs`].
pub(super) fn register(index: &Index) {
    let tokenizer = TextAnalyzer::from(RunsTokenizer::default());
    index.tokenizers().register(RUNS, tokenizer);
}

impl Fields {
    pub(super) fn key_of(&self, content: i64, id: &str) -> Term {
        Term::from_field_text(self.key, &key(content, id))
    }

    /// Items of a tenant.
    pub(super) fn tenant_of(&self, tenant: i64) -> Term {
        Term::from_field_u64(self.tenant, unsigned(tenant))
    }

    pub(super) fn content_of(&self, content: i64) -> Term {
        Term::from_field_u64(self.content, unsigned(content))
    }

    pub(super) fn body_of(&self, tenant: i64, word: &str) -> Term {
        Term::from_field_text(self.body, &format!("{}{word}", tenant_prefix(tenant)))
    }
}

/// A document, by its place in a set of them.
#[expect(clippy::cast_possible_truncation, reason = "documents have 32 bits")]
pub(super) fn document(place: usize) -> u32 {
    place as u32
}

pub(super) fn key(content: i64, id: &str) -> String {
    format!("{content}/{id}")
}

/// Numbers of tenants and contents count from 1.
pub(super) fn unsigned(content: i64) -> u64 {
    content.unsigned_abs()
}

pub(super) fn tenant_prefix(tenant: i64) -> String {
    format!("{tenant}/")
}

pub(super) fn property_prefix(content: i64, property: &str) -> String {
    format!("{content}/{}/", property.to_ascii_lowercase())
}

/// That a property has a value.
pub(super) fn presence(content: i64, property: &str) -> String {
    format!("{content}/{}", property.to_ascii_lowercase())
}

/// A whole value, folded.
pub(super) fn whole(content: i64, property: &str, folded: &str) -> String {
    let mut text = whole_prefix(content, property, folded);
    if folded.len() > WHOLE_BYTES {
        let digest = Uuid::new_v5(&Uuid::NAMESPACE_OID, folded.as_bytes());
        text.push(WORD_END);
        text.push_str(&digest.simple().to_string());
    }
    text
}

/// The beginning of whole values that begin with a text.
pub(super) fn whole_prefix(content: i64, property: &str, folded: &str) -> String {
    let mut text = format!("{content}/{}=", property.to_ascii_lowercase());
    text.push_str(&folded[..folded.floor_char_boundary(WHOLE_BYTES)]);
    text
}

/// The path of a column.
pub(super) fn column(content: i64, property: &str) -> String {
    format!("{COLUMN}.{content}.{}", property.to_ascii_lowercase())
}

/// Words for [`RunsTokenizer`]: runs of words that follow one another. No word goes on from one run to the next.
#[derive(Debug, Default)]
pub(super) struct Runs(String);

/// Begins a run, whose words have a prefix; ends the prefix; ends a word. No folded word has control characters.
const RUN: char = '\u{1}';
const PREFIX_END: char = '\u{2}';
const WORD_END: char = '\u{3}';

impl Runs {
    pub(super) fn begin(&mut self, prefix: &str) -> Run<'_> {
        self.0.push(RUN);
        self.0.push_str(prefix);
        self.0.push(PREFIX_END);
        Run(&mut self.0)
    }

    pub(super) fn into_text(self) -> Option<String> {
        (!self.0.is_empty()).then_some(self.0)
    }
}

/// The last run.
pub(super) struct Run<'a>(&'a mut String);

impl Run<'_> {
    pub(super) fn push(&mut self, word: &str) {
        self.0.push_str(word);
        self.0.push(WORD_END);
    }
}

/// Reads [`Runs`].
#[derive(Clone, Default)]
struct RunsTokenizer {
    token: Token,
    prefix: String,
}

struct RunsTokens<'a> {
    rest: &'a str,
    tokenizer: &'a mut RunsTokenizer,
}

impl Tokenizer for RunsTokenizer {
    type TokenStream<'a> = RunsTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> RunsTokens<'a> {
        self.token.reset();
        RunsTokens {
            rest: text,
            tokenizer: self,
        }
    }
}

impl TokenStream for RunsTokens<'_> {
    fn advance(&mut self) -> bool {
        let RunsTokenizer { token, prefix } = &mut *self.tokenizer;
        while let Some(run) = self.rest.strip_prefix(RUN) {
            let Some((run_prefix, rest)) = run.split_once(PREFIX_END) else {
                return false;
            };
            prefix.clear();
            prefix.push_str(run_prefix);
            // A place that no word has.
            token.position = token.position.wrapping_add(1);
            self.rest = rest;
        }
        let Some((word, rest)) = self.rest.split_once(WORD_END) else {
            return false;
        };
        token.text.clear();
        token.text.push_str(prefix);
        token.text.push_str(word);
        token.position = token.position.wrapping_add(1);
        self.rest = rest;
        true
    }

    fn token(&self) -> &Token {
        &self.tokenizer.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokenizer.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_run_follow_one_another_and_runs_do_not() {
        let mut runs = Runs::default();
        let mut run = runs.begin("1/");
        run.push("a");
        run.push("b");
        runs.begin("1/");
        runs.begin("2/").push("c");
        let text = runs.into_text().expect("there are some");
        let mut tokenizer = RunsTokenizer::default();
        let mut stream = tokenizer.token_stream(&text);
        let mut found = Vec::new();
        while stream.advance() {
            let Token { text, position, .. } = stream.token();
            found.push((text.clone(), *position));
        }
        let [(a, at_a), (b, at_b), (c, at_c)] = found.try_into().expect("three words");
        assert_eq!((a.as_str(), b.as_str(), c.as_str()), ("1/a", "1/b", "2/c"));
        assert_eq!(at_b, at_a + 1);
        assert!(at_c > at_b + 1);
    }
}
