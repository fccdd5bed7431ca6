package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Numbers that come out as they went in. */
class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "1, Long, 1",
    "-9223372036854775808, Long, -9223372036854775808",
    "9223372036854775808, BigInteger, 9223372036854775808",
    "1.0, Double, 1.0",
    "0.1, Double, 0.1",
    "0.12345678901234567890, BigDecimal, 0.12345678901234567890",
    "99999999999999999.99, BigDecimal, 99999999999999999.99",
    "1e400, BigDecimal, 1E+400",
    "1e00000000002, Double, 100.0"
  })
  void whenANumberIsReadThenItBecomesTheVariableThatKeepsIt(
      String json, String type, String shown) {
    Number number = Numbers.toVariable(Numbers.read(json));
    assertThat(number.getClass().getSimpleName()).isEqualTo(type);
    assertThat(number).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e10000", "-1E-99999", "1.5e+010000", "1e999999999999"})
  void whenAnExponentIsBeyondArithmeticThenTheNumberIsText(String json) {
    JsonNode inArray = Objects.requireNonNull(Numbers.read("[" + json + "]").get(0));
    assertThat(Numbers.read(json).isString()).isTrue();
    assertThat(inArray.stringValue()).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2", "{} x", "[1] [2]", "{", "nope"})
  void whenThereIsNotOneValueThenReadingFails(String json) {
    assertThatThrownBy(() -> Numbers.read(json)).isInstanceOf(JacksonException.class);
  }

  @Test
  void whenThereIsNoValueThenItIsMissing() {
    assertThat(Numbers.read("").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0E-7, 0.0000001",
    "19.0, 19.0",
    "1.0E30, 1000000000000000000000000000000",
    "1.0E50, 1.0E50",
    "NaN, NaN",
    "-Infinity, -Infinity"
  })
  void whenADoubleIsTextThenItIsInPlainNotationUnlessThatIsLong(double number, String text) {
    assertThat(Numbers.text(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1E+3, 1000",
    "1.500, 1.500",
    "1E+999999999, 1E+999999999",
    "1E-39, 1E-39",
    "1E-37, 0.0000000000000000000000000000000000001"
  })
  void whenADecimalIsTextThenItKeepsItsDigits(BigDecimal number, String text) {
    assertThat(Numbers.text(number)).isEqualTo(text);
  }

  @Test
  void whenADecimalHasMorePlainDigitsThanAColumnThenItIsNotStorable() {
    assertThat(Numbers.isStorable(new BigDecimal("1E+3898"))).isTrue();
    assertThat(Numbers.isStorable(new BigDecimal("1E+3899"))).isFalse();
    assertThat(Numbers.isStorable(new BigDecimal("1E-3899"))).isFalse();
    assertThat(Numbers.isStorable(new BigDecimal("1E-2147483647"))).isFalse();
    assertThat(Numbers.isStorable(BigInteger.TEN.pow(5_000))).isTrue();
  }
}
