package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.OutputWriter;
import io.restconnector.call.internal.UncaughtErrors;
import io.restconnector.internal.platform.EngineJson;
import java.util.Map;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.api.scope.ScopeTypes;
import org.flowable.common.engine.impl.agenda.AbstractAgenda;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.agenda.AbstractOperation;
import org.flowable.engine.impl.bpmn.helper.ErrorPropagation;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.impl.util.CountingEntityUtil;
import org.flowable.identitylink.service.IdentityLinkService;
import org.flowable.job.service.JobServiceConfiguration;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.flowable.variable.service.VariableService;
import org.flowable.variable.service.impl.persistence.entity.VariableInstanceEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes a job with the result of its call, in one transaction. Returns whether the job was
 * still this node's: the lock may have expired, but no other node has taken it. Rolls back if
 * another node takes the job meanwhile, since taking a lock raises the revision.
 */
final class CompleteJobCmd implements Command<Boolean> {

  /** Who continues the process. */
  enum Mode {
    /** This transaction. */
    DIRECT,
    /** This transaction, in which other jobs are completed too. */
    IN_BATCH,
    /** A job of the async executor, with which this transaction stores the outputs. */
    BY_EXECUTOR
  }

  /** No event of the process catches the error. */
  static final class NotCaughtException extends RolledBackException {
    final String code;

    NotCaughtException(String code, String message) {
      super(message);
      this.code = code;
    }
  }

  /** What follows the error may take long. */
  static final class LongContinuationException extends RolledBackException {
    LongContinuationException() {
      super("left to the async executor");
    }
  }

  /** Nothing has failed, so the engine does not log it. */
  abstract static class RolledBackException extends FlowableException {
    RolledBackException(String message) {
      super(message);
      setLogged(false);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(CompleteJobCmd.class);

  private final ProcessEngineConfigurationImpl engine;
  private final String owner;
  private final InFlightJob call;
  private final OutputWriter outputs;
  private final CallResult result;
  private final Mode mode;

  CompleteJobCmd(
      ProcessEngineConfigurationImpl engine,
      String owner,
      InFlightJob call,
      CallResult result,
      Mode mode) {
    this.engine = engine;
    this.owner = owner;
    this.call = call;
    outputs = call.outputs();
    this.result = result;
    this.mode = mode;
  }

  @Override
  public Boolean execute(CommandContext context) {
    ExternalWorkerJobEntity job =
        engine
            .getJobServiceConfiguration()
            .getExternalWorkerJobEntityManager()
            .findById(call.job.id());
    if (job == null || (job.getLockOwner() != null && !owner.equals(job.getLockOwner()))) {
      return false;
    }
    ExecutionEntity execution = engine.getExecutionEntityManager().findById(job.getExecutionId());
    if (mode != Mode.BY_EXECUTOR && call.locksInstance()) {
      ParallelLeave.allow(context, execution);
    }
    CallResult mapped = outputs.map(result, execution);
    if (mode == Mode.IN_BATCH && mapped.error() != null) {
      throw new LongContinuationException(); // it has a transaction of its own
    }
    if (mapped.error() != null && result.error() == null && call.isFirstWarning()) {
      LOG.warn("{}: {}", call.job.description(), mapped.message());
    }
    if (mode == Mode.BY_EXECUTOR || (mapped.error() == null && !isShort(execution))) {
      handOver(job, mapped);
    } else {
      deleteJob(job);
      OutputWriter.set(mapped.outputs(), execution, outputs.isLocal());
      continueProcess(context, execution, mapped);
    }
    if (mode != Mode.BY_EXECUTOR && call.locksInstance()) {
      // In the same transaction, as the async executor does: what it creates may need the lock.
      engine.getExecutionEntityManager().clearProcessInstanceLockTime(job.getProcessInstanceId());
    }
    return true;
  }

  private static boolean isShort(ExecutionEntity execution) {
    ExecutionEntity instance = execution.getProcessInstance();
    // The end of the instance may continue something else, such as a case.
    return instance.getSuperExecutionId() == null
        && instance.getCallbackId() == null
        && NextWaitState.isShort((FlowNode) execution.getCurrentFlowElement());
  }

  private void deleteJob(ExternalWorkerJobEntity job) {
    engine.getJobServiceConfiguration().getExternalWorkerJobEntityManager().delete(job);
    deleteIdentityLinks(job);
  }

  /** Hardly a job has any, and a batch asks once for all of its jobs. */
  private void deleteIdentityLinks(ExternalWorkerJobEntity job) {
    IdentityLinkService links =
        engine.getIdentityLinkServiceConfiguration().getIdentityLinkService();
    String id = job.getCorrelationId();
    if (!links.findIdentityLinksByScopeIdAndType(id, ScopeTypes.EXTERNAL_WORKER).isEmpty()) {
      links.deleteIdentityLinksByScopeIdAndType(id, ScopeTypes.EXTERNAL_WORKER);
    }
  }

  private static void continueProcess(
      CommandContext context, ExecutionEntity execution, CallResult mapped) {
    String code = mapped.code();
    if (code == null) {
      CommandContextUtil.getAgenda(context).planTriggerExecutionOperation(execution);
      return;
    }
    try {
      ErrorPropagation.propagateError(mapped.asError(), execution);
    } catch (FlowableException failed) {
      if (UncaughtErrors.isNotCaught(failed)) {
        throw new NotCaughtException(
            code, UncaughtErrors.text(code, execution.getCurrentActivityId(), mapped.message()));
      }
      throw failed;
    }
    // The operation planned last is that of the event that has caught the error.
    if (!(CommandContextUtil.getAgenda(context) instanceof AbstractAgenda agenda
        && agenda.getOperations().peekLast() instanceof AbstractOperation next
        && isShort(next.getExecution()))) {
      throw new LongContinuationException();
    }
  }

  /** As the engine's own completion of an external-worker job does. */
  private void handOver(ExternalWorkerJobEntity job, CallResult mapped) {
    VariableService variables = engine.getVariableServiceConfiguration().getVariableService();
    for (Map.Entry<String, @Nullable Object> output : mapped.outputs().entrySet()) {
      VariableInstanceEntity variable = variables.createVariableInstance(output.getKey());
      variable.setScopeId(job.getProcessInstanceId());
      variable.setSubScopeId(job.getExecutionId());
      variable.setScopeType(ScopeTypes.BPMN_EXTERNAL_WORKER);
      variables.insertVariableInstanceWithValue(
          variable, EngineJson.toEngine(output.getValue()), job.getTenantId());
      CountingEntityUtil.handleInsertVariableInstanceEntityCount(variable);
    }
    AnswerJobHandler.assign(job, mapped, outputs.isLocal());
    JobServiceConfiguration jobs = engine.getJobServiceConfiguration();
    jobs.getJobManager().moveExternalWorkerJobToExecutableJob(job);
    deleteIdentityLinks(job);
  }
}
