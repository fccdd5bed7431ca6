package io.restconnector.project.internal;

import io.restconnector.call.internal.RestAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a project are ours.
 *
 * @param byProcess by the id of the process, then of the task
 */
record Bindings(Map<String, Map<String, MappedTask>> byProcess) {

  private static final String SCRIPT = "script";

  /** Those of a project. Tells the tasks that cannot run. */
  static Bindings of(Project project, Faults faults) {
    Bindings bindings = new Bindings(new LinkedHashMap<>());
    for (ModelScan.Task task : project.tasks()) {
      MappedTask mapped = bind(project, task, faults);
      if (mapped != null) {
        bindings
            .byProcess()
            .computeIfAbsent(task.process(), process -> new LinkedHashMap<>())
            .put(task.id(), mapped);
      }
    }
    return bindings;
  }

  @Nullable MappedTask find(String process, String task) {
    return byProcess.getOrDefault(process, Map.of()).get(task);
  }

  private static @Nullable MappedTask bind(Project project, ModelScan.Task task, Faults faults) {
    int dot = task.implementation().lastIndexOf('.');
    String name = dot < 0 ? task.implementation() : task.implementation().substring(0, dot);
    String wanted = dot < 0 ? "" : task.implementation().substring(dot + 1);
    Connector connector = project.connectors().get(name);
    if (connector == null || !connector.isRest()) {
      faults.error(
          task.place(),
          connector == null && name.equals(SCRIPT)
              ? "wants a script, which this engine does not run"
              : "wants the connector '%s', which is %s"
                  .formatted(name, connector == null ? "not there" : "no REST connector"));
      return null;
    }
    RestAction action = ConnectorReader.action(wanted);
    if (action == null) {
      faults.error(
          task.place(),
          "wants the action '%s' of the connector '%s', wanted one of %s"
              .formatted(wanted, name, List.of(RestAction.values())));
      return null;
    }
    ProcessExtensions extensions = project.extensions(task.process());
    return new MappedTask(
        action,
        extensions.mapping(task.id()),
        extensions.constants().getOrDefault(task.id(), Map.of()),
        extensions.properties(),
        connector.outputs().getOrDefault(action, List.of()));
  }
}
