package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.respond.AnswerStore;
import io.restconnector.webhook.internal.trigger.Evaluator;
import io.restconnector.webhook.internal.trigger.RequestScope;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trigger.Triggers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/** Answers of processes, from what the request has left of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessAnswersTest {

  private static final WebhookResponse ACCEPTED = WebhookResponse.fired(202, Map.of(), null);

  private final Actions actions = new Actions();
  private final AnswerStore store = AnswerStore.install(actions.engine.configuration());
  private final ProcessAnswers answers =
      new ProcessAnswers(
          store, actions.engine.eventRegistry().getExpressionManager(), name -> Secret.of("s"));

  ProcessAnswersTest() {
    actions.engine.deploy("p.bpmn20.xml", Actions.started("p", ""));
  }

  @AfterAll
  void close() {
    store.close();
    actions.close();
  }

  private static PlannedAnswer.OfProcess planned(String respond) throws Exception {
    Trigger trigger =
        Triggers.read(
            "'respond': {'when': 'ended', 'within': 'PT1S', 'status': 201, %s}, 'action': {'type': 'startProcess', 'processDefinitionKey': 'p'}"
                .formatted(respond));
    RequestScope request = Triggers.request(JsonText.parse("{\"n\": 1.5}"));
    return (PlannedAnswer.OfProcess)
        PlannedAnswer.of(trigger, new Evaluator(trigger, request, request));
  }

  private @Nullable WebhookResponse find(String id) {
    return answers.find(id, ACCEPTED, false);
  }

  @Test
  void whenNothingWasStartedThenTheResultHasNoInstance() {
    ObjectNode one = (ObjectNode) JsonText.parse("{\"id\": \"1\"}");
    ObjectNode two = (ObjectNode) JsonText.parse("{\"id\": \"2\"}");

    assertThat(ProcessAnswers.result(List.of()))
        .hasToString("{\"instances\":[],\"instance\":null}");
    assertThat(ProcessAnswers.result(List.of(one, two)))
        .hasToString("{\"instances\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"instance\":{\"id\":\"1\"}}");
  }

  @Test
  void whenTheInstanceEndsThenTheAnswerIsMadeOfItOnceAndStays() throws Exception {
    String instance = actions.start("", "p", "key");
    PlannedAnswer.OfProcess planned =
        planned(
            "'body': {'n': '${body.n}', 'key': '${result.instance.businessKey}', 'ended':"
                + " '${result.instance.ended}'}, 'answerHeaders': {'X-Key': '${result.instance.businessKey}'}");
    String id =
        actions.engine.inTransaction(
            () -> answers.add(planned, instance, List.of(), Duration.ZERO));
    assertThat(find("none")).isNull();
    assertThat(find(id)).isSameAs(ACCEPTED);

    actions.engine.runtime().deleteProcessInstance(instance, "test");

    for (int i = 0; i < 2; i++) { // made, and then read
      WebhookResponse answer = Objects.requireNonNull(find(id));
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.headers()).isEqualTo(Map.of("X-Key", "key"));
      assertThat(answer.contentType()).isEqualTo("application/json");
      assertThat(WebhookEngine.text(answer))
          .isEqualTo("{\"n\":1.5,\"key\":\"key\",\"ended\":true}");
    }
  }

  @Test
  void whenTheAnswerCannotBeMadeThenTheRefusalIsTheAnswer() throws Exception {
    String instance = actions.start("", "p", "a\nb");
    PlannedAnswer.OfProcess planned =
        planned("'answerHeaders': {'X-Key': '${result.instance.businessKey}'}");
    String id =
        actions.engine.inTransaction(
            () -> answers.add(planned, instance, List.of(), Duration.ZERO));
    actions.engine.runtime().deleteProcessInstance(instance, "test");

    for (int i = 0; i < 2; i++) {
      WebhookResponse answer = Objects.requireNonNull(find(id));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.problem()).contains("respond.answerHeaders.X-Key of trigger k");
    }
  }

  @Test
  void whenSeveralInstancesWereStartedThenTheFirstIsAsItIsWhenItAnswers() throws Exception {
    String instance = actions.start("", "p", "now");
    ObjectNode then = (ObjectNode) JsonText.parse("{\"id\": \"x\", \"businessKey\": \"then\"}");
    ObjectNode other = (ObjectNode) JsonText.parse("{\"id\": \"y\", \"businessKey\": \"other\"}");
    PlannedAnswer.OfProcess planned =
        planned("'body': '${result.instances[0].businessKey} ${result.instances[1].businessKey}'");
    String id =
        actions.engine.inTransaction(
            () -> answers.add(planned, instance, List.of(then, other), Duration.ZERO));
    actions.engine.runtime().deleteProcessInstance(instance, "test");

    assertThat(WebhookEngine.text(Objects.requireNonNull(find(id)))).isEqualTo("\"now other\"");
  }
}
