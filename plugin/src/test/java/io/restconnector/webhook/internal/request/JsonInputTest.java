package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON that every reader understands in one way. */
class JsonInputTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1.10} | CompactObject | {\"a\":1.1}",
        "\"a\" | String | a",
        "\ufeff[1] | ArrayNode | [1]",
        "1 | Long | 1",
        "0.12345678901234567890 | BigDecimal | 0.12345678901234567890",
        "false | Boolean | false"
      })
  void whenTextIsJsonThenTheValueIsAsAProcessHasIt(String json, String type, String shown)
      throws Exception {
    Object value = Objects.requireNonNull(JsonInput.read(json, ""));
    assertThat(value.getClass().getSimpleName()).isEqualTo(type);
    assertThat(value).hasToString(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"a\":2} | a name occurs twice in an object (duplicate key)",
        "[{\"b\":{\"a\":1,\"a\":1}}] | a name occurs twice in an object (duplicate key)",
        "{\"a\":1,\"a\":2 | it is malformed",
        "{\"a\":1,\"a\":2} x | it is malformed",
        "{} {} | it is malformed",
        "{'a':1} | it is malformed",
        "[NaN] | it is malformed",
        "` ` | it is empty"
      })
  void whenTextCanBeReadInTwoWaysThenItIsRefusedWithoutAValue(String json, String kind) {
    assertThatThrownBy(() -> JsonInput.read(json, "The text is none"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The text is none: " + kind + ".");
  }

  @Test
  void whenJsonIsNestedTooDeepThenItIsRefused() throws Exception {
    assertThat(JsonInput.read("[".repeat(500) + "]".repeat(500), "")).isNotNull();
    assertThatThrownBy(() -> JsonInput.read("[".repeat(501) + "]".repeat(501), "No"))
        .hasMessageStartingWith("No: it is nested too deep");
  }
}
