"""SQLite with FTS5. Who may see an item is looked up for each row that matches."""

import json
import pathlib
import sqlite3
import threading

# Of rows that match, those that the caller may see.
SEEN = """
    EXISTS (SELECT * FROM acl AS a CROSS JOIN principal AS p ON p.caller = :caller AND p.name = a.name
            WHERE a.item = words.rowid AND NOT a.deny)
    AND NOT EXISTS (SELECT * FROM acl AS a CROSS JOIN principal AS p ON p.caller = :caller AND p.name = a.name
                    WHERE a.item = words.rowid AND a.deny)"""


class Engine:
    def __init__(self, place, callers, rows):
        self.file, self.local = pathlib.Path(place) / "items.db", threading.local()
        db = self.db()
        db.executescript("""
            CREATE TABLE item (no INTEGER PRIMARY KEY, id TEXT UNIQUE, properties TEXT, text TEXT, kind TEXT, changed TEXT);
            CREATE TABLE acl (item INTEGER, deny INTEGER, name TEXT, PRIMARY KEY (item, deny, name)) WITHOUT ROWID;
            CREATE TABLE principal (caller TEXT, name TEXT, PRIMARY KEY (caller, name)) WITHOUT ROWID;
            CREATE VIRTUAL TABLE words USING fts5 (title, text);""")
        db.execute("BEGIN")
        for caller, names in callers.items():
            db.executemany("INSERT OR IGNORE INTO principal VALUES (?, ?)", [(caller, name) for name in names])
        for row in rows:
            self.write(db, row)
        db.execute("COMMIT")

    def close(self):
        pass

    def db(self):
        if not hasattr(self.local, "db"):
            self.local.db = sqlite3.connect(self.file, timeout=30, isolation_level=None)
            for pragma in ["journal_mode = WAL", "synchronous = FULL", "cache_size = -65536"]:
                self.local.db.execute(f"PRAGMA {pragma}")
        return self.local.db

    def write(self, db, row):
        known = db.execute("SELECT no FROM item WHERE id = ?", (row.id,)).fetchone()
        values = (row.id, json.dumps(row.properties), row.text, row.properties["kind"], row.properties["changed"])
        if known:
            no = known[0]
            db.execute("UPDATE item SET id = ?, properties = ?, text = ?, kind = ?, changed = ? WHERE no = ?", (*values, no))
            db.execute("UPDATE words SET title = ?, text = ? WHERE rowid = ?", (row.properties["title"], row.text, no))
            db.execute("DELETE FROM acl WHERE item = ?", (no,))
        else:
            no = db.execute("INSERT INTO item (id, properties, text, kind, changed) VALUES (?, ?, ?, ?, ?)", values).lastrowid
            db.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (no, row.properties["title"], row.text))
        entries = [(no, 0, name) for name in row.grants] + [(no, 1, name) for name in row.denies]
        db.executemany("INSERT OR IGNORE INTO acl VALUES (?, ?, ?)", entries)

    def put(self, row):
        db = self.db()
        db.execute("BEGIN IMMEDIATE")
        self.write(db, row)
        db.execute("COMMIT")

    def search(self, caller, query, size, field):
        match = " ".join(f'"{word}"' for word in query.words)
        where, source = f"words MATCH :match AND {SEEN}", "words"
        if query.kind or query.since:
            source += " JOIN item AS i ON i.no = words.rowid"
            where += " AND (:kind IS NULL OR i.kind = :kind) AND (:since IS NULL OR i.changed >= :since)"
        values = {"match": match, "caller": caller, "kind": query.kind, "since": query.since, "size": size}
        found = f"WITH found AS MATERIALIZED (SELECT words.rowid AS no, rank AS score FROM {source} WHERE {where})"
        db = self.db()
        best = db.execute(f"{found} SELECT no, (SELECT count(*) FROM found) FROM found ORDER BY score LIMIT :size", values).fetchall()
        hits = []
        for no, _ in best:
            hits.append(db.execute("""
                SELECT i.id, i.properties, snippet(words, 1, '<c0>', '</c0>', '<ddd/>', 32)
                FROM words JOIN item AS i ON i.no = words.rowid WHERE words MATCH ? AND words.rowid = ?""", (match, no)).fetchone())
        buckets = []
        if field:
            buckets = db.execute(f"{found} SELECT i.kind, count(*) FROM found JOIN item AS i USING (no) GROUP BY 1 ORDER BY 2 DESC LIMIT 10", values)
        return [(id, json.loads(properties), summary) for id, properties, summary in hits], best[0][1] if best else 0, list(buckets)
