package io.restconnector.journal.internal;

import io.restconnector.journal.DeadLetter;
import io.restconnector.journal.RefusedOperationException;
import java.util.List;
import org.flowable.engine.ManagementService;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.api.DeadLetterJobQuery;
import org.flowable.job.api.Job;
import org.jspecify.annotations.Nullable;

/** The dead letter jobs of an engine. */
public final class DeadLetters {

  private static final int MAX = 1_000;

  private final ManagementService management;
  private final int retries;
  private final ShownText text;

  private DeadLetters(ManagementService management, int retries, ShownText text) {
    this.management = management;
    this.retries = retries;
    this.text = text;
  }

  public static DeadLetters of(ProcessEngineConfigurationImpl engine, NodeJournal journal) {
    return new DeadLetters(
        engine.getManagementService(), engine.getAsyncExecutorNumberOfRetries(), journal.text());
  }

  /** Those of an instance, of any where it is null; the newest first. */
  public List<DeadLetter> list(@Nullable String instance) {
    DeadLetterJobQuery query = management.createDeadLetterJobQuery();
    if (instance != null) {
      query.processInstanceId(instance);
    }
    return query.orderByJobCreateTime().desc().listPage(0, MAX).stream().map(this::shown).toList();
  }

  private DeadLetter shown(Job job) {
    return new DeadLetter(
        job.getId(),
        job.getProcessInstanceId(),
        job.getElementId(),
        text.pathOrNull(job.getExceptionMessage()),
        job.getCreateTime().toInstant());
  }

  /** Moves it back to where jobs of its kind are found. */
  public void retry(String job) {
    if (management.createDeadLetterJobQuery().jobId(job).count() == 0) {
      throw new RefusedOperationException("There is no dead letter job '" + job + "'");
    }
    management.moveDeadLetterJobToExecutableJob(job, retries);
  }
}
