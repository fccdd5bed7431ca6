package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.journal.Explanation;
import io.restconnector.webhook.Webhooks;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.flowable.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RestConnectorEndpointTest {

  private static final String CHANNEL =
      """
      {"key": "paid", "channelType": "inbound", "type": "webhook", "path": "paid/{id}",
       "condition": "${body.amount > 5}", "action": {"type": "none"}}
      """;

  private static ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withPropertyValues(
            "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
        .withUserConfiguration(Application.class);
  }

  @EnableAutoConfiguration
  static class Application {}

  @Test
  void whenARequestWasRefusedThenTheEndpointTellsWhyAsJson() {
    runner()
        .run(
            context -> {
              ProcessEngine engine = context.getBean(ProcessEngine.class);
              engine
                  .getRepositoryService()
                  .createDeployment()
                  .addString("paid.channel", CHANNEL)
                  .deploy();
              for (int i = 0; i < 3; i++) {
                Webhooks.of(engine)
                    .answer(
                        "POST",
                        "paid/" + i,
                        Map.of("Content-Type", List.of("application/json")),
                        "{\"amount\": 5}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
              }
              RestConnectorEndpoint endpoint = context.getBean(RestConnectorEndpoint.class);

              JsonNode page =
                  JsonMapper.shared()
                      .valueToTree(endpoint.list("requests", null, null, "paid", null, 1, 2));
              assertThat(page.get("total").asInt()).isEqualTo(3);
              assertThat(page.get("entries")).hasSize(1);
              JsonNode oldest = page.get("entries").get(0);
              assertThat(oldest.get("path").asString()).isEqualTo("paid/0");
              assertThat(oldest.get("outcome").asString()).isEqualTo("NotMatched");
              JsonNode trigger = oldest.get("triggers").get(0);
              assertThat(trigger.get("check").asString()).isEqualTo("CONDITION");
              assertThat(trigger.get("reason").asString()).isEqualTo("the condition is false");

              assertThat(
                      Objects.requireNonNull(
                              endpoint.list("calls", null, null, null, null, null, null))
                          .total())
                  .isZero();
              assertThat(endpoint.list("others", null, null, null, null, null, null)).isNull();
              JsonNode overview = JsonMapper.shared().valueToTree(endpoint.overview());
              assertThat(overview.get("triggers").get(0).get("path").asString())
                  .isEqualTo("/rest-connector/events/paid/{id}");
              assertThat(overview.get("worker").get("takesJobs").asBoolean()).isTrue();

              Explanation explanation =
                  (Explanation)
                      Objects.requireNonNull(
                          endpoint.act(
                              "explain",
                              null,
                              "POST",
                              "paid/1",
                              Map.of("Content-Type", "application/json"),
                              "{\"amount\": 6}",
                              null,
                              null,
                              null,
                              null));
              assertThat(explanation.status()).isNull();
              assertThat(explanation.triggers().get(0).actions()).hasSize(1);
            });
  }

  @Test
  void whenTheApplicationHasNoActuatorOrAnEndpointOfItsOwnThenThereIsNone() {
    runner()
        .withClassLoader(new FilteredClassLoader(Endpoint.class))
        .run(context -> assertThat(context).doesNotHaveBean("restConnectorEndpoint"));
    runner()
        .withBean("restConnectorEndpoint", String.class, () -> "mine")
        .run(context -> assertThat(context).doesNotHaveBean(RestConnectorEndpoint.class));
  }
}
