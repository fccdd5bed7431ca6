package io.restconnector.worker.internal;

import org.flowable.common.engine.api.scope.ScopeTypes;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.impl.bpmn.helper.ErrorPropagation;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.impl.util.CountingEntityUtil;
import org.flowable.job.service.JobHandler;
import org.flowable.job.service.impl.persistence.entity.JobEntity;
import org.flowable.variable.api.delegate.VariableScope;
import org.flowable.variable.service.VariableService;
import org.flowable.variable.service.impl.persistence.entity.VariableInstanceEntity;
import org.jspecify.annotations.Nullable;

/**
 * Writes the outputs and raises the error of a call in a job of the async executor, as the engine's
 * own handler does, which would raise it without its message.
 */
final class ErrorJobHandler implements JobHandler {

  static final String TYPE = "rest-connector-error";

  @Override
  public String getType() {
    return TYPE;
  }

  /** A code of the application may hold spaces, a message has one line. */
  static String configuration(String code, @Nullable String message) {
    return code + '\n' + message;
  }

  /**
   * @param configuration the code, a line break or, from an earlier version, a space, the message
   */
  @Override
  public void execute(
      JobEntity job, String configuration, VariableScope scope, CommandContext context) {
    ExecutionEntity execution = (ExecutionEntity) scope;
    VariableService variables =
        CommandContextUtil.getProcessEngineConfiguration(context)
            .getVariableServiceConfiguration()
            .getVariableService();
    for (VariableInstanceEntity output :
        variables.findVariableInstanceBySubScopeIdAndScopeType(
            execution.getId(), ScopeTypes.BPMN_EXTERNAL_WORKER)) {
      execution.setVariable(output.getName(), output.getValue());
      CountingEntityUtil.handleDeleteVariableInstanceEntityCount(output, false);
      variables.deleteVariableInstance(output);
    }
    int end = configuration.indexOf(configuration.indexOf('\n') < 0 ? ' ' : '\n');
    ErrorPropagation.propagateError(
        new BpmnError(configuration.substring(0, end), configuration.substring(end + 1)),
        execution);
  }
}
