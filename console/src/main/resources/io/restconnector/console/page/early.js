// Webhook events that came before anything waited for them.
import { post } from "./api.js";
import { badge, el } from "./dom.js";
import { time, words } from "./format.js";

const KINDS = { Delivered: "good", Expired: "bad" };
const ANSWERS = {
  DELIVERED: "Delivered.",
  NOT_TAKEN: "Nothing waits for it. It is still kept.",
  FAILED: "What follows it failed. It is still kept, and tried again.",
  BUSY: "It is being delivered.",
  GONE: "It is no longer there.",
};

/** Those that are kept, and what this node did with the last ones; nothing where there are none. */
export function earlyEvents({ kept, entries }, page) {
  return kept.length + entries.length > 0 && el("section", { "aria-labelledby": "early" },
    el("h2", { id: "early" }, "Events that came early"),
    kept.length > 0 && [
      el("p", {}, "These are kept in the database until something waits for them:"),
      el("ul", { class: "cards", "aria-label": "Kept events" }, kept.map((each) => event(each, page))),
    ],
    entries.length > 0 && [
      el("h3", {}, "What this node did with them"),
      el("ul", { "aria-label": "Outcomes of early events" }, entries.map(outcome)),
    ]);
}

/** What waits, in a few words. */
export function name(event) {
  return `${event.action} ${event.target} of trigger ${event.trigger}`;
}

function event(each, page) {
  return el("li", { class: "card" },
    el("strong", {}, `${each.id}: ${name(each)}`),
    el("p", {}, `Came ${time(each.receivedAt)}, kept until ${time(each.keptUntil)}`,
      each.failures > 0 && `; what follows it failed ${each.failures} times`),
    page.canAct() && el("p", {}, [["deliver", "Deliver it"], ["drop", "Drop it"]].map(([what, label]) =>
      [el("button", {
        type: "button", "data-key": `${what} ${each.id}`, "aria-label": `${label}: event ${each.id}`,
        onclick: () => act(each, what, page),
      }, label), " "])));
}

function outcome(entry) {
  return el("li", {}, time(entry.time), " ",
    badge(words(entry.outcome), KINDS[entry.outcome] ?? "plain"), ` ${entry.event}: ${name(entry)}`,
    entry.instances.map((id) =>
      [" ", el("a", { href: `#/instances/${encodeURIComponent(id)}`, "data-key": `early ${entry.id} ${id}` }, id)]));
}

async function act(each, what, page) {
  try {
    const answer = await post(`early/${each.id}/${what}`);
    await page.refresh();
    page.tell(what === "drop" ? (answer.dropped ? "Dropped." : "It is no longer there, or is being delivered.")
      : ANSWERS[answer.delivery]);
  } catch (error) {
    page.fail(error);
  }
}
