// The checks of a trigger, in their order.

export const ORDER = [
  "METHOD", "AUTHENTICATION", "RATE_LIMIT", "SIGNATURE", "HEADERS", "BODY_SIZE", "PARAMS", "CONDITION",
];

/** What a trigger made of a request, check by check, as far as the journal knows. */
export function ofEntry(trigger) {
  if (trigger.result === "undecided") {
    return ORDER.map((check) => ({ check, verdict: "notReached", reason: null }));
  }
  const refused = trigger.result === "refused" ? ORDER.indexOf(trigger.check) : -1;
  return ORDER.map((check, index) => ({
    check,
    verdict: refused < 0 || index < refused ? "passed" : index === refused ? "refused" : "notReached",
    reason: index === refused ? trigger.reason : null,
  }));
}

/** Whether the request, as far as this trigger goes, need not be sent again. */
export function isTaken(trigger) {
  return ["fired", "repeated", "kept"].includes(trigger.result);
}

const MOST_COUNTED = 1000;

/** Subscriptions of an event as they are told: more are not counted. */
export function subscriptionCount(count) {
  return count >= MOST_COUNTED ? "1,000 or more" : String(count ?? "no");
}

/** In a sentence, what became of a request at a trigger. */
export function sentence(trigger) {
  const target = trigger.target ? ` ${trigger.target}` : "";
  const values = Object.entries(trigger.correlation ?? {}).map(([name, value]) => `${name} = ${value}`);
  const by = values.length > 0 ? ` with ${values.join(", ")}` : "";
  switch (trigger.result) {
    case "fired":
      return `It fired: ${trigger.action}${target}${by}.`;
    case "notTaken":
      return `All checks passed, but nothing waits for ${trigger.action}${target}${by}; `
        + `there are ${subscriptionCount(trigger.subscriptions)} subscriptions of it.`;
    case "kept":
      return `It came early: nothing waited yet for ${trigger.action}${target}${by}, and it was kept.`;
    case "repeated":
      return "The delivery was seen before; it was answered as then.";
    case "failed":
      return "All checks passed, but the request was answered with an error.";
    case "undecided":
      return "The request was answered before this trigger had decided.";
    default:
      return `Refused by ${trigger.check.toLowerCase().replace("_", " ")}: ${trigger.reason}`;
  }
}
