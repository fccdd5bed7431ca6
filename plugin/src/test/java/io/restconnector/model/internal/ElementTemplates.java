package io.restconnector.model.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.restconnector.call.internal.RestAction;
import io.restconnector.model.internal.TaskInput.Form;
import io.restconnector.model.internal.TaskInput.Group;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue as element templates of the Camunda 7 profile: each action in its two forms. */
final class ElementTemplates {

  /** To be raised when the meaning of a template changes. */
  private static final int VERSION = 1;

  private static final String ICON =
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18' fill='none' stroke='#1f6feb'"
          + " stroke-width='1.8' stroke-linecap='round' stroke-linejoin='round'>"
          + "<path d='M7 2.5H6a2 2 0 0 0-2 2v2.4A2.1 2.1 0 0 1 2 9a2.1 2.1 0 0 1 2 2.1v2.4a2 2 0 0 0"
          + " 2 2h1'/><path d='M11 2.5h1a2 2 0 0 1 2 2v2.4A2.1 2.1 0 0 0 16 9a2.1 2.1 0 0 0-2"
          + " 2.1v2.4a2 2 0 0 1-2 2h-1'/></svg>";

  private ElementTemplates() {}

  static ArrayNode all() {
    ArrayNode templates = JsonNodeFactory.instance.arrayNode();
    for (boolean worker : new boolean[] {false, true}) {
      for (RestAction action : RestAction.values()) {
        templates.add(template(action, worker));
      }
    }
    return templates;
  }

  private static ObjectNode template(RestAction action, boolean worker) {
    ObjectNode template = JsonNodeFactory.instance.objectNode();
    template.put(
        "$schema",
        "https://unpkg.com/@camunda/element-templates-json-schema/resources/schema.json");
    template.put("name", "REST " + action + (worker ? " (external worker)" : ""));
    template.put("id", "io.restconnector." + action.beanName() + (worker ? ".worker" : ""));
    template.put("version", VERSION);
    template.put(
        "description",
        worker
            ? "Calls a REST service; no thread or connection is held while it answers."
            : "Calls a REST service within the transaction of the process.");
    template.putArray("appliesTo").add("bpmn:Task");
    template.putObject("elementType").put("value", "bpmn:ServiceTask");
    template.putObject("icon").put("contents", icon());
    template.put("entriesVisible", true);
    List<TaskInput> inputs = Catalogue.inputsOf(action, worker);
    ArrayNode groups = template.putArray("groups");
    Arrays.stream(Group.values())
        .filter(group -> inputs.stream().anyMatch(input -> input.group() == group))
        .forEach(group -> groups.addObject().put("id", id(group)).put("label", group.label));
    ArrayNode properties = template.putArray("properties");
    if (worker) {
      hidden(properties, "camunda:type", "external");
      hidden(properties, "camunda:topic", action.beanName());
    } else {
      hidden(properties, "camunda:delegateExpression", "${" + action.beanName() + "}");
    }
    hidden(properties, "camunda:modelerTemplateIcon", icon());
    inputs.forEach(input -> property(properties.addObject(), input));
    return template;
  }

  private static String icon() {
    return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(ICON.getBytes(UTF_8));
  }

  private static String id(Group group) {
    return group.name().toLowerCase(Locale.ROOT);
  }

  private static void hidden(ArrayNode properties, String attribute, String value) {
    ObjectNode property = properties.addObject();
    property.put("type", "Hidden").put("value", value);
    property.putObject("binding").put("type", "property").put("name", attribute);
  }

  /** A JSON input is a literal, which makes it a JSON template; so is a choice. */
  private static void property(ObjectNode property, TaskInput input) {
    boolean literal = input.form().isJson() || choices(input) != null;
    property.put("label", input.label());
    property.put(
        "description",
        input.meaning() + (input.preset() == null ? "" : " Default: " + input.preset() + "."));
    property.put(
        "type", input.form().isJson() ? "Text" : choices(input) != null ? "Dropdown" : "String");
    property.put("group", id(input.group()));
    List<String> choices = choices(input);
    if (choices != null) {
      ArrayNode array = property.putArray("choices");
      choices.forEach(choice -> array.addObject().put("name", choice).put("value", choice));
    } else if (input.name().equals("restUrl")) {
      property.put("placeholder", "https://api.example.com/orders/{id}");
      property.putObject("constraints").put("notEmpty", true);
    } else if (input.form().isJson()) {
      property.put(
          "placeholder",
          input.name().equals("poll")
              ? "{\"until\": \"${restResult.state == 'done'}\", \"every\": 5000}"
              : "{\"name\": \"${name}\"}");
    } else if (input.form() == Form.INTEGER) {
      property
          .putObject("constraints")
          .putObject("pattern")
          .put("value", "^([0-9]*|[$#]\\{.*\\})$")
          .put("message", "must be an integer or an expression");
    }
    ObjectNode binding = property.putObject("binding");
    binding.put("type", "camunda:field").put("name", input.name());
    if (!literal) {
      binding.put("expression", true);
    }
  }

  private static @Nullable List<String> choices(TaskInput input) {
    return switch (input.form()) {
      case BOOLEAN -> List.of("true", "false");
      case LOCAL -> List.of("local");
      default -> null;
    };
  }
}
