package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Java values as JSON, and back. */
@SuppressWarnings("JavaUtilDate") // Flowable's date variables are
class JsonValuesTest {

  static Stream<Arguments> values() {
    return Stream.of(
        arguments(null, "null"),
        arguments(true, "true"),
        arguments((short) 7, "7"),
        arguments(new AtomicInteger(7), "7"),
        arguments(0.1f, "0.1"),
        arguments(new BigDecimal("1.50"), "1.50"),
        arguments('c', "\"c\""),
        arguments(TimeUnit.DAYS, "\"DAYS\""),
        arguments(new UUID(0, 1), "\"00000000-0000-0000-0000-000000000001\""),
        arguments(new Date(0), "\"1970-01-01T00:00:00Z\""),
        arguments(LocalDate.of(2026, 11, 26), "\"2026-11-26\""),
        arguments(new int[] {1, 2}, "[1,2]"),
        arguments(List.of(Map.of("a", List.of())), "[{\"a\":[]}]"),
        arguments(Map.of(1.0e-7, "x"), "{\"0.0000001\":\"x\"}"),
        arguments(Map.of("bytes", new byte[] {1, 2, 3}), "{\"bytes\":\"AQID\"}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void whenAValueHasAJsonFormThenItIsThat(@Nullable Object value, String json) {
    assertThat(JsonValues.of(value)).hasToString(json);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments(URI.create("http://secret"), "a java.net.URI"),
        arguments(new byte[] {1}, "a byte[]"),
        arguments(Map.of("a", List.of(new Object())), "a java.lang.Object at /a/0"),
        arguments(Map.of("a/b~", new Object()), "a java.lang.Object at /a~1b~0"),
        arguments(List.of(1.0 / 0), "a number that is not finite at /0"),
        arguments(Map.of(URI.create("x"), 1), "a Map with a key of type java.net.URI"),
        arguments(Collections.singletonMap(null, 1), "a Map with a key of type null"),
        arguments(
            JsonNodeFactory.instance.arrayNode().addPOJO(URI.create("x")),
            "a tools.jackson.databind.node.POJONode at /0"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whenAValueHasNoJsonFormThenTypeAndPlaceAreTold(Object value, String message) {
    assertThatThrownBy(() -> JsonValues.of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void whenAValueIsNestedDeeperThanTheEngineReadsThenItIsRefused() {
    Object value = 1;
    for (int i = 0; i < JsonValues.MAX_DEPTH; i++) {
      value = List.of(value);
    }
    Object tooDeep = List.of(value);

    assertThat(JsonValues.of(value).isArray()).isTrue();
    assertThatThrownBy(() -> JsonValues.of(tooDeep)).hasMessageContaining("deeper than 500");
  }

  @ParameterizedTest
  @CsvSource({
    "'[1]', ArrayNode",
    "'{}', ObjectNode",
    "true, Boolean",
    "1, Long",
    "1.5, Double",
    "12345678901234567890.5, BigDecimal",
    "'\"x\"', String"
  })
  void whenJsonBecomesAVariableThenScalarsAreJava(String json, String type) {
    Object variable = Objects.requireNonNull(JsonValues.toVariable(JsonText.parse(json)));
    assertThat(variable.getClass().getSimpleName()).isEqualTo(type);
  }

  @Test
  void whenJsonIsNothingOrNothingThatDatabasesKeepThenTheVariableIsNullOrText() {
    assertThat(JsonValues.toVariable(JsonText.parse("null"))).isNull();
    assertThat(JsonValues.toVariable(JsonText.parse("\"a\\u0000\""))).isEqualTo("a\ufffd");
    assertThat(JsonValues.toVariable(JsonNodeFactory.instance.numberNode(new BigDecimal("1E9000"))))
        .isEqualTo("1E+9000");
  }
}
