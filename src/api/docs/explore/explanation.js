// Why a user sees an item or not, and why a query finds it or not, as elements.

import { counted, h } from "./elements.js";

/** Entries of a list that are shown besides those that name the user. */
const OTHER_ENTRIES = 50;

const VERDICTS = {
  granted: "an entry grants, and none denies.",
  denied: "an entry denies, whatever others grant.",
  notNamed: "no entry names the user.",
};

/** What the API has answered about the sight that a user has of an item. */
export function explanation({ isVisible, verdict, entries, query: found }, { user, item, query }) {
  const others = entries.filter(({ isMatch }) => !isMatch);
  const left = new Set(others.slice(OTHER_ENTRIES));
  const shown = entries.filter((entry) => !left.has(entry)).map(entryRow);
  const may = isVisible ? "may" : "may not";
  return h("div", { class: "why" },
    h("p", {}, badge(isVisible, "visible", "not visible"), ` ${user} ${may} see ${item}: ${VERDICTS[verdict] ?? verdict}`),
    shown.length && h("ul", { "aria-label": "Access control list" }, ...shown),
    left.size && h("p", { class: "note" }, `${counted(left.size, "more entry", "more entries")} without the user`),
    found && h("p", {}, badge(found.isFound, "found", found.outcome), " The query ", h("code", {}, query), `: ${found.reason}.`),
    found?.parts.length && h("ul", { "aria-label": "Parts of the query" }, ...found.parts.map(partRow)));
}

function entryRow({ acl: { accessType, type, value }, isMatch, reason, groupPath }) {
  const colour = accessType === "grant" ? "good" : "bad";
  const mark = isMatch ? tick("✓", colour, "names the user") : tick("✗", "neutral", "does not name the user");
  const whom = type.startsWith("everyone") ? "" : h("code", {}, value);
  const path = groupPath.length > 1 ? ` (${groupPath.join(" → ")})` : "";
  return h("li", {}, mark, h("span", {}, h("strong", {}, accessType), ` ${type} `, whom, ` – ${reason}${path}`));
}

function partRow({ text, isMatch, note }) {
  const mark = isMatch ? tick("✓", "good", "matches") : tick("✗", "bad", "does not match");
  return h("li", {}, mark, h("span", {}, h("code", {}, text), note && ` – ${note}`));
}

function badge(isGood, good, bad) {
  return h("span", { class: `badge ${isGood ? "good" : "bad"}` }, isGood ? good : bad);
}

function tick(mark, colour, label) {
  return h("span", { role: "img", class: colour, "aria-label": label, title: label }, mark);
}
