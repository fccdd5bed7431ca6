package io.restconnector.webhook.internal.respond;

import java.util.function.Supplier;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The process instances that one request starts or wakes, seen inside its transaction. */
public final class TouchedInstances {

  private static final String KEY = TouchedInstances.class.getName();

  private boolean isStarting;
  private @Nullable String started;

  private TouchedInstances() {}

  /** From now on, in the running transaction. */
  public static void begin() {
    Context.getCommandContext().addAttribute(KEY, new TouchedInstances());
  }

  /** Null where the running transaction is not that of a request. */
  static @Nullable TouchedInstances current() {
    CommandContext context = Context.getCommandContext();
    return context == null ? null : (TouchedInstances) context.getAttribute(KEY);
  }

  /**
   * Starts an instance in the running transaction. What it starts in turn, such as a called
   * process, comes after it.
   *
   * @param start gives the id of the instance, null where it does not know
   * @return null where nobody knows
   */
  public static @Nullable String start(Supplier<@Nullable String> start) {
    TouchedInstances touched = current();
    return touched == null ? start.get() : touched.startSeen(start);
  }

  private @Nullable String startSeen(Supplier<@Nullable String> start) {
    started = null;
    isStarting = true;
    String id = start.get();
    isStarting = false;
    if (started == null) {
      started = id;
    }
    return started;
  }

  void created(ExecutionEntity instance) {
    if (isStarting) {
      isStarting = false;
      started = instance.getId();
    }
  }

  /** How an instance is now. */
  public static @Nullable ObjectNode state(String instanceId) {
    ExecutionEntity instance = CommandContextUtil.getExecutionEntityManager().findById(instanceId);
    return instance == null ? null : InstanceState.of(instance);
  }
}
