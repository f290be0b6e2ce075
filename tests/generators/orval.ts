// The lifecycle of a connection through a client that orval generates.
import assert from "node:assert/strict";
import { item, lastSegment, skipToken, user } from "./contoso.js";
import * as api from "./generated/orval.js";

await api.createConnection({ id: "contosohr", name: "Contoso HR" });
const registered = await api.updateSchema("contosohr", {
  properties: [
    { name: "title", type: "string", isSearchable: true, isRetrievable: true, labels: ["title"] },
    { name: "tags", type: "stringCollection", isQueryable: true, isRetrievable: true },
  ],
});
const operation = lastSegment(registered.headers.get("Location"));
for (let status: string | undefined = "inprogress"; status !== "completed"; ) {
  const answer = await api.getOperation("contosohr", operation);
  assert.equal(answer.status, 200);
  ({ status } = answer.data);
}

await api.createGroup("contosohr", { id: "pilots", displayName: "Pilots" });
await api.createMember("contosohr", "pilots", { ...user, type: "user" });

const put = (title: string): api.ExternalItemPut => ({
  acl: [{ type: "externalGroup", value: "pilots", accessType: "grant" }],
  properties: item(title).properties,
  content: { type: "text", value: item(title).contentText },
});
await api.putItem("contosohr", "handbook", put("Handbook"));
const stored = await api.getItem("contosohr", "handbook");
assert.equal(stored.status, 200);
assert.deepEqual(stored.data.properties?.["tags"], ["leave", "policy"]);

const batch = await api.runBatch({
  requests: ["benefits", "travel"].map((id) => ({
    id,
    method: "PUT",
    url: `/external/connections/contosohr/items/${id}`,
    headers: { "Content-Type": "application/json" },
    body: put(id),
  })),
});
assert.equal(batch.status, 200);
assert.deepEqual(batch.data.responses.map(({ status }) => status), [200, 200]);

const pages = [];
for (let query: api.ListItemsParams | undefined = { $top: 2 }; query; ) {
  const page: api.listItemsResponse = await api.listItems("contosohr", query);
  assert.equal(page.status, 200);
  pages.push(page.data.value.map(({ id }) => id));
  const next: string | undefined = page.data["@odata.nextLink"];
  query = next ? { $top: 2, $skiptoken: skipToken(next) } : undefined;
}
assert.deepEqual(pages, [["benefits", "handbook"], ["travel"]]);

const results = await api.addActivities("contosohr", "handbook", {
  activities: [{ type: "viewed", startDateTime: "2026-01-31T09:30:00Z", performedBy: { ...user, type: "user" } }],
});
assert.equal(results.status, 200);
assert.equal(results.data.value[0]?.error, null);
const quota = await api.getQuota("contosohr");
assert.equal(quota.status, 200);
assert.ok((quota.data.itemsRemaining ?? 0) > 0);

await api.deleteItem("contosohr", "handbook");
await api.deleteGroup("contosohr", "pilots");
await api.deleteConnection("contosohr");
console.log("orval: connection, schema, group, items, batch, activity, quota; deleted");
