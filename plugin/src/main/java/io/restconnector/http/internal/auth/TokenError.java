package io.restconnector.http.internal.auth;

import io.restconnector.spi.CallOutcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Why an authorization server gives no token (RFC 6749 §5.2). */
final class TokenError {

  /** No other text of a server may be shown. */
  private static final Set<String> REGISTERED =
      Set.of(
          "invalid_request",
          "invalid_client",
          "invalid_grant",
          "unauthorized_client",
          "unsupported_grant_type",
          "invalid_scope");

  private static final int MAX_LENGTH = 64 * 1024;

  private TokenError() {}

  /** The registered word, null where the answer has none. */
  static @Nullable String of(CallOutcome.Response response) {
    if (response.length() > MAX_LENGTH) {
      return null;
    }
    try {
      String word =
          JsonMapper.shared()
              .readTree(response.buffer(), 0, response.length())
              .path("error")
              .asString("");
      return REGISTERED.contains(word) ? word : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }
}
