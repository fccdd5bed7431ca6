package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.http.internal.Redaction;
import io.restconnector.journal.JournalSettings;
import io.restconnector.spi.Secret;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Values of tasks and triggers as people may see them. */
class ShownJsonTest {

  private final Redaction secrets =
      Redaction.of(List.of(Secret.of("open/sesame"), Secret.of("471147114711")));
  private final ShownText text =
      new ShownText(JournalSettings.defaults(), () -> secrets, Set.of("x-pin"));

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(null, "null"),
        Arguments.of("plain", "\"plain\""),
        Arguments.of("a open%2fsesame b", "\"a *** b\""),
        Arguments.of(5, "5"),
        Arguments.of(true, "true"),
        Arguments.of(471147114711L, "\"***\""),
        Arguments.of(4711471147110L, "\"***\""),
        Arguments.of(new byte[] {1, 2}, "\"AQI=\""),
        Arguments.of(new Object(), "\"(no JSON)\""),
        Arguments.of(Map.of("X-Pin", Map.of("a", 1)), "{\"X-Pin\":\"***\"}"),
        Arguments.of(Map.of("authorization", 5), "{\"authorization\":\"***\"}"),
        Arguments.of(Map.of("open/sesame", 1), "{\"***\":1}"),
        Arguments.of(
            List.of(1, Map.of("a", List.of("open/sesame", "b"))), "[1,{\"a\":[\"***\",\"b\"]}]"),
        Arguments.of(List.of(), "[]"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void whenAValueIsShownThenItIsJsonWithoutSecrets(@Nullable Object value, String shown) {
    assertThat(ShownJson.of(text, "value", value)).hasToString(shown);
  }

  @Test
  void whenTheNameIsThatOfACredentialThenNothingOfTheValueIsShown() {
    assertThat(ShownJson.of(text, "x-pin", Map.of("a", 1))).hasToString("\"***\"");
    assertThat(ShownJson.of(text, "apiKey", 5)).hasToString("\"***\"");
  }

  /** A member's name may sound like a credential by chance: its value is looked at. */
  @Test
  void whenAMemberSoundsLikeACredentialThenItsValueIsShownUnlessItIsSecret() {
    assertThat(ShownJson.of(text, "value", Map.of("token", "x"))).hasToString("{\"token\":\"x\"}");
  }

  @Test
  void whenAValueIsLargeThenTheRestIsLeftOut() {
    JsonNode shown = ShownJson.of(text, "value", Collections.nCopies(10_001, 1));

    assertThat(shown.get(9_998).intValue()).isEqualTo(1); // the list itself is the first node
    assertThat(shown.get(9_999).stringValue()).isEqualTo("(more)");
    String longText = "a".repeat(ShownBody.MAX_BODY);
    assertThat(ShownJson.of(text, "value", longText).stringValue()).isEqualTo(longText);
  }

  @Test
  void whenHeadersAreShownThenOneValueStandsAloneAndCredentialsAreHidden() {
    assertThat(
            ShownJson.ofHeaders(
                text,
                Map.of(
                    "x-pin",
                    "1234",
                    "location",
                    "https://a.test/?k=1",
                    "vary",
                    List.of("a", "open/sesame"),
                    "link",
                    List.of("one"))))
        .isEqualTo(
            ShownJson.of(
                text,
                "value",
                Map.of(
                    "x-pin", "***",
                    "location", "https://a.test/?***",
                    "vary", Arrays.asList("a", "***"),
                    "link", "one")));
  }
}
