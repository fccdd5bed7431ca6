package io.restconnector.webhook.internal.delivery;

import org.apache.ibatis.annotations.Select;
import org.flowable.common.engine.impl.db.ListQueryParameterObject;

/**
 * What the engine has no statement for. MyBatis logs parameters: those that a request may have
 * given are streams, which show nothing.
 */
interface SubscriptionMapper {

  /**
   * How many there are, as far as the limit of the query. Parameter: {@code type}, and {@code name}
   * where it counts.
   */
  @Select(
      """
      <script>select count(*) from (
      ${limitBefore} select RES.ID_ ${limitBetween} from ${prefix}ACT_RU_EVENT_SUBSCR RES
      where RES.EVENT_TYPE_ =
      #{parameter.type,jdbcType=VARCHAR,typeHandler=org.apache.ibatis.type.ClobTypeHandler}
      <if test="parameter.name != null">and RES.EVENT_NAME_ =
      #{parameter.name,jdbcType=VARCHAR,typeHandler=org.apache.ibatis.type.ClobTypeHandler}</if>
      ${orderBy} ${limitAfter}) FOUND_</script>
      """)
  long count(ListQueryParameterObject query);
}
