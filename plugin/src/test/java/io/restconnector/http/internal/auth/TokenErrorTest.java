package io.restconnector.http.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.CallOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of RFC 6749 §5.2, and nothing else that a server says. */
class TokenErrorTest {

  private static @Nullable String of(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return TokenError.of(new CallOutcome.Response(400, List.of(), bytes, bytes.length));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"error\":\"invalid_client\",\"error_description\":\"secret\"} | invalid_client",
        "{\"error\":\"invalid_scope\"} | invalid_scope",
        "{\"error\":\"secret\"} | ``",
        "{\"error\":{}} | ``",
        "[] | ``",
        "no JSON | ``"
      })
  void whenAnAnswerHasARegisteredWordThenItIsThat(String body, String word) {
    assertThat(of(body)).isEqualTo(word.isEmpty() ? null : word);
  }

  @Test
  void whenAnAnswerIsLongThenItIsNotParsed() {
    assertThat(of("{\"error\":\"invalid_client\"}" + " ".repeat(64 * 1024))).isNull();
    assertThat(of("")).isNull();
  }
}
