package io.restconnector.http.internal.auth;

import io.restconnector.spi.CallAuthentication;

/** A fixed token (RFC 6750 §2.1). */
final class BearerAuthentication implements CallAuthentication {

  @Override
  public String type() {
    return "bearer";
  }

  @Override
  public Authenticator configure(Settings settings) {
    return new SecretAuthenticator(
        settings, token -> Credentials.authorization("Bearer " + token.reveal()));
  }
}
