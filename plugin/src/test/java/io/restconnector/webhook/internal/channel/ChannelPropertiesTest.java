package io.restconnector.webhook.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What stands where the name of a secret belongs may be a secret: no message shows it. */
class ChannelPropertiesTest {

  private static final String SECRET = "hunter2";

  private static ChannelProperties of(String json) throws InvalidTriggerException {
    ObjectNode channel =
        (ObjectNode)
            JsonMapper.shared().readTree(("{'signature': " + json + "}").replace('\'', '"'));
    return Objects.requireNonNull(ChannelProperties.of(channel, "signature"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{'secret': 'a'} | [a]", "{'secret': ['a', 'b']} | [a, b]"})
  void whenSecretsAreNamedThenTheyAreAList(String json, String names) throws Exception {
    assertThat(of(json).secretNames()).hasToString(names);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'secret': ''}",
        "{'secret': []}",
        "{'secret': ['a', 1]}",
        "{'secret': {'x': 'hunter2'}}"
      })
  void whenNoSecretIsNamedThenTheMessageShowsNoValue(String json) {
    assertThatThrownBy(() -> of(json).secretNames())
        .hasMessageStartingWith("signature.secret is ")
        .hasMessageEndingWith("wanted the name of a secret, or a list of names")
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void whenAPropertyDoesNotFitThenItsTypeIsTold() throws Exception {
    ChannelProperties given = of("{'header': 'a b', 'choice': 'x', 'number': 1}");

    assertThatThrownBy(() -> given.header("header"))
        .hasMessage(
            "signature.header is of type string and does not fit, wanted the name of an HTTP header");
    assertThatThrownBy(() -> given.string("number"))
        .hasMessage("signature.number is of type number and does not fit, wanted a string");
    assertThatThrownBy(() -> given.text("none", "a text"))
        .hasMessage("signature.none is missing, wanted a text");
    assertThatThrownBy(() -> given.choice("choice", "", Set.of("b", "a")))
        .hasMessage("signature.choice is \"x\", wanted one of a, b");
    assertThatThrownBy(() -> given.allowOnly("scheme x", Set.of("header")))
        .hasMessageEndingWith("is no property of scheme x");
    assertThat(given.choice("none", "a", Set.of("a"))).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.001S", "P3650D", "PT1M"})
  void whenATimeIsInRangeThenItIsTaken(String text) throws Exception {
    assertThat(of("{'t': '" + text + "'}").duration("t")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.0009S", "P3651D", "PT-1S", "1 day", ""})
  void whenATimeIsNoneThenTheRangeIsTold(String text) {
    assertThatThrownBy(() -> of("{'t': '" + text + "'}").duration("t"))
        .hasMessageContaining("wanted a time such as PT1M or P1D, from PT0.001S to P3650D");
  }

  @Test
  void whenAHeaderIsNamedThenItIsInLowerCase() throws Exception {
    assertThat(of("{'h': 'X-Sig'}").header("h")).isEqualTo("x-sig");
  }
}
