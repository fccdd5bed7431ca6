package io.restconnector.project.internal;

import static io.restconnector.project.internal.ProjectResources.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.restconnector.call.internal.Inputs;
import io.restconnector.call.internal.OutputVariables;
import io.restconnector.call.internal.OutputWriter;
import io.restconnector.call.internal.RestAction;
import io.restconnector.project.internal.Mapping.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.common.engine.impl.el.VariableContainerWrapper;
import org.flowable.engine.impl.persistence.entity.ExecutionEntityImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no engine of it; ProjectDeployerTest has the rest. */
class MappedTaskTest {

  private static final ExecutionEntityImpl EXECUTION =
      ExecutionEntityImpl.createWithEmptyRelationshipCollections();

  private static Mapping mapping(Kind kind, String value) {
    return new Mapping(kind, json(value));
  }

  private static MappedTask inputs(Map<String, Mapping> inputs, String... constants) {
    return new MappedTask(
        RestAction.GET,
        new ActivityMapping(false, false, inputs, Map.of()),
        ProjectResources.files(constants),
        Map.of(),
        List.of());
  }

  private static MappedTask outputs(
      RestAction action, @Nullable Map<String, Mapping> outputs, String... properties) {
    Map<String, Property> declared = new LinkedHashMap<>();
    for (String each : properties) {
      String name = each.substring(0, each.indexOf(' '));
      declared.put(
          name, new Property(name, each.substring(each.indexOf(' ') + 1), json("{'n':1}")));
    }
    return new MappedTask(
        action,
        new ActivityMapping(false, outputs == null, Map.of(), outputs == null ? Map.of() : outputs),
        Map.of(),
        declared,
        List.of("responseHeaders"));
  }

  private static Map<String, @Nullable Object> written(MappedTask task) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    given.put("restStatus", 200);
    given.put("restResult", "r");
    given.put("restResponseHeaders", json("{'a':'b'}"));
    OutputVariables variables =
        new OutputVariables(given, new VariableContainerWrapper(Map.of("v", "{\"w\":1}")));
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    for (OutputWriter.Output output : task.outputs()) {
      written.put(output.name(), output.value().apply(variables));
    }
    return written;
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "' '"})
  void whenAConstantIsNothingThenTheMappingCounts(String constant) {
    MappedTask task =
        inputs(Map.of("timeout", mapping(Kind.STATIC_VALUE, "5")), "timeout", constant);

    assertThat(Objects.requireNonNull(task.find("timeout", EXECUTION)).value()).isEqualTo(5L);
    assertThat(inputs(Map.of(), "timeout", constant).find("timeout", EXECUTION)).isNull();
  }

  @Test
  void whenThereIsAConstantThenItComesBeforeTheMappingAndIsData() {
    MappedTask task =
        inputs(Map.of("restUrl", mapping(Kind.STATIC_VALUE, "'x'")), "restUrl", "'${a}'");
    Inputs.Input input = Objects.requireNonNull(task.find("restUrl", EXECUTION));

    assertThat(input.value()).isEqualTo("${a}");
    assertThat(input.evaluator()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "VALUE        | '{\\\"a\\\":\\\"${b}\\\"}' | true",
        "VALUE        | {'a':'${b}'}               | true",
        "VALUE        | 5                          | false",
        "VALUE        | 'text'                     | false",
        "STATIC_VALUE | {'a':'${b}'}               | false",
        "STATIC_VALUE | '${b}'                     | false",
      })
  void whenAValueIsMappedThenOnlyATemplateIsEvaluated(Kind kind, String value, boolean evaluated) {
    Inputs.Input input =
        Objects.requireNonNull(
            inputs(Map.of("requestHeaders", mapping(kind, value)))
                .find("requestHeaders", EXECUTION));

    assertThat(input.evaluator() != null).isEqualTo(evaluated);
  }

  @Test
  void whenTheActionDoesNotReadAnInputThenThereIsNone() {
    MappedTask task =
        inputs(
            Map.of(
                "requestPayload", mapping(Kind.VALUE, "5"), "timeout", mapping(Kind.VALUE, "''")),
            "poll",
            "5");

    assertThat(task.find("requestPayload", EXECUTION)).isNull();
    assertThat(task.find("poll", EXECUTION)).isNull();
    assertThat(task.find("timeout", EXECUTION)).isNull();
    assertThat(task.find("restUrl", EXECUTION)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | false", "'' | false", "false | false", "' FALSE ' | false",
        "true | true", "'no' | true", "0 | true", "{} | true"
      })
  void whenTheBreakerIsMappedThenItIsOnForAnythingButFalse(String value, boolean isOn) {
    MappedTask task = inputs(Map.of("circuitBreaker", mapping(Kind.STATIC_VALUE, value)));

    assertThat(Objects.requireNonNull(task.find("circuitBreaker", EXECUTION)).value())
        .isEqualTo(isOn);
    assertThat(Objects.requireNonNull(inputs(Map.of()).find("circuitBreaker", EXECUTION)).value())
        .isEqualTo(false);
  }

  @Test
  void whenAllOutputsAreMappedThenThoseWithAPropertyAreWrittenWithItsType() {
    assertThat(
            written(
                outputs(
                    RestAction.GET,
                    null,
                    "restStatus string",
                    "responseHeaders json",
                    "restResponseHeaders json",
                    "other json")))
        .containsExactly(entry("responseHeaders", json("{'a':'b'}")), entry("restStatus", "200"));
  }

  @Test
  void whenOutputsAreMappedThenThoseThatAreThereAreWritten() {
    Map<String, Mapping> mappings = new LinkedHashMap<>();
    mappings.put("status", mapping(Kind.VARIABLE, "'restStatus'"));
    mappings.put("headers", mapping(Kind.VARIABLE, "'responseHeaders'"));
    mappings.put("none", mapping(Kind.VARIABLE, "'none'"));
    mappings.put("undeclared", mapping(Kind.VARIABLE, "'restStatus'"));
    mappings.put("fixed", mapping(Kind.STATIC_VALUE, "'${a}'"));

    assertThat(
            written(
                outputs(
                    RestAction.GET,
                    mappings,
                    "status integer",
                    "headers json",
                    "none json",
                    "fixed string")))
        .containsExactly(
            entry("status", 200), entry("headers", json("{'a':'b'}")), entry("fixed", "${a}"));
  }

  @Test
  void whenAnActionLacksAnOutputThenItIsNotThere() {
    Mapping headers = mapping(Kind.VARIABLE, "'responseHeaders'");

    assertThat(outputs(RestAction.GET, Map.of()).isThere(headers)).isTrue();
    assertThat(outputs(RestAction.TRACE, Map.of()).isThere(headers)).isFalse();
    assertThat(outputs(RestAction.TRACE, Map.of()).isThere(mapping(Kind.VALUE, "'x'"))).isTrue();
    assertThat(outputs(RestAction.TRACE, Map.of()).writtenNames())
        .containsExactlyInAnyOrder("restStatus", "restError", "restResult");
  }

  @ParameterizedTest
  @CsvSource({"v, w", "p, n"})
  void whenAnOutputIsPatchedThenTheVariableIsChangedOrElseTheDefault(String name, String member) {
    MappedTask task =
        outputs(
            RestAction.GET,
            Map.of(name, mapping(Kind.JSONPATCH, "[{'op':'remove','path':'/" + member + "'}]")),
            name + " json");

    assertThat(written(task)).containsExactly(entry(name, json("{}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'{\\\"a\\\":1}' | {'a':1}",
        "'[1]' | [1]",
        "'5' | '5'",
        "'x' | 'x'",
        "5 | 5",
        "{} | {}"
      })
  void whenTextHoldsAnObjectOrArrayThenItIsOne(String value, String read) {
    assertThat(MappedTask.jsonIn(json(value.replace("\\\"", "\\'")))).isEqualTo(json(read));
  }

  @Test
  void whenExpressionsAreCollectedThenThoseOfTemplatesAreFound() {
    MappedTask task =
        new MappedTask(
            RestAction.GET,
            new ActivityMapping(
                false,
                false,
                Map.of("restUrl", mapping(Kind.VALUE, "'a#{b}'")),
                Map.of("o", mapping(Kind.JSONPATCH, "[{'path':'${x}','value':['${c}']}]"))),
            Map.of(),
            Map.of(),
            List.of());
    assertThat(task.expressions())
        .containsOnly(
            entry("the input restUrl", List.of("#{b}")), entry("the output o", List.of("${c}")));

    MappedTask all =
        new MappedTask(
            RestAction.GET,
            new ActivityMapping(true, true, task.mapping().inputs(), task.mapping().outputs()),
            Map.of(),
            Map.of(),
            List.of());
    assertThat(all.expressions()).isEmpty();
    assertThat(inputs(Map.of("timeout", mapping(Kind.STATIC_VALUE, "'${b}'"))).expressions())
        .containsExactly(entry("the input timeout", List.of()));
    List<String> found = new ArrayList<>();
    MappedTask.addExpressions(json("{'a':'x${b}${c}','d':[1,'${e}']}"), found);
    assertThat(found).containsExactly("${b}", "${c}", "${e}");
  }
}
