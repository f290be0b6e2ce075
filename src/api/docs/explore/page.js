// Explore: the connections, what a user finds in them, and why. What is shown follows from the address behind its `#`, which can
// be shared: the query, the user, the connections, the filters. A token is never part of it.

import { counted, element, failure, h, replace, text } from "./elements.js";
import { explanation } from "./explanation.js";
import * as service from "./service.js";

/** Entities of a page. */
const PAGE = 25;
/** The most that a search may count, by the document. */
const MAX_FACETS = 20;
/** What a hit has besides the properties of the item. */
const SERVICE_MEMBERS = ["documentId", "fileID", "id", "immutableEntryId", "substrateContentDomainId", "substrateLocationId"];
/** States of a connection whose items are searched. */
const READY = ["ready", "limitExceeded"];

const form = element("search");
const query = form.elements.namedItem("q");
const missing = element("missing");

/** The connections that are known. */
let connections = [];
/** Counts what was asked for: an answer to what is no longer asked is dropped. */
let turn = 0;

begin();

async function begin() {
  try {
    const issuer = await service.start();
    element("as-user").hidden = !issuer;
    element("as-user").disabled = !issuer;
    element("own-token").hidden = Boolean(issuer);
    if (issuer) form.elements.namedItem("user").value = issuer.user;
  } catch (error) {
    replace("error", failure(error));
    return;
  } finally {
    document.querySelector("main").hidden = false;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  // The boxes belong to the form, but are not within its element.
  document.querySelector(".side").addEventListener("change", () => {
    if (query.value) go();
  });
  element("own-token").addEventListener("change", ({ target }) => {
    service.usePasted(target.value);
    show();
  });
  missing.addEventListener("submit", (event) => {
    event.preventDefault();
    const { connection, item } = Object.fromEntries(new FormData(missing));
    explainInto(element("why"), connection, item);
  });
  addEventListener("hashchange", show);
  show();
}

// The address.

/** Shows what the form says now, with other members besides. */
function go(besides = {}) {
  const members = [...new FormData(form)].filter(([, value]) => value);
  const wanted = new URLSearchParams([...members, ...Object.entries(besides)]).toString();
  if (wanted === location.hash.slice(1)) show();
  else location.hash = wanted;
}

function asked() {
  const members = new URLSearchParams(location.hash.slice(1));
  return {
    query: members.get("q") ?? "",
    user: userOf(members),
    connections: members.getAll("connection"),
    filters: members.getAll("filter"),
    /** The connection whose items are listed, in place of a search. */
    items: members.get("items"),
  };
}

/** The user as the token endpoint takes one, without what is not said. */
function userOf(members) {
  const said = ["user", "groups", "guest"].map((name) => [name, members.get(name)]);
  return Object.fromEntries(said.filter(([, text]) => text));
}

// What is shown.

async function show() {
  const mine = ++turn;
  const isCurrent = () => mine === turn;
  const wanted = asked();
  query.value = wanted.query;
  if (wanted.user.user) {
    for (const name of ["user", "groups"]) form.elements.namedItem(name).value = wanted.user[name] ?? "";
    form.elements.namedItem("guest").checked = wanted.user.guest === "true";
  }
  for (const id of ["error", "results", "more", "why"]) replace(id);
  if (!service.hasToken()) {
    for (const id of ["connections", "connections-more", "connections-error", "identity"]) replace(id);
    missing.hidden = true;
    say("Paste an access token above.");
    return;
  }
  say("Loading …");
  introduce(isCurrent);
  // What can be counted follows from the connections. Without the permission to list them, there is still a search.
  await attempt("connections-error", isCurrent, () => listConnections(wanted, isCurrent));
  if (!isCurrent()) return;
  if (!connections.length && element("connections-error").hasChildNodes()) replace("connections");
  await attempt("error", isCurrent, () => (wanted.items ? listItems(wanted, isCurrent) : search(wanted, isCurrent)));
}

/** Does something, and shows why it failed. */
async function attempt(place, isCurrent, work) {
  replace(place);
  try {
    await work();
  } catch (error) {
    if (!isCurrent()) return;
    replace(place, failure(error));
    if (place === "error") say("");
  }
}

/** Says who the user is: lists of items have object ids. */
async function introduce(isCurrent) {
  const { oid, upn, groups } = await service.claims(me());
  if (!isCurrent()) return;
  const name = upn && upn !== oid ? `${upn} has the object id ` : "The object id is ";
  const inGroups = groups?.length ? `, in the directory groups ${groups.join(", ")}` : "";
  replace("identity", ...(oid ? [name, h("code", {}, oid), inGroups] : []));
}

/** The user of the form. */
function me() {
  return userOf(new FormData(form));
}

function nameOf({ user = "the user of the token" }) {
  return user;
}

async function listConnections(wanted, isCurrent) {
  connections = [];
  const next = async (path) => {
    const { value, next: following } = await service.page(path);
    if (!isCurrent()) return;
    connections.push(...value);
    // Those of the address that are not among them: what is wrong with them, the search says.
    const unlisted = wanted.connections.filter((id) => !connections.some((known) => known.id === id));
    const all = [...connections, ...(following ? [] : unlisted.map((id) => ({ id, name: id })))];
    replace("connections", ...all.map((connection) => connectionRow(connection, wanted)));
    const more = () => moreButton("More connections", "connections-error", isCurrent, () => next(following));
    replace("connections-more", following ? more() : "");
    element("connections-note").hidden = !all.length;
    missing.hidden = !all.length;
    const choice = missing.elements.namedItem("connection");
    replace(choice, ...all.map(({ id }) => h("option", {}, id)));
    choice.value = wanted.items ?? wanted.connections[0] ?? (all.find(isReady) ?? all[0])?.id;
    if (!all.length) replace("connections", firstConnection());
  };
  await next("/external/connections?$top=100&$orderby=id");
}

/** What to do without any. */
function firstConnection() {
  const token = service.isDevelopment() ? "$(graph-connections token)" : "$TOKEN";
  const command = `curl ${address("v1.0/external/connections")} \\
  -H "Authorization: Bearer ${token}" -H 'Content-Type: application/json' \\
  -d '{"id":"contosohr","name":"Contoso HR","description":"Connection to index Contoso HR system"}'`;
  const docs = h("a", { href: "docs" }, "API documentation");
  return h("li", {}, h("div", { class: "empty" },
    h("p", {}, "There is no connection yet. Create one:"),
    h("pre", {}, command),
    h("p", {}, "Or execute the operations of the ", docs, " from top to bottom, up to ", h("em", {}, "Clean up"), ".")));
}

function isReady({ state }) {
  return READY.includes(state);
}

function connectionRow({ id, name, state, ingestedItemsCount: count }, wanted) {
  const box = h("input", { type: "checkbox", name: "connection", value: id, form: "search", id: `connection ${id}` });
  box.checked = wanted.connections.includes(id);
  const button = { type: "button", class: "small", id: `items ${id}`, "aria-label": `Items of ${id}` };
  const items = h("button", { ...button, click: () => go({ items: id }) }, "Items");
  const row = h("div", { class: "row" },
    h("code", {}, id),
    state && h("span", { class: `badge ${isReady({ state }) ? "good" : "wait"}` }, state),
    typeof count === "number" && h("span", { class: "meta" }, counted(count, "item")),
    state && items);
  return h("li", {}, h("label", { class: "check" }, box, h("span", {}, name)), row);
}

async function search({ query: queryString, connections: chosen, filters }, isCurrent) {
  element("results-title").textContent = "Results";
  if (!queryString) {
    showFacets([], filters);
    say("Search, or list the items of a connection.");
    return;
  }
  const user = me();
  const next = async (from) => {
    const request = {
      entityTypes: ["externalItem"],
      contentSources: chosen.length ? chosen.map((id) => `/external/connections/${id}`) : ["Connectors"],
      query: { queryString },
      from,
      size: PAGE,
      aggregations: from ? [] : await aggregations(chosen),
      aggregationFilters: filters,
    };
    const { answer, headers } = await service.ask("/search/query", { user, body: { requests: [request] } });
    const [{ hits, total, moreResultsAvailable, aggregations: counts = [] }] = answer.value[0].hitsContainers;
    const entries = await Promise.all(hits.map(hitEntry));
    if (!isCurrent()) return;
    say(`${counted(total, "item")} for ${nameOf(user)}`);
    if (!from) showFacets(counts, filters);
    append(entries, moreResultsAvailable && moreButton("More results", "error", isCurrent, () => next(from + hits.length)));
    const hint = headers.get("Graph-Connections-Search-Hint");
    if (!total && hint) {
      const why = decoded(hint).replace(/^\/requests\/0: /, "");
      replace("results", h("div", { class: "empty" }, h("p", {}, `Why: ${why}.`)));
    }
  };
  await next(0);
}

/** Counts of what can be refined in the connections; a name that has several types is left out, which a search refuses. */
async function aggregations(chosen) {
  const searched = connections.filter((one) => isReady(one) && (!chosen.length || chosen.includes(one.id)));
  const schemas = await Promise.all(searched.slice(0, MAX_FACETS).map(({ id }) => service.schema(id)));
  const refinable = schemas.flat().filter(({ isRefinable }) => isRefinable);
  const byName = Map.groupBy(refinable, ({ name }) => name.toLowerCase());
  const typesOf = (same) => new Set(same.map(({ type }) => type.replace("Collection", "")));
  const fields = [...byName.values()].filter((same) => typesOf(same).size === 1).slice(0, MAX_FACETS);
  const bucketDefinition = { sortBy: "count", isDescending: true, minimumCount: 1 };
  return fields.map(([{ name }]) => ({ field: name, size: 10, bucketDefinition }));
}

function showFacets(counts, filters) {
  const shown = new Set();
  const box = (filter, label, count) => {
    shown.add(filter);
    const input = h("input", { type: "checkbox", name: "filter", value: filter, form: "search", id: `filter ${filter}` });
    input.checked = filters.includes(filter);
    return h("label", { class: "check" }, input, h("span", {}, label), h("span", { class: "meta" }, count));
  };
  const facets = counts.filter(({ buckets }) => buckets.length).map(({ field, buckets }) => {
    const boxes = buckets.map(({ key, count, aggregationFilterToken: token }) => box(`${field}:${token}`, key, String(count)));
    return h("fieldset", { class: "facet" }, h("legend", {}, field), ...boxes);
  });
  // Those that nothing found has any more, so that they can be taken back.
  const others = filters.filter((filter) => !shown.has(filter)).map((filter) => box(filter, filterLabel(filter), ""));
  replace("facets", ...facets, ...others);
  element("facets").parentElement.hidden = !facets.length && !others.length;
}

/** A filter in words: the value in its token is hexadecimal UTF-8. */
function filterLabel(filter) {
  const [, field, digits] = /^(\w+):"ǂǂ((?:[0-9a-f]{2})+)"$/.exec(filter) ?? [];
  if (!digits) return filter;
  const bytes = digits.match(/../g).map((byte) => parseInt(byte, 16));
  return `${field}: ${new TextDecoder().decode(Uint8Array.from(bytes))}`;
}

async function hitEntry({ rank, summary, contentSource, resource: { properties } }) {
  const connection = contentSource.replace("/external/connections/", "");
  // Members of the service that end in the item's identifier; a property may have the name of one.
  const ends = [properties.substrateContentDomainId, properties.fileID].map((text) => /^[^,]*@[^,]*,(.+)$/.exec(text)?.[1]);
  const item = { connection, id: ends.find(Boolean), properties };
  return entry(item, { note: `rank ${rank}`, summary: highlighted(summary), ask: "Why is it here?" });
}

async function listItems({ items: connection }, isCurrent) {
  element("results-title").textContent = `Items of ${connection}`;
  showFacets([], []);
  const next = async (path) => {
    const { value, next: following } = await service.page(path);
    const entries = await Promise.all(value.map(({ id, acl, properties }) => {
      const note = counted(acl.length, "ACL entry", "ACL entries");
      return entry({ connection, id, properties }, { note, ask: "May the user see it?" });
    }));
    if (!isCurrent()) return;
    append(entries, following && moreButton("More items", "error", isCurrent, () => next(following)));
    const count = document.querySelectorAll("#results > ol > li").length;
    say(count ? `${following ? "The first " : ""}${counted(count, "item")}, regardless of who may see them` : "");
    if (!count) {
      const command = `graph-connections import ${connection} items.ndjson --url ${address("v1.0")}`;
      const what = "There is no item yet. Once the schema is registered, import some, each a line of JSON:";
      replace("results", h("div", { class: "empty" }, h("p", {}, what), h("pre", {}, command)));
    }
  };
  await next(`/external/connections/${encodeURIComponent(connection)}/items?$select=id,acl,properties&$top=${PAGE}`);
}

/** A hit, or an item. Without `id`, which a property can hide, it cannot be explained. */
async function entry({ connection, id, properties }, { note, summary = [], ask }) {
  const schema = await service.schema(connection);
  // A search begins names with a small letter.
  const all = Object.entries(properties ?? {}).filter(([name, value]) => value !== null && !name.includes("@"));
  const propertyOf = (name) => schema.find((property) => property.name.toLowerCase() === name.toLowerCase());
  const labelled = (label) => {
    const found = all.find(([name]) => propertyOf(name)?.labels?.includes(label));
    return found && text(found[1]);
  };
  const [title, url] = [labelled("title") || id || "An item", labelled("url")];
  const rows = all.flatMap(([name, value]) => {
    const property = propertyOf(name);
    if (property ? property.labels?.includes("title") : SERVICE_MEMBERS.includes(name)) return [];
    return [h("dt", {}, property?.name ?? name), h("dd", {}, text(value))];
  });
  const meta = [connection, id, note].filter(Boolean).join(" · ");
  const place = h("div", { "aria-live": "polite" });
  const button = { type: "button", class: "small", "aria-expanded": "false", "aria-label": `${ask} ${id}` };
  const why = id && h("button", button, ask);
  why?.addEventListener("click", () => {
    const isOpen = place.hasChildNodes();
    why.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) place.replaceChildren();
    else explainInto(place, connection, id);
  });
  return h("li", { class: "hit" },
    h("h3", {}, isWeb(url) ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title) : title),
    h("p", { class: "meta" }, meta),
    summary.length ? h("p", {}, ...summary) : "",
    rows.length ? h("dl", { class: "properties" }, ...rows) : "",
    why ? h("div", { class: "row" }, why) : "",
    place);
}

/** Texts and marks of a summary: `<c0>` and `</c0>` around what matched, `<ddd/>` for what is left out. */
function highlighted(summary) {
  let isMatch = false;
  const parts = [];
  for (const part of summary.split(/(<c0>|<\/c0>|<ddd\/>)/)) {
    if (part === "<c0>" || part === "</c0>") isMatch = part === "<c0>";
    else if (part === "<ddd/>") parts.push("…");
    else if (part) parts.push(isMatch ? h("mark", {}, part) : part);
  }
  return parts.length === 1 && parts[0] === "…" ? [] : parts;
}

// Why.

async function explainInto(place, connection, item) {
  const [user, queryString] = [me(), query.value];
  const loading = h("p", { class: "why" }, "Loading …");
  place.replaceChildren(loading);
  const become = (shown) => {
    // Closed meanwhile, or asked again?
    if (loading.isConnected) place.replaceChildren(shown);
  };
  try {
    const path = `/external/connections/${encodeURIComponent(connection)}/items/${encodeURIComponent(item)}/explain`;
    // It is about the user of the token.
    const { answer } = await service.ask(path, { user, body: queryString ? { query: queryString } : {} });
    become(explanation(answer, { user: nameOf(user), item, query: queryString }));
  } catch (error) {
    become(failure(error));
  }
}

// Small parts.

/** Adds entries to the list, and what gets more of them. */
function append(entries, more) {
  const list = document.querySelector("#results > ol") ?? h("ol", { "aria-labelledby": "results-title" });
  list.append(...entries);
  if (!list.parentElement && entries.length) element("results").append(list);
  if (document.activeElement.closest("#more")) entries[0]?.querySelector("a, button")?.focus();
  replace("more", more || "");
}

function moreButton(label, place, isCurrent, next) {
  return h("button", { type: "button", click: () => attempt(place, isCurrent, next) }, label);
}

function say(status) {
  element("status").textContent = status;
}

function isWeb(url) {
  return /^https?:[/]{2}/i.test(url ?? "");
}

function address(path) {
  return new URL(path, document.baseURI).href;
}

function decoded(escaped) {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}
