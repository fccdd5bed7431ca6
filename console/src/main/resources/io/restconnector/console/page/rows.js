// A list beside what is opened of it.
import { el } from "./dom.js";

/** A list of links; on a narrow screen what is opened stands alone. */
export function split(list, detail) {
  return el("div", { class: detail ? "split opened" : "split" },
    el("div", { class: "list" }, list),
    detail && el("section", { class: "detail", "aria-labelledby": "opened" }, detail));
}

/** One link for each, of cells that stand below each other where there is no room. */
export function rows(label, items, href, cells, opened) {
  return items.length === 0
    ? el("p", { class: "hint" }, "Nothing yet.")
    : el("ul", { class: "rows", "aria-label": label }, items.map((item) =>
      el("li", {}, el("a", {
        href: href(item),
        "data-key": href(item),
        "aria-current": String(item.id) === String(opened) ? "true" : null,
      }, cells(item).map((cell, index) => el("span", { class: `cell c${index}` }, cell))))));
}

/** A field that filters by a text, and keeps it in the address. */
export function search(label, view, at, page) {
  const input = el("input", {
    type: "search", name: "find", value: at.query.find ?? "", autocomplete: "off",
    "data-key": "find", id: "find",
  });
  return el("form", {
    class: "search",
    role: "search",
    onsubmit: (event) => {
      event.preventDefault();
      page.go(view, { ...at.query, find: input.value });
    },
  }, el("label", { for: "find" }, label), input, el("button", { type: "submit", "data-key": "search" }, "Search"));
}

/** The heading of what is opened, with the way back. */
export function opened(title, back) {
  return [
    el("a", { href: back, class: "back", "data-key": "back" }, "Close"),
    el("h2", { id: "opened", tabindex: "-1" }, title),
  ];
}
