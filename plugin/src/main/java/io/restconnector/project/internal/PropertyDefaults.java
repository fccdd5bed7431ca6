package io.restconnector.project.internal;

import io.restconnector.call.internal.ExecutingEngine;
import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.internal.platform.EngineJson;
import java.util.ArrayList;
import java.util.List;
import org.flowable.bpmn.model.FlowableListener;
import org.flowable.bpmn.model.ImplementationType;
import org.flowable.bpmn.model.Process;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.ExecutionListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Gives a new instance the variables that its process declares with a value. */
final class PropertyDefaults implements ExecutionListener {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(PropertyDefaults.class);

  private final transient String process;
  private final transient List<Property> properties;

  private PropertyDefaults(String process, List<Property> properties) {
    this.process = process;
    this.properties = properties;
  }

  /** Adds them to a process, before the listeners that it has. */
  static void add(Process process, ProcessExtensions extensions) {
    List<Property> constant = new ArrayList<>();
    List<Property> evaluated = new ArrayList<>();
    for (Property each : extensions.properties().values()) {
      if (each.hasDefault()) {
        (expressions(each).isEmpty() ? constant : evaluated).add(each);
      }
    }
    constant.addAll(evaluated);
    if (!constant.isEmpty()) {
      FlowableListener listener = new FlowableListener();
      listener.setEvent(ExecutionListener.EVENTNAME_START);
      listener.setImplementationType(ImplementationType.IMPLEMENTATION_TYPE_INSTANCE);
      listener.setInstance(new PropertyDefaults(process.getId(), constant));
      process.getExecutionListeners().add(0, listener);
    }
  }

  static List<String> expressions(Property property) {
    List<String> expressions = new ArrayList<>();
    MappedTask.addExpressions(property.value(), expressions);
    return expressions;
  }

  @Override
  public void notify(DelegateExecution execution) {
    for (Property each : properties) {
      if (!execution.hasVariable(each.name())) {
        set(each, execution);
      }
    }
  }

  /** No value leaves its place in JSON, be it JSON in a text. */
  private static JsonNode template(JsonNode value) {
    return JsonTemplate.isExpression(value) ? MappedTask.jsonIn(value) : value;
  }

  /**
   * The default of a property.
   *
   * @param variables that its expressions see
   * @throws IllegalArgumentException when an expression does not suit what it meets, or the value
   *     is not of the type
   */
  static @Nullable Object evaluated(Property property, VariableContainer variables) {
    return PropertyType.convert(
        property.type(),
        JsonTemplate.evaluate(
            template(property.value()), text -> ExecutingEngine.evaluate(text, variables)));
  }

  private void set(Property property, DelegateExecution execution) {
    Object value = null;
    try {
      value = evaluated(property, execution);
    } catch (IllegalArgumentException unusable) {
      LOG.warn(
          "Process '{}': the variable '{}' of instance {} is null, since its value is {}",
          process,
          property.name(),
          execution.getProcessInstanceId(),
          unusable.getMessage());
    }
    execution.setVariable(property.name(), EngineJson.toEngine(value));
  }
}
