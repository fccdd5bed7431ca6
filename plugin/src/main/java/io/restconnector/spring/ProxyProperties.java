package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import io.restconnector.http.JvmProxy;
import io.restconnector.http.OutboundProxy;
import io.restconnector.http.ProxySettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * HTTP proxy that calls go through.
 *
 * @param system Whether the JVM's http(s).proxyHost, http(s).proxyPort and http.nonProxyHosts
 *     count.
 * @param host Host of the proxy. By default there is none.
 * @param port Port of the proxy.
 * @param username User name for the proxy.
 * @param passwordSecret Name of the secret that is the password of that user.
 * @param noProxy Hosts that are called directly, such as localhost or *.example.com.
 */
record ProxyProperties(
    @DefaultValue("false") boolean system,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String username,
    @Nullable String passwordSecret,
    @Nullable List<String> noProxy) {

  @SuppressWarnings("NullAway") // the settings say what is missing
  @Nullable OutboundProxy toSettings() {
    boolean isGiven = host != null || port != null || username != null || noProxy != null;
    if (!system && !isGiven && passwordSecret == null) {
      return null;
    }
    try {
      if (system && isGiven) {
        throw new IllegalArgumentException(
            "system is for the JVM's proxy, and beside it is nothing");
      }
      if (system) {
        return JvmProxy.of(System.getProperties());
      }
      return new ProxySettings(host, port, username, passwordSecret, noProxy);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidSettingsException(
          RestConnectorProperties.PREFIX + ".proxy: " + wrong.getMessage());
    }
  }
}
