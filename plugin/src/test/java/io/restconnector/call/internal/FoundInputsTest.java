package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.call.internal.Inputs.Input;
import io.restconnector.call.internal.Inputs.Origin;
import io.restconnector.content.internal.ModelText;
import io.restconnector.content.internal.ModelText.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoundInputsTest {

  private static FoundInputs of(@Nullable Input input) {
    return new FoundInputs(name -> input);
  }

  private static Input mixed(String text) {
    return Input.ofTask(ModelText.parse(text), expression -> "v");
  }

  @Test
  void whenAnInputIsAskedForTwiceThenItIsLookedUpOnce() throws Exception {
    List<String> asked = new ArrayList<>();
    FoundInputs inputs =
        new FoundInputs(
            name -> {
              asked.add(name);
              return name.equals("a") ? Input.ofTask(1) : null;
            });

    assertThat(inputs.find("a")).isSameAs(inputs.find("a"));
    assertThat(inputs.raw("a")).isEqualTo(1);
    assertThat(inputs.find("b")).isNull();
    assertThat(inputs.raw("b")).isNull();
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void whenTheSourceCannotEvaluateThenTheInputIsNamed() {
    FoundInputs inputs =
        new FoundInputs(
            name -> {
              throw new UnusableExpressionException("${a}", new IllegalStateException("secret"));
            });

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> inputs.find("restUrl"))
        .withMessageStartingWith("restUrl is the expression ${a}, which cannot be evaluated");
  }

  @ParameterizedTest
  @EnumSource
  void whenAVariableGivesAnInputThenItIsNotOfTheTask(Origin origin) throws Exception {
    assertThat(of(new Input(origin, null, null, null)).isOfTheTask("a"))
        .isEqualTo(origin != Origin.VARIABLE);
    assertThat(of(null).isOfTheTask("a")).isFalse();
  }

  @Test
  void whenTextIsMixedThenItsPartsAreFilledAndTellWhereTheyCameFrom() throws Exception {
    assertThat(of(mixed("x${a}y")).parts("a"))
        .containsExactly(new Part("x", false), new Part("v", true), new Part("y", false));
    assertThat(of(mixed("x${a}y")).raw("a")).isEqualTo("xvy");
    assertThat(of(mixed("${a}")).parts("a")).containsExactly(new Part("v", true));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of(mixed("${a}#{b}")).parts("restUrl"))
        .withMessage("restUrl is text that mixes ${ and #{");
  }

  @Test
  void whenAValueIsTextThenItIsOnePartOfTheModelAndElseNone() throws Exception {
    assertThat(of(Input.ofTask("a${b}")).parts("a")).containsExactly(new Part("a${b}", false));
    assertThat(of(Input.ofTask(5)).parts("a")).isEmpty();
    assertThat(of(Input.ofTask((Object) null)).parts("a")).isEmpty();
    assertThat(of(null).parts("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a${b}", "#{b}", "${"})
  void whenALiteralHoldsAnExpressionThenItIsRefused(String literal) throws Exception {
    Input input = new Input(literal, text -> "v");

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of(input).raw("timeout"))
        .withMessageStartingWith("timeout is a literal that holds an expression");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of(input).parts("timeout"));
    assertThat(of(new Input(literal, null)).raw("timeout")).isEqualTo(literal);
    assertThat(of(new Input("$ # {}", text -> "v")).raw("timeout")).isEqualTo("$ # {}");
  }

  @ParameterizedTest
  @CsvSource({
    "FIELD, ; it came from the field timeout",
    "IN, ; it came from flowable:in with the target timeout",
    "MAPPING, ; it came from the mapping of timeout",
    "VARIABLE, '; it came from the variable timeout, which bears the name of an input that the task does not have'"
  })
  void whenAnInputIsWrongThenItIsSaidWhereItCameFrom(Origin origin, String said) throws Exception {
    FoundInputs inputs = of(new Input(origin, 5, null, null));
    inputs.find("timeout");
    InvalidInputException wrong =
        new InvalidInputException(ErrorCode.MISSING_INPUT, "timeout is wrong");

    assertThat(inputs.located(wrong)).hasMessage("timeout is wrong" + said);
    assertThat(inputs.located(wrong).code()).isEqualTo(ErrorCode.MISSING_INPUT);
  }

  @Test
  void whenAnInputWasNotFoundThenNothingIsSaidOfItsOrigin() throws Exception {
    FoundInputs inputs = of(Input.ofTask((Object) null));
    inputs.find("timeout");

    for (String message : List.of("timeout is missing", "restUrl is missing", "wrong", " wrong")) {
      InvalidInputException wrong = new InvalidInputException(message);
      assertThat(inputs.located(wrong)).isSameAs(wrong);
    }
  }
}
