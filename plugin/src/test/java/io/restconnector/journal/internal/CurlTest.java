package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that a POSIX shell reads as they are meant. */
class CurlTest {

  @ParameterizedTest
  @CsvSource({
    "GET, curl -i -X GET 'https://a.test/?a=1&b=2'",
    "DELETE, curl -i -X DELETE 'https://a.test/?a=1&b=2'",
    "HEAD, curl -i -I 'https://a.test/?a=1&b=2'",
  })
  void whenThereAreNeitherHeadersNorBodyThenTheLineHasMethodAndUrl(String method, String line) {
    assertThat(Curl.line(method, "https://a.test/?a=1&b=2", Map.of(), null)).isEqualTo(line);
  }

  @Test
  void whenAHeaderHasSeveralValuesThenEachStandsInTheLine() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("accept", List.of("a/b"));
    headers.put("x", List.of("1", "it's"));

    assertThat(Curl.line("PUT", "https://a.test/", headers, ""))
        .isEqualTo(
            "curl -i -X PUT 'https://a.test/' -H 'accept: a/b' -H 'x: 1' -H 'x: it'\\''s'"
                + " --data-raw ''");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a$b`c\\n         | 'a$b`c\\n'",
        "it's             | 'it'\\''s'",
        "\"a\nb\"         | $'a\\nb'",
        "\"a\rb\"         | $'a\\rb'",
        "\"it's\r\n\\\\n\"  | $'it\\'s\\r\\n\\\\\\\\n'",
      })
  void whenABodyHasWhatAShellReadsThenItIsQuoted(String body, String quoted) {
    assertThat(Curl.line("POST", "u", Map.of(), body))
        .isEqualTo("curl -i -X POST 'u' --data-raw " + quoted);
  }
}
