// What the tests of the pages stand on: a server of their own, a browser, and a page that is watched for whatever a reader
// should never meet. Knows the handles of the pages' elements, not what must hold.
//
//   PROGRAM    the server's program
//   CHROMIUM   the browser's, /usr/bin/chromium unless said otherwise

"use strict";

const assert = require("node:assert/strict");
const { spawn, execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { chromium } = require("playwright-core");

const PROGRAM = process.env.PROGRAM;
assert.ok(PROGRAM, "PROGRAM says where the server's program is");

/** Starts the server on a free port and an empty data directory. */
exports.startServer = async (...args) => {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "graph-connections-browser-"));
  const serve = ["serve", "--listen", "127.0.0.1:0", "--data", data, "--log", "warn", ...args];
  const child = spawn(PROGRAM, serve, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill();
    await ended;
    fs.rmSync(data, { recursive: true });
  };
  const origin = await new Promise((resolve, reject) => {
    let banner = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    child.stdout.on("data", (text) => {
      banner += text;
      const url = banner.match(/^ *API *(http:\/\/[^/\s]*)\//m);
      if (url) resolve(url[1]);
    });
  });
  const token = (...wanted) =>
    execFileSync(PROGRAM, ["token", "--data", data, ...wanted], { encoding: "utf8" }).trim();
  return { origin, stop, token };
};

/** A browser that finds no other host and asks for nothing of its own. */
exports.startBrowser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      ...(process.getuid() === 0 ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-gpu",
      "--disable-quic",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      "--no-first-run",
    ],
  });

/** A visitor of a page, with a browser profile of their own. Classes of theirs say where the page is, and when it is ready. */
class Visitor {
  #complaints = [];
  /** Answers from 400 on: those that the browser has reported, and those that a test has asked for. */
  #refused = { reported: [], wanted: [] };

  static async visit(browser, server, { fragment = "", ...options } = {}) {
    const context = await browser.newContext(options);
    const visitor = new this();
    visitor.origin = server.origin;
    visitor.page = await visitor.#watched(context);
    await visitor.page.goto(`${server.origin}${this.path}${fragment}`);
    await visitor.isReady();
    return visitor;
  }

  async #watched(context) {
    const complain = (...what) => this.#complaints.push(what.join(" "));
    context.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol !== "data:" && origin !== this.origin) complain("request to", request.url());
    });
    context.on("requestfailed", (request) => complain("no answer from", request.url()));
    context.on("weberror", (error) => complain("uncaught", error.error()));
    context.on("console", (message) => {
      const status = message.text().match(/^Failed to load resource: .* status of (\d+)/)?.[1];
      if (status) this.#refused.reported.push(`${status} ${message.location().url}`);
      else if (["error", "warning"].includes(message.type())) complain(message.type(), message.text());
    });
    await context.exposeFunction("complain", complain);
    await context.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", (violation) =>
        window.complain("policy", violation.violatedDirective, violation.blockedURI),
      ),
    );
    return context.newPage();
  }

  async reload() {
    await this.page.reload();
    await this.isReady();
  }

  /** An answer that Chromium writes to the console, as it does with every one from 400 on, and that is no complaint. */
  wants(status, url) {
    this.#refused.wanted.push(`${status} ${url}`);
  }

  /** Ends the visit; nothing may have happened that a reader should never meet. */
  async leave() {
    await this.page.context().close();
    assert.deepEqual(this.#complaints, []);
    assert.deepEqual(this.#refused.reported, this.#refused.wanted);
  }
}

/** A reader of `/docs`, who knows the handles that Swagger UI gives its elements. */
class Reader extends Visitor {
  static path = "/docs";

  async isReady() {
    await this.page.locator(".opblock").first().waitFor();
  }

  /** Whether the lock beside *Authorize* is closed. */
  async isAuthorized() {
    const classes = await this.page.locator(".auth-wrapper .authorize:not(.get-token)").getAttribute("class");
    return classes.split(" ").includes("locked");
  }

  /** *Get a token*. */
  async getToken() {
    await this.page.getByRole("button", { name: "Get a token" }).click();
    await this.page.locator(".auth-wrapper .authorize.locked").waitFor();
  }

  async openDialog() {
    await this.page.locator(".auth-wrapper .authorize:not(.get-token)").click();
    const dialog = this.page.locator(".modal-ux");
    await dialog.waitFor();
    return dialog;
  }

  async closeDialog() {
    await this.page.locator(".modal-ux .close-modal").click();
  }

  operation(id) {
    return this.page.locator(`.opblock[id$="-${id}"]`);
  }

  async open(id) {
    const operation = this.operation(id);
    if (!(await operation.getAttribute("class")).split(" ").includes("is-open")) {
      await operation.locator(".opblock-summary-control").click();
    }
    await operation.locator(".execute").waitFor();
    return operation;
  }

  /** Executes an operation as it stands; the answer must have this status, and the page must show it. Returns its text. */
  async execute(id, status) {
    const operation = await this.open(id);
    const answered = this.page.waitForResponse((response) => response.url().startsWith(`${this.origin}/v1.0/`));
    await operation.locator(".execute").click();
    const response = await answered;
    assert.equal(response.status(), status, `${id}: ${await response.text()}`);
    if (status >= 400) this.wants(status, response.url());
    const shown = operation.locator(".live-responses-table tbody .response-col_status", { hasText: String(status) });
    await shown.first().waitFor();
    return operation.locator(".live-responses-table tbody").innerText();
  }

  /** Closes an operation: the page works through every open one at each change. */
  async close(id) {
    const operation = this.operation(id);
    await operation.locator(".opblock-summary-control").click();
    await operation.locator(".opblock-body").waitFor({ state: "detached" });
  }
}

/** A reader of `/explore`. */
class Explorer extends Visitor {
  static path = "/explore";

  async isReady() {
    await this.page.locator("main:not([hidden])").waitFor();
    await this.isSettled();
  }

  /** Waits until what was asked for is there, or has failed. */
  async isSettled() {
    await this.page.waitForFunction(() => !document.querySelector("main").innerText.includes("Loading …"));
  }

  /** Searches as a user; answers what the page says about it. */
  async search(query, { user, groups = "", guest = false } = {}) {
    const form = this.page.getByRole("search");
    await form.getByLabel("Search").fill(query);
    if (user) {
      await form.getByLabel("Name or object id").fill(user);
      await form.getByLabel("Directory groups").fill(groups);
      await form.getByLabel("Guest").setChecked(guest);
    }
    await form.getByRole("button", { name: "Search" }).click();
    await this.isSettled();
    return this.status();
  }

  status() {
    return this.page.getByRole("status").innerText();
  }

  titles() {
    return this.page.locator(".hit h3").allInnerTexts();
  }

  hit(title) {
    return this.page.locator(".hit", { has: this.page.getByRole("heading", { name: title }) });
  }

  /** Presses the button of an entry that explains; answers the text. */
  async why(title) {
    const hit = this.hit(title);
    await hit.locator("button[aria-expanded]").click();
    await this.isSettled();
    return hit.locator(".why").innerText();
  }

  /** Explains an item that is not in the list. */
  async whyMissing(connection, item) {
    const form = this.page.locator("#missing");
    await form.getByLabel("Connection").selectOption(connection);
    await form.getByLabel("Item id").fill(item);
    await form.getByRole("button", { name: "Explain" }).click();
    await this.isSettled();
    return this.page.locator("#why").innerText();
  }
}

exports.Reader = Reader;
exports.Explorer = Explorer;
