package io.restconnector.call.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.IOParameter;
import org.flowable.bpmn.model.ServiceTask;

/** All that counts for the check of a task: tasks with the same content have the same faults. */
public record TaskContent(List<Object> parts) {

  public static TaskContent of(RestAction action, ServiceTask task) {
    List<Object> content = new ArrayList<>();
    content.add(action);
    content.add(
        task instanceof ExternalWorkerServiceTask worker
            ? "worker " + worker.isDoNotIncludeVariables()
            : "delegate");
    content.add(task.getFieldExtensions().size());
    for (FieldExtension field : task.getFieldExtensions()) {
      content.add(field.getFieldName());
      content.add(field.getStringValue());
      content.add(field.getExpression());
    }
    TaskParameters parameters = TaskParameters.of(task);
    for (IOParameter in : parameters.in()) {
      content.add(Arrays.asList("in", in.getSource(), in.getSourceExpression(), in.getTarget()));
    }
    for (IOParameter out : parameters.out()) {
      content.add(
          Arrays.asList("out", out.getSource(), out.getSourceExpression(), out.getTarget()));
    }
    return new TaskContent(content);
  }
}
