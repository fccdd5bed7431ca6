package io.restconnector.webhook.internal.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What an answer may tell of an instance. */
class InstanceStateTest {

  @Test
  void whenAnInstanceIsSeenThenItHasItsVariablesAndWhatHasNoJsonFormIsLeftOut() {
    try (WebhookEngine engine = WebhookEngine.on(TestDatabase.H2)) {
      engine.deploy(
          "p.bpmn20.xml",
          """
          <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
          <userTask id="t"/></process>
          """);
      Map<String, Object> variables = new HashMap<>();
      variables.put("b", "text");
      variables.put("a", 1);
      variables.put("none", null);
      variables.put("noJson", new NoJson());
      String id =
          engine
              .runtime()
              .createProcessInstanceBuilder()
              .processDefinitionKey("p")
              .businessKey("key")
              .variables(variables)
              .transientVariable("transient", "t")
              .start()
              .getId();

      ObjectNode state =
          engine.inTransaction(
              () -> {
                var instance =
                    Objects.requireNonNull(
                        engine.configuration().getExecutionEntityManager().findById(id));
                instance.setTransientVariable("transient", "t");
                return InstanceState.of(instance);
              });

      assertThat(state.toString())
          .isEqualTo(
              "{\"id\":\"%s\",\"businessKey\":\"key\",\"definitionKey\":\"p\",\"ended\":false,"
                      .formatted(id)
                  + "\"variables\":{\"a\":1,\"b\":\"text\",\"none\":null}}");
      boolean isEnded =
          engine.inTransaction(
              () -> {
                var instance =
                    Objects.requireNonNull(
                        engine.configuration().getExecutionEntityManager().findById(id));
                engine.runtime().deleteProcessInstance(id, "test");
                return InstanceState.of(instance).path("ended").booleanValue();
              });
      assertThat(isEnded).isTrue();
    }
  }

  @Test
  void whenAStateIsKeptAsTextThenItIsReadAsItWasHoweverDeepItsVariablesAre() {
    ObjectNode state =
        (ObjectNode)
            JsonText.parse("{\"id\": \"i\", \"variables\": {\"n\": 1.50, \"t\": \"\\u20ac\"}}");
    // As deep as one can be read: in another tree it would be too deep.
    ((ObjectNode) state.path("variables"))
        .set("deep", JsonText.parse("[".repeat(500) + "]".repeat(500)));

    String text = InstanceState.text(state);

    assertThat(text).matches("\\p{ASCII}*");
    assertThat(InstanceState.parse(text)).isEqualTo(state);
    assertThat(state.path("variables").path("n").isNumber()).isTrue(); // the state itself stays
  }

  private static final class NoJson implements Serializable {
    private static final long serialVersionUID = 1;
  }
}
