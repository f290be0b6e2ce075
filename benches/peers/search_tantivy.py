"""PyPI tantivy beside SQLite: items are in both, and the index is committed when somebody searches. Who may see an item is a part of the query."""

import datetime
import json
import pathlib
import sqlite3
import threading

import tantivy
from tantivy import Occur, Query


class Engine:
    def __init__(self, place, callers, rows):
        self.callers, self.lock, self.is_dirty = callers, threading.Lock(), False
        self.file, self.local = pathlib.Path(place) / "items.db", threading.local()
        schema = tantivy.SchemaBuilder()
        for name in ["id", "grant", "deny"]:
            schema.add_text_field(name, tokenizer_name="raw", index_option="basic", stored=name == "id")
        schema.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
        schema.add_date_field("changed", fast=True)
        schema.add_text_field("body", stored=True)
        schema.add_text_field("properties", stored=True, tokenizer_name="raw", index_option="basic")
        self.schema = schema.build()
        index = pathlib.Path(place) / "index"
        index.mkdir()
        self.index = tantivy.Index(self.schema, str(index))
        self.writer = self.index.writer(heap_size=50_000_000, num_threads=1)
        db = self.db()
        db.execute("CREATE TABLE item (id TEXT PRIMARY KEY, grants TEXT, denies TEXT, properties TEXT, text TEXT)")
        db.execute("BEGIN")
        for row in rows:
            db.execute("INSERT INTO item VALUES (?, ?, ?, ?, ?)", self.values(row))
            self.writer.add_document(self.document(row))
        db.execute("COMMIT")
        self.writer.commit()
        self.index.reload()

    def close(self):
        pass

    def db(self):
        if not hasattr(self.local, "db"):
            self.local.db = sqlite3.connect(self.file, timeout=30, isolation_level=None)
            for pragma in ["journal_mode = WAL", "synchronous = FULL"]:
                self.local.db.execute(f"PRAGMA {pragma}")
        return self.local.db

    def values(self, row):
        return row.id, json.dumps(row.grants), json.dumps(row.denies), json.dumps(row.properties), row.text

    def document(self, row):
        document = tantivy.Document(id=row.id, kind=row.properties["kind"], body=f"{row.properties['title']}. {row.text}",
                                    properties=json.dumps(row.properties))
        document.add_date("changed", datetime.datetime.fromisoformat(row.properties["changed"]))
        for field, names in [("grant", row.grants), ("deny", row.denies)]:
            for name in names:
                document.add_text(field, name)
        return document

    def put(self, row):
        self.db().execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?)", self.values(row))
        with self.lock:
            self.writer.delete_documents_by_term("id", row.id)
            self.writer.add_document(self.document(row))
            self.is_dirty = True

    def searcher(self):
        with self.lock:
            if self.is_dirty:
                self.writer.commit()
                self.index.reload()
                self.is_dirty = False
        return self.index.searcher()

    def search(self, caller, query, size, field):
        schema, names = self.schema, self.callers[caller]
        words = [(Occur.Must, Query.term_query(schema, "body", word)) for word in query.words]
        parts = words.copy()
        parts.append((Occur.Must, Query.const_score_query(Query.term_set_query(schema, "grant", names), 0.0)))
        parts.append((Occur.MustNot, Query.term_set_query(schema, "deny", names)))
        if query.kind:
            parts.append((Occur.Must, Query.const_score_query(Query.term_query(schema, "kind", query.kind, "basic"), 0.0)))
        if query.since:
            since = datetime.datetime.fromisoformat(query.since).replace(tzinfo=datetime.timezone.utc)
            since = Query.range_query(schema, "changed", tantivy.FieldType.Date, since)
            parts.append((Occur.Must, Query.const_score_query(since, 0.0)))
        asked, searcher = Query.boolean_query(parts), self.searcher()
        found = searcher.search(asked, size, count=True)
        snippets = tantivy.SnippetGenerator.create(searcher, Query.boolean_query(words), schema, "body")
        hits = []
        for _, address in found.hits:
            document = searcher.doc(address)
            summary = snippets.snippet_from_doc(document).to_html()
            hits.append((document.get_first("id"), json.loads(document.get_first("properties")), summary))
        buckets = []
        if field:
            counts = searcher.aggregate(asked, {"by": {"terms": {"field": field, "size": 10}}})
            buckets = [(bucket["key"], bucket["doc_count"]) for bucket in counts["by"]["buckets"]]
        return hits, found.count, buckets
