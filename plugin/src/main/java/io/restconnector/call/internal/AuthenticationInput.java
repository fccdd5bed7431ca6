package io.restconnector.call.internal;

import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import java.net.URI;
import java.util.List;
import java.util.TreeSet;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** The input {@code authentication}, and whether the call may go with what it names. */
final class AuthenticationInput {
  static final String NOT_ON_TRACE =
      "authentication is set, but TRACE may not send one, as the answer repeats it; wanted none";

  private static final String NAME = "authentication";

  private final AccessSettings access;

  AuthenticationInput(AccessSettings access) {
    this.access = access;
  }

  /** The name of the authentication of the call, null where there is none. */
  @Nullable String read(RestAction action, Inputs inputs, URI uri, List<Header> headers)
      throws InvalidInputException {
    Object value = inputs.raw(NAME);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String name)) {
      throw InputFault.ofType(NAME, value, "a String with the name of an authentication");
    }
    AuthenticationSettings settings = access.authentications().get(name);
    if (settings == null) {
      throw new InvalidInputException(
          "authentication is a String that names none, wanted %s"
              .formatted(
                  access.authentications().isEmpty()
                      ? "one below rest-connector.authentications, where there is none"
                      : "one of " + new TreeSet<>(access.authentications().keySet())));
    }
    if (action == RestAction.TRACE) {
      throw new InvalidInputException(NOT_ON_TRACE);
    }
    boolean isClear = !"https".equalsIgnoreCase(uri.getScheme());
    if (!settings.allows(uri)
        || (isClear && settings.hosts() == null && access.isTakenByProxy(uri))) {
      throw new InvalidInputException(
          "authentication '%s' may not be sent to the scheme, host and port of restUrl: %s"
              .formatted(
                  name,
                  isClear
                      ? "its hosts must name an origin such as http://inventory:8080 for a call without TLS"
                      : "they are not among its hosts"));
    }
    for (Header header : headers) {
      if (header.getName().equalsIgnoreCase(settings.carrier())) {
        throw new InvalidInputException(
            "requestHeaders has '%s', which authentication '%s' sets, wanted one of the two"
                .formatted(header.getName(), name));
      }
    }
    if (settings.isCarriedIn(uri)) {
      throw new InvalidInputException(
          "the URL has a query parameter that authentication '%s' sets, wanted one of the two"
              .formatted(name));
    }
    return name;
  }
}
