package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.spi.Secret;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.SignedRequest;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What real senders sign, read from the properties of a channel. */
class BuiltInSchemeTest {

  @ParameterizedTest
  @EnumSource
  void whenASenderSignsThenItsRequestIsValid(Sender sender) {
    assertThat(verify(sender, sender.request())).isInstanceOf(SignatureScheme.Valid.class);
  }

  @ParameterizedTest
  @EnumSource
  void whenOneBitOfWhatIsSignedDiffersThenTheRequestIsNotValid(Sender sender) {
    SignedRequest request = sender.request();
    for (int bit = 0; bit < request.body().length * 8; bit++) {
      byte[] body = request.body().clone();
      body[bit / 8] ^= (byte) (1 << bit % 8);
      if (isSameForm(request.body(), body)) {
        continue; // the same form: percent-encoded in other digits
      }
      assertInvalid(sender, sender.with(request.url(), request.headers(), body));
    }
    if (sender.signsUrl()) {
      for (String other : List.of("x", "?", "/", "&a=b")) {
        assertInvalid(
            sender, sender.with(request.url() + other, request.headers(), request.body()));
      }
      assertInvalid(
          sender,
          sender.with(request.url().replace("https", "http"), request.headers(), request.body()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenAHeaderIsMissingOrOccursTwiceOrDiffersThenTheRequestIsNotValid(Sender sender) {
    for (String name : sender.headers().keySet()) {
      String value = Objects.requireNonNull(sender.headers().get(name));
      if (name.equals("content-type")) {
        continue;
      }
      Map<String, List<String>> headers = new HashMap<>(sender.request().headers());
      headers.remove(name);
      assertThat(reason(sender, sender.with(headers))).isEqualTo("header " + name + " is missing");
      headers.put(name, List.of(value, value));
      assertThat(reason(sender, sender.with(headers)))
          .isEqualTo("header " + name + " occurs more than once");
      // Of several signatures, the first alone will do.
      headers.put(name, List.of(value.replaceAll("[0-9a-zA-Z+/=]{3}(,|$)", "$1")));
      assertInvalid(sender, sender.with(headers));
      headers.put(name, List.of(value.replaceAll("([0-9])", "$10")));
      assertInvalid(sender, sender.with(headers));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenTheSecretIsAnotherThenTheRequestIsNotValid(Sender sender) {
    SignatureScheme.Verdict verdict =
        sender.signature().verify(sender.request(), name -> Secret.of("YW5vdGhlcg=="));

    assertThat(verdict).isEqualTo(new SignatureScheme.Invalid("no secret matches"));
    assertThat(sender.signature().verify(sender.request(), name -> null))
        .isInstanceOf(SignatureScheme.Invalid.class);
  }

  @ParameterizedTest
  @EnumSource
  void whenTheTimestampIsStaleThenTheReasonTellsItsAge(Sender sender) {
    SignedRequest old = sender.at(sender.signedAt().plusSeconds(412));
    SignedRequest early = sender.at(sender.signedAt().minusSeconds(301));
    SignedRequest late = sender.at(sender.signedAt().plusSeconds(300));

    assertThat(verify(sender, late)).isInstanceOf(SignatureScheme.Valid.class);
    if (sender.signsTime()) {
      assertThat(reason(sender, old))
          .isEqualTo("the timestamp is 412 s old, and 300 s are tolerated");
      assertThat(reason(sender, early))
          .isEqualTo("the timestamp is 301 s ahead, and 300 s are tolerated");
    } else {
      assertThat(verify(sender, old)).isInstanceOf(SignatureScheme.Valid.class);
    }
  }

  @Test
  void whenBothSetsOfHeadersAreThereThenTheyAreNotMixed() {
    Map<String, List<String>> headers = new HashMap<>(Sender.SVIX.request().headers());
    Sender.STANDARD_WEBHOOKS.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    headers.put("svix-id", List.of("another"));

    assertThat(verify(Sender.STANDARD_WEBHOOKS, Sender.SVIX.with(headers)))
        .isEqualTo(new SignatureScheme.Valid("msg_p5jXN8AQM9LWM0D4loKWxJek"));
    assertInvalid(Sender.SVIX, Sender.SVIX.with(headers));
    headers.put("webhook-signature", List.of("v1,AAAA"));
    assertInvalid(Sender.STANDARD_WEBHOOKS, Sender.SVIX.with(headers));
  }

  @Test
  void whenTheBodyOfSortedParamsIsNoFormThenItIsNotValidWithoutItsHash() {
    SignedRequest form = Sender.TWILIO_FORM.request();
    Map<String, List<String>> json = new HashMap<>(form.headers());
    json.put("content-type", List.of("application/json"));

    assertThat(reason(Sender.TWILIO_FORM, Sender.TWILIO_FORM.with(json)))
        .isEqualTo("the body is no form, and the URL has no single bodySHA256");
    byte[] other = "{\"property\": \"value\", \"boolean\": false}".getBytes(StandardCharsets.UTF_8);
    SignedRequest body = Sender.TWILIO_JSON.request();
    assertThat(
            reason(Sender.TWILIO_JSON, Sender.TWILIO_JSON.with(body.url(), body.headers(), other)))
        .isEqualTo("bodySHA256 of the URL is not that of the body");
  }

  @Test
  void whenHexDigitsAreInUpperCaseThenOnlySchemeHmacTakesThem() {
    assertThat(verify(Sender.ZOOM, upper(Sender.ZOOM, "x-zm-signature", "v0=")))
        .isInstanceOf(SignatureScheme.Valid.class);
    assertInvalid(Sender.CALENDLY, upper(Sender.CALENDLY, "calendly-webhook-signature", "t="));
  }

  private static boolean isSameForm(byte[] body, byte[] other) {
    return new String(body, StandardCharsets.UTF_8)
        .replace("%2B", "%2b")
        .equals(new String(other, StandardCharsets.UTF_8).replace("%2B", "%2b"));
  }

  private static SignedRequest upper(Sender sender, String header, String prefix) {
    Map<String, List<String>> headers = new HashMap<>(sender.request().headers());
    String value = Objects.requireNonNull(sender.headers().get(header));
    int start = value.lastIndexOf('=') + 1;
    assertThat(value).startsWith(prefix);
    headers.put(
        header,
        List.of(
            value.substring(0, start) + value.substring(start).toUpperCase(java.util.Locale.ROOT)));
    return sender.with(headers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'content': ''                             | signature.content is of type string and does not fit, wanted what is signed
          'content': 7                              | signature.content is of type number and does not fit, wanted what is signed
          'content': '${bodi}'                      | signature.content is of type string and does not fit, wanted what is signed
          'content': '${body'                       | signature.content is of type string and does not fit, wanted what is signed
          'content': '${url}'                       | signature.content is of type string and does not fit, wanted a template with ${body} or
          'content': '${timestamp}${body}'          | signature.timestampHeader is missing, wanted the name of an HTTP header, since content has ${timestamp}
          'content': '${id}${body}'                 | signature.idHeader is missing, wanted the name of an HTTP header, since content has ${id}
          'content': '${body}', 'timestampHeader': 'T' | signature.content is of type string and does not fit, wanted a template with ${timestamp}
          'idHeader': 'I'                           | signature.content is missing, wanted a template with ${id}
          'timestampUnit': 'ms'                     | signature.timestampUnit is of type string and does not fit, wanted a timestampHeader
          'timestampHeader': 'T', 'timestampUnit': 'm' | signature.timestampUnit is "m", wanted one of ms, s
          'separator': ''                           | signature.separator is of type string and does not fit
          'separator': 7                            | signature.separator is of type number and does not fit
          'tolerance': 5                            | signature.tolerance is no property of scheme hmac
          """)
  void whenAPropertyOfHmacDoesNotFitThenItIsRefused(String properties, String message) {
    String signature =
        "{'scheme': 'hmac', 'secret': 's', 'header': 'X', %s}".formatted(properties.strip());

    assertThatThrownBy(() -> signature(signature))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessageStartingWith(message.strip());
  }

  @Test
  void whenTwoSchemesHaveOneNameThenTheyAreRefused() {
    SignatureScheme another =
        new SignatureScheme() {
          @Override
          public String name() {
            return "github";
          }

          @Override
          public Verifier configure(Properties properties) {
            throw new UnsupportedOperationException();
          }
        };

    assertThatThrownBy(() -> new SignatureSchemes(List.of(another)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("github");
  }

  private static SignatureScheme.Verdict verify(Sender sender, SignedRequest request) {
    return sender.signature().verify(request, name -> Secret.of(sender.secret(name)));
  }

  private static void assertInvalid(Sender sender, SignedRequest request) {
    assertThat(verify(sender, request)).isInstanceOf(SignatureScheme.Invalid.class);
  }

  private static String reason(Sender sender, SignedRequest request) {
    return ((SignatureScheme.Invalid) verify(sender, request)).reason();
  }

  static Signature signature(String json) throws InvalidTriggerException {
    ObjectNode channel =
        (ObjectNode)
            JsonMapper.shared().readTree("{\"signature\": " + json.replace('\'', '"') + "}");
    return Objects.requireNonNull(
        new SenderChecksReader(new SignatureSchemes(List.of())).read(channel).signature());
  }

  /** Requests of senders; where one has published a request, it is that one. */
  @SuppressWarnings("ImmutableEnumChecker") // fixed test data
  enum Sender {
    STANDARD_WEBHOOKS(
        "{'scheme': 'standard-webhooks', 'secret': 's'}",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        1614265330,
        "{\"test\": 2432232314}",
        "webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp: 1614265330",
        "webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    SVIX(
        "{'scheme': 'svix', 'secret': 's'}",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        1614265330,
        "{\"test\": 2432232314}",
        "svix-id: msg_p5jXN8AQM9LWM0D4loKWxJek",
        "svix-timestamp: 1614265330",
        "svix-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    CALENDLY(
        "{'scheme': 'stripe', 'secret': 's', 'header': 'Calendly-Webhook-Signature'}",
        "calendly-signing-key",
        1492774577,
        "{\"event\":\"invitee.created\",\"payload\":{\"email\":\"test@example.com\"}}",
        "calendly-webhook-signature: t=1492774577,"
            + "v1=abea40d8f0e049de90502f76e28841e2259a2e7ffa8334894c4aec20bcaea4a8"),
    ZOOM(
        "{'scheme': 'hmac', 'secret': 's', 'header': 'x-zm-signature', 'prefix': 'v0=',"
            + " 'timestampHeader': 'x-zm-request-timestamp',"
            + " 'content': 'v0:${timestamp}:${body}'}",
        "zoom-secret-token",
        1654503849,
        "{\"payload\":{\"account_id\":\"abc123\",\"object\":{\"id\":\"11111\","
            + "\"topic\":\"My Meeting\"}},\"event\":\"meeting.started\","
            + "\"event_ts\":1626230691572}",
        "x-zm-signature: v0=cb9e72e3c9bc6422d71c4b77c099be49bca8e28aef8c1e47e3e7ca0a4ffb1ef0",
        "x-zm-request-timestamp: 1654503849"),
    HUBSPOT(
        Sender.HUBSPOT_V3,
        "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy",
        1752613200,
        "{\"example_field\":\"example_value\"}",
        "url: https://www.example.com/webhook_uri",
        "x-hubspot-signature-v3: xBhLHpkOMjqQw/OdRXkrcTGsai4UX31UA8znpeopeEY=",
        "x-hubspot-request-timestamp: 1752613200000"),
    HUBSPOT_ESCAPES(
        Sender.HUBSPOT_V3,
        "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy",
        1752613200,
        "{\"example_field\":\"example_value\"}",
        "url: https://www.example.com/webhook_uri?a=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B%2f"
            + "&b=%20%26%23%253A%2B",
        "x-hubspot-signature-v3: 2b4vz/Daj9ORiibi4nI3DpkdUZk5Qdod9CFCk/ubdG4=",
        "x-hubspot-request-timestamp: 1752613200000"),
    PAGERDUTY(
        "{'scheme': 'hmac', 'secret': ['new', 'old'], 'header': 'X-PagerDuty-Signature',"
            + " 'prefix': 'v1=', 'separator': ','}",
        "pd-secret-",
        0,
        "{\"event\":{\"id\":\"01BWLTV4TH5Y7Z3Q2C9M\",\"event_type\":\"incident.triggered\","
            + "\"resource_type\":\"incident\"}}",
        "x-pagerduty-signature:"
            + " v1=98402dd995b2b68be83a8c7437173574cb64c25ba61ecb9c532cacdfdb121d16,"
            + " v1=8cb867f99064c26e7f29e55ed44f4d83a9844bcb5b6f7c47d4434b052a0b4eb1"),
    SHOPIFY(
        "{'scheme': 'hmac', 'secret': 's', 'header': 'X-Shopify-Hmac-SHA256',"
            + " 'encoding': 'base64'}",
        "hush",
        0,
        "{\"id\":820982911946154508,\"email\":\"jon@example.com\"}",
        "x-shopify-hmac-sha256: D0UMXmhjwBRi4y66TmhJrDlhQABD7zI2fm3p6/QLMo8="),
    TWILIO_FORM(
        Sender.TWILIO,
        "12345",
        0,
        "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212"
            + "&Caller=%2B14158675309",
        "url: https://mycompany.com/myapp.php?foo=1&bar=2",
        "content-type: application/x-www-form-urlencoded",
        "x-twilio-signature: RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    TWILIO_REPEATED(
        Sender.TWILIO,
        "12345",
        0,
        "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234",
        "url: https://mycompany.com/myapp.php?foo=1&bar=2",
        "content-type: application/x-www-form-urlencoded; charset=utf-8",
        "x-twilio-signature: IK+Dwps556ElfBT0I3Rgjkr1wJU="),
    TWILIO_EMPTY_VALUE(
        Sender.TWILIO,
        "12345",
        0,
        "b=2&A=1&a=3&B=",
        "url: https://example.com/t",
        "content-type: application/x-www-form-urlencoded",
        "x-twilio-signature: dg9bF9ZTRL2kPzf/Ve4VGFPH6yk="),
    TWILIO_JSON(
        Sender.TWILIO,
        "12345",
        0,
        "{\"property\": \"value\", \"boolean\": true}",
        "url: https://mycompany.com/myapp.php?foo=1&bar=2"
            + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620",
        "content-type: application/json",
        "x-twilio-signature: a9nBmqA0ju/hNViExpshrM61xv4=");

    private static final String HUBSPOT_V3 =
        "{'scheme': 'hmac', 'secret': 's', 'header': 'X-HubSpot-Signature-v3',"
            + " 'encoding': 'base64', 'timestampHeader': 'X-HubSpot-Request-Timestamp',"
            + " 'timestampUnit': 'ms', 'content': '${method}${decodedUrl}${body}${timestamp}'}";

    private static final String TWILIO =
        "{'scheme': 'hmac', 'secret': 's', 'header': 'X-Twilio-Signature', 'algorithm': 'sha1',"
            + " 'encoding': 'base64', 'content': '${url}${sortedParams}'}";

    private final Signature signature;
    private final String secret;
    private final long signedAt;
    private final byte[] body;
    private final String url;
    private final Map<String, String> headers = new HashMap<>();

    Sender(String signature, String secret, long signedAt, String body, String... headers) {
      try {
        this.signature = BuiltInSchemeTest.signature(signature);
      } catch (InvalidTriggerException wrong) {
        throw new IllegalStateException(wrong);
      }
      this.secret = secret;
      this.signedAt = signedAt;
      this.body = body.getBytes(StandardCharsets.UTF_8);
      for (String header : headers) {
        int colon = header.indexOf(": ");
        this.headers.put(header.substring(0, colon), header.substring(colon + 2));
      }
      String own = this.headers.remove("url");
      url = own == null ? "http://localhost/any" : own;
    }

    Signature signature() {
      return signature;
    }

    String secret(String name) {
      return secret.endsWith("-") ? secret + name : secret;
    }

    Map<String, String> headers() {
      return headers;
    }

    boolean signsUrl() {
      return !url.contains("localhost");
    }

    boolean signsTime() {
      return signedAt > 0;
    }

    Instant signedAt() {
      return Instant.ofEpochSecond(signedAt);
    }

    SignedRequest request() {
      return at(signedAt());
    }

    SignedRequest at(Instant receivedAt) {
      Map<String, List<String>> lists = new HashMap<>();
      headers.forEach((name, value) -> lists.put(name, List.of(value)));
      return new SignedRequest("POST", url, lists, body, receivedAt);
    }

    SignedRequest with(Map<String, List<String>> changed) {
      return new SignedRequest("POST", url, changed, body, signedAt());
    }

    SignedRequest with(String otherUrl, Map<String, List<String>> changed, byte[] otherBody) {
      return new SignedRequest("POST", otherUrl, changed, otherBody, signedAt());
    }
  }
}
