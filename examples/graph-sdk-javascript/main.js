// Microsoft's SDK for JavaScript, @microsoft/microsoft-graph-client as it is, pointed at this server. `./run` installs and runs.
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  HTTPMessageHandler,
  ResponseType,
  RetryHandler,
} from "@microsoft/microsoft-graph-client";

const baseUrl = process.env.BASE_URL ?? "http://127.0.0.1:8080/v1.0";
const { TOKEN: token, USER_TOKEN: userToken, STRANGER_TOKEN: strangerToken } = process.env;

// The SDK sends its tokens to https alone, and takes them off other requests. Over http, this does it.
const bearer = (token) => ({
  setNext(next) {
    this.next = next;
  },
  async execute(context) {
    context.options.headers = { ...context.options.headers, Authorization: `Bearer ${token}` };
    await this.next.execute(context);
  },
});

function graph(token) {
  const { protocol, origin, hostname } = new URL(baseUrl);
  const authentication =
    protocol === "https:"
      ? { customHosts: new Set([hostname]), authProvider: { getAccessToken: async () => token } }
      : { middleware: [bearer(token), new RetryHandler(), new HTTPMessageHandler()] };
  return Client.initWithMiddleware({ baseUrl: origin, defaultVersion: "v1.0", ...authentication });
}

const client = graph(token);

await client.api("/external/connections").post({ id: "contosohr", name: "Contoso HR" });
const connection = await client.api("/external/connections/contosohr").get();
console.log(connection.name, connection.state);

assert.equal(connection.state, "draft");
await client.api("/external/connections/contosohr").patch({ name: "Contoso HR Service", description: null });
const updated = await client.api("/external/connections/contosohr").get();
assert.equal(updated.name, "Contoso HR Service");
assert.ok(Number(await client.api("/external/connections/$count").get()) >= 1);

// Letting an app in and taking its access away again: what was read is changed and sent back.
async function changeApps(change) {
  const { configuration } = await client.api("/external/connections/contosohr").get();
  configuration.authorizedAppIds = change(configuration.authorizedAppIds);
  await client.api("/external/connections/contosohr").patch({ configuration });
  return (await client.api("/external/connections/contosohr").get()).configuration.authorizedAppIds;
}
const app = "22222222-2222-4222-8222-222222222222";
assert.ok((await changeApps((apps) => [...apps, app])).includes(app));
assert.ok(!(await changeApps((apps) => apps.filter((other) => other !== app))).includes(app));

// The schema is registered by an operation, which `Location` leads to.
const schema = {
  baseType: "microsoft.graph.externalItem",
  properties: [
    { name: "title", type: "string", isSearchable: true, isRetrievable: true, labels: ["title"] },
    { name: "tags", type: "stringCollection", isQueryable: true, isRetrievable: true },
  ],
};
const registered = await client.api("/external/connections/contosohr/schema").responseType(ResponseType.RAW).patch(schema);
assert.equal(registered.status, 202, await registered.text());
const operation = registered.headers.get("Location").replace(baseUrl, "");
for (;;) {
  const { status, error } = await client.api(operation).get();
  if (status === "completed") break;
  assert.equal(status, "inprogress", error?.message);
  await setTimeout(1000);
}

const user = { id: "1f0c997e-99f7-43f1-8cca-086f8d42be8d", type: "user" };
await client.api("/external/connections/contosohr/groups").post({ id: "pilots", displayName: "Pilots" });
await client.api("/external/connections/contosohr/groups/pilots/members").post(user);

const item = (title) => ({
  acl: [{ type: "externalGroup", value: "pilots", accessType: "grant" }],
  properties: { title, "tags@odata.type": "Collection(String)", tags: ["leave", "policy"] },
  content: { type: "text", value: `${title}: 30 days a year.` },
});
const handbook = "/external/connections/contosohr/items/handbook";
await client.api(handbook).put(item("Handbook"));
const stored = await client.api(handbook).get();
assert.deepEqual(stored.properties.tags, ["leave", "policy"]);
assert.equal(stored.content.value, "Handbook: 30 days a year.");

// Several requests in one. Each has a status of its own. The SDK cuts off the host, the version is that of the batch.
const puts = ["benefits", "travel"].map((id) => ({
  id,
  request: new Request(new URL(`/external/connections/contosohr/items/${id}`, baseUrl), {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(item(id)),
  }),
}));
const batch = new BatchResponseContent(await client.api("/$batch").post(await new BatchRequestContent(puts).getContent()));
assert.deepEqual(["benefits", "travel"].map((id) => batch.getResponseById(id).status), [200, 200]);

// Over http, neither does the SDK take a next link for an address: the path is what it understands.
async function* pages(page) {
  yield page.value;
  const next = page["@odata.nextLink"];
  if (next) yield* pages(await client.api(next.replace(baseUrl, "")).get());
}
const ids = [];
for await (const page of pages(await client.api("/external/connections/contosohr/items").top(2).get())) {
  ids.push(page.map(({ id }) => id));
}
assert.deepEqual(ids, [["benefits", "handbook"], ["travel"]]);

// Only users search. Who is not in the group finds nothing.
async function search(token, queryString) {
  const request = { entityTypes: ["externalItem"], contentSources: ["/external/connections/contosohr"], query: { queryString } };
  const { value } = await graph(token).api("/search/query").post({ requests: [request] });
  return value[0].hitsContainers[0];
}
const { total, hits } = await search(userToken, "handbook days");
assert.equal(total, 1);
assert.equal(hits[0].resource.properties.title, "Handbook");
assert.equal(hits[0].summary, "<c0>Handbook</c0>: 30 <c0>days</c0> a year.");
assert.equal((await search(userToken, "tags:policy")).total, 3);
assert.equal((await search(strangerToken, "handbook days")).total, 0);
await assert.rejects(search(token, "handbook"), { statusCode: 403 });

const activity = { type: "viewed", startDateTime: "2026-01-31T09:30:00Z", performedBy: user };
const results = await client.api(`${handbook}/addActivities`).post({ activities: [activity] });
assert.equal(results.value[0].error, null);
const quota = await client.api("/external/connections/contosohr/quota").get();
assert.ok(quota.itemsRemaining > 0);

await client.api(handbook).delete();
await client.api("/external/connections/contosohr/groups/pilots").delete();
await client.api("/external/connections/contosohr").delete();

await assert.rejects(client.api("/external/connections/contosohr").get(), { statusCode: 404, code: "ItemNotFound" });
await assert.rejects(graph("not a token").api("/external/connections").get(), {
  statusCode: 401,
  code: "InvalidAuthenticationToken",
});
console.log(
  "@microsoft/microsoft-graph-client: connection, app revoked, schema, group, items, batch, search, activity, quota; deleted; 404 and 401 understood",
);
