package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.internal.request.WebhookResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flowable.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Recipes of senders that ask first, send lists, or put JSON where it is not looked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChallengeRecipesTest {

  private static final Map<String, String> JSON = Map.of("content-type", "application/json");

  private final WebhookEngine engine = WebhookEngine.with(SignedRecipesTest.SECRETS);

  ChallengeRecipesTest() {
    RecipesTest.files()
        .forEach(file -> engine.deploy(file.getFileName().toString(), RecipesTest.read(file)));
    for (String process :
        List.of(
            "readMail",
            "decide",
            "build",
            "confirmSubscription",
            "handleOrder",
            "handleBounce",
            "readBlob")) {
      engine.deploy(
          process + ".bpmn20.xml",
          """
          <process id="%s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
          <userTask id="t"/></process>
          """
              .formatted(process));
    }
  }

  @AfterEach
  void endAll() {
    engine
        .runtime()
        .createProcessInstanceQuery()
        .list()
        .forEach(each -> engine.runtime().deleteProcessInstance(each.getId(), "test"));
    engine.configuration().getClock().reset();
  }

  @AfterAll
  void close() {
    engine.close();
  }

  static Stream<Arguments> questions() {
    return Stream.of(
        question("GET", "meta?hub.mode=subscribe&hub.challenge=1158201444", "", 404, ""),
        question(
            "GET",
            "meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=choose-a-token",
            "",
            200,
            "1158201444"),
        question(
            "GET",
            "meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=another",
            "",
            404,
            ""),
        question(
            "GET",
            "websub/blog?hub.mode=subscribe&hub.topic=https%3A%2F%2Fblog.example%2Ffeed"
                + "&hub.challenge=a%2Bb&hub.lease_seconds=864000",
            "",
            200,
            "a+b"),
        question("GET", "websub/blog?hub.mode=subscribe&hub.topic=x&hub.challenge=a", "", 404, ""),
        question(
            "GET",
            "websub/blog?hub.mode=denied&hub.topic=https%3A%2F%2Fblog.example%2Ffeed",
            "",
            404,
            ""),
        question(
            "POST",
            "graph?validationToken=Validation%3a+Testing+%c3%a9",
            "",
            200,
            "Validation: Testing é"));
  }

  private static Arguments question(
      String method, String path, String body, int status, String answer) {
    return Arguments.of(method, path, body, status, answer);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("questions")
  void whenASenderAsksForTextThenItIsTheBareTextAndNothingStarts(
      String method, String path, String body, int status, String expected) {
    WebhookResponse answer =
        engine.send(method, path, Map.of("content-type", "text/plain; charset=utf-8"), body);

    assertThat(answer.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(answer.contentType()).isEqualTo("text/plain");
      assertThat(WebhookEngine.text(answer)).isEqualTo(expected);
    }
    assertThat(keys()).isEmpty();
  }

  @Test
  void whenGraphNotifiesThenEachOfOurChangesStartsAProcess() {
    WebhookResponse answer =
        engine.send(
            "POST",
            "graph",
            JSON,
            """
            {"value": [
              {"clientState": "choose-a-state", "resource": "a", "resourceData": {"id": "m1"}},
              {"clientState": "forged", "resource": "b", "resourceData": {"id": "m2"}},
              {"clientState": "choose-a-state", "resource": "c", "resourceData": {"id": "m3"}}]}
            """);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(keys()).containsExactly("m1", "m3");
  }

  @Test
  void whenASlackButtonIsClickedThenItsFieldIsRead() {
    String payload =
        "{\"type\": \"block_actions\", \"user\": {\"id\": \"U1\"}, \"actions\": [{\"value\": \"7\"}]}";

    assertThat(form("slack-button", Map.of(), payload).status()).isEqualTo(200);
    assertThat(keys()).containsExactly("7");
    assertThat(form("slack-button", Map.of(), "{\"type\": \"view_closed\"}").status())
        .isEqualTo(404);
    assertThat(form("slack-button", Map.of(), "no JSON").status()).isEqualTo(400);
  }

  @Test
  void whenGitHubSendsAFormThenItsFieldIsRead() {
    WebhookResponse answer =
        form(
            "github-form",
            Map.of("x-github-event", "push"),
            "{\"ref\": \"refs/heads/main\", \"after\": \"6dcb09b\"}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(keys()).containsExactly("6dcb09b");
  }

  @Test
  void whenSnsSendsTextThenItIsReadAndTakenOnce() {
    String topic = "\"TopicArn\": \"arn:aws:sns:eu-central-1:123456789012:orders\"";

    assertThat(
            sns(
                    "SubscriptionConfirmation",
                    "{\"MessageId\": \"c1\", \"SubscribeURL\": \"https://h\", %s}",
                    topic)
                .status())
        .isEqualTo(200);
    assertThat(
            sns(
                    "SubscriptionConfirmation",
                    "{\"MessageId\": \"c2\", \"TopicArn\": \"other\"%s}",
                    "")
                .status())
        .isEqualTo(404);
    for (int i = 0; i < 2; i++) {
      assertThat(
              sns(
                      "Notification",
                      "{\"MessageId\": \"n1\", \"Message\": \"{\\\"id\\\": 7}\", %s}",
                      topic)
                  .status())
          .isEqualTo(200);
    }

    assertThat(keys()).containsExactly("c1", "n1");
  }

  private WebhookResponse sns(String type, String message, String topic) {
    return engine.send(
        "POST",
        "sns",
        Map.of("content-type", "text/plain; charset=UTF-8", "x-amz-sns-message-type", type),
        message.formatted(topic));
  }

  @Test
  void whenSendGridSendsAListThenEachBounceIsTakenOnce() {
    String list =
        """
        [{"event": "bounce", "sg_event_id": "1", "sg_message_id": "a", "email": "a@h"},
         {"event": "open", "sg_event_id": "2", "sg_message_id": "b"},
         {"event": "bounce", "sg_event_id": "3", "sg_message_id": "c", "email": "c@h"}]
        """;

    assertThat(engine.send("POST", "sendgrid", JSON, list).status()).isEqualTo(200);
    assertThat(engine.send("POST", "sendgrid", JSON, list).status()).isEqualTo(200);
    assertThat(engine.send("POST", "sendgrid", JSON, "[{\"event\": \"open\"}]").status())
        .isEqualTo(200);

    assertThat(keys()).containsExactly("a", "c");
  }

  @Test
  void whenACloudEventsSenderAsksThenItMaySendAndOthersMayNot() {
    WebhookResponse allowed =
        engine.send(
            "OPTIONS", "cloudevents", Map.of("webhook-request-origin", "events.example.com"), null);

    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.headers())
        .containsOnly(
            Map.entry("WebHook-Allowed-Origin", "events.example.com"),
            Map.entry("WebHook-Allowed-Rate", "120"));
    assertThat(
            engine
                .send(
                    "OPTIONS",
                    "cloudevents",
                    Map.of("webhook-request-origin", "evil.example"),
                    null)
                .status())
        .isEqualTo(404);
  }

  @Test
  void whenCloudEventsComeInAnyModeThenEachStartsAProcess() {
    String type = "com.example.order.placed";
    String event = "{\"specversion\": \"1.0\", \"type\": \"%s\", \"id\": \"%s\", \"data\": {}}";

    assertThat(
            engine
                .send(
                    "POST",
                    "cloudevents",
                    Map.of("content-type", "application/json", "ce-type", type, "ce-id", "b"),
                    "{\"amount\": 1}")
                .status())
        .isEqualTo(202);
    assertThat(
            engine
                .send(
                    "POST",
                    "cloudevents",
                    Map.of("content-type", "application/cloudevents+json; charset=utf-8"),
                    event.formatted(type, "s"))
                .status())
        .isEqualTo(202);
    assertThat(
            engine
                .send(
                    "POST",
                    "cloudevents",
                    Map.of("content-type", "application/cloudevents-batch+json"),
                    "[%s, %s, %s]"
                        .formatted(
                            event.formatted(type, "l1"),
                            event.formatted("other", "l2"),
                            event.formatted(type, "l3")))
                .status())
        .isEqualTo(202);

    assertThat(keys()).containsExactly("b", "l1", "l3", "s");
  }

  @Test
  void whenEventGridValidatesAndNotifiesThenTheCodeComesBackAndEachEventIsTakenOnce() {
    WebhookResponse answer =
        eventGrid("SubscriptionValidation", "[{\"data\": {\"validationCode\": \"512d38b6\"}}]");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(WebhookEngine.text(answer)).isEqualTo("{\"validationResponse\":\"512d38b6\"}");
    String list =
        """
        [{"id": "1", "eventType": "Microsoft.Storage.BlobCreated", "data": {"url": "https://h/1"}},
         {"id": "2", "eventType": "Microsoft.Storage.BlobCreated", "data": {"url": "https://h/2"}}]
        """;
    for (int i = 0; i < 2; i++) {
      assertThat(eventGrid("Notification", list).status()).isEqualTo(200);
    }
    assertThat(keys()).containsExactly("1", "2");
  }

  private WebhookResponse eventGrid(String type, String body) {
    return engine.send(
        "POST",
        "eventgrid",
        Map.of("content-type", "application/json; charset=utf-8", "aeg-event-type", type),
        body);
  }

  /** The values are of openssl dgst -sha256 -hmac zoom-secret. */
  @Test
  void whenZoomAsksThenOnlyASignedQuestionIsAnsweredWithTheHmac() {
    engine.configuration().getClock().setCurrentTime(Date.from(Instant.ofEpochSecond(1700000000)));
    String body =
        "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\"}}";
    String signature = "0d7bad9eb8299779748c9440448843f82ac0e1fd2068c96423074f56127dc6f4";

    WebhookResponse answer = zoom("v0=" + signature, body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(WebhookEngine.text(answer))
        .isEqualTo(
            "{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\",\"encryptedToken\":\"b17f0320a1322a509340a1a835b3d9edbc491f0b0790ed2d20d0604d39dfe922\"}");
    assertThat(zoom("v0=" + "0".repeat(64), body).status()).isEqualTo(401);
    assertThat(zoom("v0=" + signature, body.replace("qgg", "abc")).status()).isEqualTo(401);
  }

  private WebhookResponse zoom(String signature, String body) {
    return engine.send(
        "POST",
        "zoom",
        Map.of(
            "content-type",
            "application/json",
            "x-zm-signature",
            signature,
            "x-zm-request-timestamp",
            "1700000000"),
        body);
  }

  private WebhookResponse form(String path, Map<String, String> more, String payload) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("content-type", "application/x-www-form-urlencoded");
    return engine.send(
        "POST", path, headers, "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8));
  }

  private List<String> keys() {
    return engine.runtime().createProcessInstanceQuery().list().stream()
        .map(ProcessInstance::getBusinessKey)
        .sorted()
        .toList();
  }
}
