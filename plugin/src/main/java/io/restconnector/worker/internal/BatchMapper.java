package io.restconnector.worker.internal;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.ResultMap;
import org.apache.ibatis.annotations.Select;
import org.flowable.engine.impl.persistence.entity.ActivityInstanceEntity;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.persistence.entity.HistoricActivityInstanceEntity;
import org.flowable.engine.impl.persistence.entity.HistoricProcessInstanceEntity;
import org.flowable.variable.service.impl.persistence.entity.VariableInstanceEntity;

/** What the engine has statements for that read the rows of one execution, for several at once. */
interface BatchMapper {

  String IN_IDS =
      " in <foreach item=\"id\" collection=\"ids\" open=\"(\" separator=\",\" close=\")\">#{id}</foreach> ";

  @Select("<script>select * from ${prefix}ACT_RU_EXECUTION where ID_" + IN_IDS + "</script>")
  @ResultMap("org.flowable.engine.impl.persistence.entity.ExecutionEntityImpl.executionResultMap")
  List<ExecutionEntity> executions(@Param("ids") Collection<String> ids);

  @Select(
      "<script>select * from ${prefix}ACT_RU_EXECUTION where PARENT_ID_ is not null and PROC_INST_ID_"
          + IN_IDS
          + "</script>")
  @ResultMap("org.flowable.engine.impl.persistence.entity.ExecutionEntityImpl.executionResultMap")
  List<ExecutionEntity> executionsOfInstances(@Param("ids") Collection<String> ids);

  @Select(
      "<script>select * from ${prefix}ACT_RU_VARIABLE where TASK_ID_ is null and EXECUTION_ID_"
          + IN_IDS
          + "</script>")
  @ResultMap(
      "org.flowable.variable.service.impl.persistence.entity.VariableInstanceEntityImpl.variableInstanceResultMap")
  List<VariableInstanceEntity> variables(@Param("ids") Collection<String> executions);

  @Select(
      "<script>select * from ${prefix}ACT_RU_ACTINST where END_TIME_ is null and EXECUTION_ID_"
          + IN_IDS
          + "</script>")
  @ResultMap(
      "org.flowable.engine.impl.persistence.entity.ActivityInstanceEntityImpl.ActivityInstanceResultMap")
  List<ActivityInstanceEntity> unfinished(@Param("ids") Collection<String> executions);

  @Select("<script>select * from ${prefix}ACT_HI_ACTINST where ID_" + IN_IDS + "</script>")
  @ResultMap(
      "org.flowable.engine.impl.persistence.entity.HistoricActivityInstanceEntityImpl.historicActivityInstanceResultMap")
  List<HistoricActivityInstanceEntity> historicActivities(@Param("ids") Collection<String> ids);

  @Select(
      "<script>select RES.*, DEF.KEY_ as PROC_DEF_KEY_, DEF.NAME_ as PROC_DEF_NAME_,"
          + " DEF.VERSION_ as PROC_DEF_VERSION_, DEF.CATEGORY_ as PROC_DEF_CATEGORY_,"
          + " DEF.DEPLOYMENT_ID_ as DEPLOYMENT_ID_ from ${prefix}ACT_HI_PROCINST RES"
          + " left outer join ${prefix}ACT_RE_PROCDEF DEF on RES.PROC_DEF_ID_ = DEF.ID_"
          + " where RES.PROC_INST_ID_"
          + IN_IDS
          + "</script>")
  @ResultMap(
      "org.flowable.engine.impl.persistence.entity.HistoricProcessInstanceEntityImpl.historicProcessInstanceResultMap")
  List<HistoricProcessInstanceEntity> historicInstances(@Param("ids") Collection<String> ids);

  /** Those that have a task, a job, an event subscription or a stored answer of their own. */
  @Select(
      "<script>select EXECUTION_ID_ from ${prefix}ACT_RU_TASK where EXECUTION_ID_"
          + IN_IDS
          + "union select EXECUTION_ID_ from ${prefix}ACT_RU_JOB where EXECUTION_ID_"
          + IN_IDS
          + "union select EXECUTION_ID_ from ${prefix}ACT_RU_TIMER_JOB where EXECUTION_ID_"
          + IN_IDS
          + "union select EXECUTION_ID_ from ${prefix}ACT_RU_SUSPENDED_JOB where EXECUTION_ID_"
          + IN_IDS
          + "union select EXECUTION_ID_ from ${prefix}ACT_RU_DEADLETTER_JOB where EXECUTION_ID_"
          + IN_IDS
          + "union select EXECUTION_ID_ from ${prefix}ACT_RU_EXTERNAL_JOB where EXECUTION_ID_"
          + IN_IDS
          + "union select EXECUTION_ID_ from ${prefix}ACT_RU_EVENT_SUBSCR where EXECUTION_ID_"
          + IN_IDS
          + "union select SUB_SCOPE_ID_ from ${prefix}ACT_RU_VARIABLE where SUB_SCOPE_ID_"
          + IN_IDS
          + "</script>")
  Set<String> havingMore(@Param("ids") Collection<String> executions);

  @Select(
      "<script>select PROC_INST_ID_ from ${prefix}ACT_RU_IDENTITYLINK where PROC_INST_ID_"
          + IN_IDS
          + "</script>")
  Set<String> havingIdentityLinks(@Param("ids") Collection<String> instances);
}
