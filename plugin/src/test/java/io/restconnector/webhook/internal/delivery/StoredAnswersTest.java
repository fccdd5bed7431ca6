package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import io.restconnector.spi.WebhookOutcome.Kind;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.Map;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.junit.jupiter.api.Test;

/** Headers and bodies of answers that deliveries keep. */
class StoredAnswersTest {

  private static WebhookResponse stored(String id, Answer answer) {
    CommandContextUtil.getDbSqlSession()
        .getSqlSession()
        .getMapper(DeduplicationMapper.class)
        .insert(id, new DeduplicationMapper.Row(0, 5L), "");
    StoredAnswers.update(id, answer);
    return StoredAnswers.find(id, answer.status());
  }

  @Test
  void whenAnAnswerIsStoredThenItIsFoundAsItIsSent() {
    try (Actions actions = new Actions()) {
      actions.engine.inTransaction(
          () -> {
            WebhookResponse whole =
                stored(
                    "whole",
                    new Answer(
                        201,
                        Map.of("X-A", "\u00e9\"", "Content-Type", "text/plain"),
                        JsonText.parse("\"\\u20ac\""),
                        true));
            assertThat(whole.status()).isEqualTo(201);
            assertThat(whole.headers()).isEqualTo(Map.of("X-A", "\u00e9\""));
            assertThat(whole.contentType()).isEqualTo("text/plain");
            assertThat(WebhookEngine.text(whole)).isEqualTo("\u20ac");

            WebhookResponse json =
                stored("json", new Answer(200, Map.of(), JsonText.parse("{\"a\": 1.50}"), false));
            assertThat(json.contentType()).isEqualTo("application/json");
            assertThat(WebhookEngine.text(json)).isEqualTo("{\"a\":1.50}");

            for (WebhookResponse empty :
                new WebhookResponse[] {
                  stored("empty", Answer.empty(202)), StoredAnswers.find("none", 202)
                }) {
              assertThat(empty.kind()).isEqualTo(Kind.FIRED);
              assertThat(empty.status()).isEqualTo(202);
              assertThat(empty.headers()).isEmpty();
              assertThat(empty.contentType()).isNull();
              assertThat(empty.body()).isEmpty();
            }
            return null;
          });
    }
  }
}
