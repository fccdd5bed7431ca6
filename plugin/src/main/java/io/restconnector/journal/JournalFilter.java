package io.restconnector.journal;

import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted; null stands for all.
 *
 * @param instance id of the process instance that made the call, or that the request or the early
 *     event started or woke
 * @param activity id of the task that made the call; it matches no webhook request and no early
 *     event
 * @param trigger key of a trigger of the request's path, or that kept the event; it matches no call
 * @param outcome as the entry has it, in any case
 */
public record JournalFilter(
    @Nullable String instance,
    @Nullable String activity,
    @Nullable String trigger,
    @Nullable String outcome) {

  /** All entries. */
  public static JournalFilter all() {
    return new JournalFilter(null, null, null, null);
  }

  public JournalFilter withInstance(String value) {
    return new JournalFilter(value, activity, trigger, outcome);
  }

  public JournalFilter withActivity(String value) {
    return new JournalFilter(instance, value, trigger, outcome);
  }

  public JournalFilter withTrigger(String value) {
    return new JournalFilter(instance, activity, value, outcome);
  }

  public JournalFilter withOutcome(String value) {
    return new JournalFilter(instance, activity, trigger, value);
  }

  /** Whether it wants this call. */
  public boolean matches(CallEntry call) {
    return trigger == null
        && isAnyOr(instance, call.instance())
        && isAnyOr(activity, call.activity())
        && (outcome == null || outcome.equalsIgnoreCase(call.outcome()));
  }

  /** Whether it wants this request. */
  public boolean matches(RequestEntry request) {
    return activity == null
        && (instance == null
            || request.triggers().stream().anyMatch(each -> each.instances().contains(instance)))
        && (trigger == null
            || request.triggers().stream().anyMatch(each -> each.key().equals(trigger)))
        && (outcome == null || outcome.equalsIgnoreCase(request.outcome()));
  }

  /** Whether it wants this early event. */
  public boolean matches(EarlyEntry event) {
    return activity == null
        && (instance == null || event.instances().contains(instance))
        && isAnyOr(trigger, event.trigger())
        && (outcome == null || outcome.equalsIgnoreCase(event.outcome()));
  }

  private static boolean isAnyOr(@Nullable String wanted, @Nullable String value) {
    return wanted == null || wanted.equals(value);
  }
}
