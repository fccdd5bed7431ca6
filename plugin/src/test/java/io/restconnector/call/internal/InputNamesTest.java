package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputNamesTest {

  private static final List<String> NAMES = List.of("restUrl", "timeout", "poll");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-        | a field has no name, wanted one of restUrl, timeout, poll",
        "timout   | timout is a field that GET does not read, wanted timeout",
        "restURL  | restURL is a field that GET does not read, wanted restUrl",
        "pol      | pol is a field that GET does not read, wanted poll",
        "timeo    | timeo is a field that GET does not read, wanted timeout",
        "pol3s    | pol3s is a field that GET does not read, wanted one of restUrl, timeout, poll",
        "tmot     | tmot is a field that GET does not read, wanted one of restUrl, timeout, poll",
      })
  void whenANameIsNotReadThenTheNearestIsWanted(@Nullable String name, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> InputNames.check(RestAction.GET, "field", name, NAMES))
        .withMessage(message);
  }

  @Test
  void whenANameIsReadThenItIsFine() {
    assertThatCode(() -> InputNames.check(RestAction.GET, "field", "timeout", NAMES))
        .doesNotThrowAnyException();
    assertThatCode(() -> InputNames.checkField(RestAction.GET, "timeout", NAMES, false))
        .doesNotThrowAnyException();
    assertThatCode(() -> InputNames.checkField(RestAction.GET, "poll", NAMES, true))
        .doesNotThrowAnyException();
  }

  @Test
  void whenADelegateIsToPollThenItIsRefused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> InputNames.checkField(RestAction.GET, "poll", NAMES, false))
        .withMessageContaining("wanted an external-worker task");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> InputNames.checkField(RestAction.GET, "pol", NAMES, true))
        .withMessage("pol is a field that GET does not read, wanted poll");
  }

  @Test
  void whenNamesAreEquallyNearThenTheFirstIsWanted() {
    assertThat(InputNames.wanted("ab", List.of("abc", "abe"))).isEqualTo("abc");
  }
}
