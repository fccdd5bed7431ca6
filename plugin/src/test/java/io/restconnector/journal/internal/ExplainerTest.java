package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnector;
import io.restconnector.journal.Explanation;
import io.restconnector.journal.SampleRequest;
import io.restconnector.journal.TriggerState;
import io.restconnector.spi.Secret;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.webhook.WebhookEngine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainerTest {

  private WebhookEngine engine;

  @BeforeAll
  void start() {
    engine = WebhookEngine.with(Map.of("key", Secret.of("open sesame")));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  private Explanation explain(String target, String json) {
    return RestConnector.of(engine.engine)
        .explain(
            new SampleRequest(
                "POST",
                target,
                Map.of("Content-Type", List.of("application/json")),
                json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whenARequestIsExplainedThenTheVerdictIsThatOfTheEndpointAndNothingHappens() {
    engine.deploy(
        "start.channel",
        WebhookEngine.channel(
            "start",
            "start/{id}",
            "\"rateLimit\": {\"limit\": 1, \"period\": \"PT1H\"},"
                + " \"deduplication\": {\"key\": \"${body.id}\"},"
                + " \"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"p\","
                + " \"variables\": {\"amount\": \"${body.amount}\", \"key\": \"open sesame\"}}"),
        "p.bpmn20.xml",
        "<process id=\"p\"><startEvent id=\"s\"/><sequenceFlow sourceRef=\"s\" targetRef=\"t\"/>"
            + "<userTask id=\"t\"/></process>");
    String json = "{\"id\": \"d-1\", \"amount\": 5}";

    for (int i = 0; i < 3; i++) {
      Explanation explanation = explain("start/A-1", json);
      assertThat(explanation.status()).isNull();
      Explanation.Trigger trigger = explanation.triggers().get(0);
      assertThat(trigger.checks()).hasSize(8).allMatch(each -> each.verdict().equals("passed"));
      Explanation.Action action = trigger.actions().get(0);
      assertThat(action.type()).isEqualTo("startProcess");
      assertThat(action.target()).isEqualTo("p");
      assertThat(action.values())
          .extractingFromEntries(each -> each.getKey() + "=" + each.getValue())
          .containsExactlyInAnyOrder("amount=5", "key=\"***\"");
      assertThat(action.starts()).hasSize(1).allMatch(each -> each.startsWith("p:1:"));
      assertThat(action.wakes()).isEmpty();
      assertThat(action.subscriptions()).isNull();
    }
    assertThat(engine.runtime().createProcessInstanceQuery().count()).isZero();
    assertThat(RestConnector.of(engine.engine).journal().requests()).isEmpty();

    // Neither the rate nor the deduplication has counted them.
    engine.post("start/A-1", json);
    assertThat(engine.runtime().createProcessInstanceQuery().count()).isEqualTo(1);
    Explanation limited = explain("start/A-1", json);
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.triggers().get(0).checks().get(2).check()).isEqualTo(Check.RATE_LIMIT);
    assertThat(limited.triggers().get(0).checks().get(2).verdict()).isEqualTo("refused");
    assertThat(limited.triggers().get(0).checks().get(3).verdict()).isEqualTo("notReached");
    assertThat(limited.triggers().get(0).actions()).isEmpty();
  }

  @Test
  void whenARequestWouldBeRefusedThenStatusAndReasonAreTold() {
    engine.deploy(
        "signed.channel",
        WebhookEngine.channel(
            "signed",
            "signed",
            "\"signature\": {\"scheme\": \"github\", \"secret\": \"key\"},"
                + " \"action\": {\"type\": \"none\"}"));

    Explanation explanation = explain("signed", "{}");
    assertThat(explanation.status()).isEqualTo(401);
    assertThat(explanation.triggers().get(0).checks())
        .contains(
            new Explanation.Check(
                Check.SIGNATURE, "refused", "header x-hub-signature-256 is missing"));
    assertThat(explain("nowhere", "{}").status()).isEqualTo(404);
    assertThat(explain("%zz", "{}").status()).isEqualTo(400);
  }

  @Test
  void whenTriggersAreListedThenEachTellsWhereItIsAndWhyItDoesNotWork() {
    engine.deploy(
        "listed.channel",
        WebhookEngine.channel(
            "listed", "listed/{id}", "\"method\": \"PUT\", \"action\": {\"type\": \"none\"}"));

    assertThat(RestConnector.of(engine.engine).triggers())
        .contains(
            new TriggerState(
                "listed",
                "",
                "/rest-connector/events/listed/{id}",
                null,
                List.of("PUT"),
                true,
                null,
                "curl -i -X PUT 'http://localhost:8080/rest-connector/events/listed/{id}'"
                    + " -H 'content-type: application/json' --data-raw '{}'",
                null));
  }
}
