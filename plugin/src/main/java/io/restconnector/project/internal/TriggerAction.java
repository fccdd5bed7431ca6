package io.restconnector.project.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the action of a channel of the payload of a trigger. */
final class TriggerAction {

  private static final String PROCESS = "processDefinitionKey";

  /** The type of a channel's action, and the properties of the payload that it takes. */
  private record Form(String type, Set<String> required, Set<String> optional) {}

  private static final Map<String, Form> FORMS = forms();
  private static final Set<String> KNOWN = Set.of("id", "payloadType");

  private final Place file;
  private final Set<String> processes;
  private final Faults faults;

  TriggerAction(Place file, Set<String> processes, Faults faults) {
    this.file = file;
    this.processes = processes;
    this.faults = faults;
  }

  private static Map<String, Form> forms() {
    Map<String, Form> forms = new LinkedHashMap<>();
    forms.put(
        "StartProcessPayload",
        new Form("startProcess", Set.of(PROCESS), Set.of("name", "businessKey")));
    forms.put("SignalPayload", new Form("signal", Set.of("name"), Set.of()));
    forms.put(
        "ReceiveMessagePayload", new Form("message", Set.of("name", "correlationKey"), Set.of()));
    forms.put(
        "StartMessagePayload", new Form("startMessage", Set.of("name"), Set.of("businessKey")));
    return forms;
  }

  /** Null where there is no such action. */
  @Nullable ObjectNode read(JsonNode payload) {
    Form form = FORMS.get(payload.path("payloadType").asString(""));
    if (form == null) {
      faults.error(
          file,
          "its action is none that a webhook can take, wanted a payload of one of "
              + String.join(", ", FORMS.keySet()));
      return null;
    }
    ObjectNode action = JsonNodeFactory.instance.objectNode().put("type", form.type());
    for (Map.Entry<String, JsonNode> each : payload.properties()) {
      String name = each.getKey();
      JsonNode value = MappedValue.template(each.getValue());
      if (name.equals("variables")) {
        variables(each.getValue(), action);
      } else if (form.required().contains(name) || form.optional().contains(name)) {
        if (!value.asString("").isBlank()) {
          action.put(name, value.asString(""));
        }
      } else if (!KNOWN.contains(name)) {
        faults.warning(file, "its action has the property '%s', which is dropped".formatted(name));
      }
    }
    boolean isComplete = true;
    for (String name : form.required()) {
      if (!action.has(name)) {
        faults.error(
            file, "its %s lacks %s".formatted(payload.path("payloadType").asString(""), name));
        isComplete = false;
      }
    }
    String process = action.path(PROCESS).asString("");
    if (!process.isEmpty() && !processes.contains(process)) {
      faults.error(file, "wants the process '%s', which is not in the project".formatted(process));
    }
    return isComplete ? action : null;
  }

  private static void variables(JsonNode tree, ObjectNode action) {
    ObjectNode variables = JsonNodeFactory.instance.objectNode();
    tree.properties()
        .forEach(each -> variables.set(each.getKey(), MappedValue.template(each.getValue())));
    action.set("variables", variables);
  }
}
