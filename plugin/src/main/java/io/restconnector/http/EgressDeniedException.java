package io.restconnector.http;

import java.io.Serial;
import java.net.UnknownHostException;

/** The egress guard lets nothing through to this host. Its message is the host. */
final class EgressDeniedException extends UnknownHostException {

  @Serial private static final long serialVersionUID = 1;

  EgressDeniedException(String host) {
    super(host);
  }
}
