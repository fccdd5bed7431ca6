// Process instances: where one stands, and what it has called.
import { get, post } from "./api.js";
import { cells } from "./calls.js";
import { diagram } from "./diagram.js";
import { badge, el, facts } from "./dom.js";
import { span, time } from "./format.js";
import { rows, search } from "./rows.js";
import { summaries } from "./summary.js";

export async function load(at) {
  return at.id
    ? { instance: await get(`instances/${encodeURIComponent(at.id)}`) }
    : { list: await get("instances", at.query) };
}

export function render({ list, instance }, at, page) {
  if (list?.length === 1 && at.query.find) {
    location.replace(`#/instances/${encodeURIComponent(list[0].id)}`);
  }
  return instance ? detail(instance, at, page) : [
    el("h1", { tabindex: "-1" }, "Instances"),
    search("Find by id, business key, or the value of a variable", "instances", at, page),
    rows("Instances", list, (each) => `#/instances/${each.id}`, (each) => [
      time(each.start),
      el("strong", {}, each.definition),
      each.businessKey ?? each.id,
      state(each),
      each.end ? span(new Date(each.end) - new Date(each.start)) : "",
    ]),
  ];
}

function state(instance) {
  return instance.failedJobs > 0 ? badge("failed", "bad")
    : instance.end ? badge("ended", "plain") : badge("running", "good");
}

function detail(view, at, page) {
  const { instance, activities, tokens, deadLetters, calls } = view;
  const ofActivity = summaries(calls);
  const chosen = activities.find((each) => each.id === at.query.activity);
  return [
    el("div", { class: "detail" },
      el("a", { href: "#/instances", class: "back", "data-key": "back" }, "All instances"),
      el("h1", {}, instance.definition, " ", state(instance)),
      el("h2", { tabindex: "-1", class: "id" }, `Instance ${instance.businessKey ?? instance.id}`),
      deadLetters.map((job) => failed(job, page)),
      view.hasDiagram
        ? diagram(instance.id, view, ofActivity, (activity) => page.go(`instances/${instance.id}`, { activity }))
        : el("p", { class: "hint" }, "This process was deployed without a diagram."),
      el("div", { class: "columns" },
        el("section", { class: "card", "aria-labelledby": "activities" },
          el("h3", { id: "activities" }, "Activities"),
          el("ul", { class: "rows plain" }, activities
            .filter((each) => each.method || tokens.includes(each.id) || view.passed.includes(each.id))
            .map((each) => activity(each, view, ofActivity, chosen)))),
        el("section", { class: "card", "aria-labelledby": "calls" },
          el("h3", { id: "calls" }, chosen ? `Calls of ${chosen.name}` : "Calls"),
          chosen && el("p", {}, el("a", { href: `#/instances/${instance.id}`, "data-key": "all" }, "Show those of all activities")),
          rows("Calls", calls.filter((each) => !chosen || each.activity === chosen.id),
            (each) => `#/calls/${each.id}?instance=${instance.id}`, cells))),
      facts([
        ["id", instance.id],
        ["tenant", instance.tenant],
        ["started", time(instance.start)],
        ["ended", time(instance.end)],
      ])),
  ];
}

function activity(each, view, ofActivity, chosen) {
  const summary = ofActivity.get(each.id);
  return el("li", {}, el("a", {
    href: `#/instances/${view.instance.id}?activity=${encodeURIComponent(each.id)}`,
    "data-key": `activity ${each.id}`,
    "aria-current": each === chosen ? "true" : null,
  },
  el("span", { class: "cell" }, each.method && el("code", {}, "{ } "), each.name),
  el("span", { class: "cell" },
    view.tokens.includes(each.id) && badge("token here", "token"), " ",
    summary && badge(summary.text, summary.kind))));
}

function failed(job, page) {
  return el("section", { class: "card failed", "aria-label": "Dead letter job" },
    el("h3", {}, `The job of ${job.activity ?? "the process"} has failed`),
    el("p", { class: "reason" }, job.message ?? "It left no message."),
    el("p", { class: "hint" }, `Dead letter job ${job.job}, created ${time(job.time)}`),
    page.canAct()
      ? el("button", { type: "button", "data-key": `again ${job.job}`, onclick: () => again(job, page) }, "Run it again")
      : el("p", { class: "hint" }, "rest-connector.operations.actions=true lets you run it again."));
}

async function again(job, page) {
  try {
    await post(`jobs/${encodeURIComponent(job.job)}/again`);
    page.tell("The job runs again.");
    await page.refresh();
  } catch (error) {
    page.fail(error);
  }
}
