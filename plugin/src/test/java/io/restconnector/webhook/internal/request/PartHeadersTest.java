package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of a part, a character for each byte. */
class PartHeadersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "form-data; name=a                                          | a | ",
        "form-data; name=\"a b\"; filename=\"x.txt\"                | a b | x.txt",
        "form-data; name=a; filename=old; filename*=UTF-8''%E2%82%AC | a | €",
        "form-data; name=a; filename=old; filename*=UTF-8''%zz      | a | old",
        "form-data; name=a; filename=old; filename*=none''a         | a | old",
        "form-data; name=a; filename*=plain                         | a | plain",
        "form-data; name=Ã¼                                         | ü | ",
        "form-data; name=ü                                          | ü | "
      })
  void whenThereIsADispositionThenItNamesFieldAndFile(
      String disposition, String name, String filename) {
    assertThat(PartHeaders.parse("\r\nContent-Disposition: " + disposition.strip()))
        .isEqualTo(new PartHeaders(name, filename, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-disposition:form-data;\r\n name=a\r\nCONTENT-TYPE: text/csv",
        "Content-Type:text/csv \r\nX: y\r\nContent-Disposition: form-data; name=a"
      })
  void whenHeadersAreFoldedOrInAnotherOrderThenTheyAreRead(String headers) {
    assertThat(PartHeaders.parse(headers)).isEqualTo(new PartHeaders("a", null, "text/csv"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Content-Type: a/b", "Content-Disposition: form-data", "name=a", ": x"})
  void whenNoFieldIsNamedThenThereIsNoPart(String headers) {
    assertThat(PartHeaders.parse(headers)).isNull();
  }
}
