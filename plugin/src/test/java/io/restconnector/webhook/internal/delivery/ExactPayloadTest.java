package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.Numbers;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Any JSON document reaches the process, and comes back from the database, to the digit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactPayloadTest {

  private static final int DOCUMENTS = 40;

  private final WebhookEngine engine = WebhookEngine.on(database());

  ExactPayloadTest() {
    engine.deploy(
        "exact.event",
        """
        {"key": "exact", "payload": [
          {"name": "all", "isFullPayload": true}, {"name": "field", "type": "json"},
          {"name": "named", "type": "json"}]}
        """,
        "exact.channel",
        WebhookEngine.channel(
            "exact",
            "exact",
            """
            "payload": {"named": {"in": ["${body.field}"]}}, "body": "${body}",
            """
                + DeliveryMatrix.event("exact")),
        "exact.bpmn20.xml",
        """
        <process id="exact"><startEvent id="s"><extensionElements>
        <flowable:eventType>exact</flowable:eventType>
        <flowable:eventOutParameter source="all" target="all"/>
        <flowable:eventOutParameter source="field" target="field"/>
        <flowable:eventOutParameter source="named" target="named"/>
        </extensionElements></startEvent>
        <sequenceFlow sourceRef="s" targetRef="t"/><userTask id="t"/></process>
        """);
  }

  TestDatabase database() {
    return TestDatabase.H2;
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @Test
  void whenADocumentHasAnyDecimalsThenEveryDigitIsThereAfterAReload() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < DOCUMENTS; i++) {
      String value = value(random, 0);
      String json = "{\"field\":" + value + "}";

      String answer = WebhookEngine.text(engine.post("exact", json));
      String id = engine.runtime().createProcessInstanceQuery().singleResult().getId();
      Object all = engine.runtime().getVariable(id, "all");
      Object named = engine.runtime().getVariable(id, "named");

      assertThat(numbers(answer)).describedAs("seed %d", seed).isEqualTo(numbers(json));
      assertThat(numbers(String.valueOf(all)))
          .describedAs("seed %d", seed)
          .isEqualTo(numbers(json));
      assertThat(numbers(String.valueOf(named)))
          .describedAs("seed %d", seed)
          .isEqualTo(numbers(json));
      if (value.startsWith("{") || value.startsWith("[")) {
        assertThat(numbers(String.valueOf(engine.runtime().getVariable(id, "field"))))
            .describedAs("seed %d", seed)
            .isEqualTo(numbers(json));
      }
      engine.runtime().deleteProcessInstance(id, "test");
    }
  }

  private static String value(Random random, int depth) {
    int kind = random.nextInt(depth > 3 ? 4 : 6);
    if (kind < 4) {
      return number(random).toString();
    }
    List<String> inside = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      inside.add((kind == 4 ? "\"n" + i + "\":" : "") + value(random, depth + 1));
    }
    String text = String.join(",", inside);
    return kind == 4 ? "{" + text + "}" : "[" + text + "]";
  }

  private static BigDecimal number(Random random) {
    BigInteger digits = new BigInteger(1 + random.nextInt(160), random);
    return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(60) - 20);
  }

  /** Each number of a document in its order, without trailing zeros. */
  private static List<BigDecimal> numbers(String json) {
    List<BigDecimal> numbers = new ArrayList<>();
    collect(Numbers.read(json), numbers);
    return numbers;
  }

  private static void collect(JsonNode node, List<BigDecimal> numbers) {
    if (node.isNumber()) {
      numbers.add(new BigDecimal(node.asString()).stripTrailingZeros());
    }
    node.values().forEach(child -> collect(child, numbers));
  }
}
