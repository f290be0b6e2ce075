// document-version.mjs sees what breaks a client, in changes of the document as it is, and cannot be led around.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { breaking } from "./document-version.mjs";

const yaml = createRequire(`${process.env.CI_TOOLS}/`)("yaml");
const root = new URL("..", import.meta.url);
const original = readFileSync(new URL("openapi.yaml", root), "utf8");

const CONNECTIONS = "/external/connections";
const CONNECTION = `${CONNECTIONS}/{connection-id}`;
const schema = (document, name) => document.components.schemas[name];
const property = (document, name, member) => schema(document, name).properties[member];
const parameter = (document, name) => document.components.parameters[name];
const ok = (document, path, method, status) => document.paths[path][method].responses[status];

const BREAKING = {
  "operation removed": (d) => delete d.paths[CONNECTION].delete,
  "path removed": (d) => delete d.paths[`${CONNECTIONS}/$count`],
  "path alias removed": (d) => delete d["x-path-aliases"]["/connections"],
  "operation renamed": (d) => (d.paths[CONNECTIONS].get.operationId = "allConnections"),
  "permission removed": (d) => d.paths[CONNECTIONS].get["x-required-scopes"].pop(),
  "one kind of token alone": (d) => (d.paths[CONNECTIONS].get["x-token-kind"] = "application"),
  "schema renamed": (d) => {
    d.components.schemas.Page = schema(d, "ExternalConnectionCollection");
    delete d.components.schemas.ExternalConnectionCollection;
    ok(d, CONNECTIONS, "get", "200").content["application/json"].schema.$ref = "#/components/schemas/Page";
  },
  "member of an answer removed": (d) => delete schema(d, "ExternalConnection").properties.ingestedItemsCount,
  "member of an error removed": (d) => delete schema(d, "ODataInnerError").properties.source,
  "member of an answer no longer certain": (d) => delete schema(d, "ExternalConnectionCollection").required,
  "member of an answer may be null": (d) => (property(d, "ExternalConnection", "name").nullable = true),
  "type of a member of an answer": (d) => (property(d, "ExternalConnection", "id").type = "integer"),
  "type of a member deep in an error": (d) => (property(d, "ODataErrorDetail", "target").type = "integer"),
  "enumeration of answers grows": (d) => schema(d, "ConnectionState").enum.push("melted"),
  "status of success changed": (d) => {
    const { responses } = d.paths[CONNECTION].delete;
    responses["204"] = responses["202"];
    delete responses["202"];
  },
  "status of an error removed": (d) => delete d.paths[CONNECTION].get.responses["404"],
  "media type of an answer": (d) => {
    const { content } = ok(d, `${CONNECTIONS}/$count`, "get", "200");
    content["application/json"] = content["text/plain"];
    delete content["text/plain"];
  },
  "body of an answer removed": (d) => delete ok(d, CONNECTIONS, "post", "201").content,
  "header of an answer removed": (d) => delete ok(d, CONNECTIONS, "post", "201").headers,
  "media type of a request": (d) => {
    const { content } = d.paths[CONNECTIONS].post.requestBody;
    content["application/xml"] = content["application/json"];
    delete content["application/json"];
  },
  "member of a request removed": (d) => delete schema(d, "ExternalConnectionUpdate").properties.searchSettings,
  "member of a request required": (d) => schema(d, "ExternalConnectionCreate").allOf[1].required.push("id"),
  "member deep in a request required": (d) => schema(d, "DisplayTemplate").required.push("rules"),
  "type of a member of a request": (d) => (property(d, "PropertyRule", "property").type = "boolean"),
  "member of a request may not be null": (d) => delete property(d, "ExternalConnectionUpdate", "description").nullable,
  "object of a request may not be null": (d) =>
    (schema(d, "ExternalConnectionUpdate").properties.configuration = { $ref: "#/components/schemas/ConnectionConfiguration" }),
  "enumeration of requests shrinks": (d) => schema(d, "RuleOperation").enum.splice(3, 1),
  "text may be less long": (d) => (property(d, "ExternalConnectionUpdate", "name").maxLength = 64),
  "text must be longer": (d) => (property(d, "ExternalConnectionUpdate", "description").minLength = 1),
  "pattern added": (d) => (schema(d, "ExternalConnectionCreate").allOf[1].properties.id.pattern = "^[a-z]+$"),
  "pattern changed": (d) => (property(d, "ExternalConnectionUpdate", "name").pattern = "^[a-z]+$"),
  "list may be less long": (d) => (property(d, "SearchSettings", "searchResultTemplates").maxItems = 1),
  "object closed": (d) => (schema(d, "AdaptiveCard").additionalProperties = false),
  "parameter removed": (d) => d.paths[CONNECTIONS].get.parameters.shift(),
  "parameter required": (d) => (parameter(d, "Filter").required = true),
  "parameter added and required": (d) =>
    d.paths[CONNECTIONS].get.parameters.push({ name: "q", in: "query", required: true, schema: { type: "string" } }),
  "type of a parameter": (d) => (parameter(d, "Top").schema = { type: "string" }),
  "parameter has a lower maximum": (d) => (parameter(d, "Top").schema.maximum = 100),
  "parameter has a higher minimum": (d) => (parameter(d, "Top").schema.minimum = 2),
  "parameter has another default": (d) => (parameter(d, "Top").schema.default = 10),
  "another credential required": (d) => (d.security[0].apiKey = []),
  "another class in generated code": (d) => (d.paths[CONNECTIONS].get.tags = ["items"]),
};

const HARMLESS = {
  words: (d) => {
    d.info.description = "Other words.";
    schema(d, "ExternalConnection").description = "Other words.";
    d.paths[CONNECTIONS].get.summary = "Other words";
  },
  example: (d) => (d.paths[CONNECTIONS].post.requestBody.content["application/json"].example = { name: "Other" }),
  operation: (d) =>
    (d.paths[`${CONNECTION}/ping`] = {
      parameters: [{ $ref: "#/components/parameters/ConnectionId" }],
      get: { operationId: "pingConnection", responses: { 204: { description: "It is there." } } },
    }),
  "path alias": (d) => (d["x-path-aliases"]["/c"] = CONNECTIONS),
  permission: (d) => d.paths[CONNECTIONS].get["x-required-scopes"].push("ExternalItem.Read.All"),
  "optional parameter": (d) =>
    d.paths[CONNECTIONS].get.parameters.push({ name: "$search", in: "query", schema: { type: "string" } }),
  "parameter with a higher maximum": (d) => (parameter(d, "Top").schema.maximum = 5000),
  "member of answers": (d) => (schema(d, "ExternalConnection").properties.color = { type: "string" }),
  "optional member of requests": (d) => (schema(d, "ExternalConnectionUpdate").properties.color = { type: "string" }),
  "optional member of a composition": (d) =>
    (schema(d, "ExternalConnectionCreate").allOf[1].properties.color = { type: "string" }),
  "member of requests no longer required": (d) => delete schema(d, "ExternalConnectionCreate").allOf[1].required,
  "longer text": (d) => (property(d, "ExternalConnectionUpdate", "name").maxLength = 256),
  "section before others": (d) => d.tags.unshift({ name: "news", description: "What is new." }),
  status: (d) => (d.paths[CONNECTION].get.responses["410"] = { $ref: "#/components/responses/NotFound" }),
  "another way to authenticate": (d) => d.security.push({ apiKey: [] }),
  "type beside null": (d) => (property(d, "ExternalConnection", "activitySettings").oneOf[1].type = "object"),
};

function changed(change) {
  const document = yaml.parse(original);
  change(document);
  return yaml.stringify(document, { aliasDuplicateObjects: false });
}

for (const [name, change] of Object.entries(BREAKING)) {
  test(`breaks clients: ${name}`, () => assert.notDeepEqual(breaking(original, changed(change)), []));
}
for (const [name, change] of Object.entries(HARMLESS)) {
  test(`breaks no client: ${name}`, () => assert.deepEqual(breaking(original, changed(change)), []));
}

// What follows is about the history: a repository with nothing but the document, one revision a commit.
function repository(context, ...texts) {
  const folder = mkdtempSync(join(tmpdir(), "document-version-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  const git = (...args) => execFileSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" });
  git("init", "--quiet");
  texts.forEach((text, index) => {
    writeFileSync(join(folder, "openapi.yaml"), text);
    git("add", "openapi.yaml");
    git("commit", "--quiet", "--message", `${index}`);
  });
  return folder;
}

function check(folder) {
  const script = new URL("document-version.mjs", import.meta.url).pathname;
  const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
  return { status, stderr };
}

const versioned = (version, change = () => {}) =>
  changed((document) => {
    document.info.version = version;
    change(document);
  });
const removal = BREAKING["operation removed"];
const addition = HARMLESS["member of answers"];

test("a breaking change wants the next major version", (context) => {
  const refused = check(repository(context, versioned("7.0.0"), versioned("7.1.0", removal)));
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /remove paths\/\/external\/connections\/\{connection-id\}\/delete/);
  assert.equal(check(repository(context, versioned("7.0.0"), versioned("8.0.0", removal))).status, 0);
});

test("an addition does not", (context) => {
  assert.deepEqual(check(repository(context, versioned("7.0.0"), versioned("7.0.0", addition))), { status: 0, stderr: "" });
});

test("a breaking change is seen commits later", (context) => {
  const folder = repository(context, versioned("7.0.0"), versioned("7.0.0", removal), versioned("7.0.1", removal));
  assert.equal(check(folder).status, 1);
});

test("a removal of what the same major version added is breaking too", (context) => {
  assert.equal(check(repository(context, versioned("7.0.0", addition), versioned("7.0.0"))).status, 1);
});

test("what the working tree changes counts", (context) => {
  const folder = repository(context, versioned("7.0.0"));
  writeFileSync(join(folder, "openapi.yaml"), versioned("7.0.0", removal));
  assert.equal(check(folder).status, 1);
});

test("the version does not go back", (context) => {
  const refused = check(repository(context, versioned("7.1.0"), versioned("7.0.0")));
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /the version was 7\.1\.0 before/);
  assert.equal(check(repository(context, versioned("7.0.0"), versioned("6.0.0"))).status, 1);
});

test("a clone without its history is refused", (context) => {
  const folder = repository(context, versioned("7.0.0"), versioned("7.0.1"));
  const clone = join(repository(context, ""), "clone");
  execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${folder}`, clone]);
  const refused = check(clone);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /shallow/);
});
