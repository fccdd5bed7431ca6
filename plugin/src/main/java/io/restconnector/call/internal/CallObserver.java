package io.restconnector.call.internal;

import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
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
