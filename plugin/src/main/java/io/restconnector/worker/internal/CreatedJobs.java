package io.restconnector.worker.internal;

import io.restconnector.call.internal.RestAction;
import io.restconnector.internal.Tracing;
import io.restconnector.internal.Tracing.JobStep;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flowable.common.engine.impl.cfg.TransactionContext;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.interceptor.CreateExternalWorkerJobAfterContext;
import org.flowable.engine.interceptor.CreateExternalWorkerJobBeforeContext;
import org.flowable.engine.interceptor.CreateExternalWorkerJobInterceptor;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees each job that this node creates. Where the worker has room the job is inserted with its
 * lock, and starts with the commit: it costs no statement to find and to lock it.
 */
final class CreatedJobs implements CreateExternalWorkerJobInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(CreatedJobs.class);
  private static final int SPELLINGS = 100;

  private final @Nullable CreateExternalWorkerJobInterceptor next;
  private final RestWorker worker;
  private final JobLocks locks;
  private final Tracing tracing;

  /** Jobs created in transactions that have not ended, with the time when they were. */
  private final Map<String, Long> reserved = new ConcurrentHashMap<>();

  private final Set<String> misspelt = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean toldNoWorker = new AtomicBoolean();

  private CreatedJobs(
      @Nullable CreateExternalWorkerJobInterceptor next,
      RestWorker worker,
      JobLocks locks,
      Tracing tracing) {
    this.next = next;
    this.worker = worker;
    this.locks = locks;
    this.tracing = tracing;
  }

  /** Goes before the application's own, in the place of that of an earlier worker. */
  static CreatedJobs install(
      ProcessEngineConfigurationImpl engine, RestWorker worker, JobLocks locks, Tracing tracing) {
    CreateExternalWorkerJobInterceptor present = engine.getCreateExternalWorkerJobInterceptor();
    CreatedJobs installed =
        new CreatedJobs(
            present instanceof CreatedJobs earlier ? earlier.next : present,
            worker,
            locks,
            tracing);
    engine.setCreateExternalWorkerJobInterceptor(installed);
    return installed;
  }

  /** How many the worker may be given. */
  int size() {
    return reserved.size();
  }

  /** Forgets those whose locks have expired, whatever became of their transactions. */
  void forgetExpired() {
    long expired = System.nanoTime() - locks.duration().toNanos();
    reserved.values().removeIf(since -> since - expired < 0);
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
    RestAction action = Topics.action(job.getJobHandlerConfiguration());
    if (action == null) {
      tellMisspelt(job);
      return;
    }
    TransactionContext transaction = Context.getTransactionContext();
    if (tracing.isOn()) {
      trace(job, action, transaction);
    }
    if (!worker.takesJobs()) {
      tellNoWorker(job);
      return;
    }
    if (transaction == null) {
      return;
    }
    if (!worker.hasRoomForCreated()) {
      // Not before: until then nobody can find it.
      transaction.addTransactionListener(
          TransactionState.COMMITTED, ignored -> worker.createdWithoutRoom());
      return;
    }
    long start = System.nanoTime();
    reserved.put(job.getId(), start);
    job.setLockOwner(locks.owner());
    job.setLockExpirationTime(locks.end());
    transaction.addTransactionListener(
        TransactionState.COMMITTED, ignored -> committed(job, action, start));
    transaction.addTransactionListener(TransactionState.ROLLED_BACK, ignored -> rolledBack(job));
  }

  /** Keeps the trace with the job, for the thread and the node that will make its call. */
  private void trace(
      ExternalWorkerJobEntity job, RestAction action, @Nullable TransactionContext transaction) {
    Tracing.Span span = tracing.job(JobStep.SEND, Job.of(job, action).task(), null);
    String trace = span.context();
    if (trace != null && job.getCustomValues() == null) {
      job.setCustomValues(trace);
    }
    if (transaction == null) {
      span.end(null);
      return;
    }
    transaction.addTransactionListener(TransactionState.COMMITTED, ignored -> span.end(null));
    transaction.addTransactionListener(
        TransactionState.ROLLED_BACK, ignored -> span.end("RolledBack"));
  }

  private void rolledBack(ExternalWorkerJobEntity job) {
    reserved.remove(job.getId());
    worker.hasFreeRoom();
  }

  private void committed(ExternalWorkerJobEntity job, RestAction action, long start) {
    reserved.remove(job.getId());
    if (!job.isDeleted()) {
      // By the engine's clock the lock may be older: then it is extended before anything is sent.
      Instant middle = job.getLockExpirationTime().toInstant().minus(locks.duration().dividedBy(2));
      long lockedSince = locks.now().isAfter(middle) ? start - locks.duration().toNanos() : start;
      worker.created(Job.of(job, action), lockedSince);
    }
  }

  private void tellMisspelt(ExternalWorkerJobEntity job) {
    String topic = job.getJobHandlerConfiguration();
    RestAction meant = Topics.meant(topic);
    if (meant != null && misspelt.size() < SPELLINGS && misspelt.add(topic)) {
      LOG.warn(
          "Activity '{}' of instance {} has the topic '{}', wanted '{}': the REST connector does not make its call",
          job.getElementId(),
          job.getProcessInstanceId(),
          topic,
          meant.beanName());
    }
  }

  private void tellNoWorker(ExternalWorkerJobEntity job) {
    if (worker.isOff() && toldNoWorker.compareAndSet(false, true)) {
      LOG.warn(
          "Activity '{}' of instance {} waits for another node: this one makes no calls of external-worker tasks, since rest-connector.worker.enabled is false or the engine's async executor is not active",
          job.getElementId(),
          job.getProcessInstanceId());
    }
  }
}
