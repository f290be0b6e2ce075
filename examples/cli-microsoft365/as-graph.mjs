// For programs that know no other address than https://graph.microsoft.com: a proxy that leads there to BASE_URL instead, and the
// managed identities of a virtual machine: `app`, whose token is TOKEN, `user` and `stranger`. `node as-graph.mjs CERTIFICATE KEY
// COMMAND...` runs a command in an environment that names both.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

const [certificate, key, command, ...options] = process.argv.slice(2);
const { BASE_URL, TOKEN, USER_TOKEN, STRANGER_TOKEN } = process.env;
const tokens = { app: TOKEN, user: USER_TOKEN, stranger: STRANGER_TOKEN };

const graph = https.createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  const { host, ...headers } = request.headers;
  const sent = http.request(new URL(request.url, BASE_URL), { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  sent.on("error", (error) => response.destroy(error));
  request.pipe(sent);
});

const proxy = http.createServer((request, response) => {
  const identity = new URL(request.url, "http://localhost").searchParams.get("client_id");
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ access_token: tokens[identity], expires_on: Math.floor(Date.now() / 1000) + 3000 }));
});
proxy.on("connect", (request, socket) => {
  if (request.url !== "graph.microsoft.com:443") return socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
  graph.emit("connection", socket);
});

proxy.listen(0, "127.0.0.1", () => {
  const address = `http://127.0.0.1:${proxy.address().port}`;
  const environment = {
    ...process.env,
    HTTPS_PROXY: address,
    NODE_EXTRA_CA_CERTS: certificate,
    IDENTITY_ENDPOINT: `${address}/token`,
    IDENTITY_HEADER: "any",
  };
  spawn(command, options, { env: environment, stdio: "inherit" }).on("close", (code) => process.exit(code ?? 1));
});
