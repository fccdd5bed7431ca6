package io.restconnector.webhook.internal.trust;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Signed requests that the makers of the schemes have published. */
@SuppressWarnings("ImmutableEnumChecker") // nothing changes them
enum SignatureVectors {
  /** Test suite of the reference libraries of github.com/standard-webhooks/standard-webhooks. */
  STANDARD_WEBHOOKS(
      StandardWebhooksForm.STANDARD,
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      1614265330,
      "{\"test\": 2432232314}",
      "webhook-signature",
      Map.of(
          "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
          "webhook-timestamp", "1614265330",
          "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")),
  /** docs.github.com, "Validating webhook deliveries", section "Testing the webhook payload". */
  GITHUB(
      HeaderForm.GITHUB,
      "It's a Secret to Everybody",
      0,
      "Hello, World!",
      "x-hub-signature-256",
      Map.of(
          "x-hub-signature-256",
          "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")),
  /** docs.slack.dev, "Verifying requests from Slack". */
  SLACK(
      HeaderForm.SLACK,
      "8f742231b10e8888abcd99yyyzzz85a5",
      1531420618,
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
          + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
          + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
          + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
          + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
      "x-slack-signature",
      Map.of(
          "x-slack-request-timestamp",
          "1531420618",
          "x-slack-signature",
          "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")),
  /**
   * github.com/stripe/stripe-dotnet, EventUtilityTest with its resource event_test_signature.json.
   */
  STRIPE(
      new StripeForm("stripe-signature"),
      "webhook_secret",
      1533204620,
      """
      {
        "id": "evt_123",
        "object": "event",
        "account": "acct_123",
        "api_version": "2017-05-25",
        "created": 1533204620,
        "data": {
          "object": {
            "id": "ii_123",
            "object": "invoiceitem",
            "amount": 1000,
            "currency": "usd",
            "customer": "cus_123",
            "date": 1533204620,
            "description": "Test Invoice Item",
            "discountable": false,
            "invoice": "in_123",
            "livemode": false,
            "metadata": {},
            "period": {
              "start": 1533204620,
              "end": 1533204620
            },
            "plan": null,
            "proration": false,
            "quantity": null,
            "subscription": null
          }
        },
        "livemode": false,
        "pending_webhooks": 1,
        "request": {
          "id": "req_123",
          "idempotency_key": "idempotency-key-123"
        },
        "type": "invoiceitem.created"
      }
      """,
      "stripe-signature",
      Map.of(
          "stripe-signature",
          "t=1533204620,"
              + "v1=f0bdba6d4eacbd8ad8a3bbadd7248e633ec1477f7899c124c51b39405fa36613,"
              + "v0=63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef")),
  /** RFC 4231 §4.3. */
  HMAC_SHA256(
      hmac(Hmac.SHA256_HEX, ""),
      "Jefe",
      0,
      "what do ya want for nothing?",
      "x-signature",
      Map.of("x-signature", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")),
  /** RFC 4231 §4.3, in base64 and with a prefix. */
  HMAC_SHA512(
      hmac(new Hmac("sha512", Hmac.Encoding.BASE64), "sig:"),
      "Jefe",
      0,
      "what do ya want for nothing?",
      "x-signature",
      Map.of(
          "x-signature",
          "sig:Fkt6e/z4GeLjlfvnO1bgo4e9ZCIugx/WECcM1+olBVSXWL91wFqZSm0DT2X4"
              + "8Ob9yuqxo01Ka0tjbgcKOLznNw==")),
  /** RFC 2202 §3, test case 2. */
  HMAC_SHA1(
      hmac(new Hmac("sha1", Hmac.Encoding.HEX), ""),
      "Jefe",
      0,
      "what do ya want for nothing?",
      "x-signature",
      Map.of("x-signature", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"));

  private final HmacForm form;
  private final String secret;
  private final long signedAt;
  private final byte[] body;
  private final String signatureHeader;
  private final Map<String, String> headers;

  SignatureVectors(
      HmacForm form,
      String secret,
      long signedAt,
      String body,
      String signatureHeader,
      Map<String, String> headers) {
    this.form = form;
    this.secret = secret;
    this.signedAt = signedAt;
    this.body = body.getBytes(StandardCharsets.UTF_8);
    this.signatureHeader = signatureHeader;
    this.headers = headers;
  }

  static Stream<SignatureVectors> withTimestamp() {
    return Stream.of(values()).filter(vector -> vector.signedAt > 0);
  }

  Signature signature(String... secretNames) {
    return new Signature(new HmacVerifier(form), List.of(secretNames), java.util.Set.of());
  }

  String secret() {
    return secret;
  }

  Instant signedAt() {
    return Instant.ofEpochSecond(signedAt);
  }

  byte[] body() {
    return body.clone();
  }

  String header(String name) {
    return Objects.requireNonNull(headers.get(name));
  }

  /** The value of the header with the signature. */
  String encodedSignature() {
    return header(signatureHeader);
  }

  Map<String, List<String>> headers() {
    Map<String, List<String>> copy = new HashMap<>();
    headers.forEach((name, value) -> copy.put(name, List.of(value)));
    return copy;
  }

  /** The headers with another value of the one that holds the signature. */
  Map<String, List<String>> headersWith(UnaryOperator<String> changed) {
    Map<String, List<String>> copy = headers();
    copy.put(signatureHeader, List.of(changed.apply(encodedSignature())));
    return copy;
  }

  private static HmacForm hmac(Hmac hmac, String prefix) {
    boolean anyCase = hmac.encoding() == Hmac.Encoding.HEX;
    return new HeaderForm(
        "x-signature",
        hmac,
        prefix,
        null,
        anyCase,
        null,
        Timestamp.Unit.S,
        null,
        SignedContent.BODY);
  }
}
