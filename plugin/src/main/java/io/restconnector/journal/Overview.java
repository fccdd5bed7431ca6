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
 * @param shares state by name
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
    Map<String, Share> shares,
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
   * What all calls of this node to some hosts use together.
   *
   * @param inFlight attempts that hold a place
   * @param waiting attempts on this node that wait for one
   * @param stopped how long its hosts want no calls, zero where they want some
   */
  public record Share(int inFlight, int waiting, Duration stopped) {}

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
