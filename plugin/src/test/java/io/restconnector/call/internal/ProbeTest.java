package io.restconnector.call.internal;

import static io.restconnector.call.internal.TestTasks.delegate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.restconnector.call.internal.Inputs.Input;
import org.junit.jupiter.api.Test;

class ProbeTest {

  private static final Probe PROBE =
      TestTasks.probe(RestAction.GET, delegate("timeout=x", "restUrl=no URL", "maxAttempts:=${a}"));

  @Test
  void whenTheRuntimeRefusesSomethingThenItsMessageIsGiven() {
    assertThat(
            Probe.refusal(
                () -> {
                  throw new InvalidInputException("a is wrong");
                }))
        .isEqualTo("a is wrong");
    assertThat(Probe.refusal(() -> {})).isNull();
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                Probe.refusal(
                    () -> {
                      throw new IllegalStateException();
                    }));
  }

  @Test
  void whenInputsAreProbedThenTheOthersAreFine() {
    assertThat(PROBE.refusal(PROBE.only())).isNull();
    assertThat(PROBE.refusal(PROBE.only("timeout"))).startsWith("timeout is a String");
    assertThat(PROBE.refusal(PROBE.only("restUrl"))).startsWith("restUrl is a String");
    assertThat(PROBE.refusal(PROBE.only("maxAttempts")))
        .startsWith("maxAttempts is an Integer out of range");
  }

  @Test
  void whenAnInputIsReplacedThenTheOthersStay() {
    Inputs.Source replaced = Probe.with(PROBE.only("timeout"), "timeout", new Input(5, null));

    assertThat(PROBE.refusal(replaced)).isNull();
    assertThat(PROBE.refusal(Probe.with(PROBE.only("timeout"), "a", new Input(5, null))))
        .startsWith("timeout is a String");
  }
}
