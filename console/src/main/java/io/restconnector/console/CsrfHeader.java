package io.restconnector.console;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

/** A header by which Spring Security knows that the page itself sends a request. */
record CsrfHeader(String name, String token) {

  /** Null where Spring Security is absent, or wants none. */
  static @Nullable CsrfHeader of(HttpServletRequest request) {
    Object token = request.getAttribute("_csrf");
    return token == null ? null : Read.of(token);
  }

  /** Loaded only where there is a token, and so Spring Security. */
  private static final class Read {
    static @Nullable CsrfHeader of(Object token) {
      return token instanceof CsrfToken csrf
          ? new CsrfHeader(csrf.getHeaderName(), csrf.getToken())
          : null;
    }
  }
}
