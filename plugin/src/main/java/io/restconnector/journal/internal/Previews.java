package io.restconnector.journal.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ExecutingEngine;
import io.restconnector.call.internal.ExecutionInputs;
import io.restconnector.call.internal.RestAction;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.call.internal.TaskCall;
import io.restconnector.call.internal.TrialExecution;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.journal.RefusedOperationException;
import io.restconnector.journal.RequestPreview;
import io.restconnector.journal.SendResult;
import io.restconnector.model.internal.TaskBinding;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The calls of deployed tasks, shown or made without a process instance. */
public final class Previews {

  private final ProcessEngineConfigurationImpl engine;
  private final RestCalls calls;
  private final ShownRequest shown;
  private final ShownText text;

  public Previews(ProcessEngineConfigurationImpl engine, RestCalls calls, NodeJournal journal) {
    this.engine = engine;
    this.calls = calls;
    text = journal.text();
    shown = new ShownRequest(text, journal.authentications());
  }

  /** A task of ours with the variables that it is to see. */
  private record Task(RestAction action, CallSource.Kind kind, TrialExecution trial) {}

  /** What a task asks for. */
  private record Asked(Task task, CallSource source, TaskCall call) {}

  /**
   * The request that a task would send.
   *
   * @param definition id of a process definition, or its key for the latest version
   * @throws RefusedOperationException when there is no such task
   */
  public RequestPreview preview(String definition, String activity, Map<String, ?> variables) {
    return preview(read(definition, activity, variables));
  }

  /** The same, and what sending it gives. */
  public SendResult send(String definition, String activity, Map<String, ?> variables) {
    Asked asked = read(definition, activity, variables);
    CallResult notSent = asked.call().notSent();
    if (notSent != null) {
      return result(asked, Duration.ZERO, null, notSent);
    }
    RestRequest request = asked.call().ready().from(asked.source());
    long start = System.nanoTime();
    CallOutcome outcome = calls.send(request, SendPermit.ALWAYS, Thread.currentThread()).join();
    try {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return result(
          asked, took, status(outcome), calls.result(asked.task().action(), request, outcome));
    } finally {
      outcome.release();
    }
  }

  private static @Nullable Integer status(CallOutcome outcome) {
    CallOutcome last =
        outcome instanceof CallOutcome.RetriesExhausted exhausted ? exhausted.last() : outcome;
    return last instanceof CallOutcome.Response response ? response.status() : null;
  }

  private SendResult result(
      Asked asked, Duration took, @Nullable Integer status, CallResult result) {
    return asked
        .task()
        .trial()
        .with(
            execution -> {
              CallResult mapped = asked.call().outputs().map(result, execution);
              Map<String, JsonNode> outputs = new LinkedHashMap<>();
              mapped.outputs().forEach((name, value) -> outputs.put(name, shown(name, value)));
              return new SendResult(
                  preview(asked),
                  took,
                  status,
                  outputs,
                  mapped.code(),
                  text.pathOrNull(mapped.message()));
            });
  }

  private JsonNode shown(String name, @Nullable Object value) {
    return name.equals("restResponseHeaders") && value != null
        ? ShownJson.ofHeaders(text, value)
        : ShownJson.of(text, name, value);
  }

  private Asked read(String definition, String activity, Map<String, ?> variables) {
    Task task = task(definition, activity, variables);
    return task.trial()
        .with(
            execution ->
                new Asked(
                    task,
                    ExecutingEngine.source(task.kind(), execution),
                    TaskCall.read(
                        task.action(),
                        task.kind() == CallSource.Kind.WORKER
                            ? ExecutionInputs.ofExternalWorker(execution)
                            : ExecutionInputs.ofDelegate(execution),
                        calls.reader())));
  }

  private Task task(String definition, String activity, Map<String, ?> variables) {
    ProcessDefinition found = definition(definition);
    if (!(engine
            .getRepositoryService()
            .getBpmnModel(found.getId())
            .getProcessById(found.getKey())
            .getFlowElement(activity, true)
        instanceof ServiceTask task)) {
      throw new RefusedOperationException("The process has no service task '" + activity + "'");
    }
    TaskBinding binding = TaskBinding.of(task);
    if (binding == null || binding.wrong() != null) {
      throw new RefusedOperationException("Task '" + activity + "' is none of the REST connector");
    }
    Map<String, @Nullable Object> values = new HashMap<>();
    variables.forEach((name, value) -> values.put(name, variable(value)));
    return new Task(
        binding.action(),
        task instanceof ExternalWorkerServiceTask
            ? CallSource.Kind.WORKER
            : CallSource.Kind.DELEGATE,
        new TrialExecution(engine, found.getId(), task, values));
  }

  /** A map or a list is JSON. */
  private static @Nullable Object variable(@Nullable Object value) {
    return value instanceof Map<?, ?> || value instanceof List<?>
        ? JsonValues.toVariable(JsonValues.of(value))
        : value;
  }

  private ProcessDefinition definition(String idOrKey) {
    RepositoryService repository = engine.getRepositoryService();
    List<ProcessDefinition> found =
        repository.createProcessDefinitionQuery().processDefinitionId(idOrKey).list();
    if (found.isEmpty()) {
      found =
          repository
              .createProcessDefinitionQuery()
              .processDefinitionKey(idOrKey)
              .latestVersion()
              .list();
    }
    if (found.size() != 1) {
      throw new RefusedOperationException(
          found.isEmpty()
              ? "There is no process definition '" + idOrKey + "'"
              : "Several tenants have a process '" + idOrKey + "', wanted the id of a definition");
    }
    return found.get(0);
  }

  private RequestPreview preview(Asked asked) {
    RestAction action = asked.task().action();
    String kind = asked.task().kind().name();
    CallResult notSent = asked.call().notSent();
    return notSent == null
        ? shown.preview(action, kind, asked.call().ready())
        : new RequestPreview(
            action.beanName(),
            kind,
            action.name(),
            null,
            null,
            null,
            null,
            null,
            null,
            notSent.code(),
            text.pathOrNull(notSent.message()));
  }
}
