// How long a call took, and with what.
import { el, svg } from "./dom.js";
import { millis, span } from "./format.js";

/** The parts of a call's duration in their order; those that are not known are left out. */
export function parts(call) {
  const all = millis(call.duration) ?? 0;
  const waiting = millis(call.waiting);
  const firstByte = millis(call.firstByte);
  const parts = [];
  if (waiting !== null) {
    parts.push({ name: "waiting for a connection", ms: Math.min(waiting, all) });
  }
  if (firstByte !== null) {
    parts.push({ name: "until the first byte", ms: Math.max(0, Math.min(firstByte, all) - (waiting ?? 0)) });
  }
  const rest = all - parts.reduce((sum, part) => sum + part.ms, 0);
  parts.push({ name: parts.length === 0 ? "in all" : "reading the response", ms: Math.max(0, rest) });
  return parts;
}

/** Bars as an image that a list explains. */
export function timeline(call) {
  const all = millis(call.duration) ?? 0;
  const list = parts(call);
  let at = 0;
  const bars = list.map((part, index) => {
    const bar = svg("rect", {
      class: `p${index}`, height: 8,
      x: all === 0 ? 0 : at / all * 100,
      width: all === 0 ? 100 : Math.max(0.5, part.ms / all * 100),
    });
    at += part.ms;
    return bar;
  });
  return [
    el("h3", {}, `Time line, ${span(all)} in all`),
    svg("svg", { class: "timeline", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" }, bars),
    el("ul", { class: "legend" }, list.map((part, index) =>
      el("li", { class: `p${index}` }, `${part.name}: ${span(part.ms)}`))),
  ];
}
