package io.restconnector.webhook;

import java.time.Duration;

/** Is told of every request that was answered, for figures. Must not block and must not throw. */
@FunctionalInterface
public interface WebhookObserver {

  /** In place of the key of a trigger: there is none on the path and for the method. */
  String NO_TRIGGER = "none";

  /** What a request came to. */
  enum Outcome {
    /** Now, or by an earlier one of the same delivery. */
    FIRED,
    /** No trigger wants it. */
    NOT_MATCHED,
    /** A trigger matches, but nothing starts with its event and nothing waits for it. */
    NOT_TAKEN,
    /** 400. */
    BAD_REQUEST,
    /** 401. */
    UNAUTHORIZED,
    /** 408: the body did not arrive in time. */
    TIMED_OUT,
    /** 413. */
    TOO_LARGE,
    /** 429. */
    TOO_MANY_REQUESTS,
    /** 503: others changed the same data, again and again. */
    LOST_RACE,
    /** 503: no memory to parse the body, or no database connection, in time. */
    UNAVAILABLE,
    /** 500. */
    FAILED
  }

  /**
   * A request has been answered. Called for every trigger that matches it; where none does, for
   * every trigger of its path and method; else once, for {@link #NO_TRIGGER}.
   *
   * @param trigger the key of a deployed trigger, or {@link #NO_TRIGGER}
   * @param took from the head of the request to its answer
   */
  void answered(String trigger, Outcome outcome, Duration took);
}
