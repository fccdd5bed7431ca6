package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.channel.ChannelTree;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What a channel has done with a request. */
class ActionReaderTest {

  private static final ActionKind RING =
      new ActionKind("ring", Set.of("bell"), Set.of("variables", "tone"));
  private static final Set<ActionKind> KINDS =
      new LinkedHashSet<>(List.of(RING, new ActionKind("none", Set.of(), Set.of())));

  private final TriggerExpressions expressions =
      new TriggerExpressions(Triggers.expressions(Map.of()));

  private Trigger.Action read(ObjectNode channel) throws InvalidTriggerException {
    return new ActionReader(new ChannelTree(channel), expressions, KINDS).read();
  }

  @Test
  void whenAnActionIsGivenThenItsArgumentsAreAllButItsTypeAndItsExpressionsAreParsed()
      throws Exception {
    ObjectNode channel =
        Triggers.tree(
            "'action': {'type': 'ring', 'bell': 'b${body.b}', 'variables': {'x': ['${body.x}']}}");

    Trigger.Action action = read(channel);

    assertThat(action)
        .isEqualTo(
            new Trigger.EngineCall(
                RING, Triggers.tree("'bell': 'b${body.b}', 'variables': {'x': ['${body.x}']}")));
    assertThat(expressions.byText()).containsOnlyKeys("${body.b}", "${body.x}");
    // The channel itself is as it was: it is compared and deployed again.
    assertThat(channel.path("action").has("type")).isTrue();
  }

  @Test
  void whenAnActionIsGivenThenTheDetectionOfEventsIsNotLookedAt() throws Exception {
    assertThat(
            read(Triggers.tree("'action': {'type': 'none'}, 'channelEventKeyDetection': {'x': 1}")))
        .isInstanceOf(Trigger.EngineCall.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'action': 'ring' | action is \"ring\", wanted an object",
        "'action': null | action is null, wanted an object",
        "'action': {} | action.type is missing, wanted ring, none",
        "'action': {'type': 'Ring'} | action.type is \"Ring\", wanted ring, none",
        "'action': {'type': ['ring']} | action.type is [\"ring\"], wanted ring, none",
        "'action': {'type': 'ring'} | action.bell is missing, wanted a string",
        "'action': {'type': 'ring', 'bell': ''} | action.bell is \"\", wanted a string",
        "'action': {'type': 'ring', 'bell': ' '} | action.bell is \" \", wanted a string",
        "'action': {'type': 'ring', 'bell': 'b', 'tone': 1} | action.tone is 1, wanted a string",
        "'action': {'type': 'ring', 'bell': 'b', 'variables': '${body}'} | action.variables is \"${body}\", wanted an object",
        "'action': {'type': 'none', 'bell': 'b'} | action.bell is \"b\", wanted no such property of none",
        "'action': {'type': 'ring', 'bell': '${a b}'} | action.bell is \"${a b}\", wanted an expression that parses"
      })
  void whenAnActionIsWrongThenTheMessageSaysWhatIsWanted(String properties, String message) {
    assertThatThrownBy(() -> read(Triggers.tree(properties)))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'fixedValue': 'paid'} | FixedEvent[eventKey=paid]",
        "{'jsonField': 'type'} | DetectedEvent[eventKey=/type]",
        "{'jsonField': 'a/b~c'} | DetectedEvent[eventKey=/a~1b~0c]",
        "{'jsonPointerExpression': '/a/b'} | DetectedEvent[eventKey=/a/b]"
      })
  void whenNoActionIsGivenThenTheEventIsDetected(String detection, String action) throws Exception {
    assertThat(read(Triggers.tree("'channelEventKeyDetection': " + detection))).hasToString(action);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'key': 'k' | channelEventKeyDetection is missing, wanted one of fixedValue, jsonField and jsonPointerExpression, or an action",
        "'channelEventKeyDetection': {} | channelEventKeyDetection is {}, wanted one of",
        "'channelEventKeyDetection': {'fixedValue': 'a', 'jsonField': 'b'} | , wanted one of fixedValue",
        "'channelEventKeyDetection': 'paid' | channelEventKeyDetection is \"paid\", wanted an object",
        "'channelEventKeyDetection': {'fixedValue': 1} | channelEventKeyDetection.fixedValue is 1, wanted a string",
        "'channelEventKeyDetection': {'xmlXPathExpression': '/a'} | wanted one of fixedValue, jsonField and jsonPointerExpression",
        "'channelEventKeyDetection': {'jsonPointerExpression': 'a/b'} | wanted one of fixedValue, jsonField and jsonPointerExpression"
      })
  void whenNoEventCanBeDetectedThenTheMessageSaysWhatIsWanted(String properties, String message) {
    assertThatThrownBy(() -> read(Triggers.tree(properties)))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessageContaining(message);
  }
}
