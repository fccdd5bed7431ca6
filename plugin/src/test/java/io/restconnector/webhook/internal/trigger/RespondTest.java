package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.channel.ChannelTree;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a process answers, as a channel says it. */
class RespondTest {

  private static @Nullable Respond read(String properties) throws InvalidTriggerException {
    return Respond.read(
        new ChannelTree(Triggers.tree(properties)),
        new TriggerExpressions(Triggers.expressions(Map.of())));
  }

  @Test
  void whenTheTriggerAnswersItselfThenThereIsNone() throws Exception {
    assertThat(read("'status': 201, 'action': {'type': 'none'}")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ended, PT5M, -",
        "task, PT0.000000001S, task",
        "Ended, PT1S, Ended",
      })
  void whenTheProcessAnswersThenAtItsEndOrAtAnActivity(
      String when, Duration within, @Nullable String activity) throws Exception {
    Respond respond =
        Objects.requireNonNull(
            read(
                "'respond': {'when': '%s', 'within': '%s', 'status': 202}"
                    .formatted(when, within)));

    assertThat(respond.activityId()).isEqualTo(activity);
    assertThat(respond.within()).isEqualTo(within);
    assertThat(respond.answer().status()).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'respond': 'ended' | respond is \"ended\", wanted an object",
        "'respond': {'within': 'PT1S'} | respond.when is missing, wanted a string",
        "'respond': {'when': 'ended'} | respond.within is missing, wanted a duration of at most PT5M",
        "'respond': {'when': 'ended', 'within': 5} | respond.within is 5, wanted a duration",
        "'respond': {'when': 'ended', 'within': 'PT0S'} | respond.within is \"PT0S\", wanted a duration",
        "'respond': {'when': 'ended', 'within': 'PT-1S'} | respond.within is \"PT-1S\", wanted a duration",
        "'respond': {'when': 'ended', 'within': 'PT5M0.001S'} | respond.within is \"PT5M0.001S\", wanted a duration",
        "'respond': {'when': 'ended', 'within': 'PT1S', 'until': 'x'} | respond.until is \"x\", wanted no such property",
        "'respond': {'when': 'ended', 'within': 'PT1S', 'status': 99} | respond.status is 99, wanted an integer",
        "'respond': {'when': 'ended', 'within': 'PT1S'}, 'action': {'type': 'none'} | wanted an action that starts or wakes an instance, or no respond"
      })
  void whenNoProcessCanAnswerSoThenTheMessageSaysWhatIsWanted(String properties, String message) {
    assertThatThrownBy(() -> read(properties))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessageContaining(message);
  }
}
