// Triggers, circuits, connections, worker.
import { get, origin } from "./api.js";
import { ofTrigger } from "./curl.js";
import { badge, copyable, el, facts } from "./dom.js";
import { duration, time, words } from "./format.js";

export function load() {
  return get("overview");
}

export function render(data) {
  const base = origin + data.contextPath;
  return [
    el("h1", { tabindex: "-1" }, "Overview"),
    el("section", { "aria-labelledby": "triggers" },
      el("h2", { id: "triggers" }, "Triggers"),
      data.triggers.length === 0 && el("p", { class: "hint" }, "No webhook trigger is deployed."),
      el("ul", { class: "cards" }, data.triggers.map((each) => trigger(each, base)))),
    data.node && el("div", { class: "columns" }, node(data.node)),
  ];
}

function trigger({ state, last }, base) {
  return el("li", { class: "card" },
    el("h3", {}, state.key, state.tenant && ` (tenant ${state.tenant})`, " ",
      state.problem ? badge("does not work here", "bad") : badge("works", "good")),
    state.problem && el("p", { class: "reason" }, state.problem),
    el("p", {},
      el("strong", {}, state.methods.length === 0 ? "any method" : state.methods.join(", ")), " ",
      el("span", { class: "url" }, base + state.path)),
    last
      ? el("p", {}, "Last request ", el("a", { href: `#/requests/${last.id}`, "data-key": `last ${state.key}` },
        `${time(last.time)}, ${last.status}, ${words(last.result)}`))
      : el("p", { class: "hint" }, "No request is remembered."),
    el("details", {},
      el("summary", { "data-key": `curl ${state.key}` }, "Send one with curl"),
      copyable(`curl for ${state.key}`, ofTrigger(state, base))));
}

function node({ circuits, connections, worker }) {
  const names = Object.entries(circuits);
  return [
    el("section", { class: "card", "aria-labelledby": "circuits" },
      el("h2", { id: "circuits" }, "Circuits"),
      names.length === 0 && el("p", { class: "hint" }, "No task with a circuit breaker has run."),
      facts(names.map(([name, state]) =>
        [name, badge(words(state), state === "CLOSED" ? "good" : state === "OPEN" ? "bad" : "plain")]))),
    connections && el("section", { class: "card", "aria-labelledby": "connections" },
      el("h2", { id: "connections" }, "Connections"),
      facts([
        ["in use", String(connections.leased)],
        ["free", String(connections.available)],
        ["calls that wait for one", String(connections.waiting)],
      ])),
    el("section", { class: "card", "aria-labelledby": "worker" },
      el("h2", { id: "worker" }, "Worker"),
      worker
        ? facts([
          ["takes jobs", worker.takesJobs ? badge("yes", "good") : badge("no", "plain")],
          ["reaches its jobs", worker.reachesJobs ? badge("yes", "good") : badge("no", "bad")],
          ["calls in flight", String(worker.inFlight)],
          ["oldest job waits", duration(worker.queueAge)],
        ])
        : el("p", { class: "hint" }, "No worker runs on this node.")),
  ];
}
