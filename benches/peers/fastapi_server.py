"""PUT and GET of items with FastAPI and SQLite, as its users write it: validated by a model, each write a commit of its own that is on disk.

Arguments: the database file, the number of items to begin with."""

import json
import socket
import sqlite3
import sys
import threading

import fastapi
import pydantic
import uvicorn

local = threading.local()


def database():
    if not hasattr(local, "db"):
        local.db = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
        for pragma in ["journal_mode = WAL", "synchronous = FULL", "cache_size = -16384"]:
            local.db.execute(f"PRAGMA {pragma}")
    return local.db


class Entry(pydantic.BaseModel):
    type: str
    value: str
    accessType: str


class Content(pydantic.BaseModel):
    type: str
    value: str


class Item(pydantic.BaseModel):
    acl: list[Entry]
    properties: dict[str, str | int]
    content: Content


app = fastapi.FastAPI()
PATH = "/v1.0/external/connections/{connection}/items/{id}"


@app.put(PATH)
def put(connection: str, id: str, item: Item) -> Item:
    row = (connection, id, json.dumps([entry.model_dump() for entry in item.acl]), json.dumps(item.properties), item.content.value)
    database().execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?)", row)
    return item


@app.get(PATH)
def get(connection: str, id: str) -> Item:
    row = database().execute("SELECT acl, properties, text FROM item WHERE connection = ? AND id = ?", (connection, id)).fetchone()
    if not row:
        raise fastapi.HTTPException(404)
    return Item(acl=json.loads(row[0]), properties=json.loads(row[1]), content=Content(type="text", value=row[2]))


db = database()
db.execute("CREATE TABLE item (connection TEXT, id TEXT, acl TEXT, properties TEXT, text TEXT, PRIMARY KEY (connection, id))")
db.execute("BEGIN")
acl = json.dumps([{"type": "group", "value": "1f0c997e-99f7-43f1-8cca-086f8d42be01", "accessType": "grant"}] * 5)
for n in range(int(sys.argv[2])):
    db.execute("INSERT INTO item VALUES ('contosoitems', ?, ?, ?, ?)", (f"i{n:07}", acl, '{"title": "x"}', "The gateway answers with 502. " * 115))
db.execute("COMMIT")

listener = socket.create_server(("127.0.0.1", 0))
print(f"API http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
