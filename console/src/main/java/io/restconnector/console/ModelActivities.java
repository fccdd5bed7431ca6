package io.restconnector.console;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.Event;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.bpmn.model.ServiceTask;
import org.jspecify.annotations.Nullable;

/** The activities and events of a process. */
final class ModelActivities {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private static final Pattern BOUND =
      Pattern.compile(
          "\\s*[$#]\\{\\s*rest([A-Z][a-z]+)\\s*}\\s*|io\\.restconnector\\.call\\.(\\w+)Delegate");
  private static final Pattern TOPIC = Pattern.compile("rest([A-Z][a-z]+)");

  /**
   * One of them.
   *
   * @param method of the call that it makes; null where it is no REST task
   */
  record Activity(String id, String name, @Nullable String method) {}

  private final BpmnModel model;

  ModelActivities(BpmnModel model) {
    this.model = model;
  }

  /** In the order of the model. */
  List<Activity> all() {
    return model.getMainProcess().findFlowElementsOfType(FlowNode.class, true).stream()
        .filter(each -> each instanceof org.flowable.bpmn.model.Activity || each instanceof Event)
        .map(
            each ->
                new Activity(
                    each.getId(),
                    each.getName() == null || each.getName().isBlank()
                        ? each.getId()
                        : each.getName(),
                    method(each)))
        .toList();
  }

  @Nullable FlowElement element(String id) {
    return model.getFlowElement(id);
  }

  boolean hasDiagram() {
    return !model.getLocationMap().isEmpty();
  }

  private static @Nullable String method(FlowNode node) {
    if (node instanceof ExternalWorkerServiceTask worker && worker.getTopic() != null) {
      return method(TOPIC.matcher(worker.getTopic()));
    }
    return node instanceof ServiceTask task && task.getImplementation() != null
        ? method(BOUND.matcher(task.getImplementation()))
        : null;
  }

  private static @Nullable String method(Matcher bound) {
    if (!bound.matches()) {
      return null;
    }
    String action = bound.group(1) == null ? bound.group(2) : bound.group(1);
    String method = action.toUpperCase(Locale.ROOT);
    return METHODS.contains(method) ? method : null;
  }
}
