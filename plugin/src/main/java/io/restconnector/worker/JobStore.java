package io.restconnector.worker;

import io.restconnector.call.CallResult;
import io.restconnector.call.RestAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.common.engine.impl.db.ListQueryParameterObject;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.job.api.ExternalWorkerJob;
import org.flowable.job.service.impl.ExternalWorkerJobQueryImpl;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.jspecify.annotations.Nullable;

/**
 * The engine's table of external-worker jobs as this node sees it. Every method is a transaction.
 */
final class JobStore {

  private static final Map<String, RestAction> ACTIONS =
      Stream.of(RestAction.values())
          .collect(Collectors.toUnmodifiableMap(RestAction::beanName, action -> action));

  private final ProcessEngineConfigurationImpl engine;
  private final Duration lockDuration;

  /**
   * New at every start: no two nodes share it, and the locks of a node that died expire. It is in
   * the name of what the engine's own tools show as the owner of a job.
   */
  private final String owner = "rest-connector-" + UUID.randomUUID();

  JobStore(ProcessEngineConfigurationImpl engine, Duration lockDuration) {
    this.engine = engine;
    this.lockDuration = lockDuration;
  }

  static void prepare(ProcessEngineConfigurationImpl engine) {
    Set<Class<?>> mappers = new HashSet<>();
    if (engine.getCustomMybatisMappers() != null) {
      mappers.addAll(engine.getCustomMybatisMappers());
    }
    mappers.add(LockMapper.class);
    engine.setCustomMybatisMappers(mappers);
    engine.addCustomJobHandler(new ErrorJobHandler());
    engine.addJobServiceConfigurator(LockAwareJobManager.CONFIGURATOR);
  }

  static @Nullable RestAction action(@Nullable String topic) {
    return topic == null ? null : ACTIONS.get(topic);
  }

  String owner() {
    return owner;
  }

  Instant now() {
    return engine.getClock().getCurrentTime().toInstant();
  }

  Date lockEnd() {
    return Date.from(now().plus(lockDuration));
  }

  /**
   * Free jobs that this node has locked, the oldest first.
   *
   * @param moreSince when the last one found was created, null if all were found; other nodes may
   *     have been faster with any of them
   */
  record Acquired(List<Job> jobs, @Nullable Instant moreSince) {}

  Acquired acquire(int limit) {
    return execute(context -> acquire(context, limit));
  }

  private Acquired acquire(CommandContext context, int limit) {
    Date now = Date.from(now());
    List<Job> found = findFree(context, now, limit);
    if (found.isEmpty()) {
      return new Acquired(List.of(), null);
    }
    Set<String> ids = ids(found);
    if (locks(context).lock(ids, owner, now, lockEnd()) < found.size()) {
      ids.retainAll(ids(owned()));
    }
    return new Acquired(
        found.stream().filter(job -> ids.contains(job.id())).toList(),
        found.size() == limit ? found.get(limit - 1).created() : null);
  }

  private List<Job> findFree(CommandContext context, Date now, int limit) {
    ListQueryParameterObject query =
        new ListQueryParameterObject(Map.of("topics", ACTIONS.keySet(), "now", now), 0, limit);
    query.setDatabaseType(engine.getDatabaseType());
    query.addOrder("RES.CREATE_TIME_", "asc", null);
    return locks(context).findFree(query).stream().map(JobStore::job).toList();
  }

  /** When the oldest job was created that no node has taken; null for none. */
  @Nullable Instant oldestFree() {
    List<Job> oldest = execute(context -> findFree(context, Date.from(now()), 1));
    return oldest.isEmpty() ? null : oldest.get(0).created();
  }

  /** Extends every lock of this node, in one statement; tells how many it has. */
  int renew() {
    return execute(context -> locks(context).renew(owner, lockEnd()));
  }

  /**
   * A job that was inserted with the lock of this node, in a transaction that may have been long.
   */
  Job created(ExternalWorkerJobEntity job, RestAction action) {
    Instant middle = job.getLockExpirationTime().toInstant().minus(lockDuration.dividedBy(2));
    return Job.of(job, action, now().isAfter(middle));
  }

  /** The jobs that this node has locked, again where its lock expired and nobody took the job. */
  List<Job> reclaim(Collection<Job> known) {
    return execute(
        context -> {
          List<Job> owned = owned();
          Set<String> lost = ids(known);
          lost.removeAll(ids(owned));
          if (lost.isEmpty()) {
            return owned;
          }
          locks(context).lock(lost, owner, Date.from(now()), lockEnd());
          return owned();
        });
  }

  private List<Job> owned() {
    return engine
        .getJobServiceConfiguration()
        .getExternalWorkerJobEntityManager()
        .findJobsByWorkerId(owner)
        .stream()
        .map(JobStore::job)
        .toList();
  }

  boolean isOwned(Job job) {
    return !execute(context -> owned(List.of(job))).isEmpty();
  }

  /** Within a command: the ids of those jobs that this node has locked. */
  Set<String> owned(Collection<Job> jobs) {
    ExternalWorkerJobQueryImpl query = new ExternalWorkerJobQueryImpl();
    query.jobIds(jobs.stream().map(Job::id).toList());
    query.lockOwner(owner);
    return engine
        .getJobServiceConfiguration()
        .getExternalWorkerJobEntityManager()
        .findJobsByQueryCriteria(query)
        .stream()
        .map(ExternalWorkerJob::getId)
        .collect(Collectors.toSet());
  }

  /** Within a command. */
  @Nullable ExecutionEntity execution(Job job) {
    return engine.getExecutionEntityManager().findById(job.executionId());
  }

  /**
   * Keeps the async executor off the process instance of an exclusive job.
   *
   * @throws FlowableOptimisticLockingException while it executes another exclusive job there
   */
  void lockInstance(Job job) {
    execute(
        context -> {
          engine
              .getExecutionEntityManager()
              .updateProcessInstanceLockTime(job.processInstanceId(), owner, lockEnd());
          return null;
        });
  }

  void unlockInstance(Job job) {
    execute(
        context -> {
          engine.getExecutionEntityManager().clearProcessInstanceLockTime(job.processInstanceId());
          return null;
        });
  }

  /** Whether it was this node's job. */
  boolean complete(Job job, CallResult result, Completion.Mode mode) {
    return job.inTenant(() -> execute(new Completion(engine, owner, job, result, mode)));
  }

  /** Whether it was this node's job. */
  boolean fail(Job job, String message) {
    return execute(new Failure(engine, owner, job.id(), message));
  }

  /** Lets other nodes have these jobs at once. */
  void release(Collection<String> ids) {
    if (!ids.isEmpty()) {
      execute(context -> locks(context).release(owner, ids));
    }
  }

  /** Lets other nodes have every job of this one at once. */
  void releaseAll() {
    execute(context -> locks(context).releaseAll(owner));
  }

  private static Set<String> ids(Collection<Job> jobs) {
    return jobs.stream().map(Job::id).collect(Collectors.toCollection(HashSet::new));
  }

  <T> T execute(Command<T> command) {
    return engine.getCommandExecutor().execute(command);
  }

  private static LockMapper locks(CommandContext context) {
    return context.getSession(DbSqlSession.class).getCustomMapper(LockMapper.class);
  }

  private static Job job(ExternalWorkerJobEntity job) {
    // Databases differ in whether case and trailing blanks matter.
    String topic = job.getJobHandlerConfiguration().strip();
    RestAction action =
        ACTIONS.values().stream()
            .filter(each -> each.beanName().equalsIgnoreCase(topic))
            .findFirst()
            .orElseThrow();
    return Job.of(job, action, false);
  }
}
