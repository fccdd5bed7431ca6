package io.restconnector.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The outcome of a webhook request. It holds no header, no parameter and no part of the body.
 *
 * @param receivedAt when its head had arrived, by the engine's clock
 * @param duration from the head of the request to its answer
 * @param path below the endpoint, as it came over the wire
 * @param bytes of the body that have arrived
 * @param status of the answer
 * @param triggers all of the path, by key and then by tenant
 * @since 0.1
 */
public record WebhookOutcome(
    Instant receivedAt,
    Duration duration,
    String method,
    String path,
    long bytes,
    int status,
    Kind kind,
    List<TriggerOutcome> triggers) {

  /** The kinds of outcomes. */
  public enum Kind {
    /** Now, or by an earlier request of the same delivery. */
    FIRED,
    /** No trigger wants it. */
    NOT_MATCHED,
    /** A trigger matches, but nothing starts with its event and nothing waits for it. */
    NOT_TAKEN,
    /** 400, and 415 where the body has a content coding that is not supported. */
    BAD_REQUEST,
    /** 401. */
    UNAUTHORIZED,
    /** 408: the body did not arrive in time. */
    TIMED_OUT,
    /** 413. */
    TOO_LARGE,
    /** 429. */
    TOO_MANY_REQUESTS,
    /** 503: other requests changed the same data repeatedly. */
    LOST_RACE,
    /** 503: no memory to parse the body, or no database connection, in time. */
    UNAVAILABLE,
    /** 500. */
    FAILED
  }

  public WebhookOutcome {
    triggers = List.copyOf(triggers);
  }

  /**
   * The triggers that the request concerns: those that match it. If none matches, those of its path
   * and method.
   */
  public List<TriggerOutcome> concerned() {
    return concerned(triggers);
  }

  /** As {@link #concerned()}, of all triggers of a path. */
  public static List<TriggerOutcome> concerned(List<TriggerOutcome> ofPath) {
    List<TriggerOutcome> matching = ofPath.stream().filter(TriggerOutcome::isMatch).toList();
    return matching.isEmpty()
        ? ofPath.stream().filter(each -> !each.isOtherMethod()).toList()
        : matching;
  }
}
