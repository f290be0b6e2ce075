"""Microsoft's SDK for Python, msgraph-sdk as it is, pointed at this server. `./run` installs and runs."""

import asyncio
import json
import os
from datetime import datetime, timezone
from typing import Any

from azure.core.credentials import AccessToken, TokenCredential
from azure.identity import ClientSecretCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from kiota_http.middleware.options import HeadersInspectionHandlerOption
from microsoft_agents_m365copilot.agents_m365_copilot_service_client import AgentsM365CopilotServiceClient
from microsoft_agents_m365copilot.generated.copilot.retrieval.retrieval_post_request_body import RetrievalPostRequestBody
from microsoft_agents_m365copilot.generated.models.retrieval_data_source import RetrievalDataSource
from msgraph import GraphServiceClient
from msgraph.generated.external.connections.item.external_connection_item_request_builder import (
    ExternalConnectionItemRequestBuilder,
)
from msgraph.generated.external.connections.item.items.item.microsoft_graph_external_connectors_add_activities.add_activities_post_request_body import (  # noqa: E501
    AddActivitiesPostRequestBody,
)
from msgraph.generated.external.connections.item.items.items_request_builder import ItemsRequestBuilder
from msgraph.generated.models.entity_type import EntityType
from msgraph.generated.models.external_connectors.access_type import AccessType
from msgraph.generated.models.external_connectors.acl import Acl
from msgraph.generated.models.external_connectors.acl_type import AclType
from msgraph.generated.models.external_connectors.connection_operation_status import ConnectionOperationStatus
from msgraph.generated.models.external_connectors.connection_state import ConnectionState
from msgraph.generated.models.external_connectors.external_activity import ExternalActivity
from msgraph.generated.models.external_connectors.external_activity_type import ExternalActivityType
from msgraph.generated.models.external_connectors.external_connection import ExternalConnection
from msgraph.generated.models.external_connectors.external_group import ExternalGroup
from msgraph.generated.models.external_connectors.external_item import ExternalItem
from msgraph.generated.models.external_connectors.external_item_content import ExternalItemContent
from msgraph.generated.models.external_connectors.external_item_content_type import ExternalItemContentType
from msgraph.generated.models.external_connectors.identity import Identity
from msgraph.generated.models.external_connectors.identity_type import IdentityType
from msgraph.generated.models.external_connectors.label import Label
from msgraph.generated.models.external_connectors.properties import Properties
from msgraph.generated.models.external_connectors.property_ import Property_
from msgraph.generated.models.external_connectors.property_type import PropertyType
from msgraph.generated.models.external_connectors.schema import Schema
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.search_hits_container import SearchHitsContainer
from msgraph.generated.models.search_query import SearchQuery
from msgraph.generated.models.search_request import SearchRequest
from msgraph.generated.search.query.query_post_request_body import QueryPostRequestBody
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.tasks.page_iterator import PageIterator

BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8080/v1.0")
# That of the tokens which `graph-connections token` prints.
DEMO_TENANT = "d3a7c0de-0000-4000-8000-000000000001"


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
        DEMO_TENANT, "my-connector", "secret", authority=authority, disable_instance_discovery=True
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
    contosohr = connections.by_external_connection_id("contosohr")
    connection = await contosohr.get()
    print(connection.name, connection.state)

    assert connection.state == ConnectionState.Draft
    assert await connections.count.get() >= 1
    await contosohr.patch(ExternalConnection(name="Contoso HR Service"))
    updated = await contosohr.get()
    assert updated.name == "Contoso HR Service", updated

    # Letting an app in and taking its access away again: what was read is changed and sent back.
    app = "22222222-2222-4222-8222-222222222222"
    for change in (list.append, list.remove):
        configuration = (await contosohr.get()).configuration
        change(configuration.authorized_app_ids, app)
        await contosohr.patch(ExternalConnection(configuration=configuration))
        changed = (await contosohr.get()).configuration.authorized_app_ids
        assert (app in changed) == (change is list.append), changed

    await register_schema(contosohr)
    assert (await contosohr.get()).state == ConnectionState.Ready

    await contosohr.groups.post(ExternalGroup(id="pilots", display_name="Pilots"))
    pilots = contosohr.groups.by_external_group_id("pilots")
    user = Identity(id="1f0c997e-99f7-43f1-8cca-086f8d42be8d", type=IdentityType.User)
    await pilots.members.post(user)

    handbook = contosohr.items.by_external_item_id("handbook")
    await handbook.put(item("Handbook"))
    stored = await handbook.get()
    assert stored.properties.additional_data["tags"] == ["leave", "policy"], stored
    assert stored.content.value == "Handbook: 30 days a year.", stored

    # Several requests in one. Each has a status of its own.
    names = ("benefits", "travel")
    puts = {id: contosohr.items.by_external_item_id(id).to_put_request_information(item(id)) for id in names}
    batch = await client.batch.post(BatchRequestContent(puts))
    assert list(batch.get_response_status_codes().values()) == [200, 200], batch.get_response_status_codes()

    query = ItemsRequestBuilder.ItemsRequestBuilderGetQueryParameters(top=2)
    first = await contosohr.items.get(RequestConfiguration(query_parameters=query))
    assert len(first.value) == 2 and first.odata_next_link
    ids = []
    await PageIterator(first, client.request_adapter).iterate(lambda item: ids.append(item.id) or True)
    assert ids == ["benefits", "handbook", "travel"], ids

    # Who is not in the group finds nothing.
    colleague = graph(Token(os.environ["USER_TOKEN"]))
    container = await search(colleague, "handbook days")
    assert container.total == 1, container
    found = container.hits[0].resource
    assert isinstance(found, ExternalItem) and found.properties.additional_data["title"] == "Handbook", container
    assert container.hits[0].summary == "<c0>Handbook</c0>: 30 <c0>days</c0> a year.", container
    assert (await search(colleague, "tags:policy")).total == 3
    stranger = graph(Token(os.environ["STRANGER_TOKEN"]))
    assert (await search(stranger, "handbook days")).total == 0
    await expect_error(403, "Authorization_RequestDenied", search(client, "handbook"))
    await retrieve()

    viewed = ExternalActivity(
        type=ExternalActivityType.Viewed, start_date_time=datetime(2026, 1, 31, 9, 30, tzinfo=timezone.utc), performed_by=user
    )
    activities = AddActivitiesPostRequestBody(activities=[viewed])
    results = await handbook.microsoft_graph_external_connectors_add_activities.post(activities)
    assert [result.error for result in results.value] == [None], results

    # The SDK for v1.0 has no builder for the quota.
    request = RequestInformation(Method.GET, f"{BASE_URL}/external/connections/contosohr/quota")
    quota = json.loads(await client.request_adapter.send_primitive_async(request, "bytes", {}))
    assert quota["itemsRemaining"] > 0, quota

    await handbook.delete()
    await pilots.delete()
    await contosohr.delete()

    await expect_error(404, "ItemNotFound", contosohr.get())
    await expect_error(401, "InvalidAuthenticationToken", graph(Token("not a token")).external.connections.get())
    print(
        "msgraph-sdk: connection, app revoked, schema, group, items, batch, search, activity, quota; deleted; 404 and 401 understood\n"
        "microsoft-agents-m365copilot: retrieval"
    )


async def register_schema(connection: ExternalConnectionItemRequestBuilder) -> None:
    """Waits until the schema is registered, by an operation which `Location` leads to."""
    schema = Schema(
        base_type="microsoft.graph.externalItem",
        properties=[
            Property_(name="title", type=PropertyType.String, is_searchable=True, is_retrievable=True, labels=[Label.Title]),
            Property_(name="tags", type=PropertyType.StringCollection, is_queryable=True, is_retrievable=True),
        ],
    )
    headers = HeadersInspectionHandlerOption()
    await connection.schema.patch(schema, RequestConfiguration(options=[headers]))
    (location,) = headers.response_headers.get("Location")
    operation = connection.operations.by_connection_operation_id(location.rsplit("/", 1)[-1])
    while (status := (await operation.get()).status) != ConnectionOperationStatus.Completed:
        assert status == ConnectionOperationStatus.Inprogress, status
        await asyncio.sleep(1)


def item(title: str) -> ExternalItem:
    return ExternalItem(
        acl=[Acl(type=AclType.ExternalGroup, value="pilots", access_type=AccessType.Grant)],
        properties=Properties(
            additional_data={"title": title, "tags@odata.type": "Collection(String)", "tags": ["leave", "policy"]}
        ),
        content=ExternalItemContent(type=ExternalItemContentType.Text, value=f"{title}: 30 days a year."),
    )


async def search(client: GraphServiceClient, query: str) -> SearchHitsContainer:
    request = SearchRequest(
        entity_types=[EntityType.ExternalItem],
        content_sources=["/external/connections/contosohr"],
        query=SearchQuery(query_string=query),
    )
    answer = await client.search.query.post(QueryPostRequestBody(requests=[request]))
    return answer.value[0].hits_containers[0]


async def retrieve() -> None:
    """What an agent grounds its answer on, by Microsoft's SDK for that, microsoft-agents-m365copilot as it is."""
    client = AgentsM365CopilotServiceClient(Token(os.environ["USER_TOKEN"]))
    client.request_adapter.base_url = BASE_URL
    question = RetrievalPostRequestBody(
        query_string="How many days does the handbook give?",
        data_source=RetrievalDataSource.ExternalItem,
        resource_metadata=["title"],
    )
    hits = (await client.copilot.retrieval.post(question)).retrieval_hits
    assert hits[0].resource_metadata.additional_data == {"title": "Handbook"}, hits
    (extract,) = hits[0].extracts
    assert extract.text == "Handbook: 30 days a year." and 0 < extract.relevance_score <= 1, hits


async def expect_error(status: int, code: str, call: Any) -> None:
    try:
        answer = await call
    except ODataError as error:
        assert (error.response_status_code, error.error.code) == (status, code), error
    else:
        raise AssertionError(f"there was an answer: {answer}")


asyncio.run(main())
