package io.restconnector.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.spi.WebhookOutcome.Kind;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request from its head to its answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceptionTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final WebhookEngine engine =
      WebhookEngine.with(WebhookSettings.defaults().withBodyTimeout(TIMEOUT));
  private final WebhookEndpoint endpoint = WebhookEndpoint.of(engine.engine);

  ReceptionTest() {
    engine.deploy(
        "open.channel",
        WebhookEngine.channel(
            "open", "open", "\"method\": \"POST\", \"action\": {\"type\": \"none\"}"),
        "failing.channel",
        WebhookEngine.channel(
            "failing",
            "failing",
            "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"failing\"}"),
        "failing.bpmn20.xml",
        """
        <process id="failing"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <serviceTask id="t" flowable:expression="${missing.bean}"/></process>
        """);
  }

  @AfterAll
  void close() {
    engine.close();
  }

  private Reception receive(String method, String path, long length) {
    return endpoint.receive(
        new WebhookRequest(method, path, null, Map.of("content-type", List.of("application/json"))),
        length);
  }

  private static InputStream json(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, open,   2,       false, 200, FIRED",
    "GET,  open,   2,       true,  404, NOT_MATCHED",
    "POST, none,  -1,       true,  404, NOT_MATCHED",
    "POST, open,   1048577, true,  413, TOO_LARGE",
    "POST, a%,     2,       true,  400, BAD_REQUEST"
  })
  void whenTheHeadDecidesThenTheBodyIsNotNeededAndWaitedForShortly(
      String method, String path, long length, boolean isDecided, int status, Kind kind) {
    try (Reception reception = receive(method, path, length)) {
      assertThat(reception.isDecided()).isEqualTo(isDecided);
      assertThat(reception.bodyTimeout()).isEqualTo(isDecided ? Duration.ofSeconds(1) : TIMEOUT);
      assertThat(reception.lingering()).isEqualTo(Duration.ofSeconds(5));
      assertThat(reception.memoryTimeout()).isEqualTo(TIMEOUT);

      WebhookResponse answer = reception.answer(json("{}"));

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.kind()).isEqualTo(kind);
      assertThat(reception.awaited()).isNull();
    }
  }

  @Test
  void whenTheBodyDoesNotComeThenTheRefusalIsTheAnswerUnlessTheHeadHasDecided() throws IOException {
    try (Reception open = receive("POST", "open", 2);
        Reception decided = receive("POST", "none", 2)) {
      assertThat(open.refuse(RefusedException.timedOut()).status()).isEqualTo(408);
      assertThat(decided.refuse(RefusedException.timedOut()).status()).isEqualTo(404);
    }
    try (Reception cut = receive("POST", "open", 5)) {
      InputStream closed = InputStream.nullInputStream();
      closed.close();
      assertThat(cut.answer(closed).status()).isEqualTo(400);
    }
  }

  @Test
  void whenWhatFollowsFailsThenTheAnswerTellsNothingOfItAndTheLogDoes() {
    try (LoggedEvents log = LoggedEvents.of(WebhookEndpoint.class).alone();
        Reception reception = receive("POST", "failing", 2)) {
      WebhookResponse answer = reception.answer(json("{}"));

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.kind()).isEqualTo(Kind.FAILED);
      assertThat(WebhookEngine.text(answer))
          .contains("The request failed, and nothing of it is stored.")
          .doesNotContain("missing");
      assertThat(log.messages())
          .anyMatch(
              each -> each.contains("the triggers [failing] failed; nothing of it is committed"));
    }
  }

  @Test
  void whenARequestIsClosedThenItsMemoryIsFree() throws Exception {
    Reception reception = receive("POST", "open", 2);
    reception.permit().get(30, TimeUnit.SECONDS);
    reception.close();
    try (Reception next = receive("POST", "open", 2)) {
      assertThat(next.permit().get(30, TimeUnit.SECONDS)).isNotNull();
    }
  }
}
