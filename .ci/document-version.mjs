#!/usr/bin/env node
// Fails if openapi.yaml could break a client of an earlier revision of the same major version, or if its version has gone back.
//
// The earlier revisions are all that the history of HEAD has: a change that is spread over several commits, or made on a branch and
// merged, is held against what came before it all the same. api-smart-diff finds and judges the differences, of documents without
// `allOf`, which it misjudges; `breaking` is stricter about what it takes lightly.
import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const tools = createRequire(`${process.env.CI_TOOLS}/`);
const { apiCompare } = tools("api-smart-diff");
const { merge } = tools("allof-merge");
const yaml = tools("yaml");

const DOCUMENT = "openapi.yaml";

// What of the differences between two texts of the document could break a client, one line each.
export function breaking(before, after) {
  // Parsed anew for each comparison, which writes into what it is given.
  const [old, now] = [before, after].map((text) => merge(yaml.parse(text, withoutTypeOfNull)));
  const lines = apiCompare(old, now).diffs.filter(isBreaking).map(describe);
  return [...new Set(lines)];
}

// What only `null` is valid for: the type beside it is there because `nullable` asks for one, and says nothing.
function withoutTypeOfNull(key, value) {
  if (value?.nullable === true && value.enum?.length === 1 && value.enum[0] === null) delete value.type;
  return value;
}

function isBreaking({ action, type, path, before, after }) {
  const [last, parent] = [path.at(-1), path.at(-2)];
  if (path[0] === "components") {
    // What is used is compared where it is used. But schemas are types in generated code, by their names.
    return action === "remove" && parent === "schemas" && path.length === 3;
  }
  if (path.some((key) => key === "example" || key === "examples")) return false;
  // The order of sections and what they say.
  if (path[0] === "tags") return false;
  return (
    type === "breaking" ||
    // Clients read what an answer no longer has, or send what is no longer looked at.
    (parent === "properties" && action === "remove") ||
    (last === "nullable" && path.includes("requestBody") && before === true && after !== true) ||
    (last === "nullable" && path.includes("responses") && before !== true && after === true) ||
    (last === "type" && action === "replace") ||
    // The other kind is refused from then on.
    (last === "x-token-kind" && action !== "remove") ||
    // Classes in generated code.
    (parent === "tags" && action !== "add") ||
    // Methods in generated code.
    (last === "operationId" && action !== "add") ||
    // Extensions and whatever else the tool has no opinion of: additions are harmless, apart from one more thing to authenticate with.
    (type === "unclassified" && (action !== "add" || parentOf("security", path)))
  );
}

// Whether a path leads into one requirement of a list of alternatives.
function parentOf(key, path) {
  return path.at(-3) === key;
}

function describe({ action, path }) {
  return `${action} ${path.join("/")}`;
}

function version(text) {
  const { version } = yaml.parse(text).info;
  const numbers = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  if (!numbers) throw new Error(`${DOCUMENT}: info.version ${version} is not of the form 1.2.3`);
  return numbers;
}

function compareVersions(one, other) {
  const index = one.findIndex((number, at) => number !== other[at]);
  return index < 0 ? 0 : one[index] - other[index];
}

function git(...args) {
  return execFileSync("git", args, { encoding: "utf8", maxBuffer: 1 << 28 });
}

// The texts that the document has had, each once.
function earlierRevisions() {
  if (git("rev-parse", "--is-shallow-repository").trim() === "true") {
    throw new Error("the clone is shallow, so earlier revisions of the document are missing: git fetch --unshallow");
  }
  const changes = git("log", "--full-history", "-m", "--raw", "--no-abbrev", "--format=", "--", DOCUMENT);
  const ids = new Set(changes.match(/\b[0-9a-f]{40,64}\b/g)?.filter((id) => !/^0+$/.test(id)));
  return [...ids].map((id) => git("cat-file", "blob", id));
}

function main() {
  const document = readFileSync(DOCUMENT, "utf8");
  const now = version(document);
  const problems = new Set();
  let compared = 0;
  for (const earlier of earlierRevisions()) {
    const then = version(earlier);
    if (compareVersions(then, now) > 0) problems.add(`the version was ${then.join(".")} before`);
    if (then[0] !== now[0]) continue;
    for (const change of breaking(earlier, document)) problems.add(change);
    compared += 1;
  }
  if (problems.size > 0) {
    throw new Error(`${DOCUMENT} ${now.join(".")} breaks clients of earlier revisions; raise the first number:\n  ${[...problems].join("\n  ")}`);
  }
  console.log(`${DOCUMENT} ${now.join(".")} breaks no client of ${compared} revisions of ${now[0]}`);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
