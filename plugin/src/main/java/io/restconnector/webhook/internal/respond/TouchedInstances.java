package io.restconnector.webhook.internal.respond;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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

  private final Set<String> activityIds;
  private final Set<String> ids = new LinkedHashSet<>();

  /** How an instance was when it reached an activity first, by both ids. */
  private final Map<String, ObjectNode> reached = new HashMap<>();

  private boolean isStarting;
  private @Nullable String started;

  private TouchedInstances(Set<String> activityIds) {
    this.activityIds = activityIds;
  }

  /**
   * From now on, in the running transaction.
   *
   * @param activityIds for which an answer may wait
   */
  public static TouchedInstances begin(Set<String> activityIds) {
    TouchedInstances touched = new TouchedInstances(activityIds);
    Context.getCommandContext().addAttribute(KEY, touched);
    return touched;
  }

  /** Null where the running transaction is not that of a request. */
  static @Nullable TouchedInstances current() {
    CommandContext context = Context.getCommandContext();
    return context == null ? null : (TouchedInstances) context.getAttribute(KEY);
  }

  /** An instance is about to be woken, in the running transaction. */
  public static void wake(String instanceId) {
    TouchedInstances touched = current();
    if (touched != null) {
      touched.ids.add(instanceId);
    }
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
    if (started != null) {
      ids.add(started);
    }
    return started;
  }

  void created(ExecutionEntity instance) {
    if (isStarting) {
      isStarting = false;
      started = instance.getId();
      ids.add(started);
    }
  }

  void reached(String instanceId, String activityId) {
    if (activityIds.contains(activityId) && ids.contains(instanceId)) {
      reached.computeIfAbsent(key(instanceId, activityId), unused -> state(instanceId));
    }
  }

  /** How an instance is now, in the running transaction; null where there is none. */
  public static @Nullable ObjectNode state(String instanceId) {
    ExecutionEntity instance = CommandContextUtil.getExecutionEntityManager().findById(instanceId);
    return instance == null ? null : InstanceState.of(instance);
  }

  /** How an instance was when it reached an activity; null where it has not. */
  public @Nullable ObjectNode stateAt(String instanceId, @Nullable String activityId) {
    return activityId == null ? null : reached.get(key(instanceId, activityId));
  }

  private static String key(String instanceId, String activityId) {
    return instanceId + '/' + activityId;
  }
}
