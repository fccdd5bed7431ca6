package io.restconnector.call.internal;

import io.restconnector.internal.platform.EngineJson;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The outputs of a call as variables, in front of those that the execution sees. Read only. */
public final class OutputVariables implements VariableContainer {

  private final Map<String, @Nullable Object> outputs;
  private final VariableContainer execution;

  private final Map<String, Object> inEngineForm = new HashMap<>();

  /** Expressions for which the response had nothing. */
  private final Set<String> lacking;

  public OutputVariables(Map<String, @Nullable Object> outputs, VariableContainer execution) {
    this(outputs, execution, new LinkedHashSet<>());
  }

  private OutputVariables(
      Map<String, @Nullable Object> outputs, VariableContainer execution, Set<String> lacking) {
    this.outputs = outputs;
    this.execution = execution;
    this.lacking = lacking;
  }

  /** These, with a second name for one of the outputs where the call has it. */
  public OutputVariables withSecondName(String output, String second) {
    if (!outputs.containsKey(output)) {
      return this;
    }
    Map<String, @Nullable Object> named = new HashMap<>(outputs);
    named.put(second, outputs.get(output));
    return new OutputVariables(named, execution, lacking);
  }

  /** One output, null where the call has none of this name. */
  public @Nullable Object output(String name) {
    return outputs.get(name);
  }

  /** A variable, whatever output bears its name. */
  public @Nullable Object variable(String name) {
    return execution.getVariable(name);
  }

  /**
   * The value of a JSON template over the outputs.
   *
   * @throws IllegalArgumentException when an expression does not suit what it meets, or no variable
   *     can hold the value
   */
  public @Nullable Object evaluate(JsonNode template) {
    return OutputMapping.variable(template, true, this);
  }

  /** Without a response nothing is missing in it. */
  void addLacking(String expression) {
    if (outputs.get("restStatus") != null) {
      lacking.add(expression);
    }
  }

  /** Those added since the last time. */
  List<String> takeLacking() {
    List<String> taken = List.copyOf(lacking);
    lacking.clear();
    return taken;
  }

  @Override
  public boolean hasVariable(String name) {
    return outputs.containsKey(name) || execution.hasVariable(name);
  }

  @Override
  public @Nullable Object getVariable(String name) {
    return outputs.containsKey(name) ? toEngine(name) : execution.getVariable(name);
  }

  private @Nullable Object toEngine(String name) {
    Object output = outputs.get(name);
    return output == null
        ? null
        : inEngineForm.computeIfAbsent(name, unused -> EngineJson.toEngine(output));
  }

  @Override
  public void setVariable(String name, @Nullable Object value) {
    throw new UnsupportedOperationException("An outputMapping only reads");
  }

  @Override
  public void setTransientVariable(String name, @Nullable Object value) {
    throw new UnsupportedOperationException("An outputMapping only reads");
  }

  @Override
  public @Nullable String getTenantId() {
    return execution.getTenantId();
  }

  @Override
  public Set<String> getVariableNames() {
    Set<String> names = new HashSet<>(execution.getVariableNames());
    names.addAll(outputs.keySet());
    return names;
  }
}
