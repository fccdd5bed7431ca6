package io.restconnector.worker.internal;

import java.util.Collection;
import java.util.Set;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** What the engine asks of one execution, for several at once: ids and nothing else. */
interface BatchMapper {

  String IN_IDS =
      " in <foreach item=\"id\" collection=\"ids\" open=\"(\" separator=\",\" close=\")\">#{id}</foreach> ";

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

  @Select(
      "<script>select SCOPE_ID_ from ${prefix}ACT_RU_IDENTITYLINK where SCOPE_TYPE_ = #{type}"
          + " and SCOPE_ID_"
          + IN_IDS
          + "</script>")
  Set<String> havingScopeLinks(@Param("type") String type, @Param("ids") Collection<String> scopes);
}
