package io.restconnector.call.internal;

import io.restconnector.spi.CallSource;

/** Is told of calls whose inputs could not be used. */
public interface UnsentCalls {

  /** For nobody. */
  UnsentCalls IGNORED = (action, source, why) -> {};

  /** A task asked for what cannot be sent. Throws nothing. */
  void notSent(RestAction action, CallSource source, CallResult why);
}
