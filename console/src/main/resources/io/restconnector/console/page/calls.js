// The last calls of this node.
import { get } from "./api.js";
import { ofCall } from "./curl.js";
import { badge, copyable, el, facts } from "./dom.js";
import { bytes, callKind, callResult, duration, time, words } from "./format.js";
import { opened, rows, search, split } from "./rows.js";
import { timeline } from "./timeline.js";

export async function load(at) {
  const [list, call] = await Promise.all([
    get("calls", at.query),
    at.id && get(`calls/${encodeURIComponent(at.id)}`),
  ]);
  return { list, call };
}

export function render({ list, call }, at, page) {
  const query = new URLSearchParams(at.query);
  return [
    el("h1", { tabindex: "-1" }, "Calls"),
    search("Filter by URL, activity, status, code …", "calls", at, page),
    at.query.instance && el("p", {}, "Of instance ",
      el("a", { href: `#/instances/${at.query.instance}`, "data-key": "of" }, at.query.instance)),
    split(
      rows("Calls", list, (each) => `#/calls/${each.id}?${query}`, cells, at.id),
      call && detail(call, `#/calls?${query}`)),
  ];
}

/** Shown in the instance too. */
export function cells(call) {
  return [
    time(call.time),
    el("strong", {}, call.method, " ", el("span", { class: "url" }, call.url ?? "")),
    call.activity ?? "",
    badge(callResult(call), callKind(call)),
    duration(call.duration),
  ];
}

function detail(call, back) {
  return [
    ...opened(`${call.method} of ${call.activity ?? call.action}`, back),
    call.url && el("p", { class: "url" }, call.url),
    el("p", {}, badge(call.status ? `${call.status}` : words(call.outcome), callKind(call)),
      call.code && el("strong", {}, ` ${call.code}`)),
    call.restError && el("p", { class: "reason" }, call.restError),
    facts([
      ["time", time(call.time)],
      ["process", call.processDefinitionKey],
      ["instance", call.instance && el("a", { href: `#/instances/${call.instance}`, "data-key": "instance" }, call.instance)],
      ["made by", call.kind && words(call.kind)],
      ["authentication", call.authentication],
      ["sent", bytes(call.requestBytes)],
      ["received", bytes(call.responseBytes)],
      ["trace", call.traceId],
    ]),
    timeline(call),
    message("Request", call.requestHeaders, call.requestBody),
    message("Response", call.responseHeaders, call.responseBody),
    !call.requestHeaders && el("p", { class: "hint" },
      "Headers and bodies are not remembered; rest-connector.journal.capture says what is."),
    call.url && el("h3", {}, "curl"),
    call.url && copyable("curl line", ofCall(call)),
  ];
}

/** Headers and body, where they were captured. */
export function message(title, headers, body) {
  const named = Object.entries(headers ?? {});
  return (named.length > 0 || body) && [
    el("h3", {}, title),
    facts(named.map(([name, values]) => [name, values.join(", ")])),
    body && el("pre", { tabindex: "0", role: "region", "aria-label": `Body of the ${title.toLowerCase()}` }, body),
  ];
}
