package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedTemplateTest {

  private static final Map<String, Object> VALUES =
      Map.of(
          "${n}",
          5,
          "${t}",
          true,
          "#{n}",
          7,
          "${q}",
          "\",\"b\":\"${n}",
          "${map}",
          Map.of("a", List.of(1)),
          "${x ? '}' : \"\\\"\"}",
          "quoted",
          "${bytes}",
          new byte[] {0, -1},
          "${bean}",
          new Object());

  private static String evaluate(String template) {
    return TypedTemplate.parse(template).evaluate(VALUES::get).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": ${n}, \"b\": ${t}}      | {\"a\":5,\"b\":true}",
        "{\"a\": \"${n}\"}               | {\"a\":\"5\"}",
        "{\"a\": \"x #{n}\"}             | {\"a\":\"x 7\"}",
        "[#{n},${none},\"${none}\"]      | [7,null,\"\"]",
        "${map}                          | {\"a\":[1]}",
        "[${q},\"${q}\"]                 | [\"\\\",\\\"b\\\":\\\"${n}\",\"\\\",\\\"b\\\":\\\"${n}\"]",
        "[${x ? '}' : \"\\\"\"}]         | [\"quoted\"]",
        "[\"\\\"${n}\\\\\",${n}]         | [\"\\\"5\\\\\",5]",
        "[${bytes},\"${bytes}\"]         | [\"AP8=\",\"AP8=\"]",
        "{\"${n}\":1,\"c\":null}         | {\"${n}\":1,\"c\":null}",
        "[1,true,\"\"]                   | [1,true,\"\"]",
      })
  void whenAnExpressionStandsBareThenItsValueKeepsItsTypeAndInAStringItIsText(
      String template, String result) {
    assertThat(evaluate(template)).isEqualTo(result);
  }

  @Test
  void whenThereAreManyBareExpressionsThenEachHasItsOwnValue() {
    StringBuilder template = new StringBuilder("[0");
    StringBuilder result = new StringBuilder("[0");
    for (int i = 1; i < 500; i++) {
      template.append(",${").append(i).append('}');
      result.append(',').append(i);
    }

    assertThat(
            TypedTemplate.parse(template.append(']').toString())
                .evaluate(text -> Integer.valueOf(text.substring(2, text.length() - 1))))
        .hasToString(result.append(']').toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":                     | line 1",
        "`{\"a\": ${someName},\n x}` | line 2, column 2",
        "{\"a\": ${someName} x}      | line 1, column 19",
        "[${n} ${n}]                 | line 1, column 7",
        "${n}${n}                    | line 1",
        "${                          | -",
      })
  void whenItIsNoJsonThenThePlaceIsThatInTheModel(String template, String place) {
    if (place.equals("-")) {
      assertThat(TypedTemplate.parse(template).evaluate(text -> text)).hasToString("\"${\"");
      return;
    }
    assertThatExceptionOfType(JsonText.NoJsonException.class)
        .isThrownBy(() -> TypedTemplate.parse(template))
        .satisfies(none -> assertThat(none.fault()).startsWith(place));
  }

  @Test
  void whenAValueHasNoJsonFormThenItsPlaceIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> evaluate("{\"a\":[1,${bean}]}"))
        .withMessage("a java.lang.Object at /a/1");
  }

  @Test
  void whenExpressionsAreVisitedThenTheBareOnesComeFirst() {
    List<String> seen = new ArrayList<>();
    TypedTemplate.parse("{\"a\":\"x${b}\",\"c\":${d},\"e\":[#{f}]}")
        .forEachExpression(text -> seen.add(ModelText.join(text.parts())));

    assertThat(seen).containsExactly("${d}", "#{f}", "x${b}");
  }
}
