package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.JsonText;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a value of a property of each type. */
class PropertyTypeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "string | 'a' | java.lang.String a",
        "string | 1.50 | java.lang.String 1.50",
        "string | true | java.lang.String true",
        "string | {'a':1} | java.lang.String {'a':1}",
        "String | 1 | java.lang.String 1",
        "integer | 12 | java.lang.Integer 12",
        "integer | ' 12 ' | java.lang.Integer 12",
        "integer | 12.0 | java.lang.Integer 12",
        "integer | 3000000000 | java.lang.Long 3000000000",
        "bigdecimal | '1.50' | java.math.BigDecimal 1.50",
        "boolean | 'TRUE' | java.lang.Boolean true",
        "boolean | false | java.lang.Boolean false",
        "date | '2020-04-22' | java.util.Date 2020-04-22T00:00:00Z",
        "datetime | '2020-09-10 22:30:00' | java.util.Date 2020-09-10T22:30:00Z",
        "datetime | '2020-09-10T22:30:00+02:00' | java.util.Date 2020-09-10T20:30:00Z",
        "json | {'a':1} | tools.jackson.databind.node.ObjectNode {'a':1}",
        "json | '{`a`:1}' | tools.jackson.databind.node.ObjectNode {'a':1}",
        "json | 'a' | java.lang.String a",
        "file | [1] | tools.jackson.databind.node.ArrayNode [1]",
        "array | 'a, b' | tools.jackson.databind.node.ArrayNode ['a','b']",
        "array | '[1]' | tools.jackson.databind.node.ArrayNode [1]",
        "unknown | 1 | java.lang.Long 1",
      })
  void whenAValueSuitsItsTypeThenItBecomesOne(String type, String json, String expected) {
    Object value = Objects.requireNonNull(PropertyType.convert(type, JsonText.parse(quoted(json))));

    String text = value instanceof Date date ? date.toInstant().toString() : String.valueOf(value);
    assertThat(value.getClass().getName() + " " + text).isEqualTo(expected.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "integer | 'geheim' | text that is no integer",
        "integer | 1.5 | a value that is no integer",
        "integer | {} | JSON that is no integer",
        "integer | 99999999999999999999 | a value that is no integer",
        "integer | '1e999' | text that is no integer",
        "boolean | 'yes' | text that is no boolean",
        "boolean | 1 | a value that is no boolean",
        "bigdecimal | 'x' | text that is no bigdecimal",
        "date | '22.04.2020' | text that is no date",
        "date | 1 | a value that is no date",
      })
  void whenAValueDoesNotSuitThenTheMessageNamesWhatItIs(String type, String json, String message) {
    assertThatThrownBy(() -> PropertyType.convert(type, JsonText.parse(quoted(json))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void whenThereIsNoJsonFormThenBytesAndDatesAreKept() {
    byte[] bytes = {1, 2, 3};

    assertThat(PropertyType.convert("file", bytes)).isSameAs(bytes);
    assertThat(PropertyType.convert("string", bytes)).isEqualTo("AQID");
    assertThat(PropertyType.convert("date", Date.from(Instant.EPOCH)))
        .isEqualTo(Date.from(Instant.EPOCH));
    assertThat(PropertyType.convert("integer", null)).isNull();
  }

  private static String quoted(String json) {
    return json.replace("`", "\\\"").replace('\'', '"');
  }
}
