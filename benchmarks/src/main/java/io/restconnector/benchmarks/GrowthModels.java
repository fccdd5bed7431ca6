package io.restconnector.benchmarks;

import java.net.URI;
import org.flowable.engine.repository.DeploymentBuilder;

/** The processes, events and triggers of {@link GrowthEngine}. */
final class GrowthModels {

  private static final String EVENT =
      """
      { "key": "%s", "correlationParameters": [ {"name": "orderId", "type": "string"} ] }
      """;
  private static final String CHANNEL =
      """
      { "key": "%1$s", "channelType": "inbound", "type": "webhook",
        "path": "%1$s/{orderId}", "method": ["POST"], "status": 202, %2$s }
      """;
  private static final String PAYLOAD =
      """
      "payload": {"orderId": "${pathVariables.orderId}"},
        "channelEventKeyDetection": {"fixedValue": "%s"}""";

  private GrowthModels() {}

  static DeploymentBuilder add(DeploymentBuilder deployment, URI called, URI later) {
    String url = CallProcesses.field("restUrl", called.toString());
    String worked =
        "flowable:type=\"external-worker\" flowable:topic=\"restGet\" flowable:exclusive=\"false\"";
    return deployment
        .addString(
            "get.bpmn20.xml", process("get", "flowable:delegateExpression=\"${restGet}\"", url))
        .addString("worked.bpmn20.xml", process("worked", worked, url))
        .addString(
            "polled.bpmn20.xml",
            process(
                "polled",
                worked,
                CallProcesses.field("restUrl", later.toString())
                    + CallProcesses.field("poll", "{\"every\": 1}")))
        .addString("empty.bpmn20.xml", CallProcesses.definition("empty", "<task id=\"call\"/>"))
        .addString(
            "waiting.bpmn20.xml",
            CallProcesses.definition(
                "waiting",
                """
                <receiveTask id="call"><extensionElements>
                  <flowable:eventType>orderPaid</flowable:eventType>
                  <flowable:eventCorrelationParameter name="orderId" value="${orderId}"/>
                </extensionElements></receiveTask>
                """))
        .addString(
            "placed.bpmn20.xml",
            CallProcesses.definition("placed", "<task id=\"call\"/>")
                .replace(
                    "<startEvent id=\"start\"/>",
                    """
                    <startEvent id="start"><extensionElements>
                      <flowable:eventType>orderPlaced</flowable:eventType>
                    </extensionElements></startEvent>
                    """))
        .addString("orderPaid.event", EVENT.formatted("orderPaid"))
        .addString("orderPlaced.event", EVENT.formatted("orderPlaced"))
        .addString(
            "orders.channel",
            channel(
                "orders",
                """
                "deduplication": {"key": "${pathVariables.orderId}"},
                "action": {"type": "startProcess", "processDefinitionKey": "empty"}"""))
        .addString("placed.channel", channel("placed", PAYLOAD.formatted("orderPlaced")))
        .addString("unkept.channel", channel("unkept", PAYLOAD.formatted("orderPaid")))
        .addString(
            "paid.channel",
            channel("paid", "\"early\": {\"keep\": \"P1D\"}, " + PAYLOAD.formatted("orderPaid")));
  }

  /** A trigger whose path begins with its key. */
  static String channel(String key, String properties) {
    return CHANNEL.formatted(key, properties);
  }

  private static String process(String key, String attributes, String fields) {
    return CallProcesses.definition(key, CallProcesses.task(attributes, fields));
  }
}
