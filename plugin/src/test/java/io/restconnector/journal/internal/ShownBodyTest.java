package io.restconnector.journal.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.http.internal.Redaction;
import io.restconnector.journal.JournalSettings;
import io.restconnector.spi.Secret;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an entry may hold of a body. */
class ShownBodyTest {

  private final Redaction secrets = Redaction.of(List.of(Secret.of("open/sesame")));
  private final ShownBody bodies = bodies(Set.of("pin"));

  private ShownBody bodies(Set<String> hidden) {
    return new ShownBody(new ShownText(JournalSettings.defaults(), () -> secrets, hidden));
  }

  private ShownBody.@Nullable Shown shown(String body, @Nullable String type) {
    byte[] bytes = body.getBytes(UTF_8);
    return bodies.of(bytes, bytes.length, type);
  }

  private static ShownBody.Shown whole(String text) {
    return new ShownBody.Shown(text, true);
  }

  private static ShownBody.Shown part(String text) {
    return new ShownBody.Shown(text, false);
  }

  @Test
  void whenABodyIsEmptyThenNothingIsShown() {
    assertThat(shown("", "application/json")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": \"x\\/y\\u0041\"} | application/json",
        "a=1&b=%20%41           | application/x-www-form-urlencoded",
        "<a pins='x'>y</a>      | application/xml",
        "pin                    | text/plain",
        "pin 5                  | ",
        "{\"pins\": \"1\"}      | application/json",
      })
  void whenNothingIsSecretThenTheBodyIsShownAsItCame(String body, @Nullable String type) {
    assertThat(shown(body, type)).isEqualTo(whole(body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"pin\": 12, \"a\": 1}                | {\"pin\": \"***\", \"a\": 1}",
        "{\"PIN\" : \"1,2}\", \"a\": 1}         | {\"PIN\" : \"***\", \"a\": 1}",
        "{\"pin\": \"a\\\\\", \"b\": 1}         | {\"pin\": \"***\", \"b\": 1}",
        "{\"pin\": \"a\\\"x, y\", \"b\": 1}     | {\"pin\": \"***\", \"b\": 1}",
        "{\"pin\": {\"a\": [1, 2], \"b\": 3}, \"c\": 4} | {\"pin\": \"***\", \"c\": 4}",
        "[{\"pin\": [1, 2]}, {\"pin\": 3}]      | [{\"pin\": \"***\"}, {\"pin\": \"***\"}]",
        "{\"pin\": {\"a\": 1                    | {\"pin\": \"***\"",
        "{\"pin\": \"cut off                    | {\"pin\": \"***\"",
        "{\"\\u0070in\": 12}                    | {\"pin\": \"***\"}",
        "a=1&pin=2&b=3                          | a=1&pin=***&b=3",
        "a=1&pin=                               | a=1&pin=***",
        "<a pin='x'>y</a>                       | <a pin=***",
        "see ?pin=2 there                       | see ?pin=*** there",
        "<a><pin>12</pin><b>1</b></a>           | <a><pin>***</pin><b>1</b></a>",
        "<pin lang='en'>12</pin>                | <pin lang='en'>***</pin>",
        "a \"open\\/sesame\" b                  | a \"***\" b",
        "a open\\u002fsesame b                  | a *** b",
        "a open%2Fsesame b                      | a *** b",
      })
  void whenANameOrASecretSaysSoThenTheValueIsHidden(String body, String text) {
    assertThat(shown(body, "application/json")).isEqualTo(part(text));
  }

  @Test
  void whenAPartOfMultipartIsToBeHiddenThenItsContentIs() {
    String body =
        """
        --x\r
        Content-Disposition: form-data; name="pin"\r
        Content-Type: text/plain\r
        \r
        1234\r
        --x\r
        Content-Disposition: form-data; name="a"\r
        \r
        b\r
        --x--\r
        """;

    assertThat(shown(body, "multipart/form-data; boundary=x"))
        .isEqualTo(part(body.replace("1234", "***")));
  }

  @Test
  void whenAFormHasEscapedNamesThenTheirValuesAreHiddenAllTheSame() {
    assertThat(shown("%70in=12&a=b%2Fc&api_key=x", "application/x-www-form-urlencoded"))
        .isEqualTo(part("pin=***&a=b%2Fc&api_key=***"));
  }

  @Test
  void whenNoNameIsToBeHiddenThenOnlySecretsAre() {
    String body = "{\"pin\": \"open/sesame\"}";

    assertThat(bodies(Set.of()).of(body.getBytes(UTF_8), body.length(), null))
        .isEqualTo(part("{\"pin\": \"***\"}"));
  }

  /** A text with another quote or line would be another text. */
  @ParameterizedTest
  @ValueSource(strings = {"\\u0022", "\\u005c", "\\u000a", "\\u001F"})
  void whenAQuoteOrControlIsEscapedThenItStaysSo(String escape) {
    assertThat(shown("{\"pin\": 1, \"a\": \"x" + escape + "\"}", "application/json"))
        .isEqualTo(part("{\"pin\": \"***\", \"a\": \"x" + escape + "\"}"));
  }

  @Test
  void whenABodyIsNoTextThenItsLengthIsShown() {
    assertThat(shown("plain", "application/octet-stream")).isEqualTo(part("(5 bytes)"));
    assertThat(shown("a\u0000b", "text/plain")).isEqualTo(part("(3 bytes)"));
    assertThat(shown("plain", "text/plain; charset=no-such")).isEqualTo(part("(5 bytes)"));
    byte[] latin = "\u00e4b".getBytes(ISO_8859_1);
    assertThat(bodies.of(latin, 2, "text/plain")).isEqualTo(part("(2 bytes)"));
    assertThat(bodies.of(latin, 2, "text/plain; charset=iso-8859-1")).isEqualTo(whole("\u00e4b"));
  }

  @Test
  void whenTextHasTabsAndLinesThenItIsText() {
    assertThat(shown("a\tb\r\nc", "text/plain")).isEqualTo(whole("a\tb\r\nc"));
  }

  @Test
  void whenABodyIsCutInACharacterThenWhatIsThereIsShown() {
    byte[] cut = {'a', (byte) 0xc3};

    assertThat(bodies.of(cut, 100, "text/plain")).isEqualTo(part("a"));
  }

  @Test
  void whenABodyIsLongerThanWhatIsKeptThenItsBeginningIsShown() {
    String most = "a".repeat(ShownBody.MAX_BODY);

    assertThat(shown(most, "text/plain")).isEqualTo(whole(most));
    assertThat(shown(most + "b", "text/plain")).isEqualTo(part(most));
    byte[] secretAtTheEnd = (most.substring(5) + "open/sesame").getBytes(UTF_8);
    assertThat(bodies.of(secretAtTheEnd, 100_000, "text/plain"))
        .isEqualTo(part(most.substring(5) + "***"));
  }
}
