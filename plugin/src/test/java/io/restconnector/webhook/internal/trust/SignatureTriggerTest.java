package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Triggers that know their senders, in a real engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class SignatureTriggerTest {

  private static final String SECRET = "It's a Secret to Everybody";
  private static final String SIGNED =
      "\"signature\": {\"scheme\": \"github\", \"secret\": \"github\"}, ";
  private static final String NONE = "\"action\": {\"type\": \"none\"}";
  private static final String PROCESS =
      """
      <process id="%s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/></process>
      """;

  private final Map<String, Secret> secrets = new HashMap<>();
  private WebhookEngine engine;

  @BeforeAll
  void start() {
    secrets.put("github", Secret.of(SECRET));
    secrets.put("weak", Secret.of(""));
    secrets.put("line", Secret.of("hunter2\n"));
    for (SignatureVectors vector : SignatureVectors.values()) {
      secrets.put("key-of-" + vector, Secret.of(vector.secret()));
    }
    engine = WebhookEngine.with(secrets);
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @EnumSource
  void whenPublishedRequestReachesItsTriggerThenItFiresAndNoOtherBodyDoes(SignatureVectors vector) {
    String scheme =
        switch (vector) {
          case STANDARD_WEBHOOKS -> "\"scheme\": \"standard-webhooks\"";
          case GITHUB -> "\"scheme\": \"github\"";
          case SLACK -> "\"scheme\": \"slack\"";
          case STRIPE -> "\"scheme\": \"stripe\"";
          case HMAC_SHA256 -> "\"scheme\": \"hmac\", \"header\": \"X-Signature\"";
          case HMAC_SHA512 ->
              "\"scheme\": \"hmac\", \"header\": \"X-Signature\", \"algorithm\": \"sha512\","
                  + " \"encoding\": \"base64\", \"prefix\": \"sig:\"";
          case HMAC_SHA1 ->
              "\"scheme\": \"hmac\", \"header\": \"X-Signature\", \"algorithm\": \"sha1\"";
        };
    deploy(
        vector.name(),
        vector.name(),
        "\"signature\": {%s, \"secret\": [\"key-of-STANDARD_WEBHOOKS\", \"key-of-%s\"]}, %s"
            .formatted(scheme, vector.name(), NONE));
    engine
        .engine
        .getProcessEngineConfiguration()
        .getClock()
        .setCurrentTime(Date.from(vector.signedAt()));
    try {
      assertThat(answer(vector.name(), vector.headers(), vector.body()).status()).isEqualTo(200);
      assertThat(answer(vector.name(), vector.headers(), new byte[0]).status()).isEqualTo(401);
    } finally {
      engine.engine.getProcessEngineConfiguration().getClock().reset();
    }
  }

  @Test
  void whenSenderIsNotKnownThenAnswerIsTheSameWhateverTheReason() {
    deploy("same", "same", SIGNED + NONE);
    String good = sign("{}");

    List<WebhookResponse> answers =
        List.of(
            engine.send("POST", "same", Map.of(), "{}"),
            engine.send("POST", "same", signature("sha256=00"), "{}"),
            engine.send("POST", "same", signature(good.toUpperCase(Locale.ROOT)), "{}"),
            engine.send("POST", "same", signature(good), "{ }"),
            engine.send("POST", "same", signature("sha1=" + good), "not json"));

    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(401);
              assertThat(answer.contentType()).isEqualTo("application/problem+json");
              assertThat(answer.headers()).isEqualTo(Map.of("WWW-Authenticate", "Webhook"));
              assertThat(answer.body()).isEqualTo(answers.get(0).body());
            });
  }

  @Test
  void whenOneTriggerOnThePathIsSignedThenTheOtherTakesRequestsAsBefore() {
    engine.deploy("signed.bpmn20.xml", PROCESS.formatted("signed"));
    engine.deploy("open.bpmn20.xml", PROCESS.formatted("open"));
    deploy("aSigned", "shared", SIGNED + "\"status\": 202, " + starts("signed"));
    deploy("bOpen", "shared", starts("open"));

    WebhookResponse unsigned = engine.send("POST", "shared", Map.of(), "{}");

    assertThat(unsigned.status()).isEqualTo(200);
    assertThat(count("signed")).isZero();
    assertThat(count("open")).isEqualTo(1);

    WebhookResponse signed = engine.send("POST", "shared", signature(sign("{}")), "{}");

    assertThat(signed.status()).isEqualTo(202);
    assertThat(count("signed")).isEqualTo(1);
    assertThat(count("open")).isEqualTo(2);
  }

  @Test
  void whenSignatureIsBadThenBodyIsNotParsedAndHeadersAreNotTold() {
    deploy("order", "order", SIGNED + "\"headers\": {\"X-Event\": \"push\"}, " + NONE);
    Map<String, String> json = Map.of("content-type", "application/json", "x-event", "push");

    assertThat(engine.send("POST", "order", json, "{").status()).isEqualTo(401);
    assertThat(engine.send("POST", "order", Map.of(), "{}").status()).isEqualTo(401);
    assertThat(engine.send("POST", "order", signature(sign("{}")), "{}").status()).isEqualTo(404);
    assertThat(
            engine
                .send(
                    "POST",
                    "order",
                    Map.of(
                        "content-type",
                        "application/json",
                        "x-event",
                        "push",
                        "x-hub-signature-256",
                        sign("{")),
                    "{")
                .status())
        .isEqualTo(400);
  }

  @Test
  void whenBodyIsTooLargeThenItIsNotRead() {
    deploy("large", "large", SIGNED + NONE);

    WebhookResponse answer =
        WebhookEndpoint.of(engine.engine)
            .answer(
                new WebhookRequest("POST", "large", null, Map.of()),
                2_000_000,
                new ByteArrayInputStream(new byte[0]));

    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void whenSecretIsNoLongerConfiguredThenSignedRequestsAreRefused() {
    String url = TestDatabase.H2.url();
    String channel = WebhookEngine.channel("gone", "gone", SIGNED + NONE);
    try (WebhookEngine before = WebhookEngine.on(TestDatabase.H2, url, secrets)) {
      before.deploy("gone.channel", channel);
      assertThat(before.send("POST", "gone", signature(sign("{}")), "{}").status()).isEqualTo(200);
    }
    try (WebhookEngine after = WebhookEngine.on(TestDatabase.H2, url, Map.of())) {
      assertThat(after.send("POST", "gone", signature(sign("{}")), "{}").status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "signature": "github" | signature is "github", wanted an object
          "signature": {"secret": "github"} | signature.scheme is missing, wanted one of github, hmac,
          "signature": {"scheme": "gitlab", "secret": "github"} | signature.scheme is "gitlab", wanted one of
          "signature": {"scheme": "github"} | signature.secret is missing, wanted the name of a secret
          "signature": {"scheme": "github", "secret": []} | signature.secret is of type array and does not fit
          "signature": {"scheme": "github", "secret": [7]} | signature.secret is of type array and does not fit
          "signature": {"scheme": "github", "secret": "github", "header": "X"} | signature.header is no property of scheme github
          "signature": {"scheme": "hmac", "secret": "github"} | signature.header is missing, wanted the name of an HTTP header
          "signature": {"scheme": "hmac", "secret": "github", "header": "a b"} | signature.header is of type string and does not fit
          "signature": {"scheme": "hmac", "secret": "github", "header": "X", "algorithm": "md5"} | signature.algorithm is "md5", wanted one of sha1, sha256
          "signature": {"scheme": "hmac", "secret": "github", "header": "X", "encoding": "hax"} | signature.encoding is "hax", wanted one of base64, hex
          "signature": {"scheme": "hmac", "secret": "github", "header": "X", "prefix": 7} | signature.prefix is of type number and does not fit
          "signature": {"scheme": "github", "secret": "hunter2"} | signature.secret names what is no usable secret
          "signature": {"scheme": "github", "secret": ["github", "hunter2"]} | signature.secret names what is no usable secret
          "signature": {"scheme": "github", "secret": "weak"} | signature.secret names what is no usable secret
          "signature": {"scheme": "github", "secret": "line"} | signature.secret names what is no usable secret
          "signature": {"scheme": "standard-webhooks", "secret": "github"} | signature.secret names what is no usable secret
          "authentication": {"type": "digest", "secret": "github"} | authentication.type is "digest", wanted one of api-key, basic, bearer
          "authentication": {"type": "basic", "secret": "github"} | authentication.username is missing
          "authentication": {"type": "basic", "secret": "github", "username": "a:b"} | authentication.username is of type string and does not fit
          "authentication": {"type": "bearer", "secret": "github", "username": "a"} | authentication.username is no property of type bearer
          "authentication": {"type": "api-key", "secret": "github"} | authentication.header is missing
          "authentication": {"type": "bearer", "secret": "hunter2"} | authentication.secret names what is no usable secret
          "authentication": {"type": "bearer", "secret": "weak"} | authentication.secret names what is no usable secret
          "authentication": {"type": "bearer", "secret": "line"} | authentication.secret names what is no usable secret
          "rateLimit": 5 | rateLimit is 5, wanted an object
          "rateLimit": {"limit": 0, "period": "PT1S"} | rateLimit.limit is of type number and does not fit, wanted an integer from 1
          "rateLimit": {"limit": 5} | rateLimit.period is missing
          "rateLimit": {"limit": 5, "period": "1s"} | rateLimit.period is of type string and does not fit
          "rateLimit": {"limit": 5, "period": "PT0S"} | rateLimit.period is of type string and does not fit
          "rateLimit": {"limit": 5, "period": "PT1S", "burst": 5} | rateLimit.burst is no property of rateLimit
          """)
  void whenPropertyIsWrongThenDeploymentFailsAndShowsNoSecret(String property, String message) {
    assertThatThrownBy(() -> deploy("wrong", "wrong", property + ", " + NONE))
        .isInstanceOf(FlowableIllegalArgumentException.class)
        .hasMessageStartingWith("wrong.channel: " + message)
        .message()
        .doesNotContain("hunter2");
  }

  private void deploy(String key, String path, String properties) {
    engine.deploy(key + ".channel", WebhookEngine.channel(key, path, properties));
  }

  private static String starts(String process) {
    return "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"%s\"}"
        .formatted(process);
  }

  private long count(String process) {
    return engine.runtime().createProcessInstanceQuery().processDefinitionKey(process).count();
  }

  private WebhookResponse answer(String path, Map<String, List<String>> headers, byte[] body) {
    return WebhookEndpoint.of(engine.engine)
        .answer(
            new WebhookRequest("POST", path, null, headers),
            body.length,
            new ByteArrayInputStream(body));
  }

  static Map<String, String> signature(String value) {
    return Map.of("x-hub-signature-256", value);
  }

  /** GitHub's signature of a body. */
  static String sign(String body) {
    return "sha256="
        + Hmac.SHA256_HEX.of(
            SECRET.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8));
  }
}
