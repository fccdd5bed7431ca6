package io.restconnector.worker.internal;

import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.ResultMap;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.flowable.common.engine.impl.db.ListQueryParameterObject;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;

/**
 * Locks on many jobs in one statement each, which the engine has no statements for: its acquisition
 * takes one topic at a time and updates row by row, and it cannot extend a lock.
 *
 * <p>Taking a lock raises the revision, so that whoever held it before cannot complete the job.
 */
interface LockMapper {

  /**
   * Of the connector's jobs. The topics are written out: with parameters a database does not see
   * that an index of nothing but these topics has all that is wanted.
   */
  String SELECT_OURS =
      """
      <script>${limitBefore} select RES.* ${limitBetween} from ${prefix}ACT_RU_EXTERNAL_JOB RES
      where RES.HANDLER_CFG_ in
      <foreach item="topic" collection="parameter.topics" open="(" separator="," close=")">'${topic}'</foreach>
      and RES.PROCESS_INSTANCE_ID_ is not null
      """;

  /** In the order of an index. */
  String ORDERED = " ${orderBy} ${limitAfter}</script>";

  String JOB =
      "org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntityImpl.externalWorkerJobResultMap";

  /** Parameter: {@code topics}. Oldest first. */
  @Select(
      SELECT_OURS
          + """
      and RES.LOCK_EXP_TIME_ is null and RES.LOCK_OWNER_ is null
      """
          + ORDERED)
  @ResultMap(JOB)
  List<ExternalWorkerJobEntity> findFree(ListQueryParameterObject query);

  /** Parameter: {@code topics} and {@code now}. */
  @Select(
      SELECT_OURS
          + """
      and RES.LOCK_EXP_TIME_ &lt; #{parameter.now, jdbcType=TIMESTAMP}
      """
          + ORDERED)
  @ResultMap(JOB)
  List<ExternalWorkerJobEntity> findExpired(ListQueryParameterObject query);

  /**
   * Parameter: {@code topics} and {@code marks}. Those that were left to wait for shares that are
   * not among these.
   */
  @Select(
      SELECT_OURS
          + """
      and RES.LOCK_EXP_TIME_ is null and RES.LOCK_OWNER_ is not null
      <if test="!parameter.marks.isEmpty()">and RES.LOCK_OWNER_ not in
      <foreach item="mark" collection="parameter.marks" open="(" separator="," close=")">#{mark}</foreach></if>

      """
          + ORDERED)
  @ResultMap(JOB)
  List<ExternalWorkerJobEntity> findForgotten(ListQueryParameterObject query);

  /** Parameter: {@code topics} and {@code mark}. Oldest first. */
  @Select(
      SELECT_OURS
          + """
      and RES.LOCK_EXP_TIME_ is null and RES.LOCK_OWNER_ = #{parameter.mark}

      """
          + ORDERED)
  @ResultMap(JOB)
  List<ExternalWorkerJobEntity> findLeft(ListQueryParameterObject query);

  @Update(
      """
      <script>update ${prefix}ACT_RU_EXTERNAL_JOB
      set REV_ = REV_ + 1, LOCK_OWNER_ = #{mark}, LOCK_EXP_TIME_ = null
      where LOCK_OWNER_ = #{owner} and ID_ in
      <foreach item="id" collection="ids" open="(" separator="," close=")">#{id}</foreach></script>
      """)
  int leave(
      @Param("owner") String owner,
      @Param("ids") Collection<String> ids,
      @Param("mark") String mark);

  @Update(
      """
      <script>update ${prefix}ACT_RU_EXTERNAL_JOB
      set REV_ = REV_ + 1, LOCK_OWNER_ = #{owner}, LOCK_EXP_TIME_ = #{until, jdbcType=TIMESTAMP}
      where ID_ in <foreach item="id" collection="ids" open="(" separator="," close=")">#{id}</foreach>
      and (LOCK_EXP_TIME_ is null or LOCK_EXP_TIME_ &lt; #{now, jdbcType=TIMESTAMP})</script>
      """)
  int lock(
      @Param("ids") Collection<String> ids,
      @Param("owner") String owner,
      @Param("now") Date now,
      @Param("until") Date until);

  /** Where the custom values of a job are that had none. */
  @Update(
      """
      <script>update ${prefix}ACT_RU_EXTERNAL_JOB set CUSTOM_VALUES_ID_ = #{values}
      where ID_ = #{id}</script>
      """)
  int keepValues(@Param("id") String id, @Param("values") String values);

  /** As {@link #lock}, but not those that wait for a share: this node may just have left them. */
  @Update(
      """
      <script>update ${prefix}ACT_RU_EXTERNAL_JOB
      set REV_ = REV_ + 1, LOCK_OWNER_ = #{owner}, LOCK_EXP_TIME_ = #{until, jdbcType=TIMESTAMP}
      where ID_ in <foreach item="id" collection="ids" open="(" separator="," close=")">#{id}</foreach>
      and (LOCK_EXP_TIME_ is null or LOCK_EXP_TIME_ &lt; #{now, jdbcType=TIMESTAMP})
      <if test="!marks.isEmpty()">and (LOCK_OWNER_ is null or LOCK_OWNER_ not in
      <foreach item="mark" collection="marks" open="(" separator="," close=")">#{mark}</foreach>)</if>
      </script>
      """)
  int lockAgain(
      @Param("ids") Collection<String> ids,
      @Param("owner") String owner,
      @Param("now") Date now,
      @Param("until") Date until,
      @Param("marks") Collection<String> marks);

  @Update(
      """
      <script>update ${prefix}ACT_RU_EXTERNAL_JOB set LOCK_EXP_TIME_ = #{until, jdbcType=TIMESTAMP}
      where LOCK_OWNER_ = #{owner}</script>
      """)
  int renew(@Param("owner") String owner, @Param("until") Date until);

  @Select(
      "<script>select ID_ from ${prefix}ACT_RU_EXTERNAL_JOB where LOCK_OWNER_ = #{owner}</script>")
  Set<String> owned(@Param("owner") String owner);

  @Update(
      """
      <script>update ${prefix}ACT_RU_EXTERNAL_JOB
      set REV_ = REV_ + 1, LOCK_OWNER_ = null, LOCK_EXP_TIME_ = null
      where LOCK_OWNER_ = #{owner} and ID_ in
      <foreach item="id" collection="ids" open="(" separator="," close=")">#{id}</foreach></script>
      """)
  int release(@Param("owner") String owner, @Param("ids") Collection<String> ids);

  @Update(
      """
      <script>update ${prefix}ACT_RU_EXTERNAL_JOB
      set REV_ = REV_ + 1, LOCK_OWNER_ = null, LOCK_EXP_TIME_ = null
      where LOCK_OWNER_ = #{owner}</script>
      """)
  int releaseAll(@Param("owner") String owner);
}
