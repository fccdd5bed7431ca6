package io.restconnector.http.internal.transport;

import java.io.Serial;
import org.apache.hc.core5.http.ProtocolException;

/** A redirect leads to what is no http or https URL. Says nothing of it: it may hold secrets. */
public final class UnusableLocationException extends ProtocolException {

  @Serial private static final long serialVersionUID = 1;

  UnusableLocationException() {
    super("the location is no http or https URL");
  }
}
