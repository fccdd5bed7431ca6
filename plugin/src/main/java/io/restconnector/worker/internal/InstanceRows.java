package io.restconnector.worker.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.engine.impl.persistence.entity.ActivityInstanceEntity;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.persistence.entity.HistoricActivityInstanceEntity;
import org.flowable.engine.impl.persistence.entity.HistoricProcessInstanceEntity;
import org.flowable.variable.service.impl.persistence.entity.HistoricVariableInstanceEntity;
import org.flowable.variable.service.impl.persistence.entity.VariableInstanceEntity;

/**
 * What the engine has statements for that read the rows of one execution, for several at once.
 *
 * <p>By the engine's own statements for native queries. MyBatis logs rows at TRACE, by the logger
 * of the statement, and these rows hold variables: with a mapper of ours it would be a logger of
 * ours.
 */
final class InstanceRows {

  private static final String PREFIX = "PREFIX_";
  private static final String IDS = "IDS";

  private final DbSqlSession session;
  private final String prefix;

  InstanceRows(DbSqlSession session) {
    this.session = session;
    prefix = session.getDbSqlSessionFactory().getDatabaseTablePrefix();
  }

  List<ExecutionEntity> executions(Collection<String> ids) {
    return rows(
        "selectExecutionByNativeQuery",
        "select * from PREFIX_ACT_RU_EXECUTION where ID_ in (IDS)",
        ids);
  }

  List<ExecutionEntity> executionsOfInstances(Collection<String> ids) {
    return rows(
        "selectExecutionByNativeQuery",
        "select * from PREFIX_ACT_RU_EXECUTION where PARENT_ID_ is not null and PROC_INST_ID_ in (IDS)",
        ids);
  }

  List<VariableInstanceEntity> variables(Collection<String> executions) {
    return rows(
        "selectVariableInstanceByNativeQuery",
        "select * from PREFIX_ACT_RU_VARIABLE where TASK_ID_ is null and EXECUTION_ID_ in (IDS)",
        executions);
  }

  List<ActivityInstanceEntity> unfinished(Collection<String> executions) {
    return rows(
        "selectActivityInstanceByNativeQuery",
        "select * from PREFIX_ACT_RU_ACTINST where END_TIME_ is null and EXECUTION_ID_ in (IDS)",
        executions);
  }

  List<HistoricActivityInstanceEntity> historicActivities(Collection<String> ids) {
    return rows(
        "selectHistoricActivityInstanceByNativeQuery",
        "select * from PREFIX_ACT_HI_ACTINST where ID_ in (IDS)",
        ids);
  }

  List<HistoricVariableInstanceEntity> historicVariables(Collection<String> ids) {
    return rows(
        "selectHistoricVariableInstanceByNativeQuery",
        "select * from PREFIX_ACT_HI_VARINST where ID_ in (IDS)",
        ids);
  }

  List<HistoricProcessInstanceEntity> historicInstances(Collection<String> ids) {
    return rows(
        "selectHistoricProcessInstanceByNativeQuery",
        "select RES.*, DEF.KEY_ as PROC_DEF_KEY_, DEF.NAME_ as PROC_DEF_NAME_,"
            + " DEF.VERSION_ as PROC_DEF_VERSION_, DEF.CATEGORY_ as PROC_DEF_CATEGORY_,"
            + " DEF.DEPLOYMENT_ID_ as DEPLOYMENT_ID_ from PREFIX_ACT_HI_PROCINST RES"
            + " left outer join PREFIX_ACT_RE_PROCDEF DEF on RES.PROC_DEF_ID_ = DEF.ID_"
            + " where RES.PROC_INST_ID_ in (IDS)",
        ids);
  }

  @SuppressWarnings("unchecked") // the statement makes entities of that type
  private <T> List<T> rows(String statement, String sql, Collection<String> ids) {
    Map<String, Object> parameters = new HashMap<>();
    ids.forEach(id -> parameters.put("id" + parameters.size(), id));
    String names =
        IntStream.range(0, ids.size())
            .mapToObj(i -> "#{id" + i + "}")
            .collect(Collectors.joining(", "));
    parameters.put("sql", sql.replace(PREFIX, prefix).replace(IDS, names));
    return session.selectListWithRawParameterNoCacheLoadAndStore(statement, parameters);
  }
}
