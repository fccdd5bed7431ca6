// How long a call took, and with what.
import { el, svg } from "./dom.js";
import { callResult, millis, span } from "./format.js";

const VISIBLE = 0.05;

/**
 * The parts of a call in their order, in milliseconds: for each attempt the wait for a connection,
 * the wait for the first byte, and the rest; between two attempts the pause.
 */
export function parts(call) {
  const all = millis(call.duration) ?? 0;
  const parts = [];
  let at = 0;
  const until = (name, iso) => {
    const end = Math.min(all, millis(iso) ?? at);
    if (end - at >= VISIBLE) {
      parts.push({ name, from: at, ms: end - at });
    }
    at = Math.max(at, end);
  };
  for (const [index, attempt] of (call.attempts ?? []).entries()) {
    until(index === 0 ? "before" : "pause", attempt.begun);
    until("connection", attempt.connected);
    until("first byte", attempt.firstByte);
    until(attempt.firstByte ? "response" : "no answer", attempt.ended);
  }
  until("after", call.duration);
  return parts;
}

const KINDS = ["connection", "first byte", "response", "no answer"];

/** A bar, which the list below it explains. */
export function timeline(call) {
  const all = millis(call.duration) ?? 0;
  const list = parts(call);
  return [
    el("h3", {}, `Time line, ${span(all)} in all`),
    svg("svg", { class: "timeline", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
      list.map((part) => svg("rect", {
        class: `p${KINDS.indexOf(part.name)}`, height: 8,
        x: part.from / all * 100, width: part.ms / all * 100,
      }))),
    el("ul", { class: "legend" }, list.map((part) =>
      el("li", { class: `p${KINDS.indexOf(part.name)}` }, `${part.name}: ${span(part.ms)}`))),
    attempts(call),
  ];
}

function attempts({ attempts }) {
  return attempts.length === 0
    ? el("p", { class: "hint" }, "Nothing was sent.")
    : attempts.length > 1 && [
      el("h3", {}, `${attempts.length} attempts`),
      el("ol", {}, attempts.map((each) =>
        el("li", {}, `after ${span(millis(each.begun))}: ${callResult(each)}`))),
    ];
}
