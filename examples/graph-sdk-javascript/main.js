// Microsoft's SDK for JavaScript, @microsoft/microsoft-graph-client as it is, pointed at this server. `./run` installs and runs.
import assert from "node:assert/strict";
import { Client, HTTPMessageHandler, RetryHandler } from "@microsoft/microsoft-graph-client";

const baseUrl = process.env.BASE_URL ?? "http://127.0.0.1:8080/v1.0";
const token = process.env.TOKEN;

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
await client.api("/external/connections").post({ id: "contosocrm", name: "Contoso CRM" });

// Over http, neither does the SDK take a next link for an address: the path is what it understands.
async function* pages(page) {
  yield page.value;
  const next = page["@odata.nextLink"];
  if (next) yield* pages(await client.api(next.replace(baseUrl, "")).get());
}

const ids = [];
const first = await client.api("/external/connections").filter("startswith(name,'Contoso')").top(1).get();
for await (const page of pages(first)) {
  assert.equal(page.length, 1);
  ids.push(page[0].id);
}
assert.deepEqual(ids, ["contosocrm", "contosohr"]);
assert.ok(Number(await client.api("/external/connections/$count").get()) >= 2);

await client.api("/external/connections/contosohr").patch({ name: "Contoso HR Service", description: null });
const updated = await client.api("/external/connections/contosohr").get();
assert.equal(updated.name, "Contoso HR Service");

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

for (const id of ids) {
  await client.api(`/external/connections/${id}`).delete();
}

await assert.rejects(client.api("/external/connections/contosohr").get(), { statusCode: 404, code: "ItemNotFound" });
await assert.rejects(graph("not a token").api("/external/connections").get(), {
  statusCode: 401,
  code: "InvalidAuthenticationToken",
});
console.log("@microsoft/microsoft-graph-client: created, read, listed, counted, updated, app revoked, deleted; 404 and 401 understood");
