package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that a trigger may give its answer. */
class AnswerHeadersTest {

  @ParameterizedTest
  @CsvSource({
    "X-Name, plain text",
    "X-Name, caf\u00e9",
    "X-Name, ''",
    "Content-Type, text/plain",
    "content-type, application/json; charset=UTF-8",
    "Content-Type, text/xml;charset=utf-8"
  })
  void whenAHeaderCanBeSentThenThereIsNoProblem(String name, String value) {
    assertThat(new AnswerHeaders().problemOf(name, value)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'X Name', a, name of an HTTP header",
    "'', a, name of an HTTP header",
    "X:, a, name of an HTTP header",
    "content-LENGTH, 1, no header of the connection",
    "Transfer-Encoding, chunked, no header of the connection",
    "X-Name, 'a\nb', ISO-8859-1 without line breaks",
    "X-Name, '\u20ac', ISO-8859-1 without line breaks",
    "Content-Type, text, a media type such as",
    "Content-Type, 'text/plain, x', a media type such as",
    "Content-Type, text/plain; charset=iso-8859-1, charset UTF-8 or none"
  })
  void whenAHeaderCannotBeSentThenTheProblemSaysWhatCould(
      String name, String value, String wanted) {
    assertThat(new AnswerHeaders().problemOf(name, value)).contains(wanted);
  }

  @Test
  void whenAHeaderIsThereInAnyCaseThenItIsNotTakenTwice() {
    AnswerHeaders headers = new AnswerHeaders();
    headers.put("content-type", "text/plain");

    assertThat(headers.contentType()).isEqualTo("text/plain");
    assertThat(headers.problemOf("Content-Type", null)).isEqualTo("each header once");
    assertThat(headers.problemOf("X-Other", null)).isNull();
  }
}
