package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
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
        .withPropertyValues("spring.datasource.url=" + TestDatabase.H2.url())
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
                        "{\"amount\": 5}".getBytes(StandardCharsets.UTF_8));
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

              JsonNode explanation =
                  json(
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
                          null,
                          null));
              assertThat(explanation.path("status").isInt()).isFalse();
              assertThat(explanation.get("triggers").get(0).get("actions")).hasSize(1);
            });
  }

  private static final String PROCESS =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
        <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
          <serviceTask id="call" flowable:delegateExpression="${restGet}"><extensionElements>
            <flowable:field name="restUrl" expression="http://127.0.0.1:1/${id}"/>
          </extensionElements></serviceTask>
          <sequenceFlow sourceRef="call" targetRef="e"/><endEvent id="e"/></process></definitions>
      """;

  private static JsonNode json(@Nullable Object answer) {
    return JsonMapper.shared().valueToTree(answer);
  }

  private static JsonNode page(RestConnectorEndpoint endpoint, String what) {
    return json(endpoint.list(what, null, null, null, null, null, null));
  }

  private static @Nullable Object act(
      RestConnectorEndpoint endpoint, String what, @Nullable Long request) {
    return endpoint.act(what, request, null, null, null, null, null, null, null, null, null);
  }

  private static @Nullable Object task(RestConnectorEndpoint endpoint, String what) {
    return endpoint.act(
        what, null, null, null, null, null, "p", "call", Map.of("id", "7"), null, null);
  }

  @Test
  void whenOperationsAreCalledThenEachAnswersAsTheDocsSay() {
    runner()
        .withPropertyValues(
            "rest-connector.operations.actions=true", "rest-connector.journal.capture=bodies")
        .run(
            context -> {
              ProcessEngine engine = context.getBean(ProcessEngine.class);
              RestConnectorEndpoint endpoint = context.getBean(RestConnectorEndpoint.class);
              engine
                  .getRepositoryService()
                  .createDeployment()
                  .addString("paid.channel", CHANNEL)
                  .addString("p.bpmn20.xml", PROCESS)
                  .deploy();
              Webhooks.of(engine)
                  .answer(
                      "POST",
                      "paid/1",
                      Map.of("Content-Type", List.of("application/json")),
                      "{\"amount\": 5}".getBytes(StandardCharsets.UTF_8));

              JsonNode overview = json(endpoint.overview());
              assertThat(overview.propertyNames())
                  .containsExactlyInAnyOrder(
                      "endpoint",
                      "triggers",
                      "circuits",
                      "connections",
                      "shares",
                      "worker",
                      "early",
                      "authentications",
                      "egress",
                      "actions");
              assertThat(overview.at("/triggers/0/last/result").asString()).isEqualTo("refused");
              JsonNode request = page(endpoint, "requests").get("entries").get(0);
              assertThat(request.get("replayable").asBoolean()).isTrue();
              long id = request.get("id").asLong();
              assertThat(json(endpoint.entry("requests", id))).isEqualTo(request);
              assertThat(endpoint.entry("requests", 999)).isNull();
              assertThat(endpoint.entry("others", id)).isNull();

              JsonNode explained = json(act(endpoint, "explain", id));
              assertThat(explained.get("status").asInt()).isEqualTo(404);
              assertThat(explained.at("/triggers/0/checks/7/verdict").asString())
                  .isEqualTo("refused");
              assertThat(json(act(endpoint, "replay", id)).get("replayOf").asLong()).isEqualTo(id);

              assertThat(json(task(endpoint, "preview")).get("curl").asString())
                  .isEqualTo("curl -i -X GET 'http://127.0.0.1:1/7'");
              JsonNode sent = json(task(endpoint, "send"));
              assertThat(sent.get("code").asString()).isEqualTo("SERVICE_UNAVAILABLE");
              assertThat(sent.at("/outputs/restStatus").isNull()).isTrue();
              JsonNode call = page(endpoint, "calls").get("entries").get(0);
              assertThat(call.get("outcome").asString()).isEqualTo("ConnectionFailed");
              assertThat(call.get("duration").asString()).startsWith("PT");
              assertThat(json(endpoint.entry("calls", call.get("id").asLong()))).isEqualTo(call);
              assertThat(page(endpoint, "deadletters").get("total").asInt()).isZero();

              for (String wrong :
                  List.of("send", "explain", "replay", "retry", "deliver", "drop", "nothing")) {
                assertThatThrownBy(() -> act(endpoint, wrong, null))
                    .isInstanceOf(InvalidEndpointRequestException.class);
              }
              assertThatThrownBy(() -> act(endpoint, "replay", 999L))
                  .hasMessage("The journal has no request 999");
            });
  }

  private static final String EARLY =
      """
      {"key": "kept", "channelType": "inbound", "type": "webhook", "path": "kept",
       "early": {"keep": "PT1H"}, "action": {"type": "signal", "name": "later"}}
      """;

  @Test
  void whenAnEventCameEarlyThenItIsListedDeliveredAndDropped() {
    runner()
        .withPropertyValues("rest-connector.operations.actions=true")
        .run(
            context -> {
              ProcessEngine engine = context.getBean(ProcessEngine.class);
              RestConnectorEndpoint endpoint = context.getBean(RestConnectorEndpoint.class);
              engine
                  .getRepositoryService()
                  .createDeployment()
                  .addString("kept.channel", EARLY)
                  .deploy();
              Webhooks.of(engine).answer("POST", "kept", Map.of(), new byte[0]);

              JsonNode kept = page(endpoint, "kept").at("/entries/0");
              assertThat(kept.get("target").asString()).isEqualTo("later");
              long event = kept.get("id").asLong();
              // Busy while the connector itself still looks at the event.
              await()
                  .until(
                      () -> json(actOn(endpoint, "deliver", event)).get("delivery").asString(),
                      "NOT_TAKEN"::equals);
              assertThat(json(actOn(endpoint, "drop", event)).get("dropped").asBoolean()).isTrue();
              assertThat(page(endpoint, "kept").get("total").asInt()).isZero();
              assertThat(page(endpoint, "early").at("/entries").findValuesAsString("outcome"))
                  .containsExactly("Dropped", "Kept");
            });
  }

  private static @Nullable Object actOn(RestConnectorEndpoint endpoint, String what, long event) {
    return endpoint.act(what, null, null, null, null, null, null, null, null, null, event);
  }

  @Test
  void whenActionsAreNotAllowedThenWhatWouldChangeSomethingIsRefused() {
    runner()
        .run(
            context -> {
              RestConnectorEndpoint endpoint = context.getBean(RestConnectorEndpoint.class);
              assertThat(endpoint.overview().actions()).isFalse();
              for (String acting : List.of("send", "replay", "retry", "deliver", "drop")) {
                assertThatThrownBy(
                        () ->
                            endpoint.act(
                                acting, 0L, null, null, null, null, "p", "call", null, "1", 1L))
                    .isInstanceOf(InvalidEndpointRequestException.class)
                    .hasMessageContaining("rest-connector.operations.actions");
              }
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
