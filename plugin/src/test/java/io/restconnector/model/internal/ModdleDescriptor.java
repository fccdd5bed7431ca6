package io.restconnector.model.internal;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Flowable's attributes and elements of REST tasks and of events, for bpmn-js to read and write. A
 * field has either the attribute {@code stringValue} or a child element; the attribute {@code
 * expression} has no place beside the element of that name.
 */
final class ModdleDescriptor {

  private static final List<String> NO_VALUES = List.of();

  private ModdleDescriptor() {}

  static ObjectNode descriptor() {
    ObjectNode descriptor = JsonMapper.shared().createObjectNode();
    descriptor.put("name", "Flowable");
    descriptor.put("uri", "http://flowable.org/bpmn");
    descriptor.put("prefix", "flowable");
    descriptor.putObject("xml").put("tagAlias", "lowerCase");
    descriptor.putArray("associations");
    ArrayNode types = descriptor.putArray("types");
    extension(
        types,
        "ServiceTaskLike",
        List.of("bpmn:ServiceTask", "bpmn:SendTask"),
        List.of(
            "class",
            "delegateExpression",
            "expression",
            "resultVariableName",
            "type",
            "topic",
            "skipExpression",
            "extensionId"),
        List.of(
            "triggerable",
            "useLocalScopeForResultVariable",
            "storeResultVariableAsTransient",
            "doNotIncludeVariables"));
    extension(
        types,
        "AsyncCapable",
        List.of("bpmn:Activity", "bpmn:Gateway", "bpmn:Event"),
        NO_VALUES,
        List.of("async", "exclusive", "asyncLeave", "asyncLeaveExclusive"));
    extension(
        types,
        "CallActivity",
        List.of("bpmn:CallActivity"),
        List.of("calledElementType", "businessKey", "processInstanceName"),
        List.of("inheritVariables", "inheritBusinessKey", "sameDeployment"));
    extension(
        types,
        "Initiator",
        List.of("bpmn:StartEvent"),
        List.of("initiator", "formKey"),
        List.of("sameDeployment"));
    extension(
        types,
        "UserTask",
        List.of("bpmn:UserTask"),
        List.of("assignee", "candidateUsers", "candidateGroups", "dueDate", "priority", "formKey"),
        NO_VALUES);
    extension(
        types,
        "Collectable",
        List.of("bpmn:MultiInstanceLoopCharacteristics"),
        List.of("collection", "elementVariable", "elementIndexVariable"),
        NO_VALUES);
    ObjectNode field = element(types, "Field", List.of("name", "stringValue"));
    child(field, "string");
    child(field, "expression");
    for (String parameter :
        List.of("In", "Out", "ExternalWorkerInParameter", "ExternalWorkerOutParameter")) {
      element(
          types,
          parameter,
          List.of(
              "source",
              "sourceExpression",
              "target",
              "targetExpression",
              "variables",
              "businessKey"));
    }
    element(types, "EventInParameter", List.of("source", "sourceExpression", "target"));
    element(
        types, "EventOutParameter", List.of("source", "sourceExpression", "target", "transient"));
    element(types, "EventCorrelationParameter", List.of("name", "value"));
    element(types, "MapException", List.of("errorCode", "includeChildExceptions"));
    for (String body :
        List.of(
            "FailedJobRetryTimeCycle",
            "EventType",
            "EventName",
            "ChannelKey",
            "ChannelName",
            "TriggerEventType",
            "StartEventCorrelationConfiguration")) {
      body(element(types, body, NO_VALUES));
    }
    return descriptor;
  }

  private static void extension(
      ArrayNode types, String name, List<String> of, List<String> texts, List<String> flags) {
    ObjectNode type = types.addObject().put("name", name).put("isAbstract", true);
    ArrayNode extended = type.putArray("extends");
    of.forEach(extended::add);
    ArrayNode properties = type.putArray("properties");
    texts.forEach(text -> attribute(properties, text, "String"));
    flags.forEach(flag -> attribute(properties, flag, "Boolean"));
  }

  private static ObjectNode element(ArrayNode types, String name, List<String> attributes) {
    ObjectNode type = types.addObject().put("name", name);
    type.putArray("superClass").add("Element");
    type.putObject("meta").putArray("allowedIn").add("*");
    ArrayNode properties = type.putArray("properties");
    attributes.forEach(attribute -> attribute(properties, attribute, "String"));
    return type;
  }

  private static void attribute(ArrayNode properties, String name, String type) {
    properties.addObject().put("name", name).put("isAttr", true).put("type", type);
  }

  private static void child(ObjectNode type, String name) {
    ((ArrayNode) type.get("properties")).addObject().put("name", name).put("type", "String");
  }

  private static void body(ObjectNode type) {
    ((ArrayNode) type.get("properties"))
        .addObject()
        .put("name", "body")
        .put("isBody", true)
        .put("type", "String");
  }
}
