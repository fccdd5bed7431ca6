// The last webhook requests of this node, and why one was refused.
import { get, post } from "./api.js";
import { message } from "./calls.js";
import { checkList } from "./checklist.js";
import { isTaken, ofEntry, sentence } from "./checks.js";
import { badge, el, facts } from "./dom.js";
import { earlyEvents } from "./early.js";
import { explainer } from "./explain.js";
import { bytes, duration, requestKind, time, words } from "./format.js";
import { opened, rows, search, split } from "./rows.js";

export async function load(at) {
  const [list, early, request] = await Promise.all([
    get("requests", at.query),
    get("early"),
    at.id && get(`requests/${encodeURIComponent(at.id)}`),
  ]);
  return { list, early, request };
}

export function render({ list, early, request }, at, page) {
  const query = new URLSearchParams(at.query);
  return [
    el("h1", { tabindex: "-1" }, "Webhook requests"),
    search("Filter by path, trigger, outcome …", "requests", at, page),
    split(
      rows("Webhook requests", list, (each) => `#/requests/${each.id}?${query}`, cells, at.id),
      request && detail(request, `#/requests?${query}`, page)),
    earlyEvents(early, page),
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
    request.problem && el("p", {}, `The sender was told: ${request.problem}`),
    request.triggers.length === 0
      && el("p", { class: "reason" }, "No trigger has this path. Paths are case-sensitive, and {name} stands for one segment."),
    request.triggers.map(trigger),
    facts([
      ["time", time(request.time)],
      ["duration", duration(request.duration)],
      ["body", bytes(request.bytes)],
      ["trace", request.traceId],
      ["replay of", request.replayOf && el("a", { href: `#/requests/${request.replayOf}` }, `request ${request.replayOf}`)],
    ]),
    message("Request", request.headers, request.body),
    request.replayable && page.canAct() && el("p", {}, el("button", {
      type: "button", "data-key": "replay",
      onclick: () => replay(request, page),
    }, "Replay it")),
    explainer(request),
  ];
}

function trigger(each) {
  const started = each.instances.map((id) =>
    el("li", {}, el("a", { href: `#/instances/${encodeURIComponent(id)}`, "data-key": `instance ${id}` }, id)));
  return el("section", { class: "card", "aria-label": `Trigger ${each.key}` },
    el("h3", {}, `Trigger ${each.key}`, each.tenant && ` (tenant ${each.tenant})`),
    checkList(ofEntry(each)),
    each.result !== "refused"
      && el("p", { class: isTaken(each) ? "" : "reason" }, sentence(each)),
    started.length > 0 && ["It started or woke", el("ul", {}, started)]);
}

async function replay(request, page) {
  try {
    const answer = await post(`requests/${request.id}/replay`);
    await page.refresh();
    page.tell(answer ? `Replayed, and answered ${answer.status}.` : "Replayed.");
  } catch (error) {
    page.fail(error);
  }
}
