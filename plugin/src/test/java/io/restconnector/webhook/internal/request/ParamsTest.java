package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries and forms. */
class ParamsTest {

  @ParameterizedTest
  @CsvSource({
    "'a=1&b=2', '{a=1, b=2}'",
    "'a=1&a=2&a', '{a=[1, 2, ]}'",
    "'a+b=c+d%2B', '{a b=c d+}'",
    "'a=b=c', '{a=b=c}'",
    "'&&a=1&', '{a=1}'",
    "'=1', '{=1}'",
    "'%C3%BC=%E2%82%AC', '{ü=€}'",
    "'', '{}'"
  })
  void whenPairsAreParsedThenANameHasOneOrSeveralValues(String encoded, String shown)
      throws Exception {
    assertThat(Params.parse(encoded).asMap()).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%C3=1", "a=%\uff11\uff12"})
  void whenAnEncodingIsBrokenThenTheRequestIsRefused(String encoded) {
    assertThatThrownBy(() -> Params.parse(encoded)).isInstanceOf(RefusedException.class);
  }

  @Test
  void whenAFormNamesItsCharsetThenItsBytesAreText() throws Exception {
    assertThat(Params.parse("a=%83A", Charset.forName("Shift_JIS")).asMap())
        .isEqualTo(Map.of("a", "ア"));
  }

  @Test
  void whenOthersAreAddedThenTheirValuesComeLast() throws Exception {
    Params params = Params.parse("a=1");
    params.addAll(Map.of("a", List.of("2", "3")));
    assertThat(params.asMap()).isEqualTo(Map.of("a", List.of("1", "2", "3")));
  }

  @Test
  void whenAWantedPairIsNotThereThenItsNameIsGiven() {
    Map<String, Object> values = Map.of("a", "1", "b", List.of("2", "3"));
    assertThat(Params.firstMissing(values, Map.of("a", "1", "b", "3"))).isNull();
    assertThat(Params.firstMissing(values, Map.of("a", "2"))).isEqualTo("a");
    assertThat(Params.firstMissing(values, Map.of("b", "4"))).isEqualTo("b");
    assertThat(Params.firstMissing(values, Map.of("c", ""))).isEqualTo("c");
  }
}
