package io.restconnector.http.internal.egress;

import java.io.Serial;
import java.net.UnknownHostException;

/** The egress guard lets nothing through to this host, which may be that of a redirect. */
public final class EgressDeniedException extends UnknownHostException {

  @Serial private static final long serialVersionUID = 1;

  private final String host;

  EgressDeniedException(String host) {
    super("calls to this host are denied");
    this.host = host;
  }

  public String host() {
    return host;
  }
}
