// The lifecycle of a connection through a client that Hey API (`@hey-api/openapi-ts`) generates.
import assert from "node:assert/strict";
import { baseUrl, item, lastSegment, skipToken, token, user } from "./contoso.js";
import { client } from "./generated/hey-api/client.gen.js";
import * as api from "./generated/hey-api/index.js";

client.setConfig({ baseUrl, auth: token, throwOnError: true });
const throwOnError = true;
const path = { "connection-id": "contosohr" };

await api.createConnection({ throwOnError, body: { id: "contosohr", name: "Contoso HR" } });
const registered = await api.updateSchema({
  throwOnError,
  path,
  body: {
    properties: [
      { name: "title", type: "string", isSearchable: true, isRetrievable: true, labels: ["title"] },
      { name: "tags", type: "stringCollection", isQueryable: true, isRetrievable: true },
    ],
  },
});
const operation = lastSegment(registered.response.headers.get("Location"));
for (let status: string | undefined = "inprogress"; status !== "completed"; ) {
  ({ status } = (await api.getOperation({ throwOnError, path: { ...path, "operation-id": operation } })).data);
}

const group = { ...path, "group-id": "pilots" };
await api.createGroup({ throwOnError, path, body: { id: "pilots", displayName: "Pilots" } });
await api.createMember({ throwOnError, path: group, body: { ...user, type: "user" } });

const put = (title: string): api.ExternalItemPut => ({
  acl: [{ type: "externalGroup", value: "pilots", accessType: "grant" }],
  properties: item(title).properties,
  content: { type: "text", value: item(title).contentText },
});
const handbook = { ...path, "item-id": "handbook" };
await api.putItem({ throwOnError, path: handbook, body: put("Handbook") });
const { data: stored } = await api.getItem({ throwOnError, path: handbook });
assert.deepEqual(stored.properties?.["tags"], ["leave", "policy"]);

const { data: batch } = await api.runBatch({
  throwOnError,
  body: {
    requests: ["benefits", "travel"].map((id) => ({
      id,
      method: "PUT",
      url: `/external/connections/contosohr/items/${id}`,
      headers: { "Content-Type": "application/json" },
      body: put(id),
    })),
  },
});
assert.deepEqual(batch.responses.map(({ status }) => status), [200, 200]);

const pages = [];
for (let query: api.ListItemsData["query"] | null = { $top: 2 }; query; ) {
  const page: api.ExternalItemCollection = (await api.listItems({ throwOnError, path, query })).data;
  pages.push(page.value.map(({ id }) => id));
  const next = page["@odata.nextLink"];
  query = next ? { $top: 2, $skiptoken: skipToken(next) } : null;
}
assert.deepEqual(pages, [["benefits", "handbook"], ["travel"]]);

const { data: results } = await api.addActivities({
  throwOnError,
  path: handbook,
  body: { activities: [{ type: "viewed", startDateTime: "2026-01-31T09:30:00Z", performedBy: { ...user, type: "user" } }] },
});
assert.equal(results.value[0]?.error, null);
const { data: quota } = await api.getQuota({ throwOnError, path });
assert.ok((quota.itemsRemaining ?? 0) > 0);

await api.deleteItem({ throwOnError, path: handbook });
await api.deleteGroup({ throwOnError, path: group });
await api.deleteConnection({ throwOnError, path });
console.log("Hey API: connection, schema, group, items, batch, activity, quota; deleted");
