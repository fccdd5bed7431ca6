package io.restconnector.webhook;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowable.engine.ProcessEngine;

/**
 * The endpoint of the webhook triggers of one engine, for any servlet container: map it to {@code
 * <path>/*}. It answers on the container's thread.
 */
public final class WebhookServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient WebhookEndpoint endpoint;

  /**
   * For the triggers of this engine.
   *
   * @throws IllegalArgumentException when the engine has no REST connector
   */
  public WebhookServlet(ProcessEngine engine) {
    endpoint = WebhookEndpoint.of(engine);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    WebhookRequest head =
        new WebhookRequest(
            request.getMethod(), pathOf(request), request.getQueryString(), headersOf(request));
    WebhookResponse answer =
        endpoint.answer(head, request.getContentLengthLong(), request.getInputStream());
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    if (answer.contentType() != null) {
      response.setContentType(answer.contentType());
    }
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  /**
   * The rest of the path as it was sent: the container's path info is decoded as a whole, so that
   * an encoded slash would look like a real one.
   */
  private static String pathOf(HttpServletRequest request) {
    String prefix = request.getContextPath() + request.getServletPath() + "/";
    String path = request.getRequestURI();
    return path.startsWith(prefix) ? path.substring(prefix.length()) : "";
  }

  private static Map<String, List<String>> headersOf(HttpServletRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
    }
    return headers;
  }
}
