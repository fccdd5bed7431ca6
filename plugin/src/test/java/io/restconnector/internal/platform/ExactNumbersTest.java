package io.restconnector.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.PlainEngines;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.stream.Stream;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What expressions read of JSON that comes back from the database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactNumbersTest {

  private static final String JSON =
      """
      {"decimal": 123456789012345678.125, "integer": 123456789012345678901234567890,
       "double": 1.5, "int": 7, "text": "1.10", "yes": true,
       "list": [1, 98765432109876543210.5], "1": 12345678901234567890123}
      """;

  private ProcessEngine engine;
  private String instance;

  @BeforeAll
  void start() {
    engine = PlainEngines.configuration().buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            "p.bpmn20.xml",
            Bpmn.process(
                "p",
                """
                <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/><userTask id="t"/>
                """))
        .deploy();
    Object json = JsonValues.toVariable(JsonText.parse(JSON));
    instance =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey("p", Map.of("json", EngineJson.toEngine(json)))
            .getId();
  }

  @AfterAll
  void close() {
    engine.close();
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        Arguments.of("json.decimal", new BigDecimal("123456789012345678.125")),
        Arguments.of("json.integer", new BigInteger("123456789012345678901234567890")),
        Arguments.of("json['1']", new BigInteger("12345678901234567890123")),
        Arguments.of("json.list[1]", new BigDecimal("98765432109876543210.5")),
        Arguments.of("json.double", 1.5),
        Arguments.of("json.text", "1.10"),
        Arguments.of("json.yes", true),
        Arguments.of("json.none", null));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void whenJsonHoldsANumberThenAnExpressionReadsEachDigit(
      String expression, @Nullable Object value) {
    Object read =
        engine
            .getManagementService()
            .executeCommand(
                context ->
                    CommandContextUtil.getProcessEngineConfiguration(context)
                        .getExpressionManager()
                        .createExpression("${" + expression + "}")
                        .getValue(
                            CommandContextUtil.getExecutionEntityManager(context)
                                .findById(instance)));

    assertThat(read).isEqualTo(value);
  }
}
