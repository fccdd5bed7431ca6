package io.restconnector.http.internal.transport;

import java.time.Duration;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.util.Timeout;

/** The client's settings of requests by timeout. Most calls have the timeout of the call before. */
final class RequestConfigs {

  private static final int MAX_REDIRECTS = 5;

  private record Timed(Duration timeout, RequestConfig config) {}

  private volatile Timed last;

  private RequestConfigs(RequestConfig first) {
    last = new Timed(Duration.ZERO, first);
  }

  /** What a customizer has set, but for what is the connector's to set. */
  static RequestConfigs of(RequestConfig.Builder customized, boolean followRedirects) {
    return new RequestConfigs(
        customized
            .setRedirectsEnabled(followRedirects)
            .setMaxRedirects(MAX_REDIRECTS)
            .setCircularRedirectsAllowed(true) // the count ends a loop
            .setAuthenticationEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build());
  }

  RequestConfig within(Duration timeout) {
    Timed known = last;
    if (known.timeout().equals(timeout)) {
      return known.config();
    }
    // Both end a step only if the deadline has somehow missed it.
    Timeout limit = Timeout.of(timeout);
    RequestConfig config =
        RequestConfig.copy(known.config())
            .setConnectionRequestTimeout(limit)
            .setResponseTimeout(limit)
            .build();
    last = new Timed(timeout, config);
    return config;
  }
}
