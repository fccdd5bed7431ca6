package io.restconnector.call;

import io.restconnector.http.CallOutcome;
import io.restconnector.http.RestRequest;
import java.time.Duration;

/** Is told of every exchange that ended, for figures. Must not block and must not throw. */
@FunctionalInterface
public interface CallObserver {

  /**
   * An exchange has ended.
   *
   * @param took from the start of the exchange to its end
   */
  void ended(RestAction action, RestRequest request, CallOutcome outcome, Duration took);
}
