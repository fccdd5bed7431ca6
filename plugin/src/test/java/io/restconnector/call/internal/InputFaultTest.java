package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputFaultTest {

  private static final String HINT = "; it holds ${, which only flowable:expression evaluates here";

  @Test
  void whenAValueIsOfAnotherTypeThenTheTypeIsSaidAndNotTheValue() {
    assertThat(InputFault.ofType("restUrl", List.of("secret"), "a String"))
        .hasMessageMatching("restUrl is a java\\.util\\.[A-Za-z0-9$.]+, wanted a String");
    assertThat(InputFault.ofType("a", new byte[0], "b")).hasMessage("a is a byte[], wanted b");
    assertThat(InputFault.ofType("a", 5, "b", "is unused"))
        .hasMessage("a is a java.lang.Integer, wanted b");
  }

  @Test
  void whenAStringHasAFaultThenTheFaultIsSaid() {
    assertThat(InputFault.ofType("a", "secret", "b", "holds nothing"))
        .hasMessage("a is a String that holds nothing, wanted b");
    assertThat(InputFault.ofType("a", "${secret}", "b"))
        .hasMessage("a is a java.lang.String, wanted b" + HINT);
  }

  @Test
  void whenOnlyAStringHoldsAnExpressionThenItIsHinted() {
    assertThat(InputFault.expressionHint("x${a}")).isEqualTo(HINT);
    assertThat(InputFault.expressionHint("x{a}")).isEmpty();
    assertThat(InputFault.expressionHint(List.of("${a}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "{'a': ${b}}  | true",
        "[${b}]       | true",
        "[1,${b}]     | true",
        "{'a': '${b}'} | false",
        "${b}         | false",
        "-            | false",
      })
  void whenAnExpressionStandsBareInATemplateThenQuotesAreHinted(
      @Nullable String template, boolean isHinted) {
    String hint = "; in a JSON template an expression stands in double quotes";

    assertThat(InputFault.quotesHint(new Inputs.Input(template, text -> text)))
        .isEqualTo(isHinted ? hint : "");
    assertThat(InputFault.quotesHint(new Inputs.Input(template, null))).isEmpty();
  }
}
