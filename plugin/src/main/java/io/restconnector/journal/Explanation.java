package io.restconnector.journal;

import io.restconnector.spi.TriggerOutcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What would happen to a webhook request. Nothing of it is secret.
 *
 * @param status with which the sender would be refused, null where a trigger would fire
 * @param problem what the sender would be told, null where a trigger would fire
 * @param triggers all of the path, by key and then by tenant
 * @since 0.1
 */
public record Explanation(
    @Nullable Integer status, @Nullable String problem, List<Trigger> triggers) {

  public Explanation {
    triggers = List.copyOf(triggers);
  }

  /**
   * What one trigger would do.
   *
   * @param tenant empty for none
   * @param checks all, in their order
   * @param actions what it would do, one for each element where it fires for each; empty where it
   *     would not fire
   */
  public record Trigger(String key, String tenant, List<Check> checks, List<Action> actions) {

    public Trigger {
      checks = List.copyOf(checks);
      actions = List.copyOf(actions);
    }
  }

  /**
   * One check. What a trigger does not ask for is passed.
   *
   * @param verdict {@code passed}, {@code refused}, or {@code notReached} after one that refused
   * @param reason what a check saw that refused, null for others
   */
  public record Check(TriggerOutcome.Check check, String verdict, @Nullable String reason) {}

  /**
   * An event or an action with its values.
   *
   * @param type {@code event}, or the type of the trigger's action
   * @param target key of the event or process, or name of the message or signal
   * @param values of the payload or of the action
   * @param correlation the values by which waiting instances are found
   * @param subscriptions of that event, message or signal on all nodes; null where it has none.
   *     1,000 stands for that many or more
   * @param starts ids of the process definitions of which it would start an instance
   * @param wakes ids of the process instances that it would wake
   * @param keeps whether it would be kept, as it comes early
   */
  public record Action(
      String type,
      String target,
      Map<String, JsonNode> values,
      Map<String, String> correlation,
      @Nullable Long subscriptions,
      List<String> starts,
      List<String> wakes,
      boolean keeps) {

    public Action {
      values = Map.copyOf(values);
      correlation = Map.copyOf(correlation);
      starts = List.copyOf(starts);
      wakes = List.copyOf(wakes);
    }
  }
}
