package io.restconnector.aps.internal;

import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.content.internal.ModelText;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.EndpointSettings;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The endpoint that a REST call task names. */
final class RestCallEndpoint {

  private RestCallEndpoint() {}

  /** By the name or else by the id. */
  static EndpointSettings find(
      AccessSettings access, String field, @Nullable String name, @Nullable String id)
      throws InvalidInputException {
    EndpointSettings found = name == null ? null : access.endpoints().get(name);
    found = found == null && id != null ? access.endpoints().get(id) : found;
    if (found == null) {
      throw new InvalidInputException(
          "%s names no endpoint, wanted %s"
              .formatted(
                  field,
                  access.endpoints().isEmpty()
                      ? "one below rest-connector.endpoints, where there is none"
                      : "one of " + new TreeSet<>(access.endpoints().keySet())));
    }
    return found;
  }

  /** The URL of the endpoint, with exactly one slash between it and what follows. */
  static String before(List<ModelText.Part> own, EndpointSettings endpoint) {
    String url = endpoint.url();
    if (own.isEmpty()) {
      return url;
    }
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    boolean isPath = own.get(0).isExpression() || "/?#".indexOf(own.get(0).text().charAt(0)) < 0;
    return isPath ? base + "/" : own.get(0).text().startsWith("/") ? base : url;
  }

  /** Another service would be meant, but this one called. */
  static void checkRelative(List<ModelText.Part> own) throws InvalidInputException {
    if (!own.isEmpty()
        && !own.get(0).isExpression()
        && own.get(0).text().toLowerCase(Locale.ROOT).matches("(?s)https?://.*")) {
      throw new InvalidInputException(
          "restUrl is an absolute URL beside an endpoint, wanted a path, or no endpoint");
    }
  }
}
