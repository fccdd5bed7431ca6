package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Percent-encoding without replacement characters. */
class PercentDecoderTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain, false, plain",
        "a+b, false, a+b",
        "a+b, true, a b",
        "a%2Bb+c, true, a+b c",
        "a%2bb+c, false, a+b+c",
        "%61, false, a",
        "x%20y%7E, false, x y~",
        "%E2%82%AC, false, €",
        "ä%2F, false, ä/",
        "%2525, false, %25",
        "``, true, ``"
      })
  void whenTextIsEncodedThenItIsDecodedOnce(String text, boolean plusIsSpace, String decoded)
      throws Exception {
    assertThat(PercentDecoder.decode(text, plusIsSpace)).isEqualTo(decoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a%", "%4", "%4g", "%g4", "%%41", "%u0041", "%٣٣", "%+1", "%41%"})
  void whenTheEncodingIsBrokenThenTheRequestIsRefused(String text) {
    assertThatThrownBy(() -> PercentDecoder.decode(text, true))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The request holds a broken percent-encoding.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FF", "%C3", "%C3%28", "%C0%AF", "%ED%A0%80"})
  void whenTheBytesAreNoUtf8ThenTheRequestIsRefused(String text) {
    assertThatThrownBy(() -> PercentDecoder.decode(text, false))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The request holds text that is not UTF-8.");
  }

  @Test
  void whenTheCharsetIsAnotherThenBytesAndLettersAreOneTextInIt() throws Exception {
    assertThat(PercentDecoder.decode("%E4", false, StandardCharsets.ISO_8859_1)).isEqualTo("ä");
    // In Shift_JIS 83 41 is one character, and 41 alone is an A.
    assertThat(PercentDecoder.decode("%83A", false, Charset.forName("Shift_JIS"))).isEqualTo("ア");
  }
}
