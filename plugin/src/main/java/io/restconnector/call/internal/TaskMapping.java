package io.restconnector.call.internal;

import java.util.List;
import org.flowable.bpmn.model.ExtensionElement;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;

/**
 * What files beside the model say of a task. It replaces the fields of the task and the variables
 * that bear the names of inputs.
 */
public interface TaskMapping {

  /** The input of this name, null where there is none. */
  Inputs.@Nullable Input find(String name, DelegateExecution execution);

  /** The variables that are written, and nothing else. */
  List<OutputWriter.Output> outputs();

  /** Adds it to a task of a model that the engine has just parsed. */
  static void add(FlowElement task, TaskMapping mapping) {
    task.getExtensionElements().remove(Element.NAME);
    task.addExtensionElement(new Element(mapping));
  }

  /** That of a task, null for one that has fields. */
  static @Nullable TaskMapping of(@Nullable FlowElement task) {
    List<ExtensionElement> elements =
        task == null ? null : task.getExtensionElements().get(Element.NAME);
    return elements != null && elements.get(0) instanceof Element element ? element.mapping : null;
  }

  /** The model has no other place for what is no XML. */
  final class Element extends ExtensionElement {

    private static final String NAME = "restConnectorMapping";

    private final TaskMapping mapping;

    private Element(TaskMapping mapping) {
      this.mapping = mapping;
      setName(NAME);
    }

    @Override
    @SuppressWarnings("MissingSuperCall") // a copy of its own type
    public ExtensionElement clone() {
      return new Element(mapping);
    }
  }
}
