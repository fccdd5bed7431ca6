package io.restconnector.http.internal.chain;

import io.restconnector.spi.CallOutcome;

/** The name of an outcome in meters. */
public final class OutcomeTag {

  /** The egress guard stopped it. */
  public static final String BLOCKED = "Blocked";

  private OutcomeTag() {}

  public static String of(CallOutcome outcome) {
    if (outcome instanceof CallOutcome.Response response) {
      return response.status() / 100 + "xx";
    }
    // Dashboards and alerts know these values: a class may be renamed, they may not.
    if (outcome instanceof CallOutcome.TimedOut) {
      return "TimedOut";
    }
    if (outcome instanceof CallOutcome.CircuitOpen) {
      return "CircuitOpen";
    }
    if (outcome instanceof CallOutcome.ConnectionFailed) {
      return "ConnectionFailed";
    }
    if (outcome instanceof CallOutcome.BadResponse) {
      return "BadResponse";
    }
    if (outcome instanceof CallOutcome.TokenUnavailable) {
      return "NotAuthenticated";
    }
    if (outcome instanceof CallOutcome.TooLarge) {
      return "TooLarge";
    }
    if (outcome instanceof CallOutcome.EgressDenied) {
      return BLOCKED;
    }
    return outcome instanceof CallOutcome.RetriesExhausted ? "GivenUp" : "Failed";
  }
}
