package io.restconnector.console;

import jakarta.servlet.http.HttpServletRequest;

/** Whether the page itself asks, and not one of another site in the same browser. */
final class SameOrigin {

  /** No form and no link of another site can send it. */
  static final String HEADER = "X-Rest-Connector-Console";

  private SameOrigin() {}

  /** Whether it may act. What the browser says of the sender has to be there, and to fit. */
  static boolean mayAct(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    return request.getHeader(HEADER) != null
        && (site != null || origin != null)
        && mayRead(request)
        && (origin == null || origin.equalsIgnoreCase(originOf(request)));
  }

  /** Whether it may read: not, where the browser says that it is of another site. */
  static boolean mayRead(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site == null || site.equals("same-origin");
  }

  private static String originOf(HttpServletRequest request) {
    int port = request.getServerPort();
    boolean usual = port == (request.isSecure() ? 443 : 80);
    return request.getScheme() + "://" + request.getServerName() + (usual ? "" : ":" + port);
  }
}
