"""Searches and puts of items with FastAPI, as its users write them: validated by models, trimmed to what the caller may see, on an engine of
their choice. A caller's name stands in place of the token.

Arguments: the engine (fts5, postgres, tantivy), the database of a store whose items it takes, callers.json, a directory for its data."""

import contextlib
import importlib
import json
import pathlib
import socket
import sqlite3
import sys
import typing

import fastapi
import pydantic
import uvicorn


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


class Query(pydantic.BaseModel):
    queryString: str


class Aggregation(pydantic.BaseModel):
    field: str
    size: int = 10


class Request(pydantic.BaseModel):
    query: Query
    size: int = 25
    aggregations: list[Aggregation] = []


class Requests(pydantic.BaseModel):
    requests: list[Request]


class Row(typing.NamedTuple):
    """An item as engines take it."""

    id: str
    grants: list[str]
    denies: list[str]
    properties: dict
    text: str


def name(entry):
    return f"{entry['type']}:{entry['value']}"


def row(id, entries, properties, text):
    names = {deny: [name(entry) for entry in entries if entry["deny"] == deny] for deny in [False, True]}
    return Row(id, names[False], names[True], properties, text)


def rows(store):
    db = sqlite3.connect(store)
    for id, acl, properties, text in db.execute("SELECT i.id, i.acl, i.properties, t.text FROM item AS i JOIN item_text AS t ON t.no = i.no"):
        yield row(id, json.loads(acl), json.loads(properties), text)


class Parsed(typing.NamedTuple):
    words: list[str]
    kind: str | None
    since: str | None


def parse(query):
    """Words, `kind:…` and `changed>=…`."""
    words, kind, since = [], None, None
    for part in query.split():
        if part.startswith("kind:"):
            kind = part.removeprefix("kind:")
        elif part.startswith("changed>="):
            since = part.removeprefix("changed>=")
        else:
            words.append(part)
    return Parsed(words, kind, since)


engine_name, store, callers, place = sys.argv[1:]
callers = {caller: [name(entry) for entry in entries] for caller, entries in json.loads(pathlib.Path(callers).read_text()).items()}
engine = importlib.import_module(f"search_{engine_name}").Engine(place, callers, rows(store))


@contextlib.asynccontextmanager
async def lifespan(_):
    yield
    engine.close()


app = fastapi.FastAPI(lifespan=lifespan)


@app.put("/v1.0/external/connections/{connection}/items/{id}")
def put(connection: str, id: str, item: Item) -> Item:
    entries = [{"type": entry.type, "value": entry.value, "deny": entry.accessType == "deny"} for entry in item.acl]
    engine.put(row(id, entries, item.properties, item.content.value))
    return item


@app.post("/v1.0/search/query")
def search(requests: Requests, authorization: typing.Annotated[str, fastapi.Header()]):
    request = requests.requests[0]
    parsed = parse(request.query.queryString)
    field = request.aggregations[0].field if request.aggregations else None
    found, total, buckets = engine.search(authorization.removeprefix("Bearer "), parsed, request.size, field)
    hits = [{"hitId": id, "rank": rank, "summary": summary, "contentSource": "/external/connections/contosoitems",
             "resource": {"@odata.type": "#microsoft.graph.externalConnectors.externalItem", "properties": properties}}
            for rank, (id, properties, summary) in enumerate(found, 1)]
    container = {"hits": hits, "total": total, "moreResultsAvailable": total > len(hits)}
    if field:
        container["aggregations"] = [{"field": field, "buckets": [{"key": key, "count": count} for key, count in buckets]}]
    return {"value": [{"searchTerms": parsed.words, "hitsContainers": [container]}]}


listener = socket.create_server(("127.0.0.1", 0))
print(f"API http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
