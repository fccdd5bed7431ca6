package io.restconnector.http;

import static io.restconnector.http.AuthenticationReach.require;
import static io.restconnector.http.AuthenticationReach.requireSecret;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key in a header or query parameter of the service's choice.
 *
 * @param header that carries the key
 * @param queryParameter that carries it instead
 */
record ApiKeySettings(
    @Nullable String header,
    @Nullable String queryParameter,
    String secret,
    AuthenticationReach reach)
    implements AuthenticationSettings {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  public ApiKeySettings {
    requireSecret(secret);
    require(
        (header == null) != (queryParameter == null),
        "api-key wants either header or query-parameter");
    require(header == null || TOKEN.matcher(header).matches(), "header is no HTTP token");
  }

  @Override
  public String type() {
    return "api-key";
  }

  @Override
  public Map<String, String> properties() {
    return header != null
        ? Map.of("header", header)
        : Map.of("query-parameter", String.valueOf(queryParameter));
  }

  @Override
  public ApiKeySettings withReach(AuthenticationReach value) {
    return new ApiKeySettings(header, queryParameter, secret, value);
  }

  @Override
  public @Nullable String carrier() {
    return header;
  }
}
