package io.restconnector.aps.internal;

import static io.restconnector.aps.internal.TestCalls.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.call.internal.InvalidInputException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestCallValuesTest {

  private final RestCallValues values =
      values(Map.of("a", 5, "blank", " ", "my var", "v"), "x=1${a}", "y:=${blank}", "z:=${none}");

  @Test
  void whenAFieldIsReadThenItIsTextOrNothing() throws Exception {
    assertThat(values.text("x")).isEqualTo("15");
    assertThat(values.text("y")).isNull();
    assertThat(values.text("w")).isNull();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> values.text("z"))
        .withMessage("z is the expression ${none}");
  }

  @Test
  void whenAnExpressionIsTheNameOfAVariableThenItIsThatOne() {
    assertThat(values.value("${my var}")).isEqualTo("v");
    assertThat(values.value("#{ my var }")).isEqualTo("v");
    assertThat(values.value("${a}")).isEqualTo(5);
  }

  @Test
  void whenAValueHasNoJsonFormThenItsPlaceIsSaid() throws Exception {
    assertThat(RestCallValues.json("p", 5)).hasToString("5");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> RestCallValues.json("p", new Object()))
        .withMessage("p is a java.lang.Object, wanted JSON");
  }
}
