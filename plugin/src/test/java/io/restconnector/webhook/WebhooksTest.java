package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.Test;

class WebhooksTest {

  private static final byte[] NOTHING = new byte[0];

  @Test
  void whenARequestMatchesThenItsPathQueryHeadersAndBodyAreThose() {
    try (WebhookEngine engine = WebhookEngine.on(TestDatabase.H2)) {
      engine.deploy(
          "echo.channel",
          WebhookEngine.channel(
              "echo",
              "echo/{id}",
              """
              "method": "PUT", "action": {"type": "none"}, "status": 202, "body": {
                "id": "${pathVariables.id}", "query": "${params.q}",
                "header": "${headers['x-kind']}", "body": "${body.name}"}
              """));

      Webhooks.Answer answer =
          Webhooks.of(engine.engine)
              .answer(
                  "PUT",
                  "echo/A%2F1?q=b%20c",
                  Map.of("Content-Type", List.of("application/json"), "X-Kind", List.of("k")),
                  "{\"name\": \"ü\"}".getBytes(StandardCharsets.UTF_8));

      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
      assertThat(answer.body())
          .isEqualTo("{\"id\":\"A/1\",\"query\":\"b c\",\"header\":\"k\",\"body\":\"ü\"}");
    }
  }

  @Test
  void whenNothingMatchesThenTheSenderIsToldAsByTheServlet() {
    try (WebhookEngine engine = WebhookEngine.on(TestDatabase.H2)) {
      Webhooks.Answer answer =
          Webhooks.of(engine.engine).answer("POST", "nowhere", Map.of(), NOTHING);

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
    }
  }

  @Test
  void whenTheEngineHasNoConnectorThenItIsRefused() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration.setJdbcUrl("jdbc:h2:mem:noConnector");
    configuration.setEngineName("noConnector");
    configuration.setEnableConfiguratorServiceLoader(false);
    ProcessEngine engine = configuration.buildProcessEngine();
    try {
      assertThatThrownBy(() -> Webhooks.of(engine))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has no REST connector");
    } finally {
      engine.close();
    }
  }
}
