// The page /docs as its readers use it, in a real browser. Each test is a visit of its own: a profile without a past, a
// server without data. At the end of each, nothing may have asked another host, been refused by the page's policy, or
// been written to the console.
//
//   SCREENSHOTS   a directory for pictures of the page, for people to look at

"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, beforeEach, afterEach, test } = require("node:test");
const { Reader, startBrowser, startServer } = require("./harness.cjs");
const { contrasts, sticksOut } = require("./looks.cjs");

let browser;
let server;

before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const visit = (options) => Reader.visit(browser, server, options);

/**
 * The operations in the order of the page, which is that of the document, but that those that delete come last, backwards. Each with the
 * tag that it has in the document, and the status that is declared first.
 */
async function operations(reader) {
  const document = await (await fetch(`${server.origin}/openapi.json`)).json();
  const declared = Object.values(document.paths).flatMap((item) =>
    Object.entries(item)
      .filter(([, operation]) => operation.operationId)
      .map(([method, { operationId: id, tags: [tag], responses }]) => {
        return { id, tag, status: Number(Object.keys(responses)[0]), deletes: method === "delete" };
      }),
  );
  const deleting = declared.filter(({ deletes }) => deletes).reverse();
  const all = [...declared.filter(({ deletes }) => !deletes), ...deleting];
  const ids = await reader.page.locator(".opblock").evaluateAll((all) => all.map((one) => one.id.split("-").pop()));
  assert.deepEqual(ids, all.map(({ id }) => id));
  return all;
}

test("every operation executes as its example stands, from top to bottom", async () => {
  const reader = await visit();
  await reader.getToken();
  const shown = {};
  const all = await operations(reader);
  for (const { id, status } of all) {
    shown[id] = await reader.execute(id, status);
    await reader.close(id);
  }
  assert.deepEqual(Object.keys(shown).length, all.length);
  assert.match(shown.createConnection, /"id": "contosohr"/);
  assert.match(shown.listConnections, /"id": "contosohr"/);
  assert.match(shown.countConnections, /^1$/m);
  assert.match(shown.getConnection, /"name": "Contoso HR"/);
  assert.match(shown.getOperation, /"status": "completed"/);
  assert.match(shown.search, /"total": 1,/);
  assert.match(shown.retrieve, /"text": "The gateway answers with 502\."/);
  assert.match(shown.explainItem, /"isFound": true/);
  assert.match(shown.getCoverage, /"itemsCount": 1,/);
  await reader.leave();
});

test("what deletes has a section of its own at the end", async () => {
  const reader = await visit();
  const last = reader.page.locator(".opblock-tag-section").last();
  assert.match(await last.locator(".opblock-tag").innerText(), /^Clean up/);
  const ids = await last.locator(".opblock").evaluateAll((all) => all.map((one) => one.id.split("-").pop()));
  assert.deepEqual(ids, ["deleteMember", "deleteGroup", "deleteItem", "deleteConnection"]);
  assert.equal(await reader.page.locator(".opblock-delete").count(), ids.length);
  await reader.leave();
});

test("errors are shown with what is wrong", async () => {
  const reader = await visit();
  assert.match(await reader.execute("listConnections", 401), /InvalidAuthenticationToken/);
  await reader.getToken();
  await reader.execute("createConnection", 201);
  assert.match(await reader.execute("createConnection", 409), /NameAlreadyExists/);
  await reader.execute("deleteConnection", 202);
  for (const id of ["getConnection", "updateConnection", "deleteConnection"]) {
    assert.match(await reader.execute(id, 404), /ItemNotFound/);
  }
  await reader.leave();
});

test("the button fills Authorize, and a reload keeps it", async () => {
  const reader = await visit();
  assert.equal(await reader.isAuthorized(), false);
  await reader.getToken();
  await reader.execute("listConnections", 200);
  await reader.reload();
  assert.equal(await reader.isAuthorized(), true);
  await reader.execute("listConnections", 200);
  await reader.leave();
});

test("a token of the reader's own is taken as it is", async () => {
  const reader = await visit();
  for (const [token, status] of [[server.token("--app-only"), 200], ["stale", 401]]) {
    const dialog = await reader.openDialog();
    const logout = dialog.getByRole("button", { name: "Remove authorization" });
    if (await logout.count()) await logout.click();
    await dialog.getByLabel("auth-bearer-value").fill(token);
    await dialog.getByRole("button", { name: "Apply credentials" }).click();
    await reader.closeDialog();
    await reader.execute("listConnections", status);
    await reader.reload();
    assert.equal(await reader.isAuthorized(), true);
    await reader.execute("listConnections", status);
  }
  await reader.leave();
});

test("a token that the button left on another day is replaced", async () => {
  const reader = await visit();
  await reader.getToken();
  // As good as expired, or signed with a key that is gone.
  await reader.page.evaluate(() => {
    const authorized = JSON.parse(localStorage.authorized);
    authorized.bearerAuth.value = "stale";
    localStorage.authorized = JSON.stringify(authorized);
  });
  await reader.reload();
  await reader.execute("listConnections", 200);
  await reader.leave();
});

test("client credentials are exchanged for a token in the dialog", async () => {
  const reader = await visit();
  let dialog = await reader.openDialog();
  await dialog.getByText("ExternalConnection.Read.All", { exact: true }).click();
  await dialog.getByRole("button", { name: "Apply given OAuth2 credentials" }).click();
  await dialog.getByRole("button", { name: "Remove authorization" }).waitFor();
  await reader.closeDialog();
  await reader.reload();
  await reader.execute("listConnections", 200);
  assert.match(await reader.execute("createConnection", 403), /The token has ExternalConnection\.Read\.All\./);
  // Of two authorizations the later one counts.
  await reader.getToken();
  await reader.execute("createConnection", 201);
  dialog = await reader.openDialog();
  assert.equal(await dialog.getByRole("button", { name: "Remove authorization" }).count(), 1);
  await dialog.getByRole("button", { name: "Apply given OAuth2 credentials" }).click();
  await dialog.getByRole("button", { name: "Apply credentials", exact: true }).waitFor();
  await reader.closeDialog();
  await reader.execute("deleteConnection", 202);
  await reader.leave();
});

test("the page says when there is no token to be had", async () => {
  const reader = await visit();
  const errors = reader.page.locator(".errors-wrapper");
  await reader.page.route("**/oauth2/v2.0/token", (route) => {
    reader.wants(503, route.request().url());
    return route.fulfill({ status: 503, json: { error: "server_error", error_description: "not now" } });
  });
  await reader.page.getByRole("button", { name: "Get a token" }).click();
  await errors.getByText("No token (503): not now").waitFor();
  assert.equal(await reader.isAuthorized(), false);
  await reader.page.unrouteAll();
  await reader.getToken();
  assert.equal(await errors.count(), 0);
  await reader.leave();
});

test("without the development issuer nothing offers its tokens", async () => {
  const other = await startServer("--development-issuer", "off");
  const reader = await Reader.visit(browser, other);
  assert.equal(await reader.page.getByRole("button", { name: "Get a token" }).count(), 0);
  const dialog = await reader.openDialog();
  assert.match(await dialog.innerText(), /bearerAuth/);
  assert.doesNotMatch(await dialog.innerText(), /OAuth2/);
  await reader.closeDialog();
  await reader.execute("listConnections", 401);
  await reader.leave();
  await other.stop();
});

test("the root leads here, and a link leads to an operation", async () => {
  const reader = await visit({ fragment: "#/connections/getConnection" });
  const leadsTo = async (id) => {
    await reader.page.locator(`.opblock.is-open[id$="-${id}"]`).waitFor();
    assert.equal(await reader.page.locator(".opblock.is-open").count(), 1);
  };
  await leadsTo("getConnection");
  // By the tag of the document, and as the page writes the link when the operation is opened.
  await reader.page.goto("about:blank");
  await reader.page.goto(`${server.origin}/docs#/groups/deleteMember`);
  await leadsTo("deleteMember");
  await reader.close("deleteMember");
  await reader.open("deleteItem");
  await reader.reload();
  await leadsTo("deleteItem");
  await reader.page.goto(`${server.origin}/`);
  await reader.isReady();
  assert.equal(new URL(reader.page.url()).pathname, "/docs");
  await reader.leave();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 400]) {
    test(`everything fits and is readable, ${colorScheme}, ${width} pixels wide`, async () => {
      const reader = await visit({ colorScheme, viewport: { width, height: 900 } });
      const picture = async (name) => {
        if (!process.env.SCREENSHOTS) return;
        fs.mkdirSync(process.env.SCREENSHOTS, { recursive: true });
        const file = path.join(process.env.SCREENSHOTS, `${name}-${width}-${colorScheme}.png`);
        await reader.page.screenshot({ path: file, fullPage: name !== "dialog" });
      };
      const faults = [];
      const look = async (name, element) => {
        const found = [...(await reader.page.evaluate(sticksOut)), ...(await element.evaluate(contrasts))];
        faults.push(...found.map((fault) => `${name}: ${fault}`));
        await picture(name);
      };
      await reader.getToken();
      await look("page", reader.page.locator("body"));
      // One of each tag: the others look alike.
      const all = await operations(reader);
      for (const { id, status } of all.filter(({ tag }, index) => all.findIndex((other) => other.tag === tag) === index)) {
        await reader.execute(id, status);
        const operation = reader.operation(id);
        await look(id, operation);
        await reader.close(id);
      }
      await reader.page.getByRole("button", { name: "Schemas" }).click();
      const schema = reader.page.locator("#model-ExternalConnection");
      await schema.locator(".model-box-control").click();
      await schema.getByText("ingestedItemsCount").waitFor();
      await look("schemas", reader.page.locator(".models"));
      await look("dialog", await reader.openDialog());
      assert.deepEqual(faults, []);
      await reader.leave();
    });
  }
}
