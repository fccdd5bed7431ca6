// Checks of a trigger as a list.
import { badge, el } from "./dom.js";
import { words } from "./format.js";

const KINDS = { passed: "good", refused: "bad", notReached: "plain" };

/** Checks in their order; the word tells what the colour does. */
export function checkList(checks) {
  return el("ol", { class: "checks" }, checks.map(({ check, verdict, reason }) =>
    el("li", { class: KINDS[verdict] },
      el("span", {}, words(check)), " ", badge(words(verdict), KINDS[verdict]),
      reason && el("p", { class: "reason" }, reason))));
}
