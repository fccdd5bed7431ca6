package io.restconnector.webhook.internal.delivery;

import static io.restconnector.internal.EngineMappers.HIDDEN;

import org.apache.ibatis.annotations.Select;
import org.flowable.common.engine.impl.db.ListQueryParameterObject;

/** What the engine has no statement for. */
interface SubscriptionMapper {

  /**
   * How many there are, as far as the limit of the query. Parameter: {@code type}, and {@code name}
   * where it counts.
   */
  @Select(
      "<script>select count(*) from (${limitBefore} select RES.EVENT_TYPE_ ${limitBetween}"
          + " from ${prefix}ACT_RU_EVENT_SUBSCR RES where RES.EVENT_TYPE_ = #{parameter.type"
          + HIDDEN
          + " <if test='parameter.name != null'>and RES.EVENT_NAME_ = #{parameter.name"
          + HIDDEN
          + "</if> ${orderBy} ${limitAfter}) FOUND_</script>")
  long count(ListQueryParameterObject query);
}
