package io.restconnector.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where forms of secrets stand in a text, and what is left of a text that is cut. */
class SecretFormsTest {

  private static SecretForms forms(String... forms) {
    SecretForms all = new SecretForms();
    for (String form : forms) {
      all.add(form);
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "key, ***",
    "KEY, ***",
    "akeyb, a***b",
    "keykey, ******",
    "ke, ke",
    "kex key, kex ***",
    "kekey, ke***",
    "k\u212aey, k***",
    "''  , ''",
  })
  void whenAFormStandsInATextThenItIsMaskedAsAWhole(String text, String masked) {
    assertThat(forms("key").mask(text, 100)).isEqualTo(masked);
  }

  @Test
  void whenFormsBeginAlikeThenTheLongestIsMasked() {
    assertThat(forms("key", "key-1", "ke").mask("key-1 key-2 ke", 100)).isEqualTo("*** ***-2 ***");
  }

  @ParameterizedTest
  @CsvSource({"a b, a b", "a b, a+b", "a+b, a+b"})
  void whenASpaceIsWrittenAsAPlusThenItIsFound(String form, String text) {
    assertThat(forms(form).mask(text, 100)).isEqualTo("***");
  }

  @Test
  void whenAPlusIsOfTheSecretThenASpaceIsNotIt() {
    assertThat(forms("a+b").mask("a b", 100)).isEqualTo("a b");
  }

  @ParameterizedTest
  @CsvSource({"\u00c4rger, \u00e4RGER", "\u03a3x, \u03c2X", "\u0130d, \u0130D"})
  void whenLettersAreNotOfAsciiThenTheCaseDoesNotMatterEither(String form, String text) {
    assertThat(forms(form).mask("<" + text + ">", 100)).isEqualTo("<***>");
  }

  @Test
  void whenAFormIsEmptyThenNothingIsMasked() {
    assertThat(forms("").mask("any text", 100)).isEqualTo("any text");
  }

  @Test
  void whenFormsAreAddedToOthersThenBothAreMasked() {
    SecretForms all = forms("one");
    all.addAll(forms("two", "\u00fcber"));

    assertThat(all.mask("one two \u00fcber three", 100)).isEqualTo("*** *** *** three");
  }

  /** The escapes of four layers are seen, whatever else is in the text. */
  @ParameterizedTest
  @CsvSource({
    "%6bey, ***",
    "%256bey, ***",
    "%25256bey, ***",
    "%2525256bey, ***",
    "%252525256bey, %252525256bey",
    "a%20%6bey&key&#107;ey, a%20***&******",
  })
  void whenAFormIsEscapedThenItIsMaskedWhereItStands(String text, String masked) {
    assertThat(forms("key").mask(text, 100)).isEqualTo(masked);
  }

  /** What overlaps is masked once, from where the first begins to where the last ends. */
  @Test
  void whenPlainAndEscapedFormsOverlapThenNothingOfEitherIsLeft() {
    assertThat(forms("a%62", "bcd").mask("xa%62cdy", 100)).isEqualTo("x***y");
  }

  @ParameterizedTest
  @CsvSource({
    "abcdef, 6, abcdef",
    "abcdef, 5, abcde",
    "abcdef, 0, ''",
    "abkey, 5, ab***",
    "abkey, 4, ab",
    "keyab, 3, ***",
    "keyab, 4, ***a",
    "abckeyd, 2, ab",
    "keykey, 5, ***",
    "a\ud83d\ude00b, 2, a",
    "a\ud83d\ude00b, 3, a\ud83d\ude00",
  })
  void whenATextIsTooLongThenItsBeginningIsLeft(String text, int maxLength, String shown) {
    assertThat(forms("key").mask(text, maxLength)).isEqualTo(shown);
  }
}
