package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.JsonText;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.Triggers;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values of an action that a request gives. */
class ActionArgumentsTest {

  private static ActionArguments of(String json) throws Exception {
    return new ActionArguments(Triggers.read(Triggers.NONE), JsonText.parse(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "{\"p\": \"text\"}        | text",
        "{\"p\": \" \"}           | ` `",
        "{\"p\": 1.50}            | 1.50",
        "{\"p\": 99999999999999.99} | 99999999999999.99",
        "{\"p\": true}            | true",
        "{\"p\": \"\"}            | -",
        "{\"p\": null}            | -",
        "{}                       | -"
      })
  void whenAPropertyHasASingleValueThenItsTextIsGiven(String json, @Nullable String text)
      throws Exception {
    assertThat(of(json).text("p")).isEqualTo(text);
    if (text != null) {
      assertThat(of(json).required("p")).isEqualTo(text);
    } else {
      assertThatThrownBy(() -> of(json).required("p"))
          .isInstanceOf(RefusedException.class)
          .hasMessage("action.p of trigger k has no value in this request.");
    }
  }

  @Test
  void whenATextIsAsLongAsAColumnOfTheEngineThenItIsGivenAndElseRefused() throws Exception {
    assertThat(of("{\"p\": \"%s\"}".formatted("x".repeat(255))).text("p")).hasSize(255);
    assertThatThrownBy(() -> of("{\"p\": \"%s\"}".formatted("x".repeat(256))).text("p"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("action.p of trigger k is longer than 255 characters in this request.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}            | is no single value",
        "[\"a\"]       | is no single value",
        "\"a\\u0000\"  | has characters that no database keeps",
        "\"\\ud800\"   | has characters that no database keeps"
      })
  void whenTheEngineCouldNotFindItByThatThenTheRequestIsRefused(String value, String problem) {
    assertThatThrownBy(() -> of("{\"p\": " + value + "}").text("p"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("action.p of trigger k " + problem + " in this request.");
  }

  @Test
  void whenVariablesAreGivenThenEachProcessHasItsOwnTrees() throws Exception {
    ActionArguments.Variables variables =
        of("{\"variables\": {\"s\": \"a\", \"n\": 5, \"none\": null, \"tree\": {\"a\": 1}}}")
            .variables();

    Map<String, Object> first = variables.copies();

    assertThat(first).containsOnlyKeys("s", "n", "none", "tree").containsEntry("s", "a");
    assertThat(first.get("none")).isNull();
    assertThat(Objects.requireNonNull(first.get("tree"))).hasToString("{\"a\":1}");
    assertThat(variables.copies().get("tree"))
        .isEqualTo(first.get("tree"))
        .isNotSameAs(first.get("tree"));
    assertThat(of("{}").variables().copies()).isEmpty();
  }
}
