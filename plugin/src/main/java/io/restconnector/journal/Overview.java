package io.restconnector.journal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of the connector on this node.
 *
 * @param endpoint path of the webhook endpoint below the application's context path
 * @param circuits state by origin, as resilience4j names it
 * @param connections null before the engine is built
 * @param worker null where this node has none
 * @param early webhook events of all nodes that came early and are kept, as far as this node knows
 * @param authentications names of those that are configured
 * @param egress mode of the egress guard
 * @param actions whether {@code rest-connector.operations.actions} lets people send, replay and run
 *     dead letter jobs again
 * @since 0.1
 */
public record Overview(
    String endpoint,
    List<TriggerState> triggers,
    Map<String, String> circuits,
    @Nullable Connections connections,
    @Nullable Worker worker,
    int early,
    List<String> authentications,
    String egress,
    boolean actions) {

  /**
   * Connections of the client.
   *
   * @param leased by a call
   * @param waiting calls that wait for one
   */
  public record Connections(int leased, int available, int waiting) {}

  /**
   * The worker.
   *
   * @param takesJobs whether this node looks for jobs
   * @param reachesJobs whether it could, when it last did, and whether the database takes writes
   * @param inFlight jobs taken and not completed
   * @param queueAge age of the oldest job that waits, zero where none does
   */
  public record Worker(boolean takesJobs, boolean reachesJobs, int inFlight, Duration queueAge) {}
}
