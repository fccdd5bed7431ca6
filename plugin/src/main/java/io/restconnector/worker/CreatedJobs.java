package io.restconnector.worker;

import org.flowable.common.engine.impl.cfg.TransactionContext;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.engine.interceptor.CreateExternalWorkerJobAfterContext;
import org.flowable.engine.interceptor.CreateExternalWorkerJobBeforeContext;
import org.flowable.engine.interceptor.CreateExternalWorkerJobInterceptor;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.jspecify.annotations.Nullable;

/**
 * Sees each job that this node creates. Where the worker has room the job is inserted with its
 * lock, and starts with the commit: it costs no statement to find and to lock it.
 */
final class CreatedJobs implements CreateExternalWorkerJobInterceptor {

  private final @Nullable CreateExternalWorkerJobInterceptor next;
  private final RestWorker worker;

  /** Takes the place of that of an earlier worker. */
  static CreatedJobs before(@Nullable CreateExternalWorkerJobInterceptor next, RestWorker worker) {
    return new CreatedJobs(next instanceof CreatedJobs earlier ? earlier.next : next, worker);
  }

  private CreatedJobs(@Nullable CreateExternalWorkerJobInterceptor next, RestWorker worker) {
    this.next = next;
    this.worker = worker;
  }

  @Override
  public void beforeCreateExternalWorkerJob(CreateExternalWorkerJobBeforeContext context) {
    if (next != null) {
      next.beforeCreateExternalWorkerJob(context);
    }
  }

  @Override
  public void afterCreateExternalWorkerJob(CreateExternalWorkerJobAfterContext context) {
    if (next != null) {
      next.afterCreateExternalWorkerJob(context);
    }
    ExternalWorkerJobEntity job = context.getExternalWorkerJobEntity();
    TransactionContext transaction = Context.getTransactionContext();
    if (JobStore.action(job.getJobHandlerConfiguration()) == null || transaction == null) {
      return;
    }
    if (worker.reserve(job)) {
      transaction.addTransactionListener(
          TransactionState.COMMITTED, ignored -> worker.created(job));
      transaction.addTransactionListener(
          TransactionState.ROLLED_BACK, ignored -> worker.rolledBack(job.getId()));
    }
  }
}
