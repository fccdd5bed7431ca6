// What stands on an activity of a diagram.
import { callKind, callResult, millis, span } from "./format.js";

/** By activity: how many calls, how the last one ended, how long it took. Calls come newest first. */
export function summaries(calls) {
  const byActivity = new Map();
  for (const call of calls) {
    const summary = byActivity.get(call.activity);
    if (summary) {
      summary.count++;
    } else {
      byActivity.set(call.activity, {
        count: 1, last: callResult(call), kind: callKind(call), ms: millis(call.duration),
      });
    }
  }
  for (const summary of byActivity.values()) {
    summary.text = `${summary.count > 1 ? `${summary.count} × ` : ""}${summary.last} · ${span(summary.ms)}`;
  }
  return byActivity;
}
