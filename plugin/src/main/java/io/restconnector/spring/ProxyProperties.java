package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import io.restconnector.http.ProxySettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP proxy that calls go through.
 *
 * @param host Host of the proxy. By default there is none.
 * @param port Port of the proxy.
 * @param username User name for the proxy.
 * @param passwordSecret Name of the secret that is the password of that user.
 * @param noProxy Hosts that are called directly, such as localhost or *.example.com.
 */
record ProxyProperties(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String username,
    @Nullable String passwordSecret,
    @Nullable List<String> noProxy) {

  @SuppressWarnings("NullAway") // the settings say what is missing
  ProxySettings toSettings() {
    try {
      return new ProxySettings(host, port, username, passwordSecret, noProxy);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidSettingsException(
          RestConnectorProperties.PREFIX + ".proxy: " + wrong.getMessage());
    }
  }
}
