package io.restconnector.worker.internal;

import io.restconnector.call.internal.RestAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandConfig;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.jspecify.annotations.Nullable;

/**
 * The locks of this node on the engine's external-worker jobs. Every method is a transaction; a
 * statement that fails is told by its exception alone, and not by the engine's log as well.
 */
final class JobLocks {

  private final ProcessEngineConfigurationImpl engine;
  private final Duration duration;

  private final FreeJobs free;
  private final JobRows rows;

  /**
   * New at every start: no two nodes share it, and the locks of a node that died expire. It is in
   * the name of what the engine's own tools show as the owner of a job.
   */
  private final String owner = "rest-connector-" + UUID.randomUUID();

  /**
   * @param shares names of all shares
   */
  JobLocks(ProcessEngineConfigurationImpl engine, Duration duration, Collection<String> shares) {
    this.engine = engine;
    this.duration = duration;
    free = new FreeJobs(engine, duration, shares);
    rows = new JobRows(duration);
  }

  String owner() {
    return owner;
  }

  JobRows rows() {
    return rows;
  }

  Duration duration() {
    return duration;
  }

  Instant now() {
    return engine.getClock().getCurrentTime().toInstant();
  }

  /** Of a lock that is set now. */
  Date end() {
    return Date.from(now().plus(duration));
  }

  /**
   * Free jobs that this node has locked, the oldest first.
   *
   * @param moreSince since when the last one found waits, null if all were found; other nodes may
   *     have been faster with any of them
   */
  record Acquired(List<Job> jobs, @Nullable Instant moreSince) {}

  /** Without those that wait for a share. */
  Acquired acquire(int limit) {
    return execute(
        context -> {
          Date now = Date.from(now());
          return lock(context, now, free.find(context, now, limit), limit);
        });
  }

  /** Those that wait for this share. */
  Acquired acquireLeft(String share, int limit) {
    return execute(
        context -> {
          Date now = Date.from(now());
          return lock(context, now, free.left(context, share, limit), limit);
        });
  }

  private Acquired lock(CommandContext context, Date now, List<Job> found, int limit) {
    if (found.isEmpty()) {
      return new Acquired(List.of(), null);
    }
    Set<String> ids = ids(found);
    if (locks(context).lock(ids, owner, now, end()) < found.size()) {
      ids.retainAll(ids(owned()));
    }
    return new Acquired(
        found.stream().filter(job -> ids.contains(job.id())).toList(),
        found.size() == limit ? found.get(limit - 1).waitingSince() : null);
  }

  /** Since when the oldest job waits that no node has taken; null for none. */
  @Nullable Instant oldestFree() {
    List<Job> oldest = execute(context -> free.find(context, Date.from(now()), 1));
    return oldest.isEmpty() ? null : oldest.get(0).waitingSince();
  }

  /** Extends every lock of this node, in one statement; the ids of the jobs that have one. */
  Set<String> renew() {
    return ofAll(
        context -> {
          LockMapper locks = locks(context);
          return locks.renew(owner, end()) == 0 ? Set.of() : locks.owned(owner);
        });
  }

  /** Fails where the database takes no writes. */
  void tryToWrite() {
    execute(context -> locks(context).release(owner, List.of("none")));
  }

  /** The jobs that this node has locked, again where its lock expired and nobody took the job. */
  List<Job> reclaim(Collection<Job> known) {
    return ofAll(
        context -> {
          List<Job> owned = owned();
          Set<String> lost = ids(known);
          lost.removeAll(ids(owned));
          if (lost.isEmpty()) {
            return owned;
          }
          locks(context).lockAgain(lost, owner, Date.from(now()), end(), free.marks());
          return owned();
        });
  }

  private List<Job> owned() {
    return engine
        .getJobServiceConfiguration()
        .getExternalWorkerJobEntityManager()
        .findJobsByWorkerId(owner)
        .stream()
        .map(JobLocks::job)
        .toList();
  }

  /** Lets other nodes have these jobs at once. */
  void release(Collection<String> ids) {
    if (!ids.isEmpty()) {
      ofSome(context -> locks(context).release(owner, ids));
    }
  }

  /** The same for jobs that wait for a share. */
  void leave(String share, Collection<String> ids) {
    if (!ids.isEmpty()) {
      ofSome(context -> locks(context).leave(owner, ids, FreeJobs.mark(share)));
    }
  }

  /** As {@link #release} for one whose transaction has just ended on this thread. */
  void releaseCreated(String id) {
    engine
        .getCommandExecutor()
        .execute(
            new CommandConfig().transactionRequiresNew(),
            quiet(context -> locks(context).release(owner, List.of(id))));
  }

  /** Lets other nodes have every job of this one at once. */
  void releaseAll() {
    ofAll(context -> locks(context).releaseAll(owner));
  }

  private <T> T ofAll(Command<T> command) {
    return rows.all(() -> execute(command));
  }

  private void ofSome(Command<?> command) {
    rows.some(() -> execute(command));
  }

  private <T> T execute(Command<T> command) {
    return engine.getCommandExecutor().execute(quiet(command));
  }

  private static <T> Command<T> quiet(Command<T> command) {
    return context -> {
      try {
        return command.execute(context);
      } catch (RuntimeException failed) {
        throw new QuietException(failed);
      }
    };
  }

  /** The engine logs every other exception of a command, with its stack. */
  static final class QuietException extends FlowableException {
    QuietException(RuntimeException cause) {
      super("a statement of the REST worker failed", cause);
      setLogged(false);
    }
  }

  private static Set<String> ids(Collection<Job> jobs) {
    return jobs.stream().map(Job::id).collect(Collectors.toCollection(HashSet::new));
  }

  static LockMapper locks(CommandContext context) {
    return context.getSession(DbSqlSession.class).getCustomMapper(LockMapper.class);
  }

  static Job job(ExternalWorkerJobEntity job) {
    // Databases differ in whether case and trailing blanks matter.
    RestAction action = Topics.meant(job.getJobHandlerConfiguration());
    if (action == null) {
      throw new IllegalStateException("not one of the topics asked for");
    }
    return Job.of(job, action);
  }
}
