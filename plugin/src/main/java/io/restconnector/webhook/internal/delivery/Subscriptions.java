package io.restconnector.webhook.internal.delivery;

import io.restconnector.internal.EngineIndexes;
import io.restconnector.internal.EngineMappers;
import java.util.HashMap;
import java.util.Map;
import org.flowable.common.engine.impl.db.ListQueryParameterObject;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;

/**
 * How many event subscriptions there are. The engine would count all of them, and an event that
 * nothing takes would cost the more the more instances wait for another one.
 */
public final class Subscriptions {

  /** More are not counted. */
  public static final int MOST = 1_000;

  private final ProcessEngineConfigurationImpl engine;

  private Subscriptions(ProcessEngineConfigurationImpl engine) {
    this.engine = engine;
  }

  /** Must come before the engine is initialised. */
  public static Subscriptions install(ProcessEngineConfigurationImpl engine) {
    EngineMappers.add(engine, SubscriptionMapper.class);
    engine.addAdditionalSchemaManager(
        new EngineIndexes("ACT_RU_EVENT_SUBSCR", "ACT_IDX_RC_SUBSCR_TYPE", "types."));
    return new Subscriptions(engine);
  }

  /**
   * Up to {@link #MOST} for what an action fires.
   *
   * @return null where it fires nothing that is subscribed to
   */
  public @Nullable Long count(String action, String target) {
    return switch (action) {
      case "event" -> target.isEmpty() ? null : count(target, null, "EVENT_TYPE_", "CREATED_");
      case "message", "startMessage" -> count("message", target, "EVENT_NAME_");
      case "signal" -> count("signal", target, "EVENT_NAME_");
      default -> null;
    };
  }

  /**
   * The order is that of one index only, so that a database reads that and no more.
   *
   * @param columns that the index has
   */
  private long count(String type, @Nullable String name, String... columns) {
    Map<String, @Nullable Object> wanted = new HashMap<>();
    wanted.put("type", type);
    wanted.put("name", name);
    ListQueryParameterObject query = new ListQueryParameterObject(wanted, 0, MOST);
    query.setDatabaseType(engine.getDatabaseType());
    for (String column : columns) {
      query.addOrder("RES." + column, "asc", null);
    }
    return engine
        .getCommandExecutor()
        .execute(
            context ->
                CommandContextUtil.getDbSqlSession()
                    .getSqlSession()
                    .getMapper(SubscriptionMapper.class)
                    .count(query));
  }
}
