package io.restconnector.worker.internal;

import io.restconnector.internal.Tracing;
import io.restconnector.internal.Tracing.JobStep;
import io.restconnector.internal.Tracing.JobTask;
import java.util.List;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.common.engine.impl.interceptor.CommandContextCloseListener;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.jobexecutor.ExternalWorkerTaskCompleteJobHandler;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.job.service.JobHandler;
import org.flowable.job.service.impl.persistence.entity.JobEntity;
import org.flowable.variable.api.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/** Goes on with the answer of a job in the trace that the job was created in. */
record TracedJobHandler(JobHandler handler, Tracing tracing) implements JobHandler {

  @Override
  public String getType() {
    return handler.getType();
  }

  @Override
  public void execute(
      JobEntity job, @Nullable String configuration, VariableScope scope, CommandContext context) {
    String kept = tracing.isOn() ? KeptPoll.others(job.getCustomValues()) : null;
    if (kept != null
        && ((ExecutionEntity) scope).getCurrentFlowElement()
            instanceof ExternalWorkerServiceTask task) {
      Tracing.Span span =
          tracing.job(
              JobStep.SETTLE,
              new JobTask(
                  task.getTopic(),
                  job.getProcessDefinitionId(),
                  job.getProcessInstanceId(),
                  task.getId()),
              kept);
      // What follows is only planned by the handler: the command goes on with it.
      context.addCloseListener(new EndOfCommand(span, span.open()));
    }
    handler.execute(job, configuration, scope, context);
  }

  /** Has this stand around those of an engine that go on with answers. */
  static void install(ProcessEngineConfigurationImpl engine, Tracing tracing) {
    for (String type :
        List.of(
            ExternalWorkerTaskCompleteJobHandler.TYPE,
            AnswerJobHandler.ERROR,
            AnswerJobHandler.LOCAL)) {
      JobHandler present = engine.getJobHandlers().get(type);
      if (present != null && !(present instanceof TracedJobHandler)) {
        engine.addJobHandler(new TracedJobHandler(present, tracing));
      }
    }
  }

  private record EndOfCommand(Tracing.Span span, Tracing.Scope scope)
      implements CommandContextCloseListener {

    @Override
    public void closing(CommandContext context) {}

    @Override
    public void afterSessionsFlush(CommandContext context) {}

    @Override
    public void closed(CommandContext context) {
      scope.close();
      span.end(null);
    }

    @Override
    public void closeFailure(CommandContext context) {
      scope.close();
      span.end("Failed");
    }

    @Override
    public Integer order() {
      return Integer.MAX_VALUE;
    }

    @Override
    public boolean multipleAllowed() {
      return true;
    }
  }
}
