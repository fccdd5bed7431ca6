package io.restconnector.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.ByteArrayInputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AwaitedAnswerTest {

  /** Looks at a body from a condition. */
  public static final class Seen {
    private final AtomicReference<WeakReference<Object>> last = new AtomicReference<>();

    /** Always true. */
    public boolean body(Object body) {
      last.set(new WeakReference<>(body));
      return true;
    }
  }

  @Test
  void whenARequestWaitsForItsProcessThenNothingHoldsItsBody() {
    Seen seen = new Seen();
    try (WebhookEngine engine = WebhookEngine.on(TestDatabase.H2)) {
      engine.eventRegistry().getExpressionManager().setBeans(Map.of("seen", seen));
      engine.deploy(
          "p.bpmn20.xml",
          """
          <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
            <userTask id="t"/></process>
          """,
          "waits.channel",
          WebhookEngine.channel(
              "waits",
              "waits",
              """
              "condition": "${seen.body(body)}",
              "action": {"type": "startProcess", "processDefinitionKey": "p",
                "variables": {"v": "${body.a}"}},
              "respond": {"when": "ended", "within": "PT5M", "body": "${result}"}
              """));
      byte[] body = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);
      Reception reception =
          WebhookEndpoint.of(engine.engine)
              .receive(
                  new WebhookRequest(
                      "POST", "waits", null, Map.of("content-type", List.of("application/json"))),
                  body.length);
      WebhookResponse given = reception.answer(new ByteArrayInputStream(body));
      assertThat(given.status()).as(WebhookEngine.text(given)).isEqualTo(202);
      reception.close();

      try (AwaitedAnswer awaited = Objects.requireNonNull(reception.awaited())) {
        WeakReference<Object> parsed = Objects.requireNonNull(seen.last.get());
        await()
            .until(
                () -> {
                  System.gc();
                  return parsed.get() == null;
                });
        assertThat(awaited.ready()).isNotDone();
        assertThat(reception.isDecided()).isFalse(); // the container may hold it as long
      }
    }
  }
}
