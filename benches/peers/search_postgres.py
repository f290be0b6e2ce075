"""PostgreSQL with `tsvector` and GIN. Who may see an item is looked up for each row that matches."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

import psycopg
import psycopg_pool

# Debian keeps the programs of each version apart.
BIN = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
# It does not run as root.
USER = "postgres" if os.geteuid() == 0 else None

SEEN = """
    EXISTS (SELECT FROM principal AS p WHERE p.caller = %(caller)s AND p.name = ANY (i.grants))
    AND NOT EXISTS (SELECT FROM principal AS p WHERE p.caller = %(caller)s AND p.name = ANY (i.denies))"""


class Engine:
    def __init__(self, place, callers, rows):
        if USER:
            shutil.chown(place, USER)
        data = f"{place}/data"
        subprocess.run([BIN / "initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale", "C"],
                       check=True, stdout=subprocess.DEVNULL, user=USER)
        settings = ["shared_buffers=1GB", "work_mem=64MB", "listen_addresses=", f"unix_socket_directories={place}"]
        self.process = subprocess.Popen([BIN / "postgres", "-D", data, *(word for setting in settings for word in ["-c", setting])],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=USER)
        while not pathlib.Path(f"{place}/.s.PGSQL.5432").exists() and self.process.poll() is None:
            time.sleep(0.1)
        self.pool = psycopg_pool.ConnectionPool(f"host={place} user=bench dbname=postgres", min_size=1, max_size=8, open=True)
        self.pool.wait(30)
        with self.pool.connection() as db:
            db.execute("""
                CREATE TABLE item (id text PRIMARY KEY, grants text[], denies text[], properties text, text text, kind text, changed timestamptz,
                                   words tsvector GENERATED ALWAYS AS (to_tsvector('simple', (properties::json ->> 'title') || ' ' || text)) STORED);
                CREATE TABLE principal (caller text, name text, PRIMARY KEY (caller, name))""")
            with db.cursor() as cursor, cursor.copy("COPY item (id, grants, denies, properties, text, kind, changed) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(self.values(row))
            with db.cursor() as cursor, cursor.copy("COPY principal FROM STDIN") as copy:
                for caller, names in callers.items():
                    for name in dict.fromkeys(names):
                        copy.write_row((caller, name))
            db.execute("CREATE INDEX item_words ON item USING gin (words)")
        with self.pool.connection() as db:
            db.autocommit = True
            db.execute("VACUUM ANALYZE")
            db.autocommit = False

    def close(self):
        self.pool.close()
        # What PostgreSQL calls a fast shutdown.
        self.process.send_signal(signal.SIGINT)
        self.process.wait()

    def values(self, row):
        properties = row.properties
        return (row.id, row.grants, row.denies, json.dumps(properties), row.text, properties["kind"], properties["changed"])

    def put(self, row):
        with self.pool.connection() as db:
            db.execute("""
                INSERT INTO item (id, grants, denies, properties, text, kind, changed) VALUES (%s, %s, %s, %s, %s, %s, %s)
                ON CONFLICT (id) DO UPDATE SET (grants, denies, properties, text, kind, changed)
                    = (excluded.grants, excluded.denies, excluded.properties, excluded.text, excluded.kind, excluded.changed)""", self.values(row))

    def search(self, caller, query, size, field):
        values = {"words": " & ".join(query.words), "caller": caller, "kind": query.kind, "since": query.since, "size": size}
        where = f"i.words @@ to_tsquery('simple', %(words)s) AND {SEEN}"
        if query.kind:
            where += " AND i.kind = %(kind)s"
        if query.since:
            where += " AND i.changed >= %(since)s"
        with self.pool.connection() as db:
            best = db.execute(f"""
                SELECT b.id, b.properties, ts_headline('simple', b.text, to_tsquery('simple', %(words)s), 'StartSel=<c0>, StopSel=</c0>'), b.total
                FROM (SELECT i.id, i.properties, i.text, count(*) OVER () AS total, ts_rank(i.words, to_tsquery('simple', %(words)s)) AS score
                      FROM item AS i WHERE {where} ORDER BY score DESC LIMIT %(size)s) AS b""", values).fetchall()
            buckets = []
            if field:
                buckets = db.execute(f"SELECT i.kind, count(*) FROM item AS i WHERE {where} GROUP BY 1 ORDER BY 2 DESC LIMIT 10", values).fetchall()
        hits = [(id, json.loads(properties), summary) for id, properties, summary, _ in best]
        return hits, best[0][3] if best else 0, buckets
