package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.ActionKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowable.eventsubscription.api.EventSubscription;
import org.jspecify.annotations.Nullable;

/** What a trigger does in the engine, with all that it takes from one request. */
public sealed interface EngineAction
    permits PublishEvent, StartProcess, StartMessage, SendMessage, SendSignal, DoNothing, Untaken {

  /** {@code event} or the type of an action. */
  String type();

  /** Key of the event or process, or name of the message or signal; empty for none. */
  String target();

  /** The values that it gives to processes by name; each process has a copy of its own. */
  default Map<String, ?> values() {
    return Map.of();
  }

  /** The values by which what waits for it is found, by the name of the parameter. */
  default Map<String, String> correlation() {
    return Map.of();
  }

  /** Whom it would reach now. Does nothing. */
  default Reach reach(EngineAccess engine) {
    return Reach.NOBODY;
  }

  /**
   * Whom an action reaches.
   *
   * @param starts ids of process definitions
   * @param wakes ids of process instances
   * @param isKept whether it would wait for somebody, as it comes early
   */
  record Reach(List<String> starts, List<String> wakes, boolean isKept) {
    static final Reach NOBODY = new Reach(List.of(), List.of());
    static final Reach KEPT = new Reach(List.of(), List.of(), true);

    Reach(List<String> starts, List<String> wakes) {
      this(starts, wakes, false);
    }

    boolean isNobody() {
      return starts.isEmpty() && wakes.isEmpty();
    }

    /** Those of subscriptions: an instance that waits, or a definition with a start event. */
    static Reach of(Collection<EventSubscription> subscriptions) {
      return new Reach(
          subscriptions.stream()
              .filter(each -> each.getExecutionId() == null)
              .map(EventSubscription::getProcessDefinitionId)
              .toList(),
          subscriptions.stream()
              .filter(each -> each.getExecutionId() != null)
              .map(EventSubscription::getProcessInstanceId)
              .toList());
    }
  }

  /** Does it inside the running transaction. */
  Taken perform(EngineAccess engine);

  /** Whether it would start a process now, and not only wake what waits. */
  default boolean starts(EngineAccess engine) {
    return false;
  }

  /** How a request becomes an action of one kind. */
  interface Reader {
    EngineAction read(ActionArguments arguments) throws RefusedException;
  }

  /** The values of {@code action.type}, in the order in which messages list them. */
  static Map<ActionKind, Reader> kinds() {
    return Kinds.ALL;
  }

  /**
   * Not a field of the interface: an action that is loaded before it would initialise it while the
   * kind of that action is still null.
   */
  final class Kinds {
    private static final Map<ActionKind, Reader> ALL = new LinkedHashMap<>();

    static {
      ALL.put(StartProcess.KIND, StartProcess::read);
      ALL.put(SendSignal.KIND, SendSignal::read);
      ALL.put(SendMessage.KIND, SendMessage::read);
      ALL.put(StartMessage.KIND, StartMessage::read);
      ALL.put(DoNothing.KIND, arguments -> new DoNothing());
    }

    private Kinds() {}
  }

  /**
   * What took an action.
   *
   * @param isTaken whether anything did
   * @param instanceIds of the process instances that were started or woken, as far as known
   */
  record Taken(boolean isTaken, List<String> instanceIds) {

    static final Taken BY_NOTHING = new Taken(false, List.of());

    static Taken by(@Nullable String instanceId) {
      return new Taken(true, instanceId == null ? List.of() : List.of(instanceId));
    }

    static Taken by(boolean isTaken, List<String> instanceIds) {
      return new Taken(isTaken, List.copyOf(instanceIds));
    }
  }
}
