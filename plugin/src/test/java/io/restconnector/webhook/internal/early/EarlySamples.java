package io.restconnector.webhook.internal.early;

import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.WebhookEndpoint;
import java.util.List;
import java.util.Map;

/** Channels that keep what comes early, and processes that wait for it. */
final class EarlySamples {

  static final String KEEP = "\"early\": {\"keep\": \"PT10M\"}, \"status\": 202, ";

  /** What follows the wait in most of the processes. */
  static final String NEXT = "<userTask id=\"next\"/>";

  private EarlySamples() {}

  /** An event whose parameters {@code a} and {@code b} correlate as far as they are named. */
  static String event(String key, String... correlation) {
    List<String> names = List.of(correlation);
    return """
        {"key": "%s", "payload": [{"name": "v", "type": "json"},
          {"name": "a", "type": "string", "correlationParameter": %b},
          {"name": "b", "type": "string", "correlationParameter": %b}]}
        """
        .formatted(key, names.contains("a"), names.contains("b"));
  }

  /** A trigger at {@code key/{a}/{b}} for the event of the same key. */
  static String channel(String key, String properties) {
    return WebhookEngine.channel(
        key,
        key + "/{a}/{b}",
        properties
            + """
            "payload": {"v": "${body}", "a": "${pathVariables.a}", "b": "${pathVariables.b}"},
            "channelEventKeyDetection": {"fixedValue": "%s"}
            """
                .formatted(key));
  }

  /** As {@link #channel}, for the message or signal of that name. */
  static String action(String key, String type, String properties) {
    return WebhookEngine.channel(
        key,
        key + "/{a}/{b}",
        properties
            + """
            "action": {"type": "%s", "name": "%s", %s "variables": {"v": "${body}"}}
            """
                .formatted(
                    type,
                    key,
                    type.equals("message") ? "\"correlationKey\": \"${pathVariables.a}\"," : ""));
  }

  /** A catch event that takes the variable v, and correlates by variables of the same names. */
  static String waits(String id, String key, String... correlation) {
    StringBuilder parameters = new StringBuilder();
    for (String name : correlation) {
      parameters.append(
          "<flowable:eventCorrelationParameter name=\"%1$s\" value=\"${%1$s}\"/>".formatted(name));
    }
    return """
        <intermediateCatchEvent id="%s"><extensionElements>
          <flowable:eventType>%s</flowable:eventType>%s
          <flowable:eventOutParameter source="v" target="v"/></extensionElements>
        </intermediateCatchEvent>
        """
        .formatted(id, key, parameters);
  }

  /** As {@link #waits}, for a message or a signal. */
  static String waitsFor(String id, String type) {
    return """
        <intermediateCatchEvent id="%1$s"><%2$sEventDefinition %2$sRef="named"/></intermediateCatchEvent>
        """
        .formatted(id, type);
  }

  /** Elements in a sequence, each with its id. */
  static String process(String key, String... idsAndElements) {
    StringBuilder content = new StringBuilder("<startEvent id=\"s\"/>");
    String before = "s";
    for (int i = 0; i < idsAndElements.length; i += 2) {
      content
          .append(
              "<sequenceFlow sourceRef=\"%s\" targetRef=\"%s\"/>"
                  .formatted(before, idsAndElements[i]))
          .append(idsAndElements[i + 1]);
      before = idsAndElements[i];
    }
    String type = content.indexOf("signalRef") < 0 ? "message" : "signal";
    return "<%1$s id=\"named\" name=\"%2$s\"/><process id=\"%2$s\">%3$s</process>"
        .formatted(type, key, content);
  }

  static EarlyEvents of(WebhookEngine engine) {
    return WebhookEndpoint.of(engine.engine).triggers().early();
  }

  static String start(WebhookEngine engine, String key, String a, String b) {
    return engine
        .runtime()
        .createProcessInstanceBuilder()
        .processDefinitionKey(key)
        .businessKey(a)
        .variables(Map.of("a", a, "b", b))
        .start()
        .getId();
  }

  static List<String> tasks(WebhookEngine engine, String instance) {
    return engine.tasks(instance);
  }

  /** The events that are kept by triggers of this key. */
  static List<KeptEvent> kept(WebhookEngine engine, String key) {
    return new Transactions(engine.configuration())
        .run(
            () ->
                EarlyEventTable.list(0, 100_000).stream()
                    .filter(each -> each.trigger().equals(key))
                    .toList());
  }
}
