package io.restconnector.project.internal;

import io.restconnector.call.internal.ExecutingEngine;
import io.restconnector.call.internal.Inputs;
import io.restconnector.call.internal.MappedInput;
import io.restconnector.call.internal.OutputVariables;
import io.restconnector.call.internal.OutputWriter;
import io.restconnector.call.internal.RestAction;
import io.restconnector.call.internal.TaskMapping;
import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.ModelText;
import io.restconnector.internal.platform.EngineJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a project says of one of its REST tasks. Only what its files hold is evaluated: what a
 * variable, a response or a patched variable holds is data.
 *
 * @param outputNames the names that the connector's file gives the outputs
 */
record MappedTask(
    RestAction action,
    ActivityMapping mapping,
    Map<String, JsonNode> constants,
    Map<String, Property> properties,
    List<String> outputNames)
    implements TaskMapping {

  private static final String BREAKER = "circuitBreaker";

  @Override
  public Inputs.@Nullable Input find(String name, DelegateExecution execution) {
    Inputs.Input input = input(name, execution);
    return name.equals(BREAKER) ? MappedInput.data(isOn(input, execution)) : input;
  }

  private Inputs.@Nullable Input input(String name, DelegateExecution execution) {
    if (!action.inputs().contains(name)) {
      return null;
    }
    if (mapping.mapsAllInputs() && execution.hasVariable(name)) {
      return MappedInput.variable(variable(name, execution));
    }
    JsonNode constant = constants.get(name);
    if (constant != null && !isNothing(constant)) {
      return literal(constant);
    }
    Mapping mapped = mapping.mapsAllInputs() ? null : mapping.inputs().get(name);
    if (mapped == null || isNothing(mapped.value())) {
      return null;
    }
    return switch (mapped.kind()) {
      case VARIABLE -> MappedInput.data(variable(mapped.value().stringValue(), execution));
      case VALUE -> template(mapped.value(), execution);
      default -> literal(mapped.value());
    };
  }

  private static @Nullable Object variable(String name, DelegateExecution execution) {
    return EngineJson.fromEngine(execution.getVariable(name));
  }

  /** Modelers save what nobody has filled in. */
  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || value.isMissingNode()
        || (value.isString() && value.stringValue().isBlank());
  }

  private static Inputs.Input literal(JsonNode value) {
    return MappedInput.data(JsonValues.toVariable(value));
  }

  private static Inputs.Input template(JsonNode value, DelegateExecution execution) {
    return value.isString() || value.isContainer()
        ? MappedInput.template(value.isString() ? value.stringValue() : value, evaluator(execution))
        : literal(value);
  }

  private static Function<String, @Nullable Object> evaluator(DelegateExecution execution) {
    return text -> ExecutingEngine.evaluate(text, execution);
  }

  /** On for any value but {@code false} and nothing. */
  private static boolean isOn(Inputs.@Nullable Input input, DelegateExecution execution) {
    Object value = input == null ? null : input.value();
    if (input != null && input.mixed() != null) {
      value = input.mixed().evaluate(evaluator(execution));
    }
    String text =
        value == null
            ? ""
            : value instanceof JsonNode node && !node.isContainer()
                ? node.asString("")
                : value.toString();
    return !text.isBlank() && !text.strip().toLowerCase(Locale.ROOT).equals("false");
  }

  @Override
  public List<OutputWriter.Output> outputs() {
    List<OutputWriter.Output> outputs = new ArrayList<>();
    if (mapping.mapsAllOutputs()) {
      for (String name : writtenNames()) {
        Property property = properties.get(name);
        if (property != null) {
          outputs.add(
              new OutputWriter.Output(
                  name,
                  variables ->
                      PropertyType.convert(
                          property.type(), variables.output(Outputs.canonical(name)))));
        }
      }
      return outputs;
    }
    mapping
        .outputs()
        .forEach(
            (name, mapped) -> {
              Property property = properties.get(name);
              if (property != null && isThere(mapped)) {
                outputs.add(
                    new OutputWriter.Output(
                        name,
                        variables ->
                            PropertyType.convert(
                                property.type(), value(property, mapped, variables))));
              }
            });
    return outputs;
  }

  /** The outputs of the action by the names that they are written under. */
  List<String> writtenNames() {
    return Outputs.names(action, outputNames);
  }

  boolean isThere(Mapping output) {
    return output.kind() != Mapping.Kind.VARIABLE
        || action.outputs().contains(Outputs.canonical(output.value().stringValue()));
  }

  private static @Nullable Object value(
      Property property, Mapping mapped, OutputVariables variables) {
    return switch (mapped.kind()) {
      case VARIABLE -> variables.output(Outputs.canonical(mapped.value().stringValue()));
      case STATIC_VALUE -> JsonValues.toVariable(mapped.value().deepCopy());
      case VALUE -> Outputs.named(variables).evaluate(jsonIn(mapped.value()));
      case JSONPATCH -> patched(property, mapped.value(), variables);
    };
  }

  /** Text that holds a JSON object or array is one. */
  static JsonNode jsonIn(JsonNode value) {
    if (value.isString()) {
      try {
        JsonNode parsed = JsonText.parse(value.stringValue());
        return parsed.isContainer() ? parsed : value;
      } catch (IllegalArgumentException noJson) {
        return value;
      }
    }
    return value;
  }

  private static JsonNode patched(Property property, JsonNode patch, OutputVariables variables) {
    List<JsonNode> operations = new ArrayList<>();
    for (JsonNode each : patch.values()) {
      ObjectNode operation = (ObjectNode) each.deepCopy();
      if (operation.has("value")) {
        operation.set(
            "value", JsonValues.of(Outputs.named(variables).evaluate(operation.path("value"))));
      }
      operations.add(operation);
    }
    JsonNode evaluated = JsonNodeFactory.instance.arrayNode().addAll(operations);
    Object current = variables.variable(property.name());
    Object patched = current == null ? PropertyDefaults.evaluated(property, variables) : current;
    return JsonPatch.apply(evaluated, jsonIn(JsonValues.of(patched)));
  }

  /** The expressions of the mappings, with what has them. */
  Map<String, List<String>> expressions() {
    Map<String, List<String>> expressions = new LinkedHashMap<>();
    if (!mapping.mapsAllInputs()) {
      mapping.inputs().forEach((name, each) -> collect("the input " + name, each, expressions));
    }
    if (!mapping.mapsAllOutputs()) {
      mapping.outputs().forEach((name, each) -> collect("the output " + name, each, expressions));
    }
    return expressions;
  }

  private static void collect(String name, Mapping mapped, Map<String, List<String>> expressions) {
    List<String> found = new ArrayList<>();
    if (mapped.kind() == Mapping.Kind.VALUE) {
      addExpressions(mapped.value(), found);
    } else if (mapped.kind() == Mapping.Kind.JSONPATCH) {
      mapped.value().values().forEach(each -> addExpressions(each.path("value"), found));
    }
    expressions.put(name, found);
  }

  static void addExpressions(JsonNode template, List<String> found) {
    if (template.isString() && !template.stringValue().contains("${")) {
      ModelText.parse(template.stringValue()).parts().stream()
          .filter(ModelText.Part::isExpression)
          .forEach(part -> found.add(part.text()));
    }
    JsonTemplate.forEachLeaf(
        template,
        text ->
            text.parts().stream()
                .filter(ModelText.Part::isExpression)
                .forEach(part -> found.add(part.text())));
  }
}
