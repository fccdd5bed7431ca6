package io.restconnector.webhook;

import io.restconnector.content.internal.MediaType;
import io.restconnector.webhook.internal.AwaitedAnswer;
import io.restconnector.webhook.internal.Reception;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.UnreadBodyException;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowable.engine.ProcessEngine;

/**
 * The endpoint of the webhook triggers of one engine, for any servlet container: map it to {@code
 * <path>/*}.
 *
 * <p>Bodies are read without a thread where the servlet and all filters support asynchronous
 * requests. The answer is made on a thread of the container.
 */
@WebServlet(asyncSupported = true) // Tomcat looks at it where a servlet is added by hand
public final class WebhookServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String HTTP_1 = "HTTP/1";

  private final transient WebhookEndpoint endpoint;

  /** Serves the triggers of this engine, which must have the REST connector. */
  public WebhookServlet(ProcessEngine engine) {
    endpoint = WebhookEndpoint.of(engine);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getAttribute(WebhookExchange.ATTRIBUTE) instanceof WebhookExchange exchange) {
      exchange.answer();
      return;
    }
    if (request.getAttribute(WebhookWait.ATTRIBUTE) instanceof WebhookWait wait) {
      wait.answer();
      return;
    }
    WebhookRequest head = headOf(request);
    long length = hasBody(request) ? request.getContentLengthLong() : 0;
    Reception reception = endpoint.receive(head, length);
    if (length != 0 && isReadWithoutThread(request)) {
      new WebhookExchange(request, response, reception).start();
      return;
    }
    WebhookResponse answer;
    try (reception) {
      answer = reception.answer(request.getInputStream());
    }
    AwaitedAnswer awaited = reception.awaited();
    if (awaited != null) {
      new WebhookWait(request, response, awaited).start();
      return;
    }
    write(answer, reception.body().isAtEnd(), request, response);
    if (!reception.body().isAtEnd()) {
      response.flushBuffer();
      reception.linger(request.getInputStream());
      if (!reception.body().isAtEnd()) {
        throw new UnreadBodyException();
      }
    }
  }

  /** RFC 9112 §6.3; other versions of HTTP need no length. */
  private static boolean hasBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return length > 0
        || (length < 0
            && (request.getHeader("Transfer-Encoding") != null
                || !request.getProtocol().startsWith(HTTP_1)));
  }

  /** Whether the container's own stream is there: that of a filter may know no listener. */
  private static boolean isReadWithoutThread(HttpServletRequest request) throws IOException {
    if (!request.isAsyncSupported()) {
      return false;
    }
    ServletRequest own = request;
    while (own instanceof ServletRequestWrapper wrapper) {
      own = wrapper.getRequest();
    }
    try {
      return own.getInputStream() == request.getInputStream();
    } catch (IllegalStateException readByFilter) {
      return false;
    }
  }

  static void write(
      WebhookResponse answer,
      boolean isRead,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    if (!isRead && request.getProtocol().startsWith(HTTP_1)) {
      response.setHeader("Connection", "close");
    }
    if (answer.contentType() != null) {
      response.setContentType(answer.contentType());
      if (MediaType.parse(response.getContentType()).charset() != null) {
        // Jetty names another one for text/plain, which would be wrong.
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
      }
    }
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  /**
   * The rest of the path as it was sent: the container's path info is decoded as a whole, so that
   * an encoded slash would look like a real one.
   */
  private static WebhookRequest headOf(HttpServletRequest request) {
    String context = request.getContextPath();
    String route = request.getServletPath() + "/";
    String uri = request.getRequestURI();
    String host = request.getHeader("Host");
    return new WebhookRequest(
        request.getMethod(),
        request.getScheme() + "://" + (host == null ? request.getServerName() : host) + context,
        route,
        uri.startsWith(context + route) ? uri.substring((context + route).length()) : "",
        request.getQueryString(),
        headersOf(request));
  }

  private static Map<String, List<String>> headersOf(HttpServletRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
    }
    return headers;
  }
}
