package io.restconnector.http;

import io.restconnector.http.internal.auth.CredentialScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an authentication may be sent to, and how it gets there.
 *
 * @param hosts {@code api.example.com} or {@code *.example.com} for https on its default port,
 *     {@code api.example.com:8443} for https on that port, {@code http://inventory:8080} for that
 *     origin, which is the only way to clear text; null for https to any host, and http to the
 *     loopback interface
 * @param sslBundle name of the TLS identity and trust of these calls; null for that of all calls
 */
public record AuthenticationReach(@Nullable List<String> hosts, @Nullable String sslBundle) {

  static final AuthenticationReach DEFAULT = new AuthenticationReach(null, null);

  public AuthenticationReach {
    require(hosts == null || !hosts.isEmpty(), "hosts is empty");
    if (hosts != null) {
      CredentialScope.parse(hosts);
      hosts = List.copyOf(hosts);
    }
  }

  static void requireSecret(@Nullable String secret) {
    require(secret != null, "secret is missing: the name of one of the secrets");
  }

  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("authentication: " + otherwise);
    }
  }
}
