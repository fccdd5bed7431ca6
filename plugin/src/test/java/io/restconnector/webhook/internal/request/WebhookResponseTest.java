package io.restconnector.webhook.internal.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.WebhookOutcome.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as they are sent. */
class WebhookResponseTest {

  @Test
  void whenATriggerNamesAContentTypeThenItIsNoHeaderBesides() {
    WebhookResponse answer =
        WebhookResponse.fired(201, Map.of("content-TYPE", "text/plain", "X-A", "1"), "ü");

    assertThat(answer.contentType()).isEqualTo("text/plain");
    assertThat(answer.headers()).isEqualTo(Map.of("X-A", "1"));
    assertThat(answer.body()).isEqualTo("ü".getBytes(UTF_8));
    assertThat(WebhookResponse.fired(200, Map.of(), "{}").contentType())
        .isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205, 304})
  void whenAStatusHasNoBodyThenThereIsNone(int status) {
    WebhookResponse answer = WebhookResponse.fired(status, Map.of(), "{}");
    assertThat(answer.body()).isEmpty();
    assertThat(answer.contentType()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "400, 'Bad Request'",
    "413, 'Content Too Large'",
    "429, 'Too Many Requests'",
    "503, 'Service Unavailable'"
  })
  void whenARequestIsRefusedThenTheAnswerIsAProblem(int status, String title) {
    WebhookResponse answer = WebhookResponse.problem(Kind.FAILED, status, "Why.");
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo("{\"title\":\"%s\",\"status\":%d,\"detail\":\"Why.\"}".formatted(title, status));
  }

  @Test
  void whenAStatusHasNoTitleThenTheProblemHasNone() {
    assertThat(new String(WebhookResponse.problem(Kind.NOT_MATCHED, 299, "No.").body(), UTF_8))
        .isEqualTo("{\"status\":299,\"detail\":\"No.\"}");
  }
}
