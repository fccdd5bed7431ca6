// What would happen to a request. Nothing happens.
import { post } from "./api.js";
import { checkList } from "./checklist.js";
import { subscriptionCount } from "./checks.js";
import { el, facts } from "./dom.js";

const forms = new Map();

/** A form that is filled in with a request, and stays as it is while the list goes on. */
export function explainer(request) {
  if (!forms.has(request.id)) {
    forms.clear();
    forms.set(request.id, form(request));
  }
  return forms.get(request.id);
}

function form(request) {
  const result = el("div", { class: "explanation", role: "status" });
  const headers = Object.entries(request.headers ?? {})
    .flatMap(([name, values]) => values.map((value) => `${name}: ${value}`)).join("\n");
  return el("section", { "aria-label": "Explain" },
    el("h3", {}, "What would happen now"),
    request.replayable && el("button", {
      type: "button", "data-key": "explain it",
      onclick: () => explain(`requests/${request.id}/explain`, {}, result),
    }, "Explain it"),
    el("details", {},
      el("summary", { "data-key": "explain another" }, "Explain another request"),
      el("form", { class: "fields", onsubmit: (event) => explainForm(event, result) },
        field("Method", el("input", { name: "method", value: request.method, required: true })),
        field("Path and query", el("input", {
          name: "target", value: request.path + (request.query ? `?${request.query}` : ""), required: true,
        })),
        field("Headers, one a line", el("textarea", { name: "headers", rows: "4" }, headers)),
        field("Body", el("textarea", { name: "body", rows: "5" }, request.body)),
        el("p", { class: "hint" }, "The journal keeps no secrets: fill in the real values where *** stands."),
        el("button", { type: "submit", "data-key": "explain this" }, "Explain"))),
    result);
}

function field(label, input) {
  input.dataset.key = `explain ${label}`;
  return el("label", {}, label, input);
}

/** "Name: value" lines as an object of lists. */
export function parseHeaders(text) {
  const headers = {};
  for (const line of text.split("\n").filter((each) => each.includes(":"))) {
    const at = line.indexOf(":");
    (headers[line.slice(0, at).trim()] ??= []).push(line.slice(at + 1).trim());
  }
  return headers;
}

function explainForm(event, result) {
  event.preventDefault();
  const values = new FormData(event.target);
  return explain("explain", {
    method: values.get("method"),
    target: values.get("target"),
    headers: parseHeaders(values.get("headers")),
    body: values.get("body"),
  }, result);
}

async function explain(path, body, result) {
  try {
    result.replaceChildren(...explained(await post(path, body)).flat(Infinity));
  } catch (error) {
    result.replaceChildren(el("p", { class: "reason" }, error.message));
  }
}

function explained(explanation) {
  return [
    explanation.status
      ? el("p", { class: "reason" }, `The sender would be answered ${explanation.status}: ${explanation.problem}`)
      : el("p", {}, "It would be taken."),
    ...explanation.triggers.map((each) => el("section", { class: "card", "aria-label": `Trigger ${each.key}, explained` },
      el("h3", {}, `Trigger ${each.key}`),
      checkList(each.checks),
      each.actions.map(action))),
  ];
}

function action({ type, target, values, correlation, subscriptions, starts, wakes, keeps }) {
  const text = (value) => typeof value === "string" ? value : JSON.stringify(value);
  return [
    el("p", {}, keeps
      ? `It comes early: nothing waits yet for ${type} ${target}, and it would be kept.`
      : `It would fire ${type} ${target}.`),
    facts([
      ...Object.entries(values).map(([name, value]) => [name, text(value)]),
      ...Object.entries(correlation).map(([name, value]) => [`correlation ${name}`, value]),
      ["subscriptions of it", subscriptions === null ? null : subscriptionCount(subscriptions)],
      ["would start", starts.join(", ")],
      ["would wake", wakes.map((id) => [el("a", { href: `#/instances/${encodeURIComponent(id)}` }, id), " "])],
    ]),
  ];
}
