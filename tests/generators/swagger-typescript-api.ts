// The lifecycle of a connection through a client that swagger-typescript-api generates.
import assert from "node:assert/strict";
import { baseUrl, item, lastSegment, skipToken, token, user } from "./contoso.js";
import {
  AccessType,
  AclType,
  Api,
  BatchMethod,
  ConnectionOperationStatus,
  ExternalActivityType,
  ExternalItemContentType,
  IdentityType,
  Label,
  PropertyType,
  type ExternalItemCollection,
  type ExternalItemPut,
} from "./generated/swagger-typescript-api.js";

// It throws an answer that is not a success.
const { external, batch: batches } = new Api({ baseUrl, baseApiParams: { headers: { Authorization: `Bearer ${token}` } } });

await external.createConnection({ id: "contosohr", name: "Contoso HR" });
const registered = await external.updateSchema("contosohr", {
  properties: [
    { name: "title", type: PropertyType.PropertyString, isSearchable: true, isRetrievable: true, labels: [Label.Title] },
    { name: "tags", type: PropertyType.PropertyStringCollection, isQueryable: true, isRetrievable: true },
  ],
});
const operation = lastSegment(registered.headers.get("Location"));
while ((await external.getOperation("contosohr", operation)).data.status !== ConnectionOperationStatus.Completed);

await external.createGroup("contosohr", { id: "pilots", displayName: "Pilots" });
const member = { ...user, type: IdentityType.IdentityUser };
await external.createMember("contosohr", "pilots", member);

const put = (title: string): ExternalItemPut => ({
  acl: [{ type: AclType.AclExternalGroup, value: "pilots", accessType: AccessType.Grant }],
  properties: item(title).properties,
  content: { type: ExternalItemContentType.Text, value: item(title).contentText },
});
await external.putItem("contosohr", "handbook", put("Handbook"));
const { data: stored } = await external.getItem("contosohr", "handbook");
assert.deepEqual(stored.properties?.["tags"], ["leave", "policy"]);

const { data: batch } = await batches.runBatch({
  requests: ["benefits", "travel"].map((id) => ({
    id,
    method: BatchMethod.PUT,
    url: `/external/connections/contosohr/items/${id}`,
    headers: { "Content-Type": "application/json" },
    body: put(id),
  })),
});
assert.deepEqual(batch.responses.map(({ status }) => status), [200, 200]);

const pages = [];
for (let query: { $top: number; $skiptoken?: string } | undefined = { $top: 2 }; query; ) {
  const page: ExternalItemCollection = (await external.listItems("contosohr", query)).data;
  pages.push(page.value.map(({ id }) => id));
  const next = page["@odata.nextLink"];
  query = next ? { $top: 2, $skiptoken: skipToken(next) } : undefined;
}
assert.deepEqual(pages, [["benefits", "handbook"], ["travel"]]);

const { data: results } = await external.addActivities("contosohr", "handbook", {
  activities: [{ type: ExternalActivityType.Viewed, startDateTime: "2026-01-31T09:30:00Z", performedBy: member }],
});
assert.equal(results.value[0]?.error, null);
const { data: quota } = await external.getQuota("contosohr");
assert.ok((quota.itemsRemaining ?? 0) > 0);

await external.deleteItem("contosohr", "handbook");
await external.deleteGroup("contosohr", "pilots");
await external.deleteConnection("contosohr");
console.log("swagger-typescript-api: connection, schema, group, items, batch, activity, quota; deleted");
