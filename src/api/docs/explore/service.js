// Requests to this server: tokens, which stay in memory, and errors in words. Knows nothing of the page.

/** A token is replaced this long before its end, milliseconds. */
const MARGIN_MS = 60_000;

/** Where tokens come from in development mode; without it, the token that the reader has pasted counts. */
let issuer = null;
let pasted = "";
/** By what was asked for. */
const tokens = new Map();
/** Schemas of connections, by identifier. */
const schemas = new Map();

/** What is shown of a request that failed. */
export class ServiceError extends Error {
  /** @param details texts, one for each broken rule */
  constructor(message, details = []) {
    super(message);
    this.details = details;
  }
}

/** Answers the development issuer, or `null` if there is none. */
export async function start() {
  const { developmentIssuer } = await (await send("docs/settings.json")).json();
  issuer = developmentIssuer;
  return issuer;
}

export function usePasted(token) {
  pasted = token.trim();
  schemas.clear();
}

export function isDevelopment() {
  return Boolean(issuer);
}

export function hasToken() {
  return Boolean(issuer || pasted);
}

/**
 * The token of a user, `{ user, groups, guest }`; without one, that of the demo app, which reads connections and items. Without
 * the development issuer, there is only the pasted one.
 */
async function token(user = {}) {
  if (!issuer) return pasted;
  const { tokenUrl, clientId, clientSecret } = issuer;
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    ...user,
  });
  const known = tokens.get(form.toString());
  if (known && Date.now() < known.goodUntil) return known.value;
  const response = await send(tokenUrl, { method: "POST", body: form });
  const answer = await response.json();
  const goodUntil = Date.now() + answer.expires_in * 1000 - MARGIN_MS;
  tokens.set(form.toString(), { value: answer.access_token, goodUntil });
  return answer.access_token;
}

/** The claims of a user's token; empty if they cannot be read, which is for the server to say. */
export async function claims(user) {
  try {
    const payload = (await token(user)).split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return {};
  }
}

/** Asks the API; a `body` is posted. Answers the entity and the headers. */
export async function ask(path, { user, body } = {}) {
  const headers = { Authorization: `Bearer ${await token(user)}` };
  const request = { headers };
  if (body) {
    headers["Content-Type"] = "application/json";
    Object.assign(request, { method: "POST", body: JSON.stringify(body) });
  }
  const response = await send(`v1.0${path}`, request);
  return { answer: await response.json(), headers: response.headers };
}

/** A page of a collection, and the path of the next one. A proxy may have a prefix that the next link does not know. */
export async function page(path) {
  const { answer } = await ask(path);
  const next = answer["@odata.nextLink"];
  return { value: answer.value, next: next && path.split("?")[0] + new URL(next).search };
}

/** The properties of a connection's schema; none if it has none, or the token may not read it. */
export async function schema(connection) {
  if (!schemas.has(connection)) {
    const asked = ask(`/external/connections/${encodeURIComponent(connection)}/schema`);
    schemas.set(connection, asked.then(({ answer }) => answer.properties ?? []));
  }
  try {
    return await schemas.get(connection);
  } catch (error) {
    schemas.delete(connection);
    // Without it, a hit has no title: that is no reason not to show it.
    if ([403, 404].includes(error.status)) return [];
    throw error;
  }
}

async function send(path, request) {
  let response;
  try {
    response = await fetch(new URL(path, document.baseURI), request);
  } catch (error) {
    throw new ServiceError(`The server does not answer: ${error.message}`);
  }
  if (response.ok) return response;
  // A token that was good before: the server may have another key now.
  if (response.status === 401) tokens.clear();
  throw await failure(response);
}

/** Errors of the API have `error.message` and `error.details`, those of the token endpoint `error` and `error_description`. */
async function failure(response) {
  const answer = await response.json().catch(() => ({}));
  const { code, message, details = [] } = answer.error?.code
    ? answer.error
    : { code: answer.error, message: answer.error_description };
  const rules = details.map(({ target, message }) => (target ? `${target}: ${message}` : message));
  const said = [code, message].filter(Boolean).join(": ");
  return Object.assign(new ServiceError(`${response.status} ${said || response.statusText}`, rules), {
    status: response.status,
  });
}
