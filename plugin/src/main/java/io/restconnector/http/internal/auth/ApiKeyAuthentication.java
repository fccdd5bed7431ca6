package io.restconnector.http.internal.auth;

import io.restconnector.spi.CallAuthentication;
import java.util.Map;

/** A key in a header or query parameter of the service's choice. */
final class ApiKeyAuthentication implements CallAuthentication {

  @Override
  public String type() {
    return "api-key";
  }

  @Override
  public Authenticator configure(Settings settings) {
    String header = settings.properties().get("header");
    if (header != null) {
      return new SecretAuthenticator(settings, key -> Credentials.headers(Map.of(header, key)));
    }
    String parameter = settings.property("query-parameter");
    return new SecretAuthenticator(
        settings, key -> new Credentials(Map.of(), Map.of(parameter, key)));
  }
}
