package io.restconnector.webhook.internal;

import io.restconnector.spi.EarlyEventOutcome;
import io.restconnector.spi.WebhookOutcome;

/** The name of a request's outcome in meters. */
public final class WebhookOutcomeTag {

  private WebhookOutcomeTag() {}

  public static String of(WebhookOutcome.Kind kind) {
    // Dashboards and alerts know these values: a constant may be renamed, they may not.
    return switch (kind) {
      case FIRED -> "Fired";
      case NOT_MATCHED -> "NotMatched";
      case NOT_TAKEN -> "NotTaken";
      case BAD_REQUEST -> "BadRequest";
      case UNAUTHORIZED -> "Unauthorized";
      case TIMED_OUT -> "TimedOut";
      case TOO_LARGE -> "TooLarge";
      case TOO_MANY_REQUESTS -> "TooManyRequests";
      case LOST_RACE -> "LostRace";
      case UNAVAILABLE -> "Unavailable";
      case FAILED -> "Failed";
    };
  }

  /** Of an early event. */
  public static String of(EarlyEventOutcome.Kind kind) {
    return switch (kind) {
      case KEPT -> "Kept";
      case DELIVERED -> "Delivered";
      case EXPIRED -> "Expired";
      case DROPPED -> "Dropped";
    };
  }
}
