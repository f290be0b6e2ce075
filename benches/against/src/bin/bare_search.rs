//! A bare server of the same searches on the same index crate: hyper, tantivy, the rows of the store, and JSON. It trims alike, by sets of
//! documents that are kept for each caller and segment. No token (the caller's name stands in its place), no language of queries, no
//! rules, no document, no errors.
//!
//! `bare_search STORE OUT INDEX [visible]`: the directory of a store whose items it indexes, that of `callers.json`, and one for its
//! index. With `visible`, words weigh by the documents that the caller can see, as in the product; otherwise by all of them.

use std::{
    collections::HashMap,
    convert::Infallible,
    error::Error,
    fmt::Write as _,
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use against::{FILE, content, corpus::Entry, open};
use fixedbitset::FixedBitSet;
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    header,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tantivy::{
    DocSet, Index, IndexWriter, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term,
    columnar::Column,
    index::SegmentId,
    query::{
        Bm25StatisticsProvider, BooleanQuery, EnableScoring, Occur, Query, RangeQuery, TermQuery,
    },
    schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TEXT},
};

/// About the length of a summary, bytes.
const SUMMARY_BYTES: usize = 200;

#[derive(Clone, Copy)]
struct Fields {
    no: Field,
    body: Field,
    grant: Field,
    deny: Field,
    kind: Field,
    day: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let fields = Fields {
        no: schema.add_u64_field("no", FAST),
        body: schema.add_text_field("body", TEXT),
        grant: schema.add_text_field("grant", STRING),
        deny: schema.add_text_field("deny", STRING),
        kind: schema.add_text_field("kind", STRING | FAST),
        day: schema.add_u64_field("day", FAST | INDEXED),
    };
    (schema.build(), fields)
}

/// `2026-03-01…` as 20260301.
fn day(text: &str) -> u64 {
    let digits: String = text.chars().take(10).filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_default()
}

#[derive(Deserialize)]
struct Properties<'a> {
    title: &'a str,
    kind: &'a str,
    changed: &'a str,
}

/// By one name of a principal.
fn name(entry: &Entry) -> String {
    format!("{}:{}", entry.r#type, entry.value)
}

fn index(db: &Connection, dir: &Path) -> Result<(Index, Fields), Box<dyn Error>> {
    let (schema, fields) = schema();
    fs::create_dir_all(dir)?;
    let index = Index::create_in_dir(dir, schema)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 48 * 1_024 * 1_024)?;
    let content = content(db)?.ok_or("there is no connection with items")?;
    let mut items = db.prepare(
        "SELECT i.no, i.acl, i.properties, t.text FROM item AS i JOIN item_text AS t ON t.no = i.no WHERE i.content = ?",
    )?;
    let mut rows = items.query([content])?;
    while let Some(row) = rows.next()? {
        let properties: Properties<'_> = serde_json::from_str(row.get_ref(2)?.as_str()?)?;
        let mut document = TantivyDocument::new();
        document.add_u64(fields.no, row.get::<_, i64>(0)?.cast_unsigned());
        document.add_text(fields.body, properties.title);
        document.add_text(fields.body, row.get_ref(3)?.as_str()?);
        document.add_text(fields.kind, properties.kind);
        document.add_u64(fields.day, day(properties.changed));
        let entries: Vec<Entry> = serde_json::from_str(row.get_ref(1)?.as_str()?)?;
        for entry in &entries {
            let field = if entry.deny {
                fields.deny
            } else {
                fields.grant
            };
            document.add_text(field, name(entry));
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok((index, fields))
}

#[derive(Deserialize)]
struct Asked {
    requests: Vec<SearchRequest>,
}

#[derive(Deserialize)]
struct SearchRequest {
    query: SearchQuery,
    #[serde(default)]
    size: usize,
    #[serde(default)]
    aggregations: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SearchQuery {
    query_string: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    value: [Results<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Results<'a> {
    search_terms: &'a [&'a str],
    hits_containers: [Container; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Container {
    hits: Vec<Hit>,
    total: usize,
    more_results_available: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aggregations: Vec<Aggregation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Hit {
    hit_id: String,
    rank: usize,
    summary: String,
    content_source: &'static str,
    resource: Resource,
}

#[derive(Serialize)]
struct Resource {
    #[serde(rename = "@odata.type")]
    odata_type: &'static str,
    properties: Box<RawValue>,
}

#[derive(Serialize)]
struct Aggregation {
    field: &'static str,
    buckets: Vec<Bucket>,
}

#[derive(Serialize)]
struct Bucket {
    key: String,
    count: usize,
}

struct Bare {
    searcher: Searcher,
    fields: Fields,
    callers: HashMap<String, Vec<Entry>>,
    kept: Mutex<HashMap<(SegmentId, String), Arc<FixedBitSet>>>,
    store: Mutex<Connection>,
    by_visible: bool,
}

/// How often words are among what a caller can see.
struct Visible {
    documents: u64,
    words: u64,
    with: HashMap<Term, u64>,
}

impl Bm25StatisticsProvider for Visible {
    fn total_num_tokens(&self, _: Field) -> tantivy::Result<u64> {
        Ok(self.words)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.with.get(term).copied().unwrap_or_default())
    }
}

impl Bare {
    fn visible(&self, caller: &str, segment: &SegmentReader) -> tantivy::Result<Arc<FixedBitSet>> {
        let key = (segment.segment_id(), caller.to_owned());
        let kept = self.kept.lock().expect("no panic").get(&key).cloned();
        if let Some(kept) = kept {
            return Ok(kept);
        }
        let with = |field| -> tantivy::Result<FixedBitSet> {
            let mut with = FixedBitSet::with_capacity(segment.max_doc() as usize);
            let inverted = segment.inverted_index(field)?;
            for entry in &self.callers[caller] {
                let term = Term::from_field_text(field, &name(entry));
                let postings = inverted.read_postings(&term, IndexRecordOption::Basic)?;
                let Some(mut postings) = postings else {
                    continue;
                };
                while postings.doc() != TERMINATED {
                    with.insert(postings.doc() as usize);
                    postings.advance();
                }
            }
            Ok(with)
        };
        let mut visible = with(self.fields.grant)?;
        visible.difference_with(&with(self.fields.deny)?);
        let visible = Arc::new(visible);
        self.kept
            .lock()
            .expect("no panic")
            .insert(key, Arc::clone(&visible));
        Ok(visible)
    }

    /// The words of a query, and all that it asks for.
    fn query<'q>(&self, text: &'q str) -> (Vec<&'q str>, Vec<Term>, Box<dyn Query>) {
        let (mut words, mut terms) = (Vec::new(), Vec::new());
        let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for part in text.split_whitespace() {
            let query: Box<dyn Query> = if let Some(kind) = part.strip_prefix("kind:") {
                let term = Term::from_field_text(self.fields.kind, kind);
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            } else if let Some(from) = part.strip_prefix("changed>=") {
                let from = Term::from_field_u64(self.fields.day, day(from));
                let from = std::ops::Bound::Included(from);
                Box::new(RangeQuery::new(from, std::ops::Bound::Unbounded))
            } else {
                let term = Term::from_field_text(self.fields.body, part);
                words.push(part);
                terms.push(term.clone());
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
            };
            parts.push((Occur::Must, query));
        }
        (words, terms, Box::new(BooleanQuery::new(parts)))
    }

    fn statistics(&self, terms: &[Term], visible: &[Arc<FixedBitSet>]) -> tantivy::Result<Visible> {
        let documents: usize = visible.iter().map(|of| of.count_ones(..)).sum();
        let mut with = HashMap::new();
        for term in terms {
            let mut count = 0;
            for (segment, visible) in self.searcher.segment_readers().iter().zip(visible) {
                let inverted = segment.inverted_index(term.field())?;
                let postings = inverted.read_postings(term, IndexRecordOption::Basic)?;
                let Some(mut postings) = postings else {
                    continue;
                };
                while postings.doc() != TERMINATED {
                    count += u64::from(visible.contains(postings.doc() as usize));
                    postings.advance();
                }
            }
            with.insert(term.clone(), count);
        }
        let documents = documents as u64;
        // Of constant length, as in the product.
        let words = documents * 100;
        Ok(Visible {
            documents,
            words,
            with,
        })
    }

    fn search(&self, caller: &str, asked: &SearchRequest) -> Result<Vec<u8>, Box<dyn Error>> {
        let (words, terms, query) = self.query(&asked.query.query_string);
        let segments = self.searcher.segment_readers();
        let visible = segments.iter().map(|segment| self.visible(caller, segment));
        let visible: Vec<_> = visible.collect::<tantivy::Result<_>>()?;
        let statistics;
        let scoring = if self.by_visible {
            statistics = self.statistics(&terms, &visible)?;
            EnableScoring::enabled_from_statistics_provider(&statistics, &self.searcher)
        } else {
            EnableScoring::enabled_from_searcher(&self.searcher)
        };
        let weight = query.weight(scoring)?;
        let asks_for_kinds = !asked.aggregations.is_empty();
        let mut total = 0;
        let mut kinds: HashMap<String, usize> = HashMap::new();
        // The best so far, the worst of them last.
        let mut best: Vec<(f32, u64)> = Vec::new();
        for (segment, visible) in segments.iter().zip(&visible) {
            let numbers: Column<u64> = segment.fast_fields().u64("no")?;
            let kind = segment.fast_fields().str("kind")?.ok_or("no kinds")?;
            let mut of_kinds = vec![0; kind.num_terms()];
            let mut found = weight.scorer(segment, 1.0)?;
            while found.doc() != TERMINATED {
                let doc = found.doc();
                if visible.contains(doc as usize) {
                    total += 1;
                    if asks_for_kinds {
                        for ord in kind.term_ords(doc) {
                            of_kinds[usize::try_from(ord)?] += 1;
                        }
                    }
                    let score = found.score();
                    if best.len() < asked.size || best.last().is_some_and(|last| score > last.0) {
                        let at = best.partition_point(|other| other.0 >= score);
                        best.insert(at, (score, numbers.first(doc).unwrap_or_default()));
                        best.truncate(asked.size);
                    }
                }
                found.advance();
            }
            for (ord, count) in (0..).zip(of_kinds).filter(|(_, count)| *count > 0) {
                let mut key = String::new();
                kind.ord_to_str(ord, &mut key)?;
                *kinds.entry(key).or_default() += count;
            }
        }
        let buckets = kinds.into_iter().map(|(key, count)| Bucket { key, count });
        let mut buckets: Vec<_> = buckets.collect();
        buckets.sort_by(|one, other| other.count.cmp(&one.count));
        buckets.truncate(10);
        let container = Container {
            hits: self.hits(&best, &words)?,
            total,
            more_results_available: total > best.len(),
            aggregations: asks_for_kinds
                .then_some(Aggregation {
                    field: "kind",
                    buckets,
                })
                .into_iter()
                .collect(),
        };
        let results = Results {
            search_terms: &words,
            hits_containers: [container],
        };
        Ok(serde_json::to_vec(&Answer { value: [results] })?)
    }

    fn hits(&self, best: &[(f32, u64)], words: &[&str]) -> Result<Vec<Hit>, Box<dyn Error>> {
        let store = self.store.lock().expect("no panic");
        let mut item = store.prepare_cached(
            "SELECT i.id, i.properties, t.text FROM item AS i JOIN item_text AS t ON t.no = i.no WHERE i.no = ?",
        )?;
        let mut hits = Vec::new();
        for (n, (_, no)) in best.iter().enumerate() {
            let mut rows = item.query(params![no.cast_signed()])?;
            let Some(row) = rows.next()? else {
                continue;
            };
            hits.push(Hit {
                hit_id: row.get(0)?,
                rank: n + 1,
                summary: summary(row.get_ref(2)?.as_str()?, words),
                content_source: "/external/connections/contosoitems",
                resource: Resource {
                    odata_type: "#microsoft.graph.externalConnectors.externalItem",
                    properties: RawValue::from_string(row.get(1)?)?,
                },
            });
        }
        Ok(hits)
    }
}

/// The text around the first word that matches, with a mark on each.
fn summary(text: &str, words: &[&str]) -> String {
    let is_wanted = |word: &str| words.contains(&word.trim_end_matches('.'));
    let mut at = 0;
    let first = text.split(' ').find_map(|word| {
        let begin = at;
        at += word.len() + 1;
        is_wanted(word).then_some(begin)
    });
    let begin = text.floor_char_boundary(first.unwrap_or_default());
    let end = text.floor_char_boundary(begin + SUMMARY_BYTES);
    let mut summary = String::from(if begin == 0 { "" } else { "<ddd/>" });
    for word in text[begin..end].split(' ') {
        let marked = if is_wanted(word) {
            write!(summary, "<c0>{word}</c0> ")
        } else {
            write!(summary, "{word} ")
        };
        marked.expect("memory");
    }
    summary.push_str("<ddd/>");
    summary
}

async fn answer(
    bare: Arc<Bare>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let caller = request.headers()[header::AUTHORIZATION]
        .to_str()
        .expect("text");
    let caller = caller.trim_start_matches("Bearer ").to_owned();
    let body = request
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    let asked: Asked = serde_json::from_slice(&body).expect("a search");
    let found = bare.search(&caller, &asked.requests[0]).expect("an answer");
    let response = Response::builder().header(header::CONTENT_TYPE, "application/json");
    Ok(response.body(Full::new(found.into())).expect("a response"))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [store, out, index_dir, rest @ ..] = arguments.as_slice() else {
        return Err("three directories are required".into());
    };
    let store = open(&Path::new(store).join(FILE))?;
    let (index, fields) = index(&store, Path::new(index_dir))?;
    let callers = fs::read_to_string(Path::new(out).join("callers.json"))?;
    let bare = Arc::new(Bare {
        searcher: index.reader()?.searcher(),
        fields,
        callers: serde_json::from_str(&callers)?,
        kept: Mutex::default(),
        store: Mutex::new(store),
        by_visible: rest.first().is_some_and(|word| word == "visible"),
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("API http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let bare = Arc::clone(&bare);
        let service = service_fn(move |request| answer(Arc::clone(&bare), request));
        let serving = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        tokio::spawn(serving);
    }
}
