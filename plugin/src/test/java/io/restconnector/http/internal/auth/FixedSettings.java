package io.restconnector.http.internal.auth;

import io.restconnector.http.AuthenticationSettings;
import io.restconnector.spi.CallAuthentication;
import io.restconnector.spi.Secret;
import java.util.Map;

/** Of an authentication whose secret does not change. */
record FixedSettings(AuthenticationSettings configured) implements CallAuthentication.Settings {

  @Override
  public String name() {
    return "crm";
  }

  @Override
  public Secret secret() {
    return Secret.of("s3cret");
  }

  @Override
  public Map<String, String> properties() {
    return configured.properties();
  }
}
