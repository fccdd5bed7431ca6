package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.channel.ChannelTree;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a channel keeps what comes early. */
class EarlyReaderTest {

  private static final Set<ActionKind> KINDS =
      Set.of(
          new ActionKind("wake", Set.of(), Set.of(), true),
          new ActionKind("start", Set.of(), Set.of()));

  private static @Nullable Duration read(String properties) throws InvalidTriggerException {
    return new EarlyReader(new ChannelTree(Triggers.tree(properties)), KINDS).read();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "'key': 'k' | -",
        "'early': {'keep': 'PT0.000000001S'} | PT0.000000001S",
        "'early': {'keep': 'P7D'} | P7D",
        "'early': {'keep': 'PT1M'}, 'action': {'type': 'wake'} | PT1M",
        "'early': {'keep': 'PT1M'}, 'acceptWithoutConsumer': false | PT1M"
      })
  void whenSomethingMayWaitForItThenItIsKeptSoLong(String properties, @Nullable Duration keep)
      throws Exception {
    assertThat(read(properties)).isEqualTo(keep);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'early': 'PT1M' | early is \"PT1M\", wanted an object",
        "'early': null | early is null, wanted an object",
        "'early': {} | early.keep is missing, wanted a string",
        "'early': {'keep': 60} | early.keep is 60, wanted a string",
        "'early': {'keep': 'PT1M', 'max': 1} | early.max is 1, wanted no such property of early",
        "'early': {'keep': '1m'} | early.keep is \"1m\", wanted a time such as PT10M, more than zero and at most P7D",
        "'early': {'keep': 'PT0S'} | early.keep is \"PT0S\", wanted a time",
        "'early': {'keep': 'PT-1M'} | early.keep is \"PT-1M\", wanted a time",
        "'early': {'keep': 'P7DT0.000000001S'} | wanted a time such as PT10M, more than zero and at most P7D",
        "'early': {'keep': 'PT1M'}, 'action': {'type': 'start'} | wanted an event, a message or a signal, and no action start",
        "'early': {'keep': 'PT1M'}, 'acceptWithoutConsumer': true | wanted no acceptWithoutConsumer beside it"
      })
  void whenItCannotBeKeptThenTheMessageSaysWhatIsWanted(String properties, String message) {
    assertThatThrownBy(() -> read(properties))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessageContaining(message);
  }
}
