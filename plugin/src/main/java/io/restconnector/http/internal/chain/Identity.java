package io.restconnector.http.internal.chain;

import io.restconnector.spi.CallAuthentication.Credentials;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * Who a request is sent as: its credentials and its TLS identity. Credentials go to the origin for
 * which they were made and to no other.
 */
public final class Identity {

  /** Which redirects are followed, where the settings allow any. */
  public enum Redirects {
    NONE,
    /** A client certificate is for one origin, and every server may ask for it. */
    SAME_ORIGIN,
    ALL
  }

  private final List<Credential> credentials;
  private final @Nullable String origin;
  private final Redirects redirects;
  private final String sslBundle;
  private volatile boolean wasShown;

  private Identity(
      List<Credential> credentials,
      @Nullable String origin,
      Redirects redirects,
      String sslBundle) {
    this.credentials = credentials;
    this.origin = origin;
    this.redirects = redirects;
    this.sslBundle = sslBundle;
  }

  /** No credentials, for any origin. */
  public static Identity anonymous(String sslBundle) {
    return new Identity(List.of(), null, Redirects.ALL, sslBundle);
  }

  /** Credentials for the origin of a request. */
  public static Identity of(
      List<Credential> credentials, RestRequest request, Redirects redirects, String sslBundle) {
    return new Identity(credentials, request.origin(), redirects, sslBundle);
  }

  public static List<Credential> credentials(Credentials given) {
    List<Credential> credentials = new ArrayList<>(1);
    given.headers().forEach((name, value) -> credentials.add(new Credential(name, value, false)));
    given
        .queryParameters()
        .forEach((name, value) -> credentials.add(new Credential(name, value, true)));
    return credentials;
  }

  /** The request with these headers. Query parameters are added on the wire only. */
  public RestRequest addTo(RestRequest request) {
    List<Header> headers = new ArrayList<>(request.headers());
    for (Credential each : credentials) {
      if (!each.inQuery()) {
        headers.removeIf(header -> header.getName().equalsIgnoreCase(each.name()));
        headers.add(each.header());
      }
    }
    return request.withHeaders(headers);
  }

  /** Whether the request may be sent as this. */
  public boolean isFor(RestRequest request) {
    return origin == null || origin.equals(request.origin());
  }

  public List<Credential> credentials() {
    return credentials;
  }

  /** The values of the credentials. */
  public List<Secret> values() {
    return credentials.stream().map(Credential::value).toList();
  }

  public Redirects redirects() {
    return redirects;
  }

  public String sslBundle() {
    return sslBundle;
  }

  /** Whether the last response came from a server that had been shown the credentials. */
  public boolean wasShown() {
    return wasShown;
  }

  public void shown(boolean value) {
    wasShown = value;
  }
}
