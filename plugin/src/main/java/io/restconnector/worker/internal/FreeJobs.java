package io.restconnector.worker.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.impl.db.ListQueryParameterObject;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;

/**
 * Finds jobs that no node has. Each search reads one stretch of one index, so that it costs the
 * same beside a million jobs that are locked, wait for their time or wait for a share.
 */
final class FreeJobs {

  private final ProcessEngineConfigurationImpl engine;

  /** What stands as owner in a free job that waits for a share. */
  private final List<String> marks;

  private final long forgottenNanos;
  private long nextForgotten = System.nanoTime();

  /**
   * @param duration of a lock
   * @param shares names of all shares
   */
  FreeJobs(ProcessEngineConfigurationImpl engine, Duration duration, Collection<String> shares) {
    this.engine = engine;
    marks = shares.stream().map(FreeJobs::mark).toList();
    forgottenNanos = duration.toNanos() / 3;
  }

  /** The column has 255 characters. */
  static String mark(String share) {
    return "rest-connector-share-" + share.substring(0, Math.min(200, share.length()));
  }

  List<String> marks() {
    return marks;
  }

  /**
   * Those that wait longest, since they were created or since the end of a wait, so that new jobs
   * and due polls take nothing from each other. Without those that wait for a share; from time to
   * time also those whose share this node does not know: who knew it may be gone, and only a look
   * at all that are left finds them.
   */
  List<Job> find(CommandContext context, Date now, int limit) {
    LockMapper locks = JobLocks.locks(context);
    List<ExternalWorkerJobEntity> found = new ArrayList<>();
    found.addAll(locks.findFree(query(limit, Map.of())));
    found.addAll(locks.findExpired(query(limit, Map.of("now", now))));
    if (System.nanoTime() - nextForgotten >= 0) {
      List<ExternalWorkerJobEntity> forgotten =
          locks.findForgotten(query(limit, Map.of("marks", marks)));
      found.addAll(forgotten);
      if (forgotten.size() < limit) { // else there may be many more
        nextForgotten = System.nanoTime() + forgottenNanos;
      }
    }
    return found.stream()
        .map(JobLocks::job)
        .sorted(Comparator.comparing(Job::waitingSince))
        .limit(limit)
        .toList();
  }

  /** The oldest of those that wait for a share. */
  List<Job> left(CommandContext context, String share, int limit) {
    return JobLocks.locks(context).findLeft(query(limit, Map.of("mark", mark(share)))).stream()
        .map(JobLocks::job)
        .toList();
  }

  /** In the order of the index: those of one owner, or of none, the oldest first. */
  private ListQueryParameterObject query(int limit, Map<String, Object> others) {
    Map<String, Object> wanted = new HashMap<>(others);
    wanted.put("topics", Topics.names());
    ListQueryParameterObject query = new ListQueryParameterObject(wanted, 0, limit);
    query.setDatabaseType(engine.getDatabaseType());
    for (String column : List.of("LOCK_EXP_TIME_", "LOCK_OWNER_", "CREATE_TIME_")) {
      query.addOrder("RES." + column, "asc", null);
    }
    return query;
  }
}
