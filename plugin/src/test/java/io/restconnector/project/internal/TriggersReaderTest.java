package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Which channel becomes of a trigger. */
class TriggersReaderTest {

  private static final String SIGNAL = "{'payloadType': 'SignalPayload', 'name': 's'}";

  private final Faults faults = new Faults();

  private List<TriggerFile> read(Map<String, String> triggers) {
    Map<String, JsonNode> files = new java.util.TreeMap<>();
    triggers.forEach((name, text) -> files.put(name, json(text)));
    Map<String, Connector> connectors =
        Map.of(
            "orders", new Connector("connectors/orders.json", "orders", true, Map.of(), 410),
            "crm", new Connector("connectors/crm.json", "crm", true, Map.of(), 422),
            "mail", new Connector("connectors/mail.json", "mail", false, Map.of(), null));
    return new TriggersReader(connectors, Set.of("p"), faults).read(files);
  }

  private static JsonNode json(String text) {
    return JsonText.parse(text.replace('\'', '"'));
  }

  private static String trigger(String source, String inputs, String payload) {
    return "{'name': 't', 'event': {'source': '%s', 'inputs': %s}, 'action': {'source': 'command-consumer', 'payload': %s}}"
        .formatted(source, inputs, payload);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "github | github",
        "/github/ | github",
        "https://alfresco.com/finance/orders/events/github | github",
        "https://alfresco.com/finance/orders/events/a/events/b | a/events/b",
        "https://alfresco.com/finance/renamed/events/a/b?x=1#y | a/b",
        "/finance/orders/events/a/b/ | a/b",
        "orders/events/a | a",
        "sales/events/a | sales/events/a",
        "https://alfresco.com/a | ''",
        "'' | ''",
      })
  void whenThePathIsATailOrAWholeUrlThenTheTailCounts(String path, String tail) {
    String given = path.replace("''", "");
    List<TriggerFile> read =
        read(
            Map.of(
                "triggers/t.json",
                trigger("connector.orders.INCOMING_WEBHOOK", "{'path': '" + given + "'}", SIGNAL)));

    if (tail.equals("''")) {
      assertThat(faults.errors())
          .containsExactly(
              "triggers/t.json: its event has no path, wanted what follows /orders/events/");
    } else {
      assertThat(read.get(0).channel().path("path").asString()).isEqualTo(tail);
      assertThat(read.get(0).channel().path("eventNotMatchStatus").intValue()).isEqualTo(410);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'payloadType': 'StartProcessPayload', 'processDefinitionKey': 'p', 'name': 'n', 'businessKey': 14240, 'variables': {'a': '${body.a}', 'b': {'type': 'static_value', 'value': ['${x}']}, 'c': {'type': 'variable', 'value': 'body'}}} | {'type': 'startProcess', 'processDefinitionKey': 'p', 'name': 'n', 'businessKey': '14240', 'variables': {'a': '${body.a}', 'b': ['\\\\${x}'], 'c': '${body}'}}",
        "{'id': '1', 'payloadType': 'SignalPayload', 'name': 'Signal_1'} | {'type': 'signal', 'name': 'Signal_1'}",
        "{'payloadType': 'ReceiveMessagePayload', 'name': 'm', 'correlationKey': '${body.id}', 'variables': {}} | {'type': 'message', 'name': 'm', 'correlationKey': '${body.id}', 'variables': {}}",
        "{'payloadType': 'StartMessagePayload', 'name': 'm', 'businessKey': ''} | {'type': 'startMessage', 'name': 'm'}",
      })
  void whenAPayloadIsOneOfTheFourThenItIsTheActionOfTheChannel(String payload, String action) {
    List<TriggerFile> read =
        read(
            Map.of(
                "triggers/t.json",
                trigger("connector.orders.INCOMING_WEBHOOK", "{'path': 'a'}", payload)));

    assertThat(faults.errors()).isEmpty();
    assertThat(faults.warnings()).isEmpty();
    assertThat(read.get(0).channel().path("action")).isEqualTo(json(action));
  }

  @Test
  void whenInputsAreInAnyOfTheirFormsThenTheChannelHasThem() {
    List<TriggerFile> read =
        read(
            Map.of(
                "triggers/t.json",
                trigger(
                    "connector.orders.INCOMING_WEBHOOK",
                    """
                    {'path': {'type': 'value', 'value': 'a'}, 'method': 'POST, PUT', 'status': '202',
                     'headers': {'X-Event': 'paid'}, 'params': {}, 'condition': '${body.amount > 0}',
                     'body': '{\\\\"ok\\\\": true}', 'other': 1}
                    """
                        .replace("\\\\", "\\"),
                    SIGNAL)));

    assertThat(read.get(0).channel())
        .isEqualTo(
            json(
                """
                {'key': 't', 'name': 't', 'channelType': 'inbound', 'type': 'webhook', 'path': 'a',
                 'method': ['POST', 'PUT'], 'headers': {'X-Event': 'paid'},
                 'condition': '${body.amount > 0}', 'status': 202, 'body': {'ok': true},
                 'eventNotMatchStatus': 410, 'action': {'type': 'signal', 'name': 's'}}
                """));
    assertThat(faults.warnings())
        .containsExactly("triggers/t.json: its event has the input 'other', which is dropped");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "connector.orders.EMAIL_RECEIVED | {'payloadType': 'SignalPayload', 'name': 's'} | its event is no webhook of the REST connector, wanted connector.<name>.INCOMING_WEBHOOK",
        "engine.TIMER_FIRED | {'payloadType': 'SignalPayload', 'name': 's'} | its event is no webhook of the REST connector, wanted connector.<name>.INCOMING_WEBHOOK",
        "connector.none.INCOMING_WEBHOOK | {'payloadType': 'SignalPayload', 'name': 's'} | wants the connector 'none', which is not there",
        "connector.mail.INCOMING_WEBHOOK | {'payloadType': 'SignalPayload', 'name': 's'} | wants the connector 'mail', which is no REST connector",
        "connector.orders.INCOMING_WEBHOOK | {'payloadType': 'StartProcessPayload', 'name': 'n'} | its StartProcessPayload lacks processDefinitionKey",
        "connector.orders.INCOMING_WEBHOOK | {'payloadType': 'StartProcessPayload', 'processDefinitionKey': 'q'} | wants the process 'q', which is not in the project",
        "connector.orders.INCOMING_WEBHOOK | {'payloadType': 'SignalPayload'} | its SignalPayload lacks name",
        "connector.orders.INCOMING_WEBHOOK | {'payloadType': 'ReceiveMessagePayload', 'name': 'm'} | its ReceiveMessagePayload lacks correlationKey",
        "connector.orders.INCOMING_WEBHOOK | {'script': 's'} | its action is none that a webhook can take, wanted a payload of one of StartProcessPayload, SignalPayload, ReceiveMessagePayload, StartMessagePayload",
      })
  void whenATriggerCannotRunThenItIsTold(String source, String payload, String message) {
    read(Map.of("triggers/t.json", trigger(source, "{'path': 'a'}", payload)));

    assertThat(faults.errors()).containsExactly("triggers/t.json: " + message);
  }

  @ParameterizedTest
  @CsvSource({"a, /a/, a", "a/{id}, a/{orderId}, a/{orderId}"})
  void whenOnePathHasTwoStatusesThenThatIsTold(String first, String second, String told) {
    read(
        Map.of(
            "triggers/1.json",
            trigger("connector.orders.INCOMING_WEBHOOK", "{'path': '%s'}".formatted(first), SIGNAL),
            "triggers/2.json",
            trigger("connector.crm.INCOMING_WEBHOOK", "{'path': '%s'}".formatted(second), SIGNAL)
                .replace("'name': 't'", "'name': 'u'")));

    assertThat(faults.errors())
        .containsExactly(
            "triggers/2.json: EVENT_NOT_MATCH_STATUS of the path '%s' has two values, those of connectors/orders.json and of connectors/crm.json, wanted one"
                .formatted(told));
  }
}
