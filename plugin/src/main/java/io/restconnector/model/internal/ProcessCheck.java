package io.restconnector.model.internal;

import io.restconnector.aps.internal.RestCallCheck;
import io.restconnector.call.internal.RequestReader;
import io.restconnector.call.internal.TaskCheck;
import io.restconnector.http.AccessSettings;
import io.restconnector.model.Finding;
import io.restconnector.model.Finding.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.ErrorEventDefinition;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.ServiceTask;
import org.jspecify.annotations.Nullable;

/** Finds what cannot work in the REST tasks of a model. */
final class ProcessCheck {

  private final RequestReader reader;
  private final @Nullable AccessSettings access;
  private final Consumer<String> parser;
  private final boolean checksRestCalls;

  /** Tasks of a model have many expressions in common. */
  private final Set<String> parsed = new HashSet<>();

  /**
   * @param access what the node has, null where nobody knows
   * @param parser takes an expression, throws a RuntimeException where it cannot be parsed
   * @param checksRestCalls whether the REST call tasks of Alfresco Process Services are ours
   */
  ProcessCheck(
      RequestReader reader,
      @Nullable AccessSettings access,
      Consumer<String> parser,
      boolean checksRestCalls) {
    this.checksRestCalls = checksRestCalls;
    this.reader = reader;
    this.access = access;
    this.parser =
        expression -> {
          if (!parsed.contains(expression)) {
            parser.accept(expression);
            parsed.add(expression);
          }
        };
  }

  List<Finding> check(BpmnModel model) {
    List<Finding> findings = new ArrayList<>();
    for (Process process : model.getProcesses()) {
      if (!process.isExecutable()) { // the engine leaves it out
        continue;
      }
      for (ServiceTask task : process.findFlowElementsOfType(ServiceTask.class, true)) {
        TaskBinding binding = TaskBinding.of(task);
        if (binding != null) {
          check(process.getId(), task, binding, findings);
          checkErrors(model, process.getId(), task, findings);
        } else if (checksRestCalls && RestCallCheck.concerns(task)) {
          for (RestCallCheck.Fault fault : RestCallCheck.faults(task, access, parser)) {
            findings.add(
                new Finding(
                    fault.isError() ? Severity.ERROR : Severity.WARNING,
                    process.getId(),
                    task.getId(),
                    fault.field(),
                    fault.message()));
          }
          checkErrors(model, process.getId(), task, findings);
        }
      }
    }
    return findings;
  }

  private void check(
      String process, ServiceTask task, TaskBinding binding, List<Finding> findings) {
    String id = task.getId();
    if (binding.wrong() != null) {
      findings.add(new Finding(Severity.ERROR, process, id, binding.attribute(), binding.wrong()));
    }
    TaskCheck check = new TaskCheck(binding.action(), task, reader, parser);
    for (TaskCheck.Fault fault : check.errors(access)) {
      findings.add(new Finding(Severity.ERROR, process, id, fault.field(), fault.message()));
    }
    for (TaskCheck.Fault fault : check.warnings()) {
      findings.add(new Finding(Severity.WARNING, process, id, fault.field(), fault.message()));
    }
  }

  private static void checkErrors(
      BpmnModel model, String process, ServiceTask task, List<Finding> findings) {
    for (BoundaryEvent event : task.getBoundaryEvents()) {
      String code = uncaught(model, event);
      if (code != null) {
        findings.add(
            new Finding(
                Severity.WARNING,
                process,
                task.getId(),
                "boundary event '" + event.getId() + "'",
                "it catches the error code '%s', which no REST task raises, wanted one of docs/errors.md"
                    .formatted(code)));
      }
    }
  }

  /** The code that an error event waits for in vain, else null. */
  private static @Nullable String uncaught(BpmnModel model, BoundaryEvent event) {
    if (event.getEventDefinitions().isEmpty()
        || !(event.getEventDefinitions().get(0) instanceof ErrorEventDefinition error)) {
      return null;
    }
    String code = error.getErrorCode();
    if (code != null && model.containsErrorRef(code)) {
      code = model.getErrors().get(code);
    }
    return code == null || code.isBlank() || code.contains("${") || Catalogue.isErrorCode(code)
        ? null
        : code;
  }
}
