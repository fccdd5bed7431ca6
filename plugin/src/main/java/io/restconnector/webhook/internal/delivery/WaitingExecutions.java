package io.restconnector.webhook.internal.delivery;

import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.eventsubscription.api.EventSubscription;
import org.flowable.eventsubscription.service.impl.persistence.entity.EventSubscriptionEntity;

/**
 * Tells whether an execution still waits. Between reading a subscription and its execution another
 * transaction may have woken it, and the engine would then trigger whatever the execution does by
 * now: it would complete a user task. Internal types, as only the session knows what it has read.
 */
record WaitingExecutions(ProcessEngineConfigurationImpl engine) {

  /**
   * False when this transaction itself has already woken the execution.
   *
   * @throws FlowableOptimisticLockingException when another transaction has
   */
  boolean contain(EventSubscription subscription) {
    // From here on the session holds the execution with its revision, which the flush compares.
    // Those above it are read here, while they are there: the engine does not expect them gone.
    ExecutionEntity execution =
        engine.getExecutionEntityManager().findById(subscription.getExecutionId());
    ExecutionEntity above = execution;
    while (above != null) {
      above = above.getParentId() == null ? above.getSuperExecution() : above.getParent();
    }
    if (((EventSubscriptionEntity) subscription).isDeleted()
        || (execution != null && (execution.isDeleted() || execution.isEnded()))) {
      return false;
    }
    boolean isStillThere =
        execution != null
            && engine
                    .getRuntimeService()
                    .createEventSubscriptionQuery()
                    .id(subscription.getId())
                    .count()
                == 1;
    if (!isStillThere) {
      throw new FlowableOptimisticLockingException(
          "Another transaction has woken execution " + subscription.getExecutionId());
    }
    return true;
  }
}
