package io.restconnector.aps.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResponseMappingTest {

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static ResponseMapping typed(String type) {
    return new ResponseMapping("a", "v", type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "a            | {'a':1}                       | 1",
        "a.b          | {'a':{'b':1}}                 | 1",
        "a.b          | {'a.b':2,'a':{'b':1}}         | 2",
        "a.b.c        | {'a.b':{'c':1}}               | 1",
        "a.b.c        | {'a':{'b.c':1}}               | 1",
        "a.b.c        | {'a.b':{'d':1},'a':{'b':{'c':2}}} | 2",
        "a.b          | {'a':1}                       | -",
        "a.           | {'a':1}                       | -",
        ".a           | {'a':1}                       | -",
        "b            | {'a':1}                       | -",
        "a            | {'a':null}                    | null",
        "a.1          | {'a':[1,2]}                   | 2",
        "a[1]         | {'a':[1,2]}                   | 2",
        "a[1].b       | {'a':[1,{'b':3}]}             | 3",
        "a[0][1]      | {'a':[[1,4]]}                 | 4",
        "[1]          | [1,2]                         | 2",
        "1            | [1,2]                         | 2",
        "a[1]         | {'a[1]':5,'a':[1,2]}          | 5",
        "a[2]         | {'a':[1,2]}                   | -",
        "a[x]         | {'a':[1,2]}                   | -",
        "a[1          | {'a':[1,2]}                   | -",
        "a1]          | {'a':[1,2]}                   | -",
        "a[0]         | {'a':{'0':1}}                 | -",
        "a.9999999999 | {'a':[1,2]}                   | -",
        "a.-1         | {'a':[1,2]}                   | -",
        ".            | {'a':1}                       | {'a':1}",
        "``           | [1]                           | [1]",
      })
  void whenAPropertyIsLookedForThenTheLongestNameCounts(
      String property, String body, @Nullable String found) {
    JsonNode node = new ResponseMapping(property, "v", "").find(json(body));

    assertThat(node).isEqualTo(found == null ? null : json(found));
  }

  @Test
  void whenADotStandsAloneThenTheWholeBodyIsMeant() {
    assertThat(new ResponseMapping(".", "v", "").isWhole()).isTrue();
    assertThat(new ResponseMapping("", "v", "").isWhole()).isTrue();
    assertThat(new ResponseMapping("a.b", "v", "").isWhole()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "string   | 'x'            | x        | java.lang.String",
        "STRING   | 2.5E7          | 25000000 | java.lang.String",
        "string   | {'a':[1]}      | {\"a\":[1]} | java.lang.String",
        "string   | true           | true     | java.lang.String",
        "integer  | 7              | 7        | java.lang.Long",
        "Long     | ' 7.0 '        | 7        | java.lang.Long",
        "integer  | 9223372036854775807 | 9223372036854775807 | java.lang.Long",
        "double   | 7              | 7.0      | java.lang.Double",
        "number   | '1.5'          | 1.5      | java.lang.Double",
        "decimal  | 1.5            | 1.5      | java.lang.Double",
        "amount   | 1.5            | 1.5      | java.lang.Double",
        "boolean  | true           | true     | java.lang.Boolean",
        "boolean  | 'FALSE'        | false    | java.lang.Boolean",
        "``       | 5              | 5        | java.lang.Long",
        "other    | 'x'            | x        | java.lang.String",
      })
  void whenATypeIsWantedThenTheVariableHasIt(
      String type, String value, String converted, String javaType) {
    Object variable = Objects.requireNonNull(typed(type).convert(json(value)));

    assertThat(variable).hasToString(converted);
    assertThat(variable.getClass().getName()).isEqualTo(javaType);
  }

  @ParameterizedTest
  @ValueSource(strings = {"string", "integer", "double", "boolean", "date", ""})
  void whenTheValueIsNullThenTheVariableIs(String type) {
    assertThat(typed(type).convert(json("null"))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "date     | 1000                             | 1970-01-01T00:00:01Z",
        "datetime | '2026-01-02'                     | 2026-01-02T00:00:00Z",
        "date     | ' 2026-01-02T03:04 '             | 2026-01-02T03:04:00Z",
        "date     | '2026-01-02T03:04:05'            | 2026-01-02T03:04:05Z",
        "date     | '2026-01-02T03:04:05.006'        | 2026-01-02T03:04:05.006Z",
        "date     | '2026-01-02T03:04:05.006007008Z' | 2026-01-02T03:04:05.006Z",
        "date     | '2026-01-02T03:04:05+01:00'      | 2026-01-02T02:04:05Z",
        "date     | '2026-01-02T03:04:05+0100'       | 2026-01-02T02:04:05Z",
        "date     | '2026-01-02T03:04+01'            | 2026-01-02T02:04:00Z",
      })
  @SuppressWarnings("JavaUtilDate") // date variables are
  void whenADateIsWantedThenItIsInUtcWithoutAZone(String type, String value, Instant instant) {
    assertThat(typed(type).convert(json(value))).isEqualTo(Date.from(instant));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "integer | 1.5             | a JSON NUMBER that holds no integer",
        "integer | 9223372036854775808 | a JSON NUMBER that holds no integer",
        "integer | 'secret'        | a JSON STRING that holds no number",
        "double  | true            | a JSON BOOLEAN that holds no number",
        "double  | [1]             | a JSON ARRAY that holds no number",
        "boolean | 1               | a JSON NUMBER that holds no Boolean",
        "boolean | {'a':true}      | a JSON OBJECT that holds no Boolean",
        "date    | 'secret'        | a JSON STRING that holds no date",
        "date    | '2026-13-01'    | a JSON STRING that holds no date",
        "date    | 1.5             | a JSON NUMBER that holds no date",
        "date    | 9223372036854775808 | a JSON NUMBER that holds no date",
        "date    | ['2026-01-02']  | a JSON ARRAY that holds no date",
      })
  void whenAValueHasNoSuchFormThenThatIsSaidWithoutIt(String type, String value, String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> typed(type).convert(json(value)))
        .withMessage(said);
  }
}
