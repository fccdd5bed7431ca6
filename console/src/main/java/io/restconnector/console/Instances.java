package io.restconnector.console;

import io.restconnector.journal.DeadLetter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.SubProcess;
import org.flowable.engine.HistoryService;
import org.flowable.engine.ManagementService;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.history.HistoricProcessInstance;
import org.flowable.engine.history.HistoricProcessInstanceQuery;
import org.flowable.engine.runtime.Execution;
import org.jspecify.annotations.Nullable;

/** Process instances, and where they stand. */
final class Instances {

  private static final int SHOWN = 50;

  private final RepositoryService repository;
  private final RuntimeService runtime;
  private final HistoryService history;
  private final ManagementService management;

  Instances(ProcessEngine engine) {
    repository = engine.getRepositoryService();
    runtime = engine.getRuntimeService();
    history = engine.getHistoryService();
    management = engine.getManagementService();
  }

  /**
   * One line of the list.
   *
   * @param failedJobs how many dead letter jobs it has
   */
  record Row(
      String id,
      String definition,
      @Nullable String businessKey,
      String tenant,
      @Nullable Instant start,
      @Nullable Instant end,
      long failedJobs) {}

  /**
   * An instance.
   *
   * @param tokens ids of the activities where it stands
   * @param passed ids of the activities and sequence flows that it has been at
   * @param activities of the process that a person would look at, in the order of the model
   */
  record View(
      Row instance,
      Set<String> tokens,
      Set<String> passed,
      List<ModelActivities.Activity> activities,
      boolean hasDiagram,
      List<DeadLetter> deadLetters,
      List<?> calls) {}

  /** The newest; with a text, those whose id, business key or value of a variable it is. */
  List<Row> list(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return rows(history.createHistoricProcessInstanceQuery());
    }
    String wanted = text.strip();
    List<Row> found = rows(history.createHistoricProcessInstanceQuery().processInstanceId(wanted));
    if (found.isEmpty()) {
      found = rows(history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(wanted));
    }
    return found.isEmpty()
        ? rows(history.createHistoricProcessInstanceQuery().variableValueEquals(wanted))
        : found;
  }

  private List<Row> rows(HistoricProcessInstanceQuery query) {
    return query.orderByProcessInstanceStartTime().desc().listPage(0, SHOWN).stream()
        .map(this::row)
        .toList();
  }

  private Row row(HistoricProcessInstance instance) {
    boolean ended = instance.getEndTime() != null;
    return new Row(
        instance.getId(),
        name(instance),
        instance.getBusinessKey(),
        instance.getTenantId() == null ? "" : instance.getTenantId(),
        instant(instance.getStartTime()),
        instant(instance.getEndTime()),
        ended
            ? 0
            : management.createDeadLetterJobQuery().processInstanceId(instance.getId()).count());
  }

  private static String name(HistoricProcessInstance instance) {
    String name = instance.getProcessDefinitionName();
    return name == null || name.isBlank() ? instance.getProcessDefinitionKey() : name;
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  /** One of them with its calls; null where there is none of that id. */
  @Nullable View show(String id, List<DeadLetter> deadLetters, List<?> calls) {
    HistoricProcessInstance instance = find(id);
    if (instance == null) {
      return null;
    }
    ModelActivities model =
        new ModelActivities(repository.getBpmnModel(instance.getProcessDefinitionId()));
    Set<String> passed = passed(id, model);
    return new View(
        row(instance),
        tokens(id, model),
        passed,
        model.all(),
        model.hasDiagram(),
        deadLetters,
        calls);
  }

  private @Nullable HistoricProcessInstance find(String id) {
    return history.createHistoricProcessInstanceQuery().processInstanceId(id).singleResult();
  }

  /** History knows a boundary event from the moment when it waits, also where nothing comes. */
  private Set<String> passed(String id, ModelActivities model) {
    Set<String> passed = new TreeSet<>();
    history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(id)
        .list()
        .forEach(each -> passed.add(each.getActivityId()));
    passed.removeIf(
        each ->
            model.element(each) instanceof BoundaryEvent event
                && event.getOutgoingFlows().stream()
                    .noneMatch(flow -> passed.contains(flow.getId())));
    return passed;
  }

  /** Those that wait beside an activity, and the scopes around one, are no tokens. */
  private Set<String> tokens(String id, ModelActivities model) {
    Set<String> tokens = new TreeSet<>();
    for (Execution each : runtime.createExecutionQuery().processInstanceId(id).list()) {
      FlowElement at = each.getActivityId() == null ? null : model.element(each.getActivityId());
      if (at != null && !(at instanceof BoundaryEvent) && !(at instanceof SubProcess)) {
        tokens.add(at.getId());
      }
    }
    return tokens;
  }

  /** The diagram of an instance's process as XML; null where there is no such instance. */
  byte @Nullable [] diagram(String id) throws IOException {
    HistoricProcessInstance instance = find(id);
    if (instance == null) {
      return null;
    }
    try (InputStream model = repository.getProcessModel(instance.getProcessDefinitionId())) {
      return DiagramXml.of(model);
    }
  }
}
