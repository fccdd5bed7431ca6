package io.restconnector.worker.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flowable.common.engine.api.scope.ScopeTypes;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.common.engine.impl.db.ListQueryParameterObject;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.common.engine.impl.persistence.cache.EntityCache;
import org.flowable.common.engine.impl.persistence.entity.Entity;
import org.flowable.engine.impl.persistence.entity.ActivityInstanceEntity;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.persistence.entity.HistoricActivityInstanceEntityImpl;
import org.flowable.engine.impl.persistence.entity.HistoricProcessInstanceEntityImpl;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntityImpl;
import org.flowable.variable.service.impl.InternalVariableInstanceQueryImpl;
import org.flowable.variable.service.impl.persistence.entity.HistoricVariableInstanceEntityImpl;
import org.flowable.variable.service.impl.persistence.entity.VariableInstanceEntity;
import org.jspecify.annotations.Nullable;

/**
 * The session of a transaction that reads or completes several calls. The engine reads what belongs
 * to an instance table by table; where it asks for the rows of one instance of the batch, this
 * reads those of all, once. All else goes to the database as ever, and so does every write.
 */
final class BatchSession extends DbSqlSession {

  /** What the engine asks of an instance that ends. */
  private static final Set<String> LEFTOVERS =
      Set.of(
          "selectTasksByExecutionId",
          "selectJobsByExecutionId",
          "selectTimerJobsByExecutionId",
          "selectSuspendedJobsByExecutionId",
          "selectDeadLetterJobsByExecutionId",
          "selectExternalWorkerJobsByExecutionId",
          "selectEventSubscriptionsByExecution");

  private final InstanceRows instanceRows = new InstanceRows(this);
  private final Leftovers leftovers;
  private final Set<String> instances;

  /** Those in which the calls are, and their instances. */
  private final Set<String> executions;

  private @Nullable List<Row<ExecutionEntity>> children;
  private @Nullable List<Row<VariableInstanceEntity>> variables;
  private @Nullable List<Row<ActivityInstanceEntity>> unfinished;
  private boolean hasHistoricActivities;
  private boolean hasHistoricInstances;

  /** Names of variables. */
  private final Set<String> hasHistoricVariables = new HashSet<>();

  /**
   * A row as the database has it, and the entity that the transaction has for it, which it may have
   * changed.
   */
  private record Row<T>(T read, T entity) {}

  private BatchSession(
      DbSqlSession plain, EntityCache cache, Set<String> instances, Set<String> executions) {
    super(plain.getDbSqlSessionFactory(), cache);
    sqlSession.close(); // it has no connection yet; the transaction commits that of the plain one
    sqlSession = plain.getSqlSession();
    leftovers = new Leftovers(getCustomMapper(BatchMapper.class), instances);
    this.instances = instances;
    this.executions = executions;
  }

  /**
   * Takes the place of the session of a command that has done nothing yet, unless the application
   * has sessions of its own.
   */
  static void open(CommandContext context, Collection<Job> jobs) {
    DbSqlSession plain = context.getSession(DbSqlSession.class);
    if (plain.getClass().equals(DbSqlSession.class)) {
      Set<String> instances = jobs.stream().map(Job::processInstanceId).collect(Collectors.toSet());
      Set<String> executions = jobs.stream().map(Job::executionId).collect(Collectors.toSet());
      executions.addAll(instances);
      BatchSession session =
          new BatchSession(plain, context.getSession(EntityCache.class), instances, executions);
      context.getSessions().put(DbSqlSession.class, session);
      session.rows(session.instanceRows.executions(executions));
    }
  }

  /** With the entities that the transaction has in place of rows that it has read before. */
  private <T extends Entity> List<Row<T>> rows(List<T> read) {
    List<Row<T>> rows = new ArrayList<>(read.size());
    for (T row : read) {
      @SuppressWarnings("unchecked") // of the same class
      T entity = (T) cacheLoadOrStore(row, null);
      rows.add(new Row<>(row, entity));
    }
    return rows;
  }

  private static <T> List<T> entities(List<Row<T>> rows, Predicate<T> wanted) {
    List<T> entities = new ArrayList<>();
    for (Row<T> row : rows) {
      if (wanted.test(row.read())) {
        entities.add(row.entity());
      }
    }
    return entities;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public List selectListWithRawParameter(String statement, Object parameter, boolean useCache) {
    List<?> known =
        useCache && parameter instanceof ListQueryParameterObject query
            ? known(statement, query.getParameter())
            : null;
    return known != null ? known : super.selectListWithRawParameter(statement, parameter, useCache);
  }

  private @Nullable List<?> known(String statement, @Nullable Object asked) {
    if (asked instanceof InternalVariableInstanceQueryImpl query) {
      return statement.equals("selectVariablesByQuery") ? variables(query) : null;
    }
    if (asked instanceof Map<?, ?> parameters) {
      return switch (statement) {
        case "selectUnfinishedActivityInstanceExecutionIdAndActivityId" ->
            executions.contains(parameters.get("executionId")) ? unfinished(parameters) : null;
        case "selectIdentityLinksByScopeIdAndType" ->
            ScopeTypes.EXTERNAL_WORKER.equals(parameters.get("scopeType"))
                ? jobLinks(parameters.get("scopeId"))
                : null;
        default -> null;
      };
    }
    if (!(asked instanceof String instance) || !instances.contains(instance)) {
      return null;
    }
    return switch (statement) {
      case "selectExecutionsByParentExecutionId" ->
          entities(children(), row -> instance.equals(row.getParentId()));
      case "selectChildExecutionsByProcessInstanceId" ->
          entities(children(), row -> instance.equals(row.getProcessInstanceId()));
      case "selectIdentityLinksByProcessInstance" ->
          noneUnless(leftovers.hasIdentityLinks(instance));
      default -> LEFTOVERS.contains(statement) ? noneUnless(leftovers.hasMore(instance)) : null;
    };
  }

  private static @Nullable List<?> noneUnless(boolean some) {
    return some ? null : new ArrayList<>();
  }

  private @Nullable List<?> variables(InternalVariableInstanceQueryImpl query) {
    String stored = query.getSubScopeId();
    if (stored != null) {
      return instances.contains(stored) ? noneUnless(leftovers.hasMore(stored)) : null;
    }
    if (!query.isWithoutTaskId() || !executions.contains(query.getExecutionId())) {
      return null;
    }
    if (variables == null) {
      variables = rows(instanceRows.variables(executions));
    }
    return entities(variables, row -> query.isRetained(row, query));
  }

  private List<?> unfinished(Map<?, ?> parameters) {
    return entities(
        unfinished(),
        row ->
            row.getExecutionId().equals(parameters.get("executionId"))
                && row.getActivityId().equals(parameters.get("activityId")));
  }

  private List<Row<ActivityInstanceEntity>> unfinished() {
    if (unfinished == null) {
      unfinished = rows(instanceRows.unfinished(executions));
    }
    return unfinished;
  }

  private List<Row<ExecutionEntity>> children() {
    if (children == null) {
      children = rows(instanceRows.executionsOfInstances(instances));
    }
    return children;
  }

  private @Nullable List<?> jobLinks(@Nullable Object correlation) {
    Set<String> jobs =
        entityCache.findInCache(ExternalWorkerJobEntityImpl.class).stream()
            .map(ExternalWorkerJobEntityImpl::getCorrelationId)
            .collect(Collectors.toSet());
    return correlation instanceof String job && jobs.contains(job)
        ? noneUnless(leftovers.hasJobLinks(job, jobs))
        : null;
  }

  /** A variable and those of its name in the batch, unless they have been read. */
  private List<String> historicVariables(String id) {
    List<Row<VariableInstanceEntity>> all = variables == null ? List.of() : variables;
    return entities(all, row -> row.getId().equals(id)).stream()
        .map(VariableInstanceEntity::getName)
        .filter(hasHistoricVariables::add)
        .flatMap(name -> entities(all, row -> row.getName().equals(name)).stream())
        .map(Entity::getId)
        .toList();
  }

  @Override
  public <T extends Entity> T selectById(Class<T> type, String id, boolean useCache) {
    boolean known = false;
    if (type.equals(HistoricProcessInstanceEntityImpl.class) && instances.contains(id)) {
      known = true;
      if (!hasHistoricInstances) {
        hasHistoricInstances = true;
        rows(instanceRows.historicInstances(instances));
      }
    } else if (type.equals(HistoricActivityInstanceEntityImpl.class) && unfinished != null) {
      List<String> ids = unfinished.stream().map(row -> row.entity().getId()).toList();
      known = ids.contains(id);
      if (known && !hasHistoricActivities) {
        hasHistoricActivities = true;
        rows(instanceRows.historicActivities(ids));
      }
    } else if (type.equals(HistoricVariableInstanceEntityImpl.class)) {
      List<String> ids = historicVariables(id);
      known = !ids.isEmpty();
      if (known) {
        rows(instanceRows.historicVariables(ids));
      }
    }
    return super.selectById(type, id, useCache || known);
  }
}
