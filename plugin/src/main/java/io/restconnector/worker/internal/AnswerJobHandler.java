package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.OutputWriter;
import io.restconnector.call.internal.UncaughtErrors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowable.common.engine.api.scope.ScopeTypes;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.impl.bpmn.helper.ErrorPropagation;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.impl.util.CountingEntityUtil;
import org.flowable.job.service.JobHandler;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.flowable.job.service.impl.persistence.entity.JobEntity;
import org.flowable.variable.api.delegate.VariableScope;
import org.flowable.variable.service.VariableService;
import org.flowable.variable.service.impl.persistence.entity.VariableInstanceEntity;
import org.jspecify.annotations.Nullable;

/**
 * Writes the outputs of a call in a job of the async executor, and goes on with the process or
 * raises the error of the call. The engine's own handler does so for outputs that are no local
 * variables; it would raise an error without its message.
 *
 * @param getType of the jobs
 * @param local whether the outputs are variables of the activity's own execution
 */
record AnswerJobHandler(String getType, boolean local) implements JobHandler {

  static final String ERROR = "rest-connector-error";
  static final String LOCAL = "rest-connector-local";

  static void install(ProcessEngineConfigurationImpl engine) {
    engine.addCustomJobHandler(new AnswerJobHandler(ERROR, false));
    engine.addCustomJobHandler(new AnswerJobHandler(LOCAL, true));
  }

  /** Makes the job one of these, or of the engine's own where that one does. */
  static void assign(ExternalWorkerJobEntity job, CallResult result, boolean local) {
    String code = result.code();
    if (local) {
      job.setJobHandlerType(LOCAL);
    } else if (code != null) {
      job.setJobHandlerType(ERROR);
    }
    // A code of the application may hold spaces, a message has one line.
    job.setJobHandlerConfiguration(code == null ? null : code + '\n' + result.message());
  }

  /**
   * @param configuration null for no error; else the code, a line break or, from an earlier
   *     version, a space, the message
   */
  @Override
  public void execute(
      JobEntity job, @Nullable String configuration, VariableScope scope, CommandContext context) {
    ExecutionEntity execution = (ExecutionEntity) scope;
    OutputWriter.set(takeStoredOutputs(execution, context), execution, local);
    if (configuration == null) {
      CommandContextUtil.getAgenda(context).planTriggerExecutionOperation(execution);
      return;
    }
    int end = configuration.indexOf(configuration.indexOf('\n') < 0 ? ' ' : '\n');
    BpmnError error =
        new BpmnError(configuration.substring(0, end), configuration.substring(end + 1));
    ErrorPropagation.propagateError(
        UncaughtErrors.raised(error, execution.getCurrentActivityId()), execution);
  }

  private static Map<String, @Nullable Object> takeStoredOutputs(
      ExecutionEntity execution, CommandContext context) {
    VariableService variables =
        CommandContextUtil.getProcessEngineConfiguration(context)
            .getVariableServiceConfiguration()
            .getVariableService();
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
    for (VariableInstanceEntity output :
        variables.findVariableInstanceBySubScopeIdAndScopeType(
            execution.getId(), ScopeTypes.BPMN_EXTERNAL_WORKER)) {
      outputs.put(output.getName(), output.getValue());
      CountingEntityUtil.handleDeleteVariableInstanceEntityCount(output, false);
      variables.deleteVariableInstance(output);
    }
    return outputs;
  }
}
