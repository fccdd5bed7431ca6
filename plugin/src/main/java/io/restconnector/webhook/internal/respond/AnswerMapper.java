package io.restconnector.webhook.internal.respond;

import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/**
 * The statements that change rows of {@code ACT_RC_ANSWER}: without one of these, MyBatis would not
 * know that there is something to roll back. It logs parameters, so none has more than a hash; the
 * rest is done by {@link AnswerRows}.
 */
interface AnswerMapper {

  @Insert(
      """
      <script>insert into ${prefix}ACT_RC_ANSWER (ID_, INSTANCE_ID_, ACTIVITY_ID_, EXPIRES_)
      values (#{hash}, #{instanceId}, #{activityId, jdbcType=VARCHAR}, #{expires})</script>
      """)
  void insert(
      @Param("hash") String hash,
      @Param("instanceId") String instanceId,
      @Param("activityId") @Nullable String activityId,
      @Param("expires") Long expires);

  /** Gives 0 where it was given before. */
  @Update(
      """
      <script>update ${prefix}ACT_RC_ANSWER set ANSWERED_ = #{now},
      EXPIRES_ = case when EXPIRES_ &lt; #{expires} then #{expires} else EXPIRES_ end
      where ID_ = #{hash} and ANSWERED_ is null</script>
      """)
  int give(@Param("hash") String hash, @Param("now") Long now, @Param("expires") Long expires);

  /** What the answer was made of is no longer needed. Gives 0 where another node was faster. */
  @Update(
      """
      <script>update ${prefix}ACT_RC_ANSWER set TEMPLATE_ = null, RESULT_ = null
      where ID_ = #{hash} and TEMPLATE_ is not null</script>
      """)
  int finish(@Param("hash") String hash);

  @Delete("<script>delete from ${prefix}ACT_RC_ANSWER where ID_ = #{hash}</script>")
  void delete(@Param("hash") String hash);
}
