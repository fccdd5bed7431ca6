// What would happen to a request. Nothing happens.
import { post } from "./api.js";
import { el, facts } from "./dom.js";
import { checkList } from "./requests.js";

const forms = new Map();

/** A form that is filled in with a request, and stays as it is while the list goes on. */
export function explainForm(request) {
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
  return el("details", {},
    el("summary", { "data-key": "explain" }, "Explain: what would happen to it now"),
    el("form", { class: "fields", onsubmit: (event) => explain(event, result) },
      field("Method", el("input", { name: "method", value: request.method, required: true })),
      field("Path and query", el("input", { name: "target", value: request.path, required: true })),
      field("Headers, one a line", el("textarea", { name: "headers", rows: "4" }, headers)),
      field("Body", el("textarea", { name: "body", rows: "5" }, request.body)),
      el("p", { class: "hint" }, "Secrets are not remembered. Where a signature stands as ***, fill in the real one."),
      el("button", { type: "submit", "data-key": "explain it" }, "Explain")),
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

async function explain(event, result) {
  event.preventDefault();
  const values = new FormData(event.target);
  try {
    const explanation = await post("explain", {
      method: values.get("method"),
      target: values.get("target"),
      headers: parseHeaders(values.get("headers")),
      body: values.get("body"),
    });
    result.replaceChildren(...explained(explanation));
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

function action({ type, target, values, correlation, subscriptions }) {
  return [
    el("p", {}, `It would fire ${type} ${target}`,
      subscriptions !== null && subscriptions !== undefined && `; subscriptions of it: ${subscriptions}`),
    facts([...Object.entries(values), ...Object.entries(correlation).map(([name, value]) => [`correlation ${name}`, value])]),
  ];
}
