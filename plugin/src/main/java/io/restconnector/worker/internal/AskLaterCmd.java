package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.Polling;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Instant;
import java.util.Date;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;

/**
 * Finds out whether an answer is the last one. If it is not, the job keeps the status URL and has
 * no owner until it is time for the next question, in one transaction. Rolls back if another node
 * takes the job meanwhile, since taking a lock raises the revision.
 */
record AskLaterCmd(
    ProcessEngineConfigurationImpl engine,
    String owner,
    Job job,
    Polling polling,
    RestRequest request,
    CallOutcome.Response response,
    CallResult result)
    implements Command<AskLaterCmd.Outcome> {

  sealed interface Outcome {}

  /** The job is gone or has another owner. */
  record Lost() implements Outcome {}

  /** The next question is kept. */
  record Kept() implements Outcome {}

  /** Nothing is asked any more. */
  record Last(CallResult result) implements Outcome {}

  @Override
  public Outcome execute(CommandContext context) {
    ExternalWorkerJobEntity row =
        engine.getJobServiceConfiguration().getExternalWorkerJobEntityManager().findById(job.id());
    if (row == null || (row.getLockOwner() != null && !owner.equals(row.getLockOwner()))) {
      return new Lost();
    }
    ExecutionEntity execution = engine.getExecutionEntityManager().findById(row.getExecutionId());
    Instant now = engine.getClock().getCurrentTime().toInstant();
    Polling.Step step = polling.after(request, response, result, execution, now);
    if (step instanceof Polling.Complete complete) {
      return new Last(complete.result());
    }
    Polling.Ask ask = (Polling.Ask) step;
    boolean isFirst = row.getCustomValuesByteArrayRef() == null;
    row.setCustomValues(
        new KeptPoll(
                ask.statusUrl(),
                polling.first(),
                polling.begun(),
                polling.asked(),
                KeptPoll.others(row.getCustomValues()))
            .customValues());
    row.setLockOwner(null);
    row.setLockExpirationTime(Date.from(now.plus(ask.after())));
    if (isFirst) {
      // The engine's own update leaves this column out; the row that it names must be there before.
      DbSqlSession session = context.getSession(DbSqlSession.class);
      session.flush();
      session
          .getCustomMapper(LockMapper.class)
          .keepValues(job.id(), row.getCustomValuesByteArrayRef().getId());
    }
    return new Kept();
  }
}
