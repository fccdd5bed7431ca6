package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channel files without an engine: {@code ValidatingRepositoryServiceTest} has them with one. */
class TriggerReaderTest {

  private static final TriggerHost HOST =
      Triggers.host(Set.of(new ActionKind("ring", Set.of("bell"), Set.of("variables"))));

  private static final String RING = "'action': {'type': 'ring', 'bell': '${body.bell}'}";

  private static Trigger read(String properties) throws InvalidTriggerException {
    return new TriggerReader(
            Triggers.expressions(Map.of()),
            HOST,
            Triggers.tree("'key': 'k', 'path': 'a/{id}', " + properties))
        .read("tenant");
  }

  @Test
  void whenAFileSaysLittleThenTheRestHasItsDefaults() throws Exception {
    Trigger trigger = read(RING);

    assertThat(trigger.tenantId()).isEqualTo("tenant");
    assertThat(trigger.methods()).isEmpty();
    assertThat(trigger.answer().status()).isEqualTo(200);
    assertThat(trigger.acceptWithoutConsumer()).isFalse();
    assertThat(trigger.isSigned()).isFalse();
    assertThat(trigger.maxBodySize(1_000)).isEqualTo(1_000);
    assertThat(trigger.expressions()).containsOnlyKeys("${body.bell}");
  }

  @Test
  void whenAFileSaysAllThenItIsThere() throws Exception {
    Trigger trigger =
        read(
            """
            'method': ['PUT', 'POST'], 'headers': {'X-A': '1'}, 'params': {'p': '2'},
            'condition': '${body.x == 1}', 'each': '${body.items}', 'status': 201,
            'body': {'id': '${pathVariables.id}'}, 'answerHeaders': {'X-B': 'b'},
            'maxBodySize': '2KB', 'acceptWithoutConsumer': true,
            'deduplication': {'key': '${item.id}'},
            """
                + RING);

    assertThat(trigger.methods()).containsExactly("PUT", "POST");
    assertThat(trigger.headers().byName()).isEqualTo(Map.of("x-a", "1"));
    assertThat(trigger.params()).isEqualTo(Map.of("p", "2"));
    assertThat(trigger.answer().status()).isEqualTo(201);
    assertThat(trigger.answer().headers()).containsOnlyKeys("X-B");
    assertThat(trigger.maxBodySize()).isEqualTo(2_048);
    assertThat(trigger.maxBodySize(1_000)).isEqualTo(1_000);
    assertThat(trigger.acceptWithoutConsumer()).isTrue();
    assertThat(trigger.tellsElementsApart()).isTrue();
    assertThat(trigger.expressions().keySet())
        .contains("${pathVariables.id}", "${item.id}", "${body.bell}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'maxBodySize': 10 | 10",
        "'maxBodySize': '10B' | 10",
        "'maxBodySize': '3MB' | 3145728",
        "'maxBodySize': '9999999999GB' | 9223372036854775807"
      })
  void whenASizeHasAUnitThenItIsInBytes(String property, long bytes) throws Exception {
    assertThat(read(property + ", " + RING).maxBodySize()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'colour': 1 | colour is 1, wanted no such property",
        "'method': 'post' | wanted one or a list of [GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE]",
        "'method': [] | wanted one or a list of [GET, HEAD,",
        "'headers': {'a b': 'c'} | wanted names of HTTP headers",
        "'headers': {'X-A': '1', 'x-a': '2'} | wanted each header once",
        "'headers': {'a': 1} | headers.a is 1, wanted a string",
        "'params': 'a' | params is \"a\", wanted an object",
        "'condition': 'true' | condition is \"true\", wanted an expression",
        "'condition': '${a b}' | wanted an expression that parses",
        "'status': 199 | wanted an integer from 200 to 599",
        "'status': '200' | wanted an integer from 200 to 599",
        "'status': 204, 'body': {} | wanted a status whose answer has a body, or no body",
        "'body': {}, 'answerHeaders': {'Content-Type': 'text/plain'} | wanted a string, as the Content-Type",
        "'answerHeaders': {'Content-Length': '1'} | wanted no header of the connection",
        "'answerHeaders': {'X-A': 'a', 'x-a': 'b'} | wanted each header once",
        "'answerHeaders': {'X-A': []} | answerHeaders.X-A is [], wanted a string",
        "'maxBodySize': '1.5MB' | wanted a size such as 256KB or 2MB",
        "'maxBodySize': '-1' | wanted a size such as 256KB or 2MB",
        "'acceptWithoutConsumer': 'true' | wanted true or false",
        "'payload': [] | payload is [], wanted an object"
      })
  void whenAPropertyIsWrongThenTheMessageSaysWhatIsWanted(String property, String message) {
    assertThatThrownBy(() -> read(property + ", " + RING))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'action': {'type': 'other'} | action.type is \"other\", wanted ring",
        "'action': {'type': 'ring'} | action.bell is missing, wanted a string",
        "'action': {'type': 'ring', 'bell': 1} | action.bell is 1, wanted a string",
        "'action': {'type': 'ring', 'bell': 'b', 'variables': 'x'} | wanted an object",
        "'action': {'type': 'ring', 'bell': 'b', 'x': 'y'} | wanted no such property of ring",
        "'channelEventKeyDetection': {} | wanted one of fixedValue, jsonField and",
        "'channelEventKeyDetection': {'xpath': '/a'} | wanted one of fixedValue, jsonField and",
        "'channelEventKeyDetection': {'jsonPointerExpression': 'a'} | wanted one of fixedValue",
        "'channelEventKeyDetection': {'fixedValue': ''} | wanted a string"
      })
  void whenWhatATriggerDoesIsWrongThenTheMessageSaysWhatIsWanted(String action, String message) {
    assertThatThrownBy(() -> read(action))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whenTheBodyNamesTheEventThenThePlaceIsAPointer() throws Exception {
    assertThat(read("'channelEventKeyDetection': {'jsonField': 'a/b'}").action())
        .hasToString("DetectedEvent[eventKey=/a~1b]");
    assertThat(read("'channelEventKeyDetection': {'jsonPointerExpression': '/a/b'}").action())
        .hasToString("DetectedEvent[eventKey=/a/b]");
    assertThat(read("'channelEventKeyDetection': {'fixedValue': 'paid'}").action())
        .isEqualTo(new Trigger.FixedEvent("paid"));
  }
}
