package io.restconnector.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.restconnector.spi.TriggerOutcome.Check;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which verdicts are a match. */
class TriggerOutcomeTest {

  static Stream<Arguments> verdicts() {
    return Stream.of(
        arguments(new TriggerOutcome.Refused(Check.METHOD, "GET"), false, true),
        arguments(new TriggerOutcome.Refused(Check.CONDITION, "false"), false, false),
        arguments(new TriggerOutcome.Undecided(), false, false),
        arguments(new TriggerOutcome.Failed(), true, false),
        arguments(new TriggerOutcome.Fired("event", "e", List.of()), true, false),
        arguments(new TriggerOutcome.NotTaken("event", "e"), true, false),
        arguments(new TriggerOutcome.Kept("event", "e"), true, false),
        arguments(new TriggerOutcome.Repeated(), true, false));
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  void whenNoCheckRefusesThenTheTriggerMatches(
      TriggerOutcome.Verdict verdict, boolean isMatch, boolean isOtherMethod) {
    TriggerOutcome outcome = new TriggerOutcome("key", "", verdict);

    assertThat(outcome.isMatch()).isEqualTo(isMatch);
    assertThat(outcome.isOtherMethod()).isEqualTo(isOtherMethod);
  }
}
