package io.restconnector.worker.internal;

import java.util.HashSet;
import java.util.Set;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.bpmn.behavior.ParallelMultiInstanceBehavior;
import org.flowable.engine.impl.jobexecutor.ParallelMultiInstanceActivityCompletionJobHandler;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.job.service.impl.persistence.entity.JobEntity;

/**
 * Asks in the transaction that ends an instance of a parallel multi-instance whether it was the
 * last. The engine does so in an exclusive job of the async executor, one for each: of 500 that end
 * together, 499 jobs only find that the process instance is locked, again and again.
 *
 * <p>A transaction may do so that holds the lock of the process instance, as that job does: whoever
 * comes after it sees what it has written, and it sees what those before have.
 */
final class ParallelLeave {

  private static final String ALLOWED = ParallelLeave.class.getName();

  private ParallelLeave() {}

  static boolean isPartOfOne(ExecutionEntity execution) {
    FlowElement element = execution.getCurrentFlowElement();
    while (element instanceof Activity activity) {
      if (activity.getBehavior() instanceof ParallelMultiInstanceBehavior) {
        return true;
      }
      element = activity.getSubProcess();
    }
    return false;
  }

  /** For a command that holds the lock of the process instance until its transaction ends. */
  static void allow(CommandContext context, ExecutionEntity execution) {
    allowed(context).add(execution.getProcessInstanceId());
  }

  @SuppressWarnings("unchecked")
  private static Set<String> allowed(CommandContext context) {
    Set<String> allowed = (Set<String>) context.getAttribute(ALLOWED);
    if (allowed == null) {
      allowed = new HashSet<>();
      context.addAttribute(ALLOWED, allowed);
    }
    return allowed;
  }

  /** Whether this is such a job that need not be created, as what it does is done. */
  static boolean takesPlaceOf(JobEntity job) {
    CommandContext context = Context.getCommandContext();
    if (!ParallelMultiInstanceActivityCompletionJobHandler.TYPE.equals(job.getJobHandlerType())
        || context == null
        || !allowed(context).contains(job.getProcessInstanceId())) {
      return false;
    }
    ExecutionEntity ended =
        CommandContextUtil.getExecutionEntityManager(context).findById(job.getExecutionId());
    if (!(ended.getCurrentFlowElement() instanceof Activity activity
        && activity.getBehavior() instanceof ParallelMultiInstanceBehavior parallel)) {
      return false;
    }
    CommandContextUtil.getAgenda(context).planOperation(() -> parallel.leaveAsync(ended));
    return true;
  }
}
