package io.restconnector.webhook.internal.delivery;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.ConstructorArgs;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.flowable.common.engine.impl.db.ListQueryParameterObject;
import org.jspecify.annotations.Nullable;

/**
 * Statements on the table of {@link DeliverySchema} and on the engine's transaction, in it. MyBatis
 * logs parameters and rows, so none of these has more of a request than a hash.
 */
interface DeduplicationMapper {

  /**
   * What a delivery was answered, but for headers and body: see {@link StoredAnswers}.
   *
   * @param expires in milliseconds since 1970
   */
  record Row(Integer status, Long expires) {}

  @Select(
      """
      <script>select STATUS_, EXPIRES_ from ${prefix}ACT_RC_DELIVERY
      where ID_ = #{id}</script>
      """)
  @ConstructorArgs({
    @Arg(column = "STATUS_", javaType = Integer.class),
    @Arg(column = "EXPIRES_", javaType = Long.class)
  })
  @Nullable Row find(@Param("id") String id);

  /**
   * Parameter {@code onConflict}: what the database needs to go on after a conflict, if anything.
   */
  @Insert(
      """
      <script>insert into ${prefix}ACT_RC_DELIVERY (ID_, STATUS_, EXPIRES_)
      values (#{id}, #{row.status}, #{row.expires})
      ${onConflict}</script>
      """)
  int insert(@Param("id") String id, @Param("row") Row row, @Param("onConflict") String onConflict);

  @Update("set transaction isolation level read committed")
  void readCommitted();

  /** Parameter: the time. */
  @Select(
      """
      <script>${limitBefore} select RES.ID_ ${limitBetween} from ${prefix}ACT_RC_DELIVERY RES
      where RES.EXPIRES_ &lt;= #{parameter} ${orderBy} ${limitAfter}</script>
      """)
  List<String> findExpired(ListQueryParameterObject query);

  @Delete(
      """
      <script>delete from ${prefix}ACT_RC_DELIVERY where ID_ in
      <foreach item="id" collection="ids" open="(" separator="," close=")">#{id}</foreach></script>
      """)
  int delete(@Param("ids") Collection<String> ids);
}
