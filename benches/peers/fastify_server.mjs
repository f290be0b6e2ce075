// PUT and GET of items with Fastify and better-sqlite3, as their users write it: validated by a schema, each write a commit of its own
// that is on disk. Arguments: the database file, the number of items to begin with, the directory whose node_modules has both.
import { createRequire } from "node:module";

const [file, rows, modules] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const Database = require("better-sqlite3");
const app = require("fastify")();

const db = new Database(file);
for (const pragma of ["journal_mode = WAL", "synchronous = FULL", "cache_size = -16384"]) db.pragma(pragma);
db.exec("CREATE TABLE item (connection TEXT, id TEXT, acl TEXT, properties TEXT, text TEXT, PRIMARY KEY (connection, id))");
const insert = db.prepare("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?)");
const select = db.prepare("SELECT acl, properties, text FROM item WHERE connection = ? AND id = ?");

const text = { type: "string" };
const object = (properties) => ({ type: "object", properties, required: Object.keys(properties) });
const item = object({
  acl: { type: "array", items: object({ type: text, value: text, accessType: text }) },
  properties: { type: "object", additionalProperties: true },
  content: object({ type: text, value: text }),
});
const path = "/v1.0/external/connections/:connection/items/:id";

app.put(path, { schema: { body: item, response: { 200: item } } }, async ({ params, body }) => {
  insert.run(params.connection, params.id, JSON.stringify(body.acl), JSON.stringify(body.properties), body.content.value);
  return body;
});

app.get(path, { schema: { response: { 200: item } } }, async ({ params }, reply) => {
  const row = select.get(params.connection, params.id);
  if (!row) return reply.code(404).send();
  return { acl: JSON.parse(row.acl), properties: JSON.parse(row.properties), content: { type: "text", value: row.text } };
});

const acl = JSON.stringify(Array(5).fill({ type: "group", value: "1f0c997e-99f7-43f1-8cca-086f8d42be01", accessType: "grant" }));
db.transaction(() => {
  for (let n = 0; n < Number(rows); n++) {
    const id = `i${String(n).padStart(7, "0")}`;
    insert.run("contosoitems", id, acl, '{"title":"x"}', "The gateway answers with 502. ".repeat(115));
  }
})();

await app.listen({ host: "127.0.0.1", port: 0 });
console.log(`API http://127.0.0.1:${app.server.address().port}`);
