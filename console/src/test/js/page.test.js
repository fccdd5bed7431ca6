// The logic of the page that needs no browser. Run by .ci/console with the files of the page beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isTaken, ofEntry, ORDER, sentence, subscriptionCount } from "./checks.js";
import { ofCall } from "./curl.js";
import { name } from "./early.js";
import { parseHeaders } from "./explain.js";
import { bytes, callKind, callResult, duration, millis, requestKind, span, time, words } from "./format.js";
import { summaries } from "./summary.js";
import { parts } from "./timeline.js";
import { wrap } from "./wrap.js";

const each = (name, cases, check) =>
  test(name, () => cases.forEach(([given, wanted]) => assert.deepEqual(check(given), wanted, JSON.stringify(given))));

each("durations become milliseconds",
  [["PT0S", 0], ["PT0.044305014S", 44.305], ["PT1M2.5S", 62500], ["PT2H", 7200000], ["P1D", null], [null, null]], millis);
each("spans are short", [[0, "0 ms"], [0.26, "0.3 ms"], [44.3, "44 ms"], [999.4, "999 ms"], [2100, "2.1 s"],
  [62500, "1 min 3 s"], [119999, "2 min 0 s"], [null, ""]], span);
each("a duration is a span", [["PT0.0443S", "44 ms"], [undefined, ""]], duration);
each("bytes have a unit", [[0, "0 B"], [1023, "1023 B"], [1536, "1.5 KiB"], [3 * 1024 * 1024, "3.0 MiB"]], bytes);
each("names become words",
  [["NotMatched", "not matched"], ["RATE_LIMIT", "rate limit"], ["notTaken", "not taken"], [null, ""]], words);

test("the day is told where it is not today", () => {
  const now = new Date(2026, 10, 26, 12, 0, 0);
  assert.equal(time(new Date(2026, 10, 26, 8, 5, 9).toISOString(), now), "08:05:09");
  assert.equal(time(new Date(2026, 10, 25, 8, 5, 9).toISOString(), now), "2026-11-25 08:05:09");
  assert.equal(time(null), "");
});

test("a call is good where it has no error", () => {
  assert.equal(callKind({ status: 404, code: "NOT_FOUND" }), "bad");
  assert.equal(callKind({ status: 200, code: null }), "good");
  assert.equal(callResult({ status: null, outcome: "CircuitOpen" }), "circuit open");
  assert.equal(requestKind({ status: 404, outcome: "NotMatched" }), "bad");
  assert.equal(requestKind({ status: 200, outcome: "Fired" }), "good");
});

for (const [index, check] of ORDER.entries()) {
  test(`checks before ${check} are passed, those after it are not reached`, () => {
    const checks = ofEntry({ result: "refused", check, reason: "why" });
    assert.deepEqual(checks.map((each) => each.verdict),
      ORDER.map((_, at) => at < index ? "passed" : at === index ? "refused" : "notReached"));
    assert.deepEqual(checks.map((each) => each.reason), ORDER.map((_, at) => at === index ? "why" : null));
  });
}

test("all checks of a trigger that fired are passed, and none of one that did not decide", () => {
  assert.ok(ofEntry({ result: "fired" }).every((each) => each.verdict === "passed"));
  assert.ok(ofEntry({ result: "undecided" }).every((each) => each.verdict === "notReached"));
});

test("an early event is named by what waits for it", () => {
  assert.equal(name({ action: "message", target: "paid", trigger: "payments" }), "message paid of trigger payments");
});

for (const [count, expected] of [[undefined, "no"], [null, "no"], [0, "0"], [999, "999"], [1000, "1,000 or more"]]) {
  test(`a count of ${count} is told as ${expected}`, () => assert.equal(subscriptionCount(count), expected));
}

test("a sentence says what nothing waits for", () => {
  assert.equal(
    sentence({ result: "notTaken", action: "event", target: "paymentSettled", correlation: { orderId: "B-7" }, subscriptions: 3 }),
    "All checks passed, but nothing waits for event paymentSettled with orderId = B-7; there are 3 subscriptions of it.");
  assert.equal(
    sentence({ result: "kept", check: null, action: "event", target: "paymentSettled", correlation: { orderId: "B-7" } }),
    "It came early: nothing waited yet for event paymentSettled with orderId = B-7, and it was kept.");
  assert.match(sentence({ result: "refused", check: "BODY_SIZE", reason: "too long" }), /^Refused by body size: too long/);
});

for (const [result, expected] of Object.entries({
  fired: true, repeated: true, kept: true, notTaken: false, refused: false, undecided: false, failed: false,
})) {
  test(`a request that was ${result} is ${expected ? "good" : "bad"} news`, () => {
    assert.equal(isTaken({ result }), expected);
  });
}

test("a curl line quotes what a shell would read", () => {
  const line = ofCall({
    method: "POST", url: "https://a.example/it's", requestHeaders: { "x-note": ["$(reboot)", "two"] }, requestBody: "{\"a\": \"`x`\"}",
  });
  assert.equal(line, "curl -i -X POST 'https://a.example/it'\\''s' \\\n  -H 'x-note: $(reboot)' \\\n  -H 'x-note: two' \\\n"
    + "  --data-raw '{\"a\": \"`x`\"}'");
});

test("header lines become lists", () => {
  assert.deepEqual(parseHeaders("A: 1\nno header\nA: 2\nurl: http://b"), { A: ["1", "2"], url: ["http://b"] });
});

test("the summary of an activity is of its newest call", () => {
  const all = summaries([
    { activity: "pay", status: 503, code: "SERVICE_UNAVAILABLE", duration: "PT1.5S" },
    { activity: "pay", status: 200, code: null, duration: "PT0.1S" },
    { activity: "price", status: 200, code: null, duration: "PT0.02S" },
  ]);
  assert.equal(all.get("pay").text, "2 × 503 · 1.5 s");
  assert.equal(all.get("pay").kind, "bad");
  assert.equal(all.get("price").text, "200 · 20 ms");
});

test("the time line has each attempt and the pauses between them", () => {
  const call = {
    duration: "PT1S",
    attempts: [
      { begun: "PT0S", connected: "PT0.1S", firstByte: "PT0.3S", ended: "PT0.4S" },
      { begun: "PT0.6S", connected: null, firstByte: null, ended: "PT1S" },
    ],
  };
  assert.deepEqual(parts(call).map(({ name, ms }) => `${name} ${Math.round(ms)}`),
    ["connection 100", "first byte 200", "response 100", "pause 200", "no answer 400"]);
  assert.deepEqual(parts({ duration: "PT0.2S", attempts: [] }), [{ name: "after", from: 0, ms: 200 }]);
});

test("a name is broken between words only", () => {
  assert.equal(wrap("Look up the price of it", 110), "Look up the\nprice of it");
  assert.equal(wrap("Donaudampfschifffahrt", 40), "Donaudampfschifffahrt");
  assert.equal(wrap("", 40), "");
});
