package io.restconnector.testing;

import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * A call that was made. A call that is retried is recorded once.
 *
 * @param source the task that made it
 * @param request as the task made it, before the credential of an {@code authentication} is added
 * @since 0.1
 */
public record RecordedCall(CallSource source, RestRequest request) {

  public String method() {
    return request.method();
  }

  public URI uri() {
    return request.uri();
  }

  /** The first value of a header, in any case; null where there is none. */
  public @Nullable String header(String name) {
    for (Header header : request.headers()) {
      if (header.getName().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return null;
  }

  /** The body as UTF-8, empty where there is none. */
  public String body() {
    return bodyOf(request);
  }

  static String bodyOf(RestRequest request) {
    byte[] body = request.body();
    return body == null ? "" : new String(body, StandardCharsets.UTF_8);
  }

  /** Name of the authentication that the task asks for, null for none. */
  public @Nullable String authentication() {
    return request.authentication();
  }
}
