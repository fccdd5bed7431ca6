package io.restconnector.journal;

import io.restconnector.spi.TriggerOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One webhook request that was answered. Nothing of it is secret.
 *
 * @param id grows from entry to entry of a node
 * @param time when its head had come, by the engine's clock
 * @param bytes of its body that have come
 * @param path below the endpoint
 * @param traceId of its header {@code traceparent}, else of the trace that was started for it; null
 *     for none
 * @param status of the answer
 * @param outcome as in the meter {@code rest.connector.webhooks}, such as {@code NotMatched}
 * @param problem what the sender was told, null where a trigger fired
 * @param replayOf id of the entry that an operator sent once more, null for a request of a sender
 * @param triggers all of its path, by key and then by tenant
 * @param query null where headers are not captured or there is none
 * @param headers null where they are not captured
 * @param body its beginning; null where it is not captured
 * @param replayable whether all of it but the credentials is captured, as it came
 * @since 0.1
 */
public record RequestEntry(
    long id,
    Instant time,
    Duration duration,
    long bytes,
    String method,
    String path,
    @Nullable String traceId,
    int status,
    String outcome,
    @Nullable String problem,
    @Nullable Long replayOf,
    List<Trigger> triggers,
    @Nullable String query,
    @Nullable Map<String, List<String>> headers,
    @Nullable String body,
    boolean replayable) {

  public RequestEntry {
    triggers = List.copyOf(triggers);
  }

  /**
   * What one trigger made of it.
   *
   * @param tenant empty for none
   * @param result {@code fired}, {@code refused}, {@code notTaken}, {@code kept}, {@code repeated},
   *     {@code undecided} or {@code failed}
   * @param check the first that refused, null for none
   * @param reason what that check saw, null for none
   * @param deliveryId what the sender calls the delivery, null where its signature does not tell
   * @param action {@code event}, or the type of the trigger's action; null where it did not fire
   * @param target key of the event or process, or name of the message or signal; null or empty for
   *     none
   * @param correlation the values by which waiting instances are found, by the name of the
   *     parameter; of the first element where the trigger fires for each
   * @param instances that it started or woke, as far as they are known; the first 100
   * @param subscriptions of that event, message or signal, where nothing took it; null otherwise.
   *     1,000 stands for that many or more
   */
  public record Trigger(
      String key,
      String tenant,
      String result,
      TriggerOutcome.@Nullable Check check,
      @Nullable String reason,
      @Nullable String deliveryId,
      @Nullable String action,
      @Nullable String target,
      Map<String, String> correlation,
      List<String> instances,
      @Nullable Long subscriptions) {

    public Trigger {
      correlation = Map.copyOf(correlation);
      instances = List.copyOf(instances);
    }
  }
}
