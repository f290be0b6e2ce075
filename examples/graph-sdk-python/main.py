"""Microsoft's SDK for Python, msgraph-sdk as it is, pointed at this server. `./run` installs and runs."""

import asyncio
import os
from typing import Any

from azure.core.credentials import AccessToken, TokenCredential
from azure.identity import ClientSecretCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph import GraphServiceClient
from msgraph.generated.external.connections.connections_request_builder import ConnectionsRequestBuilder
from msgraph.generated.models.external_connectors.connection_state import ConnectionState
from msgraph.generated.models.external_connectors.external_connection import ExternalConnection
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph_core.tasks.page_iterator import PageIterator

BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8080/v1.0")


class Token:
    """A credential as azure-identity has them: one token."""

    def __init__(self, token: str) -> None:
        self.token = token

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        return AccessToken(self.token, 2**31)


if BASE_URL.startswith("https:"):
    # The development issuer stands where Entra would; any secret will do.
    authority = BASE_URL.removesuffix("/v1.0")
    credential: TokenCredential = ClientSecretCredential(
        "contoso.example", "my-connector", "secret", authority=authority, disable_instance_discovery=True
    )
else:
    # azure-identity asks for tokens over https alone.
    credential = Token(os.environ["TOKEN"])


def graph(credential: TokenCredential) -> GraphServiceClient:
    client = GraphServiceClient(credential, ["https://graph.microsoft.com/.default"])
    client.request_adapter.base_url = BASE_URL
    return client


async def main() -> None:
    client = graph(credential)
    connections = client.external.connections

    await connections.post(ExternalConnection(id="contosohr", name="Contoso HR"))
    connection = await connections.by_external_connection_id("contosohr").get()
    print(connection.name, connection.state)

    assert connection.state == ConnectionState.Draft
    await connections.post(ExternalConnection(id="contosocrm", name="Contoso CRM"))

    query = ConnectionsRequestBuilder.ConnectionsRequestBuilderGetQueryParameters(top=1, filter="startswith(name,'Contoso')")
    first = await connections.get(RequestConfiguration(query_parameters=query))
    assert len(first.value) == 1 and first.odata_next_link
    ids = []
    await PageIterator(first, client.request_adapter).iterate(lambda connection: ids.append(connection.id) or True)
    assert ids == ["contosocrm", "contosohr"], ids
    assert await connections.count.get() >= 2

    await connections.by_external_connection_id("contosohr").patch(ExternalConnection(name="Contoso HR Service"))
    updated = await connections.by_external_connection_id("contosohr").get()
    assert updated.name == "Contoso HR Service", updated

    # Letting an app in and taking its access away again: what was read is changed and sent back.
    app = "22222222-2222-4222-8222-222222222222"
    contosohr = connections.by_external_connection_id("contosohr")
    for change in (list.append, list.remove):
        configuration = (await contosohr.get()).configuration
        change(configuration.authorized_app_ids, app)
        await contosohr.patch(ExternalConnection(configuration=configuration))
        changed = (await contosohr.get()).configuration.authorized_app_ids
        assert (app in changed) == (change is list.append), changed

    for id in ids:
        await connections.by_external_connection_id(id).delete()

    await expect_error(404, "ItemNotFound", connections.by_external_connection_id("contosohr").get())
    await expect_error(401, "InvalidAuthenticationToken", graph(Token("not a token")).external.connections.get())
    print("msgraph-sdk: created, read, listed, counted, updated, app revoked, deleted; 404 and 401 understood")


async def expect_error(status: int, code: str, call: Any) -> None:
    try:
        answer = await call
    except ODataError as error:
        assert (error.response_status_code, error.error.code) == (status, code), error
    else:
        raise AssertionError(f"there was an answer: {answer}")


asyncio.run(main())
