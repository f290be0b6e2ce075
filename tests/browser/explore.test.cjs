// The page /explore as people use it, in a real browser. Each test is a visit of its own: a profile without a past. At the end of
// each, nothing may have asked another host, been refused by the page's policy, or been written to the console.
//
//   SCREENSHOTS   a directory for pictures of the page, for people to look at

"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, test } = require("node:test");
const { Explorer, startBrowser, startServer } = require("./harness.cjs");
const { contrasts, sticksOut } = require("./looks.cjs");

const AMY = "amy@contoso.example";
const BEN = "ben@contoso.example";
const LONG = "extraordinarily".repeat(40);
/** A title as nobody should write one. */
const HOSTILE = `<img src=x onerror="complain('the title ran')">${LONG}`;

let browser;
let server;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  await fillServer();
});
after(async () => {
  await browser.close();
  await server.stop();
});

const visit = (options) => Explorer.visit(browser, server, options);

/** The object id of a user of the demo tenant. */
function objectId(user) {
  const payload = server.token("--user", user).split(".")[1];
  return JSON.parse(Buffer.from(payload, "base64url")).oid;
}

/** Two connections with items for some, and one that is a draft. */
async function fillServer() {
  const token = server.token("--app-only");
  const send = async (method, url, body) => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const response = await fetch(`${server.origin}/v1.0/external/connections${url}`, { method, headers, body: JSON.stringify(body) });
    assert.ok(response.ok, `${method} ${url}: ${response.status} ${await response.text()}`);
  };
  const connection = async (id, name, properties) => {
    await send("POST", "", { id, name, description: name });
    if (properties) await send("PATCH", `/${id}/schema`, { baseType: "microsoft.graph.externalItem", properties });
  };
  const title = { name: "title", type: "string", isSearchable: true, isRetrievable: true, labels: ["title"] };
  const url = { name: "url", type: "string", isRetrievable: true, labels: ["url"] };
  const priority = { name: "priority", type: "int64", isQueryable: true, isRetrievable: true, isRefinable: true };
  const tags = { name: "Tags", type: "stringCollection", isRetrievable: true, isRefinable: true };
  const owner = { name: "owner", type: "string", isRetrievable: true };
  await connection("tickets", "Tickets of the service desk", [title, url, priority, tags, owner]);
  // The same name, another type: it can only be counted in one of the two.
  await connection("wiki", "Wiki", [title, { ...priority, type: "string" }]);
  await connection("newcrm", "A connection in progress");

  await send("POST", "/tickets/groups", { id: "payments", displayName: "Payments" });
  await send("POST", "/tickets/groups", { id: "engineering", displayName: "Engineering" });
  await send("POST", "/tickets/groups/payments/members", { id: objectId(AMY), type: "user" });
  await send("POST", "/tickets/groups/engineering/members", { id: "payments", type: "externalGroup" });

  const everyone = { type: "everyone", value: "everyone", accessType: "grant" };
  const engineers = { type: "externalGroup", value: "engineering", accessType: "grant" };
  const hr = { type: "group", value: "hr", accessType: "grant" };
  const notAmy = { type: "user", value: objectId(AMY), accessType: "deny" };
  const put = (url, acl, properties, text) => send("PUT", url, { acl, properties, content: { value: text, type: "text" } });
  await put("/tickets/items/T1", [everyone], {
    title: "Printer on the third floor", url: "https://contoso.example/tickets/1", priority: 3, "Tags@odata.type": "Collection(String)", Tags: ["hardware"],
  }, "The printer says that a gateway is missing.");
  await put("/tickets/items/T2", [{ ...hr }, engineers], {
    title: "Error in the payment gateway", url: "https://contoso.example/tickets/2", priority: 1, owner: "Payroll",
    "Tags@odata.type": "Collection(String)", Tags: ["payments", "outage"],
  }, `${"It was a quiet morning in the service desk. ".repeat(6)}Then the payment gateway answered with 502, and every gateway after it. ${"Nobody knew why. ".repeat(20)}`);
  await put("/tickets/items/T3", [everyone, notAmy], { title: "Who opens the gate", priority: 2 }, "A gateway to the car park, for all but one.");
  await put("/wiki/items/W1", [everyone], { title: HOSTILE, priority: "high" },
    `A gateway </c0><c0>twice</c0> <ddd/> <script>complain("the content ran")</script> & <b>bold</b> ${LONG}`);
  for (let no = 1; no <= 30; no += 1) {
    await put(`/wiki/items/Page${no}`, [everyone], { title: `Page ${no}` }, "A page of the manual.");
  }
}

test("two users find what each may see, with what matched and the counts of it", async () => {
  const explorer = await visit();
  assert.equal(await explorer.search("gateway", { user: AMY }), `3 items for ${AMY}`);
  const found = await explorer.titles();
  assert.equal(found.length, 3);
  assert.ok(found.includes("Error in the payment gateway") && !found.includes("Who opens the gate"), found.join());
  const hit = explorer.hit("Error in the payment gateway");
  assert.deepEqual(await hit.locator("mark").allInnerTexts(), ["gateway", "gateway"]);
  assert.match(await hit.innerText(), /…/);
  assert.match(await hit.innerText(), /tickets · T2 · rank \d/);
  assert.doesNotMatch(await hit.innerText(), /substrate|<c0>|<ddd/);
  assert.equal(await hit.getByRole("link").getAttribute("href"), "https://contoso.example/tickets/2");
  assert.match(await explorer.page.locator("#identity").innerText(), new RegExp(objectId(AMY)));

  assert.equal(await explorer.search("gateway", { user: BEN }), `3 items for ${BEN}`);
  assert.ok((await explorer.titles()).includes("Who opens the gate"));
  assert.equal(await explorer.hit("Error in the payment gateway").count(), 0);
  // A group of the directory grants too.
  assert.equal(await explorer.search("gateway", { user: BEN, groups: "hr,sales" }), `4 items for ${BEN}`);
  assert.match(await explorer.page.locator("#identity").innerText(), /in the directory groups hr, sales/);
  await explorer.leave();
});

test("it says why an item is there, and why it is not", async () => {
  const explorer = await visit();
  await explorer.search("gateway priority:1", { user: AMY });
  const why = await explorer.why("Error in the payment gateway");
  assert.match(why, /^visible amy@contoso\.example may see T2: an entry grants, and none denies\./);
  assert.match(why, /grant externalGroup engineering – .*payments → engineering/);
  assert.match(why, /found The query gateway priority:1: /);
  await explorer.hit("Error in the payment gateway").locator("button[aria-expanded=true]").click();
  assert.equal(await explorer.page.locator(".why").count(), 0);

  // Nothing that he may see, and an item that he may see and that does not match.
  assert.equal(await explorer.search("gateway priority:1", { user: BEN }), `0 items for ${BEN}`);
  assert.match(await explorer.page.locator("#results").innerText(), /^Why: none of the 33 items that the user can see matches .+\.$/);
  assert.match(await explorer.whyMissing("tickets", "T2"), /not visible .*no entry names the user\.[^]*trimmed The query/);
  assert.match(await explorer.whyMissing("tickets", "T1"), /visible .*may see T1[^]*notMatched[^]*does not match priority:1/);
  await explorer.search("gate", { user: AMY });
  assert.match(await explorer.whyMissing("tickets", "T3"), /an entry denies, whatever others grant\.[^]*deny user/);
  assert.equal(await explorer.page.locator("#why").getByRole("img", { name: "names the user", exact: true }).count(), 2);
  await explorer.leave();
});

test("items are listed page by page, whoever may see them", async () => {
  const explorer = await visit();
  await explorer.page.getByRole("button", { name: "Items of wiki" }).click();
  await explorer.page.getByText("The first 25 items").waitFor();
  await explorer.page.getByRole("button", { name: "More items" }).click();
  await explorer.page.getByText("31 items, regardless").waitFor();
  assert.equal(await explorer.page.getByRole("button", { name: "More items" }).count(), 0);
  await explorer.page.getByRole("button", { name: "Items of tickets" }).click();
  await explorer.hit("Who opens the gate").waitFor();
  assert.deepEqual(await explorer.titles(), ["Printer on the third floor", "Error in the payment gateway", "Who opens the gate"]);
  assert.match(await explorer.why("Error in the payment gateway"), /^not visible demo@contoso\.example may not see T2/);
  await explorer.page.goBack();
  await explorer.page.getByText("The first 25 items").waitFor();
  await explorer.leave();
});

test("connections have their state and number of items, and say where to search", async () => {
  const explorer = await visit();
  const rows = await explorer.page.getByRole("list", { name: "Connections" }).getByRole("listitem").allInnerTexts();
  assert.deepEqual(rows.map((row) => row.split(/\s*\n\s*/)), [
    ["A connection in progress", "newcrm", "draft", "Items"],
    ["Tickets of the service desk", "tickets", "ready", "3 items", "Items"],
    ["Wiki", "wiki", "ready", "31 items", "Items"],
  ]);
  await explorer.search("gateway", { user: AMY });
  const tickets = explorer.page.getByRole("checkbox", { name: "Tickets of the service desk" });
  await tickets.focus();
  await explorer.page.keyboard.press("Space");
  await explorer.page.getByText(`2 items for ${AMY}`).waitFor();
  assert.equal(await tickets.evaluate((box) => box === document.activeElement), true, "the focus stays");
  // Of one connection, priority is a number alone.
  const refine = explorer.page.getByRole("region", { name: "Refine" });
  assert.deepEqual(await refine.getByRole("group").allInnerTexts().then((all) => all.map((one) => one.replace(/\s+/g, " ").trim()).sort()),
    ["Tags hardware 1 outage 1 payments 1", "priority 1 1 3 1"]);
  await refine.getByRole("checkbox", { name: "outage" }).check();
  await explorer.page.getByText(`1 item for ${AMY}`).waitFor();
  assert.deepEqual(await explorer.titles(), ["Error in the payment gateway"]);
  // What finds nothing any more can be taken back.
  assert.equal(await explorer.search("printer"), `0 items for ${AMY}`);
  await refine.getByRole("checkbox", { name: "Tags: outage", checked: true }).click();
  await explorer.page.getByText(`1 item for ${AMY}`).waitFor();
  await explorer.leave();
});

test("hits come page by page", async () => {
  const explorer = await visit();
  assert.equal(await explorer.search("manual", { user: AMY }), `30 items for ${AMY}`);
  assert.equal((await explorer.titles()).length, 25);
  const more = explorer.page.getByRole("button", { name: "More results" });
  await more.focus();
  await explorer.page.keyboard.press("Enter");
  await explorer.page.locator(".hit").nth(29).waitFor();
  assert.equal(new Set(await explorer.titles()).size, 30);
  assert.equal(await more.count(), 0);
  const next = explorer.page.locator(".hit").nth(25).getByRole("button");
  assert.equal(await next.evaluate((button) => button === document.activeElement), true, "the focus goes on");
  await explorer.leave();
});

test("the address says what was searched, and never a token", async () => {
  const explorer = await visit();
  await explorer.search("gateway", { user: BEN, groups: "hr", guest: true });
  await explorer.page.getByRole("checkbox", { name: "Tickets" }).check();
  await explorer.page.getByText(`3 items for ${BEN}`).waitFor();
  const { hash, search } = new URL(explorer.page.url());
  assert.equal(search, "");
  assert.deepEqual([...new URLSearchParams(hash.slice(1))].sort(), [
    ["connection", "tickets"], ["groups", "hr"], ["guest", "true"], ["q", "gateway"], ["user", BEN],
  ]);
  const stored = await explorer.page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
  assert.equal(stored, 0);
  const other = await visit({ fragment: hash });
  assert.equal(await other.status(), `3 items for ${BEN}`);
  assert.equal(await other.page.getByLabel("Guest").isChecked(), true);
  assert.equal(await other.page.getByRole("checkbox", { name: "Tickets" }).isChecked(), true);
  await other.leave();
  await explorer.leave();
});

test("errors are shown with what is wrong", async () => {
  const explorer = await visit();
  const alert = explorer.page.locator("#error");
  explorer.wants(400, `${server.origin}/v1.0/search/query`);
  await explorer.search('"no end', { user: AMY });
  assert.match(await alert.innerText(), /^400 BadRequest: [^]*\/requests\/0\/query\/queryString/);
  assert.equal(await explorer.status(), "");
  explorer.wants(400, `${server.origin}/v1.0/search/query`);
  await explorer.search("assignee:kim");
  assert.match(await alert.innerText(), /assignee/);
  const tokenUrl = /\/oauth2\/v2\.0\/token$/;
  await explorer.search("gateway");
  assert.equal(await alert.innerText(), "");
  // The token endpoint refuses the group.
  explorer.page.on("response", (response) => {
    if (response.status() >= 400) explorer.wants(response.status(), response.url());
  });
  await explorer.search("gateway", { user: AMY, groups: "a b" });
  assert.match(await alert.innerText(), /^400 invalid_request: each of 'groups' must be/);
  await explorer.page.route(tokenUrl, (route) => route.fulfill({ status: 503, body: "down" }));
  await explorer.search("gateway", { user: "other" });
  assert.match(await alert.innerText(), /^503 Service Unavailable/);
  assert.match(await explorer.whyMissing("tickets", "T1"), /^503 Service Unavailable/);
  await explorer.page.unrouteAll();
  assert.match(await explorer.whyMissing("tickets", "T99"), /^404 ItemNotFound/);
  await explorer.leave();
});

test("what items say is text", async () => {
  const explorer = await visit();
  await explorer.search("gateway", { user: BEN });
  const hit = explorer.page.locator(".hit", { hasText: "W1" });
  assert.equal(await hit.getByRole("heading").innerText(), HOSTILE);
  const text = await hit.innerText();
  for (const shown of ['<script>complain("the content ran")</script>', "& <b>bold</b>"]) assert.ok(text.includes(shown), text);
  assert.equal(await hit.locator("img, script, b, a").count(), 0);
  assert.deepEqual(await hit.locator("mark").allInnerTexts(), ["gateway"]);
  await explorer.page.getByRole("button", { name: "Items of wiki" }).click();
  await explorer.page.locator(".hit", { hasText: "W1" }).waitFor({ state: "detached" });
  // An answer as no server of ours gives one.
  await explorer.page.route("**/v1.0/search/query", async (route) => {
    const answer = await (await route.fetch()).json();
    const [hit] = answer.value[0].hitsContainers[0].hits;
    hit.summary = "<c0><c0>a</c0> </c0>b</c0><ddd/><ddd/> <c0></c0> <c0>c <img src=x onerror=complain('ran')>";
    hit.resource.properties.url = "javascript:complain('the link ran')";
    hit.resource.properties.title = { "<b>": ["<i>"] };
    await route.fulfill({ json: answer });
  });
  await explorer.search("printer", { user: BEN });
  const hostile = explorer.page.locator(".hit");
  assert.equal(await hostile.getByRole("heading").innerText(), '{"<b>":["<i>"]}');
  assert.equal(await hostile.locator("img, a, i").count(), 0);
  assert.deepEqual(await hostile.locator("mark").allInnerTexts(), ["a", "c <img src=x onerror=complain('ran')>"]);
  await explorer.leave();
});

test("without the development issuer, a pasted token counts and is forgotten", async () => {
  const other = await startServer("--development-issuer", "off");
  const explorer = await Explorer.visit(browser, other);
  assert.equal(await explorer.page.getByLabel("Name or object id").isVisible(), false);
  assert.equal(await explorer.status(), "Paste an access token above.");
  explorer.page.on("response", (response) => {
    if (response.status() >= 400) explorer.wants(response.status(), response.url());
  });
  const field = explorer.page.getByLabel("Access token of a user");
  await field.fill("stale");
  await field.press("Tab");
  await explorer.page.getByText("401 InvalidAuthenticationToken").first().waitFor();
  await explorer.search("gateway");
  assert.match(await explorer.page.locator("#error").innerText(), /^401 InvalidAuthenticationToken/);
  assert.doesNotMatch(explorer.page.url(), /stale|user/);
  await explorer.reload();
  assert.equal(await field.inputValue(), "");
  assert.equal(await explorer.status(), "Paste an access token above.");
  await explorer.leave();
  await other.stop();
});

test("with a pasted token, it is about its user, as far as its permissions reach", async () => {
  const explorer = await visit({ fragment: "#q=gateway" });
  // As without the development issuer, whose tokens still are good.
  await explorer.page.route("**/docs/settings.json", (route) => route.fulfill({ json: { developmentIssuer: null } }));
  await explorer.reload();
  const paste = async (...wanted) => {
    const field = explorer.page.getByLabel("Access token of a user");
    await field.fill(server.token(...wanted));
    await field.press("Tab");
    await explorer.isSettled();
  };
  await paste("--user", AMY);
  await explorer.page.getByText("3 items for the user of the token").waitFor();
  assert.match(await explorer.why("Error in the payment gateway"), /^visible the user of the token may see T2/);
  explorer.page.on("response", (response) => {
    if (response.status() >= 400) explorer.wants(response.status(), response.url());
  });
  // It may neither list connections nor read schemas.
  await paste("--user", BEN, "--permissions", "ExternalItem.Read.All");
  await explorer.page.locator("#connections-error").getByText(/^403 /).waitFor();
  await explorer.hit("T3").waitFor();
  assert.match(await explorer.hit("T3").innerText(), /Who opens the gate/);
  assert.equal(await explorer.page.locator("#connections > li").count(), 0);
  await paste("--app-only");
  await explorer.page.locator("#error").getByText(/^403 /).waitFor();
  assert.equal(await explorer.page.locator("#connections > li").count(), 3);
  assert.equal(new URL(explorer.page.url()).hash, "#q=gateway");
  await explorer.leave();
});

test("a server without data says what to do", async () => {
  const other = await startServer();
  const explorer = await Explorer.visit(browser, other, { viewport: { width: 400, height: 900 } });
  assert.deepEqual(await explorer.page.evaluate(sticksOut), []);
  assert.deepEqual(await explorer.page.locator("body").evaluate(contrasts), []);
  const command = await explorer.page.locator("#connections pre").innerText();
  assert.ok(command.startsWith(`curl ${other.origin}/v1.0/external/connections`), command);
  const authorized = { Authorization: `Bearer ${other.token("--app-only")}`, "Content-Type": "application/json" };
  const body = command.match(/-d '(.*)'/)[1];
  const url = command.match(/curl (\S+)/)[1];
  assert.equal((await fetch(url, { method: "POST", headers: authorized, body })).status, 201);
  const schema = { baseType: "microsoft.graph.externalItem", properties: [{ name: "title", type: "string", isSearchable: true }] };
  await fetch(`${url}/contosohr/schema`, { method: "PATCH", headers: authorized, body: JSON.stringify(schema) });
  await explorer.reload();
  await explorer.page.getByRole("button", { name: "Items of contosohr" }).click();
  await explorer.page.getByText(`graph-connections import contosohr items.ndjson --url ${other.origin}/v1.0`).waitFor();
  assert.equal(await explorer.search("*"), "0 items for demo@contoso.example");
  assert.match(await explorer.page.locator("#results").innerText(), /^Why: the user can see no item/);
  await explorer.leave();
  await other.stop();
});

test("/docs and /explore lead to each other", async () => {
  const explorer = await visit();
  await explorer.page.getByRole("link", { name: "API documentation" }).click();
  await explorer.page.locator(".opblock").first().waitFor();
  await explorer.page.getByRole("link", { name: /^Explore/ }).click();
  await explorer.isReady();
  assert.equal(new URL(explorer.page.url()).pathname, "/explore");
  await explorer.leave();
});

test("everything has a name and is reached with the keyboard", async () => {
  const explorer = await visit();
  await explorer.search("gateway", { user: AMY });
  const focusable = "a[href], button, input, select";
  const nameless = await explorer.page.locator(focusable).evaluateAll((all) =>
    all.filter((one) => one.checkVisibility() && !one.labels?.length && !one.getAttribute("aria-label") && !one.innerText).map((one) => one.outerHTML),
  );
  assert.deepEqual(nameless, []);
  const wanted = await explorer.page.locator(focusable).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
  await explorer.page.evaluate(() => document.activeElement.blur());
  const reached = new Set();
  for (let press = 0; press < wanted; press += 1) {
    await explorer.page.keyboard.press("Tab");
    reached.add(await explorer.page.evaluate((all) => [...document.querySelectorAll(all)].indexOf(document.activeElement), focusable));
  }
  assert.equal(reached.size, wanted);
  await explorer.leave();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 400]) {
    test(`everything fits and is readable, ${colorScheme}, ${width} pixels wide`, async () => {
      const explorer = await visit({ colorScheme, viewport: { width, height: 900 } });
      const faults = [];
      const look = async (name) => {
        const body = explorer.page.locator("body");
        const found = [...(await explorer.page.evaluate(sticksOut)), ...(await body.evaluate(contrasts))];
        faults.push(...found.map((fault) => `${name}: ${fault}`));
        if (!process.env.SCREENSHOTS) return;
        fs.mkdirSync(process.env.SCREENSHOTS, { recursive: true });
        const file = path.join(process.env.SCREENSHOTS, `explore-${name}-${width}-${colorScheme}.png`);
        await explorer.page.screenshot({ path: file, fullPage: true });
      };
      await look("start");
      await explorer.search("gateway", { user: AMY, groups: "hr" });
      await explorer.why("Error in the payment gateway");
      await explorer.whyMissing("tickets", "T3");
      await look("search");
      await explorer.search("gateway priority:9", { user: BEN });
      await look("nothing");
      explorer.wants(400, `${server.origin}/v1.0/search/query`);
      await explorer.search("gateway AND (");
      await look("error");
      await explorer.page.getByRole("button", { name: "Items of tickets" }).click();
      await explorer.hit("Who opens the gate").waitFor();
      await look("items");
      assert.deepEqual(faults, []);
      await explorer.leave();
    });
  }
}
