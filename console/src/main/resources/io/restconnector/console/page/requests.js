// The last webhook requests of this node, and why one was refused.
import { get, post } from "./api.js";
import { message } from "./calls.js";
import { ofEntry, sentence } from "./checks.js";
import { badge, el, facts } from "./dom.js";
import { explainForm } from "./explain.js";
import { bytes, duration, requestKind, time, words } from "./format.js";
import { opened, rows, search, split } from "./rows.js";

export async function load(at) {
  const [list, request] = await Promise.all([
    get("requests", at.query),
    at.id && get(`requests/${encodeURIComponent(at.id)}`),
  ]);
  return { list, request };
}

export function render({ list, request }, at, page) {
  const query = new URLSearchParams(at.query);
  return [
    el("h1", { tabindex: "-1" }, "Webhook requests"),
    search("Filter by path, trigger, outcome …", "requests", at, page),
    split(
      rows("Webhook requests", list, (each) => `#/requests/${each.id}?${query}`, cells, at.id),
      request && detail(request, `#/requests?${query}`, page)),
  ];
}

function cells(request) {
  return [
    time(request.time),
    el("strong", {}, request.method, " ", el("span", { class: "url" }, `/${request.path}`)),
    request.triggers.map((each) => each.key).join(", "),
    [badge(String(request.status), requestKind(request)), " ", words(request.outcome)],
    duration(request.duration),
  ];
}

function detail(request, back, page) {
  return [
    ...opened(`${request.method} /${request.path}`, back),
    el("p", {}, badge(String(request.status), requestKind(request)), ` ${words(request.outcome)}`),
    request.triggers.length === 0
      && el("p", { class: "reason" }, "No trigger has this path. Paths are case-sensitive, and {name} stands for one segment."),
    request.triggers.map(trigger),
    facts([
      ["time", time(request.time)],
      ["duration", duration(request.duration)],
      ["body", bytes(request.bytes)],
      ["trace", request.traceId],
    ]),
    message("Request", request.headers, request.body),
    request.body !== null && request.body !== undefined && page.canAct() && el("p", {}, el("button", {
      type: "button", "data-key": "replay",
      onclick: () => replay(request, page),
    }, "Replay this request")),
    explainForm(request),
  ];
}

function trigger(each) {
  const started = each.instances.map((id) =>
    el("li", {}, el("a", { href: `#/instances/${id}`, "data-key": `instance ${id}` }, id)));
  return el("section", { class: "card", "aria-label": `Trigger ${each.key}` },
    el("h3", {}, `Trigger ${each.key}`, each.tenant && ` (tenant ${each.tenant})`),
    checkList(ofEntry(each)),
    el("p", { class: each.result === "fired" || each.result === "repeated" ? "" : "reason" }, sentence(each)),
    started.length > 0 && ["It started or woke", el("ul", {}, started)]);
}

/** Checks in their order; the word tells what the colour does. */
export function checkList(checks) {
  const kinds = { passed: "good", refused: "bad", notReached: "plain" };
  return el("ol", { class: "checks" }, checks.map(({ check, verdict, reason }) =>
    el("li", { class: kinds[verdict] },
      el("span", {}, words(check)), " ", badge(words(verdict), kinds[verdict]),
      reason && el("p", { class: "reason" }, reason))));
}

async function replay(request, page) {
  try {
    const answer = await post(`requests/${request.id}/replay`);
    page.tell(`Replayed: the answer was ${answer.status}.`);
    await page.refresh();
  } catch (error) {
    page.fail(error);
  }
}
