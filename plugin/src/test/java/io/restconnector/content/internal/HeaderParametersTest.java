package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderParametersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "form-data; name=\"a;b\"; filename=\"c\" | a;b",
        "form-data;name=a                        | a",
        "form-data; NAME = \"a\\\"b\"             | a\"b",
        "form-data; x; name=a                    | a",
        "form-data;; ;name=a;                    | a",
        "form-data; name=\"a=b\"                  | a=b",
        "form-data; name=                        | ``",
        "form-data; name                         |",
        "form-data; x=\"; name=a                  |"
      })
  void whenAHeaderHasParametersThenEachIsReadByItsName(String header, String name) {
    HeaderParameters parsed = HeaderParameters.parse(header);

    assertThat(parsed.value()).isEqualTo("form-data");
    assertThat(parsed.byName().get("name")).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {";", " ;", "a;", "\"", "\\", "=", ";=", "\";"})
  void whenAHeaderIsAsLongAsABodyThenItIsReadInOnePass(String filler) {
    String header = "form-data; name=a" + filler.repeat(1024 * 1024 / filler.length());

    // Looking through all of the rest for each parameter takes ten minutes.
    assertThat(
            assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> HeaderParameters.parse(header).value()))
        .isEqualTo("form-data");
  }

  @Test
  void whenAHeaderIsEmptyThenItHasNothing() {
    assertThat(HeaderParameters.parse("").value()).isEmpty();
    assertThat(HeaderParameters.parse(";").byName()).isEmpty();
  }
}
