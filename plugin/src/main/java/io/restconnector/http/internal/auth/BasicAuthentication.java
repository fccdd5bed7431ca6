package io.restconnector.http.internal.auth;

import io.restconnector.http.internal.chain.Credential;
import io.restconnector.spi.CallAuthentication;
import java.util.Map;
import org.apache.hc.core5.http.HttpHeaders;

/** User name and password (RFC 7617). */
final class BasicAuthentication implements CallAuthentication {

  @Override
  public String type() {
    return "basic";
  }

  @Override
  public Authenticator configure(Settings settings) {
    String username = settings.property("username");
    return new SecretAuthenticator(
        settings,
        password ->
            Credentials.headers(
                Map.of(HttpHeaders.AUTHORIZATION, Credential.basic(username, password))));
  }
}
