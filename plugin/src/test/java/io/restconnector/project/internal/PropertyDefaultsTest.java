package io.restconnector.project.internal;

import static io.restconnector.project.internal.ProjectResources.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.call.internal.TaskEngine;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.internal.platform.EngineJson;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.bpmn.model.FlowableListener;
import org.flowable.bpmn.model.Process;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.ExecutionListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that a process gives its variables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PropertyDefaultsTest {

  /** What expressions call. */
  @SuppressWarnings("DoNotCallSuggester") // only expressions do
  public static final class Shop implements Serializable {
    private static final long serialVersionUID = 1;

    public String sold() {
      throw new BpmnError("SOLD");
    }
  }

  private final LoggedEvents log = LoggedEvents.of(PropertyDefaults.class);
  private TaskEngine engine;

  @BeforeAll
  void start() {
    engine = new TaskEngine();
  }

  @AfterAll
  void stop() {
    engine.close();
    log.close();
  }

  /** A process with properties: name, type and JSON by turns. */
  private static Process process(String... namesTypesAndValues) {
    Map<String, Property> properties = new LinkedHashMap<>();
    for (int i = 0; i < namesTypesAndValues.length; i += 3) {
      String name = namesTypesAndValues[i];
      properties.put(
          name, new Property(name, namesTypesAndValues[i + 1], json(namesTypesAndValues[i + 2])));
    }
    Process process = new Process();
    process.setId("p");
    FlowableListener own = new FlowableListener();
    own.setEvent(ExecutionListener.EVENTNAME_START);
    process.getExecutionListeners().add(own);
    PropertyDefaults.add(
        process, new ProcessExtensions("f", false, properties, Map.of(), Map.of()));
    return process;
  }

  /** The variables once the properties have their defaults. */
  private Map<String, Object> started(Map<String, Object> variables, String... properties) {
    log.clear();
    FlowableListener listener = process(properties).getExecutionListeners().get(0);
    Map<String, Object> after =
        new HashMap<>(
            engine.in(
                "",
                variables,
                execution -> ((PropertyDefaults) listener.getInstance()).notify(execution)));
    after.replaceAll((name, value) -> EngineJson.fromEngine(value));
    return after;
  }

  @Test
  void whenPropertiesHaveDefaultsThenAListenerStandsBeforeThoseOfTheProcess() {
    List<FlowableListener> listeners = process("a", "string", "'x'").getExecutionListeners();

    assertThat(listeners).hasSize(2);
    assertThat(listeners.get(0).getInstance()).isInstanceOf(PropertyDefaults.class);
    assertThat(listeners.get(0).getEvent()).isEqualTo(ExecutionListener.EVENTNAME_START);
    assertThat(listeners.get(0).getImplementationType()).isEqualTo("instance");
  }

  @ParameterizedTest
  @CsvSource({"integer, null", "integer, \"' '\"", "json, null"})
  void whenNoPropertyHasADefaultThenThereIsNoListener(String type, String value) {
    assertThat(process("a", type, value.replace("\"", "")).getExecutionListeners()).hasSize(1);
    assertThat(process().getExecutionListeners()).hasSize(1);
  }

  @Test
  void whenAVariableIsThereThenItStaysThoughItIsNull() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("a", "given");
    variables.put("b", null);

    assertThat(started(variables, "a", "string", "'x'", "b", "string", "'x'", "c", "string", "'x'"))
        .containsEntry("a", "given")
        .containsEntry("b", null)
        .containsEntry("c", "x");
  }

  @Test
  void whenADefaultNeedsAnotherThenThoseWithoutExpressionsAreThereBefore() {
    assertThat(
            started(
                Map.of("who", "ada"),
                "first",
                "string",
                "'${last}-${who}'",
                "second",
                "string",
                "'${first}!'",
                "last",
                "string",
                "'z'"))
        .containsEntry("first", "z-ada")
        .containsEntry("second", "z-ada!")
        .containsEntry("last", "z");
    assertThat(log.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "integer | 'x' | text that is no integer",
        "integer | '${who}' | text that is no integer",
        "string | '${none.name}' | the expression ${none.name}",
        "boolean | {'a': 1} | JSON that is no boolean",
      })
  void whenADefaultCannotBeUsedThenItsVariableIsNullAndThatIsTold(
      String type, String value, String why) {
    Map<String, Object> after =
        started(Map.of("who", "geheim"), "a", type, value, "b", "string", "'${1 + 1}'");

    assertThat(after).containsEntry("a", null).containsEntry("b", "2");
    assertThat(log.messages())
        .singleElement()
        .asString()
        .startsWith("Process 'p': the variable 'a' of instance ")
        .contains(" is null, since its value is " + why)
        .doesNotContain("geheim");
  }

  @Test
  void whenTheApplicationRaisesAnErrorThenItIsNotSwallowed() {
    assertThatExceptionOfType(BpmnError.class)
        .isThrownBy(() -> started(Map.of("shop", new Shop()), "a", "string", "'${shop.sold()}'"))
        .extracting(BpmnError::getErrorCode)
        .isEqualTo("SOLD");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'x' | ",
        "5 | ",
        "'${a}' | ${a}",
        "'of ${a} and ${b}' | ${a} ${b}",
        "{'x': ['${a}', {'y': '${b}'}]} | ${a} ${b}",
        "'{\\\"x\\\": \\\"${a}\\\"}' | ${a}",
      })
  void whenAPropertyHasExpressionsThenTheyAreFoundWhereverTheyStand(String value, String found) {
    assertThat(
            String.join(" ", PropertyDefaults.expressions(new Property("p", "json", json(value)))))
        .isEqualTo(Objects.toString(found, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "json | {'a': '${quoted}'} | {\"a\":\"x\\\"y\"}",
        "json | '{\\\"a\\\": \\\"${quoted}\\\"}' | {\"a\":\"x\\\"y\"}",
        "string | '{\\\"a\\\": \\\"${quoted}\\\"}' | {\"a\":\"x\\\"y\"}",
        "string | 'a ${quoted}' | a x\"y",
        "integer | '${number}' | 7",
        "json | '${evil}' | ${1 + 1}",
      })
  void whenADefaultIsEvaluatedThenNoValueLeavesItsPlace(
      String type, String value, String expected) {
    engine.in(
        "",
        Map.of("quoted", "x\"y", "number", 7, "evil", "${1 + 1}"),
        execution ->
            assertThat(
                    String.valueOf(
                        PropertyDefaults.evaluated(
                            new Property("p", type, json(value)), execution)))
                .isEqualTo(expected));
  }
}
