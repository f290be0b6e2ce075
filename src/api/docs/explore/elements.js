// Elements of the page. Whatever comes from the API becomes text nodes and attributes, never markup.

export function element(id) {
  return document.getElementById(id);
}

/** An element; functions among the attributes listen to the event of their name. Children are elements and texts. */
export function h(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child));
  return made;
}

/** Replaces what is in an element; the focus stays where it was, if that is still there. */
export function replace(place, ...children) {
  const focused = document.activeElement?.id;
  (typeof place === "string" ? element(place) : place).replaceChildren(...children);
  if (focused && document.activeElement?.id !== focused) element(focused)?.focus();
}

export function failure(error) {
  const untold = (error.details ?? []).filter((rule) => !error.message.includes(rule));
  const rules = untold.map((rule) => h("li", {}, rule));
  return h("div", { class: "failure" }, h("p", {}, error.message), rules.length ? h("ul", {}, ...rules) : "");
}

export function counted(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

export function text(value) {
  if (Array.isArray(value)) return value.map(text).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
