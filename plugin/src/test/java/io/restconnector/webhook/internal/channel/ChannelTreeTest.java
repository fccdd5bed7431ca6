package io.restconnector.webhook.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Properties of a channel file by their kind. */
class ChannelTreeTest {

  private static final ObjectNode TREE =
      (ObjectNode)
          JsonMapper.shared()
              .readTree(
                  """
                  {"object": {"b": "2", "a": "1"}, "mixed": {"a": "1", "b": 2}, "array": [],
                   "text": "t", "blank": " ", "number": 5, "null": null}
                  """);

  private final ChannelTree channel = new ChannelTree(TREE);

  @Test
  void whenAPropertyIsAsWantedThenItIsGiven() throws Exception {
    assertThat(channel.object("object")).isSameAs(TREE.get("object"));
    assertThat(channel.object("none")).isEmpty();
    assertThat(channel.texts("object")).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(channel.texts("object").keySet()).containsExactly("b", "a");
    assertThat(channel.texts("none")).isEmpty();
    assertThat(channel.text("text")).isEqualTo("t");
    assertThat(channel.value("number").intValue()).isEqualTo(5);
    assertThat(channel.value("none").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"array | []", "text | \"t\"", "number | 5", "null | null"})
  void whenAPropertyIsNoObjectThenTheMessageShowsItUnderItsWholeName(String name, String shown) {
    assertThatThrownBy(() -> new ChannelTree(TREE, "respond.").object(name))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessage("respond.%s is %s, wanted an object", name, shown);
    assertThatThrownBy(() -> channel.texts(name))
        .hasMessage("%s is %s, wanted an object", name, shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | none is missing",
        "null | null is missing",
        "blank | blank is \" \"",
        "number | number is 5",
        "array | array is []"
      })
  void whenAPropertyIsNoTextThenTheMessageSaysWhatIsThere(String name, String found) {
    assertThatThrownBy(() -> new ChannelTree(TREE, "respond.").text(name))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessage("respond.%s, wanted a string", found);
  }

  @Test
  void whenOneOfSeveralTextsIsNoneThenItIsNamed() {
    assertThatThrownBy(() -> channel.texts("mixed"))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessage("mixed.b is 2, wanted a string");
  }
}
