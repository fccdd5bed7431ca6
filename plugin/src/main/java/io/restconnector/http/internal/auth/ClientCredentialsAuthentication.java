package io.restconnector.http.internal.auth;

import io.restconnector.spi.CallAuthentication;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bearer token that the authorization server grants to the client (RFC 6749 §4.4).
 *
 * @param timeout of a token request
 */
record ClientCredentialsAuthentication(
    Duration timeout, TokenSender sender, TokenFetches fetches, Clock clock)
    implements CallAuthentication {

  private static final Logger LOG = LoggerFactory.getLogger(ClientCredentialsAuthentication.class);

  @Override
  public String type() {
    return "client-credentials";
  }

  @Override
  public Authenticator configure(Settings settings) {
    URI endpoint = URI.create(settings.property("token-endpoint"));
    if (!"https".equalsIgnoreCase(endpoint.getScheme())) {
      LOG.warn(
          "The token-endpoint of authentication '{}' is not https: client id and secret are sent in clear text",
          settings.name());
    }
    return new AccessTokens(settings, timeout, sender, fetches, clock);
  }
}
