"""What two users' agents find, through the official client of the Model Context Protocol. `./run` installs and runs."""

import asyncio
import json
import os
import sys
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8080/v1.0")
ORIGIN = BASE_URL.removesuffix("/v1.0")
# Object ids: an access control list names users by them.
USERS = {"amy": "a0000000-0000-4000-8000-000000000001", "bob": "b0000000-0000-4000-8000-000000000002"}
CONNECTION = f"{BASE_URL}/external/connections/contosokb"


def send(method: str, url: str, body: Any = None) -> int:
    """A request of the connector, which is an application."""
    headers = {"Authorization": f"Bearer {os.environ['TOKEN']}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, headers, method=method)) as answer:
        return answer.status


def user_token(user: str) -> str:
    """A token of the development issuer, where a real agent would have its user sign in."""
    form = {"grant_type": "client_credentials", "client_id": "agent", "client_secret": "any", "user": USERS[user]}
    with urlopen(f"{ORIGIN}/common/oauth2/v2.0/token", urlencode(form).encode()) as answer:
        return json.load(answer)["access_token"]


def index() -> None:
    """An article for everyone, and one for Amy."""
    send("POST", f"{BASE_URL}/external/connections", {"id": "contosokb", "name": "Contoso knowledge base"})
    title = {"name": "title", "type": "string", "isSearchable": True, "isRetrievable": True, "labels": ["title"]}
    url = {"name": "url", "type": "string", "isRetrievable": True, "labels": ["url"]}
    send("PATCH", f"{CONNECTION}/schema", {"baseType": "microsoft.graph.externalItem", "properties": [title, url]})
    for id, acl, text in [
        ("vpn", {"type": "everyone", "value": "everyone"}, "To use the VPN, install the client. It asks for your badge."),
        ("badges", {"type": "user", "value": USERS["amy"]}, "Amy prints badges for the VPN on Mondays."),
    ]:
        item = {
            "acl": [acl | {"accessType": "grant"}],
            "properties": {"title": f"About {id}", "url": f"https://contoso.example/{id}"},
            "content": {"type": "text", "value": text},
        }
        send("PUT", f"{CONNECTION}/items/{id}", item)


async def found(user: str, mode: str) -> list[str]:
    """The titles that a user's agent finds, and that it can read them all."""
    http = httpx2.AsyncClient(headers={"Authorization": f"Bearer {user_token(user)}"})
    async with http, Client(streamable_http_client(f"{ORIGIN}/mcp", http_client=http), mode=mode) as agent:
        tools = (await agent.list_tools()).tools
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
        search = await agent.call_tool("search", {"query": "vpn", "connections": ["contosokb"]})
        titles = []
        for result in search.structured_content["results"]:
            article = (await agent.call_tool("fetch", {"id": result["id"]})).structured_content
            assert "VPN" in article["text"] and article["url"].startswith("https://contoso.example/")
            titles.append(article["title"])
        question = {"queryString": "What is the VPN for?", "connections": ["contosokb"]}
        retrieved = (await agent.call_tool("retrieve", question)).structured_content["retrievalHits"]
        assert len(retrieved) == len(titles), retrieved
        why = await agent.call_tool("explain", {"id": "contosokb/badges", "query": "vpn"})
        assert why.structured_content["isVisible"] == ("About badges" in titles)
        refused = await agent.call_tool("search", {"query": "vpn ("})
        assert refused.is_error and "/query" in refused.content[0].text, refused
        return sorted(titles)


async def main() -> None:
    index()
    # "legacy": the handshake of the revisions before 2026-07-28.
    for mode in ["auto", "legacy"]:
        amy, bob = await found("amy", mode), await found("bob", mode)
        print(f"{mode}: Amy finds {amy}, Bob finds {bob}")
        assert amy == ["About badges", "About vpn"] and bob == ["About vpn"]


if sys.argv[1:2] == ["token"]:
    print(user_token(sys.argv[2]))
else:
    try:
        asyncio.run(main())
    except HTTPError as error:
        raise SystemExit(f"{error}: {error.read().decode()}")
    finally:
        send("DELETE", CONNECTION)
