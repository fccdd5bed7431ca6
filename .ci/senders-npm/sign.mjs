// Prints one signed request a line, as RealSendersTest reads them.
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { sign } from "@octokit/webhooks-methods";

const require = createRequire(import.meta.url);
const standard = require("standardwebhooks");
const svix = require("svix");
const stripe = require("stripe");
const twilio = require("twilio");
const examples = require("@octokit/webhooks-examples");

const base64Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const bodies = ['{"a": 1}', '{"text": "ä€😀 \\u00e4", "n": 99999999999999.99}', "[]", ' {"b" : "\\n"}\r\n'];

function print(signature, secret, headers, body, url = "http://localhost/") {
  console.log(JSON.stringify({ signature, secret, headers, body, url }));
}

for (const body of bodies) {
  const now = new Date();
  const seconds = Math.floor(now.getTime() / 1000);
  const id = "msg_" + randomUUID();
  for (const [name, library, prefix] of [
    ["standard-webhooks", standard, "webhook-"],
    ["standard-webhooks", svix, "svix-"],
    ["svix", svix, "svix-"],
  ]) {
    const signature = new library.Webhook(base64Secret).sign(id, now, body);
    print({ scheme: name }, base64Secret, {
      "content-type": "application/json",
      [prefix + "id"]: id,
      [prefix + "timestamp"]: String(seconds),
      [prefix + "signature"]: signature,
    }, body);
  }
  const Stripe = stripe.default ?? stripe;
  const header = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: "whsec_test", timestamp: seconds });
  print({ scheme: "stripe" }, "whsec_test", { "content-type": "application/json", "stripe-signature": header }, body);
  print({ scheme: "stripe", header: "X-Form" }, "whsec_test", { "content-type": "application/json", "x-form": header }, body);
}

for (const event of examples.default ?? examples) {
  for (const example of event.examples) {
    const body = JSON.stringify(example);
    print({ scheme: "github" }, "secret", {
      "content-type": "application/json",
      "x-github-event": event.name,
      "x-hub-signature-256": await sign("secret", body),
    }, body);
  }
}

const hmac = {
  scheme: "hmac",
  header: "X-Twilio-Signature",
  algorithm: "sha1",
  encoding: "base64",
  content: "${url}${sortedParams}",
};
for (const params of [
  { CallSid: "CA1", From: "+14158675309", Text: "ä & € = 😀" },
  { b: "2", A: "1", a: "3", B: "" },
  { Digits: ["5678", "1234", "1234"], Sid: "CA123" },
  {},
]) {
  const url = "https://example.com/rest-connector/events/any?foo=1&bar=a%20b";
  const form = new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) => [value].flat().map((each) => [name, each])));
  print(hmac, "12345", {
    "content-type": "application/x-www-form-urlencoded",
    "x-twilio-signature": twilio.getExpectedTwilioSignature("12345", url, params),
  }, form.toString(), url);
}
for (const body of bodies) {
  const url = "https://example.com/rest-connector/events/any?bodySHA256=" + twilio.getExpectedBodyHash(body);
  print(hmac, "12345", {
    "content-type": "application/json",
    "x-twilio-signature": twilio.getExpectedTwilioSignature("12345", url, {}),
  }, body, url);
}
