// Makes elements. Whatever comes from outside becomes text, never markup.

/** el("a", {href: "#"}, "text", another): falsy children are left out. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

/** As el, for drawings. */
export function svg(name, attributes, children = []) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** A list of terms with their values; those without a value are left out. */
export function facts(pairs) {
  return el("dl", { class: "facts" }, pairs
    .filter(([, value]) => value && value.length !== 0)
    .map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))));
}

/** A word with a colour; the word alone has to tell. */
export function badge(text, kind) {
  return el("span", { class: `badge ${kind}` }, text);
}

/** Text to copy. */
export function copyable(label, text) {
  const button = el("button", {
    type: "button",
    "aria-label": `Copy ${label}`,
    "data-key": `copy ${label}`,
    onclick: async () => {
      await navigator.clipboard.writeText(text);
      document.getElementById("done").textContent = `Copied ${label}`;
    },
  }, "Copy");
  return el("div", { class: "code" },
    el("pre", { tabindex: "0", role: "region", "aria-label": label }, text), button);
}

/** Puts new content in place of the old; the focus stays, and what was unfolded stays so. */
export function show(container, nodes) {
  const active = container.contains(document.activeElement) ? document.activeElement : null;
  const focused = active?.closest("[data-key]")?.dataset.key;
  const caret = active?.selectionStart;
  const unfolded = [...container.querySelectorAll("details[open] > summary")].map((each) => each.dataset.key);
  container.replaceChildren(...nodes.flat(Infinity).filter(Boolean));
  for (const each of container.querySelectorAll("[data-key]")) {
    if (each.matches("summary") && unfolded.includes(each.dataset.key)) {
      each.parentElement.open = true;
    }
    if (focused !== undefined && each.dataset.key === focused) {
      each.focus({ preventScroll: true });
      if (typeof caret === "number" && "setSelectionRange" in each) {
        each.setSelectionRange(caret, caret);
      }
    }
  }
}
