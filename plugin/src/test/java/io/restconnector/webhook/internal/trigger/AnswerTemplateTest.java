package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.channel.ChannelTree;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a channel says of an answer. */
class AnswerTemplateTest {

  private static AnswerTemplate read(String properties) throws InvalidTriggerException {
    return AnswerTemplate.read(
        new ChannelTree(Triggers.tree(properties), "respond."),
        new TriggerExpressions(Triggers.expressions(Map.of())));
  }

  @Test
  void whenNothingIsSaidThenTheAnswerIsAnEmpty200() throws Exception {
    assertThat(read("")).isEqualTo(new AnswerTemplate(200, null, Map.of(), false));
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "202, 202", "599, 599", "304, 304"})
  void whenTheStatusIsAFinalOneThenItIsTaken(String given, int status) throws Exception {
    assertThat(read("'status': " + given).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"199", "600", "'200'", "200.5", "null", "[200]"})
  void whenTheStatusIsNoFinalOneThenItIsRefused(String status) {
    assertThatThrownBy(() -> read("'status': " + status))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessage(
            "respond.status is %s, wanted an integer from 200 to 599"
                .formatted(status.replace('\'', '"')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'status': 204",
        "'status': 205, 'body': null",
        "'status': 201, 'body': {}",
        "'body': {}, 'answerHeaders': {'Content-Type': 'application/vnd.a+json'}",
        "'body': [], 'answerHeaders': {'Content-Type': '${body.type}'}",
        "'body': 'text', 'answerHeaders': {'Content-Type': 'text/plain'}",
        "'answerHeaders': {'content-type': 'text/plain'}"
      })
  void whenStatusBodyAndTypeSuitEachOtherThenTheyAreTaken(String properties) throws Exception {
    assertThat(read(properties)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'status': 204, 'body': {} | respond.status is 204, wanted a status whose answer has a body, or no body",
        "'status': 205, 'body': '' | respond.status is 205, wanted a status whose answer has a body",
        "'status': 304, 'body': 0 | respond.status is 304, wanted a status whose answer has a body",
        "'body': {}, 'answerHeaders': {'content-type': 'text/plain'} | respond.body is {}, wanted a string, as the Content-Type",
        "'body': [], 'answerHeaders': {'X': 'a', 'Content-Type': 'text/xml'} | respond.body is [], wanted a string",
        "'answerHeaders': [] | respond.answerHeaders is [], wanted an object",
        "'answerHeaders': {'X': null} | respond.answerHeaders.X is null, wanted a string",
        "'answerHeaders': {'X': {'a': 1}} | respond.answerHeaders.X is {\"a\":1}, wanted a string",
        "'answerHeaders': {'X-A': 'a', 'x-a': '${body}'} | respond.answerHeaders.x-a is \"${body}\", wanted each header once",
        "'answerHeaders': {'Connection': '${body}'} | respond.answerHeaders.Connection is \"${body}\", wanted no header of the connection",
        "'answerHeaders': {'X': '${a b}'} | respond.answerHeaders.X is \"${a b}\", wanted an expression that parses",
        "'body': {'a': ['${a b}']} | respond.body.a is \"${a b}\", wanted an expression that parses"
      })
  void whenTheAnswerCannotBeSentThenTheMessageSaysWhatIsWanted(String properties, String message) {
    assertThatThrownBy(() -> read(properties))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'body': 'result' | false",
        "'body': '${body.result}' | false",
        "'body': '${result.instance.id}' | true",
        "'body': {'a': [1, {'b': 'x${result}'}]} | true",
        "'body': {'result': '${body}'} | false",
        "'answerHeaders': {'X': '${result.instance.id}'} | true",
        "'body': '${body}', 'answerHeaders': {'X': '${body}', 'Y': 'y'} | false"
      })
  void whenAnExpressionLooksAtTheResultThenTheAnswerIsMadeLater(String properties, boolean isLater)
      throws Exception {
    assertThat(read(properties).seesResult()).isEqualTo(isLater);
  }

  @Test
  void whenSomeHeadersSeeTheResultThenTheOthersAreOfTheRequestAndStayInTheAnswer()
      throws Exception {
    AnswerTemplate answer =
        read("'answerHeaders': {'A': 'a', 'B': '${result.instance.id}', 'C': '${body}', 'N': 5}");

    assertThat(answer.headersOfRequest()).containsOnlyKeys("A", "C", "N");
    assertThat(answer.headers()).containsOnlyKeys("A", "B", "C", "N");
  }

  @Test
  void whenTheAnswerSignsThenItMay() throws Exception {
    assertThat(read("'body': '${hmac:hex(\"sha256\", \"s\", body)}'".replace("\"", "\\\"")).body())
        .isNotNull();
  }
}
