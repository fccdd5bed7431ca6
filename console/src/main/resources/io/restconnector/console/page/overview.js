// Triggers, circuits, connections, worker.
import { get, origin } from "./api.js";
import { isTaken } from "./checks.js";
import { badge, copyable, el, facts } from "./dom.js";
import { duration, time, words } from "./format.js";

export function load() {
  return get("overview");
}

export function render({ contextPath, connector }) {
  const base = origin + contextPath;
  return [
    el("h1", { tabindex: "-1" }, "Overview"),
    el("section", { "aria-labelledby": "triggers" },
      el("h2", { id: "triggers" }, "Triggers"),
      connector.triggers.length === 0 && el("p", { class: "hint" }, "No webhook trigger is deployed."),
      el("ul", { class: "cards" }, connector.triggers.map((each) => trigger(each, base)))),
    el("div", { class: "columns" }, circuits(connector), connections(connector), shares(connector), worker(connector)),
  ];
}

function trigger(each, base) {
  const { last } = each;
  return el("li", { class: "card" },
    el("h3", {}, each.key, each.tenant && ` (tenant ${each.tenant})`, " ",
      each.works ? badge("works", "good") : badge("does not work here", "bad")),
    each.problem && el("p", { class: "reason" }, each.problem),
    el("p", {},
      el("strong", {}, each.methods.length === 0 ? "any method" : each.methods.join(", ")), " ",
      el("span", { class: "url" }, each.url ?? base + each.path)),
    last
      ? el("p", {}, "Last request ",
        el("a", { href: `#/requests/${last.request}`, "data-key": `last ${each.key}` }, time(last.time)), " ",
        badge(`${last.status} ${words(last.result)}`, isTaken(last) ? "good" : "bad"))
      : el("p", { class: "hint" }, "No request is remembered."),
    el("details", {},
      el("summary", { "data-key": `curl ${each.key}` }, "Send one with curl"),
      copyable(`curl for ${each.key}`, at(each, base))));
}

/** Where no public URL is configured, the line names the one under which this page was opened. */
function at(trigger, base) {
  return trigger.url ? trigger.curl : trigger.curl.replace("http://localhost:8080", base);
}

function card(id, title, ...content) {
  return el("section", { class: "card", "aria-labelledby": id }, el("h2", { id }, title), content);
}

function circuits({ circuits }) {
  const kinds = { CLOSED: "good", OPEN: "bad" };
  const names = Object.entries(circuits);
  return card("circuits", "Circuits",
    names.length === 0 && el("p", { class: "hint" }, "No call with a circuit breaker was made."),
    facts(names.map(([name, state]) => [name, badge(words(state), kinds[state] ?? "plain")])));
}

function connections({ connections, egress, authentications }) {
  return card("connections", "Connections", facts([
    ["in use", connections && String(connections.leased)],
    ["free", connections && String(connections.available)],
    ["calls that wait", connections && String(connections.waiting)],
    ["egress", words(egress)],
    ["authentications", authentications.join(", ")],
  ]));
}

function shares({ shares }) {
  const entries = Object.entries(shares);
  return entries.length > 0 && card("shares", "Shares", facts(entries.map(([name, share]) => [
    name,
    `${share.inFlight} in flight, ${share.waiting} waiting`
      + (share.stopped === "PT0S" ? "" : `, stopped for ${duration(share.stopped)}`),
  ])));
}

function worker({ worker, early }) {
  const yes = (value, otherwise) => value ? badge("yes", "good") : badge("no", otherwise);
  return card("worker", "Worker", worker
    ? facts([
      ["takes jobs", yes(worker.takesJobs, "plain")],
      ["reaches its jobs", yes(worker.reachesJobs, "bad")],
      ["calls in flight", String(worker.inFlight)],
      ["oldest job waits", duration(worker.queueAge)],
      ["early events kept", String(early)],
    ])
    : el("p", { class: "hint" }, "No worker runs on this node."));
}
