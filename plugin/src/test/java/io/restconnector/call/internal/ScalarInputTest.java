package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarInputTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whenABooleanIsGivenInEitherFormThenItIsTaken(boolean value) throws Exception {
    assertThat(ScalarInput.bool("flag", value, !value)).isEqualTo(value);
    assertThat(ScalarInput.bool("flag", String.valueOf(value), !value)).isEqualTo(value);
    assertThat(ScalarInput.bool("flag", null, value)).isEqualTo(value);
  }

  static List<Object> noBooleans() {
    return List.of("", "TRUE", " true", "yes", "${flag}", 1, List.of(true));
  }

  @ParameterizedTest
  @MethodSource("noBooleans")
  void whenItIsNoBooleanThenItIsRefused(Object value) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ScalarInput.bool("flag", value, true))
        .withMessageStartingWith(
            value instanceof String
                ? "flag is a String that is neither true nor false, wanted a Boolean"
                : "flag is a " + value.getClass().getTypeName() + ", wanted a Boolean");
  }

  static List<Object> integers() {
    return List.of(
        7, 7L, (short) 7, (byte) 7, new BigInteger("7"), "7", "+7", "007", "00000000000000000007");
  }

  @ParameterizedTest
  @MethodSource("integers")
  void whenAnIntegerIsGivenInAnyFormThenItIsTaken(Object value) throws Exception {
    assertThat(ScalarInput.integer("count", value, 1, 7, 7)).isEqualTo(7);
  }

  @Test
  void whenThereIsNoIntegerThenTheDefaultCountsWhateverTheRangeIs() throws Exception {
    assertThat(ScalarInput.integer("count", null, 9, 1, 7)).isEqualTo(9);
  }

  static List<Object> noIntegers() {
    return List.of(
        "",
        " 7",
        "7.0",
        "1e3",
        "--7",
        "000000000000000000007",
        "\u0667",
        "${count}",
        7.0,
        7f,
        new BigDecimal(7),
        true,
        List.of(7));
  }

  @ParameterizedTest
  @MethodSource("noIntegers")
  void whenItIsNoIntegerThenItIsRefused(Object value) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ScalarInput.integer("count", value, 1, 1, 7))
        .withMessageStartingWith(
            value instanceof String
                ? "count is a String that holds no integer, wanted an Integer"
                : "count is a " + value.getClass().getTypeName() + ", wanted an Integer");
  }

  @ParameterizedTest
  @CsvSource({"-3", "8", "18446744073709551617", "-18446744073709551615"})
  void whenAnIntegerIsOutOfRangeThenTheRangeIsSaid(String value) throws Exception {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ScalarInput.integer("count", value, 1, -2, 7))
        .withMessage("count is an Integer out of range, wanted -2 to 7");
    assertThat(ScalarInput.integer("count", "-2", 1, -2, 7)).isEqualTo(-2);
  }
}
