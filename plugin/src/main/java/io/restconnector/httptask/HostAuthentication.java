package io.restconnector.httptask;

import io.restconnector.http.internal.auth.CredentialScope;
import java.util.List;

/**
 * The authentication of the {@code http} tasks that call some hosts.
 *
 * @param hosts in the forms of the {@code hosts} of an authentication: {@code api.example.com} or
 *     {@code *.example.com} for https on its default port, a host with its port, or an origin such
 *     as {@code http://inventory:8080}
 * @param authentication name of the authentication, which may itself be limited to hosts
 * @since 0.1
 */
public record HostAuthentication(List<String> hosts, String authentication) {

  public HostAuthentication {
    if (hosts == null || hosts.isEmpty()) {
      throw new IllegalArgumentException("hosts is missing, wanted at least one");
    }
    if (authentication == null || authentication.isBlank()) {
      throw new IllegalArgumentException("authentication is missing, wanted its name");
    }
    CredentialScope.parse(hosts);
    hosts = List.copyOf(hosts);
  }
}
